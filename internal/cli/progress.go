package cli

import (
	"fmt"
	"io"
	"time"
)

// progress shows how far long work has come, where a person looks on.
type progress struct {
	w     io.Writer // nil: nobody looks on
	n     int
	began time.Time
	shown time.Time
}

// progress gives a counter on the standard error stream when the work is long, that stream is a terminal, and the output is not one
// that the counter would run into.
func (rt *runtimeEnv) progress(long bool) *progress {
	p := &progress{began: time.Now()}
	if long && terminal(rt.stderr) && !terminal(rt.stdout) {
		p.w = rt.stderr
	}
	return p
}

func (p *progress) step() { p.add(1) }

func (p *progress) add(n int) {
	p.n += n
	if now := time.Now(); p.w != nil && now.Sub(p.shown) > 200*time.Millisecond {
		p.shown = now
		fmt.Fprintf(p.w, "\r%d read, %.0f a second ", p.n, float64(p.n)/now.Sub(p.began).Seconds())
	}
}

func (p *progress) end() {
	if p.w != nil && p.n > 0 {
		fmt.Fprintf(p.w, "\r%d read in %v      \n", p.n, time.Since(p.began).Round(100*time.Millisecond))
	}
}
