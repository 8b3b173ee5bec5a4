package press

import (
	"strings"
	"testing"
)

func TestPages(t *testing.T) {
	pages, err := Pages()
	if err != nil {
		t.Fatal(err)
	}
	langs, sealed, layouts := map[string]int{}, map[string]bool{}, map[string]bool{}
	for _, p := range pages {
		langs[p.Lang]++
		layouts[p.Layout] = true
		if p.Sealed {
			sealed[p.Layout] = true
		}
		if len(p.Truth) < 200 || strings.Contains(p.HTML, "<no value>") {
			t.Errorf("%s: %d bytes of truth", p.Name, len(p.Truth))
		}
	}
	t.Logf("%d pages, %d layouts, %d of them sealed, %d languages: %v", len(pages), len(layouts), len(sealed), len(langs), langs)
	if len(pages) < 60 || len(langs) < 18 || len(sealed)*3 < len(layouts) {
		t.Error("too few pages, languages or sealed layouts")
	}
}
