package kiosk

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"text/template"
)

// funcs are what templates fill themselves by. What they take by p, sub, lead and cap is the truth, in the page's order.
func (p *press) funcs() template.FuncMap {
	told := func(s string) string { p.truth = append(p.truth, s); return p.soil(s) }
	return template.FuncMap{
		"x":        func(v any) string { return html.EscapeString(p.say(v)) },
		"js":       func(v any) string { return inJSON(p.say(v)) },
		"p":        func(i int) string { return p.dress(told(p.Body[i]), i) },
		"sub":      func(i int) string { return html.EscapeString(told(p.Subs[i])) },
		"lead":     func() string { return html.EscapeString(told(p.Lead)) },
		"jp":       func(i int) string { return inJSON(told(p.Body[i])) },
		"jlead":    func() string { return inJSON(told(p.Lead)) },
		"jsub":     func(i int) string { return inJSON(told(p.Subs[i])) },
		"ldbody":   func() string { p.truth = append(p.truth, p.Body...); return inJSON(strings.Join(p.Body, "\n\n")) },
		"plain":    func(i int) string { return p.Captions[i] },
		"plainp":   func(i int) string { return p.Body[i] },
		"subplain": func(i int) string { return p.Subs[i] },
		"cap": func(i int) string {
			p.captions = append(p.captions, p.Captions[i]+" | "+p.Credits[i])
			return html.EscapeString(p.Captions[i])
		},
		"credit":  func(i int) string { return html.EscapeString(p.credited(p.Credits[i])) },
		"bracket": func(i int) string { return html.EscapeString(p.bracket(p.Credits[i])) },
		"title":   func(i int) string { return p.Titles[i] },
		"blurb":   func(i int) string { return p.Blurbs[i%len(p.Blurbs)] },
		"mid":     p.mid, "tail": p.tail, "after": p.after,
	}
}

func (p *press) credited(c string) string {
	return strings.ReplaceAll(p.CreditForm[p.half], "{c}", c)
}

// bracket writes a credit behind a caption, in brackets or after a mark.
func (p *press) bracket(c string) string {
	switch p.lot.IntN(4) {
	case 0:
		return "(" + p.credited(c) + ")"
	case 1:
		return "/ " + c
	case 2:
		return "[" + c + "]"
	}
	return "(" + c + ")"
}

// dress writes a paragraph as editors leave it: a link on a word, a bold beginning, a hard space at the end.
func (p *press) dress(s string, i int) string {
	s = html.EscapeString(s)
	words := strings.SplitN(s, " ", 6)
	switch {
	case len(words) < 6 || i == 0:
		return s
	case p.lot.IntN(4) == 0:
		words[3] = `<a href="/k/` + fmt.Sprint(i) + `">` + words[3] + `</a>`
	case p.lot.IntN(5) == 0:
		words[2] = "<strong>" + words[2] + "</strong>"
	case p.lot.IntN(5) == 0:
		words[5] = `<span style="font-size:16px">` + words[5] + "</span>&nbsp;"
	}
	return strings.Join(words, " ")
}

// pair gives the phrase of the page's half.
func (p *press) pair(list []string) string { return list[p.half%len(list)] }

// say gives a phrase: of a pair that of the page's half, with its days filled in.
func (p *press) say(v any) string {
	switch v := v.(type) {
	case string:
		return p.days(v)
	case []string:
		return p.days(p.pair(v))
	}
	return fmt.Sprint(v)
}

// days fills in the days that a phrase names.
func (p *press) days(s string) string {
	for _, d := range []struct {
		mark string
		n    int
		form string
	}{{"{d}", p.day, "%d"}, {"{d1}", p.day + 1, "%d"}, {"{dd}", p.day, "%02d"}, {"{dd1}", p.day + 1, "%02d"}, {"{h}", p.day, "%d"}, {"{p}", p.day + 10, "%d"}, {"{p1}", p.day + 11, "%d"}} {
		if !strings.Contains(s, d.mark) {
			continue
		}
		n := fmt.Sprintf(d.form, d.n)
		if d.mark[1] == 'p' {
			n = strings.Map(func(r rune) rune { return r - '0' + '۰' }, n)
		}
		s = strings.ReplaceAll(s, d.mark, n)
	}
	return s
}

// author is the first author, or on some pages the newsroom, which is nobody's name.
func (p *press) author() string {
	if p.org {
		return p.Desk
	}
	return p.Words.Authors[0]
}

// Biography is the author's; nobody's names nobody.
func (p *press) Biography() string {
	if p.org {
		return p.Bio[1]
	}
	return p.pair(p.Bio)
}

func (p *press) RTL() bool       { return p.Lang == "ar" || p.Lang == "fa" }
func (p *press) Author() string  { return p.author() }
func (p *press) Author2() string { return p.Words.Authors[1] }
func (p *press) ByWord() string  { return p.pair(p.By) }
func (p *press) Date() string    { return p.days(p.pair(p.Dates)) }
func (p *press) ISO() string     { return fmt.Sprintf("2025-03-%02dT09:40:00+00:00", p.day) }
func (p *press) ModISO() string  { return fmt.Sprintf("2025-03-%02dT11:05:00+00:00", p.day+1) }

func inJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // strings always marshal
	}
	return string(b)
}
