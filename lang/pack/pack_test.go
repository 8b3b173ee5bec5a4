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

func TestAliasesLeadToPacks(t *testing.T) {
	for tag, to := range alias {
		if p := For(tag + "-XX"); p != For(to) || p.Text == nil {
			t.Errorf("%s: got the pack of %q, want that of %q", tag, p.Lang, to)
		}
		if packs()[tag] != nil {
			t.Errorf("%s has a pack of its own", tag)
		}
	}
}

// A month that two lists of a language name would be read as the earlier of them.
func TestMonthsNameOneMonth(t *testing.T) {
	for _, p := range All() {
		if p.Page == nil {
			continue
		}
		if n := len(p.Page.Months); n != 0 && n != 12 {
			t.Errorf("%s: %d months", p.Lang, n)
		}
		seen := map[string]int{}
		for i, names := range p.Page.Months {
			for _, name := range names {
				if was, ok := seen[name]; ok && was != i {
					t.Errorf("%s: %q is month %d and month %d", p.Lang, name, was+1, i+1)
				}
				seen[name] = i
			}
		}
	}
}
