package web

import (
	"marsad/internal/fault"
	"marsad/news"
)

// optinPage asks one question of a recipient, or tells that it is answered.
type optinPage struct {
	Address string
	State   news.RecipientState
	Asks    string // "confirm", "unsubscribe" or "" when nothing is left to ask
	Watches []string
}

// holder gives the recipient that a token in a mail was made for.
func (v *visit) holder(purpose string) (news.Recipient, error) {
	id, err := v.s.Signer.Open(purpose, v.r.PathValue("token"))
	if err != nil {
		return news.Recipient{}, err
	}
	return v.s.Store.Recipient(v.r.Context(), id)
}

func (s *site) unsubscribeForm(v *visit) error {
	r, err := v.holder("unsubscribe")
	if err != nil {
		return err
	}
	p := optinPage{Address: r.Address, State: r.State}
	if r.State != news.Unsubscribed {
		p.Asks = "unsubscribe"
	}
	v.show("optin", v.words.Text("optin.unsubscribe-title"), "", p)
	return nil
}

// unsubscribe ends everything for a recipient, once and for ever, whoever posts: RFC 8058's one click, or the button on the page.
func (s *site) unsubscribe(v *visit) error {
	r, err := v.holder("unsubscribe")
	if err != nil {
		return err
	}
	oneClick := v.form("List-Unsubscribe") == "One-Click"
	if !oneClick && v.form("do") != "unsubscribe" {
		return fault.New(fault.Invalid, "the request must say List-Unsubscribe=One-Click")
	}
	if r.State != news.Unsubscribed {
		if err := v.setState(r.ID, news.Unsubscribed, ""); err != nil {
			return err
		}
	}
	v.show("optin", v.words.Text("optin.unsubscribed-title"), "", optinPage{Address: r.Address, State: news.Unsubscribed})
	return nil
}

func (s *site) confirmForm(v *visit) error {
	r, err := v.holder("confirm")
	if err != nil {
		return err
	}
	p := optinPage{Address: r.Address, State: r.State}
	if r.State == news.Unconfirmed {
		p.Asks = "confirm"
	}
	if p.Watches, err = v.watchNames(r.ID); err != nil {
		return err
	}
	v.show("optin", v.words.Text("optin.confirm-title"), "", p)
	return nil
}

// confirm records consent. Who has unsubscribed is not brought back by an old mail.
func (s *site) confirm(v *visit) error {
	r, err := v.holder("confirm")
	if err != nil {
		return err
	}
	if r.State == news.Unconfirmed {
		if err := v.setState(r.ID, news.Confirmed, v.words.Text("optin.consent")); err != nil {
			return err
		}
		r.State = news.Confirmed
	}
	v.show("optin", v.words.Text("optin.confirm-title"), "", optinPage{Address: r.Address, State: r.State})
	return nil
}

func (v *visit) watchNames(recipient int64) (names []string, err error) {
	ws, err := v.s.Store.Watches(v.r.Context())
	if err != nil {
		return nil, err
	}
	for _, w := range ws {
		if contains(w.Recipients, recipient) {
			names = append(names, w.Name)
		}
	}
	return names, nil
}
