package story_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/news"
	"marsad/story"
)

// entries gives the placed articles as entries; follows names those that copy or translate.
func (d *desk) entries(follows ...int) (out []story.Entry) {
	for i, in := range d.inputs {
		e := story.Entry{Article: in.Article, Analysis: in.Analysis, Doc: in.Doc, Arrived: in.Arrived}
		for _, f := range follows {
			e.Follows = e.Follows || f == i
		}
		out = append(out, e)
	}
	return out
}

func TestTimelineTellsWhatIsNew(t *testing.T) {
	d := newDesk(t)
	d.place("courier", "en", 0, craneEN)
	d.place("vesti", "ru", time.Hour, craneRU)
	d.place("gazette", "en", 8*time.Hour, craneOwn)
	d.place("vesti", "ru", 9*time.Hour, "Кран поднят\n\n{PER |Кузнецова} сообщила, что стрела поднята. Ей помогал инженер {PER |Свен Холмквист}.")
	steps := story.Timeline(d.entries(1))
	var got []string
	for _, s := range steps {
		for _, m := range s.Names {
			got = append(got, fmt.Sprint(s.Article, " ", d.inputs[s.Article-101].Article.Text[m.Start:m.End]))
		}
	}
	if joined := strings.Join(got, "; "); !strings.HasSuffix(joined, "104 Свен Холмквист") || strings.Contains(joined, "Кузнецова") || strings.Contains(joined, "102 ") {
		t.Errorf("new names: %s", joined)
	}
	last := steps[len(steps)-1]
	if s := last.Sentences; len(s) != 1 || !strings.Contains(d.inputs[3].Article.Text[s[0].Start:s[0].End], "Холмквист") {
		t.Errorf("new sentences of the last: %v", s)
	}
	if n := len(steps[0].Days); n != 3 {
		t.Errorf("the first dates things on %d days", n)
	}
}

func TestDigestCoversTheStory(t *testing.T) {
	d := newDesk(t)
	d.place("courier", "en", 0, craneEN)
	d.place("gazette", "en", 8*time.Hour, craneOwn)
	d.place("mirror", "en", 9*time.Hour, craneEN)
	picked := story.Digest(d.entries(2), "en", 3)
	if len(picked) == 0 || len(picked) > 3 {
		t.Fatalf("%d sentences", len(picked))
	}
	all := ""
	for _, s := range picked {
		if s.Article == 103 {
			t.Error("a copy is quoted")
		}
		all += d.inputs[s.Article-101].Article.Text[s.Start:s.End] + "\n"
	}
	for _, fact := range []string{"Port Selma", "crane", "Kuznetsova"} {
		if !strings.Contains(all, fact) {
			t.Errorf("%s is missing from\n%s", fact, all)
		}
	}
	if len(story.Digest(nil, "en", 3)) != 0 || len(story.Digest(d.entries(), "xx", 3)) != 0 {
		t.Error("a digest of nothing")
	}
}

// TestDigestIsOfSentences has articles whose lists name what their sentences do not: an entry of a list is taken if it is a sentence.
func TestDigestIsOfSentences(t *testing.T) {
	d := newDesk(t)
	for i, last := range []string{"Halvorsen ferry, Port Selma to Brinmouth: pier 7 to 9", "The Halvorsen ferry from Port Selma to Brinmouth uses pier 7."} {
		in := d.input("courier", "en", time.Duration(i)*time.Hour, "A list\n\nWe give what was said by two.\n\n"+last)
		in.Article.Blocks = []news.Block{{Kind: news.List, Span: news.Span{Start: strings.Index(in.Article.Text, last), End: len(in.Article.Text)}}}
		taken := slices.ContainsFunc(story.Digest([]story.Entry{{Article: in.Article, Analysis: in.Analysis}}, "en", 20), func(s story.Sentence) bool {
			return in.Article.Text[s.Start:s.End] == last
		})
		if taken != (i == 1) {
			t.Errorf("%q is taken: %t", last, taken)
		}
	}
}

func TestDiaryHoldsWhatIsToCome(t *testing.T) {
	d := newDesk(t)
	d.place("courier", "en", 0, craneEN)
	d.place("gazette", "en", 8*time.Hour, craneOwn)
	dates := story.Diary(d.entries(), base)
	var got []string
	for _, x := range dates {
		got = append(got, fmt.Sprint(x.From.Format("02 "), x.Articles))
	}
	if s := strings.Join(got, ", "); s != "03 [101], 04 [101 102]" {
		t.Errorf("diary: %s", s)
	}
	if len(story.Diary(d.entries(), base.AddDate(0, 0, 5))) != 0 {
		t.Error("the past is still to come")
	}
}

