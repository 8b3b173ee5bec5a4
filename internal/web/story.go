package web

import (
	"cmp"
	"html/template"
	"slices"
	"time"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// storyPage is all that is known of one happening.
type storyPage struct {
	Story    news.Story
	Hot      bool
	Why      template.HTML
	Lead     *entry
	Articles int
	Outlets  []outlet
	Copies   int
	Claims   []*dispute // accusations, and whatever is denied or confirmed
	Stances  []*dispute // warnings, demands, threats, promises
	Events   []event
	Reports  []*report
	Speakers []*speaker
	Race     []lane
	RaceEnds [2]time.Time
	More     int // outlets that the race leaves out
	Together []tie
	Langs    []langCount
	Places   []place
	Map      template.HTML
	Pictures []picture
	Renamed  []renamed
	Watch    string // address that begins a watch for this story
	Since    sinceLook
	Correct  correcting
}

// FeedURL gives the address of the story's Atom feed.
func (p storyPage) FeedURL() string { return "/stories/" + i18n.ID(p.Story.ID) + "/feed.atom" }

// entry is an article of the story with what the page derives of it.
type entry struct {
	store.Entry
	At     time.Time // of publication, or of arrival where that is not known
	Own    bool      // At is the publisher's own time
	Origin *entry    // the article that this one copies or translates; nil for an independent one
	Kind   news.LinkKind
	Score  float64
	Fresh  bool // it came since the reader looked
}

type outlet struct {
	news.Source
	N int
}

type langCount struct {
	Lang  string
	N     int
	First *entry // the first in this language, an independent one where there is one
}

// tie is an article with what ties it to the story.
type tie struct {
	*entry
	Because template.HTML
}

type picture struct {
	news.Media
	Lang string
	From *entry
}

func (s *site) story(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	st, err := s.Store.Story(v.r.Context(), id)
	if err != nil {
		return err
	}
	if st.ID != id {
		v.redirect("/stories/" + i18n.ID(st.ID))
		return nil
	}
	es, err := s.Store.StoryEntries(v.r.Context(), id)
	if err != nil {
		return err
	}
	arranged := arrange(es)
	since, err := v.sinceLook(st, arranged)
	if err != nil {
		return err
	}
	p := v.storyPage(st, arranged)
	p.Since = since
	if p.Correct, err = v.correcting(st, arranged); err != nil {
		return err
	}
	v.show("story", i18n.Isolate(st.Headline), "now", p)
	v.look(func(who int64) error { return s.Store.Look(v.r.Context(), who, st.ID, s.Now()) })
	return nil
}

func (v *visit) storyPage(st news.Story, es []*entry) storyPage {
	p := storyPage{Story: st, Articles: len(es)}
	p.Hot = !st.Breaking.IsZero() && v.words.Now().Sub(st.Breaking) < hotFor
	p.Why = v.reasons(st.BreakingWhy)
	p.count(es)
	p.Claims, p.Stances = v.disputes(es)
	p.Events = v.events(es)
	p.Reports = reports(es)
	p.Speakers = v.speakers(es)
	p.Renamed = headlines(es)
	p.race(es, v)
	places := map[string]int{}
	for _, e := range es {
		if e.Article.ID == st.Lead {
			p.Lead = e
		}
		if len(e.Placement.Because) > 0 {
			p.Together = append(p.Together, tie{e, v.reasons(e.Placement.Because)})
		}
		for id := range named(e) {
			places[id]++
		}
		for _, m := range e.Article.Media {
			p.Pictures = addPicture(p.Pictures, m, e)
		}
	}
	p.Places = v.places(places, 8)
	p.Map = worldMap(v.words, p.Places)
	p.Watch = "/watches/new?" + followQuery(v, es)
	return p
}

// arrange puts the articles into the order of their publication and finds out who follows whom.
func arrange(list []store.Entry) []*entry {
	byID := map[int64]*entry{}
	var es []*entry
	for _, e := range list {
		x := &entry{Entry: e, At: e.Arrived}
		if p := e.Article.Published; p.Known() && !p.DayOnly && !p.Time.After(e.Arrived) { // what says that it came later than it did is wrong
			x.At, x.Own = p.Time, true
		}
		byID[e.Article.ID] = x
		es = append(es, x)
	}
	for _, x := range es {
		for _, l := range x.Placement.Links {
			o := byID[l.Other]
			follows := l.Kind == news.Duplicate || l.Kind == news.Copy || l.Kind == news.Translation
			if o != nil && o != x && follows && l.Direction == news.FromOther && l.Score >= x.Score {
				x.Origin, x.Kind, x.Score = o, l.Kind, l.Score
			}
		}
	}
	for _, x := range es { // a chain of copies leads to its first; a circle is cut
		for hops := 0; x.Origin != nil && x.Origin.Origin != nil && hops < len(es); hops++ {
			if x.Origin = x.Origin.Origin; x.Origin == x {
				x.Origin = nil
			}
		}
	}
	slices.SortStableFunc(es, func(a, b *entry) int { return a.At.Compare(b.At) })
	return es
}

// count fills the figures that the page names in several places.
func (p *storyPage) count(es []*entry) {
	at, langs, first := map[int64]int{}, map[string]int{}, map[string]*entry{}
	for _, e := range es {
		if e.Origin != nil {
			p.Copies++
		}
		langs[e.Article.Lang]++
		if f := first[e.Article.Lang]; f == nil || f.Origin != nil && e.Origin == nil {
			first[e.Article.Lang] = e
		}
		i, ok := at[e.Source.ID]
		if !ok {
			i = len(p.Outlets)
			at[e.Source.ID] = i
			p.Outlets = append(p.Outlets, outlet{Source: e.Source})
		}
		p.Outlets[i].N++
	}
	for l, n := range langs {
		p.Langs = append(p.Langs, langCount{l, n, first[l]})
	}
	slices.SortFunc(p.Langs, func(a, b langCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Lang, b.Lang))
	})
}

// named gives the places that an article names, each once.
func named(e *entry) map[string]bool {
	ids := map[string]bool{}
	for _, m := range e.Analysis.Mentions {
		if m.Kind == news.Place && m.Entity != "" && m.Known {
			ids[m.Entity] = true
		}
	}
	return ids
}

func addPicture(ps []picture, m news.Media, e *entry) []picture {
	if m.Caption == "" && m.Credit == "" {
		return ps
	}
	for _, p := range ps {
		if p.Caption == m.Caption && p.Credit == m.Credit {
			return ps
		}
	}
	return append(ps, picture{m, e.Article.Lang, e})
}
