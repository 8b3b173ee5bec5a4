package desk

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marsad/alert"
	"marsad/analysis"
	"marsad/corpus"
	"marsad/entity"
	"marsad/internal/demo"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
	"marsad/text"

	"github.com/google/go-cmp/cmp"
)

// spy is a store that remembers what was decided of each article.
type spy struct {
	*sqlite.Store
	mu      sync.Mutex
	decided map[int64]store.Result
	joined  map[int64]bool // stories that became part of another, or took one in
}

func (s *spy) Commit(ctx context.Context, r store.Result) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Rejected == "" {
		s.decided[r.Article.ID] = r
		for _, id := range r.Placement.Merged {
			s.joined[id], s.joined[r.Placement.Story] = true, true
		}
	}
	return s.Store.Commit(ctx, r)
}

func (s *spy) Correct(ctx context.Context, c store.Correction, e store.Effect) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range e.Stories {
		s.joined[st.ID] = true
	}
	return s.Store.Correct(ctx, c, e)
}

// lister composes notices as nothing, and digests as what was kept for them.
type lister struct{ *sqlite.Store }

func (lister) Compose(context.Context, news.Notice, news.Recipient) ([]byte, error) {
	return []byte("x"), nil
}

func (l lister) Stories(ctx context.Context, n news.Notice) (out []news.Reason, err error) {
	for _, kind := range []string{"digest", "cap", "queue"} {
		ds, err := l.Decisions(ctx, store.DecisionFilter{Watch: n.Watch, Kind: kind, N: 1000})
		if err != nil {
			return nil, err
		}
		for _, d := range ds {
			if d.Delivery == nil && (kind == "digest") == (n.Due.Sub(n.Planned) >= 0 && !alert.IsRest(n)) && !d.Silence.Last.Before(n.Planned) && !d.Silence.Last.After(n.Due) {
				out = append(out, news.Reason{Kind: "story", Words: []string{d.Headline}, Value: float64(d.Silence.Story)})
			}
		}
	}
	return out, nil
}

type sender struct{}

func (sender) Send(context.Context, news.Delivery, news.Recipient) (string, error) { return "ok", nil }

// played is a desk that lived through the invented world's days, each page read at the moment at which it was fetched and each letter sent
// when it was due.
type played struct {
	*testing.T
	spy     *spy
	desk    *Desk
	watches []news.Watch
	now     atomic.Int64
	due     []news.Notice // that wait
	pages   map[int64]string
}

func (p *played) clock() time.Time { return time.UnixMicro(p.now.Load()).UTC() }

// world gives the invented world as pages, in the order of their fetching.
func (p *played) world(begin time.Time) (pages []news.Page) {
	c, err := corpus.Load()
	if err != nil {
		p.Fatal(err)
	}
	w, err := demo.New(c, demo.Options{Now: func() time.Time { return begin }, Start: begin})
	if err != nil {
		p.Fatal(err)
	}
	places := map[string]int64{}
	for _, o := range w.Sources() {
		id, err := p.spy.AddSource(p.Context(), o.Source, nil)
		if err != nil {
			p.Fatal(err)
		}
		places[o.Source.Name] = id
	}
	pages = w.Archive()
	for _, v := range w.Schedule() {
		pages = append(pages, news.Page{SourceID: places[v.Outlet.Name], URL: v.URL, Final: v.URL, Status: 200, ContentType: v.ContentType, Body: v.Body, Fetched: v.Published.UTC().Add(20 * time.Second), Item: v.Entry})
	}
	for i := range pages {
		pages[i].Fetched = pages[i].Fetched.UTC().Truncate(time.Microsecond)
		if pages[i].SourceID > int64(len(places)) {
			pages[i].SourceID = 1
		}
	}
	slices.SortStableFunc(pages, func(a, b news.Page) int { return a.Fetched.Compare(b.Fetched) })
	return pages
}

