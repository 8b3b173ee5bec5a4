package web

import (
	"cmp"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

type sourcesPage struct {
	Rows             []sourceRow
	Well, Look, Fail int
	Added            []addedRow
	Can              bool
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

type sourcePage struct {
	Row    sourceRow
	Feeds  []feedRow
	Cards  []card
	Led    []timed  // stories that it told first
	Lagged []timed  // stories that another told before it
	Marks  string   // what the reader decided: follow, mute or nothing
	Files  []string // folders that the reader put it in
	Mine   bool
	All    string // address that finds all its articles
}

// Of so many of a source's latest stories the page says who was first. Of those that another opened it reads so many articles in all:
// reading them is what the page costs.
const (
	timedMost     = 8
	timedArticles = 40
)

// timed is a story with how far ahead or behind the source was.
type timed struct {
	card
	By time.Duration
}

// timing tells stories that the source was first with, by how long, from those that it came to later.
func (p *sourcePage) timing(v *visit, cards []card) error {
	left := timedArticles
	for _, c := range cards {
		if c.FirstSource == p.Row.Source.Name {
			if c.Story.Lag > 0 {
				p.Led = append(p.Led, timed{c, c.Story.Lag})
			}
			continue
		}
		if c.Story.Articles > left {
			continue
		}
		left -= c.Story.Articles
		es, err := v.s.Store.StoryEntries(v.r.Context(), c.Story.ID)
		if err != nil {
			return err
		}
		list := arrange(es)
		i := slices.IndexFunc(list, func(e *entry) bool { return e.Source.ID == p.Row.Source.ID })
		next := slices.IndexFunc(list, func(e *entry) bool { return e.Source.ID != p.Row.Source.ID && e.Origin == nil })
		switch {
		case i < 0 || next < 0:
		case i < next:
			p.Led = append(p.Led, timed{c, list[next].At.Sub(list[i].At)})
		default:
			p.Lagged = append(p.Lagged, timed{c, list[i].At.Sub(list[next].At)})
		}
	}
	return nil
}

// FeedURL gives the address of the source's Atom feed.
func (p sourcePage) FeedURL() string { return "/sources/" + i18n.ID(p.Row.Source.ID) + "/feed.atom" }

type feedRow struct {
	news.Feed
	Says template.HTML // what is wrong, "" where all is well
	When template.HTML // of the next attempt
}

func (s *site) sources(v *visit) error { return v.showSources(nil) }

func (v *visit) showSources(added []Added) error {
	list, err := v.s.Store.Sources(v.r.Context())
	if err != nil {
		return err
	}
	p := sourcesPage{Can: v.s.Desk.AddSources != nil}
	for _, h := range list {
		r := v.health(h)
		switch r.State {
		case "well", "muted":
			p.Well++
		case "look":
			p.Look++
		default:
			p.Fail++
		}
		p.Rows = append(p.Rows, r)
	}
	order := map[string]int{"failing": 0, "look": 1, "well": 2, "muted": 3}
	slices.SortStableFunc(p.Rows, func(a, b sourceRow) int {
		return cmp.Or(cmp.Compare(order[a.State], order[b.State]), b.LastArticle.Compare(a.LastArticle))
	})
	p.Added = v.added(added)
	v.show("sources", v.words.Text("sources.title"), "sources", p)
	return nil
}

// added words what became of what somebody pasted.
func (v *visit) added(list []Added) (rows []addedRow) {
	for _, a := range list {
		says := v.words.T("added.well")
		if a.Problem != "" {
			says = v.words.T("added.failed", "detail", a.Detail)
			if v.words.Has("added." + a.Problem) {
				says = v.words.T("added."+a.Problem, "detail", a.Detail)
			}
		}
		rows = append(rows, addedRow{a, says})
	}
	return rows
}

func (s *site) addSources(v *visit) error {
	if s.Desk.AddSources == nil {
		return fault.New(fault.Invalid, "this desk takes no sources")
	}
	pasted := v.form("paste")
	if f, _, err := v.r.FormFile("file"); err == nil {
		body, err := io.ReadAll(f)
		if err != nil {
			return err
		}
		pasted = strings.TrimSpace(pasted + "\n" + string(body))
	}
	if pasted == "" {
		return v.done("/sources", "nothing")
	}
	added, err := s.Desk.AddSources(v.r.Context(), pasted)
	if err != nil {
		return err
	}
	if len(added) == 1 && added[0].Problem == "" && added[0].Source > 0 {
		return v.done("/sources/"+i18n.ID(added[0].Source), "source-added")
	}
	return v.showSources(added)
}

func (s *site) source(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	h, err := s.Store.Source(v.r.Context(), id)
	if err != nil {
		return err
	}
	p := sourcePage{Row: v.health(h), All: searchFor("source", h.Source.Name)}
	for _, f := range h.Feeds {
		row := feedRow{Feed: f, When: v.next(f.Due)}
		if f.Failures > 0 {
			row.Says = v.trouble(f)
		}
		p.Feeds = append(p.Feeds, row)
	}
	cards, err := s.Store.Stories(v.r.Context(), store.StoryFilter{Source: id, N: 20})
	if err != nil {
		return err
	}
	if p.Cards, err = v.marked(cards, false); err != nil {
		return err
	}
	if err := p.timing(v, p.Cards[:min(len(p.Cards), timedMost)]); err != nil {
		return err
	}
	if p.Marks, err = v.choiceOf("source", i18n.ID(id)); err != nil {
		return err
	}
	if who := v.reader(); who != 0 {
		of, err := s.Store.Folders(v.r.Context(), who)
		if err != nil {
			return err
		}
		p.Mine, p.Files = true, of[id]
	}
	v.show("source", i18n.Isolate(h.Source.Name), "sources", p)
	return nil
}

func (s *site) saveSource(v *visit) error {
	return v.onSource("source-saved", func(src news.Source) error {
		if n := v.form("name"); n != "" {
			src.Name = clip(n, 120)
		}
		src.Country = strings.ToUpper(clip(v.form("country"), 2))
		src.Muted = v.form("muted") != ""
		return s.Store.UpdateSource(v.r.Context(), src)
	})
}

func (s *site) fetchSource(v *visit) error {
	return v.onSource("source-due", func(src news.Source) error {
		if s.Desk.FetchNow == nil {
			return nil
		}
		return s.Desk.FetchNow(v.r.Context(), src.ID)
	})
}

func (s *site) deleteSource(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.Store.RemoveSource(v.r.Context(), id); err != nil {
		return err
	}
	return v.done("/sources", "source-removed")
}

func (v *visit) onSource(done string, do func(news.Source) error) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	h, err := v.s.Store.Source(v.r.Context(), id)
	if err != nil {
		return err
	}
	if err := do(h.Source); err != nil {
		return err
	}
	if v.form("next") == "/sources" {
		return v.done("/sources", done)
	}
	return v.done("/sources/"+i18n.ID(id), done)
}
