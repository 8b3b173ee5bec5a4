package list

import (
	"context"
	"fmt"
	"slices"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/internal/ledger"
	"marsad/news"
)

// Request is what somebody typed into a sign-up form.
type Request struct {
	Slug    string
	Address string
	Lang    string
	Words   string // that stood above the button
	Form    string // where the form stood
	Remote  string // address of whoever sent it
}

// Join takes a sign-up. A nil error says that the form was in order, and nothing of the address: whether it is known, has agreed, is
// never to be written to or was asked too often shows in no answer.
func (s *Service) Join(ctx context.Context, r Request) error {
	l, err := s.BySlug(ctx, r.Slug)
	if err != nil {
		return err
	}
	if l.Off {
		return fault.New(fault.NotFound, "the list %s takes nobody", r.Slug)
	}
	address, err := Address(r.Address)
	if err != nil {
		return err
	}
	limit := l.SubscriberCap
	if limit == 0 {
		limit = perList
	}
	if !s.limits.take(network(r.Remote), perNetwork) || !s.limits.take(l.ID, limit) {
		return fault.New(fault.Temporary, "too many sign-ups for now")
	}
	return s.ask(ctx, l, address, r)
}

func (s *Service) ask(ctx context.Context, l news.PublicList, address string, r Request) error {
	who := s.keys.hash(address)
	why, err := s.Store.Suppressed(ctx, who, 0)
	if err != nil || why == "never" || why == bounced || why == complained {
		return err
	}
	to, known, err := found(s.Store.Subscriber(ctx, who))
	if err != nil {
		return err
	}
	if known {
		address = to.Address // one person, however they write it
		subs, err := s.Store.Subscriptions(ctx, to.ID)
		if err != nil || !mayAsk(l.ID, subs, s.Now()) {
			return err
		}
	}
	if !slices.Contains(l.Langs, r.Lang) && len(l.Langs) > 0 {
		r.Lang = l.Langs[0]
	}
	es, err := s.recorded(ctx, ledger.Entry{Do: ledger.Ask, List: l.ID, Slug: l.Slug, Who: who, Lang: r.Lang, Words: r.Words, Form: clip(r.Form, 200), Address: address})
	if err != nil {
		return err
	}
	if to, err = s.Store.Subscriber(ctx, who); err != nil {
		return err
	}
	now := s.Now()
	n := news.Notice{Recipient: to.ID, Kind: news.Optin, List: l.ID, Fact: fmt.Sprintf("list %d, entry %d", l.ID, es[0].N), Planned: now, Due: now}
	n.ID = alert.ID(n)
	err = s.Store.AddNotices(ctx, []news.Notice{n})
	s.Wake()
	return err
}

// Person is somebody behind a link, as the pages show them.
type Person struct {
	List    news.PublicList // of the link; zero where it is gone
	Address string          // "" where they are not known any more
	Lang    string
	State   news.RecipientState // towards List
	Others  []Choice            // all lists that take subscribers
	who     string
}

// Choice is a list and whether somebody gets it.
type Choice struct {
	List news.PublicList
	On   bool
}

// Behind gives the person that a token of a purpose was made for. Nobody has to be known: a link works for ever.
func (s *Service) Behind(ctx context.Context, purpose, token string) (p Person, err error) {
	list, who, err := s.keys.open(purpose, token)
	if err != nil {
		return p, err
	}
	return s.person(ctx, list, who)
}

// person gives somebody as they stand towards a list.
func (s *Service) person(ctx context.Context, list int64, who string) (p Person, err error) {
	p.who, p.State = who, news.Unsubscribed
	lists, err := s.Store.Lists(ctx)
	if err != nil {
		return p, err
	}
	to, known, err := found(s.Store.Subscriber(ctx, who))
	if err != nil {
		return p, err
	}
	var subs []news.Subscription
	if known {
		p.Address, p.Lang = to.Address, to.Lang
		if subs, err = s.Store.Subscriptions(ctx, to.ID); err != nil {
			return p, err
		}
	}
	on := map[int64]bool{}
	for _, v := range subs {
		on[v.List] = v.State == news.Confirmed
		if v.List == list {
			p.State, p.Lang = v.State, v.Lang
		}
	}
	for _, l := range lists {
		if l.ID == list {
			p.List = l
		}
		if !l.Off || on[l.ID] {
			p.Others = append(p.Others, Choice{l, on[l.ID]})
		}
	}
	if p.List.ID == 0 {
		p.List.ID = list
	}
	return p, nil
}

