package analysis

import (
	"testing"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// TestNamesAreNoTimes: a month in a person's name and a day in a paper's are none.
func TestNamesAreNoTimes(t *testing.T) {
	times := []news.Timex{{Span: news.Span{Start: 0, End: 5}}, {Span: news.Span{Start: 30, End: 34}}}
	mentions := []news.Mention{{Span: news.Span{Start: 0, End: 14}, Kind: news.Person}, {Span: news.Span{Start: 30, End: 34}, Kind: news.Org}}
	if got := unnamed(times, mentions); len(got) != 1 || got[0].Start != 30 {
		t.Fatalf("%+v", got)
	}
}

// TestForeign: an article that says it is a translation holds no words as they were spoken; one that only tells of translators does.
func TestForeign(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"“We are ready,” said Ana Holm.\n\nTranslated by Pavel Orlov", true},
		{"“We are ready,” said Ana Holm.\n\nThe novel, which was translated by a team of four over nine years in three cities on two continents, and reviewed by a further eleven readers, sold well.", false},
	} {
		a := news.Article{Lang: "en", Text: c.text}
		out := Of(a, text.Analyze(a.Text, pack.For("en")), nil)
		if len(out.Quotations) != 1 || out.Quotations[0].Translated != c.want {
			t.Errorf("%s: %+v", c.text, out.Quotations)
		}
	}
}
