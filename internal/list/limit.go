package list

import (
	"net/netip"
	"sync"
	"time"

	"marsad/news"
)

// What is taken in an hour, where a list says nothing else.
const (
	perNetwork = 20
	perList    = 500
	mostKeys   = 20_000
)

// waits are how long an address is left alone after the first, second and third unanswered question; behind them it is a month.
var waits = []time.Duration{time.Hour, 24 * time.Hour, 7 * 24 * time.Hour}

const longWait = 30 * 24 * time.Hour

// perDay is how many lists may ask one address in a day.
const perDay = 3

// limits counts sign-ups by the hour. It forgets with a restart; what must not be forgotten is in the subscriptions themselves.
type limits struct {
	now  func() time.Time
	mu   sync.Mutex
	hour time.Time
	seen map[any]int
}

// take counts one for a key and tells whether it is within the limit.
func (l *limits) take(key any, limit int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if h := l.now().Truncate(time.Hour); l.seen == nil || !h.Equal(l.hour) || len(l.seen) > mostKeys {
		l.hour, l.seen = h, map[any]int{}
	}
	l.seen[key]++
	return l.seen[key] <= limit
}

// network gives whom an address is counted with: its /24, or in IPv6 its /48.
func network(remote string) any {
	a, err := netip.ParseAddr(remote)
	if err != nil {
		return remote
	}
	a = a.Unmap()
	bits := 48
	if a.Is4() {
		bits = 24
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return remote
	}
	return p
}

// mayAsk tells whether one more question may go to somebody with these subscriptions.
func mayAsk(list int64, subs []news.Subscription, now time.Time) bool {
	today := 0
	for _, v := range subs {
		if now.Sub(v.Asked) < 24*time.Hour {
			today++
		}
		if v.List != list {
			continue
		}
		if v.State == news.Confirmed {
			return false
		}
		wait := longWait
		if v.Asks <= len(waits) {
			wait = 0
			if v.Asks > 0 {
				wait = waits[v.Asks-1]
			}
		}
		if now.Sub(v.Asked) < wait {
			return false
		}
	}
	return today < perDay
}
