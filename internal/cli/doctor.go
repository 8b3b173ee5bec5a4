package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"marsad/internal/sqlite"
	"marsad/internal/web"
	"marsad/lang/pack"
	"marsad/wire"
)

// doctorCmd looks at the desk and says what is wrong and what to do.
type doctorCmd struct {
	JSON bool `help:"Print one JSON object a line."`
}

func (c doctorCmd) Run(rt *runtimeEnv) error {
	sick := false
	say := func(ok bool, what, todo string) error {
		sick = sick || !ok
		return rt.print(c.JSON, wire.Finding{OK: ok, What: what, Do: todo}, func(w io.Writer) error {
			mark := "ok   "
			if !ok {
				mark = "MIND "
			}
			if todo != "" {
				what += ": " + todo
			}
			_, err := fmt.Fprintln(w, mark, what)
			return err
		})
	}
	names, err := rt.names()
	if err != nil {
		return say(false, "lists of names", err.Error())
	}
	entities, aliases := names.Len()
	if err := say(true, fmt.Sprintf("%d languages, %d entities under %d names", len(pack.All()), entities, aliases), ""); err != nil {
		return err
	}
	file, err := rt.storeFile()
	if err != nil {
		return errors.Join(say(false, "data", err.Error()), errSilent)
	}
	if err := say(true, "data in "+file, writable(filepath.Dir(file))); err != nil {
		return err
	}
	err = rt.withStore(func(s *sqlite.Store) error { return rt.examine(s, say) })
	if err == nil && sick {
		return errSilent
	}
	return err
}

// writable gives what is wrong with a folder, "" for nothing.
func writable(folder string) string {
	f, err := os.CreateTemp(folder, ".doctor-*")
	if err != nil {
		return "cannot be written to: " + err.Error()
	}
	name := f.Name()
	if err := f.Close(); err != nil {
		return err.Error()
	}
	if err := os.Remove(name); err != nil {
		return err.Error()
	}
	return ""
}

func (rt *runtimeEnv) examine(s *sqlite.Store, say func(bool, string, string) error) error {
	n, err := s.Counts(rt.ctx)
	if err != nil {
		return err
	}
	todo := ""
	if n.Backlog > 1000 {
		todo = "pages wait to be processed; is the desk running?"
	}
	if err := say(todo == "", fmt.Sprintf("%d articles in %d stories, %d pages kept, %d waiting", n.Articles, n.Stories, n.Pages, n.Backlog), todo); err != nil {
		return err
	}
	all, err := s.Sources(rt.ctx)
	if err != nil {
		return err
	}
	for _, h := range all {
		for _, f := range h.Feeds {
			if f.Failures >= 5 {
				if err := say(false, fmt.Sprintf("%s fails %d times in a row (%s)", safe(h.Source.Name), f.Failures, f.Problem), "look at "+safe(f.URL)+" in a browser"); err != nil {
					return err
				}
			}
		}
	}
	if err := rt.examineLists(s, say); err != nil {
		return err
	}
	var m web.Mail
	setting(rt.ctx, s, web.SettingMail, &m)
	if m.Host == "" {
		return say(true, "no mail server is set up: mails stand in the outbox", "set one up on the settings page to send them")
	}
	due, err := s.Outbox(rt.ctx, time.Now(), 200)
	if err != nil {
		return err
	}
	stuck := 0
	for _, d := range due {
		if d.Delivery.Attempts > 3 && d.Delivery.Done.IsZero() {
			stuck++
		}
	}
	if stuck > 0 {
		if err := say(false, fmt.Sprintf("%d notices were tried more than three times", stuck), "the outbox page shows the server's words"); err != nil {
			return err
		}
	}
	if err := say(true, "mail goes through "+strings.TrimSpace(m.Host), ""); err != nil {
		return err
	}
	return rt.examineMail(s, say)
}
