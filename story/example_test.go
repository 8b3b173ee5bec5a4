package story_test

import (
	"fmt"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

func Example() {
	w := story.NewWindow(story.Options{})
	place := func(id int64, outlet, headline, body string, at time.Time) {
		in := story.Input{
			Article: news.Article{ID: id, Headline: headline, Text: body, Lang: "en", Published: news.Stamp{Time: at, Zoned: true}},
			Doc:     text.Analyze(body, pack.For("en")), Source: news.Source{ID: id, Name: outlet}, Arrived: at.Add(time.Minute),
		}
		p, stories := w.Place(in)
		fmt.Print(outlet, ": story ", p.Story)
		for _, l := range p.Links {
			fmt.Print(", ", l.Kind, " of ", l.Other)
		}
		fmt.Println(";", stories[0].Articles, "articles,", stories[0].Independent, "independent")
	}
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	wire := "The harbour of Port Selma was closed on Monday after a 74-metre crane fell across its main basin, its director, Mirela Kuznetsova, said. Nobody was hurt."
	place(1, "Wire", "Crane falls across basin, closing Port Selma harbour", wire, at)
	place(2, "Mirror", "Harbour shut", wire+" More follows.", at.Add(10*time.Minute))
	place(3, "Gazette", "Port Selma harbour shut by fallen crane", "Ships lay off Port Selma on Monday, their way in barred by a crane 74 metres high that fell into the basin. Mirela Kuznetsova hoped to open the harbour soon.", at.Add(time.Hour))
	place(4, "Herald", "A footbridge for Tarnfell", "The footbridge over the river at Tarnfell was opened by the mayor, nine years after a flood.", at.Add(2*time.Hour))
	// Output:
	// Wire: story 1; 1 articles, 1 independent
	// Mirror: story 1, copy of 1; 2 articles, 1 independent
	// Gazette: story 1; 3 articles, 2 independent
	// Herald: story 2; 1 articles, 1 independent
}
