package web

import (
	"html/template"
	"strings"
	"time"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// tryFor is how far back a watch is tried on the archive.
const tryFor = 7 * 24 * time.Hour

// usualTells is what a new watch tells again of, unless its maker says otherwise.
var usualTells = []news.ReasonKind{news.Breaking, news.Denial, news.Correction}

// watchPage is a watch being made or changed.
type watchPage struct {
	Watch      news.Watch
	Read       explained
	Try        *tryout
	Recipients []choice
	Tells      []choice
	Quiet      [2]string
	Digest     string
	Zone       string
	New        bool
	Matches    []store.Entry
	Problem    string
	Home       string // of the desk, as others see it
	Snooze     *time.Time
	Owner      template.HTML   // whose it is, "" where nobody has an account
	Heirs      []store.Account // whom it can be handed over to
}

// FeedURL gives the address of the watch's Atom feed.
func (p watchPage) FeedURL() string {
	if p.New {
		return ""
	}
	return "/watches/" + i18n.ID(p.Watch.ID) + "/feed.atom"
}

type choice struct {
	Value string
	Label template.HTML
	On    bool
	Note  template.HTML
}

// tryout is what a watch would have done.
type tryout struct {
	Articles, Stories int
	Told              int
	Rows              []trialRow
	Columns           []column
	Planned           bool // Rows come from the desk's own plan of notices
	Partial           bool // there are more articles than could be looked at
}

type trialRow struct {
	Trial
	Why template.HTML
}

func (s *site) newWatch(v *visit) error {
	w := news.Watch{Name: v.query("name"), Query: v.query("q"), Tell: usualTells, Zone: v.words.Zone().String()}
	return v.showWatch(w, "")
}

func (s *site) watch(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	w, err := s.Store.Watch(v.r.Context(), id)
	if err != nil {
		return err
	}
	if q := v.query("q"); q != "" { // trying another query before it is saved
		w.Query = q
	}
	return v.showWatch(w, "")
}

func (v *visit) showWatch(w news.Watch, problem string) error {
	p := watchPage{Watch: w, New: w.ID == 0, Read: v.expect(v.explain(w.Query)), Problem: problem, Zone: w.Zone, Home: v.home()}
	if v.s.Now().Before(w.Snoozed) {
		p.Snooze = &w.Snoozed
	}
	if w.Quiet.From != w.Quiet.To {
		p.Quiet = [2]string{clock(w.Quiet.From), clock(w.Quiet.To)}
	}
	var times []string
	for _, m := range w.Digest {
		times = append(times, clock(m))
	}
	p.Digest = strings.Join(times, " ")
	for _, k := range []news.ReasonKind{news.Breaking, news.NewSources, news.Denial, news.NewHeadline, news.NewNumber, news.NewQuote, news.Correction} {
		p.Tells = append(p.Tells, choice{string(k), v.words.T("tell." + string(k)), contains(w.Tell, k), ""})
	}
	rs, err := v.s.Store.Recipients(v.r.Context())
	if err != nil {
		return err
	}
	for _, r := range rs {
		p.Recipients = append(p.Recipients, choice{i18n.ID(r.ID), run(r.Address, "").HTML(), contains(w.Recipients, r.ID), v.words.T("recipient." + string(r.State))})
	}
	o, err := v.owners()
	if err != nil {
		return err
	}
	if !p.New {
		p.Owner, p.Heirs = v.owner(w, o), o.accounts
	}
	if p.Read.OK {
		if p.Try, err = v.tryWatch(w, p.Read); err != nil {
			return err
		}
	}
	title := v.words.Text("watch.new")
	if !p.New {
		title = v.words.Text("watch.title", "name", w.Name)
	}
	if problem != "" {
		v.status = 422
	}
	v.show("watch", title, "watches", p)
	return nil
}

// tryWatch says what the watch would have done in the last days: what it matches by the archive's own search, what it would have
// told by the desk's own plan.
func (v *visit) tryWatch(w news.Watch, x explained) (*tryout, error) {
	ctx, now := v.r.Context(), v.words.Now()
	found, err := v.s.Store.Find(ctx, x.Query, store.FindOptions{From: now.Add(-tryFor), N: 100})
	if err != nil {
		return nil, err
	}
	t := &tryout{Articles: found.Total, Partial: found.Partial}
	groups := grouped(found.Hits)
	t.Stories = len(groups)
	for _, d := range days(now.Add(-tryFor).In(v.words.Zone()), now.In(v.words.Zone()), 8) {
		key := d.Format(time.DateOnly)
		t.Columns = append(t.Columns, column{Label: key, N: found.Days[key], Title: v.words.Text("search.day", "n", found.Days[key], "day", template.HTML(v.words.Day(d)))})
	}
	t.Columns = columns(t.Columns)
	if v.s.Desk.TryWatch != nil {
		rows, partial, err := v.s.Desk.TryWatch(ctx, w, now.Add(-tryFor))
		if err != nil {
			return nil, err
		}
		t.Planned, t.Partial = true, t.Partial || partial
		stories := map[int64]bool{}
		letters := map[time.Time]bool{}
		for _, r := range rows {
			stories[r.Story] = true
			switch r.Outcome {
			case "silent", "letter": // no letter of its own
			case "digest":
				letters[r.Due] = true
			default:
				t.Told++
			}
		}
		t.Told += len(letters)
		t.Stories = len(stories)
		for _, r := range rows[:min(len(rows), 30)] {
			t.Rows = append(t.Rows, trialRow{r, v.outcome(r.Because)})
		}
		return t, nil
	}
	for _, g := range groups[:min(len(groups), 15)] {
		e := g.First
		t.Rows = append(t.Rows, trialRow{Trial: Trial{At: e.Arrived, Story: g.Story, Headline: e.Article.Headline, Lang: e.Article.Lang}})
	}
	return t, nil
}
