package web

import (
	"strconv"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
)

// changesPage is what an outlet changed from one version of an article to the next.
type changesPage struct {
	Old, New store.Entry
	Headline []change // nil where it stayed
	Text     []change
	Same     bool
}

// earlier gives the version before an article: the one that the page asks for, else the last from the same address, else the one
// that it is an update of.
func (v *visit) earlier(e store.Entry) (store.Entry, error) {
	if from, err := strconv.ParseInt(v.query("from"), 10, 64); err == nil {
		old, err := v.s.Store.Entry(v.r.Context(), from)
		if err == nil && old.Source.ID != e.Source.ID {
			err = fault.New(fault.Invalid, "only versions of one outlet are compared")
		}
		return old, err
	}
	return v.s.Store.Version(v.r.Context(), e.Article.URL, e.Article.PageID)
}

func (s *site) changes(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	e, err := s.Store.Entry(v.r.Context(), id)
	if err != nil {
		return err
	}
	old, err := v.earlier(e)
	if err != nil {
		return err
	}
	if old.Arrived.After(e.Arrived) {
		old, e = e, old
	}
	p := changesPage{Old: old, New: e, Text: changes(old.Article.Text, e.Article.Text), Same: old.Article.Text == e.Article.Text}
	if old.Article.Headline != e.Article.Headline {
		p.Headline = changes(old.Article.Headline, e.Article.Headline)
	}
	v.show("changes", v.words.Text("versions.title")+": "+i18n.Isolate(e.Article.Headline), "now", p)
	return nil
}
