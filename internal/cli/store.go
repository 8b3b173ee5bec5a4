package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"marsad/internal/fault"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/wire"
)

// storeFile gives the file of the desk, or of the demo where there is no desk yet.
func (rt *runtimeEnv) storeFile() (string, error) {
	folder, err := rt.dataFolder()
	if err != nil {
		return "", err
	}
	if i, err := os.Stat(folder); err == nil && !i.IsDir() {
		return "", usage("%s is a file; --data names the folder that holds the desk", folder)
	}
	for _, f := range []string{filepath.Join(folder, deskFile), filepath.Join(folder, demoFolder, deskFile)} {
		if exists(f) {
			return f, nil
		}
	}
	return "", usage("no desk in %s; start one with: marsad serve", folder)
}

// withStore opens the store beside whatever runs on it, and closes it after.
func (rt *runtimeEnv) withStore(f func(*sqlite.Store) error) error {
	file, err := rt.storeFile()
	if err != nil {
		return err
	}
	s, err := rt.openStore(rt.ctx, file)
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.Close())
}

// print gives one JSON object a line, or what text writes for a person.
func (rt *runtimeEnv) print(asJSON bool, v any, text func(w io.Writer) error) error {
	if !asJSON {
		return text(rt.stdout)
	}
	return json.NewEncoder(rt.stdout).Encode(v)
}

// done says what was changed: as one JSON object, or in a sentence.
func (rt *runtimeEnv) done(asJSON bool, d wire.Done, format string, args ...any) error {
	return rt.print(asJSON, d, func(w io.Writer) error {
		_, err := fmt.Fprintf(w, format+"\n", args...)
		return err
	})
}

// sourcesCmd lists the sources.
type sourcesCmd struct {
	List   sourcesListCmd   `cmd:"" default:"withargs" help:"List the sources and how they fare."`
	Remove sourcesRemoveCmd `cmd:"" help:"Stop collecting from a source; its articles stay."`
}

type sourcesListCmd struct {
	JSON bool `help:"Print one JSON object a line."`
}

func (c sourcesListCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error {
		all, err := s.Sources(rt.ctx)
		if err != nil {
			return err
		}
		if err := rt.none(len(all), c.JSON, "no sources yet; add one with: marsad add https://…"); err != nil {
			return err
		}
		for _, h := range all {
			if err := rt.print(c.JSON, wire.SourceOf(h.Source, h.Feeds, h.Articles, h.LastArticle), func(w io.Writer) error { return saySource(w, h) }); err != nil {
				return err
			}
		}
		return nil
	})
}

func saySource(w io.Writer, h store.SourceHealth) error {
	health := "well"
	for _, f := range h.Feeds {
		if f.Problem != "" {
			health = fmt.Sprintf("%s, %d times in a row", f.Problem, f.Failures)
		}
	}
	_, err := fmt.Fprintf(w, "%4d  %s  %d articles  %s\n", h.Source.ID, isolate(safe(h.Source.Name)), h.Articles, health)
	return err
}

// backupCmd copies the desk.
type backupCmd struct {
	JSON bool   `help:"Print one JSON object."`
	File string `arg:"" help:"The new file." type:"path"`
}

func (backupCmd) Help() string {
	return `Copies the desk, whole, while it runs. Beside the file it writes FILE.consents.jsonl, who agreed to what: keep both.

Example:
  marsad backup desk-$(date +%F).db`
}

func (c backupCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error {
		if err := s.Backup(rt.ctx, c.File); err != nil {
			switch {
			case fault.Is(err, fault.Conflict):
				return usage("%s exists already; name a new file", c.File)
			case errors.Is(err, os.ErrNotExist):
				return usage("there is no folder %s; make it first", filepath.Dir(c.File))
			}
			return err
		}
		if desk, err := rt.storeFile(); err == nil {
			if err := copyConsents(consentsOf(desk), consentsWith(c.File)); err != nil {
				return err
			}
		}
		return rt.done(c.JSON, wire.Done{Did: "backed-up", What: "desk", Name: c.File}, "backed up to %s", c.File)
	})
}
