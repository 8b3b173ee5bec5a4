package web

import (
	"errors"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// tryFor is how far back a watch is tried on the archive.
const tryFor = 7 * 24 * time.Hour

type watchesPage struct {
	Watches []watchRow
}

type watchRow struct {
	news.Watch
	Reads template.HTML
	N     int // matches in the last seven days
	To    []news.Recipient
}

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
	Told              int // of Rows
	Rows              []trialRow
	Columns           []column
	Planned           bool // Rows come from the desk's own plan of notices
}

type trialRow struct {
	Trial
	Why template.HTML
}

func (s *site) watches(v *visit) error {
	ctx := v.r.Context()
	ws, err := s.Store.Watches(ctx)
	if err != nil {
		return err
	}
	counts, err := s.Store.MatchCounts(ctx, v.words.Now().Add(-tryFor))
	if err != nil {
		return err
	}
	rs, err := s.Store.Recipients(ctx)
	if err != nil {
		return err
	}
	byID := map[int64]news.Recipient{}
	for _, r := range rs {
		byID[r.ID] = r
	}
	var p watchesPage
	for _, w := range ws {
		row := watchRow{Watch: w, N: counts[w.ID], Reads: v.explain(w.Query).Reads}
		for _, id := range w.Recipients {
			if r, ok := byID[id]; ok {
				row.To = append(row.To, r)
			}
		}
		p.Watches = append(p.Watches, row)
	}
	v.show("watches", v.words.Text("watches.title"), "watches", p)
	return nil
}

