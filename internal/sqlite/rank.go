package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"marsad/internal/fault"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/text"
)

// How well an article satisfies is how often, as BM25 counts it against its length, and whether its headline does; every three days halve it.
// An article is never worth more than bestWorth of its day, so that older ones need not be read once a page is full of better ones.
const (
	halfLife  = 3 * 24 * 3600e6 // microseconds
	frequency = 1.2             // k1 of BM25
	length    = 0.75            // b
	usual     = 400             // words of a text
	inTitle   = 0.5             // what a headline adds
	bestWorth = 1 + inTitle
)

// value gives the logarithm of what an article is worth, without that of its day.
func (v verdict) value() float64 {
	n := float64(len(v.spans))
	worth := n / (n + frequency*(1-length+length*float64(v.words)/usual))
	if v.title {
		worth += inTitle
	}
	return math.Log2(max(worth, 0.01))
}

func day(published int64) float64 { return float64(published) / halfLife }

// rank gives the n best of the hits behind a place, whether there are more behind them, and whether some were too many to be looked at.
// The hits come in the order of their publication.
func (f *finder) rank(ctx context.Context, hits []candidate, after *place, n int) (page []candidate, more, partial bool, err error) {
	if len(hits) > mostRanked {
		hits, partial = hits[:mostRanked], true
	}
	verdicts := map[int64]verdict{}
	for some := range slices.Chunk(hits, together) {
		if len(page) > n && day(some[0].published)+math.Log2(bestWorth) < page[n].score {
			return page[:n], true, false, nil
		}
		if err := f.score(ctx, some, verdicts); err != nil {
			return nil, false, false, err
		}
		for _, c := range some {
			v := verdicts[c.id]
			c.spans, c.score = v.spans, day(c.published)+v.value()
			if after == nil || c.better(*after) > 0 {
				page = append(page, c)
			}
		}
		slices.SortFunc(page, func(a, b candidate) int { return a.better(b.place) })
		page = page[:min(len(page), n+1)]
	}
	if len(page) > n {
		return page[:n], true, partial, nil
	}
	return page, false, partial, nil
}

// score judges hits again where their words were not looked for, and their headlines alone.
func (f *finder) score(ctx context.Context, cs []candidate, into map[int64]verdict) error {
	plain := slices.Clone(cs)
	for i := range plain {
		plain[i].literals = nil
	}
	f.scores = true
	return f.read(ctx, plain, into)
}

// titled tells whether the headline alone satisfies the query.
func (f *finder) titled(a news.Article) bool {
	h := news.Article{Headline: "", Lang: a.Lang, URL: a.URL, Site: a.Site, Published: a.Published, Text: a.Headline}
	ok, _ := f.program.Run(match.NewDoc(h, news.Analysis{}, text.Analyze(h.Text, pack.For(h.Lang)), news.Source{}))
	return ok
}

// better orders by worth, then by time.
func (p place) better(q place) int { return cmp.Or(cmp.Compare(q.score, p.score), p.compare(q)) }

// rankedCursor names the last hit of a ranked page with its worth.
func (p place) rankedCursor() string {
	return fmt.Sprintf("%d.%d.%d", p.published, p.id, math.Float64bits(p.score))
}

func rankedCursorOf(s string) (*place, error) {
	if s == "" {
		return nil, nil
	}
	var p place
	var bits uint64
	if n, err := fmt.Sscanf(s, "%d.%d.%d", &p.published, &p.id, &bits); err != nil || n != 3 {
		return nil, fault.New(fault.Invalid, "%q is no cursor of an earlier answer", s)
	}
	p.score = math.Float64frombits(bits)
	return &p, nil
}
