package page_test

import (
	"fmt"

	"marsad/news"
	"marsad/page"
)

func Example() {
	a, err := page.Extract(news.Page{
		URL: "https://harbour.example/2024/03/12/ferry",
		Body: []byte(`<html lang="en"><head><title>Old ferry becomes a library | Harbour Post</title></head><body>
			<nav><a href="/">Home</a> <a href="/culture">Culture</a></nav>
			<h1>Old ferry becomes a library</h1>
			<p class="byline">By Mira Solano</p>
			<p>The last wooden ferry of Port Linden will carry books instead of passengers, the council decided on Monday.</p>
			<p>Shelves are being fitted below deck, and a reading room with forty seats will replace the engine hall.</p>
			<p><a href="/bridge">Read more: Harbour bridge closes for repairs</a></p>
			<p>The library is to open on the first Sunday of April, and entry will be free.</p></body></html>`),
	}, nil)
	fmt.Println(err, a.Headline, a.Byline, a.Published.Time.Format("2006-01-02"))
	for _, b := range a.Blocks {
		fmt.Println(b.Kind, a.Text[b.Start:b.End][:28]+"…")
	}
	for _, r := range a.Removed {
		fmt.Println("removed", r.Kind, r.Text)
	}
	// Output:
	// <nil> Old ferry becomes a library [Mira Solano] 2024-03-12
	// paragraph The last wooden ferry of Por…
	// paragraph Shelves are being fitted bel…
	// paragraph The library is to open on th…
	// removed boilerplate Home Culture
	// removed byline By Mira Solano
	// removed related Read more: Harbour bridge closes for repairs
}

// A Site learns which lines stand in article after article of a source, and leaves them out. Each step gives a new Site.
func ExampleSite() {
	slogan := "<p>The Harbour Post has told you what happens between the two piers since 1911, every day but Sunday.</p>"
	pageOf := func(title, story string) news.Page {
		return news.Page{Body: []byte("<html><body><h1>" + title + "</h1><p>" + story + "</p>" + slogan + "</body></html>")}
	}
	var site *page.Site
	for title, story := range map[string]string{"Bridge": "The council met on Monday, and it agreed to repair the bridge.", "Fog": "Two boats collided in the fog on Tuesday, and nobody was hurt.", "Roof": "The school will get a new roof, the mayor said on Wednesday."} {
		a, _ := page.Extract(pageOf(title, story), nil)
		site = site.After(&a)
	}
	a, _ := page.Extract(pageOf("Fair", "The autumn fair opens on Friday, and the ferry will run until midnight, the harbour office said."), site)
	fmt.Println(a.Text)
	// Output: The autumn fair opens on Friday, and the ferry will run until midnight, the harbour office said.
}
