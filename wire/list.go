package wire

import (
	"time"

	"marsad/news"
)

// List is a public list: how it is set and how many it has.
type List struct {
	Slug     string         `json:"slug"`
	Name     string         `json:"name"`
	About    string         `json:"about"`
	Imprint  string         `json:"imprint"`
	Langs    []string       `json:"langs"`
	Watch    int64          `json:"watch"`
	AtOnce   bool           `json:"at_once"`   // nobody has to release its letters
	TimeOut  int            `json:"time_out"`  // minutes that a letter waits for release
	SendLate bool           `json:"send_late"` // what nobody released in time is sent
	Releaser int64          `json:"releaser"`  // recipients of the desk's own, 0 for nobody
	Delegate int64          `json:"delegate"`
	Off      bool           `json:"off"`
	Hold     string         `json:"hold"` // why nothing goes out, "" where nothing stands against it
	Cap      int            `json:"cap"`  // sign-ups an hour, 0 for the desk's default
	Created  string         `json:"created"`
	People   map[string]int `json:"people"` // by state: unconfirmed, confirmed, unsubscribed, bounced
	Waiting  []Waiting      `json:"waiting"`
}

// Waiting is a letter that a person has to release.
type Waiting struct {
	Notice   string `json:"notice"`
	Headline string `json:"headline"`
	Since    string `json:"since"`
	Until    string `json:"until"` // then it is sent or cancelled, as the list says
}

// ListOf gives a list; wait is how long its letters wait.
func ListOf(l news.PublicList, wait time.Duration, tally map[news.RecipientState]int) List {
	people := map[string]int{}
	for _, s := range []news.RecipientState{news.Unconfirmed, news.Confirmed, news.Unsubscribed, news.Bounced} {
		people[string(s)] = tally[s]
	}
	langs := append([]string{}, l.Langs...)
	return List{l.Slug, l.Name, l.About, l.Imprint, langs, l.Watch, l.AtOnce, int(wait.Minutes()), l.SendLate, l.Releaser, l.Delegate, l.Off, l.Hold, l.SubscriberCap,
		l.Created.UTC().Format(time.RFC3339), people, []Waiting{}}
}

// Subscriber is somebody who agreed to a list, as an export gives them.
type Subscriber struct {
	Address string `json:"address"`
	Lang    string `json:"lang"`
	Since   string `json:"since"`
	Basis   string `json:"basis"` // opt-in, or what an import stated
	Consent string `json:"consent"`
	Form    string `json:"form"`
}

// SubscriberOf gives a subscriber.
func SubscriberOf(address string, s news.Subscription) Subscriber {
	return Subscriber{address, s.Lang, s.Since.UTC().Format(time.RFC3339), s.Basis, s.Consent, s.Form}
}
