package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"marsad/internal/fault"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
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

// searchCmd asks the archive.
type searchCmd struct {
	JSON  bool     `help:"Print one record a line."`
	Most  int      `help:"At most this many." default:"20"`
	Rank  bool     `help:"Best first instead of newest first."`
	Query []string `arg:"" help:"The query; put it in quotes."`
}

func (searchCmd) Help() string {
	return `Examples:
  marsad search 'harbour crane'
  marsad search '(ميناء OR harbour) lang:ar -strike'
  marsad search --json 'who:"Lina Haddad"' | jq .headline`
}

func (c searchCmd) Run(rt *runtimeEnv) error {
	q, err := query.Parse(strings.Join(c.Query, " "))
	if err != nil {
		return badQuery(err)
	}
	return rt.withStore(func(s *sqlite.Store) error {
		found, err := s.Find(rt.ctx, q, store.FindOptions{N: c.Most, Rank: c.Rank})
		if err != nil {
			return err
		}
		for _, h := range found.Hits {
			if err := rt.print(c.JSON, wire.Of(h.Entry.Article, h.Entry.Analysis), func(w io.Writer) error { return sayHit(w, h) }); err != nil {
				return err
			}
		}
		if !c.JSON {
			if _, err := fmt.Fprintf(rt.stdout, "%d found\n", found.Total); err != nil {
				return err
			}
		}
		return rt.sayPartial(found.Partial)
	})
}

func sayHit(w io.Writer, h store.Hit) error {
	a := h.Entry.Article
	_, err := fmt.Fprintf(w, "%s  %s  %s\n      %s\n", h.Entry.Arrived.Format("2006-01-02 15:04"), isolate(safe(h.Entry.Source.Name)), isolate(safe(a.Headline)), isolate(short(around(a.Text, h.Spans))))
	return err
}

// around gives the words near the first hit.
func around(text string, spans []news.Span) string {
	if len(spans) == 0 {
		return text
	}
	from := spans[0].Start
	for n := 0; from > 0 && n < 40; n++ {
		from--
	}
	for from > 0 && text[from-1] != ' ' && text[from-1] != '\n' {
		from--
	}
	return text[from:]
}

func badQuery(err error) error {
	var e *query.Error
	if errors.As(err, &e) {
		return usage("the query: at byte %d: %s", e.Start, e.Message)
	}
	return err
}

// backupCmd copies the desk.
type backupCmd struct {
	JSON bool   `help:"Print one JSON object."`
	File string `arg:"" help:"The new file." type:"path"`
}

func (c backupCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error {
		if err := s.Backup(rt.ctx, c.File); err != nil {
			if fault.Is(err, fault.Conflict) {
				return usage("%s exists already; name a new file", c.File)
			}
			return err
		}
		if desk, err := rt.storeFile(); err == nil {
			if err := copyConsents(consentsOf(desk), consentsWith(c.File)); err != nil {
				return err
			}
		}
		return rt.print(c.JSON, map[string]string{"file": c.File}, func(w io.Writer) error {
			_, err := fmt.Fprintln(w, "backed up to", c.File)
			return err
		})
	})
}
