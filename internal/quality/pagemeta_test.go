package quality

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode"

	"marsad/news"
	"marsad/page"

	"github.com/rogpeppe/go-internal/txtar"
)

// metaPage is a page of our own making in one of the conventions that newspapers use, with what must be said of it.
type metaPage struct {
	name, lang, url, headline, day string
	html                           []byte
	byline, cites, media           []string
}

// sealed tells whether a page belongs to the half whose misses are not looked at: by the hash of its name.
func (p *metaPage) sealed() bool { return sha256.Sum256([]byte(p.name))[0]%2 == 1 }

func metaPages(t testing.TB) []metaPage {
	files, err := filepath.Glob(filepath.Join("testdata", "pagemeta", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	var pages []metaPage
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(ar.Files); i += 2 {
			p := metaPage{name: strings.TrimSuffix(ar.Files[i].Name, ".html"), lang: strings.TrimSuffix(filepath.Base(file), ".txtar"), html: ar.Files[i].Data}
			p.wants(string(ar.Files[i+1].Data))
			pages = append(pages, p)
		}
	}
	return pages
}

func (p *metaPage) wants(s string) {
	for _, line := range strings.Split(strings.TrimSpace(s), "\n") {
		key, v, _ := strings.Cut(line, ": ")
		list := []string{}
		if v != "" {
			list = strings.Split(v, "; ")
		}
		switch key {
		case "url":
			p.url = v
		case "headline":
			p.headline = v
		case "byline":
			p.byline = list
		case "published":
			p.day = v
		case "cites":
			p.cites = list
		case "media":
			p.media = append(p.media, v)
		}
	}
}

// foldWords gives the words of s alone, in small letters: how titles and names are compared.
func foldWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	}), " ")
}

func sameSet(a, b []string) bool {
	fold := func(list []string) []string {
		var out []string
		for _, s := range list {
			out = append(out, foldWords(s))
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	return slices.Equal(fold(a), fold(b))
}

// facts counts what was right: the headline, the authors as a set, the day, the pictures' words and makers.
type facts struct{ pages, title, authors, day, media int }

func (f *facts) add(p *metaPage, a *news.Article) (wrong []string) {
	f.pages++
	said := []string{}
	for _, m := range a.Media {
		said = append(said, m.Caption+" | "+m.Credit)
	}
	day := ""
	if a.Published.Known() {
		day = a.Published.Time.Format(time.DateOnly)
	}
	for _, c := range []struct {
		n     *int
		ok    bool
		named string
	}{
		{&f.title, foldWords(a.Headline) == foldWords(p.headline), fmt.Sprintf("headline %q, not %q", a.Headline, p.headline)},
		{&f.authors, sameSet(a.Byline, p.byline), fmt.Sprintf("byline %q, not %q", a.Byline, p.byline)},
		{&f.day, day == p.day, fmt.Sprintf("published %s from %s, not %s", day, a.Published.From, p.day)},
		{&f.media, sameSet(said, p.media), fmt.Sprintf("media %q, not %q", said, p.media)},
	} {
		if c.ok {
			*c.n++
		} else {
			wrong = append(wrong, c.named)
		}
	}
	return wrong
}

func (f *facts) String() string {
	n := float64(max(f.pages, 1))
	return fmt.Sprintf("pages %d titles %.3f authors %.3f days %.3f captions %.3f", f.pages, float64(f.title)/n, float64(f.authors)/n, float64(f.day)/n, float64(f.media)/n)
}

// TestPageMetadata reads pages of our own making in 28 languages and 16 conventions. Half of them are sealed: their misses are shown
// to nobody, unless MARSAD_UNSEAL is set.
func TestPageMetadata(t *testing.T) {
	open, shut := &facts{}, &facts{}
	langs := map[string]*facts{}
	for _, p := range metaPages(t) {
		a, err := page.Extract(news.Page{URL: p.url, Body: p.html}, nil)
		if err != nil {
			t.Errorf("%s: %v", p.name, err)
		}
		if langs[p.lang] == nil {
			langs[p.lang] = &facts{}
		}
		langs[p.lang].add(&p, &a)
		if p.sealed() {
			shut.add(&p, &a)
			continue
		}
		for _, wrong := range open.add(&p, &a) {
			t.Logf("%s: %s", p.name, wrong)
		}
	}
	var tags []string
	for tag := range langs {
		tags = append(tags, tag)
	}
	sort.Strings(tags)
	for _, tag := range tags {
		t.Logf("page metadata %s: %s", tag, langs[tag])
	}
	for _, half := range []struct {
		name string
		f    *facts
	}{{"open", open}, {"sealed", shut}} {
		n := float64(half.f.pages)
		pagePinned(t, "page titles, own pages, "+half.name, float64(half.f.title)/n, metaFloors[0], 0.92)
		pagePinned(t, "page authors, own pages, "+half.name, float64(half.f.authors)/n, metaFloors[1], 0.80)
		pagePinned(t, "page day, own pages, "+half.name, float64(half.f.day)/n, metaFloors[2], 0.98)
		pagePinned(t, "page captions, own pages, "+half.name, float64(half.f.media)/n, metaFloors[3], 0.90)
	}
}

// metaFloors are the least that either half may fall to: titles, authors, days, captions.
var metaFloors = [4]float64{0.98, 0.96, 0.96, 0.95}

// TestPeersMetadata reads the labels that go-trafilatura's comparison gives, where its module is in the cache and MARSAD_PEERS names
// the folder of its test files with labels.json beside them.
func TestPeersMetadata(t *testing.T) {
	dir := os.Getenv("MARSAD_PEERS")
	if dir == "" {
		t.Skip("MARSAD_PEERS names no folder of labelled pages")
	}
	var labels []struct {
		URL, File, Title, Date string
		Authors                []string
	}
	readJSON(t, filepath.Join(dir, "labels.json"), &labels)
	var n, right [3]int
	for _, l := range labels {
		b, err := os.ReadFile(filepath.Join(dir, l.File))
		if err != nil {
			continue
		}
		a, _ := page.Extract(news.Page{URL: l.URL, Body: b}, nil)
		for i, c := range []struct{ asked, ok bool }{
			{l.Title != "", foldWords(a.Headline) == foldWords(l.Title)},
			{len(l.Authors) > 0, sameSet(a.Byline, l.Authors)},
			{l.Date != "", a.Published.Known() && a.Published.Time.Format(time.DateOnly) == l.Date},
		} {
			if c.asked {
				n[i]++
				if c.ok {
					right[i]++
				}
			}
		}
	}
	for i, name := range []string{"titles", "authors", "days"} {
		t.Logf("page %s, go-trafilatura's labels: %.3f of %d", name, float64(right[i])/float64(max(n[i], 1)), n[i])
	}
}
