package sqlite

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"marsad/internal/store"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

type spans = []news.Span

// finder answers one query.
type finder struct {
	compiler
	store   *Store
	query   query.Query
	program match.Program
	plan    plan
	scores  bool           // it is asked how well articles satisfy
	from    map[int64]bool // the sources that satisfy a source: that is asked beside the rest
}

func (s *Store) newFinder(ctx context.Context, q query.Query) (*finder, error) {
	f := &finder{compiler: compiler{names: s.names}, store: s, query: q, program: match.Compile(q, s.names).With(s.memory), plan: planOf(q)}
	asks := false
	query.Walk(q.Root, func(n query.Node) bool {
		t, ok := n.(*query.Term)
		asks = asks || ok && (t.Name == "source" || t.Name == "country")
		return !asks
	})
	if !asks {
		return f, nil
	}
	var err error
	f.outlets, err = all(ctx, reader{s}, "find-outlets", func(sc scan) (o outlet, err error) {
		err = sc(&o.id, &o.name, &o.country)
		o.name = text.Normalize(o.name)
		return o, err
	})
	f.from = map[int64]bool{}
	if t, _ := sourceAsked(f.plan.rest); t != nil {
		for _, o := range f.outlets {
			f.from[o.id] = names(o.name, text.Normalize(strings.TrimSpace(t.Value)))
		}
	}
	return f, err
}

// sourceAsked gives a source: that must hold, and what is asked besides.
func sourceAsked(n query.Node) (source *query.Term, besides []query.Node) {
	kids := []query.Node{n}
	if and, ok := n.(*query.And); ok {
		kids = and.Kids
	}
	for _, k := range kids {
		if t, ok := k.(*query.Term); ok && t.Name == "source" && source == nil {
			source = t
		} else {
			besides = append(besides, k)
		}
	}
	return source, besides
}

// search is what the index is asked of the articles of one era.
type search struct {
	era      era
	lo, hi   int64  // the articles' numbers
	words    string // "" where the index cannot tell
	sure     bool   // who has the words satisfies the query, where it was published within what is asked
	sureFrom bool   // and is from one of finder.from
	literals [][]string
	window   window
}

