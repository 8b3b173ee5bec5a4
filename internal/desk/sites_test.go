package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"marsad/internal/desk"
	"marsad/internal/sqlite"
	"marsad/news"
)

// TestSiteMemory reads articles of an outlet that ends each with the same words: what the first ones teach holds for the later ones, and
// what was left out can be seen.
func TestSiteMemory(t *testing.T) {
	const habit = "Our harbour office looks forward to what you have to tell about the town and its people."
	w := &web{at: map[string]desk.Response{}}
	towns := []string{"Aldermoor", "Brackwater", "Caldbeck", "Dunmarsh", "Eastholm", "Farrowby", "Gullhaven", "Hartsea"}
	var items []string
	for i, town := range towns {
		url := fmt.Sprintf("https://post.example/%d", i)
		p := articlePage(town)
		p.Body = []byte(strings.Replace(string(p.Body), "</article>", "<p>"+habit+"</p></article>", 1))
		w.at[url] = p
		items = append(items, link(url))
	}
	w.at[feedURL] = rss(items...)
	_, s := collecting(t, w, func(_ news.Feed, s *sqlite.Store) bool { return articles(s) == len(towns) })
	for id := int64(1); id <= int64(len(towns)); id++ {
		e, err := s.Entry(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		kept := strings.Contains(e.Article.Text, habit)
		var shown bool
		for _, r := range e.Article.Removed {
			shown = shown || r.Text == habit && r.Rule == "site-memory"
		}
		if want := id <= 3; kept != want || shown == want {
			t.Errorf("article %d: the outlet's habit is in the text: %v, among what was left out: %v", id, kept, shown)
		}
	}
	if b, err := s.SiteMemory(context.Background(), 1); err != nil || len(b) == 0 {
		t.Errorf("kept: %d bytes, %v", len(b), err)
	}
}