// orders makes watches that ask for all that can be asked for, one reader each.
func (p *played) orders(created time.Time) {
	rnd := rand.New(rand.NewPCG(7, 9))
	tells := []news.ReasonKind{news.Breaking, news.NewSources, news.Denial, news.NewHeadline, news.NewNumber, news.NewQuote, news.Correction}
	queries := []string{"flood OR فيضان OR inondation", "harbour OR ميناء OR порт", "minister OR وزير", "lang:ar", "lang:en", "sources:>=2", "is:breaking", "is:first lang:en", "-is:first lang:fr", "dam OR سد OR плотина", "lang:ru", "sources:>=3 lang:en"}
	for i := range 3 * len(queries) {
		r, err := p.spy.SaveRecipient(p.Context(), news.Recipient{Carrier: "mail", Address: fmt.Sprint("r", i, "@example.org"), State: news.Confirmed})
		if err != nil {
			p.Fatal(err)
		}
		w := news.Watch{Name: fmt.Sprint(i), Query: queries[i%len(queries)], Recipients: []int64{r}, Zone: "Europe/Berlin", Created: created}
		for _, k := range tells {
			if rnd.IntN(2) == 0 {
				w.Tell = append(w.Tell, k)
			}
		}
		switch i / len(queries) {
		case 1:
			w.Quiet, w.Cap, w.Every = news.QuietHours{From: rnd.IntN(1440), To: rnd.IntN(1440)}, 1+rnd.IntN(4), time.Duration(rnd.IntN(40))*time.Minute
		case 2:
			w.Digest = []int{rnd.IntN(1440), rnd.IntN(1440)}
		}
		if w.ID, err = p.spy.SaveWatch(p.Context(), w); err != nil {
			p.Fatal(err)
		}
		p.watches = append(p.watches, w)
	}
}

// play lets the desk live through the days without the pages of some addresses.
func play(t *testing.T, without map[string]bool) *played {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p := &played{T: t, pages: map[int64]string{}, spy: &spy{Store: s, decided: map[int64]store.Result{}, joined: map[int64]bool{}}}
	begin := time.Date(2026, 3, 10, 11, 20, 0, 0, time.UTC)
	pages := slices.DeleteFunc(p.world(begin), func(page news.Page) bool { return without[page.URL] })
	p.orders(pages[0].Fetched.Add(-time.Hour))
	p.now.Store(pages[0].Fetched.UnixMicro())
	p.desk = New(Options{Store: p.spy, Compose: lister{s}, Carrier: func(context.Context, string) Carrier { return sender{} }, Now: p.clock, Tick: time.Millisecond, Alone: true,
		Analyse: func(a news.Article, doc *text.Doc) news.Analysis { return analysis.Of(a, doc, entity.Default()) }})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- p.desk.Run(ctx) }()
	for _, page := range pages {
		p.pass(page.Fetched)
		id, err := s.KeepPage(ctx, page)
		if err != nil {
			t.Fatal(err)
		}
		p.pages[id] = page.URL
		p.desk.pages.ring()
		p.wait("a page is read", func() bool { at, err := s.Cursor(ctx, store.MainCursor); return err == nil && at >= id })
		p.spy.mu.Lock()
		for _, n := range p.spy.decided[id].Notices {
			if !slices.ContainsFunc(p.due, func(o news.Notice) bool { return o.ID == n.ID }) { // a digest is planned again and again
				p.due = append(p.due, n)
			}
		}
		p.spy.mu.Unlock()
	}
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	return p
}

// playWhole plays the days without those stories that are joined or taken apart in them: a rehearsal knows them as they are in the end, and
// what they led to has its place among the letters on all others.
func playWhole(t *testing.T) *played {
	without := map[string]bool{}
	for {
		p := play(t, without)
		if len(p.spy.joined) == 0 {
			return p
		}
		for id, r := range p.spy.decided {
			if p.spy.joined[r.Placement.Story] {
				without[p.pages[id]] = true
			}
		}
		if t.Logf("%d stories were joined or taken apart: without %d pages", len(p.spy.joined), len(without)); len(without) > len(p.pages)/4 {
			t.Fatal("too few stories stay as they are")
		}
	}
}

func (p *played) wait(what string, ok func() bool) {
	p.Helper()
	for end := time.Now().Add(30 * time.Second); !ok(); time.Sleep(200 * time.Microsecond) {
		if time.Now().After(end) {
			p.Fatalf("not yet: %s", what)
		}
	}
}

// pass lets the time go on, and each letter out when it is due.
func (p *played) pass(until time.Time) {
	slices.SortStableFunc(p.due, func(a, b news.Notice) int { return a.Due.Compare(b.Due) })
	for len(p.due) > 0 && !p.due[0].Due.After(until) {
		p.now.Store(max(p.now.Load(), p.due[0].Due.UnixMicro()))
		p.desk.due.ring()
		for len(p.due) > 0 && !p.due[0].Due.After(p.clock()) {
			p.wait("what is due is sent", func() bool {
				row, err := p.spy.Delivery(p.Context(), p.due[0].ID)
				return err == nil && row.Delivery.State != news.Waiting
			})
			p.due = p.due[1:]
		}
	}
	p.now.Store(max(p.now.Load(), until.UnixMicro()))
}

