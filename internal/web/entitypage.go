package web

import (
	"cmp"
	"html/template"
	"slices"
	"time"

	"marsad/cast"
	"marsad/entity"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// entityPage is a person, place or organization: what it is called, when it was in the news, what it said, whom it is named beside,
// and the stories that name it.
type entityPage struct {
	ID      string
	Name    string
	Kind    news.MentionKind
	Names   []nameRow
	More    []nameRow // folded
	Offices []entity.Office
	Cards   []card
	Days    []column
	Speaker *speaker
	Beside  []beside
	Map     template.HTML
	Watch   string
	All     string // address that finds all articles that name it
	Marks   string // what the reader decided: follow, mute or nothing
	Mine    bool
}

type nameRow struct {
	Lang  string
	Names []string
}

// beside is a name that articles give along with the page's own.
type beside struct {
	ID, Name string
	Kind     news.MentionKind
	N        int
}

const (
	entityStories = 40 // listed
	entityRead    = 12 // stories whose articles are read for days, quotes and names beside,
	entityLatest  = 20 // the latest of each
	entityBeside  = 12
	entityDays    = 45
	entityFew     = 21 // days that the chart has at least, so that two are not as wide as the page
	entityNames   = 8  // languages whose names stand open
)

func (s *site) entity(v *visit) error {
	id := v.r.PathValue("id")
	e, ok := s.Names.Entity(id)
	if !ok {
		return fault.New(fault.NotFound, "nobody of this id")
	}
	p := entityPage{ID: id, Name: s.Names.Name(id, v.words.Lang()), Kind: e.Kind, Mine: v.reader() != 0}
	for _, l := range sortedKeys(e.Names) {
		if ns := e.Names[l]; l != "" && len(ns) > 0 {
			p.Names = append(p.Names, nameRow{l, ns[:min(len(ns), 4)]})
		}
	}
	near := map[string]int{v.words.Lang(): 3, "ar": 2, "en": 2} // the reader's own first, then the two that the desk speaks
	slices.SortStableFunc(p.Names, func(a, b nameRow) int { return cmp.Compare(near[b.Lang], near[a.Lang]) })
	if n := entityNames; len(p.Names) > n+1 {
		p.Names, p.More = p.Names[:n], p.Names[n:]
	}
	cards, err := s.Store.Stories(v.r.Context(), store.StoryFilter{Entity: id, N: entityStories})
	if err != nil {
		return err
	}
	if p.Cards, err = v.marked(cards, false); err != nil {
		return err
	}
	if p.Marks, err = v.choiceOf("name", id); err != nil {
		return err
	}
	if err := p.read(v, cards[:min(len(cards), entityRead)]); err != nil {
		return err
	}
	if e.Kind == news.Place && (e.Lat != 0 || e.Lon != 0) {
		p.Map = worldMap(v.words, []place{{id, p.Name, 1, float64(e.Lat), float64(e.Lon)}})
	}
	field := map[news.MentionKind]string{news.Person: "who", news.Org: "org", news.Place: "where"}[e.Kind]
	p.All = searchFor(field, p.Name)
	p.Watch = "/watches/new?q=" + template.URLQueryEscaper(field+`:"`+p.Name+`"`)
	v.show("entity", i18n.Isolate(p.Name), "now", p)
	return nil
}

// read goes through the latest articles of the latest stories for what they say of the entity.
func (p *entityPage) read(v *visit, cards []store.Card) error {
	days, others := map[string]int{}, map[string]*beside{}
	var speaks []*entry
	for _, c := range cards {
		list, err := v.s.Store.Latest(v.r.Context(), c.Story.ID, entityLatest)
		if err != nil {
			return err
		}
		for _, e := range arrange(list) {
			if !p.names(e, others) {
				continue
			}
			days[e.At.In(v.words.Zone()).Format(time.DateOnly)]++
			if e.Origin == nil {
				speaks = append(speaks, e)
			}
		}
	}
	for _, s := range v.speakersOf(speaks, cast.Of(nil), func(entity string) bool { return entity == p.ID }) {
		p.Speaker = s
	}
	for id, b := range others {
		if b.Name = v.s.Names.Name(id, v.words.Lang()); b.Name != "" && b.N > 1 {
			p.Beside = append(p.Beside, *b)
		}
	}
	slices.SortFunc(p.Beside, func(a, b beside) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.ID, b.ID)) })
	p.Beside = p.Beside[:min(len(p.Beside), entityBeside)]
	p.timeline(v, days)
	return nil
}

// names tells whether an article names the entity, and counts whom else it names.
func (p *entityPage) names(e *entry, others map[string]*beside) bool {
	if !slices.ContainsFunc(e.Analysis.Mentions, func(m news.Mention) bool { return m.Entity == p.ID }) {
		return false
	}
	seen := map[string]bool{p.ID: true}
	for _, m := range e.Analysis.Mentions {
		if m.Entity == "" || !m.Known || seen[m.Entity] {
			continue
		}
		seen[m.Entity] = true
		if others[m.Entity] == nil {
			others[m.Entity] = &beside{ID: m.Entity, Kind: m.Kind}
		}
		others[m.Entity].N++
	}
	return true
}

func (p *entityPage) timeline(v *visit, byDay map[string]int) {
	keys := sortedKeys(byDay)
	if len(keys) < 2 {
		return
	}
	first, err1 := time.Parse(time.DateOnly, keys[0])
	last, err2 := time.Parse(time.DateOnly, keys[len(keys)-1])
	if err1 != nil || err2 != nil {
		return
	}
	if early := last.AddDate(0, 0, 1-entityFew); first.After(early) {
		first = early
	}
	if oldest := last.AddDate(0, 0, -entityDays); first.Before(oldest) {
		first = oldest
	}
	for _, d := range days(first, last, entityDays+1) {
		key := d.Format(time.DateOnly)
		c := column{Label: key, N: byDay[key]}
		c.Title = v.words.Text("entity.day", "n", c.N, "day", template.HTML(v.words.Day(d)))
		p.Days = append(p.Days, c)
	}
	p.Days = columns(p.Days)
}
