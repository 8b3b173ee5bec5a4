package web

import (
	"net/http"
	"path"
	"testing"
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
