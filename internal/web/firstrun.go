package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"marsad/internal/fault"
	"marsad/news"
)

// The steps of a first run. Each can be skipped, and each is of use at once.
const (
	stepSources = 1 + iota
	stepWatch
	stepAccount
)

// setupPage is the first run: showing the token; in the demo the choice between it, a clean desk and an account; on a desk of one's own
// the three steps.
type setupPage struct {
	Holds   bool
	Next    string
	Problem string
	Name    string
	Clean   bool

	Step    int
	Packs   []starter // in the reader's language
	Added   *addedSum
	Q       string
	Address string
	Read    explained
}

func (v *visit) showSetup(p setupPage) error {
	if p.Step == 0 {
		p.Step, _ = strconv.Atoi(v.query("step")) // an unreadable one is the first
	}
	if p.Step < stepSources || p.Step > stepAccount {
		p.Step = stepSources
	}
	switch p.Step {
	case stepSources:
		for _, k := range packs() {
			if k.Lang == v.words.Lang() {
				p.Packs = append(p.Packs, k)
			}
		}
	case stepWatch:
		p.Read = v.explain(p.Q)
	}
	v.show("setup", v.words.Text("setup.title"), "", p)
	return nil
}

// firstSources adds whole packs and what was pasted, and goes on to the next step, which says what became of each.
func (s *site) firstSources(v *visit) error {
	if s.Auth.Claimed(v.r.Context()) || s.Desk.AddSources == nil {
		return fault.New(fault.Conflict, "the desk is set up already")
	}
	given, err := v.given(v.form("paste"))
	if err != nil {
		return err
	}
	var packed []string
	for _, k := range packs() {
		if !slices.Contains(v.r.PostForm["pack"], k.Region+"/"+k.Lang) {
			continue
		}
		for _, f := range k.Feeds {
			packed = append(packed, f.URL)
		}
	}
	if len(packed) > 0 {
		given = append(given, strings.Join(packed[:min(len(packed), mostPacked)], "\n"))
	}
	if len(given) == 0 {
		v.redirect("/setup?step=2")
		return nil
	}
	p := &addingPage{visit: v, given: given}
	for range p.add { // what became of each is told on the next page
	}
	if p.failed != nil {
		return p.failed
	}
	sum := p.Sum()
	return v.showSetup(setupPage{Holds: true, Step: stepWatch, Added: &sum})
}

// firstWatch makes a watch of one query and goes on to the account.
func (s *site) firstWatch(v *visit) error {
	if s.Auth.Claimed(v.r.Context()) {
		return fault.New(fault.Conflict, "the desk is set up already")
	}
	p := setupPage{Holds: true, Step: stepWatch, Q: v.form("q"), Address: v.form("address")}
	if p.Q == "" {
		v.redirect("/setup?step=3")
		return nil
	}
	wrong := func(key string) error {
		p.Problem, v.status = v.words.Text("watch.problem."+key), http.StatusUnprocessableEntity
		return v.showSetup(p)
	}
	if !v.explain(p.Q).OK {
		return wrong("query")
	}
	w := news.Watch{Name: clip(p.Q, 40), Query: p.Q, Tell: usualTells, Zone: v.words.Zone().String(), Created: v.words.Now(), By: v.account()}
	if p.Address != "" {
		id, err := v.addRecipient(p.Address)
		if fault.Is(err, fault.Invalid) {
			return wrong("address")
		}
		if err != nil {
			return err
		}
		w.Recipients = []int64{id}
	}
	if _, err := s.Store.SaveWatch(v.r.Context(), w); err != nil {
		return err
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/setup?step=3", "watch-saved")
}
