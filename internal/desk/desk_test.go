package desk_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/corpus"
	"marsad/entity"
	"marsad/internal/demo"
	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/fetch"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
	"marsad/text"
)

// box is a carrier that keeps what it carried.
type box struct {
	mu   sync.Mutex
	sent []news.Delivery
}

func (b *box) Send(_ context.Context, d news.Delivery, _ news.Recipient) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent = append(b.sent, d)
	return "250 ok", nil
}

func (b *box) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.sent)
}

// plainly composes a notice as what it is.
type plainly struct{}

func (plainly) Compose(_ context.Context, n news.Notice, to news.Recipient) ([]byte, error) {
	return fmt.Appendf(nil, "%s: %s story %d", to.Address, n.Kind, n.Story), nil
}

func analyse(a news.Article, doc *text.Doc) news.Analysis {
	return analysis.Of(a, doc, entity.Default())
}

func open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// wire starts the demo's world, its last day within the given time.
func wire(t testing.TB, within time.Duration) *demo.Wire {
	t.Helper()
	c, err := corpus.Load()
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.New(c, demo.Options{Within: within})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Listen(""); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	all.Go(func() {
		if err := w.Serve(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { stop(); all.Wait() })
	return w
}

// quick is a desk that waits for nothing longer than it must.
func quick(t testing.TB, s *sqlite.Store, w *demo.Wire, c desk.Carrier) *desk.Desk {
	return desk.New(desk.Options{
		Store: s, Fetcher: fetch.New(fetch.Options{Hosts: w.Hosts(), Pause: time.Millisecond}), Analyse: analyse,
		Compose: plainly{}, Carrier: func(context.Context, string) desk.Carrier { return c },
		Tick: 20 * time.Millisecond, Every: desk.Interval{First: 100 * time.Millisecond, Min: 50 * time.Millisecond, Max: 200 * time.Millisecond},
		Log: slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelInfo})),
	})
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(b []byte) (int, error) { w.t.Log(string(b)); return len(b), nil }

// run runs a desk until the test calls stop.
func run(t testing.TB, d *desk.Desk) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Errorf("the desk ended: %v", err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// until waits for something to become true.
func until(t testing.TB, what string, most time.Duration, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("after %v: not yet %s", most, what)
}

// seed adds the demo's sources and a watch for everything in English and Arabic.
func seed(t testing.TB, s store.Store, w *demo.Wire) {
	t.Helper()
	ctx := context.Background()
	for _, o := range w.Sources() {
		if _, err := s.AddSource(ctx, o.Source, []news.Feed{o.Feed}); err != nil {
			t.Fatal(err)
		}
	}
	var to []int64
	for n := range 3 {
		id, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: fmt.Sprintf("reader%d@example.org", n), Lang: "en", State: news.Confirmed})
		if err != nil {
			t.Fatal(err)
		}
		to = append(to, id)
	}
	if _, err := s.SaveWatch(ctx, news.Watch{Name: "all", Query: "lang:en OR lang:ar", Recipients: to, Every: time.Nanosecond, Cap: 10000}); err != nil {
		t.Fatal(err)
	}
}

// TestFromWireToBox goes the whole way: the wire publishes, the desk collects, places, matches, and the carrier has the notices.
func TestFromWireToBox(t *testing.T) {
	ctx := context.Background()
	w, s, b := wire(t, 3*time.Second), open(t, filepath.Join(t.TempDir(), "desk.db")), &box{}
	seed(t, s, w)
	d := quick(t, s, w, b)
	events := d.Events(t.Context())
	stop := run(t, d)
	want := len(w.Schedule())
	until(t, "every article of the wire's day", 2*time.Minute, func() bool {
		c, err := s.Counts(ctx)
		return err == nil && c.Articles >= want && c.Backlog == 0
	})
	c, _ := s.Counts(ctx)
	t.Logf("%d published today, %+v", want, c)
	select {
	case e := <-events:
		if e.Stories == 0 {
			t.Error("an event without stories")
		}
	default:
		t.Error("no event told of changed stories")
	}
	ns, err := s.History(ctx, time.Time{})
	if err != nil || len(ns) == 0 {
		t.Fatalf("%d notices (%v)", len(ns), err)
	}
	stop()
	seen := map[string]bool{}
	for _, n := range ns {
		if seen[n.ID] {
			t.Errorf("notice %s twice", n.ID)
		}
		seen[n.ID] = true
	}
}

