package web

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

const decidedSize = 50

// decidedPage is what a watch, or all watches of a story, told and did not tell.
type decidedPage struct {
	Watch  *news.Watch // nil on the page of a story
	Story  *news.Story // nil on the page of a watch
	Self   string      // its address without a query
	Only   string
	Kinds  []choice
	Kind   string
	Rows   []decidedRow
	Older  string
	Each   int // silences kept of each watch
	Snooze *time.Time
	Mine   bool // what the visitor was told alone
	Owned  bool // the visitor has watches, or browsers that are told
}

type decidedRow struct {
	store.Decision
	Outcome template.HTML
	State   string // for its colour
	Kind    template.HTML
	Why     []template.HTML
	Tells   []news.Reason // the stories of a digest
	Letter  string        // id of the notice that can be looked at
	Muted   bool          // the watch tells no more of the story
	Owner   template.HTML // whose the watch is
	Told    bool          // the reader was told already, maybe by another watch: the story's page says by which
}

// silenceKinds are the reasons for which something is not told, as a person may ask for them.
var silenceKinds = []string{"told", "not-asked", "cap", "queue", "muted", "snoozed", "old", "before-watch", "before-source", "edited", "unconfirmed", "no-recipient", "digest"}

func (s *site) watchDecided(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	w, err := s.Store.Watch(v.r.Context(), id)
	if err != nil {
		return err
	}
	p := decidedPage{Watch: &w, Self: "/watches/" + i18n.ID(id) + "/told"}
	if s.Now().Before(w.Snoozed) {
		p.Snooze = &w.Snoozed
	}
	return v.showDecided(p, store.DecisionFilter{Watch: id}, v.words.Text("decided.title", "name", w.Name), "watches")
}

func (s *site) storyDecided(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	st, err := s.Store.Story(v.r.Context(), id)
	if err != nil {
		return err
	}
	return v.showDecided(decidedPage{Story: &st, Self: "/stories/" + i18n.ID(st.ID) + "/told"}, store.DecisionFilter{Story: st.ID}, v.words.Text("decided.title-story"), "now")
}

func (v *visit) showDecided(p decidedPage, f store.DecisionFilter, title, section string) error {
	p.Only, p.Kind, p.Each = v.query("only"), v.query("kind"), store.EachSilences
	if p.Only != "told" && p.Only != "silent" {
		p.Only = ""
	}
	for _, k := range silenceKinds {
		p.Kinds = append(p.Kinds, choice{k, v.words.T("because." + k), p.Kind == k, ""})
	}
	f.Only, f.Kind, f.After, f.N = p.Only, p.Kind, v.query("after"), decidedSize
	if p.Story != nil {
		if err := v.whose(&p, &f); err != nil {
			return err
		}
	}
	ds, err := v.s.Store.Decisions(v.r.Context(), f)
	if err != nil {
		return err
	}
	of, err := v.ownersOf(p)
	if err != nil {
		return err
	}
	for _, d := range ds {
		row := v.decided(d, p.Watch)
		row.Owner = of[d.Watch.ID]
		p.Rows = append(p.Rows, row)
	}
	if len(ds) == decidedSize {
		q := url.Values{"after": {ds[len(ds)-1].Key}}
		for name, value := range map[string]string{"only": p.Only, "kind": p.Kind, "whose": v.query("whose")} {
			if value != "" {
				q.Set(name, value)
			}
		}
		p.Older = p.Self + "?" + q.Encode()
	}
	v.show("decided", title, section, p)
	return nil
}

// whose narrows what was told of a story to what the visitor was told, or was not, unless they ask for everybody's.
func (v *visit) whose(p *decidedPage, f *store.DecisionFilter) error {
	watches, recipients, err := v.ownTold()
	if p.Owned = len(watches)+len(recipients) > 0; p.Owned && v.query("whose") != "all" {
		p.Mine, f.Watches, f.Recipients = true, watches, recipients
	}
	return err
}

// ownersOf says whose each watch is on the page of a story; that of a watch has one.
func (v *visit) ownersOf(p decidedPage) (map[int64]template.HTML, error) {
	if p.Story == nil {
		return nil, nil
	}
	o, err := v.owners()
	if err != nil || len(o.names) == 0 {
		return nil, err
	}
	ws, err := v.s.Store.Watches(v.r.Context())
	of := make(map[int64]template.HTML, len(ws))
	for _, w := range ws {
		of[w.ID] = v.owner(w, o)
	}
	return of, err
}

