package desk_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"marsad/feed"
	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/news"
)

// BenchmarkLongList adds a list of sources as the desk does, and beside it in the same run one by one; "x" is how often the first goes into
// the second.
func BenchmarkLongList(b *testing.B) {
	const n = 1000
	var list []feed.Outline
	for i := range n {
		list = append(list, feed.Outline{Title: fmt.Sprintf("Outlet %d", i), Feed: fmt.Sprintf("https://o%d.example/feed", i)})
	}
	body := string(feed.WriteOPML("x", list))
	var together, apart time.Duration
	for b.Loop() {
		one, other := open(b, filepath.Join(b.TempDir(), "a.db")), open(b, filepath.Join(b.TempDir(), "b.db"))
		begin := time.Now()
		got, err := desk.New(desk.Options{Store: one, Fetcher: &web{}}).AddSources(b.Context(), desk.Adding{Given: body})
		if err != nil || len(got) != n {
			b.Fatal(len(got), err)
		}
		together += time.Since(begin)
		begin = time.Now()
		for _, o := range list {
			if _, err := other.AddSource(b.Context(), news.Source{Name: o.Title}, []news.Feed{{URL: o.Feed}}); err != nil {
				b.Fatal(err)
			}
		}
		apart += time.Since(begin)
	}
	b.ReportMetric(float64(apart)/float64(together), "x")
	b.ReportMetric(together.Seconds()/float64(b.N)/n*1e6, "us/source")
}

// A feed that is well while none of its pages can be had says so, until one can; what moved to where another feed is says so too.
func TestPagesThatAreClosed(t *testing.T) {
	ctx := t.Context()
	forbidden := fault.New(fault.Denied, "robots.txt forbids it")
	w := &web{at: map[string]desk.Response{
		"https://post.example/feed": rss(link("https://post.example/1")), "https://post.example/1": {Why: desk.Robots},
		"https://old.example/feed": moved(rss(), "https://post.example/feed"),
	}, errs: map[string]error{"https://post.example/1": forbidden}}
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	now := time.Now()
	d := desk.New(desk.Options{Store: s, Fetcher: w, Now: func() time.Time { return now }, Analyse: analyse})
	for _, at := range []string{"https://post.example/feed", "https://old.example/feed"} {
		if _, err := s.AddSource(ctx, news.Source{Name: at}, []news.Feed{{URL: at}}); err != nil {
			t.Fatal(err)
		}
	}
	problems := func(want ...string) {
		t.Helper()
		all, err := s.Sources(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for i, h := range all { // by name
			if f := h.Feeds[0]; f.Problem != want[i] || f.Failures != 0 {
				t.Errorf("%s: %q after %d failures, want %q", f.URL, f.Problem, f.Failures, want[i])
			}
		}
	}
	asked := func() {
		t.Helper()
		run, stop := context.WithCancel(ctx)
		done := make(chan error, 1)
		go func() { done <- d.Run(run) }()
		until(t, "both feeds asked", time.Minute, func() bool {
			all, err := s.Sources(ctx)
			return err == nil && all[0].Feeds[0].Checked.Equal(now.Truncate(time.Microsecond)) && all[1].Feeds[0].Checked.Equal(now.Truncate(time.Microsecond))
		})
		stop()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	asked()
	problems("conflict", "pages-robots")
	now = now.Add(24 * time.Hour) // nothing new: what is known of its pages stays
	asked()
	problems("conflict", "pages-robots")
	w.mu.Lock()
	w.at["https://post.example/feed"], w.at["https://post.example/2"] = rss(link("https://post.example/1"), link("https://post.example/2")), articlePage("Two")
	w.mu.Unlock()
	now = now.Add(24 * time.Hour)
	asked()
	problems("conflict", "")
}

func moved(r desk.Response, to string) desk.Response {
	r.Moved, r.Final = to, to
	return r
}
