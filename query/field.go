package query

import (
	"sort"
	"strconv"
	"strings"
	"time"
)

// fieldKind says what may stand after a field's name.
type fieldKind uint8

const (
	words   fieldKind = iota // a word, a phrase or a group, narrowed to a part of the article
	value                    // a name or code
	number                   // an optional comparison and a whole number
	day                      // an optional comparison and a date, a month or a year
	choice                   // one of a few words
	flagged                  // nothing
)

var fields = map[string]fieldKind{
	"title": words, "lead": words, "text": words, "caption": words,
	"lang": value, "source": value, "domain": value, "country": value,
	"who": value, "org": value, "where": value, "speaker": value, "denies": value,
	"on": day, "published": day, "words": number, "sources": number, "is": choice, "nodup": flagged,
}

// synonyms are names that people type for the same field.
var synonyms = map[string]string{"language": "lang", "headline": "title", "site": "domain", "person": "who", "place": "where", "says": "speaker", "date": "on"}

// choices of the field is.
var choices = []string{"breaking", "first"}

// Fields lists the names of the fields, sorted.
func Fields() []string {
	names := make([]string, 0, len(fields))
	for n := range fields {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

func (p *parser) field(t lexeme, depth int) (Node, error) {
	name := t.text
	if s := synonyms[name]; s != "" {
		name = s
	}
	kind, known := fields[name]
	if !known {
		return nil, t.fail("unknown-field", "there is no field %q; to search for the words put them in quotation marks. Fields: %s", t.text, strings.Join(Fields(), " "))
	}
	if kind == flagged {
		return &Term{place{t.start, t.end}, name, "", ""}, nil
	}
	v := p.peek()
	if v.kind == end || v.start != t.end {
		return nil, t.fail("field-value", "%s: needs a value right after the colon", name)
	}
	if kind == words {
		kid, err := p.operand(depth + 1)
		if err != nil {
			return nil, err
		}
		if err := positional(kid, lexeme{op: name + ":"}); err != nil {
			return nil, err
		}
		_, to := kid.At()
		return &Field{place{t.start, to}, name, kid}, nil
	}
	p.next()
	if v.kind == field && kind == day || v.kind != word && v.kind != phrase {
		return nil, v.fail("field-value", "%s: needs a plain value; put one with spaces in quotation marks", name)
	}
	n := &Term{place{t.start, v.end}, name, "", v.text}
	if v.exact { // "=" was taken for the exact form: name:=5
		n.Value = strings.TrimPrefix(n.Value, "=")
	}
	return n, n.check(kind, v)
}

// check takes a comparison off the value and refuses values that can mean nothing.
func (n *Term) check(kind fieldKind, at lexeme) error {
	if kind == number || kind == day {
		for _, op := range []string{">=", "<=", ">", "<", "≥", "≤"} {
			if rest, ok := strings.CutPrefix(n.Value, op); ok {
				n.Op, n.Value = strings.NewReplacer("≥", ">=", "≤", "<=").Replace(op), rest
				break
			}
		}
	}
	switch kind {
	case number:
		if i, err := strconv.Atoi(n.Value); err != nil || i < 0 {
			return at.fail("number", "%s: needs a whole number, such as %s:>=3", n.Name, n.Name)
		}
	case day:
		if _, _, ok := Days(n.Value); !ok {
			return at.fail("day", "%s: needs a day, month or year such as 2024-06-18, 2024-06 or 2024, or a..b", n.Name)
		}
	case choice:
		for _, c := range choices {
			if n.Value == c {
				return nil
			}
		}
		return at.fail("choice", "is: knows %s", strings.Join(choices, " and "))
	}
	if strings.TrimSpace(n.Value) == "" {
		return at.fail("field-value", "%s: needs a value right after the colon", n.Name)
	}
	return nil
}

// Days gives the half-open interval of days that 2024-06-18, 2024-06, 2024 or a range of two of them with .. between means, in
// UTC.
func Days(s string) (from, to time.Time, ok bool) {
	if a, b, isRange := strings.Cut(s, ".."); isRange {
		from, _, ok1 := Days(a)
		_, to, ok2 := Days(b)
		return from, to, ok1 && ok2 && from.Before(to)
	}
	for _, l := range []struct {
		layout  string
		y, m, d int
	}{{"2006-01-02", 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.Parse(l.layout, s); err == nil {
			return t, t.AddDate(l.y, l.m, l.d), true
		}
	}
	return time.Time{}, time.Time{}, false
}
