package desk

import (
	"cmp"
	"hash/fnv"
	"time"

	"marsad/news"
)

// Interval bounds how often a feed is asked. Within the bounds the interval follows the feed: it shrinks when something was new and
// grows when nothing was, so that a feed is asked about as often as it changes.
type Interval struct {
	First, Min, Max time.Duration // a new feed's, and the bounds; 10 min, 2 min, 3 h
}

func (i Interval) orDefault() Interval {
	return Interval{cmp.Or(i.First, 10*time.Minute), cmp.Or(i.Min, 2*time.Minute), cmp.Or(i.Max, 3*time.Hour)}
}

// next sets when a feed is due again after an answer with so many new items. The moment is moved by up to a tenth of the interval,
// the same way for the same feed and time, so that feeds do not all come at once.
func (i Interval) next(f *news.Feed, fresh int, now time.Time) {
	f.Every = cmp.Or(f.Every, i.First)
	switch {
	case f.Fixed > 0: // somebody set it
		f.Every = f.Fixed
	case fresh > 1:
		f.Every /= 2
	case fresh == 1:
		f.Every = f.Every * 3 / 4
	default:
		f.Every = f.Every * 5 / 4
	}
	f.Every = max(f.Every, i.Min)
	if f.Fixed == 0 {
		f.Every = min(f.Every, i.Max)
	}
	f.Due = now.Add(f.Every + spread(f.URL, now, f.Every/10))
}

// failed sets when a feed is due again after a failure: later each time, and not before the server said.
func (i Interval) failed(f *news.Feed, retry, now time.Time) {
	f.Failures++
	wait := max(f.Every, i.Min)
	for range min(f.Failures-1, 10) {
		wait *= 2
	}
	f.Due = now.Add(min(wait, max(24*time.Hour, i.Max)))
	f.Due = f.Due.Add(spread(f.URL, now, wait/10))
	if retry.After(f.Due) {
		f.Due = retry
	}
}

// spread gives a length of time between -most and most that looks random.
func spread(key string, now time.Time, most time.Duration) time.Duration {
	if most <= 0 {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(key))
	h.Write([]byte(now.String()))
	return time.Duration(h.Sum64()%uint64(2*most+1)) - most
}
