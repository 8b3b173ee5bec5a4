package web

import (
	"cmp"
	"context"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

const (
	hotFor     = 6 * time.Hour  // how long a story that broke stays on top
	leadWithin = 24 * time.Hour // how fresh the leading story is
	riverSize  = 60

	alsoBreaking = 2 // shown besides the lead, so that the river stays in sight
)

// nowPage is the first page: one lead, what else is breaking, and the river.
type nowPage struct {
	Lead     *card
	Breaking []card // besides the lead, the latest
	Quieter  []card // breaking too, behind a fold
	Hours    []hour
	Older    string // address of the next page, "" at the end
	In, Only string // filters: a language; "disputed" or "single"
	Langs    []string
	Rising   []store.Rising
	Places   []place
	Map      template.HTML
	Watches  []watchCount
	First    bool    // no filter, first page
	Mine     bool    // there is a reader, with stars and a list
	Listen   string  // address of the news of this page, "" where none is told
	Unseen   []int64 // the stories shown that are new to the reader
	View     string  // "", "cards", "panes"
	Pane     *pane
}

// FeedURL gives the address of the page's Atom feed.
func (p nowPage) FeedURL() string {
	return "/feed.atom?" + url.Values{"in": {p.In}, "only": {p.Only}}.Encode()
}

// card is a story as a list shows it.
type card struct {
	store.Card
	Spark   template.HTML
	Hot     bool // it broke and is still on top
	Marks   marks
	Excerpt i18n.Run // the first sentences, where the view shows them
	At      string   // where the headline leads, "" for the story itself
	Open    bool     // it stands in the pane
	Why     template.HTML
	Clock   bool          // the day stands above it
	Local   string        // a report's headline in the reader's language, where the story's is in another
	own     *news.Article // that report
}

// Opening gives the first sentences of the report in the reader's language, or else of the leading one.
func (c card) Opening() i18n.Run {
	if c.own != nil {
		return i18n.Run{Text: opening(clip(c.own.Text, 600), c.own.Lang), Lang: c.own.Lang} // a page of cards takes sixty texts apart
	}
	return i18n.Run{Text: c.Lead.Text, Lang: c.Lead.Lang}
}

// least is the shortest lead over the second report that is worth a word.
const least = time.Minute

// Ahead is by how much the first report was ahead of the second, zero where it hardly was.
func (c card) Ahead() time.Duration {
	if c.Story.Lag < least {
		return 0
	}
	return c.Story.Lag
}

// Spoken names the story's languages, each in itself.
func (c card) Spoken() string {
	names := make([]string, len(c.Story.Langs))
	for i, l := range c.Story.Langs {
		names[i] = i18n.Isolate(i18n.Autonym(l))
	}
	return strings.Join(names, " · ")
}

// Single tells whether no second independent source reports the story.
func (c card) Single() bool { return c.Story.Independent <= 1 }

// hour is a stretch of the river: an hour of today, or a day.
type hour struct {
	Title template.HTML
	Cards []card
}

type watchCount struct {
	ID   int64
	Name string
	N    int
}

func (s *site) now(v *visit) error {
	ctx := v.r.Context()
	f := store.StoryFilter{Lang: v.query("in"), N: riverSize}
	if t, err := time.Parse(time.RFC3339Nano, v.query("before")); err == nil {
		f.Before = t
		f.BeforeID, _ = strconv.ParseInt(v.query("id"), 10, 64) // an unreadable one is none
	}
	p := nowPage{In: f.Lang, Only: v.query("only"), First: f.Before.IsZero(), Mine: v.reader() != 0, View: v.view()}
	if s.Desk.Events != nil {
		p.Listen = "/events?" + url.Values{"next": {v.r.URL.RequestURI()}}.Encode()
	}
	list, err := v.river60(f, p.Only)
	if err != nil {
		return err
	}
	marked, err := v.marked(list, p.Only != "follow" && p.Only != "star")
	if err != nil {
		return err
	}
	cards, counts, langs := p.sift(marked)
	if len(list) == riverSize {
		last := list[len(list)-1].Story
		p.Older = "/?before=" + last.Changed.UTC().Format(time.RFC3339Nano) + "&id=" + i18n.ID(last.ID) + ifset("&in=", p.In) + ifset("&only=", p.Only)
	}
	if err := v.localize(cards); err != nil {
		return err
	}
	if err := p.arrangeFor(v, cards); err != nil {
		return err
	}
	if p.First && p.View != "panes" {
		cards = p.top(cards, v)
	}
	p.Hours = v.river(cards)
	p.Langs = sortedKeys(langs)
	p.Places = v.places(counts, 8)
	p.Map = worldMap(v.words, p.Places)
	if p.Rising, err = v.risingHere(ctx); err != nil {
		return err
	}
	if p.Watches, err = v.watchCounts(24 * time.Hour); err != nil {
		return err
	}
	v.show("now", v.words.Text("now.title"), "now", p)
	return nil
}

// sift gives the cards that the page's filter lets through, and of all of them the places and languages.
func (p *nowPage) sift(marked []card) (cards []card, places map[string]int, langs map[string]bool) {
	places, langs = map[string]int{}, map[string]bool{}
	for _, c := range marked {
		for _, id := range c.Places[:min(len(c.Places), 3)] {
			places[id]++
		}
		for _, l := range c.Story.Langs {
			langs[l] = true
		}
		if p.Only == "disputed" && !c.Story.Disputed || p.Only == "single" && c.Story.Independent > 1 || p.Only == "new" && c.Marks.Seen() {
			continue
		}
		cards = append(cards, c)
		if c.Marks.Known && !c.Marks.Seen() {
			p.Unseen = append(p.Unseen, c.Story.ID)
		}
	}
	return cards, places, langs
}

// risingHere gives the rising names in the reader's language.
func (v *visit) risingHere(ctx context.Context) ([]store.Rising, error) {
	found, err := v.s.risingNames(ctx, v.words.Now())
	names := slices.Clone(found) // what is remembered stays as it is
	for i := range names {
		if name := v.s.Names.Name(names[i].Entity, v.words.Lang()); name != "" {
			names[i].Name = name
		}
	}
	return names, err
}

// river60 gives the stories of a page of the river: of all, or of those that the reader follows or gave a star.
func (v *visit) river60(f store.StoryFilter, only string) ([]store.Card, error) {
	who := v.reader()
	if only != "follow" && only != "star" || who == 0 {
		return v.s.Store.Stories(v.r.Context(), f)
	}
	return v.s.Store.Chosen(v.r.Context(), who, only, news.Story{Changed: f.Before, ID: f.BeforeID}, f.N)
}

// localize sets beside headlines in other languages one that a report of the same story bears in the reader's. Nothing is translated.
func (v *visit) localize(cards []card) error {
	lang := v.words.Lang()
	var stories []int64
	for _, c := range cards {
		if c.Story.Lang != lang && slices.Contains(c.Story.Langs, lang) {
			stories = append(stories, c.Story.ID)
		}
	}
	if len(stories) == 0 {
		return nil
	}
	reports, err := v.s.Store.Spoken(v.r.Context(), stories, lang)
	for i := range cards {
		if a, ok := reports[cards[i].Story.ID]; ok {
			cards[i].Local, cards[i].own = a.Headline, &a
		}
	}
	return err
}

func ifset(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + template.URLQueryEscaper(s)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (v *visit) card(c store.Card) card {
	k := card{Card: c, Spark: spark(v.words, c.Hourly)}
	k.Hot = !c.Story.Breaking.IsZero() && v.words.Now().Sub(c.Story.Breaking) < hotFor
	if k.Hot {
		k.Why = v.reasons(c.Story.BreakingWhy)
	}
	return k
}

// top takes the lead and the other breaking stories off the river. Of what breaks, the story that most independent outlets report
// leads, the later one of two; where nothing breaks, the most widely reported one, if it is fresh and more than two report it.
func (p *nowPage) top(cards []card, v *visit) []card {
	var hot, rest []card
	for _, c := range cards {
		if c.Hot {
			hot = append(hot, c)
		} else {
			rest = append(rest, c)
		}
	}
	slices.SortStableFunc(hot, func(a, b card) int {
		return cmp.Or(cmp.Compare(b.Story.Independent, a.Story.Independent), b.Story.Breaking.Compare(a.Story.Breaking))
	})
	if len(hot) > 0 {
		n := min(len(hot), 1+alsoBreaking)
		p.Lead, p.Breaking, p.Quieter = &hot[0], hot[1:n], hot[n:]
		return rest
	}
	best := -1
	for i, c := range rest {
		fresh := v.words.Now().Sub(c.Story.Changed) < leadWithin
		if fresh && c.Story.Independent > 2 && (best < 0 || cmp.Compare(c.Story.Independent, rest[best].Story.Independent) > 0) {
			best = i
		}
	}
	if best < 0 {
		return rest
	}
	lead := rest[best]
	p.Lead = &lead
	return slices.Delete(slices.Clone(rest), best, best+1)
}

// river groups cards by the hour of their last article today, and by day before.
func (v *visit) river(cards []card) (hours []hour) {
	now, last := v.words.Now().In(v.words.Zone()), ""
	for _, c := range cards {
		t := c.Story.Changed.In(v.words.Zone())
		key := t.Format("2006-01-02")
		today := key == now.Format("2006-01-02")
		if today {
			key = t.Format("2006-01-02T15")
		}
		if key != last {
			hours = append(hours, hour{Title: v.hourTitle(t, now, today)})
			last = key
		}
		c.Clock = true
		h := &hours[len(hours)-1]
		h.Cards = append(h.Cards, c)
	}
	return hours
}

func (v *visit) hourTitle(t, now time.Time, today bool) template.HTML {
	w := v.words
	from := t.Truncate(time.Hour)
	switch {
	case today && t.Hour() == now.Hour():
		return w.T("now.this-hour", "from", template.HTML(w.Clock(from)), "to", template.HTML(w.Clock(from.Add(time.Hour))))
	case today:
		return w.T("now.hour", "from", template.HTML(w.Clock(from)), "to", template.HTML(w.Clock(from.Add(time.Hour))))
	case t.Format("2006-01-02") == now.AddDate(0, 0, -1).Format("2006-01-02"):
		return w.T("now.yesterday", "day", template.HTML(w.Day(t)))
	}
	return template.HTML(template.HTMLEscapeString(w.Day(t)))
}

func (v *visit) watchCounts(span time.Duration) ([]watchCount, error) {
	ctx := v.r.Context()
	ws, err := v.s.Store.Watches(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := v.s.Store.MatchCounts(ctx, v.words.Now().Add(-span))
	if err != nil {
		return nil, err
	}
	var out []watchCount
	for _, w := range ws {
		if !w.Off {
			out = append(out, watchCount{w.ID, w.Name, counts[w.ID]})
		}
	}
	slices.SortFunc(out, func(a, b watchCount) int { return cmp.Compare(b.N, a.N) })
	return out[:min(len(out), 8)], nil
}

// run makes a text of the news fit for a phrase.
func run(s, lang string) i18n.Run { return i18n.Run{Text: s, Lang: lang} }
