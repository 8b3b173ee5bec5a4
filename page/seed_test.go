package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsad/news"
)

// data gives the path of labelled data, and skips the test where there is none.
func data(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("MARSAD_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	path := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no labelled data at %s (MARSAD_DATA says where it is)", path)
	}
	return path
}

func TestSeedPage(t *testing.T) {
	files, _ := filepath.Glob(data(t, "..", "seed", "*.txt"))
	if len(files) == 0 {
		t.Skip("no seed page")
	}
	body, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	a, err := Extract(news.Page{Body: body}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a.Lang != "ar" || !a.RTL || strings.Contains(a.Text, a.Headline) || strings.Contains(a.Text, "[ad_") {
		t.Errorf("lang %s, rtl %v, headline %q", a.Lang, a.RTL, a.Headline)
	}
	var kinds []string
	for _, r := range a.Removed {
		kinds = append(kinds, string(r.Kind))
	}
	want := "repeated-headline ad-slot newsletter caption caption ad-slot source-line"
	if got := strings.Join(kinds, " "); got != want {
		t.Errorf("removed %s, want %s", got, want)
	}
	if len(a.Media) != 2 || a.Media[0].Credit != "غيتي" || a.Media[1].Credit != "رويترز" {
		t.Errorf("media %+v", a.Media)
	}
	if n := len(a.Blocks); n != 21 {
		t.Errorf("%d paragraphs, want 21", n)
	}
}
