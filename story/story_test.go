package story_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"marsad/news"
	"marsad/story"
)

func TestSameHappeningAcrossLanguages(t *testing.T) {
	d := newDesk(t)
	a := d.place("courier", "en", 0, craneEN)
	b := d.place("bridge", "en", time.Minute, bridge)
	c := d.place("vesti", "ru", 40*time.Minute, craneRU)
	o := d.place("gazette", "en", 8*time.Hour, craneOwn)
	if !a.New || a.Story != c.Story || a.Story != o.Story {
		t.Fatalf("stories %d, %d, %d; want one", a.Story, c.Story, o.Story)
	}
	if b.Story == a.Story || !b.New {
		t.Fatal("two happenings in one story")
	}
	s := d.stories[a.Story]
	want := news.Story{
		ID: 1, Headline: "Crane falls across main basin, closing Port Selma harbour", Lead: 101, Lang: "en", Articles: 3, Sources: 3, Independent: 2,
		Langs: []string{"en", "ru"}, First: 101, FirstAt: base, Lag: 8 * time.Hour, Opened: base.Add(2 * time.Minute), Changed: base.Add(8*time.Hour + 2*time.Minute),
	}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Error(diff)
	}
	var because []string
	for _, r := range o.Because {
		because = append(because, r.Kind+": "+strings.Join(r.Words, ", "))
	}
	if got := strings.Join(because, "; "); !strings.Contains(got, "Mirela Kuznetsova") || !strings.Contains(got, "2026-03-04") {
		t.Errorf("because %s", got)
	}
}

func TestTranslation(t *testing.T) {
	d := newDesk(t)
	d.place("courier", "en", 0, craneEN)
	d.place("gazette", "en", 20*time.Minute, craneOwn)
	p := d.place("vesti", "ru", 40*time.Minute, craneRU)
	if len(p.Links) != 1 || p.Links[0].Kind != news.Translation || p.Links[0].Other != 101 || p.Links[0].Direction != news.FromOther {
		t.Fatalf("links %+v", p.Links)
	}
}

func TestCopies(t *testing.T) {
	d := newDesk(t)
	d.place("wire", "en", 0, craneEN)
	dup := d.place("mirror", "en", 10*time.Minute, craneEN)
	trimmed := d.input("local", "en", 20*time.Minute, "Harbour shut\n\n"+strings.Join(strings.Split(strings.TrimSpace(craneEN), "\n\n")[1:3], "\n\n")+"\n\nMore on this page as it comes in, with pictures from our reader on the breakwater.")
	trimmed.Article.Cites = []news.Cite{{Name: "wire"}}
	cut, stories := d.put(trimmed)
	if len(dup.Links) != 1 || dup.Links[0].Kind != news.Duplicate || dup.Links[0].Direction != news.FromOther {
		t.Errorf("duplicate: %+v", dup.Links)
	}
	if len(cut.Links) == 0 || cut.Links[0].Kind != news.Copy || cut.Links[0].Other != 101 || cut.Links[0].Direction != news.FromOther {
		t.Errorf("copy: %+v", cut.Links)
	}
	if s := stories[0]; s.Articles != 3 || s.Sources != 3 || s.Independent != 1 || s.Lag != 0 || s.First != 101 {
		t.Errorf("copies counted as reports of their own: %+v", s)
	}
}

func TestLateArrivalBecomesFirst(t *testing.T) {
	d := newDesk(t)
	d.place("gazette", "en", 2*time.Hour, craneOwn)
	late := d.input("courier", "en", time.Hour, craneEN)
	late.Arrived = base.Add(3 * time.Hour)
	_, stories := d.put(late)
	if s := stories[0]; s.First != late.Article.ID || s.Lag != time.Hour {
		t.Errorf("first %d, lag %s", s.First, s.Lag)
	}
}

func TestUpdateOfTheSamePage(t *testing.T) {
	d := newDesk(t)
	d.place("courier", "en", 0, craneEN)
	next := d.input("courier", "en", time.Hour, craneEN+"\n\nThe basin was opened to small boats in the evening, the director added, and the rest will follow.")
	p, stories := d.put(next)
	if len(p.Links) != 1 || p.Links[0].Kind != news.Update || p.Links[0].Direction != news.FromOther {
		t.Errorf("links %+v", p.Links)
	}
	if s := stories[0]; s.Sources != 1 || s.Independent != 1 || s.Articles != 2 {
		t.Errorf("%+v", s)
	}
}

