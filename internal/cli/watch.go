package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"marsad/internal/desk"
	"marsad/internal/sqlite"
	"marsad/news"
	"marsad/query"
	"marsad/wire"
)

// watchCmd makes, lists and tries watches.
type watchCmd struct {
	Add  watchAddCmd  `cmd:"" help:"Make a watch. It tells nobody until a recipient is set on its page."`
	List watchListCmd `cmd:"" help:"List the watches."`
	Test watchTestCmd `cmd:"" help:"Say what a query would have told in the last days, and what not and why."`
}

type watchAddCmd struct {
	JSON  bool     `help:"Print one JSON object."`
	Name  string   `help:"What it is called." required:""`
	Query []string `arg:"" help:"The query; put it in quotes."`
}

func (watchAddCmd) Help() string {
	return `Example:
  marsad watch add --name 'New harbour' '(harbour OR ميناء) crane*'`
}

func (c watchAddCmd) Run(rt *runtimeEnv) error {
	text := strings.Join(c.Query, " ")
	if _, err := query.Parse(text); err != nil {
		return badQuery(err)
	}
	return rt.withStore(func(s *sqlite.Store) error {
		w := news.Watch{Name: c.Name, Query: text, Zone: "UTC", Created: time.Now()}
		id, err := s.SaveWatch(rt.ctx, w)
		if err != nil {
			return err
		}
		w.ID = id
		return rt.print(c.JSON, wire.WatchOf(w, 0), func(out io.Writer) error {
			_, err := fmt.Fprintf(out, "watch %d %s: %s\n", id, w.Name, text)
			return err
		})
	})
}

type watchListCmd struct {
	JSON bool `help:"Print one JSON object a line."`
}

func (c watchListCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error {
		all, err := s.Watches(rt.ctx)
		if err != nil {
			return err
		}
		counts, err := s.MatchCounts(rt.ctx, time.Now().AddDate(0, 0, -7))
		if err != nil {
			return err
		}
		for _, w := range all {
			if err := rt.print(c.JSON, wire.WatchOf(w, counts[w.ID]), func(out io.Writer) error {
				_, err := fmt.Fprintf(out, "%4d  %s  %d matches in 7 days  %s\n", w.ID, isolate(safe(w.Name)), counts[w.ID], isolate(safe(w.Query)))
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

type watchTestCmd struct {
	JSON  bool     `help:"Print one JSON object a line."`
	Days  int      `help:"How many days back." default:"10"`
	Query []string `arg:"" help:"The query; put it in quotes."`
}

func (watchTestCmd) Help() string {
	return `Example:
  marsad watch test --days 7 'harbour OR ميناء'`
}

func (c watchTestCmd) Run(rt *runtimeEnv) error {
	file, err := rt.storeFile()
	if err != nil {
		return err
	}
	h, err := rt.open(rt.ctx, plan{file: file, log: rt.logger("error")})
	if err != nil {
		return err
	}
	trials, err := h.desk.TryWatch(rt.ctx, news.Watch{Query: strings.Join(c.Query, " "), Zone: "UTC"}, time.Now().AddDate(0, 0, -c.Days))
	if err := errors.Join(err, h.Close()); err != nil {
		return badQuery(err)
	}
	for _, t := range trials {
		if err := rt.print(c.JSON, trial(t), func(out io.Writer) error {
			_, err := fmt.Fprintf(out, "%s  %-7s %s\n", t.At.Format("2006-01-02 15:04"), t.Outcome, isolate(safe(t.Headline)))
			return err
		}); err != nil {
			return err
		}
	}
	if !c.JSON {
		told := 0
		for _, t := range trials {
			if t.Outcome == "told" {
				told++
			}
		}
		_, err = fmt.Fprintf(rt.stdout, "%d stories in %d days, %d would have been told\n", len(trials), c.Days, told)
	}
	return err
}

func trial(t desk.Trial) wire.Trial {
	w := wire.Trial{At: t.At.UTC().Format(time.RFC3339), Story: t.Story, Headline: t.Headline, Outcome: t.Outcome, Because: []string{}}
	for _, b := range t.Because {
		w.Because = append(w.Because, b.Kind)
	}
	return w
}
