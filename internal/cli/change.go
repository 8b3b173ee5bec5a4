package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
	"marsad/wire"
)

type watchEditCmd struct {
	JSON  bool    `help:"Print one JSON object."`
	Name  *string `help:"What it is called from now on."`
	Query *string `help:"Another query; put it in quotes."`
	Off   bool    `help:"Switch it off; it tells nobody until it is on." xor:"on"`
	On    bool    `help:"Switch it on." xor:"on"`
	Watch string  `arg:"" help:"The watch: its number or its name."`
}

func (watchEditCmd) Help() string {
	return `Whom it tells, and when, is set on its page. A desk that runs takes notice within a minute.

Examples:
  marsad watch edit 3 --query 'harbour OR ميناء'
  marsad watch edit 'New harbour' --off`
}

func (c watchEditCmd) Run(rt *runtimeEnv) error {
	if c.Name == nil && c.Query == nil && !c.Off && !c.On {
		return usage("nothing to change: say --name, --query, --off or --on")
	}
	if c.Query != nil {
		if _, err := query.Parse(*c.Query); err != nil {
			return badQuery(err)
		}
	}
	return rt.onWatch(c.Watch, func(s *sqlite.Store, w news.Watch) error {
		if c.Name != nil {
			if w.Name = strings.Join(strings.Fields(*c.Name), " "); w.Name == "" {
				return usage("a watch needs a name")
			}
		}
		if c.Query != nil {
			w.Query = *c.Query
		}
		w.Off = (w.Off || c.Off) && !c.On
		if _, err := s.SaveWatch(rt.ctx, w); err != nil {
			return err
		}
		return rt.print(c.JSON, wire.WatchOf(w, 0), func(out io.Writer) error {
			_, err := fmt.Fprintf(out, "watch %d %s: %s\n", w.ID, isolate(safe(w.Name)), isolate(safe(w.Query)))
			return err
		})
	})
}

type watchDeleteCmd struct {
	JSON  bool   `help:"Print one JSON object."`
	Watch string `arg:"" help:"The watch: its number or its name."`
}

func (watchDeleteCmd) Help() string {
	return `Deletes a watch and what waits for its readers. What it told is kept.

Example:
  marsad watch delete 'New harbour'`
}

func (c watchDeleteCmd) Run(rt *runtimeEnv) error {
	return rt.onWatch(c.Watch, func(s *sqlite.Store, w news.Watch) error {
		if err := s.DeleteWatch(rt.ctx, w.ID); err != nil {
			return err
		}
		return rt.done(c.JSON, wire.Done{Did: "removed", What: "watch", ID: w.ID, Name: w.Name}, "deleted watch %d %s", w.ID, isolate(safe(w.Name)))
	})
}

// onWatch does something with the watch of a number or a name.
func (rt *runtimeEnv) onWatch(name string, f func(*sqlite.Store, news.Watch) error) error {
	return rt.withStore(func(s *sqlite.Store) error {
		all, err := s.Watches(rt.ctx)
		if err != nil {
			return err
		}
		w, err := watchNamed(all, name)
		if err != nil {
			return err
		}
		return f(s, w)
	})
}

type sourcesRemoveCmd struct {
	JSON   bool   `help:"Print one JSON object."`
	Source string `arg:"" help:"The source: its number or its name."`
}

func (sourcesRemoveCmd) Help() string {
	return `Stops collecting from a source. Its articles stay.

Example:
  marsad sources remove 12`
}

func (c sourcesRemoveCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error {
		all, err := s.Sources(rt.ctx)
		if err != nil {
			return err
		}
		h, err := sourceNamed(all, c.Source)
		if err != nil {
			return err
		}
		if err := s.RemoveSource(rt.ctx, h.Source.ID); err != nil {
			return err
		}
		return rt.done(c.JSON, wire.Done{Did: "removed", What: "source", ID: h.Source.ID, Name: h.Source.Name},
			"removed source %d %s; its %d articles stay", h.Source.ID, isolate(safe(h.Source.Name)), h.Articles)
	})
}

// sourceNamed finds a source by its number, or by a name that one alone has.
func sourceNamed(all []store.SourceHealth, name string) (found store.SourceHealth, err error) {
	id, _ := strconv.ParseInt(name, 10, 64) // a name is 0, which no source has
	n := 0
	for _, h := range all {
		if h.Source.ID == id {
			return h, nil
		}
		if strings.EqualFold(h.Source.Name, name) {
			found = h
			n++
		}
	}
	switch n {
	case 1:
		return found, nil
	case 0:
		return found, usage("there is no source %q; marsad sources names them", name)
	}
	return found, usage("%d sources are called %q; say which by its number", n, name)
}
