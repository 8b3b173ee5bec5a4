package web

import (
	"errors"
	"html/template"
	"slices"

	"marsad/internal/i18n"
	"marsad/query"
)

// explained is how a query was understood, in the reader's words, or what is wrong with it.
type explained struct {
	Reads    template.HTML
	Problem  template.HTML
	Warnings []template.HTML
	OK       bool
	Query    query.Query
	Expect   []template.HTML // what it would find a day and cost, where that was asked
}

// explain reads a query. An empty one is neither right nor wrong.
func (v *visit) explain(q string) explained {
	if q == "" {
		return explained{}
	}
	parsed, err := query.Parse(q)
	var bad *query.Error
	switch {
	case errors.As(err, &bad):
		return explained{Problem: v.problem(q, bad)}
	case err != nil:
		return explained{Problem: v.words.T("query.error.other", "message", err.Error())}
	}
	r, warnings := query.Explain(parsed, nil)
	x := explained{Reads: v.reads(r, true, conditional(r)), OK: true, Query: parsed}
	for _, w := range warnings {
		var words []template.HTML
		for _, s := range w.Words {
			words = append(words, run(s, "").HTML())
		}
		x.Warnings = append(x.Warnings, v.words.T("query.warn."+w.Code, "words", v.words.List(words)))
	}
	return x
}

// explainQuery answers how a query is read while it is being typed.
func (s *site) explainQuery(v *visit) error {
	return v.part("watch", "means", v.expect(v.explain(v.query("q"))))
}

// problem words an error of a query and shows the piece that it is about.
func (v *visit) problem(q string, e *query.Error) template.HTML {
	key := "query.error." + e.Code
	if !v.words.Has(key) {
		return v.words.T("query.error.other", "message", e.Message)
	}
	piece := ""
	if e.Start >= 0 && e.Start < e.End && e.End <= len(q) {
		piece = q[e.Start:e.End]
	}
	out := v.words.T(key, "piece", i18n.Run{Text: piece})
	shown := []string{piece}
	if e.Code == "mixed" || e.Code == "foreign" { // what to write instead says more
		shown = e.Args
	}
	for _, s := range shown {
		if s != "" {
			out += ` <code dir="auto">` + template.HTML(template.HTMLEscapeString(s)) + `</code>`
		}
	}
	return out
}

// conditional tells whether a reading has conditions beside its words.
func conditional(r query.Reading) bool {
	return r.Kind == "term" || slices.ContainsFunc(r.Kids, conditional)
}

// reads says a reading in words. Groups inside of groups get parentheses, and beside conditions a word is called one.
func (v *visit) reads(r query.Reading, top, beside bool) template.HTML {
	w := v.words
	kids := make([]template.HTML, len(r.Kids))
	for i, k := range r.Kids {
		kids[i] = v.reads(k, false, beside)
	}
	word := ""
	if len(r.Words) > 0 {
		word = r.Words[0]
	}
	kid := func(i int) template.HTML {
		if i < len(kids) {
			return kids[i]
		}
		return ""
	}
	strong := "<b>" + run(word, "").HTML() + "</b>"
	switch r.Kind {
	case "and", "or":
		return v.joined(r.Kind, kids, top)
	case "near", "onear", "same-sentence", "same-paragraph":
		return w.T("query.reads."+r.Kind, "a", kid(0), "b", kid(1), "n", r.N)
	case "atleast", "first":
		return w.T("query.reads."+r.Kind, "a", kid(0), "n", r.N)
	case "not":
		return w.T("query.reads.not", "a", kid(0))
	case "field":
		return w.T("query.reads.in-"+word, "a", kid(0))
	case "term":
		return v.readsTerm(r.Words)
	case "word":
		if beside {
			return w.T("query.reads.word-beside", "a", strong)
		}
	}
	return w.T("query.reads."+r.Kind, "a", strong)
}

func (v *visit) joined(kind string, kids []template.HTML, top bool) template.HTML {
	var out template.HTML
	for i, k := range kids {
		if i == 0 {
			out = k
			continue
		}
		out = v.words.T("query.reads."+kind, "a", out, "b", k)
	}
	if !top && len(kids) > 1 {
		return "(" + out + ")"
	}
	return out
}

func (v *visit) readsTerm(words []string) template.HTML {
	if len(words) < 3 {
		return ""
	}
	name, op, value := words[0], words[1], words[2]
	shown := run(value, "").HTML()
	if name == "lang" {
		shown = i18n.Run{Text: i18n.Autonym(value), Lang: value}.HTML()
	}
	if op != "" {
		said := map[string]string{">": "more", ">=": "least", "<": "less", "<=": "most"}
		if name == "published" || name == "on" {
			said = map[string]string{">": "after", ">=": "from", "<": "before", "<=": "until"}
		}
		shown = v.words.T("query.op."+said[op], "value", shown)
	}
	key := "query.term." + name
	if name == "is" {
		key += "-" + value
	}
	return v.words.T(key, "value", "<b>"+shown+"</b>")
}

// needsGroup tells whether a query needs parentheses before a condition can follow it.
func needsGroup(x explained) bool {
	switch x.Query.Root.(type) {
	case *query.Or, *query.Near, *query.Same, *query.AtLeast, *query.First:
		return true
	}
	return false
}
