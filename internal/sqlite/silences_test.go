package sqlite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"
)

// crowd is a store with many watches, into which articles come that many of them know.
type crowd struct {
	*Store
	path    string
	watches []int64
	rnd     *rand.Rand
	n       int64
}

func newCrowd(b *testing.B, watches int) *crowd {
	b.Helper()
	c := &crowd{path: filepath.Join(b.TempDir(), "desk.db"), rnd: rand.New(rand.NewPCG(1, 2))}
	c.Store = open(b, c.path)
	for i := range watches {
		id, err := c.SaveWatch(context.Background(), news.Watch{Name: fmt.Sprint("w", i), Query: "harbour"})
		if err != nil {
			b.Fatal(err)
		}
		c.watches = append(c.watches, id)
	}
	return c
}

// article commits one of three articles of a story: found of them find it, and silent is kept for each of all that know the story.
func (c *crowd) article(b *testing.B, found, silent int) {
	b.Helper()
	ctx := context.Background()
	c.n++
	at := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC).Add(time.Duration(c.n) * 9 * time.Second)
	url := fmt.Sprint("https://outlet.example/", c.n)
	id, err := c.KeepPage(ctx, news.Page{URL: url, Body: []byte(url), Fetched: at})
	if err != nil {
		b.Fatal(err)
	}
	s := 1 + (c.n-1)/3
	r := store.Result{Cursor: store.MainCursor, Page: id, Article: news.Article{ID: id, PageID: id, URL: url, Headline: url, Lang: "en", Text: "The harbour reopens at noon."}, Tokens: "the harbour reopens at noon",
		Placement: news.Placement{Article: id, Story: s, New: c.n%3 == 1}, Stories: []news.Story{{ID: s, Headline: url, Lead: id, First: id, Opened: at, Changed: at}}}
	from := int(s*7919) % len(c.watches) // those that know a story are the same for each of its articles
	watch := func(i int) int64 { return c.watches[(from+i*31)%len(c.watches)] }
	for i := range found {
		r.Matches = append(r.Matches, news.Match{Watch: watch(i), Article: id, Spans: []news.Span{{Start: 4, End: 11}}})
	}
	for i := range silent {
		r.Silences = append(r.Silences, news.Silence{Watch: watch(i), Recipient: watch(i), Story: s, Article: id, Kind: "told", First: at, Last: at, Times: 1})
	}
	if err := c.Commit(ctx, r); err != nil {
		b.Fatal(err)
	}
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func (c *crowd) size(b *testing.B) int64 {
	if _, err := c.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(c.path)
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}

// BenchmarkSilences commits articles that 100 of 10,000 watches find, of stories of three, with silences of all that know the story and
// without, in turn.
func BenchmarkSilences(b *testing.B) {
	const watches, found = 10_000, 100
	with, without := newCrowd(b, watches), newCrowd(b, watches)
	var spent [2]time.Duration
	for b.Loop() {
		for i, c := range []*crowd{without, with} {
			begin := processorTime()
			c.article(b, found, i*found)
			spent[i] += processorTime() - begin
		}
	}
	more := float64(with.size(b)-without.size(b)) / float64(b.N)
	b.ReportMetric(float64(spent[0].Microseconds())/float64(b.N), "µs/commit-without")
	b.ReportMetric(float64(spent[1])/float64(spent[0]), "times-with")
	b.ReportMetric(more/found*3, "bytes/silence") // three articles are one silence of each watch
}

// BenchmarkDecisions asks for the first page of a watch that has as many silences as are kept, among half a million of others.
func BenchmarkDecisions(b *testing.B) {
	c := newCrowd(b, 1000)
	for range 600 {
		c.article(b, 0, 500)
	}
	ctx := context.Background()
	begin := processorTime()
	for b.Loop() {
		for _, w := range c.watches[:10] {
			if _, err := c.Decisions(ctx, store.DecisionFilter{Watch: w}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64((processorTime()-begin).Microseconds())/float64(b.N)/10, "µs/page")
	begin = processorTime()
	if _, err := c.LetSilencesGo(ctx, time.Date(2026, 3, 3, 9, 30, 0, 0, time.UTC), store.EachSilences, 50_000); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64((processorTime() - begin).Milliseconds()), "ms/sweep")
}
