package analysis_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"marsad/analysis"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"

	"pgregory.net/rapid"
)

// tongues are the languages whose packs know clauses, with a sentence each that holds a quotation, a claim or a date.
var tongues = map[string]string{
	"ar": "قال وزير الخارجية يوم الثلاثاء إن بلاده «مستعدة للحوار». واتهمت روسيا، الأحد، أوكرانيا بخرق الهدنة. ونفت كييف ذلك.",
	"en": "“We are ready,” said Ana Holm on Tuesday. Ruritania accused Freedonia of lying, which Freedonia denies.",
	"ru": "«Мы готовы, — сказал Лавров 18 июня. — Начнём». В Кремле опровергли сообщения.",
	"de": "Die Opposition hat der Regierung vorgeworfen, Zahlen zu fälschen. «Nein», sagte er am 3. Oktober.",
	"fr": "« Nous sommes prêts », a déclaré la ministre mardi, ce qui a surpris.",
	"es": "El ministro negó las acusaciones y se marchó. Según fuentes, «todo está listo».",
	"tr": "Rusya, Ukrayna'yı sivilleri hedef almakla suçladı. Akar, operasyonun sürdüğünü belirtti.",
	"fa": "کاد این خبر را تکذیب کرد. وزیر گفت: «ما آماده هستیم».",
	"he": "שר החוץ אמר ביום שלישי כי \"אנחנו מוכנים\". האיגוד דרש לפתוח את הנמל.",
	"zh": "外交部表示，“我们准备好了”。美国指责朝鲜提供武器。",
	"ja": "岸田首相は18日、支援を続けると述べた。社長は「続ける」と語った。",
	"ko": "이춘희 시장은 \"투명하게 사용될 것\"이라며 \"관심을 바란다\"고 말했다.",
	"hi": "कांग्रेस ने सरकार पर आंकड़े छिपाने का आरोप लगाया। मोदी ने कहा कि सब ठीक है।",
	"uk": "«Ми готові», — заявив міністр у вівторок, 18 червня.",
}

// pointsInto checks what every analysis of every text holds: each span lies in the text, on rune boundaries, and is not empty but for
// the few that may be; what is quoted stands there word for word because it is a span.
func pointsInto(t interface{ Fatalf(string, ...any) }, s string, out news.Analysis) {
	span := func(what string, x news.Span) {
		if x.Start < 0 || x.End > len(s) || x.Start >= x.End || !boundary(s, x.Start) || !boundary(s, x.End) {
			t.Fatalf("%s %d..%d of %d bytes: %q", what, x.Start, x.End, len(s), s)
		}
	}
	actor := func(what string, a *news.Actor) {
		if a == nil {
			return
		}
		span(what, a.Span)
		if a.Named != nil {
			span(what+" named", *a.Named)
		}
	}
	for _, x := range out.Timexes {
		span("timex", x.Span)
		if !x.From.IsZero() && !x.From.Before(x.To) {
			t.Fatalf("an interval that ends before it begins: %+v", x)
		}
	}
	for _, q := range out.Quotations {
		span("quotation", q.Span)
		actor("speaker", q.Speaker)
		if q.Cue != nil {
			span("cue", q.Cue.Span)
		}
		if q.Occasion != nil {
			span("occasion", *q.Occasion)
		}
	}
	for i, c := range out.Claims {
		span("claim", c.Span)
		actor("claimant", c.Claimant)
		actor("target", c.Target)
		if c.Claimant == nil || c.Answers >= i || c.Answers < -1 {
			t.Fatalf("claim %d: %+v", i, c)
		}
	}
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// TestEverythingPointsIntoTheText shuffles words and marks of all languages.
func TestEverythingPointsIntoTheText(t *testing.T) {
	anchor := news.Stamp{Time: time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)}
	langs := make([]string, 0, len(tongues))
	words := map[string][]string{}
	for l, s := range tongues {
		langs = append(langs, l)
		d := text.Analyze(s, pack.For(l))
		for _, x := range d.Tokens {
			words[l] = append(words[l], s[x.Start:x.End])
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(langs).Draw(t, "lang")
		s := tongues[l]
		for _, w := range rapid.SliceOfN(rapid.SampledFrom(words[l]), 0, 60).Draw(t, "words") {
			s += rapid.SampledFrom([]string{" ", "", "\n\n", " “", "” ", ", "}).Draw(t, "between") + w
		}
		a := news.Article{Lang: l, Text: s, Published: anchor}
		pointsInto(t, s, analysis.Of(a, text.Analyze(s, pack.For(l)), nil))
	})
}

// FuzzOf: whatever is read, what is found points into it.
func FuzzOf(f *testing.F) {
	for l, s := range tongues {
		f.Add(l, s)
	}
	f.Fuzz(func(t *testing.T, lang, s string) {
		if len(s) > 4000 || !utf8.ValidString(s) {
			return
		}
		a := news.Article{Lang: lang, Text: s, Published: news.Stamp{Time: time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)}}
		pointsInto(t, s, analysis.Of(a, text.Analyze(s, pack.For(lang)), nil))
	})
}
