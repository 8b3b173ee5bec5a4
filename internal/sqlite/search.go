package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// most is how many articles a search counts, and how many hits it can be paged through.
const most = 10000

// candidate is an article that may satisfy a query.
type candidate struct {
	id        int64
	published int64
	lang      string
	source    int64
	spans     []news.Span
}

// Find implements store.Search. The words of the query narrow the articles through the index, and those that remain are verified on
// their text by package match. Where the index alone decides, only the shown articles are read.
func (s *Store) Find(ctx context.Context, q query.Query, o store.FindOptions) (store.Found, error) {
	if o.N <= 0 {
		o.N = 30
	}
	f := &finder{store: s, program: match.Compile(q, s.names), plan: planOf(q)}
	hits, err := f.candidates(ctx, o)
	if err == nil && (!f.plan.decided || o.Rank) {
		hits, err = f.verify(ctx, hits)
	}
	if err != nil {
		return store.Found{}, wrap("find", err)
	}
	if o.Rank {
		slices.SortStableFunc(hits, func(a, b candidate) int { return cmp.Compare(len(b.spans), len(a.spans)) })
	}
	found := count(hits)
	page, next, err := turn(hits, o)
	if err != nil {
		return store.Found{}, err
	}
	found.Next = next
	found.Hits, err = f.show(ctx, page)
	return found, wrap("find", err)
}

// count makes the totals of all hits.
func count(hits []candidate) store.Found {
	f := store.Found{Total: len(hits), Langs: map[string]int{}, Srcs: map[int64]int{}, Days: map[string]int{}}
	for _, h := range hits {
		f.Langs[h.lang]++
		f.Srcs[h.source]++
		f.Days[time.UnixMicro(h.published).UTC().Format(time.DateOnly)]++
	}
	return f
}

// turn cuts the asked page out of the hits. The cursor names the last hit shown, so that newer articles do not shift the pages.
func turn(hits []candidate, o store.FindOptions) (page []candidate, next string, err error) {
	if o.After != "" {
		var at, id int64
		if _, err := fmt.Sscanf(o.After, "%d.%d", &at, &id); err != nil {
			return nil, "", fault.New(fault.Invalid, "store: find: %q is no cursor of an earlier answer", o.After)
		}
		from := slices.IndexFunc(hits, func(h candidate) bool { return h.id == id })
		if from < 0 && !o.Rank { // the article is gone: go on at its place
			from = slices.IndexFunc(hits, func(h candidate) bool { return h.published < at }) - 1
		}
		hits = hits[min(max(from+1, 0), len(hits)):]
	}
	if len(hits) <= o.N {
		return hits, "", nil
	}
	last := hits[o.N-1]
	return hits[:o.N], fmt.Sprintf("%d.%d", last.published, last.id), nil
}

// finder answers one query.
type finder struct {
	store   *Store
	program match.Program
	plan    plan
}

// candidates gives the articles that the index lets through, newest first.
func (f *finder) candidates(ctx context.Context, o store.FindOptions) ([]candidate, error) {
	words, to := f.store.expression(f.plan.root), int64(math.MaxInt64)
	if !o.To.IsZero() {
		to = micros(o.To)
	}
	name := "find-words"
	if words == "" {
		name = "find-all"
	}
	from := int64(math.MinInt64)
	if !o.From.IsZero() {
		from = micros(o.From)
	}
	return all(ctx, reader{f.store}, name, func(s scan) (c candidate, err error) {
		return c, s(&c.id, &c.published, &c.lang, &c.source)
	}, words, from, to, f.plan.lang, most)
}

// verify keeps the candidates that do satisfy the query, with the words that do.
func (f *finder) verify(ctx context.Context, in []candidate) ([]candidate, error) {
	var out []candidate
	for _, c := range in {
		e, err := one(ctx, reader{f.store}, "entry", readEntry, c.id)
		if err != nil {
			return nil, err
		}
		ok, spans, err := f.satisfies(ctx, e)
		if err != nil {
			return nil, err
		}
		if ok {
			c.spans = spans
			out = append(out, c)
		}
	}
	return out, nil
}

func (f *finder) satisfies(ctx context.Context, e store.Entry) (bool, []news.Span, error) {
	doc := match.NewDoc(e.Article, e.Analysis, text.Analyze(e.Article.Text, pack.For(e.Article.Lang)), e.Source)
	if f.plan.story {
		state, err := one(ctx, reader{f.store}, "find-state", func(s scan) (st match.State, err error) {
			return st, s(&st.Sources, &st.Breaking, &st.First, &st.Copy)
		}, e.Article.ID)
		if err != nil {
			return false, nil, err
		}
		doc.SetState(state)
	}
	ok, spans := f.program.Run(doc)
	return ok, spans, nil
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
			if _, c.spans, err = f.satisfies(ctx, e); err != nil {
				return nil, err
			}
		}
		hits[i] = store.Hit{Entry: e, Spans: c.spans}
	}
	return hits, nil
}