func storyFilter() store.StoryFilter { return store.StoryFilter{} }

func entryHeadlines(into *[]string) func(store.Entry) bool {
	return func(e store.Entry) bool {
		*into = append(*into, e.Article.Headline)
		return true
	}
}

// TestTryWatch finds that a trial tells what the desk told, and tells nobody.
func TestTryWatch(t *testing.T) {
	ctx := context.Background()
	w, s := wire(t, time.Second), open(t, filepath.Join(t.TempDir(), "desk.db"))
	seed(t, s, w)
	d := quick(t, s, w, &box{})
	stop := run(t, d)
	until(t, "every article of the wire's day", 2*time.Minute, func() bool {
		c, err := s.Counts(ctx)
		return err == nil && c.Articles >= len(w.Schedule()) && c.Backlog == 0
	})
	stop()
	before, _ := s.History(ctx, time.Time{})
	trials, partial, err := d.TryWatch(ctx, news.Watch{Query: "lang:ar", Zone: "UTC"}, time.Now().Add(-240*time.Hour))
	if err != nil || len(trials) == 0 || partial {
		t.Fatalf("%d trials: %v", len(trials), err)
	}
	told, arabic := 0, 0
	for i, v := range trials {
		if v.Headline == "" || v.Lang != "ar" && v.Outcome == "silent" {
			t.Errorf("trial %+v", v)
		}
		if v.Lang == "ar" {
			arabic++
		}
		if i > 0 && v.At.After(trials[i-1].At) {
			t.Error("not the newest first")
		}
		if v.Outcome != "silent" {
			told++
		}
	}
	if told == 0 || 2*arabic < len(trials) { // a story that satisfied the query goes on in any language
		t.Errorf("%d of %d would have been told, %d trials are in Arabic", told, len(trials), arabic)
	}
	if after, _ := s.History(ctx, time.Time{}); len(after) != len(before) {
		t.Error("a trial planned notices")
	}
	if _, _, err := d.TryWatch(ctx, news.Watch{Query: "(("}, time.Time{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a query that cannot be read: %v", err)
	}
}

// TestStoryGrowsIntoAQuery finds a watch told when its story has enough sources, although no single article satisfies it at its
// arrival.
func TestStoryGrowsIntoAQuery(t *testing.T) {
	ctx := context.Background()
	w, s := wire(t, time.Second), open(t, filepath.Join(t.TempDir(), "desk.db"))
	seed(t, s, w)
	id, err := s.SaveWatch(ctx, news.Watch{Name: "many", Query: "sources:>=3", Recipients: []int64{1}, Every: time.Nanosecond, Cap: 10000})
	if err != nil {
		t.Fatal(err)
	}
	stop := run(t, quick(t, s, w, &box{}))
	until(t, "every article of the wire's day", 2*time.Minute, func() bool {
		c, err := s.Counts(ctx)
		return err == nil && c.Articles >= len(w.Schedule()) && c.Backlog == 0
	})
	stop()
	cards, err := s.Stories(ctx, store.StoryFilter{N: 1000})
	if err != nil {
		t.Fatal(err)
	}
	grown := 0
	for _, c := range cards {
		if c.Story.Independent < 3 {
			continue
		}
		grown++
		for _, e := range mustEntries(t, s, c.Story.ID) {
			ms, err := s.MatchesIn(ctx, e.Article.ID)
			if err != nil || !slices.ContainsFunc(ms, func(m news.Match) bool { return m.Watch == id }) {
				t.Errorf("article %d of story %d with %d sources does not match (%v)", e.Article.ID, c.Story.ID, c.Story.Independent, err)
			}
		}
	}
	if grown == 0 {
		t.Error("no story has three sources: nothing was tried")
	}
}

func mustEntries(t *testing.T, s *sqlite.Store, id int64) []store.Entry {
	t.Helper()
	es, err := s.StoryEntries(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return es
}
