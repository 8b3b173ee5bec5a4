package news

import "time"

// Source is an outlet that the desk watches.
type Source struct {
	ID      int64
	Name    string
	Home    string // the site's address
	Lang    string // BCP 47, "" when it publishes in several
	Country string // ISO 3166-1 alpha-2, or ""
	Muted   bool   // paused: nothing is fetched from it
	Licence string // "" = headline and at most two sentences may leave the desk; "full" = the operator may pass on the text
	Created time.Time
	Every   time.Duration // how often its feeds are asked; 0 = about as often as they change
}

// Feed is one address that a source publishes new items on.
type Feed struct {
	ID           int64
	SourceID     int64
	URL          string
	ETag         string        // of the last 200, for If-None-Match
	LastModified string        // of the last 200, for If-Modified-Since
	Every        time.Duration // the present interval; adapts to how often the feed changes
	Fixed        time.Duration // its source's Every: the interval does not adapt; kept with the source, not with the feed
	Due          time.Time     // next fetch not before
	Checked      time.Time     // last attempt
	Changed      time.Time     // last attempt that brought something new
	Failures     int           // failed attempts in a row
	Problem      string        // kind of the last failure, "" when well: see internal/fault
	Gone         bool          // 410, or told to stop
}

// Item is an entry of a feed or sitemap: a pointer to a page, with what the feed says about it.
type Item struct {
	URL       string
	GUID      string
	Title     string
	Summary   string // as HTML or text, as the feed gave it: hostile until cleaned
	Content   string // the full content if the feed carries it: hostile until cleaned
	Author    string
	Lang      string
	Published time.Time // zero when the feed does not say
	Updated   time.Time
	Tags      []string
	Media     []Media
}

// Page is what was fetched, as it was fetched: raw and immutable (WARC calls it a response record).
type Page struct {
	ID          int64
	SourceID    int64
	FeedID      int64
	URL         string // as asked for
	Final       string // after redirects
	Status      int
	ContentType string // the header's value, with charset if it named one
	Body        []byte
	Fetched     time.Time
	Item        Item // what the feed said about it; zero for a page that came alone
}
