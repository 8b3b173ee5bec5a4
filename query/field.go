package query

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"marsad/text"
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
var synonyms = map[string]string{"language": "lang", "headline": "title", "intitle": "title", "body": "text", "site": "domain", "url": "domain",
	"publication": "source", "publisher": "source", "person": "who", "company": "org", "organization": "org", "organisation": "org", "place": "where",
	"location": "where", "says": "speaker", "date": "published", "since": "published", "after": "published", "before": "published", "until": "published"}

// compared are the comparisons that such a name says.
var compared = map[string]string{"since": ">=", "after": ">", "before": "<", "until": "<="}

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
	if s := fieldOf(name); s != "" {
		name = s
	}
	kind, known := fields[name]
	if !known {
		if err := p.address(t); err != nil {
			return nil, err
		}
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
	s := statement{name, compared[t.text], kind}
	if v.kind == opening {
		group, err := p.operand(depth + 1)
		if err != nil {
			return nil, err
		}
		return s.each(group)
	}
	return p.values(t, s)
}

// statement is a field that takes values, as it was named.
type statement struct {
	name, op string // a comparison that the name says
	kind     fieldKind
}

// values reads a value, or several with nothing but commas between them, any of which will do.
func (p *parser) values(t lexeme, s statement) (Node, error) {
	v := p.next()
	if v.kind == field && s.kind == day || v.kind != word && v.kind != phrase {
		return nil, v.fail("field-value", "%s: needs a plain value; put one with spaces in quotation marks", s.name)
	}
	n, err := s.term(place{t.start, v.end}, v)
	if err != nil || s.kind != value {
		return n, err
	}
	any := []Node{n}
	for next := p.peek(); next.kind == word && next.start == v.end+1 && p.src[v.end] == ','; next = p.peek() {
		v = p.next()
		if n, err = s.term(place{v.start, v.end}, v); err != nil {
			return nil, err
		}
		any = append(any, n)
	}
	return joinUp(any, "OR"), nil
}

// each makes statements of a group of values: lang:(en OR fr).
func (s statement) each(n Node) (Node, error) {
	from, to := n.At()
	at := place{from, to}
	switch n := n.(type) {
	case *Word:
		if !n.Prefix {
			return s.term(at, lexeme{kind: word, start: from, end: to, text: n.Text})
		}
	case *Phrase:
		return s.term(at, lexeme{kind: phrase, start: from, end: to, text: n.Text})
	case *And:
		kids, err := s.all(n.Kids)
		return &And{at, kids}, err
	case *Or:
		kids, err := s.all(n.Kids)
		return &Or{at, kids}, err
	case *Not:
		kid, err := s.each(n.Kid)
		return &Not{at, kid}, err
	}
	return nil, lexeme{start: from, end: to}.fail("field-value", "%s: needs plain values; put one with spaces in quotation marks", s.name)
}

func (s statement) all(ns []Node) ([]Node, error) {
	kids := make([]Node, len(ns))
	for i, n := range ns {
		var err error
		if kids[i], err = s.each(n); err != nil {
			return nil, err
		}
	}
	return kids, nil
}

// term makes a statement of one value. A stretch of numbers makes two.
func (s statement) term(at place, v lexeme) (Node, error) {
	n := &Term{at, s.name, "", v.text}
	if v.exact { // "=" was taken for the exact form: name:=5
		n.Value = strings.TrimPrefix(n.Value, "=")
	}
	if a, b, ok := strings.Cut(n.Value, ".."); ok && s.kind == number {
		least, most := &Term{at, s.name, ">=", a}, &Term{at, s.name, "<=", b}
		err := least.check(s.kind, v)
		if err == nil {
			err = most.check(s.kind, v)
		}
		return &And{at, []Node{least, most}}, err
	}
	err := n.check(s.kind, v)
	if n.Op == "" {
		n.Op = s.op
	}
	return n, err
}

// check takes a comparison off the value and refuses values that can mean nothing.
func (n *Term) check(kind fieldKind, at lexeme) error {
	if kind == number || kind == day {
		n.Value = text.Normalize(n.Value) // digits of every script
		for _, op := range []string{">=", "<=", ">", "<", "≥", "≤"} {
			if rest, ok := strings.CutPrefix(n.Value, op); ok {
				n.Op, n.Value = strings.NewReplacer("≥", ">=", "≤", "<=").Replace(op), rest
				break
			}
		}
	}
	if kind == day {
		n.Value = plainDays(n.Value)
	}
	switch kind {
	case number:
		if i, err := strconv.Atoi(n.Value); err != nil || i < 0 {
			return at.fail("number", "%s: needs a whole number, such as %s:>=3 or %s:3..9", n.Name, n.Name, n.Name)
		}
	case day:
		if _, _, ok := Days(n.Value); !ok {
			return at.fail("day", "%s: needs a day, month or year such as 2024-06-18, 2024-06 or 2024, or a..b", n.Name)
		}
	case choice:
		if n.Value = strings.ToLower(n.Value); !slices.Contains(choices, n.Value) {
			return at.fail("choice", "is: knows %s", strings.Join(choices, " and "))
		}
	}
	if code := tongues[strings.ToLower(n.Value)]; n.Name == "lang" && code != "" {
		n.Value = code
	}
	if n.Name == "country" && strings.EqualFold(n.Value, "uk") {
		n.Value = "gb" // its code in ISO 3166
	}
	if strings.TrimSpace(n.Value) == "" {
		return at.fail("field-value", "%s: needs a value right after the colon", n.Name)
	}
	return nil
}

// plainDays writes a day, or a stretch of two, as it is written here, where nobody can mean another day by it: 20240618, 2024/6/18,
// 18.6.2024. What it does not know it leaves.
func plainDays(s string) string {
	if a, b, stretch := strings.Cut(s, ".."); stretch {
		return plainDays(a) + ".." + plainDays(b)
	}
	if t, err := time.Parse("20060102", s); err == nil {
		return t.Format(time.DateOnly)
	}
	for _, l := range [...]string{"2006/1/2", "2006.1.2", "2006-1-2", "2.1.2006"} {
		if t, err := time.Parse(l, s); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	day, err := time.Parse("2/1/2006", s)
	month, other := time.Parse("1/2/2006", s)
	switch {
	case err == nil && (other != nil || day.Equal(month)):
		return day.Format(time.DateOnly)
	case other == nil && err != nil:
		return month.Format(time.DateOnly)
	}
	return s
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
