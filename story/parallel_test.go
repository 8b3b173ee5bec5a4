package story_test

import (
	"strings"
	"testing"

	"marsad/analysis"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

func written(lang string, paragraphs ...string) story.Entry {
	a := news.Article{Lang: lang, Text: strings.Join(paragraphs, "\n\n"), Published: news.Stamp{Time: base, Zoned: true}}
	d := text.Analyze(a.Text, pack.For(lang))
	return story.Entry{Article: a, Doc: d, Analysis: analysis.Of(a, d, entity.Default())}
}

// A paragraph that a translation left out stands alone, and two that it made one stand together.
func TestBeside(t *testing.T) {
	en := written("en",
		"Lisbon's harbour was shut on Monday after a crane 74 metres high fell across its main basin and sank two boats.",
		"Nobody was hurt.",
		"Portugal sent 120 divers, and Spain offered a floating crane from Valencia that can lift 900 tonnes.",
		"The ferries to Casablanca leave from Setubal until further notice, the operator said.")
	ar := written("ar",
		"أُغلق مرفأ لشبونة يوم الاثنين بعد سقوط رافعة ارتفاعها 74 مترا في حوضه الرئيسي وغرق زورقين.",
		"وأرسلت البرتغال 120 غواصا.",
		"وعرضت إسبانيا رافعة عائمة من فالنسيا ترفع 900 طن.",
		"وتنطلق العبارات إلى الدار البيضاء من سيتوبال حتى إشعار آخر، بحسب المشغل.")
	pairs := story.Beside(en, ar)
	cut := func(e story.Entry, spans []news.Span) string {
		var out []string
		for _, s := range spans {
			out = append(out, e.Article.Text[s.Start:s.End])
		}
		return strings.Join(out, " / ")
	}
	want := [][2]string{{"Lisbon's", "لشبونة"}, {"Nobody", ""}, {"Portugal", "غواصا. / وعرضت"}, {"ferries", "العبارات"}}
	if len(pairs) != len(want) {
		t.Fatalf("%d pairs", len(pairs))
	}
	for i, w := range want {
		l, r := cut(en, pairs[i].Left), cut(ar, pairs[i].Right)
		if !strings.Contains(l, w[0]) || w[1] == "" && r != "" || !strings.Contains(r, w[1]) {
			t.Errorf("%q beside %q", l, r)
		}
	}
}

// Who speaks is a mark that lengths and names do not give.
func TestBesideSpeech(t *testing.T) {
	en := written("en", "A small earthquake shook the island on Sunday, the station said. There was no damage beyond a few jars.",
		"“I thought the sexton had gone mad. He thought I had,” said Father Anthimos Karellas, whose bell rang.", "Schools will hold lessons out of doors.")
	ar := written("ar", "هز زلزال صغير الجزيرة يوم الأحد، بحسب المحطة. ولم تُسجل أضرار تتجاوز بضع جرار.",
		"وقال الأب أنثيموس كارلاس الذي قرع جرسه: «ظننت أن القندلفت جن، وظن هو أنني جننت».")
	for i, p := range story.Beside(en, ar)[:2] {
		if len(p.Left) != 1 || len(p.Right) != 1 {
			t.Errorf("pair %d: %v", i, p)
		}
	}
}

// All of both texts stands somewhere, once and in order.
func TestBesideLosesNothing(t *testing.T) {
	for _, texts := range [][2]string{{"", ""}, {"a", ""}, {"", "b"}, {"a\n\nb\n\nc", "x"}, {strings.Repeat("word\n\n", 250), "y\n\nz"}} {
		l, r := written("en", texts[0]), written("fr", texts[1])
		at := [2]int{}
		for _, p := range story.Beside(l, r) {
			for side, spans := range [2][]news.Span{p.Left, p.Right} {
				for _, s := range spans {
					if strings.TrimSpace(texts[side][at[side]:s.Start]) != "" {
						t.Errorf("%.20q: %q is lost", texts, texts[side][at[side]:s.Start])
					}
					at[side] = s.End
				}
			}
		}
		for side := range at {
			if strings.TrimSpace(texts[side][at[side]:]) != "" {
				t.Errorf("%.20q: the end is lost", texts)
			}
		}
	}
}
