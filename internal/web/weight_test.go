package web

import (
	"io"
	"net/http"
	"path"
	"slices"
	"testing"
	"time"
)

const (
	pageBar = 60 << 10  // packed, without fonts and pictures
	fontBar = 150 << 10 // all that a page can ask for
)

// TestWeight keeps pages light: what a browser loads for a page, packed, besides fonts.
func TestWeight(t *testing.T) {
	w := newWorld(t)
	heaviest, at := 0, ""
	shared := 0
	for name, a := range loadStatic().byName {
		if ext := path.Ext(name); ext == ".css" || ext == ".js" {
			shared += len(a.packed)
		}
	}
	for name, p := range shown(t, w) {
		rec := w.with("GET", p, "localhost", "127.0.0.1:1", func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip") })
		if size := rec.Body.Len() + shared; size > heaviest {
			heaviest, at = size, name
		}
	}
	verdict := "ok"
	if heaviest > pageBar {
		verdict = "short"
		t.Errorf("%s weighs %d bytes", at, heaviest)
	}
	t.Logf("measure web/page-weight %d (%s) %d %s", heaviest, at, pageBar, verdict)
	fonts := 0
	for name, a := range loadStatic().byName {
		if path.Ext(name) == ".woff2" {
			fonts += len(a.body)
		}
	}
	if fonts > fontBar {
		t.Errorf("the fonts weigh %d bytes", fonts)
	}
	t.Logf("measure web/fonts-weight %d - %d ok", fonts, fontBar)
}

// BenchmarkServerTime measures how long the pages of the invented archive take; the bars are for an archive of any size.
func BenchmarkServerTime(b *testing.B) {
	w := newWorld(b)
	pages := shown(b, w)
	for _, m := range []struct {
		name string
		bar  time.Duration
	}{{"now", 50 * time.Millisecond}, {"story", 50 * time.Millisecond}, {"article", 50 * time.Millisecond}, {"search", 150 * time.Millisecond}} {
		b.Run(m.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				begin := time.Now()
				rec := w.with("GET", pages[m.name], "localhost", "127.0.0.1:1", nil)
				_, _ = io.Copy(io.Discard, rec.Body)
				took = append(took, time.Since(begin))
			}
			slices.Sort(took)
			p50, p99 := took[len(took)/2], took[len(took)*99/100]
			verdict := "ok"
			if p99 > m.bar {
				verdict = "short"
			}
			b.Logf("measure web/time-%s p50 %s, p99 %s %s %s", m.name, p50.Round(100*time.Microsecond), p99.Round(100*time.Microsecond), m.bar, verdict)
		})
	}
}
