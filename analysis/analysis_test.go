package analysis_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/claim"
	"marsad/clause"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/quote"
	"marsad/text"
	"marsad/timex"

	"github.com/google/go-cmp/cmp"
)

func Example() {
	a := news.Article{Lang: "en", Text: "Vladimir Putin said on Tuesday that talks would go on."}
	a.Published = news.Stamp{Time: time.Date(2024, 6, 20, 0, 0, 0, 0, time.UTC), DayOnly: true}
	out := analysis.Of(a, text.Analyze(a.Text, pack.For(a.Lang)), entity.Default())
	c := out.Claims[0]
	fmt.Println(a.Text[c.Claimant.Start:c.Claimant.End], c.Stance, a.Text[c.Start:c.End])
	// Output:
	// Vladimir Putin says talks would go on
}

// sample is news of our own, long enough to be an ordinary article once repeated.
const sample = `قال وزير الدفاع أندريه بيلوسوف للصحفيين يوم الثلاثاء إن المناورات ستبدأ في 18 يونيو. وأضاف: “نحن مستعدون”.

واتهمت واشنطن موسكو بإخفاء الأرقام. ونفت موسكو هذه الاتهامات.

`

func article() (news.Article, *text.Doc) {
	a := news.Article{ID: 7, Lang: "ar", Text: strings.TrimSpace(strings.Repeat(sample, 6))}
	return a, text.Analyze(a.Text, pack.For(a.Lang))
}

func TestSameTwice(t *testing.T) {
	a, doc := article()
	first := analysis.Of(a, doc, entity.Default())
	if d := cmp.Diff(first, analysis.Of(a, doc, entity.Default())); d != "" {
		t.Fatal(d)
	}
	if first.ArticleID != 7 || first.Version != analysis.Version || first.Rules == "" || len(first.Models) == 0 {
		t.Fatalf("unsigned: %d %d %q %v", first.ArticleID, first.Version, first.Rules, first.Models)
	}
	if len(first.Mentions) == 0 || len(first.Timexes) == 0 || len(first.Quotations) == 0 || len(first.Claims) == 0 {
		t.Fatalf("%d mentions, %d timexes, %d quotations, %d claims", len(first.Mentions), len(first.Timexes), len(first.Quotations), len(first.Claims))
	}
}

func TestWithoutNames(t *testing.T) {
	a, doc := article()
	if out := analysis.Of(a, doc, nil); len(out.Mentions) > 0 || len(out.Models) > 0 || len(out.Quotations) == 0 {
		t.Fatalf("%+v", out)
	}
}

// TestDenialAnswersAccusation follows one accusation through all stages.
func TestDenialAnswersAccusation(t *testing.T) {
	a, doc := article()
	claims := analysis.Of(a, doc, entity.Default()).Claims
	for i, c := range claims {
		if c.Stance != news.Denies {
			continue
		}
		if c.Answers < 0 || claims[c.Answers].Stance != news.Accuses || claims[c.Answers].Target.Entity != c.Claimant.Entity {
			t.Fatalf("claim %d answers %d: %+v", i, c.Answers, c)
		}
		return
	}
	t.Fatal("no denial found")
}

// TestOfficesBoundTheDay: Belousov became minister of defence in May 2024, so no earlier 18 June can be meant.
func TestOfficesBoundTheDay(t *testing.T) {
	a, doc := article()
	out := analysis.Of(a, doc, entity.Default())
	if len(out.Candidates) == 0 {
		t.Fatal("no candidate for the day of an undated article")
	}
	if d := out.Candidates[0].Day; d.Year() < 2024 {
		t.Fatalf("first candidate %v, reasons %q", d, out.Candidates[0].Reason)
	}
	a.Published = news.Stamp{Time: time.Date(2024, 6, 20, 0, 0, 0, 0, time.UTC)}
	if out := analysis.Of(a, doc, entity.Default()); len(out.Candidates) > 0 {
		t.Fatal("candidates for a dated article")
	}
}

// TestTranslatedQuotes: a Russian minister quoted in Arabic most likely spoke Russian; in Russian he is quoted as he spoke.
func TestTranslatedQuotes(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       bool
	}{
		{"ar", "قال سيرغي لافروف: “نحن مستعدون للحوار”.", true},
		{"ru", "«Мы готовы к диалогу», — сказал Сергей Лавров.", false},
	} {
		a := news.Article{Lang: c.lang, Text: c.text}
		out := analysis.Of(a, text.Analyze(a.Text, pack.For(a.Lang)), entity.Default())
		if len(out.Quotations) != 1 || out.Quotations[0].Translated != c.want {
			t.Errorf("%s: %+v", c.text, out.Quotations)
		}
	}
}

// BenchmarkOf tells how long an article of some 700 words takes as a whole, and the share of each stage.
func BenchmarkOf(b *testing.B) {
	a := news.Article{Lang: "ar", Text: strings.TrimSpace(strings.Repeat(sample, 18))}
	a.Published = news.Stamp{Time: time.Date(2024, 6, 20, 0, 0, 0, 0, time.UTC)}
	names, p := entity.Default(), pack.For(a.Lang)
	names.Find(text.Analyze(a.Text, p)) // the tables are made at first use
	var took [5]time.Duration
	lap := func(i int, since time.Time) time.Time {
		now := time.Now()
		took[i] += now.Sub(since)
		return now
	}
	for b.Loop() {
		at := time.Now()
		doc := text.Analyze(a.Text, p)
		at = lap(0, at)
		mentions := names.Find(doc)
		at = lap(1, at)
		timex.Find(doc, a.Published)
		at = lap(2, at)
		r := clause.Read(doc, mentions)
		quotations := quote.Of(r)
		at = lap(3, at)
		claim.Of(r, quotations)
		lap(4, at)
	}
	total := time.Duration(0)
	for _, d := range took {
		total += d
	}
	for i, name := range []string{"text", "entity", "timex", "quote", "claim"} {
		b.ReportMetric(100*float64(took[i])/float64(total), name+"-%")
	}
	b.ReportMetric(float64(b.N)/total.Seconds(), "articles/s")
	b.ReportMetric(float64(len(strings.Fields(a.Text))), "words")
}
