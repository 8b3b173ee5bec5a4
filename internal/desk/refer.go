package desk

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// What bounds the search for stories that an article refers back to.
const (
	mostDates      = 6                  // of an article that are looked at
	mostPast       = 8                  // stories that one date is compared with
	fewEarliest    = 12                 // articles by which an earlier story is known
	mostReferences = 5                  // of one article
	keptPast       = 512                // earlier stories held ready
	longAgo        = 5 * 24 * time.Hour // what is less far back is the article's own happening
	exact          = 72 * time.Hour     // a longer time than that needs more to go by than names
)

// How often names may meet by chance that make a reference: see store.Begun.
const (
	byChance = .03
	hardly   = .02
	opening  = 400 // bytes of a text in which it says what it is about
)

// told is a story at a date that an article speaks of.
type told struct {
	story int64
	when  news.Span
}

// pastBook holds earlier stories ready, since those that one article refers to others do, too.
type pastBook struct {
	mu sync.Mutex
	by map[int64]pastStory
}

type pastStory struct {
	articles int
	changed  time.Time
	first    int64
	entities map[string]bool // that its articles name
	leading  map[string]bool // that they begin with
	langs    map[string]bool
	past     story.Past
}

// get gives an earlier story as it is stored.
func (b *pastBook) get(ctx context.Context, s Store, st news.Story) (pastStory, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p, ok := b.by[st.ID]; ok && p.articles == st.Articles && p.changed.Equal(st.Changed) {
		return p, nil
	}
	entries, err := s.Earliest(ctx, st.ID, fewEarliest)
	if err != nil || len(entries) == 0 {
		return pastStory{}, err
	}
	p := pastStory{articles: st.Articles, changed: st.Changed, first: entries[0].Article.ID, entities: map[string]bool{}, leading: map[string]bool{}, langs: map[string]bool{}}
	texts := make([]story.Entry, len(entries))
	for i, e := range entries {
		texts[i] = story.Entry{Article: e.Article, Analysis: e.Analysis, Arrived: e.Arrived}
		for _, m := range e.Analysis.Mentions {
			p.entities[m.Entity] = m.Entity != ""
			p.leading[m.Entity] = p.leading[m.Entity] || m.Entity != "" && m.Start < opening
		}
		p.langs[e.Article.Lang] = true
	}
	p.past = story.PastOf(st.ID, texts)
	if b.by == nil || len(b.by) >= keptPast {
		b.by = map[int64]pastStory{}
	}
	b.by[st.ID] = p
	return p, nil
}

// references finds the stories of the archive that an article speaks of: by its dates that are over, and by whom it names beside them.
func (d *Desk) references(ctx context.Context, e store.Entry, doc *text.Doc) (out []news.Reference, err error) {
	known := map[int64]pastStory{}
	began := map[told]store.Begun{}
	var past []story.Past
	for _, t := range oldDates(e) {
		names := entitiesIn(e.Analysis, sentenceOf(doc, t.Span))
		if len(names) == 0 {
			continue
		}
		stories, err := d.Store.Began(ctx, t.From.Add(-24*time.Hour), t.To.Add(24*time.Hour), names, mostPast)
		if err != nil {
			return nil, err
		}
		for _, b := range stories {
			st := b.Story
			began[told{st.ID, t.Span}] = b
			if _, ok := known[st.ID]; ok || st.ID == e.Placement.Story || slices.Contains(e.Placement.Merged, st.ID) {
				continue
			}
			p, err := d.past.get(ctx, d.Store, st)
			if err != nil {
				return nil, err
			}
			if p.first != 0 {
				known[st.ID], past = p, append(past, p.past)
			}
		}
	}
	if len(past) == 0 {
		return nil, nil
	}
	for _, r := range story.References(story.Entry{Article: e.Article, Analysis: e.Analysis, Doc: doc, Arrived: e.Arrived}, past) {
		p := known[r.Story]
		b, ok := began[told{r.Story, r.When}]
		if !ok || len(out) == mostReferences || loose(e, r, b, p) {
			continue
		}
		out = append(out, news.Reference{Article: e.Article.ID, Span: r.Span, When: r.When, Other: p.first, Story: r.Story, Because: because(e, r, p)})
	}
	return out, nil
}

