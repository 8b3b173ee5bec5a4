package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"marsad/feed"
	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/wire"
)

// addCmd adds sources.
type addCmd struct {
	JSON bool     `help:"Print one JSON object a line."`
	For  string   `help:"Account whose folders those of an OPML list become." placeholder:"NAME"`
	What []string `arg:"" help:"Address of a site or feed, an OPML file, or a file with addresses." name:"address|file"`
}

func (addCmd) Help() string {
	return `Examples:
  marsad add https://example.org/
  marsad add https://example.org/feed.xml subscriptions.opml
  marsad add --for lina subscriptions.opml`
}

func (c addCmd) Run(rt *runtimeEnv) (err error) {
	file, err := rt.ownFile()
	if err != nil {
		return err
	}
	h, err := rt.openBeside(plan{file: file})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	reader := int64(0)
	if c.For != "" {
		a, err := h.store.Account(rt.ctx, c.For)
		if fault.Is(err, fault.NotFound) {
			return usage("no account is called %q; marsad account list names those that there are", c.For)
		} else if err != nil {
			return err
		}
		reader = a.ID
	}
	var sum addedSum
	for _, w := range c.What {
		if b, err := os.ReadFile(w); err == nil {
			w = string(b)
		}
		var unsaid error
		_, err := h.desk.AddSources(rt.ctx, desk.Adding{Given: w, Reader: reader, Each: func(a desk.Added) {
			sum.count(a)
			unsaid = errors.Join(unsaid, rt.print(c.JSON, wire.Added(a), func(w io.Writer) error { return sayAdded(w, a) }))
		}})
		if err := cmp.Or(err, unsaid); err != nil {
			return err
		}
	}
	return sum.say(rt, c.JSON)
}

// addedSum counts what became of what was given.
type addedSum struct{ added, known, failed int }

func (s *addedSum) count(a desk.Added) {
	switch a.Problem {
	case "":
		s.added++
	case "known", "twice":
		s.known++
	default:
		s.failed++
	}
}

// say ends the command with the sum of several, and with failure where something was not added.
func (s addedSum) say(rt *runtimeEnv, asJSON bool) error {
	if s.added+s.known+s.failed > 1 && !asJSON {
		if _, err := fmt.Fprintf(rt.stdout, "%d added, %d known already, %d not added\n", s.added, s.known, s.failed); err != nil {
			return err
		}
	}
	if s.failed > 0 {
		return errSilent
	}
	return nil
}

// ownFile gives the file of the reader's own desk, which an added source may open.
func (rt *runtimeEnv) ownFile() (string, error) {
	folder, err := rt.dataFolder()
	return filepath.Join(folder, deskFile), err
}

func sayAdded(w io.Writer, a desk.Added) (err error) {
	switch a.Problem {
	case "":
		_, err = fmt.Fprintf(w, "added %d  %s  (%s)\n", a.Source, safe(a.Name), safe(a.Line))
	case "known":
		_, err = fmt.Fprintf(w, "known already: %s\n", safe(a.Line))
	case "twice":
		_, err = fmt.Fprintf(w, "twice in the list: %s\n", safe(a.Line))
	case "short":
		_, err = fmt.Fprintln(w, "the list breaks off; what stands before was read")
	case "cut":
		_, err = fmt.Fprintf(w, "the list is too long; what stands behind %d feeds was left out\n", feed.MaxItems)
	default:
		_, err = fmt.Fprintf(w, "not added: %s: %s\n", safe(a.Line), strings.TrimSpace(a.Problem+" "+safe(a.Detail)))
	}
	return err
}
