package match_test

import (
	"testing"

	"marsad/match"
)

// TestTokensBy wants the same tokens with a memory that other articles and languages filled.
func TestTokensBy(t *testing.T) {
	m := match.NewMemory()
	for range 2 {
		for _, x := range [][3]string{{"de", "Neue Häuser", "Neue Häuser am Hafen, 3 Häuser."}, {"en", "Running", "The running dogs run café cafe."},
			{"ar", "الميناء", "وبالميناء سفن والميناء"}, {"zh", "港口", "新港口 3"}, {"fr", "Élysée", "L'Élysée court courir"}} {
			d := doc(x[0], x[1], x[2])
			if got, want := d.TokensBy(m), d.Tokens(); got != want {
				t.Errorf("%s:\n%s\n%s", x[0], got, want)
			}
		}
	}
}
