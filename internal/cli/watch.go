package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"marsad/internal/desk"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
	"marsad/wire"
)

// watchCmd makes, lists and tries watches.
type watchCmd struct {
	Add    watchAddCmd    `cmd:"" help:"Make a watch. It tells nobody until a recipient is set on its page."`
	List   watchListCmd   `cmd:"" help:"List the watches."`
	Edit   watchEditCmd   `cmd:"" help:"Change a watch, or switch it on or off."`
	Delete watchDeleteCmd `cmd:"" help:"Delete a watch."`
	Test   watchTestCmd   `cmd:"" help:"Say what a query would have told in the last days, and what not and why."`
	Why    watchWhyCmd    `cmd:"" help:"Say what a watch told, and what it did not and why."`
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
	text, name := strings.Join(c.Query, " "), strings.Join(strings.Fields(c.Name), " ")
	if _, err := query.Parse(text); err != nil {
		return badQuery(err)
	}
	if name == "" {
		return usage("a watch needs a name: --name")
	}
	return rt.withStore(func(s *sqlite.Store) error {
		w := news.Watch{Name: name, Query: text, Zone: "UTC", Created: time.Now()}
		id, err := s.SaveWatch(rt.ctx, w)
		if err != nil {
			return err
		}
		w.ID = id
		return rt.print(c.JSON, wire.WatchOf(w, 0), func(out io.Writer) error {
			_, err := fmt.Fprintf(out, "watch %d %s: %s\n", id, isolate(safe(w.Name)), isolate(safe(text)))
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
		if err := rt.none(len(all), c.JSON, "no watches yet; make one with: marsad watch add --name NAME 'QUERY'"); err != nil {
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
	brief
	JSON  bool     `help:"Print one JSON object a line."`
	Days  int      `help:"How many days back." default:"7"`
	Query []string `arg:"" help:"The query; put it in quotes."`
}

func (watchTestCmd) Help() string {
	return `Example:
  marsad watch test --days 7 'harbour OR ميناء'`
}

// farBack caps how many days of an archive are rehearsed.
const farBack = 3660

func (c watchTestCmd) Run(rt *runtimeEnv) error {
	text := strings.Join(c.Query, " ")
	if _, err := query.Parse(text); err != nil {
		return badQuery(err)
	}
	if err := within("--days", c.Days, 1, farBack); err != nil {
		return err
	}
	file, err := rt.storeFile()
	if err != nil {
		return err
	}
	h, err := rt.open(rt.ctx, plan{file: file, log: rt.logger("error", "")})
	if err != nil {
		return err
	}
	return errors.Join(c.run(rt, func(ctx context.Context) error { return c.try(ctx, rt, h, text) }), h.Close())
}

func (c watchTestCmd) try(ctx context.Context, rt *runtimeEnv, h *house, text string) error {
	since := time.Now().AddDate(0, 0, -c.Days)
	trials, partial, err := h.desk.TryWatch(ctx, news.Watch{Query: text, Zone: "UTC"}, since)
	if err != nil {
		return badQuery(err)
	}
	expected, found, err := estimate(ctx, h, text, since)
	if err != nil {
		return err
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
		if err := c.sum(rt.stdout, found.Total, trials, expected); err != nil {
			return err
		}
	}
	return rt.sayPartial(partial)
}

// sum says what the trials come to, and what the watch is to find and cost.
func (c watchTestCmd) sum(out io.Writer, articles int, trials []desk.Trial, e desk.Estimate) error {
	told, stories := 0, map[int64]bool{}
	for _, t := range trials {
		stories[t.Story] = true
		if t.Outcome != "silent" {
			told++
		}
	}
	least := ""
	if e.AtLeast {
		least = "at least "
	}
	cost := fmt.Sprintf("looked at on %.2g %% of articles", 100*min(1, e.Cost.Looked))
	if e.Cost.Always {
		cost = "checked on every article, for it names no word that must stand"
	}
	_, err := fmt.Fprintf(out, "%d articles, %d stories in %d days, %d would have been told\nexpect %s%.1f articles a day; %s\n", articles, len(stories), c.Days, told, least, e.ADay, cost)
	return err
}

// estimate gives what a query is to find and cost, and what it found since.
func estimate(ctx context.Context, h *house, text string, since time.Time) (e desk.Estimate, found store.Found, err error) {
	q, err := query.Parse(text)
	if err == nil {
		e, err = h.desk.Estimate(ctx, q)
	}
	if err == nil {
		found, err = h.store.Find(ctx, q, store.FindOptions{From: since, N: 1})
	}
	return e, found, err
}

// sayPartial says, beside the answer and not in it, that a search saw the newest articles alone.
func (rt *runtimeEnv) sayPartial(partial bool) error {
	if !partial {
		return nil
	}
	_, err := fmt.Fprintln(rt.stderr, "only the newest articles could be looked at; there are more: narrow it by words, days or sources")
	return err
}

func trial(t desk.Trial) wire.Trial {
	return wire.TrialOf(t.At, t.Story, t.Headline, t.Outcome, t.Because, t.Due)
}
