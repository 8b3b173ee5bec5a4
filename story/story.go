// Package story says how articles belong together: which of them tell one happening, who reported it first, who copied,
// translated or updated whom, and whether it breaks. [Window.Place] takes one article after another and decides each at once, from
// what the articles before it said, in any mix of languages and without translating.
//
// It holds two weeks of articles in small numbers, not in texts; DESIGN.md tells the method. It claims no more than that an
// article is the earliest that was seen, or that two texts are the same: who is right, and who had it from whom outside the
// window, it does not know. It stores nothing: a window is rebuilt with [Window.Restore].
package story

import (
	"time"

	"marsad/news"
	"marsad/text"
)

// Span is how long an article stays in the window, and the longest that a story grows: one that goes on is continued as a new
// story, so that all that is said of a story rests on articles that the window holds.
const Span = 14 * 24 * time.Hour

// Options of a window. The zero value is usable.
type Options struct {
	NextStory int64         // the id of the first story that the window opens; 0 = 1
	Span      time.Duration // 0 = [Span]
	Names     Namer         // by which an outlet is known under its names in other languages; nil = by its own and its sound
	Alarms    float64       // false alarms a day that the burst test may give; 0 = 1
}

// Namer knows which entities a name in any script may mean.
type Namer interface {
	IDs(name string) []string
}

// Input is one article with all that Place decides by.
type Input struct {
	Article  news.Article // with its ID
	Analysis news.Analysis
	Doc      *text.Doc // of Article.Text
	Source   news.Source
	Arrived  time.Time // when its page was fetched
}

// Window is the articles of the last weeks and their stories. It is not safe for concurrent use.
type Window struct {
	opt     Options
	now     int64 // unix seconds, never goes back
	next    int64 // id of the next story
	arts    []*article
	base    uint32             // number of arts[0]; numbers rise by arrival, the first is 1
	byID    map[int64]uint32   // article id -> number
	stories map[int64]*cluster // those with an article in the window
	sources map[int64]*outlet
	called  map[string]string // names of outlets -> entity
	langs   map[string]uint16
	tags    []string // of langs
	lore    map[string]*lore

	copies  *finder // by shared text
	index   *index  // by shared features
	freq    *freqs
	said    usage // of concepts
	columns columns
	rate    *rates            // of further independent reports
	apart   map[[2]int64]bool // stories that a person keeps apart
	whole   map[int64]bool    // stories that a person made one
}

// NewWindow makes an empty window.
func NewWindow(o Options) *Window {
	if o.Span <= 0 {
		o.Span = Span
	}
	if o.Alarms <= 0 {
		o.Alarms = 1
	}
	return &Window{
		opt: o, next: max(o.NextStory, 1), base: 1,
		byID: map[int64]uint32{}, stories: map[int64]*cluster{}, sources: map[int64]*outlet{}, called: map[string]string{},
		langs: map[string]uint16{"": 0}, tags: []string{""}, lore: map[string]*lore{},
		copies: newFinder(), index: newIndex(), freq: newFreqs(), rate: newRates(o.Alarms), apart: map[[2]int64]bool{}, whole: map[int64]bool{},
	}
}

// NextStory is the id that the next new story gets.
func (w *Window) NextStory() int64 { return w.next }

// Len is the number of articles in the window.
func (w *Window) Len() int { return len(w.arts) }

// Place decides where an article belongs. The first story is the article's own, as it now is; the others changed with it, such
// as those that it showed to be the same. An article whose ID the window holds already stays where it is, and nothing changes.
//
// It takes time in proportion to the article's length and to the neighbours looked at, which are capped: no step reads the whole
// window.
func (w *Window) Place(in Input) (news.Placement, []news.Story) {
	if a := w.find(in.Article.ID); a != nil {
		return news.Placement{Article: a.id, Story: a.story.id}, []news.Story{w.storyOf(a.story)}
	}
	w.advance(in.Arrived)
	r := w.read(in)
	matches := w.otherEpisodes(r, w.sameText(r))
	home, because, merged := w.decide(r, matches)
	p := news.Placement{Article: r.id, Story: home.id, New: len(home.members) == 0, Because: because, Merged: ids(merged)}
	p.Links = w.link(r, home, matches)
	w.watchBurst(w.add(r, home))
	return p, w.changed(home, merged)
}

