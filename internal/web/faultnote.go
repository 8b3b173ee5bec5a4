package web

import (
	"slices"
	"strings"
	"sync"
	"time"

	"marsad/internal/i18n"
	"marsad/internal/store"
)

const (
	faultKey  = "fault" // the action in the audit list
	faultMost = 1000    // characters of a report

	reportsMost = 10 // in reportsFor, from one reader
	reportsFor  = time.Hour
	reporters   = 10_000 // whose reports are remembered
)

// faultReports remembers when each reader reported, so that nobody fills the list of changes.
type faultReports struct {
	mu sync.Mutex
	by map[string][]time.Time
}

// take counts a report and tells whether it is still one of those that a reader has in an hour.
func (r *faultReports) take(who string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by == nil || len(r.by) >= reporters {
		r.by = map[string][]time.Time{} // a flood of readers: the count starts anew for all
	}
	lately := slices.DeleteFunc(r.by[who], func(t time.Time) bool { return now.Sub(t) >= reportsFor })
	if len(lately) < reportsMost {
		r.by[who] = append(lately, now)
		return true
	}
	r.by[who] = lately
	return false
}

// reporter is whose reports are counted together: an account's, or without one those from one address.
func (v *visit) reporter() string {
	if v.who.Account != nil {
		return "account " + i18n.ID(v.who.Account.ID)
	}
	return "from " + remote(v.r)
}

// reportFault writes down what a reader found wrong on an article's page, for admins to see in the audit list.
func (s *site) reportFault(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if _, err := s.Store.Entry(v.r.Context(), id); err != nil {
		return err
	}
	page := "/articles/" + i18n.ID(id)
	words := clip(strings.Join(strings.Fields(v.form("words")), " "), faultMost)
	if words == "" {
		return v.done(page, "fault-empty")
	}
	if !s.reports.take(v.reporter(), v.words.Now()) {
		return v.done(page, "fault-many")
	}
	if err := s.Store.Note(v.r.Context(), v.audited(faultKey, page+" "+words)); err != nil {
		return err
	}
	return v.done(page, "fault-noted")
}

// auditRow is an entry of the audit list; of a report the page that it is about and its words.
type auditRow struct {
	store.Audit
	Page, Words string
}

func auditRowOf(a store.Audit) auditRow {
	r := auditRow{Audit: a}
	if a.Action == faultKey {
		r.Page, r.Words, _ = strings.Cut(a.Object, " ")
	}
	return r
}
