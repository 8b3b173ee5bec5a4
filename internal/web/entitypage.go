package web

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"marsad/cast"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

// entityPage is a person, place or organization: what it is called, when it was in the news, what it said, whom it is named beside,
// and the stories that name it.
type entityPage struct {
	ID      string
	Name    string
	Kind    news.MentionKind
	Names   []nameRow
	More    []nameRow // folded
	Cards   []card
	Days    []column
	Speaker *speaker
	By      []*stated // what it claims, by what is reported
	About   []*stated // what is claimed about it
	Named   int       // articles that name it, up to entityNamings
	Many    bool      // there are more
	Beside  []store.Mentioned
	Map     template.HTML
	Watch   string
	All     string // address that finds all articles that name it
	Marks   string // what the reader decided: follow, mute or nothing
	Mine    bool
}

// Listed names the public list that knows the entity, with its number there; "" where its id is the desk's own.
func (p entityPage) Listed() string {
	if number, ok := strings.CutPrefix(p.ID, "geonames:"); ok {
		return "GeoNames " + number
	}
	if number, ok := strings.CutPrefix(p.ID, "Q"); ok && strings.Trim(number, "0123456789") == "" {
		return "Wikidata " + p.ID
	}
	return ""
}

type nameRow struct {
	Lang  string
	Names []string
}

const (
	entityStories = 20   // listed
	entityNamings = 1000 // of the last articles that name it the days are counted,
	entityNear    = 200  // of the last of those whom they name beside,
	entityRead    = 24   // and so many are read for what it said and claims: those that name it most often,
	entityAStory  = 2    // few of one story
	entityBeside  = 14
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
	if err := v.localize(p.Cards); err != nil {
		return err
	}
	if p.Marks, err = v.choiceOf("name", id); err != nil {
		return err
	}
	if err := p.read(v); err != nil {
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

// read goes through the latest articles that name the entity: all for their days, the last for whom else they name, and those that name it
// most often for what it said and what is claimed.
func (p *entityPage) read(v *visit) error {
	ctx := v.r.Context()
	list, err := v.s.Store.Naming(ctx, p.ID, entityNamings)
	if err != nil {
		return err
	}
	p.Named, p.Many = len(list), len(list) == entityNamings
	days := map[string]int{}
	for _, n := range list {
		days[n.Arrived.In(v.words.Zone()).Format(time.DateOnly)]++
	}
	p.timeline(v, days)
	near := list[:min(len(list), entityNear)]
	if err := p.beside(v, near); err != nil {
		return err
	}
	es, err := v.s.Store.Entries(ctx, toRead(near))
	if err != nil {
		return err
	}
	var own []*entry
	for _, e := range arrange(es) {
		if !follows(e) {
			own = append(own, e)
		}
	}
	slices.Reverse(own) // the latest first
	for _, s := range v.speakersOf(own, cast.Of(nil), func(entity string) bool { return entity == p.ID }) {
		p.Speaker = s
	}
	p.By, p.About = p.claims(v, own)
	return nil
}

// beside counts whom some articles name along with the entity.
func (p *entityPage) beside(v *visit, near []store.Naming) error {
	ids := make([]int64, len(near))
	for i, n := range near {
		ids[i] = n.Article
	}
	found, err := v.s.Store.NamedBeside(v.r.Context(), p.ID, ids, 3*entityBeside)
	for _, m := range found {
		if m.Name = v.s.Names.Name(m.Entity, v.words.Lang()); m.Name != "" && m.Articles > 1 && len(p.Beside) < entityBeside {
			p.Beside = append(p.Beside, m)
		}
	}
	return err
}

// toRead chooses the articles that are read: first those that name the entity more than once.
func toRead(list []store.Naming) (ids []int64) {
	of := map[int64]int{}
	for _, once := range []bool{false, true} {
		for _, n := range list {
			if len(ids) < entityRead && (n.Times == 1) == once && of[n.Story] < entityAStory {
				of[n.Story]++
				ids = append(ids, n.Article)
			}
		}
	}
	return ids
}

// follows tells whether an article's sentences are another's: it copies one, read here or not.
func follows(e *entry) bool {
	return e.Parent != nil && e.Kind != news.Translation || slices.ContainsFunc(e.Placement.Links, func(l news.Link) bool {
		return (l.Kind == news.Copy || l.Kind == news.Duplicate) && story.Follower(l) == e.Article.ID
	})
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
