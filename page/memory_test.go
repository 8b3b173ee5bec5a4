package page

import (
	"path/filepath"
	"testing"

	"marsad/news"
)

// cost gives the bytes that reading a page allocates for each of its own.
func cost(body []byte) float64 {
	p := news.Page{Body: body, URL: "https://news.example/"}
	Extract(p, nil) // tables are loaded once
	r := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Extract(p, nil)
		}
	})
	return float64(r.AllocedBytesPerOp()) / float64(len(body))
}

// TestMemoryOfDensePage bounds what the densest markup costs: a megabyte of short blocks, an element every twenty bytes. The nodes are
// memory of the page before.
func TestMemoryOfDensePage(t *testing.T) {
	body := []byte("<html><body><h1>A long page</h1>")
	for len(body) < 1<<20 {
		body = append(body, `<div class="story-part"><p>The last wooden ferry of <a href="/port">Port Linden</a> will carry books instead of passengers, the council decided.</p><ul><li><a href="/x">Bridge closed</a></li></ul></div>`...)
	}
	times := cost(body)
	t.Logf("page memory, dense markup: %.1f times the page", times)
	if times > 10 {
		t.Errorf("%.1f bytes allocated for each of the page", times)
	}
}

// TestMemory bounds what real pages cost: ten times their size, together.
func TestMemory(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(data(t, "page", "aeb", "html"), "*.gz"))
	largest := []byte(nil)
	for _, name := range files {
		if b := unzip(t, name); len(b) > len(largest) {
			largest = b
		}
	}
	times := cost(largest)
	t.Logf("page memory, %d kB: %.1f times the page, bar 10", len(largest)>>10, times)
	if times > 10 {
		t.Errorf("%.1f bytes allocated for each of the page", times)
	}
}
