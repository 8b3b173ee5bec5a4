package web

import "testing"

// A sentence that two outlets bear stands once, with both; an outlet counts once.
func TestSameSentenceStandsOnce(t *testing.T) {
	var p party
	for _, s := range []passage{{Before: "They ", Words: "fled", Source: "A"}, {Before: "They ", Words: "fled", Source: "B"}, {Before: "They ", Words: "fled", Source: "B"}, {Words: "Nobody fled", Source: "A"}, {Words: "All fled", Source: "C"}} {
		p.add(s)
	}
	if len(p.Said) != 2 || p.Outlets != 3 || len(p.Said[0].Too) != 1 || p.Said[0].Too[0].Source != "B" || p.Said[1].Source != "C" {
		t.Errorf("%d outlets: %+v", p.Outlets, p.Said)
	}
}
