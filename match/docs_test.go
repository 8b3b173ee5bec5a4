package match_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// TestDocumentation asks the queries in the tables of the language's page of the article that the page shows, and wants every operator and
// field to be there.
func TestDocumentation(t *testing.T) {
	b, err := os.ReadFile("../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	d := documented(t, string(b))
	code := regexp.MustCompile("`([^`]+)`")
	asked, all := 0, ""
	for line := range strings.SplitSeq(string(b), "\n") {
		cells := strings.Split(line, " | ")
		if !strings.HasPrefix(line, "| `") || len(cells) != 4 {
			continue
		}
		for i, cell := range cells {
			if i == 1 {
				continue // in words
			}
			for _, m := range code.FindAllStringSubmatch(cell, -1) {
				asked++
				all += m[1] + " "
				if got, _ := match.Compile(parse(t, m[1]), nil).Run(d); got != (i < 3) {
					t.Errorf("%s: %v, the page says otherwise", m[1], got)
				}
			}
		}
	}
	wanted := []string{" OR ", " AND ", " NOT ", " -", "NEAR/", "ONEAR/", "SAME/s", "SAME/p", "ATLEAST/", "FIRST/", "*", "?", "=", `"`, "("}
	for _, f := range query.Fields() {
		wanted = append(wanted, f+":")
	}
	for _, w := range wanted {
		if !strings.Contains(all, w) {
			t.Errorf("the page has no example of %s", w)
		}
	}
	t.Logf("%d queries", asked)
}

// documented makes the article that the page shows.
func documented(t *testing.T, page string) *match.Doc {
	var paragraphs []string
	for line := range strings.SplitSeq(page, "\n") {
		if p, ok := strings.CutPrefix(line, "> "); ok && !strings.HasPrefix(p, "*A crane") {
			paragraphs = append(paragraphs, p)
		} else if ok {
			break
		}
	}
	if len(paragraphs) != 3 {
		t.Fatalf("the page shows no article: %q", paragraphs)
	}
	a := news.Article{ID: 1, Headline: strings.Trim(paragraphs[0], "*"), Text: paragraphs[1] + "\n\n" + paragraphs[2], Lang: "en",
		URL: "https://www.harbour.example/storm", Media: []news.Media{{Caption: "A crane in the water"}},
		Published: news.Stamp{Time: time.Date(2024, 6, 18, 9, 0, 0, 0, time.UTC)}}
	span := func(s string) news.Span {
		at := strings.Index(a.Text, s)
		if at < 0 {
			t.Fatalf("%q is not in the article", s)
		}
		return news.Span{Start: at, End: at + len(s)}
	}
	n := news.Analysis{
		Mentions: []news.Mention{{Span: span("Lina May"), Kind: news.Person, Name: "Lina May"}, {Span: span("Valletta"), Kind: news.Place, Name: "Valletta"},
			{Span: span("Port Authority"), Kind: news.Org, Name: "Port Authority"}},
		Quotations: []news.Quotation{{Speaker: &news.Actor{Span: span("Lina May")}}},
		Claims:     []news.Claim{{Stance: news.Denies, Claimant: &news.Actor{Span: span("Port Authority")}}},
		Timexes:    []news.Timex{{From: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC)}},
	}
	doc := text.Analyze(a.Text, pack.For("en"))
	d := match.NewDoc(a, n, doc, news.Source{Name: "Harbour Post", Country: "MT"})
	d.SetState(match.State{Sources: 3, Breaking: true, First: true})
	return d
}
