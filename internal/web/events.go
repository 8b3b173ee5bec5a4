package web

import (
	"fmt"
	"html/template"
	"net/http"
	"time"

	"marsad/internal/fault"
)

// events tells an open page that stories have changed: each message is the button that shows them, so that nothing moves by itself.
func (s *site) events(v *visit) error {
	if s.Desk.Events == nil {
		return fault.New(fault.NotFound, "this desk tells no events")
	}
	flush := http.NewResponseController(v.w)
	v.w.Header().Set("Content-Type", "text/event-stream")
	v.w.Header().Set("Cache-Control", "no-store")
	if _, err := fmt.Fprint(v.w, "retry: 10000\n\n"); err != nil {
		return nil // the reader has gone
	}
	if err := flush.Flush(); err != nil {
		return nil
	}
	events, said, breaking := s.Desk.Events(v.r.Context()), false, false
	alive := time.NewTicker(25 * time.Second)
	defer alive.Stop()
	for {
		message := ": alive\n\n"
		select {
		case <-v.r.Context().Done():
			return nil
		case <-alive.C:
		case e, ok := <-events:
			if !ok {
				return nil
			}
			if said && (breaking || !e.Breaking) { // the button stands there: whoever hears the page is told once, and once more of what breaks
				continue
			}
			said, breaking = true, breaking || e.Breaking
			message = "data: " + v.freshButton(breaking) + "\n\n"
		}
		if _, err := fmt.Fprint(v.w, message); err != nil {
			return nil
		}
		if err := flush.Flush(); err != nil {
			return nil
		}
	}
}

// freshButton leads to the page that listens, as it is now.
func (v *visit) freshButton(breaking bool) string {
	key := "now.fresh"
	if breaking {
		key = "now.fresh-breaking"
	}
	return `<a href="` + template.HTMLEscapeString(local(v.query("next"))) + `">` + v.words.Text(key) + `</a>`
}

// healthz tells a watchdog that the desk answers.
func (s *site) healthz(v *visit) error {
	v.send("text/plain; charset=utf-8", []byte("ok\n"))
	return nil
}

func (s *site) about(v *visit) error {
	v.show("about", v.words.Text("about.title"), "", nil)
	return nil
}
