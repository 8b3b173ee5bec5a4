package desk_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/sqlite"
	"marsad/news"
	"marsad/story"
)

const otherMatter = `<html lang=en><head><title>Strike</title></head><body><article><h1>Tram drivers strike</h1>
<p>Tram drivers of the invented capital stopped work on Monday morning over pay, and no line ran before noon, the union told reporters.</p>
<p>Passengers waited at the central station for hours; some walked home in the rain along the river with their bags and children.</p>
<p>The company offered four per cent and a bonus for night shifts, which the drivers' union called an insult to its members.</p>
<p>Talks go on this week with a judge of the labour court between the two sides, who has settled such quarrels twice before.</p></article></body></html>`

// TestCorrections says what a person can: these are one, these are not, and never mind; and it holds after a restart.
func TestCorrections(t *testing.T) {
	ctx := context.Background()
	w := &web{at: map[string]desk.Response{feedURL: rss(link("https://post.example/1"), link("https://post.example/2")),
		"https://post.example/1": articlePage("Bridge"), "https://post.example/2": {ContentType: "text/html", Body: []byte(otherMatter)}}}
	_, s := collecting(t, w, func(_ news.Feed, s *sqlite.Store) bool { return articles(s) == 2 })
	one, two := storyOf(t, s, 1), storyOf(t, s, 2)
	if one == two {
		t.Fatal("a strike and a bridge are one story")
	}
	d := desk.New(desk.Options{Store: s, Fetcher: w, Analyse: analyse, Tick: 5 * time.Millisecond})
	stop := run(t, d)

	id, err := d.Correct(ctx, "editor", story.Correction{Kind: story.MergeStories, Stories: []int64{one, two}})
	if err != nil {
		t.Fatal(err)
	}
	if st, err := s.Story(ctx, two); err != nil || st.ID != one || st.Articles != 2 || storyOf(t, s, 2) != one {
		t.Fatalf("after the merge story %d is %+v, %v", two, st, err)
	}
	_, err = d.Correct(ctx, "editor", story.Correction{Kind: story.MergeStories, Stories: []int64{one, 999}})
	if !fault.Is(err, fault.Invalid) {
		t.Fatalf("a story that is not there: %v", err)
	}
	stop()

	d = desk.New(desk.Options{Store: s, Fetcher: w, Analyse: analyse, Tick: 5 * time.Millisecond})
	stop = run(t, d)
	if err := d.Uncorrect(ctx, "admin", id); err != nil {
		t.Fatal(err)
	}
	if st, err := s.Story(ctx, two); err != nil || st.ID != two || st.Articles != 1 || storyOf(t, s, 2) != two {
		t.Fatalf("after taking it back story %d is %+v, %v", two, st, err)
	}
	if err := d.Uncorrect(ctx, "admin", id); !fault.Is(err, fault.Conflict) {
		t.Fatalf("taken back twice: %v", err)
	}
	stop()

	ctx, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	if _, err := d.Correct(ctx, "editor", story.Correction{Kind: story.DistinctStory, Stories: []int64{one, two}}); !fault.Is(err, fault.Temporary) {
		t.Fatalf("a desk that does not run: %v", err)
	}
}

// TestSplit takes an article out of its story.
func TestSplit(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	w := &web{at: map[string]desk.Response{feedURL: rss(link("https://post.example/1"), link("https://post.example/2")),
		"https://post.example/1": articlePage("Bridge"), "https://post.example/2": articlePage("Bridge")}}
	if _, err := s.AddSource(ctx, news.Source{Name: "The Post"}, []news.Feed{{URL: feedURL, Every: time.Second}}); err != nil {
		t.Fatal(err)
	}
	d := desk.New(desk.Options{Store: s, Fetcher: w, Analyse: analyse, Tick: 5 * time.Millisecond, Every: desk.Interval{First: time.Second, Min: 10 * time.Millisecond, Max: 20 * time.Millisecond}})
	run(t, d)
	until(t, "two articles in one story", 10*time.Second, func() bool { return articles(s) == 2 && storyOf(t, s, 1) == storyOf(t, s, 2) })
	if _, err := d.Correct(ctx, "editor", story.Correction{Kind: story.SplitStory, Articles: []int64{2}}); err != nil {
		t.Fatal(err)
	}
	if storyOf(t, s, 1) == storyOf(t, s, 2) {
		t.Fatal("the article is where it was")
	}
	cs, err := s.Corrections(ctx, time.Time{})
	if err != nil || len(cs) != 1 || cs[0].By != "editor" || len(cs[0].Done.Moves) != 1 {
		t.Fatalf("stored: %+v, %v", cs, err)
	}
}

func storyOf(t *testing.T, s *sqlite.Store, article int64) int64 {
	t.Helper()
	e, err := s.Entry(context.Background(), article)
	if err != nil {
		t.Fatal(err)
	}
	return e.Placement.Story
}
