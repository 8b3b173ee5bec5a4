package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"marsad/internal/i18n"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
)

type watchWhyCmd struct {
	JSON   bool   `help:"Print one JSON object a line."`
	Story  int64  `help:"Of this story alone."`
	Told   bool   `help:"Only what was told." xor:"only"`
	Silent bool   `help:"Only what was not." xor:"only"`
	Kind   string `help:"Only notices or silences of this kind, such as breaking or cap."`
	N      int    `short:"n" help:"At most this many." default:"50"`
	Watch  string `arg:"" help:"The watch: its number or its name."`
}

func (watchWhyCmd) Help() string {
	return `Example:
  marsad watch why 1 --silent`
}

func (c watchWhyCmd) Run(rt *runtimeEnv) error {
	if err := within("-n", c.N, 1, mostHits); err != nil {
		return err
	}
	return rt.withStore(func(s *sqlite.Store) error {
		all, err := s.Watches(rt.ctx)
		if err != nil {
			return err
		}
		w, err := watchNamed(all, c.Watch)
		if err != nil {
			return err
		}
		f := store.DecisionFilter{Watch: w.ID, Story: c.Story, Kind: c.Kind, N: c.N}
		if c.Told {
			f.Only = "told"
		} else if c.Silent {
			f.Only = "silent"
		}
		ds, err := s.Decisions(rt.ctx, f)
		if err != nil {
			return err
		}
		if err := rt.none(len(ds), c.JSON, "nothing of this kind yet; what a watch kept to itself is known for 30 days"); err != nil {
			return err
		}
		words := i18n.New(i18n.Options{Lang: "en"})
		for _, d := range ds {
			if err := rt.print(c.JSON, d.Wire(), func(out io.Writer) error { return sayDecision(out, words, d) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// watchNamed finds a watch by its number or its name.
func watchNamed(all []news.Watch, name string) (news.Watch, error) {
	id, _ := strconv.ParseInt(name, 10, 64) // a name is 0, which no watch has
	var found []news.Watch
	for _, w := range all {
		if w.ID == id {
			return w, nil
		}
		if strings.EqualFold(w.Name, name) {
			found = append(found, w)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return news.Watch{}, usage("there is no watch %q; marsad watch list names them", name)
	}
	return news.Watch{}, usage("%d watches are called %q; say which by its number", len(found), name)
}

// sayDecision prints a decision as a line: when, what came of it, why, and of what.
func sayDecision(out io.Writer, words *i18n.Printer, d store.Decision) error {
	w := d.Wire()
	why := words.Text("tell." + w.Kind)
	if d.Delivery == nil {
		why = words.Text("because." + w.Kind)
		if d.Silence.Because != "" {
			why += "; " + strings.ToLower(words.Text("decided.would", "what", words.Text("tell."+string(d.Silence.Because))))
		}
	}
	said := d.Headline
	if d.Entry != nil {
		said = d.Entry.Headline
	}
	to := ""
	if w.To != nil {
		to = "  to " + safe(*w.To)
	}
	_, err := fmt.Fprintf(out, "%s  %-9s %s (%s)%s\n", d.At.Local().Format("2006-01-02 15:04"), w.Outcome, isolate(safe(said)), why, to)
	return err
}
