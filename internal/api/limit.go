package api

import (
	"sync"
	"time"
)

// A caller may ask burst times at once, as a program does that reads five thousand articles for the first time, twenty at a time; and refill
// times a second in the long run.
const (
	burst  = 300.0
	refill = 12.0 // a second
)

// limits counts requests by caller: a bucket that empties with each and fills with time.
type limits struct {
	mu      sync.Mutex
	now     func() time.Time
	buckets map[string]*bucket
}

type bucket struct {
	left float64
	at   time.Time
}

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, buckets: map[string]*bucket{}}
}

// take counts a request; a caller whose bucket is empty gets the time to wait.
func (l *limits) take(key string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b := l.buckets[key]
	if b == nil {
		if len(l.buckets) > 10_000 {
			clear(l.buckets) // a flood of callers: the limit starts anew for all
		}
		b = &bucket{burst, now}
		l.buckets[key] = b
	}
	b.left = min(burst, b.left+now.Sub(b.at).Seconds()*refill)
	b.at = now
	if b.left < 1 {
		return time.Duration((1 - b.left) / refill * float64(time.Second))
	}
	b.left--
	return 0
}
