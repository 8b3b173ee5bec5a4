package quality

import (
	"testing"
)

// hardFloors are pinned for the open halves of corpus/claim/<lang>.hard.txt: passives, denials of denials, questions, conditions,
// headlines, verbs that only look like claims. The names are known.
var hardFloors = []struct {
	lang              string
	precision, recall float64
}{
	{"ar", 0, 0}, {"en", 0, 0}, {"ru", 0, 0},
	{"de", 0, 0}, {"fr", 0, 0}, {"es", 0, 0}, {"tr", 0, 0}, {"fa", 0, 0}, {"he", 0, 0}, {"uk", 0, 0}, {"zh", 0, 0},
}

// TestClaimsHard measures claims on sentences that are hard on purpose. A sentence is in the sealed half by its hash.
func TestClaimsHard(t *testing.T) {
	for _, f := range hardFloors {
		var half []marked
		for _, m := range corpusTexts(t, "claim", f.lang+".hard.txt") {
			if sealed(m.text) == *withSealed {
				half = append(half, m)
			}
		}
		c := scoreClaims(t, f.lang, half)
		if *withSealed {
			f.precision, f.recall = 0, 0
		}
		pinned(t, "claim "+f.lang+" hard precision", c.precision(), f.precision, .80)
		pinned(t, "claim "+f.lang+" hard recall", c.recall(), f.recall, 0)
		t.Logf("claim %s hard: %d sentences, %d claims, sealed half %v", f.lang, len(half), c.true_, *withSealed)
	}
}
