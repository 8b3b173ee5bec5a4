package web

import (
	"html"
	"regexp"
	"testing"
)

// TestWhoIsNamed: a search tells whom and what its articles name, and each narrows it.
func TestWhoIsNamed(t *testing.T) {
	b := newWorld(t).serve(t)
	links := regexp.MustCompile(`href="(/search\?[^"]*q=[^"]*(?:who|org|where)%3A%22[^"]*)"`).FindAllStringSubmatch(b.get("/search?q=port+OR+ship").wants(200).body, -1)
	if len(links) == 0 {
		t.Fatal("no name stands beside the articles")
	}
	if found := b.get(html.UnescapeString(links[0][1])).wants(200).all(".found"); len(found) == 0 {
		t.Errorf("%s finds nothing", links[0][1])
	}
}
