package sqlite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"marsad/corpus"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// TestArchiveAndStream holds the search over an archive to matching the same articles as they come: for every query both find the same.
// MARSAD_CONFORMANCE sets how many articles and queries, such as 5000,500.
func TestArchiveAndStream(t *testing.T) {
	articles, asked := 240, 150
	if testing.Short() {
		articles, asked = 60, 40
	}
	if a, b, ok := strings.Cut(os.Getenv("MARSAD_CONFORMANCE"), ","); ok {
		articles, _ = strconv.Atoi(a)
		asked, _ = strconv.Atoi(b)
	}
	c := newConformance(t, articles)
	entries := make([]match.Entry, asked)
	for i := range entries {
		q, err := query.Parse(c.query(2))
		for err != nil {
			q, err = query.Parse(c.query(2))
		}
		entries[i] = match.Entry{ID: int64(i), Query: q}
	}
	stream := make([][]int64, asked)
	x := match.Build(entries, match.Options{})
	for _, e := range c.entries {
		ms, _ := x.Match(c.doc(e))
		for _, m := range ms {
			stream[m.Watch] = append(stream[m.Watch], e.Article.ID)
		}
	}
	// One reads what it needs of articles each time; another remembers; to the third a part of the articles is as if indexed long ago.
	stores := []*Store{c.store, open(t, c.store.path, Alone()), open(t, c.store.path, Alone())}
	stores[2].unmarked, stores[2].unstated = c.entries[articles/5].Article.ID, c.entries[articles/2].Article.ID
	matches, some := 0, 0
	for i, e := range entries {
		c.store = stores[i%3]
		got := c.archive(e.Query, store.FindOptions{N: 1 << 20, Rank: i%7 == 0 && articles < mostRanked})
		slices.Sort(got)
		if !slices.Equal(got, stream[i]) {
			t.Errorf("%s\narchive %v\nstream  %v", e.Query, short(got), short(stream[i]))
		}
		if matches += len(got); len(got) > 0 && len(got) < articles {
			some++
		}
	}
	if some < asked/3 {
		t.Errorf("only %d of %d queries tell articles apart: the test tests little", some, asked)
	}
	t.Logf("%d articles, %d queries, %d matches: %d queries find some and not all", articles, asked, matches, some)
}

func short(ids []int64) []int64 { return ids[:min(len(ids), 12)] }

// conformance is an archive whose articles are known outside of it too.
type conformance struct {
	*testing.T
	*rand.Rand
	store   *Store
	entries []store.Entry
	states  map[int64]match.State
}

// outlets are the sources of the articles.
var outlets = []news.Source{{Name: "Harbour Post", Country: "PT", Home: "https://a.example"}, {Name: "صوت الميناء", Country: "EG", Home: "https://b.example"},
	{Name: "Élysée Press", Country: "FR", Home: "https://c.example"}}

func newConformance(t *testing.T, n int) *conformance {
	ctx := context.Background()
	c := &conformance{T: t, Rand: rand.New(rand.NewPCG(3, 5)), store: open(t, filepath.Join(t.TempDir(), "desk.db")), states: map[int64]match.State{}}
	for i := range outlets {
		id, err := c.store.AddSource(ctx, outlets[i], nil)
		if err != nil {
			t.Fatal(err)
		}
		outlets[i].ID = id
	}
	var rs []store.Result
	for p, err := range corpus.Generate(corpus.Shape{Seed: 9, Base: time.Date(2024, 5, 20, 0, 0, 0, 0, time.UTC), Days: 40, PerDay: n/40 + 1}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(c.entries) == n {
			break
		}
		id, err := c.store.KeepPage(ctx, news.Page{URL: p.URL, SourceID: outlets[len(c.entries)%3].ID, Fetched: p.Published.Add(time.Minute)})
		if err != nil {
			t.Fatal(err)
		}
		rs = append(rs, c.result(id, p))
	}
	for len(rs) > 0 {
		some := rs[:min(len(rs), 500)]
		if err := c.store.CommitAll(ctx, some); err != nil {
			t.Fatal(err)
		}
		rs = rs[len(some):]
	}
	return c
}

// result makes of an item of the corpus what the desk would commit: three articles a story, some of them copies.
func (c *conformance) result(id int64, p corpus.Publication) store.Result {
	src := outlets[len(c.entries)%3]
	a := p.Truth.Article
	a.ID, a.PageID, a.SourceID, a.URL = id, id, src.ID, p.URL
	n := news.Analysis{ArticleID: id, Mentions: p.Truth.Mentions, Timexes: p.Truth.Timexes, Quotations: p.Truth.Quotations, Claims: p.Truth.Claims}
	first := c.entries
	first = first[len(first)-len(first)%3:]
	story, lead := id, id
	if len(first) > 0 {
		story, lead = first[0].Placement.Story, first[0].Article.ID
	}
	// The state is that of the story of all three.
	group := (len(c.entries) / 3) % 5
	st := news.Story{ID: story, Headline: "x", Lead: lead, First: lead, Articles: 3, Independent: group, Opened: p.Published, Changed: p.Published}
	if group == 2 {
		st.Breaking = p.Published
	}
	state := match.State{Sources: group, Breaking: group == 2, First: lead == id}
	place := news.Placement{Article: id, Story: story, New: lead == id}
	if lead != id && c.IntN(2) == 0 {
		state.Copy = true
		place.Links = []news.Link{{Article: id, Other: lead, Kind: news.Copy, Direction: news.FromOther, Score: 1}}
	}
	e := store.Entry{Article: a, Analysis: n, Placement: place, Source: src}
	c.entries, c.states[id] = append(c.entries, e), state
	return store.Result{Cursor: store.MainCursor, Page: id, Article: a, Analysis: n, Tokens: c.doc(e).Tokens(), Placement: place, Stories: []news.Story{st}}
}

