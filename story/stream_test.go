package story_test

import (
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// stream places n articles of the press and gives what is told of every story last.
func stream(w *story.Window, n int) (map[int64]news.Story, []news.Placement, []story.Input) {
	p := newPress(7, 6, n)
	stories := map[int64]news.Story{}
	var placed []news.Placement
	var ins []story.Input
	for range n {
		in := p.next()
		pl, changed := w.Place(in)
		for _, s := range changed {
			stories[s.ID] = s
		}
		placed, ins = append(placed, pl), append(ins, in)
	}
	return stories, placed, ins
}

// The figures of a story are counted again from the placements alone.
func TestFiguresAgree(t *testing.T) {
	stories, placed, ins := stream(story.NewWindow(story.Options{}), 900)
	home := func(id int64) int64 {
		for stories[id].Merged != 0 {
			id = stories[id].Merged
		}
		return id
	}
	articles := map[int64]int{}
	outlets := map[int64]map[int64]bool{}
	at := map[int64]story.Input{}
	in := map[int64]int64{}
	for i, p := range placed {
		s := home(p.Story)
		articles[s]++
		if outlets[s] == nil {
			outlets[s] = map[int64]bool{}
		}
		outlets[s][ins[i].Source.ID] = true
		at[p.Article], in[p.Article] = ins[i], s
	}
	merged := 0
	for id, s := range stories {
		if s.Merged != 0 {
			merged++
			continue
		}
		switch {
		case s.Articles != articles[id] || s.Sources != len(outlets[id]):
			t.Errorf("story %d tells %d articles of %d outlets, there are %d of %d", id, s.Articles, s.Sources, articles[id], len(outlets[id]))
		case s.Independent < 1 || s.Independent > s.Sources:
			t.Errorf("story %d has %d independent of %d", id, s.Independent, s.Sources)
		case in[s.First] != id || in[s.Lead] != id:
			t.Errorf("story %d begins with %d and is led by %d, which are elsewhere", id, s.First, s.Lead)
		case !s.FirstAt.Equal(at[s.First].Article.Published.Time.Truncate(time.Second)):
			t.Errorf("story %d began at %s, its first article is of %s", id, s.FirstAt, at[s.First].Article.Published.Time)
		case s.Headline != at[s.Lead].Article.Headline || s.Lang != at[s.Lead].Article.Lang:
			t.Errorf("story %d is headed %q", id, s.Headline)
		case (s.Lag > 0) && s.Independent < 2:
			t.Errorf("story %d lags with %d independent", id, s.Independent)
		}
	}
	if len(stories)-merged < 100 || len(stories) > 700 {
		t.Errorf("%d stories", len(stories))
	}
}

func TestSameStreamSameStories(t *testing.T) {
	a, b := story.NewWindow(story.Options{}), story.NewWindow(story.Options{})
	sa, pa, _ := stream(a, 500)
	sb, pb, _ := stream(b, 500)
	if diff := cmp.Diff(sa, sb) + cmp.Diff(pa, pb); diff != "" {
		t.Error(diff[:min(len(diff), 2000)])
	}
}

// A wire of 200 words inside a report of 900, and one that was trimmed to half.
func TestPartialCopies(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	var vocabulary []string
	for i := range 4000 {
		vocabulary = append(vocabulary, "w"+strings.Repeat(string(rune('a'+i%26)), 1+i%3)+string(rune('a'+i/26%26))+string(rune('a'+i/676)))
	}
	prose := func(n int) string {
		words := make([]string, n)
		for i := range words {
			words[i] = vocabulary[r.Intn(len(vocabulary))]
		}
		return strings.Join(words, " ") + "."
	}
	d := newDesk(t)
	found, wrong := 0, 0
	const rounds = 40
	for i := range rounds {
		wire := prose(200)
		at := time.Duration(i) * time.Hour
		origin := d.place("wire", "en", at, "Wire "+prose(5)+"\n\n"+wire)
		inside := d.place("paper", "en", at+10*time.Minute, "Paper "+prose(5)+"\n\n"+prose(300)+"\n\n"+wire+"\n\n"+prose(400))
		trimmed := d.place("local", "en", at+20*time.Minute, "Local "+prose(5)+"\n\n"+wire[:len(wire)/2])
		other := d.place("other", "en", at+30*time.Minute, "Other "+prose(5)+"\n\n"+prose(400))
		for _, p := range []news.Placement{inside, trimmed} {
			if len(p.Links) > 0 && p.Links[0].Kind == news.Copy && p.Story == origin.Story {
				found++
			}
		}
		wrong += len(other.Links) + len(origin.Links)
	}
	if found < 2*rounds*95/100 || wrong > 0 {
		t.Errorf("%d of %d copies found, %d wrong links", found, 2*rounds, wrong)
	}
}

// Whatever stands in an article, and wherever its analysis points, it is placed.
func FuzzPlace(f *testing.F) {
	f.Add("Headline", "Some text. More of it, with 1,200 people on Monday.", "en", 3, 9, int64(0))
	f.Add("عاجل", "وصل الوفد إلى المدينة", "ar", -1, 500, int64(-1<<40))
	f.Add("", "\xff\xfe 第12批 埃利亚斯·马尔万", "zh-Hans", 0, 0, int64(1<<40))
	f.Fuzz(func(t *testing.T, headline, body, lang string, from, to int, at int64) {
		w := story.NewWindow(story.Options{})
		span := news.Span{Start: from, End: to}
		in := story.Input{
			Article: news.Article{ID: 1, Headline: headline, Text: body, Lang: lang, URL: body, Cites: []news.Cite{{Name: headline, URL: lang}},
				Published: news.Stamp{Time: time.Unix(at, 0), Zoned: true}},
			Doc: text.Analyze(body, pack.For(lang)), Arrived: base,
		}
		actor := &news.Actor{Span: span}
		in.Analysis.Mentions = []news.Mention{{Span: span, Kind: news.Person}, {Span: span, Kind: news.Place, Entity: "Q1"}}
		in.Analysis.Timexes = []news.Timex{{Span: span, Type: news.Date, From: time.Unix(at, 0), To: time.Unix(at, 0), Certainty: 1}, {Span: span, Type: news.Duration, Value: headline}}
		in.Analysis.Claims = []news.Claim{{Span: span, Stance: news.Accuses, Target: actor}, {Span: span, Stance: news.Denies, Claimant: actor}}
		in.Analysis.Quotations = []news.Quotation{{Span: span, Type: news.Direct, Speaker: actor}}
		w.Place(in)
		in.Article.ID = 2
		if p, s := w.Place(in); s[0].Articles != 2 && p.Story == 1 || len(s) == 0 {
			t.Fatalf("%+v %+v", p, s)
		}
		entries := []story.Entry{{Article: in.Article, Analysis: in.Analysis, Doc: in.Doc, Arrived: base}}
		story.Timeline(entries)
		story.Digest(entries, lang, 3)
		story.Diary(entries, base)
		story.Changes(body, headline, lang)
	})
}