// A window that was rebuilt decides as the one that it replaces.
func TestRestore(t *testing.T) {
	d := newDesk(t)
	for i, s := range []string{craneEN, bridge, craneRU, craneEN} {
		d.place([]string{"courier", "herald", "vesti", "mirror"}[i], []string{"en", "en", "ru", "en"}[i], time.Duration(i)*time.Hour, s)
	}
	again := story.NewWindow(story.Options{NextStory: d.NextStory()})
	for i, in := range d.inputs {
		again.Restore(in, d.placed[i])
	}
	next := d.input("gazette", "en", 8*time.Hour, craneOwn)
	p, s := d.Place(next)
	q, r := again.Place(next)
	if diff := cmp.Diff(p, q) + cmp.Diff(s, r); diff != "" {
		t.Error(diff)
	}
	if s[0].Articles != 4 || s[0].Independent != 2 {
		t.Errorf("%+v", s[0])
	}
}

func TestOldArticlesLeave(t *testing.T) {
	d := newDesk(t)
	a := d.place("courier", "en", 0, craneEN)
	b := d.place("gazette", "en", 15*24*time.Hour, craneOwn)
	if a.Story == b.Story || d.Len() != 1 {
		t.Errorf("stories %d and %d, %d articles held", a.Story, b.Story, d.Len())
	}
}

func TestSameIDChangesNothing(t *testing.T) {
	d := newDesk(t)
	d.place("courier", "en", 0, craneEN)
	p, s := d.Place(d.inputs[0])
	if p.Story != 1 || p.New || s[0].Articles != 1 || d.Len() != 1 {
		t.Errorf("%+v %+v", p, s)
	}
}

func TestEmptyArticle(t *testing.T) {
	d := newDesk(t)
	p, s := d.put(d.input("courier", "", 0, "x\n\n"))
	q, _ := d.put(d.input("gazette", "zz", 0, "\n\n"))
	if !p.New || !q.New || s[0].Articles != 1 {
		t.Errorf("%+v %+v", p, q)
	}
}

// The same body says the same kind of thing again, with the same people: the 13th of its packages, eight days after the 12th.
func TestTwelfthAndThirteenth(t *testing.T) {
	const twelfth = `
{ORG |Lakes Fund} approves 12th package for fishers

The {ORG |Lakes Fund} approved its 12th package of support for lake fishers in {LOC Q71|Geneva}: 40,000 nets and 300 boats, said {PER |Selam Wubetu}, who chairs it.

It is worth 18 million francs. Deliveries are to begin next month.
`
	const thirteenth = `
{ORG |Lakes Fund} approves 13th package for fishers

The {ORG |Lakes Fund} approved its 13th package of support for lake fishers in {LOC Q71|Geneva}: cold stores and 1,200 lamps, said {PER |Selam Wubetu}, who chairs it. The 12th was approved last week.

It is worth 11 million francs. Deliveries are to begin next month.
`
	d := newDesk(t)
	a := d.place("wire", "en", 0, twelfth)
	d.place("herald", "en", time.Hour, bridge)
	if b := d.place("gazette", "en", 8*24*time.Hour, thirteenth); b.Story == a.Story {
		t.Errorf("the 13th package was taken for the 12th: %+v", b)
	}
}

func TestFiguresInWords(t *testing.T) {
	clash := slices.Index(story.PairFeatures[:], "ordinals-clash")
	for lang, s := range map[string]string{"en": "the twelfth package", "ar": "الحزمة الثانية عشرة", "fr": "le douzième paquet", "ru": "двенадцатого пакета", "zh": "第十二批援助"} {
		d := newDesk(t)
		p := d.input("wire", lang, 0, "x\n\n"+s)
		d.Place(p)
		q := d.input("other", "en", time.Hour, "x\n\nthe 12th package")
		q.Article.ID = 999
		found := false
		d.Pairs(q, func(_ int64, pair []float64) { found = pair[clash] == 0 })
		r := d.input("third", "en", time.Hour, "x\n\nthe 13th package")
		r.Article.ID = 998
		d.Pairs(r, func(_ int64, pair []float64) { found = found && pair[clash] > 0 })
		if !found {
			t.Errorf("%s: %s is not the 12th", lang, s)
		}
	}
}
