package web

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	syndication "marsad/feed"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

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

	Intervals []interval
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

func (s *site) source(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	h, err := s.Store.Source(v.r.Context(), id)
	if err != nil {
		return err
	}
	p := sourcePage{Intervals: v.intervalsOf(h.Source.Every), Row: v.health(h), All: searchFor("source", h.Source.Name)}
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
	if err := v.localize(p.Cards); err != nil {
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

// interval is how often a source may be asked.
type interval struct {
	Minutes int
	Label   string
	On      bool
}

// intervalsOf words the choices; one that was set elsewhere stands among them.
func (v *visit) intervalsOf(set time.Duration) (out []interval) {
	all := intervals
	if m := int(set / time.Minute); !contains(all, m) {
		all = append(slices.Clone(all), m)
	}
	for _, m := range all {
		label := v.words.Text("source.every-change")
		if m > 0 {
			label = v.words.Length(time.Duration(m) * time.Minute)
		}
		out = append(out, interval{m, label, time.Duration(m)*time.Minute == set})
	}
	return out
}

// intervals are how often, in minutes, a source may be asked; 0 is about as often as it changes.
var intervals = []int{0, 5, 15, 30, 60, 180, 360, 720, 1440}

// saveSource takes what was changed of a source, or pauses it or lets it go on.
func (s *site) saveSource(v *visit) error {
	do, done := v.form("do"), "source-saved"
	switch do {
	case "pause":
		done = "source-paused"
	case "resume":
		done = "source-resumed"
	}
	return v.onSource(done, func(src news.Source) error {
		switch do {
		case "pause", "resume":
			src.Muted = do == "pause"
		default:
			if err := v.readSource(&src); err != nil {
				return err
			}
		}
		return s.Store.UpdateSource(v.r.Context(), src)
	})
}

// readSource takes a source's fields from the form. The error is Invalid.
func (v *visit) readSource(src *news.Source) error {
	if n := v.form("name"); n != "" {
		src.Name = clip(n, 120)
	}
	lang, country, home := v.form("lang"), strings.ToUpper(v.form("country")), v.form("home")
	minutes, _ := strconv.Atoi(v.form("every")) // an unreadable one is none of those that may be chosen
	switch {
	case lang != "" && !syndication.IsLang(lang):
		return fault.New(fault.Invalid, "%s", v.words.Text("source.bad-lang"))
	case country != "" && (len(country) != 2 || strings.Trim(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != ""):
		return fault.New(fault.Invalid, "%s", v.words.Text("source.bad-country"))
	case home != "" && !isWeb(home):
		return fault.New(fault.Invalid, "%s", v.words.Text("source.bad-home"))
	case v.form("every") != "" && !contains(intervals, minutes) && time.Duration(minutes)*time.Minute != src.Every:
		return fault.New(fault.Invalid, "unknown interval")
	}
	src.Lang, src.Country, src.Home, src.Every = lang, country, home, time.Duration(minutes)*time.Minute
	src.Licence = ""
	if v.form("licence") == "full" {
		src.Licence = "full"
	}
	return nil
}

// isWeb tells whether an address is a page's on the web.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= 500
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
	src, err := s.Store.Outlet(v.r.Context(), id)
	if err != nil {
		return err
	}
	defer s.listed.drop()
	if err := s.Store.RemoveSource(v.r.Context(), id); err != nil {
		return err
	}
	v.about = v.r.URL.Path + " " + src.Name
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
	defer v.s.listed.drop()
	if err := do(h.Source); err != nil {
		return err
	}
	if v.form("next") == "/sources" {
		return v.done("/sources", done)
	}
	return v.done("/sources/"+i18n.ID(id), done)
}
