package main

import (
	"fmt"
	"runtime"
	"slices"
	"syscall"
	"time"

	"marsad/bench/world"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// result is how our index did on one set of queries.
type result struct {
	perSecond, floorShare  float64
	tokens, floor, whole   time.Duration // an article: its tokens, their look-up too, all
	p99, built, edited     time.Duration
	bytes                  float64
	tried, looked, matched float64 // an article
}

// rounds is how often each article is matched. The best counts, because the rest is what else the machine did.
var rounds = 9

func ours(w *world.World, qs []query.Query, articles []news.Article) (r result) {
	p := pack.For(w.Lang)
	doc := func(i int) *match.Doc {
		return match.NewDoc(articles[i], news.Analysis{}, text.Analyze(articles[i].Text, p), news.Source{})
	}
	entries := make([]match.Entry, len(qs))
	for i := range qs {
		entries[i] = match.Entry{ID: int64(i), Query: qs[i]}
	}
	before := heap()
	began := processor()
	x := match.Build(entries, match.Options{Share: w.Share})
	r.built = processor() - began
	r.bytes = (float64(heap()) - float64(before)) / float64(len(qs))
	r.edited = edits(x, entries)
	empty := match.Build(nil, match.Options{})
	n := len(articles)
	whole, floor, tokens := make([]time.Duration, n), make([]time.Duration, n), make([]time.Duration, n)
	for round := range rounds + 1 { // the first is for remembering words
		for i := range articles {
			began := time.Now()
			_, c := x.Match(doc(i))
			least(&whole[i], time.Since(began), round)
			if round == 0 {
				r.matched += float64(c.Matched) / float64(n)
				r.tried += float64(c.Tried) / float64(n)
				r.looked += float64(c.Verified) / float64(n)
			}
		}
		for i := range articles {
			began := time.Now()
			empty.Match(doc(i))
			least(&floor[i], time.Since(began), round)
		}
		for i := range articles {
			began := time.Now()
			text.Analyze(articles[i].Text, p)
			least(&tokens[i], time.Since(began), round)
		}
	}
	r.tokens, r.floor, r.whole = sum(tokens)/time.Duration(n), sum(floor)/time.Duration(n), sum(whole)/time.Duration(n)
	r.perSecond = 1 / r.whole.Seconds()
	r.floorShare = r.whole.Seconds() / r.floor.Seconds()
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

// processor gives the processor time that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
