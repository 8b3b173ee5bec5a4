package cli

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"marsad/internal/store"
)

// longestPause is how long whoever reads an answer may take over a part of it; then the connection is given up, so that nobody holds the
// desk by reading slowly.
const longestPause = time.Minute

// patient gives each answer a pause, and another with each part that is written: a stream of any length, to a reader who reads.
func patient(next http.Handler, pause time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := &pacer{ResponseWriter: w, control: http.NewResponseController(w), pause: pause}
		next.ServeHTTP(p, r)
	})
}

// pacer is a writer that sets a deadline with what is written.
type pacer struct {
	http.ResponseWriter
	control *http.ResponseController
	pause   time.Duration
	set     time.Time
}

// Write implements http.ResponseWriter.
func (p *pacer) Write(b []byte) (int, error) {
	if now := time.Now(); now.Sub(p.set) > p.pause/60 {
		p.set = now
		_ = p.control.SetWriteDeadline(now.Add(p.pause)) // a connection that knows none waits for ever, as it would without
	}
	return p.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what lies below.
func (p *pacer) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// ready tells whoever sends visitors here whether they can be answered: the pages stand open and the store answers. healthz tells only
// that the program runs, so that nobody restarts one that is busy opening a large archive.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	db := s.store.Load()
	if db == nil {
		http.Error(w, "the desk is opening", http.StatusServiceUnavailable)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	if _, err := db.Cursor(ctx, store.MainCursor); err != nil {
		s.log.Error("the store does not answer", "err", err)
		http.Error(w, "the store does not answer; the log says more", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}
