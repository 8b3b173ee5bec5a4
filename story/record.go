package story

import (
	"cmp"
	"slices"
	"time"
)

// Report is an article of a story, as far as its outlet's record goes.
type Report struct {
	Source  int64
	At      time.Time
	Follows bool // it copies or translates another
}

// Record is how an outlet stood to the others in the stories that two or more outlets reported by themselves.
type Record struct {
	Source  int64
	Stories int           // that it reported by itself
	First   int           // of which it was the earliest that was seen
	Lead    time.Duration // median time to the second outlet where it was first
	Lag     time.Duration // median time behind the first outlet where it was not
	Follows int           // stories that it had from others only
}

// Records gives every outlet's record over stories, those that were first most often first. Reports of one moment are first together. An
// outlet's first report of its own in a story counts.
func Records(stories [][]Report) []Record {
	leads, lags := map[int64][]time.Duration{}, map[int64][]time.Duration{}
	of := map[int64]*Record{}
	get := func(source int64) *Record {
		if of[source] == nil {
			of[source] = &Record{Source: source}
		}
		return of[source]
	}
	for _, reports := range stories {
		own, rest := firsts(reports)
		for _, s := range rest {
			get(s).Follows++
		}
		if len(own) < 2 {
			continue
		}
		for i, r := range own {
			rec := get(r.Source)
			rec.Stories++
			if behind := r.At.Sub(own[0].At); behind > 0 {
				lags[r.Source] = append(lags[r.Source], behind)
				continue
			}
			rec.First++
			next := own[min(i+1, len(own)-1)]
			leads[r.Source] = append(leads[r.Source], next.At.Sub(r.At))
		}
	}
	out := make([]Record, 0, len(of))
	for s, r := range of {
		r.Lead, r.Lag = median(leads[s]), median(lags[s])
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b Record) int {
		return cmp.Or(cmp.Compare(b.First, a.First), cmp.Compare(b.Stories, a.Stories), cmp.Compare(a.Source, b.Source))
	})
	return out
}

// firsts gives each outlet's first report of its own, the earliest first, and the outlets that only followed.
func firsts(reports []Report) (own []Report, followers []int64) {
	seat := map[int64]int{}
	for _, r := range reports {
		i, ok := seat[r.Source]
		switch {
		case r.Follows:
		case !ok:
			seat[r.Source] = len(own)
			own = append(own, r)
		case r.At.Before(own[i].At):
			own[i] = r
		}
	}
	for _, r := range reports {
		if _, ok := seat[r.Source]; !ok && !slices.Contains(followers, r.Source) {
			followers = append(followers, r.Source)
		}
	}
	slices.SortStableFunc(own, func(a, b Report) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Source, b.Source)) })
	return own, followers
}

func median(ds []time.Duration) time.Duration {
	if len(ds) == 0 {
		return 0
	}
	slices.Sort(ds)
	return ds[len(ds)/2]
}
