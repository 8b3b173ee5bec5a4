package text_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/text"
)

func ExampleAnalyze() {
	d := text.Analyze("وقال الكرملين إن بوتين وصل. ثم غادر!", pack.For("ar"))
	for _, s := range d.Sentences {
		fmt.Println(d.Of(s))
	}
	fmt.Println(d.Tokens[0].Norm, text.Bare(nil, "وبالكرملين", pack.For("ar").Text))
	// Output:
	// وقال الكرملين إن بوتين وصل.
	// ثم غادر!
	// وقال [بالكرملين الكرملين كرملين]
}

func words(s, lang string) string {
	var out []string
	for _, t := range text.Analyze(s, pack.For(lang)).Tokens {
		out = append(out, t.Norm)
	}
	return strings.Join(out, "|")
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", "Putin's visit, on 18–19 June", "putin|'s|visit|,|on|18|–|19|june"},
		{"fr", "L’Ukraine n'a qu'un", "l|ukraine|n|a|qu|un"},
		{"tr", "Ankara'da", "ankara|'da"},
		{"ar", "يومي ١٨ و١٩ يونيو/حزيران", "يومي|18|و19|يونيو|/|حزيران"},
		{"zh", "2024年6月", "2024|年|6|月"},
		{"en", "1,000.5 U.S. 3rd", "1,000.5|u.s|.|3rd"},
	} {
		if got := words(c.in, c.lang); got != c.want {
			t.Errorf("%s: got %s want %s", c.in, got, c.want)
		}
	}
}

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"Hello": "hello", "৭ জুন ๒": "7 জুন 2", "ÉTÉ": "été", "e\u0301te\u0301": "été", "أَحْمَد": "احمد", "مكتبة": "مكتبه", "عـــلى": "علي", "ﬁne": "fine",
		"Алёна": "алена", "İstanbul": "istanbul", "ＡＢＣ": "abc", "۱۲۳": "123", "שָׁלוֹם": "שלום",
		"台灣總統": "台湾总统", "台湾总统": "台湾总统", "習近平": "习近平", "東京の桜": "东京の樱", "芸術": "芸术",
	} {
		if got := text.Normalize(in); got != want {
			t.Errorf("%q: got %q want %q", in, got, want)
		}
		if again := text.Normalize(want); again != want {
			t.Errorf("%q is not stable: %q", want, again)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", "Mr. Kirby spoke. “We care.” He left! J. Smith paid $3.5 million.", "Mr. Kirby spoke.|“We care.”|He left!|J. Smith paid $3.5 million."},
		{"ru", "В 2024 г. он приехал. Сказал: «Да!» И уехал.", "В 2024 г. он приехал.|Сказал: «Да!»|И уехал."},
		{"zh", "他来了。他说：“好。”他走了！", "他来了。|他说：“好。”|他走了！"},
		{"en", "“Where is it?” she asked. Nobody knew… and so on.", "“Where is it?” she asked.|Nobody knew… and so on."},
	} {
		d := text.Analyze(c.in, pack.For(c.lang))
		var got []string
		for _, s := range d.Sentences {
			got = append(got, d.Of(s))
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("got  %s\nwant %s", g, c.want)
		}
	}
}

func TestDirection(t *testing.T) {
	for in, want := range map[string]bool{"Hello": false, "مرحبا World, مرحبا بكم": true, "שלום": true, "123": false, "": false} {
		if text.RTL(in) != want {
			t.Errorf("%q", in)
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{"a 'b' c's d", "وَ\u0640\u064B", "\xff\xfe", "L’’’a", "'", "19ـ\u200f", "e\u0301\u0301"} {
		f.Add(s, "ar")
		f.Add(s, "fr")
	}
	f.Add("The 3 Cranes of A.B., at 10:30; said it's 1,000.5 \"over\"\n\nin the harbour. Next_one `x` caf\u00e9 today, tomorrow\r\nthen.", "en")
	f.Fuzz(func(t *testing.T, s, lang string) {
		if err := text.CheckBlocks(s, pack.For(lang)); err != nil {
			t.Fatal(err)
		}
		d := text.Analyze(s, pack.For(lang))
		at := 0
		for _, k := range d.Tokens {
			if k.Start < at || k.End <= k.Start || k.End > len(s) {
				t.Fatalf("token %+v after %d in %q", k, at, s)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[k.Start:k.End]) {
				t.Fatalf("token %+v splits a rune of %q", k, s)
			}
			at = k.End
		}
		for _, rs := range [][]text.Range{d.Sentences, d.Paragraphs} {
			next := 0
			for _, r := range rs {
				if r.From != next || r.To <= r.From {
					t.Fatalf("ranges %v do not tile", rs)
				}
				next = r.To
			}
			if next != len(d.Tokens) {
				t.Fatalf("ranges end at %d of %d", next, len(d.Tokens))
			}
		}
	})
}

func BenchmarkAnalyze(b *testing.B) {
	for lang, s := range map[string]string{
		"en": "The Kremlin said that the president's visit, planned for 18–19 June, would go ahead. ",
		"ar": "قال الكرملين إن الزيارة المقررة يومي 18 و19 يونيو/حزيران ستتم في موعدها كما أُعلن. ",
	} {
		long := strings.Repeat(s, 60)
		p := pack.For(lang)
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(long)))
			b.ReportAllocs()
			for b.Loop() {
				text.Analyze(long, p)
			}
		})
	}
}

// FuzzSegments holds the fast boundaries to the full rules.
func FuzzSegments(f *testing.F) {
	for _, s := range []string{"U.S. a.b a. b", "A1,5 a,b 1,5 1;a", "can't 'x' l'été", "кот’а кот», кот.", "وقال: “نعم”، 18 و١٩", "a_b _ a\u0301", "#️⃣ 1️⃣", "a\u200db", "قَالَ\u0640", "a:b a: b", "\r\n a  b\t\nc", "ҁ҂҃҄Ҋ", "צה\"ל a\"b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if err := text.CheckSegments(s); err != nil {
			t.Fatal(err)
		}
	})
}

// TestBlocks cuts random texts, of which most is plain ASCII, in blocks and token by token.
func TestBlocks(t *testing.T) {
	plain := []string{"word", "Word ", " big", "a", " ", "x1 ", "longerword", ", ", ". ", "3rd", "U.S.", "it's ", "\n"}
	odd := []string{".", ",", ";", ":", "'", "\"", "`", "_", "\r", "\t", "\x00", "é", "’", "“", "—", "ب", "\u064b", "Ж", "\u0301", "\u200d", "\u00a0", "漢", "(", "!", "?", "$", "\xff", "ﬁ", "א", "ß", "٣", "1", "é"}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 5_000 {
		var b strings.Builder
		for share := 2 + r.IntN(40); b.Len() < 150+i%100; {
			from := plain
			if r.IntN(share) == 0 {
				from = odd
			}
			b.WriteString(from[r.IntN(len(from))])
		}
		if err := text.CheckBlocks(b.String(), pack.For([]string{"en", "fr", "ar", "ru"}[i%4])); err != nil {
			t.Fatal(err)
		}
	}
}
