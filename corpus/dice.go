package corpus

// dice is a small random generator (Vigna's splitmix64): the same seed gives the same world on every machine.
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	return mix(d.state)
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// n gives a number from 0 up to, but not including, limit.
func (d *dice) n(limit int) int { return int(d.next() % uint64(limit)) }

// between gives a number from low to high, both included.
func (d *dice) between(low, high int) int { return low + d.n(high-low+1) }

// share gives a number in [0, 1).
func (d *dice) share() float64 { return float64(d.next()>>11) / (1 << 53) }

// chance is true with probability p.
func (d *dice) chance(p float64) bool { return d.share() < p }

// fork gives dice of their own for a named part, so that one part's throws do not move another's.
func (d *dice) fork() *dice { return &dice{d.next()} }

func pick[T any](d *dice, from []T) T { return from[d.n(len(from))] }
