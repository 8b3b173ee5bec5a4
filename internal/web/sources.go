package web

import (
	"cmp"
	"encoding/xml"
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
	Next   time.Time
	Last   time.Time // attempt
	Copies string    // share, "" without articles
	Kept   string    // share of pages that held an article
}

type addedRow struct {
	Added
	Says template.HTML
}

type sourcePage struct {
	Row   sourceRow
	Feeds []feedRow
	Cards []card
}

type feedRow struct {
	news.Feed
	Says template.HTML
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
	for _, a := range added {
		says := v.words.T("added.well")
		if a.Problem != "" {
			says = v.words.T("added.failed", "detail", a.Detail)
			if v.words.Has("added." + a.Problem) {
				says = v.words.T("added."+a.Problem, "detail", a.Detail)
			}
		}
		p.Added = append(p.Added, addedRow{a, says})
	}
	v.show("sources", v.words.Text("sources.title"), "sources", p)
	return nil
}

// health says in plain words how a source fares and what to do about it.
func (v *visit) health(h store.SourceHealth) sourceRow {
	r := sourceRow{SourceHealth: h, State: "well"}
	worst := news.Feed{}
	live := 0
	for _, f := range h.Feeds {
		if f.Checked.After(r.Last) {
			r.Last = f.Checked
		}
		if !f.Gone && (r.Next.IsZero() || f.Due.Before(r.Next)) {
			r.Next = f.Due
		}
		if !f.Gone {
			live++
		}
		if f.Failures > worst.Failures {
			worst = f
		}
	}
	if h.Articles > 0 {
		r.Copies = v.words.Percent(float64(h.Copies) / float64(h.Articles))
		r.Kept = v.words.Percent(float64(h.Articles) / float64(h.Articles+h.Rejected))
	}
	w := v.words
	switch {
	case h.Source.Muted:
		r.State, r.Words = "muted", w.T("health.muted")
	case len(h.Feeds) > 0 && live == 0:
		r.State, r.Words, r.Do = "failing", w.T("health.gone"), w.T("health.do.gone")
	case worst.Failures >= 3:
		r.State, r.Words, r.Do = "failing", v.trouble(worst), v.remedy(worst)
	case worst.Failures > 0:
		r.State, r.Words, r.Do = "look", v.trouble(worst), v.remedy(worst)
	case r.Last.IsZero():
		r.Words = w.T("health.waiting")
	case h.Rejected > 5 && h.Rejected > h.Articles:
		r.State, r.Words, r.Do = "look", w.T("health.unreadable", "n", h.Rejected), w.T("health.do.unreadable")
	case !h.LastArticle.IsZero() && w.Now().Sub(h.LastArticle) > 72*time.Hour:
		r.State, r.Words = "look", w.T("health.quiet", "span", template.HTML(w.Length(w.Now().Sub(h.LastArticle))))
	default:
		r.Words = w.T("health.well")
	}
	return r
}

func (v *visit) trouble(f news.Feed) template.HTML {
	key := "health.problem." + f.Problem
	if !v.words.Has(key) {
		key = "health.problem.other"
	}
	return v.words.T("health.failed", "problem", v.words.T(key, "kind", f.Problem), "n", f.Failures)
}

func (v *visit) remedy(f news.Feed) template.HTML {
	if key := "health.do." + f.Problem; v.words.Has(key) {
		return v.words.T(key)
	}
	return v.words.T("health.do.wait", "when", v.words.AgoTime(f.Due))
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
	p := sourcePage{Row: v.health(h)}
	for _, f := range h.Feeds {
		says := v.words.T("health.well")
		if f.Failures > 0 {
			says = v.trouble(f)
		}
		p.Feeds = append(p.Feeds, feedRow{f, says})
	}
	cards, err := s.Store.Stories(v.r.Context(), store.StoryFilter{Source: id, N: 20})
	if err != nil {
		return err
	}
	for _, c := range cards {
		p.Cards = append(p.Cards, v.card(c))
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
	return v.done("/sources/"+i18n.ID(id), done)
}

// outline is an entry of an OPML file.
type outline struct {
	Text    string `xml:"text,attr"`
	Title   string `xml:"title,attr"`
	Type    string `xml:"type,attr"`
	XMLURL  string `xml:"xmlUrl,attr"`
	HTMLURL string `xml:"htmlUrl,attr,omitempty"`
}

type opmlDoc struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

// opml lists the feeds for other programs to read.
func (s *site) opml(v *visit) error {
	list, err := s.Store.Sources(v.r.Context())
	if err != nil {
		return err
	}
	doc := opmlDoc{Version: "2.0", Title: "Marsad"}
	for _, h := range list {
		for _, f := range h.Feeds {
			doc.Body = append(doc.Body, outline{h.Source.Name, h.Source.Name, "rss", f.URL, h.Source.Home})
		}
	}
	body, err := xml.MarshalIndent(doc, "", " ")
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Disposition", `attachment; filename="marsad.opml"`)
	v.send("text/x-opml; charset=utf-8", append([]byte(xml.Header), body...))
	return nil
}