func (s *site) newWatch(v *visit) error {
	w := news.Watch{Name: v.query("name"), Query: v.query("q"), Tell: []news.ReasonKind{news.Breaking, news.Denial, news.Correction}, Zone: v.words.Zone().String()}
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
	p := watchPage{Watch: w, New: w.ID == 0, Read: v.explain(w.Query), Problem: problem, Zone: w.Zone}
	if w.Quiet.From != w.Quiet.To {
		p.Quiet = [2]string{clock(w.Quiet.From), clock(w.Quiet.To)}
	}
	var times []string
	for _, m := range w.Digest {
		times = append(times, clock(m))
	}
	p.Digest = strings.Join(times, " ")
	for _, k := range []news.ReasonKind{news.Breaking, news.NewSources, news.Denial, news.NewHeadline, news.NewQuote, news.Correction} {
		p.Tells = append(p.Tells, choice{string(k), v.words.T("tell." + string(k)), contains(w.Tell, k), ""})
	}
	rs, err := v.s.Store.Recipients(v.r.Context())
	if err != nil {
		return err
	}
	for _, r := range rs {
		p.Recipients = append(p.Recipients, choice{i18n.ID(r.ID), run(r.Address, "").HTML(), contains(w.Recipients, r.ID), v.words.T("recipient." + string(r.State))})
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
	found, err := v.s.Store.Find(ctx, x.Query, store.FindOptions{From: now.Add(-tryFor), To: now.Add(time.Hour), N: 100})
	if err != nil {
		return nil, err
	}
	t := &tryout{Articles: found.Total}
	groups := grouped(found.Hits)
	t.Stories = len(groups)
	for _, d := range days(now.Add(-tryFor).In(v.words.Zone()), now.In(v.words.Zone()), 8) {
		key := d.Format(time.DateOnly)
		t.Columns = append(t.Columns, column{Label: key, N: found.Days[key], Title: v.words.Text("search.day", "n", found.Days[key], "day", template.HTML(v.words.Day(d)))})
	}
	t.Columns = columns(t.Columns)
	if v.s.Desk.TryWatch != nil {
		rows, err := v.s.Desk.TryWatch(ctx, w, now.Add(-tryFor))
		if err != nil {
			return nil, err
		}
		t.Planned = true
		for _, r := range rows[:min(len(rows), 30)] {
			if r.Outcome == "told" || r.Outcome == "digest" {
				t.Told++
			}
			t.Rows = append(t.Rows, trialRow{r, v.reasons(r.Because)})
		}
		return t, nil
	}
	for _, g := range groups[:min(len(groups), 15)] {
		e := g.First
		t.Rows = append(t.Rows, trialRow{Trial: Trial{At: e.Arrived, Story: g.Story, Headline: e.Article.Headline, Lang: e.Article.Lang}})
	}
	return t, nil
}

func contains[T comparable](list []T, x T) bool {
	for _, e := range list {
		if e == x {
			return true
		}
	}
	return false
}

// clock writes minutes after midnight as the form takes them.
func clock(minutes int) string {
	return time.Date(2000, 1, 1, 0, minutes, 0, 0, time.UTC).Format("15:04")
}

func parseClock(s string) (int, bool) {
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err == nil
}

func (s *site) saveWatch(v *visit) error {
	w := news.Watch{Created: v.words.Now()}
	if v.r.PathValue("id") != "" {
		id, err := v.id()
		if err != nil {
			return err
		}
		if w, err = s.Store.Watch(v.r.Context(), id); err != nil {
			return err
		}
	}
	if err := v.readWatch(&w); err != nil {
		return v.showWatch(w, v.words.Text("watch.problem."+err.Error()))
	}
	if v.form("do") == "try" {
		return v.showWatch(w, "")
	}
	if !v.explain(w.Query).OK {
		return v.showWatch(w, v.words.Text("watch.problem.query"))
	}
	if address := v.form("address"); address != "" {
		id, err := v.addRecipient(address)
		if fault.Is(err, fault.Invalid) {
			return v.showWatch(w, v.words.Text("watch.problem.address"))
		}
		if err != nil {
			return err
		}
		if !contains(w.Recipients, id) {
			w.Recipients = append(w.Recipients, id)
		}
	}
	id, err := s.Store.SaveWatch(v.r.Context(), w)
	if err != nil {
		return err
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/watches/"+i18n.ID(id), "watch-saved")
}

// readWatch takes a watch's fields from the form. The error's text is a key under "watch.problem.".
func (v *visit) readWatch(w *news.Watch) error {
	w.Name, w.Query, w.Zone, w.Off = v.form("name"), v.form("q"), v.form("zone"), v.form("off") != ""
	if w.Name == "" {
		w.Name = clip(w.Query, 40)
	}
	w.Tell, w.Recipients, w.Digest = nil, nil, nil
	for _, k := range v.r.PostForm["tell"] {
		w.Tell = append(w.Tell, news.ReasonKind(k))
	}
	for _, id := range v.r.PostForm["to"] {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			w.Recipients = append(w.Recipients, n)
		}
	}
	w.Cap, _ = strconv.Atoi(v.form("cap")) // empty: the desk's default
	w.Cap = max(0, min(w.Cap, 1000))
	if _, err := time.LoadLocation(w.Zone); err != nil {
		return errors.New("zone")
	}
	w.Quiet = news.QuietHours{}
	if from, to := v.form("quiet-from"), v.form("quiet-to"); from != "" || to != "" {
		a, ok1 := parseClock(from)
		b, ok2 := parseClock(to)
		if !ok1 || !ok2 {
			return errors.New("quiet")
		}
		w.Quiet = news.QuietHours{From: a, To: b}
	}
	for _, s := range strings.FieldsFunc(v.form("digest"), func(r rune) bool { return r == ' ' || r == ',' || r == '،' || r == ';' }) {
		m, ok := parseClock(s)
		if !ok || len(w.Digest) == 24 {
			return errors.New("digest")
		}
		w.Digest = append(w.Digest, m)
	}
	return nil
}

func (v *visit) reload() error {
	if v.s.Desk.Reload == nil {
		return nil
	}
	return v.s.Desk.Reload(v.r.Context())
}

func (s *site) deleteWatch(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.Store.DeleteWatch(v.r.Context(), id); err != nil {
		return err
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/watches", "watch-deleted")
}

// addRecipient finds or makes the recipient of an address and asks whether they want to be told.
func (v *visit) addRecipient(address string) (int64, error) {
	carrier, err := carrierOf(address)
	if err != nil {
		return 0, err
	}
	ctx := v.r.Context()
	rs, err := v.s.Store.Recipients(ctx)
	if err != nil {
		return 0, err
	}
	for _, r := range rs {
		if r.Carrier == carrier && strings.EqualFold(r.Address, address) {
			return r.ID, nil
		}
	}
	r := news.Recipient{Carrier: carrier, Address: address, Lang: v.words.Lang(), Zone: v.words.Zone().String(), State: news.Unconfirmed, Created: v.words.Now()}
	id, err := v.s.Store.SaveRecipient(ctx, r)
	if err != nil || v.s.Desk.Ask == nil {
		return id, err
	}
	return id, v.s.Desk.Ask(ctx, id)
}

// carrierOf tells how an address is reached: by mail or, for an https address, by webhook.
func carrierOf(address string) (string, error) {
	if u, err := url.Parse(address); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return "webhook", nil
	}
	return "mail", checkMail(address)
}
