package web

import (
	"html/template"
	"time"

	"marsad/internal/store"
)

type sourcesPage struct {
	Filter    sourceFilter
	Rows      []sourceRow
	N, All    int // that satisfy the filter, and in all
	States    []sourceChoice
	Langs     []sourceChoice
	Countries []sourceChoice
	Next      string // address of the next page
	First     string // of the first, where this is another
	Can       bool
}

// sourceRow is a source with its health in plain words.
type sourceRow struct {
	store.SourceHealth
	State  string // well, look, failing, muted
	Words  template.HTML
	Do     template.HTML // what to do about it
	Next   template.HTML // the next attempt
	Last   time.Time     // attempt
	Copies string        // share, "" without articles
	Kept   string        // share of pages that held an article
}

func (s *site) sources(v *visit) error {
	all, err := v.allSources()
	if err != nil {
		return err
	}
	f := v.sourceFilter()
	p := sourcesPage{Filter: f, All: len(all), Can: s.Desk.AddSources != nil}
	found := f.named(all)
	rows, n, next := f.page(found)
	p.N = n
	for _, l := range rows {
		p.Rows = append(p.Rows, v.health(l.SourceHealth))
	}
	p.States = f.choices(found, "state", f.State, func(l listed) string { return l.State })
	sortByState(p.States)
	p.Langs = f.choices(found, "lang", f.Lang, func(l listed) string { return orDash(l.Source.Lang) })
	p.Countries = f.choices(found, "country", f.Country, func(l listed) string { return orDash(l.Source.Country) })
	if next != "" {
		p.Next = f.at("after", next)
	}
	if f.after != "" {
		p.First = f.at("", "")
	}
	v.show("sources", v.words.Text("sources.title"), "sources", p)
	return nil
}

// orDash names the value of a filter for what says nothing.
func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
