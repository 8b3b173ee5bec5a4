package i18n

import (
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"time"

	"marsad/text"
)

// Run is a stretch of text in a language of its own: a headline, a name, a quotation.
type Run struct {
	Text string
	Lang string // BCP 47, "" when not known
}

// HTML gives the run isolated, with its own language and the direction of its majority script.
func (r Run) HTML() template.HTML {
	if r.Text == "" {
		return ""
	}
	lang := ""
	if r.Lang != "" {
		lang = ` lang="` + template.HTMLEscapeString(r.Lang) + `"`
	}
	return template.HTML(`<bdi` + lang + ` dir="` + text.Dir(r.Text) + `">` + string(Words(r.Text, text.RTL(r.Text))) + `</bdi>`)
}

// isoDate is a date whose parts a line from right to left would turn around: after an Arabic letter the hyphen no longer holds them
// together (UAX #9, W2 and W4).
var isoDate = regexp.MustCompile(`\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b`)

// Words escapes a text for HTML. In one from right to left it isolates dates that are written with hyphens, so that they keep their
// order.
func Words(s string, rtl bool) template.HTML {
	s = template.HTMLEscapeString(s)
	if rtl && strings.IndexByte(s, '-') >= 0 {
		s = isoDate.ReplaceAllString(s, `<bdi dir="ltr">$0</bdi>`)
	}
	return template.HTML(s)
}

// Unicode isolates, for places where there is no markup.
const (
	leftIsolate  = "\u2066"
	rightIsolate = "\u2067"
	popIsolate   = "\u2069"
)

// Isolate wraps a string for plain text by the direction of its majority script.
func Isolate(s string) string {
	switch {
	case s == "":
		return ""
	case text.RTL(s):
		return rightIsolate + s + popIsolate
	}
	return leftIsolate + s + popIsolate
}

func (p *Printer) html(v any) string {
	switch v := v.(type) {
	case template.HTML:
		return string(v)
	case Run:
		return string(v.HTML())
	case string:
		return string(Run{Text: v}.HTML())
	}
	return template.HTMLEscapeString(p.Num(v))
}

func (p *Printer) plain(v any) string {
	switch v := v.(type) {
	case template.HTML:
		return string(v)
	case Run:
		return Isolate(v.Text)
	case string:
		return Isolate(v)
	}
	return p.Num(v)
}

// Num writes a number with the language's separators and the reader's digits: whole numbers grouped by thousands, fractions with
// one digit.
func (p *Printer) Num(v any) string {
	var s string
	switch n := v.(type) {
	case int, int64:
		s = p.group(fmt.Sprintf("%d", n))
	case float64:
		whole, frac, _ := strings.Cut(fmt.Sprintf("%.1f", n), ".")
		if s = p.group(whole); frac != "0" {
			s += p.mark("decimal", "٫") + frac
		}
	default:
		s = fmt.Sprint(v)
	}
	return p.digits(s)
}

// Percent writes a share between 0 and 1.
func (p *Printer) Percent(share float64) string {
	s := p.Text("number.percent", "x", template.HTML(p.Num(int(share*100+0.5))))
	if p.zero != '0' {
		s = strings.Replace(s, "%", "٪", 1)
	}
	return s
}

func (p *Printer) group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "\u2212", s[1:]
	}
	if len(s) < p.leastGrouped() {
		return sign + s
	}
	sep := p.mark("group", "٬")
	var parts []string
	for ; len(s) > 3; s = s[:len(s)-3] {
		parts = append([]string{s[len(s)-3:]}, parts...)
	}
	return sign + strings.Join(append([]string{s}, parts...), sep)
}

// leastGrouped gives how many digits a number has that is grouped: Spanish leaves four together (CLDR, minimumGroupingDigits).
func (p *Printer) leastGrouped() int {
	if p.c.Tag == "es" {
		return 5
	}
	return 4
}

// mark gives a separator: the language's own beside Latin digits, that of the Arabic script beside its own.
func (p *Printer) mark(name, arabic string) string {
	if p.zero != '0' {
		return arabic
	}
	return p.c.one("number." + name)
}

// counted finds the counts that stand written out in a phrase. A clock, a day, a port or a piece of a query stays as it has to be typed.
var counted = regexp.MustCompile(`(^|[^A-Za-z0-9:/=<>.*-])([0-9]{1,2})($|[^A-Za-z0-9:/=<>.*-])`)

// figures writes the counts that stand in a phrase itself as the reader chose.
func (p *Printer) figures(s string) string {
	if p.zero == '0' || !strings.ContainsAny(s, "0123456789") {
		return s
	}
	for range 2 { // neighbours share the sign between them
		s = counted.ReplaceAllStringFunc(s, p.digits)
	}
	return s
}

// digits writes ASCII digits as the reader chose.
func (p *Printer) digits(s string) string {
	return digitsFrom(p.zero, s)
}

func digitsFrom(zero rune, s string) string {
	if zero == '0' {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + zero
		}
		return r
	}, s)
}

// arabicZero gives the digit 0 of the Arabic script as a language writes it: Persian has forms of its own for 4, 5 and 6.
func arabicZero(tag string) rune {
	if tag == "fa" {
		return '۰'
	}
	return '٠'
}

// Digits gives what the digits are written in: "latn" or "arab".
func (p *Printer) Digits() string {
	if p.zero == '0' {
		return "latn"
	}
	return "arab"
}

// ArabicDigits gives 123 in the digits that "arab" asks for in this language.
func (p *Printer) ArabicDigits() string { return digitsFrom(arabicZero(p.c.Tag), "123") }

// List joins items as the language does: "a, b and c", "أ وب وج".
func (p *Printer) List(items []template.HTML) template.HTML {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return p.T("list.two", "a", items[0], "b", items[1])
	default:
		head := items[0]
		for _, it := range items[1 : n-1] {
			head = p.T("list.middle", "a", head, "b", it)
		}
		return p.T("list.last", "a", head, "b", items[n-1])
	}
}

// Zone gives the zone that times are shown in.
func (p *Printer) Zone() *time.Location { return p.zone }

// Now gives the moment that "ago" and "today" are measured from.
func (p *Printer) Now() time.Time { return p.now }

// ID writes a number for an address: without separators, in ASCII digits.
func ID(n int64) string { return strconv.FormatInt(n, 10) }