// Restore puts an article that was placed before back to where it was, in the order in which the articles arrived first. Nothing
// is decided anew.
func (w *Window) Restore(in Input, p news.Placement) {
	if w.find(in.Article.ID) != nil {
		return
	}
	w.advance(in.Arrived)
	r := w.read(in)
	home := w.stories[p.Story]
	if home == nil {
		// A story whose opening article the window has lost takes no more.
		home = &cluster{id: p.Story, opened: w.now, closed: !p.New}
		w.stories[p.Story] = home
	}
	for _, id := range p.Merged {
		if c := w.stories[id]; c != nil && c != home {
			w.merge(c, home)
		}
	}
	w.next = max(w.next, p.Story+1)
	w.reuse(r, p.Links)
	w.watchBurst(w.add(r, home))
}

// RestoreStory gives a story that was restored article by article back what cannot be read off its articles: that it broke, and why.
// To be called after the last Restore, for the stories that the store holds.
func (w *Window) RestoreStory(s news.Story) {
	if c := w.stories[s.ID]; c != nil {
		c.broke, c.why = 0, nil
		if !s.Breaking.IsZero() {
			c.broke, c.why = s.Breaking.Unix(), s.BreakingWhy
		}
	}
}

// article is what the window keeps of one.
type article struct {
	id, source int64
	story      *cluster
	arrived    int64    // unix seconds; never before its predecessor's
	told       int64    // when it was published, as far as that can be believed
	keys       []uint32 // of its features, sorted
	marks      []uint8  // one a key: its weight, and the upper bit if the headline has it; then the trace
	headline   string
	print      skprint
	cites      *[]uint32 // hashes of outlets that it credits, nil for none
	number     uint32
	nth        uint32 // key of the ordinal that it is about, 0 for none
	url        uint32 // hash
	series     uint32 // hash of its outlet and headline, without a date
	same       uint32 // hash of the whole text
	origin     uint32 // number of the article that it copies or translates, 0 for none
	day        int32  // days since 1970 of the happening, as the text dates it
	lang       uint16
	guess      uint16 // one bit a name, in the order of keys: whether it is guessed
	followers  uint16 // that copy or translate it
	length     uint16 // tokens
	nthHeaded  bool   // its headline has the ordinal
	flash      bool   // its headline says that it is urgent
	disputed   bool   // a denial in it answers a claim
	clocked    bool   // told is a clock time that the page gave
	column     bool   // its headline comes back with other texts: the weather, prices
	conceived  bool   // its language has words for concepts
	settled    bool   // its marks hold final weights, not how often each feature is told
}

// art gives the article of a number, nil when the window lost it.
func (w *Window) art(n uint32) *article {
	if i := n - w.base; n >= w.base && int(i) < len(w.arts) {
		return w.arts[i]
	}
	return nil
}

func (w *Window) find(id int64) *article {
	if n, ok := w.byID[id]; ok {
		return w.art(n)
	}
	return nil
}

// advance moves the clock and lets go of what has become too old.
func (w *Window) advance(arrived time.Time) {
	w.now = max(w.now, arrived.Unix())
	w.freq.age(w.now)
	w.columns.age(w.now, int64(w.opt.Span/time.Second))
	for len(w.arts) > 0 && w.arts[0].arrived <= w.now-int64(w.opt.Span/time.Second) {
		w.forget(w.arts[0])
		w.arts[0] = nil
		w.arts = w.arts[1:]
		w.base++
	}
	w.index.trim(w.base)
}

func (w *Window) forget(a *article) {
	w.copies.remove(a)
	delete(w.byID, a.id)
	c := a.story
	c.lose(a.number)
	c.closed = true
	if len(c.members) == 0 {
		delete(w.stories, c.id)
	}
}

// add puts an article into its story and into the indices.
func (w *Window) add(r *reading, home *cluster) *article {
	a := new(article)
	*a = r.article // the reading holds the words, and goes
	a.story = home
	w.settle(a, r)
	w.arts = append(w.arts, a)
	w.byID[a.id] = a.number
	home.take(r)
	w.stories[home.id] = home
	w.copies.add(a)
	w.index.add(a.number, r.sought)
	w.freq.count(r)
	w.said.count(a)
	w.columns.count(a)
	return a
}
