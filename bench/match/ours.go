package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"

	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// result is how our index did on one set of queries.
type result struct {
	perSecond, floorShare  float64
	p99, built, edited     time.Duration
	bytes                  float64
	tried, looked, matched float64 // an article
}

// rounds is how often each article is matched. The best counts, because the rest is what else the machine did.
const rounds = 9

func ours(w *world, qs []query.Query, articles []news.Article) (r result) {
	p := pack.For(w.lang)
	doc := func(i int) *match.Doc {
		return match.NewDoc(articles[i], news.Analysis{}, text.Analyze(articles[i].Text, p), news.Source{})
	}
	entries := make([]match.Entry, len(qs))
	for i := range qs {
		entries[i] = match.Entry{ID: int64(i), Query: qs[i]}
	}
	before := heap()
	began := time.Now()
	x := match.Build(entries, match.Options{Share: w.share})
	r.built = time.Since(began)
	r.bytes = (float64(heap()) - float64(before)) / float64(len(qs))
	r.edited = edits(x, entries)
	empty := match.Build(nil, match.Options{})
	whole, floor := make([]time.Duration, len(articles)), make([]time.Duration, len(articles))
	for round := range rounds + 1 { // the first is for remembering words
		for i := range articles {
			began := time.Now()
			_, c := x.Match(doc(i))
			least(&whole[i], time.Since(began), round)
			if round == 0 {
				r.matched += float64(c.Matched) / float64(len(articles))
				r.tried += float64(c.Tried) / float64(len(articles))
				r.looked += float64(c.Verified) / float64(len(articles))
			}
		}
		for i := range articles {
			began := time.Now()
			empty.Match(doc(i))
			least(&floor[i], time.Since(began), round)
		}
	}
	r.perSecond = float64(len(articles)) / sum(whole).Seconds()
	r.floorShare = sum(whole).Seconds() / sum(floor).Seconds()
	slices.Sort(whole)
	r.p99 = whole[len(whole)*99/100]
	runtime.KeepAlive(entries)
	return r
}

func least(d *time.Duration, took time.Duration, round int) {
	if round <= 1 || took < *d {
		*d = took
	}
}

func sum(ds []time.Duration) (total time.Duration) {
	for _, d := range ds {
		total += d
	}
	return total
}

// edits gives the median time until an added, a changed and a removed query count.
func edits(x *match.Index, entries []match.Entry) time.Duration {
	var took []time.Duration
	for i := range 30 {
		e := entries[i*len(entries)/30]
		began := time.Now()
		switch i % 3 {
		case 0:
			x = x.With(e)
		case 1:
			x = x.With(match.Entry{ID: int64(len(entries) + i), Query: e.Query})
		default:
			x = x.Without(e.ID)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// share is the share of articles that hold a word, by its rank.
func (w *world) share(form string) float64 {
	r, known := w.rank[form]
	if !known {
		return 0.0005
	}
	p := 1 / (float64(r) + 2.7) / w.cum[len(w.cum)-1]
	return min(1, 500*p)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// line prints a measure beside its bar.
func line(measure string, value float64, unit, peer string, ok bool, bar string) {
	verdict := "short"
	if ok {
		verdict = "ok"
	}
	fmt.Printf("%-44s %10.5g %-11s %-34s %-12s %s\n", measure, value, unit, peer, bar, verdict)
}
