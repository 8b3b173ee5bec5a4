package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"marsad/internal/fault"
	"marsad/internal/list"
	"marsad/internal/sqlite"
	"marsad/news"
	"marsad/wire"
)

// listsCmd looks after public lists without the pages: what the JSON API does, for the operator of the machine.
type listsCmd struct {
	Show   listsShowCmd   `cmd:"" default:"withargs" help:"Show the lists with how many they have and what waits for release."`
	Make   listsMakeCmd   `cmd:"" help:"Make a list with the watch that feeds it. The desk must not run."`
	Hold   listsHoldCmd   `cmd:"" help:"Keep everything of a list back, or let it go on."`
	Import listsImportCmd `cmd:"" help:"Subscribe people on a legal basis that you answer for. The desk must not run."`
	Export listsExportCmd `cmd:"" help:"Print everybody who agreed to a list, one JSON object a line."`
}

func (listsCmd) Help() string {
	return `Examples:
  marsad lists
  marsad lists make ports "Port news" "port OR harbour" --lang ar --lang en --breaking
  marsad lists import ports people.csv --basis "consent by the paper form of 3 March"
  marsad lists hold ports "a doubt about the last letter"; marsad lists hold ports`
}

// withLists opens the lists of the desk. alone is for what writes to the ledger, which only one program may.
func (rt *runtimeEnv) withLists(alone bool, f func(*house) error) error {
	file, err := rt.storeFile()
	if err != nil {
		return err
	}
	if alone {
		unlock, err := lock(filepath.Dir(file))
		if err != nil {
			return err
		}
		defer unlock()
	}
	h, err := rt.openBeside(plan{file: file, alone: alone})
	if err != nil {
		return err
	}
	if !alone {
		h.lists = &list.Service{Options: list.Options{Store: h.store}} // it reads, and changes nothing that a ledger holds
	}
	return errors.Join(f(h), h.Close())
}

// listOf gives the list of an address.
func (h *house) listOf(ctx context.Context, slug string) (news.PublicList, error) {
	l, err := h.lists.BySlug(ctx, slug)
	if fault.Is(err, fault.NotFound) {
		return l, usage("there is no list %q; marsad lists names them", slug)
	}
	return l, err
}

type listsShowCmd struct {
	JSON bool `help:"Print one JSON object a line."`
}

func (c listsShowCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error {
		ls, err := s.Lists(rt.ctx)
		if err != nil {
			return err
		}
		tallies, err := s.Tallies(rt.ctx)
		if err != nil {
			return err
		}
		if err := rt.none(len(ls), c.JSON, "no lists yet; marsad lists make --help tells how to make one"); err != nil {
			return err
		}
		for _, l := range ls {
			w := wire.ListOf(l, list.TimeOut(l), tallies[l.ID])
			err := rt.print(c.JSON, w, func(out io.Writer) error {
				note := ""
				if l.Hold != "" {
					note = "  on hold: " + safe(l.Hold)
				}
				_, err := fmt.Fprintf(out, "%-20s %7d subscribed %5d asked  %s%s\n", l.Slug, w.People["confirmed"], w.People["unconfirmed"], isolate(safe(l.Name)), note)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

type listsMakeCmd struct {
	JSON     bool     `help:"Print one JSON object."`
	Slug     string   `arg:"" help:"Its address: small letters, digits, hyphens."`
	Name     string   `arg:"" help:"Its name."`
	Query    string   `arg:"" optional:"" help:"What it tells; with --breaking it may be left out."`
	Lang     []string `help:"A language of its mail, the first one foremost; may repeat." default:"en"`
	Breaking bool     `help:"Only what breaks."`
	About    string   `help:"What subscribers get, in a sentence or two."`
	Imprint  string   `help:"Who writes, with a postal address."`
	Zone     string   `help:"Time zone." default:"UTC"`
}

func (c listsMakeCmd) Run(rt *runtimeEnv) error {
	return rt.withLists(true, func(h *house) error {
		l := news.PublicList{Slug: c.Slug, Name: c.Name, About: c.About, Imprint: c.Imprint, Langs: c.Lang}
		l, err := h.lists.Make(rt.ctx, h.store, l, c.Query, c.Breaking, c.Zone, "the command line")
		if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
			return usage("%v", err)
		}
		if err != nil {
			return err
		}
		return rt.done(c.JSON, wire.Done{Did: "made", What: "list", ID: l.ID, Name: l.Slug}, "made %s", l.Slug)
	})
}

type listsHoldCmd struct {
	JSON bool   `help:"Print one JSON object."`
	Slug string `arg:"" help:"The list."`
	Why  string `arg:"" optional:"" help:"Why nothing goes out; empty lets it go on."`
}

func (c listsHoldCmd) Run(rt *runtimeEnv) error {
	return rt.withLists(false, func(h *house) error {
		l, err := h.listOf(rt.ctx, c.Slug)
		if err != nil {
			return err
		}
		why := strings.TrimSpace(c.Why)
		if _, err = h.lists.HoldList(rt.ctx, l, why); err != nil {
			return err
		}
		done := wire.Done{Did: "released", What: "list", ID: l.ID, Name: l.Slug}
		if why == "" {
			return rt.done(c.JSON, done, "%s goes on", l.Slug)
		}
		done.Did = "held"
		return rt.done(c.JSON, done, "%s is on hold: %s", l.Slug, isolate(safe(why)))
	})
}

type listsImportCmd struct {
	JSON  bool   `help:"Print one JSON object."`
	Slug  string `arg:"" help:"The list."`
	File  string `arg:"" help:"One address a line, with a language behind a comma if you like; - is standard input."`
	Basis string `required:"" help:"The legal basis, as you would tell it to a regulator."`
}

func (c listsImportCmd) Run(rt *runtimeEnv) error {
	in := rt.stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return usage("cannot read the addresses: %v", err)
		}
		defer f.Close()
		in = f
	}
	return rt.withLists(true, func(h *house) error {
		l, err := h.listOf(rt.ctx, c.Slug)
		if err != nil {
			return err
		}
		done, err := h.lists.Import(rt.ctx, l.ID, in, c.Basis, "the command line")
		if fault.Is(err, fault.Invalid) {
			return usage("%v", err)
		}
		if err != nil {
			return err
		}
		for _, line := range done.Bad {
			fmt.Fprintln(rt.stderr, "no address:", safe(line))
		}
		told := wire.Imported{Added: done.Added, Known: done.Known, Suppressed: done.Suppressed, Bad: append([]string{}, done.Bad...)}
		return rt.print(c.JSON, told, func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "%d added, %d known, %d not to be written to\n", done.Added, done.Known, done.Suppressed)
			return err
		})
	})
}

type listsExportCmd struct {
	Slug string `arg:"" help:"The list."`
}

func (c listsExportCmd) Run(rt *runtimeEnv) error {
	return rt.withLists(false, func(h *house) error {
		l, err := h.listOf(rt.ctx, c.Slug)
		if err != nil {
			return err
		}
		lines := json.NewEncoder(rt.stdout)
		return h.lists.Subscribers(rt.ctx, l.ID, func(address string, sub news.Subscription) error {
			return lines.Encode(wire.SubscriberOf(address, sub))
		})
	})
}
