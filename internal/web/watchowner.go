package web

import (
	"html/template"
	"strconv"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// owners knows whose a watch is.
type owners struct {
	accounts []store.Account
	names    map[int64]string
}

// owners asks for the accounts; a desk without any has no owners.
func (v *visit) owners() (o owners, err error) {
	o.accounts, err = v.s.Store.Accounts(v.r.Context())
	o.names = make(map[int64]string, len(o.accounts))
	for _, a := range o.accounts {
		o.names[a.ID] = a.Name
	}
	return o, err
}

// owner says whose a watch is, "" on a desk without accounts.
func (v *visit) owner(w news.Watch, o owners) template.HTML {
	name, known := o.names[w.By]
	switch {
	case len(o.names) == 0:
		return ""
	case known && v.is(w.By):
		return v.words.T("owner.yours")
	case known:
		return v.words.T("owner.of", "name", name)
	}
	return v.words.T("owner.nobodys")
}

// account gives the number of the visitor's account, 0 for none.
func (v *visit) account() int64 {
	if v.who.Account == nil {
		return 0
	}
	return v.who.Account.ID
}

// ownTold gives whom the visitor's own watches tell, with the browsers that are told of news for them, and those watches.
func (v *visit) ownTold() (watches, recipients []int64, err error) {
	if v.who.Account == nil {
		return nil, nil, nil
	}
	ws, err := v.watchesOf(v.who.Account.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, w := range ws {
		watches, recipients = append(watches, w.ID), append(recipients, w.Recipients...)
	}
	browsers, _, err := v.browsers(v.who.Account.ID)
	for _, r := range browsers {
		recipients = append(recipients, r.ID)
	}
	return watches, recipients, err
}

// giveWatch hands a watch over to an account.
func (s *site) giveWatch(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	w, err := s.Store.Watch(v.r.Context(), id)
	if err != nil {
		return err
	}
	o, err := v.owners()
	if err != nil {
		return err
	}
	to, _ := strconv.ParseInt(v.form("to"), 10, 64) // an unreadable one is nobody's
	if o.names[to] == "" {
		return fault.New(fault.Invalid, "no such account")
	}
	was := o.names[w.By]
	w.By = to
	if _, err := s.Store.SaveWatch(v.r.Context(), w); err != nil {
		return err
	}
	v.act, v.about = "watch-owner", w.Name+": "+was+" → "+o.names[to]
	return v.done("/watches/"+i18n.ID(id), "watch-saved")
}
