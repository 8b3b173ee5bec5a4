package story_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/corpus"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// happeningInputs gives the reports of one's own of two generated happenings in one language, four or more of each, in order.
func twoHappenings(t *testing.T) (ins []story.Input, of []string) {
	byHappening := map[string][]story.Input{}
	sources := map[string]int64{}
	var two []string
	for p, err := range corpus.Generate(corpus.Shape{Seed: 9, Base: base, Days: 2, PerDay: 700}) {
		if err != nil {
			t.Fatal(err)
		}
		if p.Outlet.Lang != "en" || !p.Item.Independent() {
			continue
		}
		if sources[p.Outlet.ID] == 0 {
			sources[p.Outlet.ID] = int64(len(sources) + 1)
		}
		a := p.Truth.Article
		a.ID, a.SourceID = int64(len(sources)*1000+len(byHappening)+len(ins)), sources[p.Outlet.ID]
		d := text.Analyze(a.Text, pack.For("en"))
		h := p.Item.Happening.ID
		byHappening[h] = append(byHappening[h], story.Input{
			Article: a, Doc: d, Analysis: analysis.Of(a, d, entity.Default()), Source: news.Source{ID: a.SourceID}, Arrived: p.Arrives,
		})
		if n := len(byHappening[h]); n == 4 && len(two) < 2 {
			two = append(two, h)
		}
	}
	if len(two) < 2 {
		t.Fatal("the world is too small")
	}
	for _, h := range two {
		for _, in := range byHappening[h] {
			in.Article.ID = int64(len(ins) + 1)
			ins, of = append(ins, in), append(of, h)
		}
	}
	return ins, of
}

func TestStoryFallsInTwo(t *testing.T) {
	ins, of := twoHappenings(t)
	w := story.NewWindow(story.Options{})
	for i, in := range ins {
		w.Restore(in, news.Placement{Article: in.Article.ID, Story: 1, New: i == 0})
	}
	splits := w.Splits(0)
	if len(splits) != 1 {
		t.Fatalf("%d splits", len(splits))
	}
	for _, id := range splits[0].Articles {
		if of[id-1] != of[splits[0].Articles[0]-1] {
			t.Errorf("article %d of %s goes, too", id, of[id-1])
		}
	}
	done, ps, ss, err := w.Correct(splits[0])
	if err != nil || len(ps) != len(splits[0].Articles) || len(ss) != 2 || ps[0].Because[0].Kind != "apart" {
		t.Fatalf("%v %v %v", ps, ss, err)
	}
	if again := w.Splits(0); len(again) != 0 {
		t.Errorf("what was split falls in two again: %v", again)
	}
	w.Undo(done)
	merge := story.Corrected{Correction: story.Correction{Kind: story.MergeStories, Stories: []int64{1, 2}}}
	if w.Remember(merge); len(w.Splits(0)) != 0 {
		t.Error("what a person made one falls in two")
	}
}

func TestRecords(t *testing.T) {
	at := func(minutes int) time.Time { return base.Add(time.Duration(minutes) * time.Minute) }
	got := story.Records([][]story.Report{
		{{Source: 1, At: at(0)}, {Source: 2, At: at(10)}, {Source: 3, At: at(12), Follows: true}},
		{{Source: 2, At: at(30)}, {Source: 1, At: at(5)}, {Source: 1, At: at(50)}},
		{{Source: 3, At: at(0)}, {Source: 3, At: at(3)}},
	})
	want := []story.Record{
		{Source: 1, Stories: 2, First: 2, Lead: 25 * time.Minute},
		{Source: 2, Stories: 2, Lag: 25 * time.Minute},
		{Source: 3, Follows: 1},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestFollows(t *testing.T) {
	copied := news.Link{Article: 2, Other: 1, Kind: news.Copy, Direction: news.FromOther, Evidence: []news.Reason{
		{Kind: "shared-text", Value: .3}, {Kind: "shared-text-other", Value: .9},
	}}
	if story.Follows(2, []news.Link{copied}) || story.Follows(1, []news.Link{copied}) {
		t.Error("who has a third of his text from another has a report of his own")
	}
	copied.Evidence[0].Value = .8
	if !story.Follows(2, []news.Link{copied}) {
		t.Error("who has four fifths from another follows him")
	}
	copied.Direction = news.ToOther
	if !story.Follows(1, []news.Link{copied}) {
		t.Error("the other follows, where the direction is his")
	}
}

func TestReferencesBack(t *testing.T) {
	entry := func(id int64, published time.Time, lang, headline, body string) story.Entry {
		a := news.Article{ID: id, Lang: lang, Headline: headline, Text: body, Published: news.Stamp{Time: published, Zoned: true}}
		d := text.Analyze(body, pack.For(lang))
		return story.Entry{Article: a, Doc: d, Analysis: analysis.Of(a, d, entity.Default()), Arrived: published}
	}
	summit := time.Date(2025, 9, 12, 10, 0, 0, 0, time.UTC)
	past := []story.Past{
		story.PastOf(7, []story.Entry{entry(1, summit, "en", "Leaders meet at Lisbon water summit", "Leaders met in Lisbon on Friday for a summit on water, hosted by Portugal.")}),
		story.PastOf(8, []story.Entry{entry(2, summit.AddDate(0, 1, 0), "en", "Tram fire in Lisbon", "A tram burned in Lisbon on Sunday. Portugal sent engineers.")}),
	}
	later := entry(3, summit.AddDate(0, 3, 0), "en", "Ministers sign the water treaty",
		"Ministers signed the treaty on Friday. It was agreed at a summit in Lisbon in September 2025, which Portugal hosted.")
	got := story.References(later, past)
	if len(got) != 1 || got[0].Story != 7 || !strings.Contains(later.Article.Text[got[0].When.Start:got[0].When.End], "September") {
		t.Errorf("%+v", got)
	}
	arabic := entry(4, summit.AddDate(0, 3, 0), "ar", "توقيع معاهدة المياه", "وقع الوزراء المعاهدة يوم الجمعة. وكانت قمة لشبونة في سبتمبر 2025 التي استضافتها البرتغال قد أقرتها.")
	if got := story.References(arabic, past); len(got) != 1 || got[0].Story != 7 {
		t.Errorf("across languages: %+v", got)
	}
}

func TestSince(t *testing.T) {
	steps := []story.Step{{Article: 1, Published: base}, {Article: 2, Published: base.Add(time.Hour)}}
	if got := story.Since(steps, base); len(got) != 1 || got[0].Article != 2 {
		t.Errorf("%v", got)
	}
}
