package web

import (
	"html/template"
	"io"
	"strings"
	"time"

	syndication "marsad/feed"
	"marsad/internal/fault"
	"marsad/internal/i18n"
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
	Added     []addedRow
	Result    addedSum
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

type addedRow struct {
	Added
	Says template.HTML
}

// addedSum is what became of a list that was pasted, in numbers.
type addedSum struct{ New, Known, Failed int }

func (s *site) sources(v *visit) error { return v.showSources(nil) }

func (v *visit) showSources(added []Added) error {
	all, err := v.allSources()
	if err != nil {
		return err
	}
	f := v.sourceFilter()
	p := sourcesPage{Filter: f, All: len(all), Can: v.s.Desk.AddSources != nil}
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
	p.Added, p.Result = v.added(added)
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

// mostAdded is how many lines of a long list are told one by one; those that went wrong come first.
const mostAdded = 60

// added words what became of what somebody pasted.
func (v *visit) added(list []Added) (rows []addedRow, sum addedSum) {
	var well []addedRow
	for _, a := range list {
		says := v.words.T("added.well")
		switch a.Problem {
		case "":
			sum.New++
		case "known", "conflict":
			sum.Known++
		default:
			sum.Failed++
		}
		if a.Problem != "" {
			says = v.words.T("added.failed", "detail", a.Detail)
			if v.words.Has("added." + a.Problem) {
				says = v.words.T("added."+a.Problem, "detail", a.Detail)
			}
		}
		if a.Problem == "" || len(list) <= mostAdded {
			well = append(well, addedRow{a, says})
		} else {
			rows = append(rows, addedRow{a, says})
		}
	}
	rows = append(rows, well...)
	return rows[:min(len(rows), mostAdded)], sum
}

func (s *site) addSources(v *visit) error {
	if s.Desk.AddSources == nil {
		return fault.New(fault.Invalid, "this desk takes no sources")
	}
	given := []string{v.form("paste")}
	if f, _, err := v.r.FormFile("file"); err == nil {
		body, err := io.ReadAll(f)
		if err != nil {
			return err
		}
		given = append(given, strings.TrimSpace(string(body)))
	}
	var added []Added
	for _, g := range given { // apart, so that lines that were typed are no part of a file that is a list
		if g == "" {
			continue
		}
		some, err := v.addGiven(g)
		if err != nil {
			return err
		}
		added = append(added, some...)
	}
	if len(added) == 0 {
		return v.done("/sources", "nothing")
	}
	if len(added) == 1 && added[0].Problem == "" && added[0].Source > 0 {
		return v.done("/sources/"+i18n.ID(added[0].Source), "source-added")
	}
	return v.showSources(added)
}

// addGiven adds what was given. The folders of a list become the reader's, of sources that were here before too.
func (v *visit) addGiven(given string) ([]Added, error) {
	defer v.s.listed.drop()
	added, err := v.s.Desk.AddSources(v.r.Context(), given)
	if err != nil || v.reader() == 0 || !syndication.IsOPML([]byte(given)) {
		return added, err
	}
	list, err := syndication.ReadOPML([]byte(given))
	if err != nil {
		return added, err
	}
	all, err := v.s.Store.Sources(v.r.Context())
	if err != nil {
		return added, err
	}
	of := map[string]int64{}
	for _, h := range all {
		for _, f := range h.Feeds {
			of[f.URL] = h.Source.ID
		}
	}
	for _, o := range list {
		id := of[o.Feed]
		for _, folder := range append([]string{o.Folder}, o.Also...) {
			if folder = clip(folder, mostFolder); folder == "" || id == 0 {
				continue
			}
			if err := v.s.Store.File(v.r.Context(), v.reader(), id, folder, true); err != nil {
				return added, err
			}
		}
	}
	return added, nil
}

// mostFolder is how long a folder's name may be.
const mostFolder = 120
