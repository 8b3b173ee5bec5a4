package sqlite

import (
	"context"
	"math"
	"slices"
	"time"

	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/text"
)

type spans = []news.Span

// finder answers one query.
type finder struct {
	store   *Store
	program match.Program
	plan    plan
}

// candidates gives the articles that the index lets through, in the order of answers, and whether there are more.
func (f *finder) candidates(ctx context.Context, o store.FindOptions) (out []candidate, more bool, err error) {
	from, to := f.plan.window(o)
	lo, hi := int64(0), int64(math.MaxInt64)
	if from != math.MinInt64 || to != math.MaxInt64 {
		if lo, hi, err = f.stretch(ctx, from, to); err != nil {
			return nil, false, err
		}
	}
	unmarked := f.store.unmarked
	for _, part := range []struct {
		marked bool
		lo, hi int64
	}{{true, max(lo, unmarked+1), hi}, {false, lo, min(hi, unmarked)}} {
		if part.lo > part.hi || len(out) > most {
			continue
		}
		some, passed, err := f.within(ctx, part.marked, part.lo, part.hi, from, to, most+1-len(out))
		if err != nil {
			return nil, false, err
		}
		out, more = append(out, some...), more || passed
	}
	if len(out) > most {
		out, more = out[:most], true
	}
	slices.SortFunc(out, func(a, b candidate) int { return a.compare(b.place) })
	return out, more, nil
}

// stretch gives the numbers between which the articles lie that were published in a time, where they are not too many to look.
func (f *finder) stretch(ctx context.Context, from, to int64) (lo, hi int64, err error) {
	const few = 2 * mostPassed
	type stretch struct {
		lo, hi int64
		n      int
	}
	s, err := one(ctx, reader{f.store}, "find-stretch", func(sc scan) (s stretch, err error) {
		return s, sc(&s.lo, &s.hi, &s.n)
	}, from, to, few)
	if err != nil || s.n == few {
		return 0, math.MaxInt64, err
	}
	return s.lo, s.hi, nil
}

// within gives at most n candidates with numbers from lo to hi, those that arrived last, and whether some were passed over.
func (f *finder) within(ctx context.Context, marked bool, lo, hi, from, to int64, n int) ([]candidate, bool, error) {
	sure := f.plan.decided && (marked || !f.plan.marks)
	read := func(s scan) (c candidate, err error) {
		c.sure = sure
		return c, s(&c.id, &c.published, &c.lang, &c.source)
	}
	words := f.store.expression(f.plan.root, marked)
	if words == "" {
		out, err := all(ctx, reader{f.store}, "find-all", read, from, to, f.plan.lang, n, lo-1, hi)
		return out, false, err
	}
	out, err := all(ctx, reader{f.store}, "find-words", read, words, from, to, f.plan.lang, n, lo-1, hi, mostPassed)
	if err != nil || len(out) == n || from == math.MinInt64 && to == math.MaxInt64 && f.plan.lang == "" {
		return out, false, err
	}
	passed, err := one(ctx, reader{f.store}, "find-more", column[int], words, lo-1, hi, mostPassed)
	return out, passed > 0, err
}

// verify keeps the candidates that do satisfy the query, with the words that do: those that the index is not sure of, and all where it is
// asked how well they satisfy. Where there are too many to read, it gives the last that it read.
func (f *finder) verify(ctx context.Context, in []candidate, ranked bool) (out []candidate, last *candidate, err error) {
	read := 0
	for i := range in {
		c := in[i]
		if !c.sure || ranked {
			if read == mostRead {
				return out, &in[i-1], nil
			}
			read++
			ok, sp, err := f.satisfies(ctx, c.id)
			if err != nil {
				return nil, nil, err
			}
			if !ok {
				continue
			}
			c.spans = sp
		}
		out = append(out, c)
	}
	return out, nil, nil
}

// satisfies judges an article by its text.
func (f *finder) satisfies(ctx context.Context, id int64) (bool, spans, error) {
	doc, err := one(ctx, reader{f.store}, "find-text", f.readDoc, id, f.plan.analysis)
	if err != nil {
		return false, nil, err
	}
	return f.judge(ctx, doc)
}

func (f *finder) judge(ctx context.Context, doc *match.Doc) (bool, spans, error) {
	if f.plan.story {
		state, err := one(ctx, reader{f.store}, "find-state", func(s scan) (st match.State, err error) {
			return st, s(&st.Sources, &st.Breaking, &st.First, &st.Copy)
		}, doc.Article.ID)
		if err != nil {
			return false, nil, err
		}
		doc.SetState(state)
	}
	ok, sp := f.program.Run(doc)
	return ok, sp, nil
}

// judged is what of an article a query can ask for: reading only that costs half.
type judged struct {
	ID                            int64
	URL, Site, Headline, Subtitle string
	Lang, Text                    string
	Published                     news.Stamp
	Media                         []struct{ Caption string }
}

func (f *finder) readDoc(s scan) (*match.Doc, error) {
	var j judged
	var n news.Analysis
	var from news.Source
	analysis := optional{object{&n}}
	if err := s(object{&j}, analysis, &from.Name, &from.Country); err != nil {
		return nil, err
	}
	a := news.Article{ID: j.ID, URL: j.URL, Site: j.Site, Headline: j.Headline, Subtitle: j.Subtitle, Lang: j.Lang, Text: j.Text, Published: j.Published}
	for _, m := range j.Media {
		a.Media = append(a.Media, news.Media{Caption: m.Caption})
	}
	return match.NewDoc(a, n, text.Analyze(a.Text, pack.For(a.Lang)), from), nil
}

// optional is a column of JSON that may be NULL, which leaves everything as it is.
type optional struct{ object }

func (o optional) Scan(v any) error {
	if v == nil {
		return nil
	}
	return o.object.Scan(v)
}

// show reads the articles of a page of hits.
func (f *finder) show(ctx context.Context, page []candidate) ([]store.Hit, error) {
	hits := make([]store.Hit, len(page))
	for i, c := range page {
		e, err := f.store.Entry(ctx, c.id)
		if err != nil {
			return nil, err
		}
		if c.spans == nil {
			a := e.Article
			if _, c.spans, err = f.judge(ctx, match.NewDoc(a, e.Analysis, text.Analyze(a.Text, pack.For(a.Lang)), e.Source)); err != nil {
				return nil, err
			}
		}
		hits[i] = store.Hit{Entry: e, Spans: c.spans}
	}
	return hits, nil
}

// window gives the microseconds between which an article must have been published.
func (p *plan) window(o store.FindOptions) (from, to int64) {
	from, to = math.MinInt64, math.MaxInt64
	for _, t := range []time.Time{o.From, p.from} {
		if !t.IsZero() {
			from = max(from, micros(t))
		}
	}
	for _, t := range []time.Time{o.To, p.to} {
		if !t.IsZero() {
			to = min(to, micros(t))
		}
	}
	return from, to
}
