package feed

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// Outline is a feed in an OPML list.
type Outline struct {
	Title   string
	Feed    string // address
	Home    string // the site's address, or ""
	Lang    string
	Folder  string        // names of the groups around it, "/" between
	Also    []string      // further folders in which the list has it again
	Outlet  string        // feeds next to each other that share it are one outlet's; "" says nothing
	Country string        // ISO 3166-1 alpha-2, or ""
	Licence string        // as news.Source has it
	Every   time.Duration // how often it is asked, from LeastEvery to MostEvery; 0 where the list does not say
	Paused  bool          // it is kept and not asked
}

// How often a list may have a feed asked; what lies outside is brought to the nearer end.
const (
	LeastEvery = 5 * time.Minute
	MostEvery  = 7 * 24 * time.Hour
)

// Subscriptions is an OPML list as read.
type Subscriptions struct {
	Feeds []Outline // in the order of the list, each address once
	Left  []LeftOut // entries that name no feed that can be asked
	Cut   bool      // the list goes on behind MaxItems feeds; those behind are not among Feeds
	Short bool      // the list breaks off; what stood before is among Feeds
}

// LeftOut is an entry of a list that is no feed here.
type LeftOut struct {
	Title   string
	Address string // as the list has it, "" where it has none
}

// ErrNotOPML is ReadOPML's error for another document.
var ErrNotOPML = errors.New("feed: not an OPML list")

// IsOPML tells whether a body looks like an OPML list, in whatever encoding and packing it comes.
func IsOPML(body []byte) bool { return opensOPML(decode(body[:min(len(body), 64<<10)], "")) }

func opensOPML(src []byte) bool {
	return bytes.Contains(bytes.ToLower(src[:min(len(src), 4<<10)]), []byte("<opml"))
}

// ReadOPML gives the feeds of an OPML list, with all folders that each stands in. What other programs have written of pauses and intervals
// is read too: FreshRSS and Miniflux in their namespaces, Tiny Tiny RSS and Liferea without one. A list that is damaged gives what
// can be told of it. The error is ErrTooLarge or ErrNotOPML.
func ReadOPML(body []byte) (Subscriptions, error) {
	if len(body) > MaxBytes {
		return Subscriptions{}, ErrTooLarge
	}
	src := decode(body, "")
	if !opensOPML(src) {
		return Subscriptions{}, ErrNotOPML
	}
	r := listReader{seen: map[string]int{}, prefixes: map[string]string{}}
	// Browsers' tokens rather than XML's: nothing that a program wrote into an attribute makes them give up.
	z := html.NewTokenizer(bytes.NewReader(src))
	for !r.out.Cut && !r.closed {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		z.NextIsNotRawText() // <title/> in the head would swallow the list
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(z.Token(), kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			r.end(z.Token().Data)
		}
	}
	r.out.Short = !r.closed && !r.out.Cut
	return r.out, nil
}

// listReader stands at a place in a list.
type listReader struct {
	out      Subscriptions
	seen     map[string]int    // address -> its place in out.Feeds, from one
	prefixes map[string]string // of namespaces
	folders  []string          // of the outlines around, "" for those that name none
	deep     int               // outlines around beyond MaxDepth
	closed   bool
}

func (r *listReader) start(t html.Token, whole bool) {
	for _, a := range t.Attr {
		if p, ok := strings.CutPrefix(a.Key, "xmlns:"); ok && len(r.prefixes) < MaxDepth {
			r.prefixes[p] = a.Val
		}
	}
	if t.Data != "outline" {
		return
	}
	a := r.attributes(t)
	name := a.title()
	if a.entry() {
		r.take(a, name)
		name = ""
	}
	switch {
	case whole:
	case len(r.folders) == MaxDepth:
		r.deep++
	default:
		r.folders = append(r.folders, clipped(name))
	}
}

func (r *listReader) end(name string) {
	switch {
	case name == "opml":
		r.closed = true
	case name != "outline":
	case r.deep > 0:
		r.deep--
	case len(r.folders) > 0:
		r.folders = r.folders[:len(r.folders)-1]
	}
}

// mostName is how many bytes of a name are read.
const mostName = 400

func clipped(s string) string {
	if len(s) > mostName {
		s = strings.ToValidUTF8(s[:mostName], "")
	}
	return s
}

// take keeps an entry, in the folders that stand around it or, where none do, that it names itself.
func (r *listReader) take(a listed, name string) {
	o := a.outline()
	o.Title = clipped(name)
	if !isWeb(o.Feed) {
		if len(r.out.Left) < MaxItems {
			r.out.Left = append(r.out.Left, LeftOut{o.Title, clipped(plain(cmp.Or(a["xmlurl"], a["url"], a["htmlurl"])))})
		}
		return
	}
	folders := []string{strings.Join(slices.DeleteFunc(slices.Clone(r.folders), func(f string) bool { return f == "" }), "/")}
	if folders[0] == "" {
		folders = a.categories()
	}
	at := r.seen[o.Feed]
	if at == 0 {
		if len(r.out.Feeds) == MaxItems {
			r.out.Cut = true
			return
		}
		r.out.Feeds = append(r.out.Feeds, o)
		at = len(r.out.Feeds)
		r.seen[o.Feed] = at
	}
	for _, f := range folders {
		r.out.Feeds[at-1].file(f)
	}
}

// mostFolders is in how many folders an address may stand.
const mostFolders = 20

// file notes a folder.
func (o *Outline) file(folder string) {
	switch {
	case folder == "" || folder == o.Folder || slices.Contains(o.Also, folder) || len(o.Also) == mostFolders:
	case o.Folder == "":
		o.Folder = folder
	default:
		o.Also = append(o.Also, folder)
	}
}
