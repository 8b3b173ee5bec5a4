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
	Claims   []*disputed // accusations, and whatever is denied or confirmed
	Stances  []*disputed // warnings, demands, threats, promises
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
	Pairs    []pair // of the pictures, those that show one place at two times
	Shown    bool   // the reader asked to see them
	CanShow  bool
	Renamed  []renamed
	Family   []*entry // reports that others copied or translated
	Back     []backward
	Later    []backward
	Brief    []passage  // the story in its articles' own sentences
	News     []addition // since the reader looked
	Reader   string     // language of the interface
	Watch    string     // address that begins a watch for this story
	Since    sinceLook
	Correct  correcting
	Cite     citation
}

// How many claims and reports stand open; the others are folded.
const (
	claimsShown  = 6
	reportsShown = 9
)

// Local gives the first report in the reader's language where the headline is in another, nil where there is none.
func (p storyPage) Local() *entry {
	for _, l := range p.Langs {
		if l.Lang == p.Reader && p.Story.Lang != p.Reader {
			return l.First
		}
	}
	return nil
}

// Main gives the claims that stand open, Rest the folded ones.
func (p storyPage) Main() []*disputed { return p.Claims[:min(len(p.Claims), claimsShown)] }

// Rest gives the folded claims.
func (p storyPage) Rest() []*disputed { return p.Claims[len(p.Main()):] }

// Opened gives the reports that stand open, Folded the later ones. One alone is not folded.
func (p storyPage) Opened() []*report {
	if len(p.Reports) <= reportsShown+1 {
		return p.Reports
	}
	return p.Reports[:reportsShown]
}

// Folded gives the reports that do not stand open.
func (p storyPage) Folded() []*report { return p.Reports[len(p.Opened()):] }

// FeedURL gives the address of the story's Atom feed.
func (p storyPage) FeedURL() string { return "/stories/" + i18n.ID(p.Story.ID) + "/feed.atom" }

// entry is an article of the story with what the page derives of it.
type entry struct {
	store.Entry
	At     time.Time // of publication, or of arrival where that is not known
	Own    bool      // At is the publisher's own time
	Origin *entry    // the article at the start of what this one copies or translates; nil for an independent one
	Parent *entry    // the one that it has its text from
	Kids   []*entry  // those that have theirs from it
	Kind   news.LinkKind
	Link   news.Link     // to Parent
	Why    template.HTML // what speaks for it
	Score  float64
	Partly []share  // articles whose text stands in this one, which has more of its own
	Maybe  []*entry // of which it may be a translation, by a form that is not enough to say so
	Fresh  bool     // it came since the reader looked
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
	p.tell(v, arranged)
	if err := p.refer(v, arranged); err != nil {
		return err
	}
	if p.Correct, err = v.correcting(st, arranged); err != nil {
		return err
	}
	v.show("story", i18n.Isolate(st.Headline), "now", p)
	v.look(func(who int64) error { return s.Store.Look(v.r.Context(), who, st.ID, s.Now()) })
	return nil
}

func (v *visit) storyPage(st news.Story, es []*entry) storyPage {
	p := storyPage{Story: st, Articles: len(es), Reader: v.words.Lang()}
	p.Hot = !st.Breaking.IsZero() && v.words.Now().Sub(st.Breaking) < hotFor
	p.Why = v.reasons(st.BreakingWhy)
	p.count(es)
	people, statements := whoSays(es)
	p.Claims, p.Stances = v.disputes(es, people, statements)
	p.Events = v.events(es)
	p.Reports = reports(es)
	p.Speakers = v.speakers(es, people)
	p.Renamed = headlines(es)
	p.race(es, v)
	p.gallery(v, es)
	places := map[string]int{}
	for _, e := range es {
		if e.Article.ID == st.Lead {
			p.Lead = e
		}
		if e.Parent != nil {
			e.Why = v.reasons(e.Link.Evidence)
		} else if len(e.Kids) > 0 {
			p.Family = append(p.Family, e)
		}
		if len(e.Placement.Because) > 0 {
			p.Together = append(p.Together, tie{e, v.reasons(e.Placement.Because)})
		}
		for id := range named(e) {
			places[id]++
		}
	}
	p.Places = v.places(places, 8)
	p.Map = worldMap(v.words, p.Places)
	p.Watch = "/watches/new?" + followQuery(v, es)
	p.Cite = v.citeStory(p)
	return p
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
