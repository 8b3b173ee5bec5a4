package text

import "testing"

// TestInflections has forms of one word share a stem, and words that only look alike keep theirs.
func TestInflections(t *testing.T) {
	for _, c := range []struct{ by, a, b string }{
		{"turkish", "seçim", "seçimlerde"}, {"turkish", "saldırı", "saldırılar"}, {"turkish", "saldırı", "saldırıda"}, {"turkish", "deprem", "depremlerden"}, {"turkish", "rehine", "rehinelerin"},
		{"turkish", "kaza", "kazada"}, {"turkish", "patlama", "patlamalar"}, {"turkish", "yangın", "yangınlar"},
		{"german", "geisel", "geiseln"}, {"german", "minister", "ministerinnen"}, {"german", "minister", "ministerin"}, {"german", "präsidenten", "präsidentin"}, {"german", "soldaten", "soldatin"},
		{"german", "polizist", "polizistinnen"}, {"german", "regel", "regeln"}, {"german", "häuser", "haus"},
	} {
		if a, b := Stem(c.a, c.by), Stem(c.b, c.by); a != b || a == "" {
			t.Errorf("%s: %s has the stem %q, %s %q", c.by, c.a, a, c.b, b)
		}
	}
	for _, c := range []struct{ by, a, b string }{
		{"german", "berlin", "berl"}, {"german", "termin", "term"}, {"german", "gewinnen", "gewehr"}, {"german", "medizin", "mediz"}, {"german", "platin", "platte"}, {"turkish", "seçim", "seçenek"}, {"turkish", "liman", "lider"},
	} {
		if a, b := Stem(c.a, c.by), Stem(c.b, c.by); a == b {
			t.Errorf("%s: %s and %s share the stem %q", c.by, c.a, c.b, a)
		}
	}
}
