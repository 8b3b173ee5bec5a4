// Package corpus holds our own articles and their truth: an invented news world of outlets, happenings and items in six
// languages, and what every stage must say of each item. Its places are real; its people, firms, outlets and happenings are
// invented, and no text in it was taken from anywhere.
//
// The sources under world/ and pages/ are compact: dates are offsets from a base day, names are slots, and marks in the text say
// which words are a date, a name, a quotation or a claim. [Corpus.At] renders them at a base day, the words for days and dates
// in each language among them, and gives every page beside its [Truth].
//
// The package does not serve, store or score anything: internal/demo publishes the pages on loopback, tests of the stages score
// themselves. README.md in this folder describes the source format and the truth.
package corpus

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"

	"marsad/news"
)

//go:embed outlets.toml world/*.txt reports/*.txt pages/*.html
var files embed.FS

// Days is the number of days that the archive covers: items lie on day 0 to Days-1.
const Days = 10

// Corpus is the invented world, unrendered. It is shared and must not be changed.
type Corpus struct {
	Outlets    []Outlet    // in the order of their ids
	Happenings []Happening // in the order of their days, then ids

	outlets map[string]*Outlet
	items   map[string]*Item
}

// Outlet is an invented publisher with its habits.
type Outlet struct {
	ID      string
	Name    string
	Host    string // always under demo.test
	Lang    string // BCP 47
	Country string // ISO 3166-1 alpha-2
	Offset  int    // of its clock from UTC, in minutes
	Agency  bool   // others run its texts under its credit
	Feed    string // rss, atom or json
	Page    string // name of the template under pages/, "text" for plain text
	Charset string // of its pages; "" is UTF-8
	Path    string // form of its addresses: {slug} {n} {y} {m} {d}
	Months  string // for Arabic: pair, levpair, lev or gulf
	Digits  string // "arab" for Arabic-Indic digits
	US      bool   // writes June 18
	Credits string // form of a caption's credit in plain text: %s is the credit
}

// Zone is the outlet's own clock.
func (o *Outlet) Zone() *time.Location { return time.FixedZone("", o.Offset*60) }

// Actor is a person, place or organization of a happening, with its name in each language.
type Actor struct {
	ID    string // "demo:marwan" for the invented, a Wikidata id for the real
	Kind  news.MentionKind
	Names map[string]string // by language
}

// Relation says how an item came to be.
type Relation string

// The relations. All but Original name the item that they come from.
const (
	Original    Relation = "original"    // written by the outlet itself
	Duplicate   Relation = "duplicate"   // the whole text and headline of another outlet's item
	Copy        Relation = "copy"        // whole or part of another's text, perhaps under another headline or inside a longer text
	Translation Relation = "translation" // another's text in another language
	Update      Relation = "update"      // the outlet's own newer text on the same happening
)

// Happening is one thing that happened in the invented world, with everything published on it.
type Happening struct {
	ID      string
	Title   string // what happened, in English, for people who read truth
	Kind    string // visit, storm, opening …
	Day     int    // its own day in the archive; offsets of its items and dates count from here
	Breaks  bool   // should be told as breaking once a second independent outlet reports it
	Unlike  string // id of a happening that must not be taken for this one
	Earlier string // id of an earlier happening that its texts refer back to
	Actors  map[string]*Actor
	Items   []*Item // in the order of publication
}

// Sealed tells whether the happening belongs to the half that is kept for the last measurement: by the hash of its id.
func (h *Happening) Sealed() bool { return hashed(h.ID)%2 == 1 }

// Item is one publication on a happening, unrendered.
type Item struct {
	ID         string // happening/name
	Happening  *Happening
	Outlet     *Outlet
	Day        int           // offset from the happening's day
	Clock      time.Duration // after midnight UTC
	Relation   Relation
	Of         *Item // the item that this one comes from; nil for an original
	Correction bool  // an update that takes something back
	Undated    bool  // the page shows no date of publication
	Byline     []string
	Credit     string // the agency or outlet that the page names as its own source, as written there
	Section    string
	Place      string // dateline as written

	headline, subtitle []node
	slug               string
	clockFault         time.Duration // how far its outlet's clock is wrong
	elements           []element
}

var (
	load      = sync.OnceValues(func() (*Corpus, error) { return read("world/*.txt") })
	loadWhole = sync.OnceValues(func() (*Corpus, error) { return read("world/*.txt", "reports/*.txt") })
)

// read makes an archive of the happenings in the files of some patterns.
func read(patterns ...string) (*Corpus, error) {
	c := &Corpus{outlets: map[string]*Outlet{}, items: map[string]*Item{}}
	if err := c.loadOutlets(); err != nil {
		return nil, err
	}
	var names []string
	for _, p := range patterns {
		some, err := fs.Glob(files, p)
		if err != nil {
			return nil, fmt.Errorf("corpus: %w", err)
		}
		names = append(names, some...)
	}
	if err := c.loadHappenings(names); err != nil {
		return nil, err
	}
	return c, nil
}

// Load gives the embedded world. It is read once; later calls cost nothing. An error means that the sources are broken, which the
// package's own tests rule out.
func Load() (*Corpus, error) { return load() }

// Whole gives the world together with the reports beside it, which are longer and rich in translations, and in reports of one's own
// that only look like one. Of the reports the truth knows their relations and dates alone: names, quotations and claims are not marked.
func Whole() (*Corpus, error) { return loadWhole() }

// Outlet finds an outlet by its id.
func (c *Corpus) Outlet(id string) (*Outlet, bool) { o, ok := c.outlets[id]; return o, ok }

// Item finds an item by its id.
func (c *Corpus) Item(id string) (*Item, bool) { i, ok := c.items[id]; return i, ok }

// Happening finds a happening by its id, nil where there is none.
func (c *Corpus) Happening(id string) *Happening {
	for i := range c.Happenings {
		if c.Happenings[i].ID == id {
			return &c.Happenings[i]
		}
	}
	return nil
}

func (c *Corpus) loadOutlets() error {
	var table map[string]Outlet
	body, err := files.ReadFile("outlets.toml")
	if err != nil {
		return fmt.Errorf("corpus: %w", err)
	}
	if _, err := toml.Decode(string(body), &table); err != nil {
		return fmt.Errorf("corpus: outlets.toml: %w", err)
	}
	for id, o := range table {
		o.ID = id
		c.Outlets = append(c.Outlets, o)
	}
	sort.Slice(c.Outlets, func(i, j int) bool { return c.Outlets[i].ID < c.Outlets[j].ID })
	for i := range c.Outlets {
		c.outlets[c.Outlets[i].ID] = &c.Outlets[i]
	}
	return nil
}

func (c *Corpus) loadHappenings(names []string) error {
	happenings := make([]Happening, len(names))
	for i, name := range names {
		body, err := files.ReadFile(name)
		if err != nil {
			return fmt.Errorf("corpus: %w", err)
		}
		id := strings.TrimSuffix(path.Base(name), ".txt")
		if err := c.parseHappening(&happenings[i], id, string(body)); err != nil {
			return fmt.Errorf("corpus: %s: %w", name, err)
		}
	}
	sort.SliceStable(happenings, func(i, j int) bool { return happenings[i].Day < happenings[j].Day })
	c.Happenings = happenings
	for i := range happenings { // the sort moved the values
		for _, it := range happenings[i].Items {
			it.Happening = &happenings[i]
		}
	}
	return nil
}
