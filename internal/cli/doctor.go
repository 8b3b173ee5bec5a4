package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"marsad/internal/sqlite"
	"marsad/lang/pack"
	"marsad/wire"
)

// doctorCmd looks at the desk and says what is wrong and what to do.
type doctorCmd struct {
	JSON bool `help:"Print one JSON object a line."`
}

func (doctorCmd) Help() string {
	return `Looks at the folder and its disk, the clock, whether a desk runs, the sources, the mail server, and what DNS says of the desk's mail. It
changes nothing and mails nobody. Lines that begin with MIND say what to do; with one of them the exit code is 1.

Example:
  marsad doctor || echo 'the desk needs you'`
}

// finding is one thing that the doctor says.
type finding struct {
	ok         bool
	what, todo string
}

// sayer tells a finding.
type sayer func(ok bool, what, todo string) error

func (say sayer) all(found []finding) error {
	for _, f := range found {
		if err := say(f.ok, f.what, f.todo); err != nil {
			return err
		}
	}
	return nil
}

func (c doctorCmd) Run(rt *runtimeEnv) error {
	sick := false
	var say sayer = func(ok bool, what, todo string) error {
		sick = sick || !ok
		return rt.print(c.JSON, wire.Finding{OK: ok, What: what, Do: todo}, func(w io.Writer) error { return sayFinding(w, ok, what, todo) })
	}
	names, err := rt.names()
	if err != nil {
		return errors.Join(say(false, "lists of names", err.Error()), errSilent)
	}
	entities, aliases := names.Len()
	if err := say(true, fmt.Sprintf("%d languages, %d entities under %d names", len(pack.All()), entities, aliases), ""); err != nil {
		return err
	}
	file, err := rt.storeFile()
	if err != nil {
		return errors.Join(say(false, "data", err.Error()), errSilent)
	}
	folder := filepath.Dir(file)
	if err := say.all([]finding{writable(file), roomIn(folder), running(rt, folder)}); err != nil {
		return err
	}
	if err := rt.withStore(func(s *sqlite.Store) error { return rt.examine(s, folder, say) }); err != nil {
		return errors.Join(say(false, "the store cannot be read", err.Error()+hint(err)), errSilent)
	}
	if sick {
		return errSilent
	}
	return nil
}

func sayFinding(w io.Writer, ok bool, what, todo string) error {
	mark := "ok   "
	if !ok {
		mark = "MIND "
	}
	if todo != "" {
		what += ": " + todo
	}
	_, err := fmt.Fprintln(w, mark, what)
	return err
}

// examine looks at what the store knows.
func (rt *runtimeEnv) examine(s *sqlite.Store, folder string, say sayer) error {
	n, err := s.Counts(rt.ctx)
	if err != nil {
		return err
	}
	all, err := s.Sources(rt.ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	found := append([]finding{archiveOf(n), clockOf(n, now)}, sourcesOf(n, all, now)...)
	if err := say.all(append(found, lateOf(n)...)); err != nil {
		return err
	}
	if filepath.Base(folder) != demoFolder { // the demo's outlets live on this machine's own clock
		if err := say.all(rt.worldsClock(all)); err != nil {
			return err
		}
	}
	if err := rt.examineLists(s, say); err != nil {
		return err
	}
	if err := rt.examineServer(s, now, say); err != nil {
		return err
	}
	return rt.examineMail(s, say)
}
