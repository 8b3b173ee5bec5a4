package auth

import (
	"sync"
	"time"
)

// limiter slows down guessing: after free failures in a row the wait doubles, for the caller's address and for the name apart, so
// that neither many names from one place nor many places on one name help.
type limiter struct {
	mu   sync.Mutex
	now  func() time.Time
	keys map[string]*tries
}

type tries struct {
	failures int
	until    time.Time // no try before
	last     time.Time
}

const (
	freeTries  = 5
	longest    = 15 * time.Minute
	forgetting = time.Hour
	maxKeys    = 10_000
)

func newLimiter(now func() time.Time) *limiter { return &limiter{now: now, keys: map[string]*tries{}} }

func keysOf(from, name string) [2]string { return [2]string{"from\x00" + from, "name\x00" + name} }

// take gives how long the caller has to wait before the next try. Where that is not at all, the try counts as failed until it has
// passed, so that many at once are no way around.
func (l *limiter) take(from, name string) (longestWait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keysOf(from, name) {
		if t := l.keys[key]; t != nil {
			longestWait = max(longestWait, t.until.Sub(l.now()))
		}
	}
	if longestWait <= 0 {
		l.count(from, name)
	}
	return longestWait
}

func (l *limiter) count(from, name string) {
	l.forget()
	for _, key := range keysOf(from, name) {
		t := l.keys[key]
		if t == nil {
			t = &tries{}
			l.keys[key] = t
		}
		t.failures++
		t.last = l.now()
		if over := t.failures - freeTries; over >= 0 {
			t.until = l.now().Add(min(longest, time.Second<<min(over, 12)))
		}
	}
}

func (l *limiter) passed(from, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keysOf(from, name) {
		delete(l.keys, key)
	}
}

// forget keeps the table small: old entries go, and when a flood of names fills it, all do; the flood then starts anew at the
// price of its free tries.
func (l *limiter) forget() {
	if len(l.keys) < maxKeys/2 {
		return
	}
	for key, t := range l.keys {
		if l.now().Sub(t.last) > forgetting {
			delete(l.keys, key)
		}
	}
	if len(l.keys) >= maxKeys {
		clear(l.keys)
	}
}