// decided words a decision. w is the watch where its page is shown, nil elsewhere.
func (v *visit) decided(d store.Decision, w *news.Watch) decidedRow {
	row := decidedRow{Decision: d, Muted: w != nil && d.Story != 0 && slices.Contains(w.Muted, d.Story)}
	if d.Delivery == nil {
		row.State, row.Outcome = "silent", v.words.T("decided.outcome-silent")
		if d.Silence.Kind == string(news.DigestSlot) {
			row.State, row.Outcome = "waiting", v.words.T("decided.outcome-digest")
		}
		row.Kind, row.Told = v.silence(d.Silence.Kind), w != nil && d.Silence.Kind == "told" && d.Story != 0
		if b := d.Silence.Because; b != "" {
			row.Why = append(row.Why, v.words.T("decided.would", "what", v.words.T("tell."+string(b))))
		}
		if d.Silence.Times > 1 {
			row.Why = append(row.Why, v.words.T("decided.times", "n", d.Silence.Times, "when", v.words.Time(d.Silence.First)))
		}
		return row
	}
	n, state := d.Delivery.Notice, d.Delivery.State
	row.State, row.Outcome, row.Kind, row.Letter = string(state), v.words.T("delivery."+string(state)), v.words.T("tell."+string(n.Kind)), n.ID
	if n.Kind == news.DigestSlot {
		row.Tells = n.Because
	} else if why := v.reasons(n.Because); why != "" {
		row.Why = append(row.Why, why)
	}
	if why := v.fate(d.Delivery, w); why != "" {
		row.Why = append(row.Why, why)
	}
	return row
}

// silence words why something is not told; a kind without words is shown as it is.
func (v *visit) silence(kind string) template.HTML {
	if v.words.Has("because." + kind) {
		return v.words.T("because." + kind)
	}
	return run(kind, "").HTML()
}

// fate says what stands behind the state of a notice: when it is due and why so late, or why it was cancelled.
func (v *visit) fate(d *news.Delivery, w *news.Watch) template.HTML {
	n := d.Notice
	switch {
	case d.State == news.Cancelled || d.State == news.Failed:
		return v.cancelled(d.Reply)
	case n.Kind == news.DigestSlot || n.Due.Sub(n.Planned) <= alert.Wait:
		if d.State == news.Waiting {
			return v.words.T("decided.due", "when", v.words.Time(n.Due))
		}
		return ""
	case w != nil && alert.EndsQuiet(*w, n.Due):
		return v.words.T("decided.late-quiet", "when", v.words.Time(n.Due))
	case d.State == news.Waiting:
		return v.words.T("decided.late-turn", "when", v.words.Time(n.Due))
	}
	return ""
}

// Quoted lists words of the news, each in its own direction.
func (p page) Quoted(words []string, lang string) template.HTML {
	var items []template.HTML
	for _, w := range words {
		items = append(items, p.Say(w, lang))
	}
	return p.List(items)
}

// cancelled words why a notice was cancelled, or what the other side said: what has no words is shown as it was said.
func (v *visit) cancelled(reply string) template.HTML {
	if reply == "" {
		return ""
	}
	if v.words.Has("cancelled." + reply) {
		return v.words.T("cancelled." + reply)
	}
	return run(reply, "").HTML()
}

// mostMuted is how many stories a watch keeps muted: those muted last.
const mostMuted = 100

// hushWatch mutes a story on a watch or lets it be told again, and snoozes the watch or wakes it.
func (s *site) hushWatch(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	w, err := s.Store.Watch(v.r.Context(), id)
	if err != nil {
		return err
	}
	story, _ := strconv.ParseInt(v.form("story"), 10, 64)
	without := func() []int64 {
		return slices.DeleteFunc(slices.Clone(w.Muted), func(id int64) bool { return id == story })
	}
	switch do := v.form("do"); do {
	case "mute":
		st, err := s.Store.Story(v.r.Context(), story)
		if err != nil {
			return err
		}
		story = st.ID
		w.Muted = append(without(), story)
		w.Muted = w.Muted[max(0, len(w.Muted)-mostMuted):]
	case "unmute":
		w.Muted = without()
	case "wake":
		w.Snoozed = time.Time{}
	case "hour", "day", "week":
		w.Snoozed = s.Now().Add(map[string]time.Duration{"hour": time.Hour, "day": 24 * time.Hour, "week": 7 * 24 * time.Hour}[do]).Truncate(time.Second)
	default:
		return fault.New(fault.Invalid, "a watch is snoozed for an hour, a day or a week, or a story muted")
	}
	if _, err := s.Store.SaveWatch(v.r.Context(), w); err != nil {
		return err
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done(v.form("next"), "watch-hushed")
}
