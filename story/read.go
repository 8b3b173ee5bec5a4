package story

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"marsad/news"
	"marsad/sketch"
	"marsad/text"

	"github.com/zeebo/xxh3"
)

type skprint = sketch.Print

// kind of a feature: the three upper bits of its key.
type kind uint8

const (
	term    kind = iota // a word, by language
	name                // a person or organization, or a word of their name by its consonants
	place               // a known place
	day                 // a day that the text dates something on
	number              // a figure
	ordinal             // a place in a row: the 12th
	kinds
)

// most bounds what is kept of each kind.
var most = [kinds]int{term: 72, name: 16, place: 8, day: 4, number: 8, ordinal: 3}

// soughtTerms is how many of the words an article is found by. All that are kept are compared.
const soughtTerms = 20

func key(k kind, s string) uint32 { return uint32(k)<<29 | uint32(xxh3.HashString(s))>>3 }
func kindOf(key uint32) kind      { return kind(key >> 29) }
func hash32(s string) uint32      { return uint32(xxh3.HashString(s)) }
func textHash(sh []uint64) (h uint32) {
	for _, s := range sh {
		h = h*0x01000193 ^ uint32(s)
	}
	return h
}

// reading is an article while it is being placed, with the words behind its numbers.
type reading struct {
	article
	weights  []float32 // of keys
	idfs     []float32 // of keys
	flow     []placed  // what all languages share, in the order of the text
	words    map[uint32]string
	guesses  []uint32 // keys of words that may be names, of which nothing is known
	towns    []uint32 // keys of the sounds of known places, sorted
	phrases  []uint32 // hashes of its print that many stories have, sorted
	bytes    int      // of the text
	doc      *text.Doc
	corrects bool     // it says that it takes something back
	sought   []uint32 // the keys that others are found by: names, places, figures and the most telling words
	all      []uint32 // every key of the text, also those not kept, for the frequencies
	accused  []uint32 // who is accused, and who denies
	denies   []uint32
	orgs     []string // that it names, as entities
	again    bool     // its outlet had its headline on another day
	matter   *matter  // made when first asked for
}

// gathered is a feature before the choice of those that are kept.
type gathered struct {
	key    uint32
	tf     float32
	most   float32 // that its idf may be
	weight float32 // tf times idf
	head   bool
}

// read takes the features out of an article.
func (w *Window) read(in Input) *reading {
	shingles := sketch.Shingles(nil, in.Doc)
	r := &reading{words: make(map[uint32]string, len(in.Doc.Tokens)/2), bytes: len(in.Doc.Text), doc: in.Doc}
	r.article = article{
		id: in.Article.ID, source: in.Source.ID, number: w.base + uint32(len(w.arts)),
		arrived: w.now, headline: strings.Clone(in.Article.Headline), lang: w.lang(in.Article.Lang),
		print: sketch.Winnow(shingles), same: textHash(shingles), url: urlHash(in.Article),
		length: uint16(min(len(in.Doc.Tokens), 65535)),
	}
	r.told, r.clocked = told(in.Article.Published, in.Arrived)
	w.meet(in.Source)
	r.cites = w.cited(in)
	for _, m := range in.Analysis.Mentions {
		if m.Kind == news.Org && m.Entity != "" {
			r.orgs = append(r.orgs, m.Entity)
		}
	}
	g := gather{lore: w.loreOf(packOf(in)), r: r, at: make(map[uint32]int, len(in.Doc.Tokens)/2)}
	g.headline(in)
	r.again, r.column = w.columns.before(r.series, r.told)
	g.terms(in.Doc)
	g.analysis(in)
	g.finish()
	w.choose(r, g.found)
	r.conceived = g.conceived
	r.trace(in.Doc, g.concepts(in.Doc, daysOf(in.Analysis)))
	r.day = happened(in.Analysis.Timexes, r.told)
	r.readClaims(in.Analysis, in.Doc.Text)
	return r
}

// latestZone is how far behind UTC a clock may go.
const latestZone = 12 * time.Hour

