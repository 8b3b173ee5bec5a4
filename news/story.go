package news

import "time"

// LinkKind says how one article stands to another (TDT: link detection).
type LinkKind string

// The kinds of link.
const (
	Duplicate   LinkKind = "duplicate"   // the same text
	Copy        LinkKind = "copy"        // shared long runs: syndicated, trimmed, another headline
	Translation LinkKind = "translation" // the same facts in the same order in another language
	Update      LinkKind = "update"      // the same outlet, the same happening, a newer text
	Citation    LinkKind = "citation"    // names the other as its source
)

// Direction says which side of a link is the origin.
type Direction string

// The directions; unknown is an answer.
const (
	FromOther Direction = "from-other" // the article follows the other
	ToOther   Direction = "to-other"   // the other follows the article
	Unknown   Direction = "unknown"
)

// Link ties an article to another.
type Link struct {
	Article   int64
	Other     int64
	Kind      LinkKind
	Direction Direction
	Score     float64 // 0 to 1
	Evidence  []Reason
}

// Reason is one named piece of evidence: Kind is a key that the rim puts into words, the rest fills them.
type Reason struct {
	Kind  string   // "names", "rare-terms", "dates", "shared-text", "credit", "first-seen", …
	Words []string // the names or terms meant, as written
	Value float64  // a share, a count or a number of seconds, as Kind says
}

// Placement says where an article belongs, and why.
type Placement struct {
	Article int64
	Story   int64
	New     bool     // the article opened the story
	Because []Reason // "together because"
	Links   []Link
	Merged  []int64 // stories that this article showed to be one with Story, now part of it

	References []Reference // to stories of the archive that its words speak of
}

// Reference is words of an article that speak of an earlier story, such as "the September summit".
type Reference struct {
	Article int64
	Span    Span  // the sentence
	When    Span  // its date
	Other   int64 // the earliest article of that story that was known then: whatever becomes of the story, it is the one of this article
	Story   int64 // the story that Other is of
	Because []Reason
}

// Story is what is known of one happening. (TDT says "topic" or "event", and calls one article a "story".)
type Story struct {
	ID          int64
	Headline    string // of its lead article, in that article's words
	Lead        int64  // article id
	Lang        string // of Headline
	Articles    int
	Sources     int // outlets
	Independent int // outlets once copies and translations count with their origin
	Langs       []string
	First       int64 // article id: the earliest report that we saw
	FirstAt     time.Time
	Lag         time.Duration // from First to the second independent outlet, 0 when there is none
	Opened      time.Time     // first article arrived
	Changed     time.Time     // last article arrived
	Disputed    bool          // a denial answers a claim
	Breaking    time.Time     // when it broke, zero if it did not
	BreakingWhy []Reason
	Merged      int64 // the story that this one became part of, 0 if none
}