// candidates gives the articles that the index lets through, in the order of answers, and whether there are more.
func (f *finder) candidates(ctx context.Context, o store.FindOptions) (out []candidate, more bool, err error) {
	w := f.plan.window(o)
	lo, hi := int64(1), int64(math.MaxInt64)
	if w != always {
		if lo, hi, err = f.store.stretch(ctx, w); err != nil {
			return nil, false, err
		}
	}
	s := f.store
	for _, x := range []search{
		{era: stated, lo: max(lo, s.unstated+1), hi: hi},
		{era: marked, lo: max(lo, s.unmarked+1), hi: min(hi, s.unstated)},
		{era: bare, lo: max(lo, 1), hi: min(hi, s.unmarked)},
	} {
		if x.lo > x.hi || len(out) > most {
			continue
		}
		x.window = w
		f.word(&x)
		some, passed, err := f.within(ctx, x, most+1-len(out))
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

// word writes what the index is asked.
func (f *finder) word(x *search) {
	rest := f.plan.rest
	x.words = f.expression(rest, x.era)
	_, exact := f.exact(rest, x.era)
	x.sure = exact || rest == nil
	if !x.sure {
		x.literals = f.literals(rest, x.era)
		if t, besides := sourceAsked(rest); t != nil {
			_, exact := f.exactAll(besides, x.era)
			x.sureFrom = exact
		}
	}
	if !f.plan.dated {
		return
	}
	if x.era < stated { // nobody knows here which articles bear no date
		x.sure, x.sureFrom, x.literals = false, false, nil
		return
	}
	if x.words == "" { // who bears none is found among the candidates
		return
	}
	x.words = without(x.words, []string{quoted(undated)})
}

// within gives at most n candidates of an era, those that arrived last, and whether some were passed over.
func (f *finder) within(ctx context.Context, x search, n int) (out []candidate, passed bool, err error) {
	if x.words == "" {
		out, err := all(ctx, reader{f.store}, "find-all", readFacts, x.window.from, x.window.to, f.plan.lang, n, x.lo-1, x.hi)
		full := len(out) == n
		if err == nil && f.plan.dated && x.era == stated {
			out, err = f.bearingDates(ctx, out)
		}
		f.trust(x, out)
		return out, full && len(out) < n, err
	}
	chunk := n
	filters := x.window != always || f.plan.lang != ""
	if filters {
		chunk = min(n, 2000)
	}
	for looked := 0; ; {
		ids, err := all(ctx, reader{f.store}, "find-words", column[int64], x.words, x.lo-1, x.hi, chunk)
		if err != nil {
			return nil, false, err
		}
		some := make([]candidate, len(ids))
		for i, id := range ids {
			some[i].id = id
		}
		if some, err = f.store.know(ctx, some); err != nil {
			return nil, false, err
		}
		kept := f.filter(x, some)
		out = append(out, kept[:min(len(kept), n-len(out))]...)
		looked += len(ids)
		switch {
		case len(ids) < chunk || len(out) == n:
			f.trust(x, out)
			return out, false, nil
		case looked >= mostPassed:
			f.trust(x, out)
			return out, true, nil
		}
		x.hi = ids[len(ids)-1] - 1
		if f.plan.lang != "" && 2*len(kept) < len(ids) && x.era >= marked && looked == len(ids) { // the language is rare
			lang := match.NeedOf(&query.Term{Name: "lang", Value: f.plan.lang})
			x.words = "(" + x.words + " AND " + needed(lang, x.era) + ")"
		}
		chunk = most
	}
}

// bearingDates leaves out candidates of which nobody knows when they were published.
func (f *finder) bearingDates(ctx context.Context, cs []candidate) ([]candidate, error) {
	if len(cs) == 0 {
		return cs, nil
	}
	byID := func(a, b candidate) int { return cmp.Compare(a.id, b.id) }
	lo, hi := slices.MinFunc(cs, byID).id, slices.MaxFunc(cs, byID).id
	ids, err := all(ctx, reader{f.store}, "find-words", column[int64], quoted(undated), lo-1, hi, math.MaxInt64)
	if err != nil {
		return nil, err
	}
	none := make(map[int64]bool, len(ids))
	for _, id := range ids {
		none[id] = true
	}
	return slices.DeleteFunc(cs, func(c candidate) bool { return none[c.id] }), nil
}

// filter keeps the candidates that were published when asked, in the language asked for.
func (f *finder) filter(x search, cs []candidate) []candidate {
	kept := cs[:0]
	for _, c := range cs {
		if x.window.holds(c.published) && (f.plan.lang == "" || primaryOf(c.lang) == f.plan.lang) {
			kept = append(kept, c)
		}
	}
	return kept
}

// trust marks the candidates that are known to satisfy the query, and those that do where certain words stand in their text.
func (f *finder) trust(x search, cs []candidate) {
	for i := range cs {
		if !f.plan.dated || f.plan.inner.holds(cs[i].published) {
			cs[i].sure, cs[i].literals = x.sure || x.sureFrom && f.from[cs[i].source], x.literals
		}
	}
}

// stretch gives the numbers between which the articles lie that were published in a time, where they are not too many to look.
func (s *Store) stretch(ctx context.Context, w window) (lo, hi int64, err error) {
	if s.facts != nil {
		return s.reach(ctx, w)
	}
	const few = 2 * mostPassed
	type stretch struct {
		lo, hi int64
		n      int
	}
	x, err := one(ctx, reader{s}, "find-stretch", func(sc scan) (x stretch, err error) {
		return x, sc(&x.lo, &x.hi, &x.n)
	}, w.from, w.to, few)
	if err != nil || x.n == few {
		return 0, math.MaxInt64, err
	}
	return x.lo, x.hi, nil
}
