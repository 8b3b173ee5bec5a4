package quality

import (
	"maps"
	"os"
	"slices"
	"testing"

	"marsad/internal/quality/press"
	"marsad/internal/quality/shingle"
	"marsad/news"
	"marsad/page"
)

// pressFloor is the F1 under which no language may fall on the open half of our own newspaper pages, on which rules were made.
const pressFloor = 0.93

// TestPressBody scores the text of newspaper pages of our own, by language: the open half of the layouts, or with -sealed the other. The
// layouts are ours, so a high score is no proof; a low one is a fault.
func TestPressBody(t *testing.T) {
	pages, err := press.Pages()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string][]shingle.Overlap{}
	var all []shingle.Overlap
	for _, p := range pages {
		if p.Sealed != *withSealed {
			continue
		}
		a, _ := page.Extract(news.Page{URL: p.URL, Body: []byte(p.HTML)}, nil)
		o := shingle.Compare(a.Text, p.Truth)
		by[p.Lang] = append(by[p.Lang], o)
		all = append(all, o)
		if o.Both < 0.95 && os.Getenv("MARSAD_WORST") != "" {
			t.Logf("%s: both %.3f extra %.3f missing %.3f", p.Name, o.Both, o.Extra, o.Missing)
		}
	}
	floor := pressFloor
	if *withSealed {
		floor = 0
	}
	for _, lang := range slices.Sorted(maps.Keys(by)) {
		f, _, _ := shingle.F1(by[lang])
		pagePinned(t, "press body F1 "+lang, f, floor, 0.93)
	}
	f, p, r := shingle.F1(all)
	t.Logf("press body: %d pages, precision %.4f recall %.4f, sealed half %v", len(all), p, r, *withSealed)
	pagePinned(t, "press body F1", f, floor, 0.96)
}