// Confirm records consent: the person behind a token said yes to words that a form showed. Who has left since is not brought back by
// an old mail: they sign up again.
func (s *Service) Confirm(ctx context.Context, token, words, form string) (Person, error) {
	p, err := s.Behind(ctx, Confirm, token)
	if err != nil || p.State != news.Unconfirmed || p.List.Slug == "" {
		return p, err
	}
	e := ledger.Entry{Do: ledger.Confirm, List: p.List.ID, Slug: p.List.Slug, Who: p.who, Lang: p.Lang, Words: words, Form: form, Address: p.Address}
	if err := s.record(ctx, e); err != nil {
		return p, err
	}
	p.State = news.Confirmed
	return p, nil
}

// Leave ends a subscription, whoever posts the token, known or not, as often as they like.
func (s *Service) Leave(ctx context.Context, token, form string) (Person, error) {
	p, err := s.Behind(ctx, Leave, token)
	if err != nil {
		return p, err
	}
	return p, s.leave(ctx, &p, p.List.ID, form)
}

func (s *Service) leave(ctx context.Context, p *Person, list int64, form string) error {
	why, err := s.Store.Suppressed(ctx, p.who, list)
	if err != nil || why != "" && p.State != news.Confirmed && p.State != news.Unconfirmed {
		return err
	}
	if err := s.record(ctx, ledger.Entry{Do: ledger.Unsubscribe, List: list, Slug: p.List.Slug, Who: p.who, Form: form}); err != nil {
		return err
	}
	p.State = news.Unsubscribed
	return nil
}

// Refuse makes sure that no list of this desk ever writes to the person behind a token again, not even to ask.
func (s *Service) Refuse(ctx context.Context, token, form string) error {
	_, who, err := s.keys.open(Never, token)
	if err != nil {
		return err
	}
	return s.record(ctx, ledger.Entry{Do: ledger.Suppress, Who: who, Why: "never", Form: form})
}

// Choose sets what the person behind a token of Prefs gets, and in which language. Only somebody who has confirmed once may take more:
// their mailbox is theirs.
func (s *Service) Choose(ctx context.Context, token, lang string, lists []int64, words, form string) (Person, error) {
	p, err := s.Behind(ctx, Prefs, token)
	if err != nil {
		return p, err
	}
	var es []ledger.Entry
	for _, c := range p.Others {
		e := ledger.Entry{List: c.List.ID, Slug: c.List.Slug, Who: p.who, Form: form, Lang: lang}
		switch want := slices.Contains(lists, c.List.ID); {
		case want && p.Address != "" && slices.ContainsFunc(p.Others, func(c Choice) bool { return c.On }):
			e.Do, e.Words, e.Address = ledger.Confirm, words, p.Address
			if !slices.Contains(c.List.Langs, lang) && len(c.List.Langs) > 0 {
				e.Lang = c.List.Langs[0]
			}
		case !want && c.On:
			e.Do, e.Lang = ledger.Unsubscribe, ""
		default:
			continue
		}
		es = append(es, e)
	}
	if err := s.record(ctx, es...); err != nil {
		return p, err
	}
	return s.Behind(ctx, Prefs, token)
}

// Why an address is suppressed that its owner did not ask for it.
const (
	bounced    = "bounced"    // nobody is there
	complained = "complained" // they called the desk's mail unwanted
)

// Bounced notes that a subscriber cannot be reached.
func (s *Service) Bounced(ctx context.Context, address, why string) error {
	return s.record(ctx, ledger.Entry{Do: ledger.Suppress, Who: s.keys.hash(address), Why: bounced, Words: clip(why, 300)})
}

// Complained notes that a subscriber told their mail provider that the mail is unwanted: no list writes to them again, not even to ask.
// It may be said again and again.
func (s *Service) Complained(ctx context.Context, address, why string) error {
	who := s.keys.hash(address)
	if was, err := s.Store.Suppressed(ctx, who, 0); err != nil || was == complained || was == "never" {
		return err
	}
	return s.record(ctx, ledger.Entry{Do: ledger.Suppress, Who: who, Why: complained, Words: clip(why, 300)})
}
