package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"marsad/internal/smtp"
	"marsad/internal/sqlite"
)

// mostTries is how often a notice is tried before it is worth a word.
const mostTries = 3

// examineServer looks at the outbox and whether the mail server takes mail, up to having signed in. It writes to nobody.
func (rt *runtimeEnv) examineServer(s *sqlite.Store, now time.Time, say sayer) error {
	rows, err := s.Outbox(rt.ctx, now, 500)
	if err != nil {
		return err
	}
	stuck, reply := 0, ""
	for _, d := range rows {
		if d.Delivery.Attempts > mostTries && d.Delivery.Done.IsZero() {
			if stuck++; reply == "" {
				reply = d.Delivery.Reply
			}
		}
	}
	if stuck > 0 {
		todo := "the outbox page has the whole answers"
		if reply != "" {
			todo = "the last answer was " + short(reply) + "; " + todo
		}
		if err := say(false, fmt.Sprintf("%d notices were tried more than %d times", stuck, mostTries), todo); err != nil {
			return err
		}
	}
	m := mailAccount(rt.ctx, s)
	if m.Host == "" {
		return say(true, "no mail server is set up, so mails stand in the outbox", "set one up on the settings page to send them")
	}
	c := smtp.Carrier{Account: m, Helo: helo(m.From)}
	defer c.Close()
	f := served(strings.TrimSpace(m.Host), c.Reach(rt.ctx))
	return say(f.ok, f.what, f.todo)
}

// served says how the mail server fares by what looking at it came to.
func served(host string, err error) finding {
	var e *smtp.Error
	switch {
	case err == nil:
		return finding{true, "the mail server " + host + " answers", ""}
	case errors.As(err, &e) && e.Stage == smtp.Sign:
		return finding{false, "the mail server " + host + " does not let the desk sign in", "mend user and password on the settings page, or the token (" + short(err.Error()) + ")"}
	}
	return finding{false, "the mail server " + host + " does not answer as it should", "look at host, port and security on the settings page, and at the server itself (" + short(err.Error()) + ")"}
}
