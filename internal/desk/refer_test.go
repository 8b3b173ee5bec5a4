package desk_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"marsad/internal/desk"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

// archived keeps pages as they were fetched at their times, has a desk process them, and gives the store.
func archived(t *testing.T, now time.Time, pages ...news.Page) (*desk.Desk, *sqlite.Store) {
	t.Helper()
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	sources := int64(0)
	for i := range pages {
		p := &pages[i]
		p.SourceID, p.FeedID, p.Final, p.Status, p.ContentType = max(p.SourceID, 1), max(p.SourceID, 1), p.URL, 200, "text/html; charset=utf-8"
		p.Item.Published = p.Fetched
		for sources < p.SourceID {
			sources++
			home := fmt.Sprintf("https://outlet%d.example/", sources)
			if _, err := s.AddSource(ctx, news.Source{Name: home, Home: home}, []news.Feed{{URL: home + "feed", Due: now.AddDate(1, 0, 0)}}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.KeepPage(ctx, *p); err != nil {
			t.Fatal(err)
		}
	}
	d := desk.New(desk.Options{Store: s, Fetcher: &web{}, Analyse: analyse, Tick: 5 * time.Millisecond, Now: func() time.Time { return now }})
	run(t, d)
	until(t, "processed", 20*time.Second, func() bool {
		at, err := s.Cursor(ctx, store.MainCursor)
		return err == nil && at >= int64(len(pages))
	})
	return d, s
}

// others are reports of the same weeks on other matters: in an archive that holds nothing else, names that meet say nothing.
func others(from time.Time, n int) (pages []news.Page) {
	for i := range n {
		at := from.Add(time.Duration(i) * 5 * time.Hour)
		pages = append(pages, news.Page{SourceID: 3, URL: fmt.Sprint("https://outletd.example/", i), Fetched: at, Body: html("en", fmt.Sprint("Harvest report number ", i+1),
			fmt.Sprintf("Growers brought in %d tonnes of barley this week, their guild reported, after a spring without much rain.", 1000+37*i),
			"The price at the mill did not move, and the guild expects no more than that until the autumn comes.")})
	}
	return pages
}

func html(lang, headline string, paragraphs ...string) []byte {
	body := "<html lang=" + lang + "><head><title>" + headline + "</title></head><body><article><h1>" + headline + "</h1>"
	for _, p := range paragraphs {
		body += "<p>" + p + "</p>"
	}
	return []byte(body + "</article></body></html>")
}

// TestReferencesBack has a report of December speak of a summit in September, and follows what is stored through a merge, a second
// reading and a restart.
func TestReferencesBack(t *testing.T) {
	ctx := context.Background()
	summit := time.Date(2025, 9, 12, 10, 0, 0, 0, time.UTC)
	later := summit.AddDate(0, 3, 0)
	before := others(summit.Add(-60*time.Hour), 12)
	n := int64(len(before))
	d, s := archived(t, later.Add(time.Hour), append(before,
		news.Page{URL: "https://outletb.example/summit", Fetched: summit, Body: html("en", "Leaders meet at Lisbon water summit",
			"Leaders of twelve countries met in Lisbon on Friday for a summit on water, hosted by Portugal and watched by thousands in the streets.",
			"They spoke for nine hours behind closed doors about who may take how much of the rivers that cross their borders.",
			"The hosts said that a treaty could be signed before the year is out, if the ministers agree on the figures.")},
		news.Page{URL: "https://outletb.example/tram", Fetched: summit.AddDate(0, 1, 0), Body: html("en", "Tram fire in Lisbon",
			"A tram burned out in the old town of Lisbon on Sunday, and two passengers were treated for smoke by the fire brigade.",
			"Portugal sent engineers to look at the brakes of all trams of that age, which were built in the nineteen thirties.",
			"The line stays shut until the end of the week, and buses run in its place, the operator told passengers.")},
		news.Page{SourceID: 2, URL: "https://outletc.example/treaty", Fetched: later, Body: html("en", "Ministers sign the water treaty",
			"Ministers of twelve countries signed the treaty on sharing rivers in Geneva, after a night of talks over the last figures.",
			"It was agreed at a summit on water in Lisbon in September 2025, which Portugal hosted.",
			"Farmers along the rivers have asked for such rules for decades, and said that they would read the small print first.")},
	)...)
	old, err := s.Entry(ctx, n+1)
	if err != nil {
		t.Fatal(err)
	}
	check := func(when string, at int64) {
		t.Helper()
		e, err := s.Entry(ctx, n+3)
		if err != nil || len(e.Placement.References) != 1 {
			t.Fatalf("%s: %+v, %v", when, e.Placement.References, err)
		}
		r, text := e.Placement.References[0], e.Article.Text
		if r.Story != at || r.Other != n+1 || text[r.When.Start:r.When.End] != "in September 2025" && text[r.When.Start:r.When.End] != "September 2025" || r.Span.Start > r.When.Start || r.Span.End < r.When.End {
			t.Errorf("%s: %+v", when, r)
		}
		if len(r.Because) != 2 || r.Because[1].Kind != "names" || len(r.Because[1].Words) != 2 {
			t.Errorf("%s because %+v", when, r.Because)
		}
		by, err := s.ReferredBy(ctx, at, 5)
		if err != nil || len(by) != 1 || by[0].Article.ID != n+3 {
			t.Errorf("%s: referred to by %+v, %v", when, by, err)
		}
	}
	check("processed", old.Placement.Story)
	if err := d.Reprocess(ctx, 1000, nil); err != nil {
		t.Fatal(err)
	}
	check("read again", old.Placement.Story)
}

// TestAStoryThatWasReferredToMoves merges it into another, and takes that back.
func TestAStoryThatWasReferredToMoves(t *testing.T) {
	ctx := context.Background()
	monday := time.Date(2026, 2, 2, 10, 0, 0, 0, time.UTC)
	before := others(monday.Add(-59*time.Hour), 12)
	n := int64(len(before))
	d, s := archived(t, monday.AddDate(0, 0, 9), append(before,
		news.Page{URL: "https://outletb.example/1", Fetched: monday, Body: html("en", "Moreno and Okafor open the Lisbon tunnel",
			"The mayor of Lisbon and the president of Portugal opened the tunnel under the river on Monday, nine years after work began.",
			"It will take forty thousand cars a day off the bridge, if the forecasts of its engineers hold for once.",
			"Cyclists, who were promised a path of their own, stood at the entrance with whistles and were not let in.")},
		news.Page{URL: "https://outletb.example/2", Fetched: monday.Add(time.Hour), Body: []byte(otherMatter)},
		news.Page{SourceID: 2, URL: "https://outletc.example/3", Fetched: monday.AddDate(0, 0, 8), Body: html("en", "Bakers of Geneva raise the price of bread",
			"A loaf costs a tenth more in Geneva from today, and bakers blame the harvest, the price of gas and the wages of the night.",
			"The guild met for six hours; its chairman, who had been at the opening in Lisbon of a tunnel by Portugal's president on 2 February 2026, came late.",
			"Shoppers told reporters that they would eat less of it, or bake at home as their grandmothers did in the war.")},
	)...)
	e, err := s.Entry(ctx, n+3)
	if err != nil || len(e.Placement.References) != 1 || e.Placement.Story == storyOf(t, s, n+1) {
		t.Fatalf("story %d, %+v, %v", e.Placement.Story, e.Placement.References, err)
	}
	one, two := storyOf(t, s, n+1), storyOf(t, s, n+2)
	id, err := d.Correct(ctx, "editor", story.Correction{Kind: story.MergeStories, Stories: []int64{two, one}})
	if err != nil {
		t.Fatal(err)
	}
	if by, err := s.ReferredBy(ctx, two, 5); err != nil || len(by) != 1 || by[0].Placement.References[0].Story != two {
		t.Errorf("after the merge the story is referred to by %d, %v", len(by), err)
	}
	if err := d.Uncorrect(ctx, "editor", id); err != nil {
		t.Fatal(err)
	}
	if by, err := s.ReferredBy(ctx, one, 5); err != nil || len(by) != 1 || by[0].Placement.References[0].Story != one {
		t.Errorf("after its undoing the story is referred to by %d, %v", len(by), err)
	}
}

// TestHeadlineChanged reads an address twice: another headline is a change, another comma is none.
func TestHeadlineChanged(t *testing.T) {
	ctx := context.Background()
	monday := time.Date(2026, 2, 2, 10, 0, 0, 0, time.UTC)
	body := []string{
		"A ferry ran aground on a sandbank off the invented port of Harrow on Monday, and its passengers were taken off in boats.",
		"None of them was hurt, the coast guard told reporters, though many had been below deck and saw nothing of it.",
		"The captain said that the light on the eastern pier was out, which the harbour master denied within the hour.",
	}
	at := "https://outletb.example/ferry"
	_, s := archived(t, monday.AddDate(0, 0, 1),
		news.Page{URL: at, Fetched: monday, Body: html("en", "Ferry sinks off Harrow", body...)},
		news.Page{URL: at, Fetched: monday.Add(time.Hour), Body: html("en", "Ferry runs aground off Harrow", append(body, "Tugs were to pull it free with the evening tide, the port said.")...)},
		news.Page{URL: at, Fetched: monday.Add(2 * time.Hour), Body: html("en", "Ferry runs aground, off Harrow", append(body, "Tugs pulled it free with the evening tide, the port said later.")...)},
	)
	cards, err := s.Stories(ctx, store.StoryFilter{})
	if err != nil || len(cards) != 1 || cards[0].Renamed != 1 || cards[0].Was != "Ferry sinks off Harrow" {
		t.Fatalf("%+v, %v", cards, err)
	}
}
