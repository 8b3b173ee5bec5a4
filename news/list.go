package news

import "time"

// The carriers that stand for public lists: a list is a recipient of its watches, and its subscribers are recipients of the list.
const (
	ListCarrier       = "list"       // Recipient.Address is the list's slug
	SubscriberCarrier = "subscriber" // Recipient.Address is a mail address
)

// PublicList is whom a newsroom or an organization tells who are not its own people. It is a recipient of watches like any
// other; what they owe it goes to its subscribers once a person has released it.
type PublicList struct {
	ID            int64  // drawn, so that no link in an old mail comes to mean another list
	Slug          string // its address: small letters, digits, hyphens
	Name, About   string
	Langs         []string // of the words around the news; the first is meant where nothing else is said
	Watch         int64    // the watch made with it
	Recipient     int64    // the list as a recipient, of ListCarrier
	Imprint       string   // who writes, with a postal address: stands in every mail
	AtOnce        bool     // nobody has to release its mail
	TimeOut       time.Duration
	SendLate      bool  // what nobody released in time is sent; otherwise it is cancelled
	Releaser      int64 // a recipient of the desk's own who is told at once that something waits for release; 0: nobody
	Delegate      int64 // the one who is told when half of the time is over
	Off           bool  // takes nobody and mails nobody
	Hold          string
	Created       time.Time
	SubscriberCap int // sign-ups an hour; 0: the desk's default
}

// Subscription is how a subscriber stands to a list.
type Subscription struct {
	List, Subscriber int64
	State            RecipientState
	Lang             string
	Basis            string // "opt-in", or the legal basis that an import stated
	Consent          string // the words that were shown
	Form             string // where
	Asks             int    // mails that asked for consent since the last answer
	Asked            time.Time
	Since            time.Time // of State
}
