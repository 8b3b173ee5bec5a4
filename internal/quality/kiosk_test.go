package quality

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/quality/kiosk"
	"marsad/internal/quality/shingle"
	"marsad/news"
	"marsad/page"
)

// kioskFloors are the least that either half of the drawn pages may fall to: text, the text of the worst language, headlines, authors,
// days, captions, lists that are no article.
var kioskFloors = [7]float64{0.985, 0.98, 0.99, 0.99, 0.99, 0.98, 0.96}

// kioskScore counts one half.
type kioskScore struct {
	text                                   map[string][]shingle.Overlap
	all                                    []shingle.Overlap
	pages, title, authors, day, dated      int
	captioned, captions, lists, listsRight int
}

// TestKiosk reads pages drawn by lot: templates of content systems in twelve languages, with a lot of noise on each. Of the sealed half
// the misses are not shown, unless MARSAD_UNSEAL is set.
func TestKiosk(t *testing.T) {
	pages, err := kiosk.Pages()
	if err != nil {
		t.Fatal(err)
	}
	lists, err := kiosk.Lists()
	if err != nil {
		t.Fatal(err)
	}
	halves := [2]*kioskScore{{text: map[string][]shingle.Overlap{}}, {text: map[string][]shingle.Overlap{}}}
	show := os.Getenv("MARSAD_UNSEAL") != ""
	for _, p := range append(pages, lists...) {
		a, err := page.Extract(news.Page{URL: p.URL, Body: p.Body, Fetched: p.Fetched}, nil)
		wrong := halves[b2i(p.Sealed)].read(&p, &a, err)
		if p.Sealed && !show {
			continue
		}
		for _, w := range wrong {
			t.Logf("%s %v: %s", p.Name, p.Noise, w)
		}
	}
	for i, name := range []string{"open", "sealed"} {
		halves[i].pinned(t, name)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// read scores a page, and tells what was wrong.
func (s *kioskScore) read(p *kiosk.Page, a *news.Article, err error) (wrong []string) {
	miss := func(ok bool, n *int, what string) {
		if ok {
			*n++
		} else {
			wrong = append(wrong, what)
		}
	}
	if !p.Article {
		s.lists++
		miss(err != nil, &s.listsRight, "taken for an article: "+a.Text)
		return wrong
	}
	s.pages++
	o := shingle.Compare(a.Text, p.Text)
	s.text[p.Lang], s.all = append(s.text[p.Lang], o), append(s.all, o)
	if o.Both < 1 {
		wrong = append(wrong, difference(a.Text, p.Text))
	}
	miss(foldWords(a.Headline) == foldWords(p.Headline), &s.title, "headline "+a.Headline)
	miss(sameSet(a.Byline, p.Authors), &s.authors, "byline "+strings.Join(a.Byline, "; ")+" not "+strings.Join(p.Authors, "; "))
	if p.Day != "" {
		s.dated++
		day := a.Published.Time.Format(time.DateOnly)
		miss(day == p.Day, &s.day, "day "+day+" from "+string(a.Published.From)+" not "+p.Day)
	}
	if len(p.Captions) > 0 {
		s.captioned++
		var said []string
		for _, m := range a.Media {
			if m.Caption != "" {
				said = append(said, m.Caption+" | "+m.Credit)
			}
		}
		miss(sameSet(said, p.Captions), &s.captions, "media "+strings.Join(said, "; ")+" not "+strings.Join(p.Captions, "; "))
	}
	return wrong
}

// difference names the lines that only one of two texts has.
func difference(said, truth string) string {
	var b strings.Builder
	lines := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == '\n' }) }
	for _, c := range [...]struct{ sign, a, b string }{{" +", said, truth}, {" -", truth, said}} {
		other := map[string]bool{}
		for _, l := range lines(c.b) {
			other[foldWords(l)] = true
		}
		for _, l := range lines(c.a) {
			if !other[foldWords(l)] {
				b.WriteString(c.sign + "«" + l + "»")
			}
		}
	}
	return b.String()
}

func (s *kioskScore) pinned(t *testing.T, half string) {
	worst := 1.0
	for _, lang := range slices.Sorted(maps.Keys(s.text)) {
		f, _, _ := shingle.F1(s.text[lang])
		t.Logf("kiosk %s %s: F1 %.4f of %d", half, lang, f, len(s.text[lang]))
		worst = min(worst, f)
	}
	f, precision, recall := shingle.F1(s.all)
	t.Logf("kiosk %s: %d pages, precision %.4f recall %.4f; %d lists", half, s.pages, precision, recall, s.lists)
	share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
	for i, c := range []struct {
		name       string
		value, bar float64
	}{
		{"text F1", f, 0.96}, {"text F1 of the worst language", worst, 0.93}, {"headlines", share(s.title, s.pages), 0.92}, {"authors", share(s.authors, s.pages), 0.80},
		{"days", share(s.day, s.dated), 0.98}, {"captions", share(s.captions, s.captioned), 0.90}, {"lists are no articles", share(s.listsRight, s.lists), 0.95},
	} {
		pagePinned(t, "kiosk "+half+" "+c.name, c.value, kioskFloors[i], c.bar)
	}
}
