package page

import (
	"path/filepath"
	"strings"
	"testing"

	"marsad/news"

	"github.com/rogpeppe/go-internal/txtar"
)

// testCase is a page of our own making, with what must be said of it. Its file holds the page (page.html or page.txt) and the
// truth: text, and a list "want" of "key: value" lines, one a fact.
type testCase struct {
	name string
	html bool
	page news.Page
	text string
	want [][2]string
}

func cases(t testing.TB) []testCase {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no test pages: %v", err)
	}
	var out []testCase
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c := testCase{name: strings.TrimSuffix(filepath.Base(name), ".txtar"), page: news.Page{URL: "https://www.news.example/world/story"}}
		for _, f := range ar.Files {
			switch f.Name {
			case "page.html", "page.txt":
				c.html, c.page.Body = f.Name == "page.html", f.Data
			case "text":
				c.text = strings.TrimSpace(string(f.Data))
			case "want":
				for _, l := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
					k, v, _ := strings.Cut(l, ":")
					c.want = append(c.want, [2]string{k, strings.TrimSpace(v)})
				}
			}
		}
		for _, w := range c.want {
			if w[0] == "url" {
				c.page.URL = w[1]
			}
		}
		out = append(out, c)
	}
	return out
}

func TestPages(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			a, err := Extract(c.page, nil)
			if err != nil {
				t.Fatal(err)
			}
			if a.Text != c.text {
				t.Errorf("text:\n%s\nwant:\n%s", a.Text, c.text)
			}
			for _, w := range c.want {
				check(t, &a, w[0], w[1])
			}
			if t.Failed() {
				for _, r := range a.Removed {
					t.Logf("removed %s (%s): %.80s", r.Kind, r.Rule, r.Text)
				}
			}
		})
	}
}

// check compares one fact.
func check(t *testing.T, a *news.Article, key, want string) {
	t.Helper()
	got := ""
	switch key {
	case "url":
		return
	case "headline":
		got = a.Headline
	case "byline":
		got = strings.Join(a.Byline, "; ")
	case "published":
		got = a.Published.Time.Format("2006-01-02")
		if !a.Published.DayOnly {
			got = a.Published.Time.Format("2006-01-02T15:04")
		}
		if a.Published.Zoned {
			got = a.Published.Time.Format("2006-01-02T15:04Z07:00")
		}
		got += " " + string(a.Published.From)
	case "lang":
		got = a.Lang
	case "site":
		got = a.Site
	case "section":
		got = a.Section
	case "tags":
		got = strings.Join(a.Tags, "; ")
	case "canonical":
		got = a.Canonical
	case "dateline":
		got = a.Dateline
	case "subtitle":
		got = a.Subtitle
	case "cites":
		var names []string
		for _, c := range a.Cites {
			names = append(names, c.Name)
		}
		got = strings.Join(names, "; ")
	case "media":
		var all []string
		for _, m := range a.Media {
			all = append(all, m.URL+" | "+m.Caption+" | "+m.Credit)
		}
		got = strings.Join(all, " ;; ")
	case "removed":
		var kinds []string
		for _, r := range a.Removed {
			kinds = append(kinds, string(r.Kind))
		}
		got = strings.Join(kinds, " ")
	case "blocks":
		var kinds []string
		for _, b := range a.Blocks {
			kinds = append(kinds, string(b.Kind))
		}
		got = strings.Join(kinds, " ")
	default:
		t.Fatalf("a case wants %q, which no check knows", key)
	}
	if strings.TrimSpace(got) != want {
		t.Errorf("%s: got %q, want %q", key, got, want)
	}
}