// oldDates gives the dates of an article that may be those of earlier stories, the first ones.
func oldDates(e store.Entry) (out []news.Timex) {
	at := e.Arrived
	if e.Article.Published.Known() {
		at = e.Article.Published.Time
	}
	for _, t := range e.Analysis.Timexes {
		if t.Type == news.Date && t.Certainty >= .5 && !t.From.IsZero() && t.To.After(t.From) && t.To.Before(at.Add(-longAgo)) && len(out) < mostDates {
			out = append(out, t)
		}
	}
	return out
}

// loose tells whether a reference rests on too little. One of the names that the sentence and the story share stands where the story begins,
// and names and words must hardly meet by chance. Each word of the story's headlines that the sentence has besides its names counts for
// ten: no word stands in more headlines than that. Where a week or more is meant, less chance is allowed: the same people are in the
// news again and again. In another language there are names alone, so they must say much more.
func loose(e store.Entry, r story.Reference, b store.Begun, p pastStory) bool {
	if !slices.ContainsFunc(b.Entities, func(id string) bool { return p.leading[id] }) {
		return true
	}
	if !p.langs[e.Article.Lang] {
		return r.Names < 2 || b.Chance > hardly
	}
	chance := b.Chance * math.Pow(.1, float64(r.Words))
	for _, t := range e.Analysis.Timexes {
		if t.Span == r.When && t.To.Sub(t.From) > exact {
			chance *= 10
		}
	}
	return r.Words == 0 || chance > byChance
}

func because(e store.Entry, r story.Reference, p pastStory) []news.Reason {
	var names []string
	for _, m := range e.Analysis.Mentions {
		if m.Start < r.Span.Start || m.End > r.Span.End || !p.entities[m.Entity] {
			continue
		}
		if words := e.Article.Text[m.Start:m.End]; !slices.Contains(names, words) {
			names = append(names, words)
		}
	}
	why := []news.Reason{{Kind: "dates", Words: []string{e.Article.Text[r.When.Start:r.When.End]}}}
	if len(names) > 0 {
		why = append(why, news.Reason{Kind: "names", Words: names})
	}
	return why
}

// sentenceOf gives the sentence that holds the start of a span, the span itself where there is none.
func sentenceOf(doc *text.Doc, s news.Span) news.Span {
	i := doc.TokenAt(s.Start)
	if i >= len(doc.Tokens) {
		return s
	}
	n := doc.SentenceOf(i)
	if n >= len(doc.Sentences) || doc.Sentences[n].From >= doc.Sentences[n].To {
		return s
	}
	return doc.Span(doc.Sentences[n])
}

func entitiesIn(n news.Analysis, s news.Span) (ids []string) {
	for _, m := range n.Mentions {
		if m.Entity != "" && m.Start >= s.Start && m.End <= s.End && !slices.Contains(ids, m.Entity) {
			ids = append(ids, m.Entity)
		}
	}
	return ids
}

// renamed finds the article of the same outlet whose headline an article's took the place of: an earlier version from its address, or one
// that most of its text stood in.
func (d *Desk) renamed(ctx context.Context, r *reading, p news.Placement) (old int64, was string, err error) {
	e, err := d.Store.Version(ctx, r.page.URL, r.page.ID)
	if fault.Is(err, fault.NotFound) {
		id := story.Rewrites(p.Article, p.Links)
		if id == 0 {
			return 0, "", nil
		}
		e, err = d.Store.Entry(ctx, id)
	}
	if fault.Is(err, fault.NotFound) {
		return 0, "", nil
	} else if err != nil {
		return 0, "", err
	}
	before, _ := r.site.Without(e.Article)
	if before.SourceID != r.article.SourceID || !story.Reworded(before.Headline, r.article.Headline) {
		return 0, "", nil
	}
	return before.ID, before.Headline, nil
}

// remark adds to a result what the archive says of its article: of which earlier stories it speaks, and whether its headline is a new one.
func (d *Desk) remark(ctx context.Context, r *reading, res *store.Result) (err error) {
	e := store.Entry{Article: res.Article, Analysis: res.Analysis, Placement: res.Placement, Arrived: r.page.Fetched}
	if res.Placement.References, err = d.references(ctx, e, r.doc); err != nil {
		return err
	}
	res.Renames, res.Was, err = d.renamed(ctx, r, res.Placement)
	return err
}
