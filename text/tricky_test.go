package text_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"marsad/lang/pack"
	"marsad/text"
)

// TestTrickyRunes holds the fast way to the full rules where fuzzing seldom comes: on words made of letters, joiners, points and marks
// of several scripts side by side.
func TestTrickyRunes(t *testing.T) {
	runes := []rune("aZ19é×ÉßŉĳİƒбЁҁ҂҃ӿبأةىـ\u064b\u0652\u0670٠٤۱ک،؛؟.,:;'’‘\"«»–…_- \n\r\t\u00a0\u200d\u200c\u0301אבּ״港ァ🙂🇦\u00ad\x00\x7f")
	r := rand.New(rand.NewPCG(1, 2))
	for range 300_000 {
		var b strings.Builder
		for range 1 + r.IntN(7) {
			if r.IntN(3) == 0 {
				b.WriteString([]string{"ab", "би", "با", "Ü"}[r.IntN(4)])
			}
			b.WriteRune(runes[r.IntN(len(runes))])
		}
		s := b.String()
		if err := text.CheckSegments(s); err != nil {
			t.Fatal(err)
		}
		for _, k := range text.Analyze(s, pack.For("und")).Tokens {
			if want := text.Normalize(s[k.Start:k.End]); k.Norm != want {
				t.Fatalf("%q in %q has the form %q, want %q", s[k.Start:k.End], s, k.Norm, want)
			}
		}
	}
}
