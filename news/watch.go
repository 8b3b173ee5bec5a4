package news

import "time"

// Watch is a person's standing order: a query, and how to tell.
type Watch struct {
	ID         int64
	Name       string
	Query      string
	Recipients []int64
	Tell       []ReasonKind  // what besides the first match of a story is told again; see the ReasonKind constants
	Every      time.Duration // pause between notices of one watch; 0 = the desk's default
	Cap        int           // notices a day, 0 = the desk's default
	Quiet      QuietHours
	Digest     []int  // minutes after local midnight at which a digest is due; empty = told as it comes
	Zone       string // IANA name
	Off        bool
	Snoozed    time.Time // it tells nothing until then; zero: it tells
	Muted      []int64   // stories that it tells nothing more of, the one muted last at the end
	Created    time.Time
	By         int64  // the account that made it or took it over, 0: none that is known; it is the whole desk's all the same
	Edited     bool   // its query was changed, and the desk has not gone through what it found before; the store says so
	FeedKey    string // the part that cannot be guessed of the address at which anybody may read its feed; "" = nobody may
}

// QuietHours is a daily stretch of silence in a watch's zone, minutes after local midnight; From == To means none.
type QuietHours struct{ From, To int }

// Match says that an article satisfies a watch, and by which words.
type Match struct {
	Watch   int64
	Article int64
	Spans   []Span
}

// ReasonKind is the kind of thing that a notice tells.
type ReasonKind string

// The kinds of reason for a notice.
const (
	FirstMatch  ReasonKind = "first-match"
	Breaking    ReasonKind = "breaking"
	NewSources  ReasonKind = "new-sources"
	Denial      ReasonKind = "denial"
	NewHeadline ReasonKind = "headline"
	NewQuote    ReasonKind = "quote"
	NewNumber   ReasonKind = "number" // an update gives another figure in the same words
	Correction  ReasonKind = "correction"
	DigestSlot  ReasonKind = "digest"
	Optin       ReasonKind = "opt-in"
	TestMail    ReasonKind = "test"
	Release     ReasonKind = "release" // something to a public list waits for the recipient's word
)

// Silence is a notice that was not planned, and the reason. What happens again with the same story for the same reason is one silence.
type Silence struct {
	Watch, Recipient, Story int64 // Recipient 0: all of the watch's
	Article                 int64 // the last that gave occasion to it
	// Kind is a key that the rim puts into words: off, muted, snoozed, old, before-watch, before-source, unconfirmed, told, not-asked, cap, queue,
	// no-recipient, edited; and digest, for what a digest tells at its time.
	Kind        string
	Because     ReasonKind // what there would have been to tell; "" for all, or nothing
	First, Last time.Time
	Times       int
}

// Edited is the kind of a Silence on what only an earlier query of the watch found.
const Edited = "edited"

// RecipientState is where a recipient stands. Only the confirmed are told anything but the question whether they want to be.
type RecipientState string

// The states of a recipient.
const (
	Unconfirmed  RecipientState = "unconfirmed"
	Confirmed    RecipientState = "confirmed"
	Unsubscribed RecipientState = "unsubscribed"
	Bounced      RecipientState = "bounced"
)

// Recipient is an address that may be owed notices.
type Recipient struct {
	ID        int64
	Carrier   string // "mail", "webhook"
	Address   string
	Lang      string // of the words around the news
	Zone      string
	State     RecipientState
	Secret    string    // webhook HMAC key; never printed
	Consent   string    // the words that the recipient agreed to
	Consented time.Time // zero: never
	Created   time.Time
}

// Notice is a message owed to a recipient, with its reason. ID is the hash of recipient, story, kind and fact, so that a crash, a
// second watch or a merged story tells nobody twice.
type Notice struct {
	ID        string
	Recipient int64
	Watch     int64
	Story     int64
	Article   int64
	Kind      ReasonKind
	Fact      string // what exactly is told: an article, a denial, a digest slot
	Because   []Reason
	Planned   time.Time
	Due       time.Time
	Also      []Notice // what its letter tells besides, from the moment at which it is composed; no part of what is stored with it
	List      int64    // the public list through which a subscriber is told; 0 otherwise
	Cause     string   // the list's own notice, of which this one is a subscriber's copy
}

// DeliveryState is where a notice stands on its way out.
type DeliveryState string

// The states of a delivery.
const (
	Waiting   DeliveryState = "waiting"
	Held      DeliveryState = "held" // stands in the outbox: no carrier is set up, or a person has to release it
	Sent      DeliveryState = "sent"
	Failed    DeliveryState = "failed"
	Cancelled DeliveryState = "cancelled"
	Told      DeliveryState = "told" // in the letter of another notice, which Reply names: delivered as far as that one is
)

// Delivery is the state of a notice's way out: the frozen message and the attempts so far.
type Delivery struct {
	Notice   Notice
	State    DeliveryState
	Message  []byte // composed once and frozen; nil until then
	Attempts int
	Repeats  int // attempts whose outcome the carrier never told: each may have been a second copy
	Next     time.Time
	Leased   time.Time // until then another worker keeps off
	Done     time.Time
	Reply    string    // the carrier's last words; of what is Told the id of the notice whose letter tells it
	Released time.Time // a person let it go; zero: nobody had to, or has to yet
}
