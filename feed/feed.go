// Package feed reads what outlets publish to say that something is new: RSS, Atom, RDF, JSON Feed and sitemaps become items.
// It also finds the feeds that a page points to, and reads and writes lists of feeds in OPML.
//
// It fetches nothing. Words and markup come out as the feed gave them, hostile until cleaned; only titles are made plain. A feed that
// breaks off or is damaged in the middle gives the items that are whole.
package feed

import (
	"bytes"
	"errors"
	"slices"
	"time"

	"marsad/news"
)

// Limits on a feed. What is over them is left out; a body that is over MaxBytes is refused.
const (
	MaxBytes = 32 << 20
	MaxItems = 10000
	MaxDepth = 64      // of elements
	MaxText  = 4 << 20 // bytes of one element's text
)

// Errors of Parse.
var (
	ErrTooLarge = errors.New("feed: more than 32 MiB")
	ErrNotAFeed = errors.New("feed: neither RSS, Atom, RDF, JSON Feed nor a sitemap")
)

// Format is the kind of a feed.
type Format string

// The formats.
const (
	RSS          Format = "rss"
	RDF          Format = "rdf"
	Atom         Format = "atom"
	JSON         Format = "json"
	Sitemap      Format = "sitemap"
	SitemapIndex Format = "sitemap-index"
)

// Feed is a feed as read.
type Feed struct {
	Format  Format
	Version string // as the feed names it: "2.0", "1.1"; "" where it does not
	Title   string // plain text
	Summary string
	Home    string // the site's address
	Self    string // the feed's own address, where it moved to or is best asked
	Lang    string // BCP 47, as the feed names it
	Updated time.Time
	Every   time.Duration // how often the feed says that it is worth asking (ttl, sy:updatePeriod), 0 where it does not
	Items   []news.Item   // in the order of the feed
	More    []string      // of a sitemap index: the sitemaps, the latest changed first
	Damaged bool          // broke off or could not be read in places; Items are those that are whole
}

// Parse reads a feed. contentType is the header's value, base the address that it came from; both may be "". Every address in the
// result is absolute where base is. The error is ErrTooLarge or ErrNotAFeed.
func Parse(body []byte, contentType, base string) (Feed, error) {
	if len(body) > MaxBytes {
		return Feed{}, ErrTooLarge
	}
	f, err := read(decode(body, contentType), base)
	f.Items = slices.DeleteFunc(f.Items, func(it news.Item) bool { return it.URL == "" && it.GUID == "" })
	return f, err
}

func read(src []byte, base string) (Feed, error) {
	at := bytes.IndexAny(src, "<{")
	switch {
	case at < 0:
		return Feed{}, ErrNotAFeed
	case src[at] == '{':
		return parseJSON(src[at:], base)
	}
	return parseXML(src[at:], base)
}
