package timex

import (
	"testing"

	"marsad/lang/pack"
)

func TestPacksCompile(t *testing.T) {
	n := 0
	for _, p := range pack.All() {
		if p.Timex == nil {
			continue
		}
		n++
		if _, err := compile(p); err != nil {
			t.Errorf("%s: %v", p.Lang, err)
		}
	}
	if n < 3 {
		t.Errorf("%d languages", n)
	}
}