func TestChanges(t *testing.T) {
	older := "A crane fell. Two people were hurt in the harbour. Nobody knows why."
	newer := "A crane fell! Three people were hurt in the harbour. An inquiry begins on Tuesday."
	var got []string
	for _, c := range story.Changes(older, newer, "en") {
		got = append(got, fmt.Sprintf("%q -> %q", older[c.Old.Start:c.Old.End], newer[c.New.Start:c.New.End]))
	}
	want := `"Two people were hurt in the harbour." -> "Three people were hurt in the harbour.", "" -> "An inquiry begins on Tuesday.", "Nobody knows why." -> ""`
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("changes\n%s\nwant\n%s", s, want)
	}
	if c := story.Changes(newer, newer, "en"); len(c) != 0 {
		t.Errorf("%v", c)
	}
}

func TestPeopleCorrect(t *testing.T) {
	d := newDesk(t)
	d.place("courier", "en", 0, craneEN)
	b := d.place("herald", "en", time.Hour, bridge)
	d.place("gazette", "en", 8*time.Hour, craneOwn)
	done, ps, ss, err := d.Correct(story.Correction{Kind: story.SplitStory, Articles: []int64{103}})
	if err != nil || len(ps) != 1 || !ps[0].New || len(ss) != 2 || ss[0].Articles != 1 || ss[1].First != 103 {
		t.Fatalf("split: %v %+v %+v", err, ps, ss)
	}
	p := d.place("tribune", "en", 9*time.Hour, craneOwn)
	if p.Story != ps[0].Story || len(p.Merged) != 0 {
		t.Errorf("after the split: %+v", p)
	}
	_, back := d.Undo(done)
	if len(back) != 2 || back[1].Articles != 2 {
		t.Errorf("undone: %+v", back)
	}
	done, _, ss, err = d.Correct(story.Correction{Kind: story.MergeStories, Stories: []int64{1, b.Story}})
	if err != nil || len(ss) != 2 || ss[0].Merged != 1 || ss[1].Articles != 3 {
		t.Errorf("merge: %v %+v", err, ss)
	}
	if _, ss = d.Undo(done); len(ss) != 2 || ss[0].Articles != 2 || ss[1].ID != b.Story || ss[1].Articles != 1 {
		t.Errorf("undone: %+v", ss)
	}
	broke := ss[1]
	broke.Breaking, broke.BreakingWhy = broke.Opened, []news.Reason{{Kind: "burst"}}
	d.RestoreStory(broke)
	done, _, ss, err = d.Correct(story.Correction{Kind: story.MergeStories, Stories: []int64{1, b.Story}})
	if err != nil || !ss[1].Breaking.Equal(broke.Breaking) {
		t.Errorf("what is made one with a story that broke: %v %+v", err, ss)
	}
	if _, ss = d.Undo(done); !ss[1].Breaking.Equal(broke.Breaking) {
		t.Errorf("a story that broke, and was another's part for a while: %+v", ss)
	}
	for _, bad := range []story.Correction{{}, {Kind: story.MergeStories, Stories: []int64{1}}, {Kind: story.MergeStories, Stories: []int64{1, 99}},
		{Kind: story.SplitStory, Articles: []int64{102}}, {Kind: story.SplitStory, Articles: []int64{101, 102}}, {Kind: story.DistinctStory, Stories: []int64{1}}} {
		if _, _, _, err := d.Correct(bad); err == nil {
			t.Errorf("%+v was done", bad)
		}
	}
}

func TestUpdateThatCorrects(t *testing.T) {
	d := newDesk(t)
	d.place("courier", "en", 0, craneEN)
	p := d.place("courier", "en", time.Hour, craneEN+"\n\nCorrection: an earlier version gave the height of the crane as 47 metres.")
	if len(p.Links) != 1 || p.Links[0].Kind != news.Update || p.Links[0].Evidence[len(p.Links[0].Evidence)-1].Kind != "correction" {
		t.Errorf("%+v", p.Links)
	}
	q := d.place("courier", "en", 20*time.Hour, craneOwn)
	if len(q.Links) != 1 || q.Links[0].Kind != news.Update || q.Links[0].Other != 102 {
		t.Errorf("%+v", q.Links)
	}
}
