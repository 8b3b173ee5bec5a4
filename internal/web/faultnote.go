package web

import (
	"strings"

	"marsad/internal/i18n"
	"marsad/internal/store"
)

const (
	faultKey  = "fault" // the action in the audit list
	faultMost = 1000    // characters of a report
)

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
