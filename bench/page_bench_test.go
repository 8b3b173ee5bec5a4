// Package bench measures Marsad beside its peers on the same pages, one core, one run.
package bench

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"marsad/news"
	"marsad/page"
)

// pages reads the pages of article-extraction-benchmark, and skips where they are absent.
func pages(t testing.TB) [][]byte {
	root := os.Getenv("MARSAD_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	files, _ := filepath.Glob(filepath.Join(root, "page", "aeb", "html", "*.gz"))
	if len(files) == 0 {
		t.Skip("no labelled pages (MARSAD_DATA says where they are)")
	}
	var all [][]byte
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		all = append(all, b)
	}
	return all
}

// spent gives the processor time of this process so far, collecting garbage included: on a machine that others use too, the clock on
// the wall measures them.
func spent(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestPageSpeed prints pages a second for each extractor, of processor time, and the ratios that the project promises.
func TestPageSpeed(t *testing.T) {
	all := pages(t)
	rates := map[string]float64{}
	for _, c := range []struct {
		name string
		run  func(b []byte)
	}{
		{"marsad", func(b []byte) { page.Extract(news.Page{URL: "https://example.org/", Body: b}, nil) }},
		{"x/net/html parse", func(b []byte) { html.Parse(bytes.NewReader(b)) }},
		{"go-readability", func(b []byte) {
			if r, err := readability.FromReader(bytes.NewReader(b), nil); err == nil && r.Node != nil {
				var text strings.Builder
				r.RenderText(&text)
			}
		}},
		{"go-trafilatura", func(b []byte) {
			trafilatura.Extract(bytes.NewReader(b), trafilatura.Options{EnableFallback: true})
		}},
	} {
		c.run(all[0]) // tables are loaded once
		best := 0.0
		for range 3 {
			began := spent(t)
			for _, b := range all {
				c.run(b)
			}
			best = max(best, float64(len(all))/(spent(t)-began).Seconds())
		}
		rates[c.name] = best
		t.Logf("%-17s %7.0f pages/s", c.name, best)
	}
	for _, r := range []struct {
		peer string
		bar  float64
	}{{"go-trafilatura", 8}, {"go-readability", 3}} {
		ratio := rates["marsad"] / rates[r.peer]
		verdict := "ok"
		if ratio < r.bar {
			verdict = "short"
		}
		t.Logf("page speed against %s %.1f bar %.0f %s", r.peer, ratio, r.bar, verdict)
	}
}