// TestRehearsalIsThePlay lets a desk live through days with many watches, and rehearses each of them on what it kept: every article is told
// and kept silent as it was, for the same reason and at the same time. Stories that are joined or taken apart are left out, see TryWatch.
func TestRehearsalIsThePlay(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some ten seconds")
	}
	p := playWhole(t)
	told, silent, letters := 0, 0, 0
	for _, w := range p.watches {
		q, err := query.Parse(w.Query)
		if err != nil {
			t.Fatal(err)
		}
		steps, partial, err := p.desk.rehearse(t.Context(), w, q, w.Created)
		if err != nil || partial {
			t.Fatalf("%s: partly %v, %v", w.Query, partial, err)
		}
		rehearsed := map[int64]string{}
		for _, s := range steps {
			rehearsed[s.entry.Article.ID] = decisionsOf(w.ID, s.due, s.silent)
		}
		wrong := 0
		for id, r := range p.spy.decided {
			want, got := decisionsOf(w.ID, r.Notices, r.Silences), rehearsed[id]
			told += len(r.Notices)
			silent += len(r.Silences)
			if want != got {
				if wrong++; wrong <= 3 {
					t.Errorf("watch %d %q, article %d of story %d:\n the desk      %s\n the rehearsal %s", w.ID, w.Query, id, r.Placement.Story, want, got)
				}
			}
		}
		if wrong > 0 {
			t.Errorf("watch %d %q tells %v, digest %v, cap %d: %d articles differ", w.ID, w.Query, w.Tell, w.Digest, w.Cap, wrong)
		}
		letters += p.sameLetters(w, steps)
	}
	n := len(p.watches)
	t.Logf("%d watches, %d notices and %d silences agree, %d told in another's letter", n, told/n, silent/n, letters)
	if told/n < 100 || silent/n < 100 || letters < 20 {
		t.Error("too little happened to compare")
	}
}

// sameLetters finds together in one letter what was told in one by the desk, and counts what was told in another's.
func (p *played) sameLetters(w news.Watch, steps []rehearsed) (joined int) {
	p.Helper()
	name := func(n news.Notice) string { return fmt.Sprint(n.Story, " ", n.Kind, " ", n.Fact) }
	in, want := map[string][]string{}, map[string][]string{} // by the letter, whichever of them it is called by
	of := lettersOf(steps)
	for _, s := range steps {
		for _, n := range s.due {
			if l := of[n.ID]; n.Kind != news.DigestSlot && !l.Due.After(p.clock()) {
				in[l.ID] = append(in[l.ID], name(n))
			}
		}
	}
	ds, err := p.spy.Decisions(p.Context(), store.DecisionFilter{Watch: w.ID, Only: "told", N: 5000})
	if err != nil {
		p.Fatal(err)
	}
	for _, d := range ds {
		if d.Delivery == nil || d.Delivery.Notice.Kind == news.DigestSlot {
			continue
		}
		switch n := d.Delivery.Notice; d.Delivery.State {
		case news.Told:
			joined++
			want[d.Delivery.Reply] = append(want[d.Delivery.Reply], name(n))
		case news.Sent:
			want[n.ID] = append(want[n.ID], name(n))
		}
	}
	if diff := cmp.Diff(bundles(want), bundles(in)); diff != "" {
		p.Errorf("watch %d: letters (-the desk +the rehearsal):\n%s", w.ID, diff)
	}
	return joined
}

func bundles(of map[string][]string) (out []string) {
	for _, names := range of {
		slices.Sort(names)
		out = append(out, strings.Join(names, " | "))
	}
	slices.Sort(out)
	return out
}

// decisionsOf writes down what was decided for a watch.
func decisionsOf(watch int64, due []news.Notice, silent []news.Silence) (out string) {
	for _, n := range due {
		if n.Watch == watch {
			out += fmt.Sprintf("tells %s %q at %s; ", n.Kind, n.Fact, n.Due.UTC().Format("01-02 15:04:05.000"))
		}
	}
	for _, s := range silent {
		if s.Watch == watch {
			out += fmt.Sprintf("silent, %s (%s); ", s.Kind, s.Because)
		}
	}
	return out
}
