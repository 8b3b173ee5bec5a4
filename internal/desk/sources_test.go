package desk_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"marsad/feed"
	"marsad/internal/desk"
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