// told is when an article was published, as far as it can be believed: never after it arrived; a day without a clock time counts
// as its end, and a clock without a zone as the latest that it can mean, so that neither makes anybody the first.
func told(s news.Stamp, arrived time.Time) (at int64, clocked bool) {
	at = arrived.Unix()
	switch {
	case !s.Known():
		return at, false
	case s.DayOnly:
		return min(at, s.Time.Add(24*time.Hour-time.Second).Unix()), false
	case !s.Zoned:
		return min(at, s.Time.Add(latestZone).Unix()), false
	case s.Time.Unix() > at:
		return at, s.Time.Unix() < at+600
	}
	return s.Time.Unix(), true
}

// happened is the day of the happening: the first day that the text dates something on within a week before it was told and two
// days after, or the day that it was told.
func happened(ts []news.Timex, told int64) int32 {
	for _, t := range ts {
		if d := dayOf(t); d != 0 && d >= int32(told/86400)-7 && d <= int32(told/86400)+2 {
			return d
		}
	}
	return int32(told / 86400)
}

// daysOf gives the words that name a day.
func daysOf(a news.Analysis) (out []news.Span) {
	for _, t := range a.Timexes {
		if dayOf(t) != 0 {
			out = append(out, t.Span)
		}
	}
	return out
}

// dayOf gives the calendar day of a time expression that names one, 0 otherwise.
func dayOf(t news.Timex) int32 {
	if t.From.IsZero() || t.Certainty < .5 || t.To.Sub(t.From) > 25*time.Hour || t.Type != news.Date && t.Type != news.Time {
		return 0
	}
	y, m, d := t.From.Date()
	return int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func urlHash(a news.Article) uint32 {
	u := a.Canonical
	if u == "" {
		u = a.URL
	}
	if u == "" {
		return 0
	}
	u, _, _ = strings.Cut(u, "#")
	return hash32(strings.TrimSuffix(u, "/"))
}

// lang numbers a language by its primary subtag.
func (w *Window) lang(tag string) uint16 {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	n, ok := w.langs[tag]
	if !ok && len(w.tags) < 65535 {
		n = uint16(len(w.tags))
		tag = strings.Clone(tag)
		w.langs[tag] = n
		w.tags = append(w.tags, tag)
	}
	return n
}

// choose keeps the weightiest features of each kind. The choice is the same whatever the order in which they were found.
func (w *Window) choose(r *reading, found []gathered) {
	for i := range found {
		f := &found[i]
		f.weight = f.tf * min(w.freq.idf(r.lang, f.key), f.most)
		r.all = append(r.all, f.key)
	}
	slices.SortFunc(found, func(a, b gathered) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return int(int64(a.key) - int64(b.key))
	})
	var kept [kinds]int
	chosen := found[:0]
	for _, f := range found {
		if k := kindOf(f.key); kept[k] < most[k] && f.weight > 0 {
			if kept[k]++; k != term && k != day || k == term && kept[k] <= soughtTerms {
				r.sought = append(r.sought, f.key)
			}
			chosen = append(chosen, f)
		}
	}
	slices.SortFunc(chosen, func(a, b gathered) int { return int(int64(a.key) - int64(b.key)) })
	r.keys = make([]uint32, 0, len(chosen))
	r.marks = make([]uint8, 0, len(chosen)+maxTrace)
	for _, f := range chosen {
		r.keys = append(r.keys, f.key)
		mark := uint8(min(f.tf*tfScale, 127))
		if f.head {
			mark |= 128
		}
		r.marks = append(r.marks, mark)
		r.weights = append(r.weights, f.weight)
		r.idfs = append(r.idfs, f.weight/f.tf)
	}
	r.principal()
	r.guessNames()
}

// guessNames notes which of the names that are kept are guesses.
func (r *reading) guessNames() {
	n := 0
	for _, k := range r.keys {
		if kindOf(k) != name {
			continue
		}
		if slices.Contains(r.guesses, k) {
			r.guess |= 1 << n
		}
		n++
	}
}

// principal finds the ordinal that an article is about: the headline's, else the first of the text.
func (r *reading) principal() {
	for i, k := range r.keys {
		if kindOf(k) == ordinal && r.marks[i]&128 != 0 {
			r.nth, r.nthHeaded = k, true
			return
		}
	}
	for _, f := range r.flow {
		if kindOf(f.key) == ordinal {
			r.nth = f.key
			return
		}
	}
}

// surface remembers how a feature is written, the first time.
func (r *reading) surface(key uint32, s string) {
	if _, ok := r.words[key]; !ok && utf8.ValidString(s) {
		r.words[key] = s
	}
}
