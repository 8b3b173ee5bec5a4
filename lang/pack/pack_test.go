package pack

import "testing"

func TestPacksParse(t *testing.T) {
	all := All() // panics on a file that does not parse or holds a key that no stage reads
	if len(all) == 0 {
		t.Fatal("no language packs")
	}
	for _, p := range all {
		if p.Text == nil {
			t.Errorf("%s.toml has no [text] table", p.Lang)
		}
	}
}

func TestForUnknownLanguageIsEmpty(t *testing.T) {
	if p := For("xx-Latn"); p.Lang != "xx" || p.Text != nil {
		t.Fatalf("got %+v", p)
	}
	if For("ar-EG") != For("ar") {
		t.Fatal("a region changed the pack")
	}
}