func (c *conformance) doc(e store.Entry) *match.Doc {
	d := match.NewDoc(e.Article, e.Analysis, text.Analyze(e.Article.Text, pack.For(e.Article.Lang)), e.Source)
	d.SetState(c.states[e.Article.ID])
	return d
}

// archive finds all that satisfies a query, page after page.
func (c *conformance) archive(q query.Query, o store.FindOptions) (ids []int64) {
	for {
		f, err := c.store.Find(context.Background(), q, o)
		if err != nil {
			c.Fatal(q, err)
		}
		for _, h := range f.Hits {
			ids = append(ids, h.Entry.Article.ID)
		}
		if o.After = f.Next; f.Next == "" {
			return ids
		}
	}
}

// words gives a few words that follow each other in some article, one of them perhaps in a form of its own.
func (c *conformance) words(n int) []string {
	for {
		a := &c.entries[c.IntN(len(c.entries))].Article
		all := strings.FieldsFunc(a.Headline+" "+a.Text, func(r rune) bool {
			return strings.ContainsRune(" \n.,;:!?()[]{}\"'’“”„«»،؛؟、。「」-–—*=/", r)
		})
		if len(all) < n+1 {
			continue
		}
		i := c.IntN(len(all) - n)
		if !slices.ContainsFunc(all[i:i+n], func(w string) bool { return strings.ToUpper(w) == w && strings.ToLower(w) != w }) { // may be an operator
			return all[i : i+n]
		}
	}
}

func (c *conformance) word() string { return c.words(1)[0] }

func (c *conformance) phrase() string { return `"` + strings.Join(c.words(2+c.IntN(2)), " ") + `"` }

func (c *conformance) prefix() string {
	w := []rune(c.word())
	return string(w[:min(len(w), 1+c.IntN(4))]) + "*"
}

// group gives what may stand beside an operator of places.
func (c *conformance) group() string {
	switch c.IntN(5) {
	case 0:
		return "(" + c.word() + " OR " + c.word() + ")"
	case 1:
		return c.phrase()
	case 2:
		return "=" + c.word()
	}
	return c.word()
}

// statement draws a statement about the article, mostly true of some.
func (c *conformance) statement() string {
	e := &c.entries[c.IntN(len(c.entries))]
	name := func() string {
		if ms := e.Analysis.Mentions; len(ms) > 0 {
			m := ms[c.IntN(len(ms))]
			return `"` + strings.ReplaceAll(e.Article.Text[m.Start:m.End], `"`, "") + `"`
		}
		return "nobody"
	}
	day := e.Article.Published.Time.Format("2006-01-02")
	host := strings.Split(strings.TrimPrefix(e.Article.URL, "https://"), "/")[0]
	op := []string{"", ">", ">=", "<", "<="}[c.IntN(5)]
	return []string{"lang:" + e.Article.Lang, "source:" + strings.Fields(e.Source.Name)[c.IntN(2)], "domain:" + host, "country:" + e.Source.Country, "who:" + name(),
		"org:" + name(), "where:" + name(), "speaker:" + name(), "denies:" + name(), "on:" + day[:7], "on:" + op + day, "published:" + op + day, "published:" + day[:7],
		"words:" + op + fmt.Sprint(20+c.IntN(200)), "sources:" + op + fmt.Sprint(c.IntN(5)), "is:breaking", "is:first", "nodup:"}[c.IntN(18)]
}

// query draws a query of every kind, as deep as said.
func (c *conformance) query(depth int) string {
	if depth > 0 {
		switch c.IntN(5) {
		case 0:
			return "(" + c.query(depth-1) + ") (" + c.query(depth-1) + ")"
		case 1:
			return "(" + c.query(depth-1) + ") OR (" + c.query(depth-1) + ")"
		case 2:
			return "(" + c.query(depth-1) + ") -(" + c.query(0) + ")"
		}
	}
	switch c.IntN(12) {
	case 0, 1:
		return c.phrase()
	case 2:
		return c.prefix()
	case 3:
		return c.group() + []string{" NEAR/6 ", " ONEAR/9 ", " SAME/s ", " SAME/p "}[c.IntN(4)] + c.group()
	case 4:
		return fmt.Sprintf("ATLEAST/%d %s", 1+c.IntN(3), c.group())
	case 5:
		return fmt.Sprintf("FIRST/%d %s", 1+c.IntN(40), c.group())
	case 6:
		return []string{"title:", "title:", "lead:", "text:", "caption:"}[c.IntN(5)] + []string{c.word(), c.phrase(), c.prefix(), "(" + c.word() + " " + c.word() + ")"}[c.IntN(4)]
	case 7, 8, 9:
		return c.statement()
	case 10:
		return "=" + c.word()
	}
	return c.word()
}
