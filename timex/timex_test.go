package timex_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
	"marsad/timex"
)

func find(lang, s, anchor string) []news.Timex {
	stamp := news.Stamp{}
	if anchor != "" {
		t, err := time.Parse(time.DateOnly, anchor)
		if err != nil {
			panic(err)
		}
		stamp = news.Stamp{Time: t, DayOnly: true}
	}
	return timex.Find(text.Analyze(s, pack.For(lang)), stamp)
}

func Example() {
	doc := text.Analyze("He arrived on Tuesday; the talks of June 18 and 19 follow those of last September.", pack.For("en"))
	published := news.Stamp{Time: time.Date(2024, 6, 18, 9, 0, 0, 0, time.UTC)}
	for _, t := range timex.Find(doc, published) {
		fmt.Println(doc.Text[t.Start:t.End], "=", t.From.Format(time.DateOnly), "to", t.To.Format(time.DateOnly))
	}
	// Output:
	// Tuesday = 2024-06-18 to 2024-06-19
	// June 18 and 19 = 2024-06-18 to 2024-06-20
	// last September = 2023-09-01 to 2023-10-01
}

func ExamplePublished() {
	doc := text.Analyze("وصل الرئيس، الثلاثاء، في زيارة يومي 18 و19 يونيو/حزيران. وكان قد زار البلاد في عام 2019.", pack.For("ar"))
	fetched := timex.Bound{NotAfter: time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC), Reason: "fetched"}
	for _, c := range timex.Published(doc, timex.Find(doc, news.Stamp{}), fetched) {
		fmt.Println(c.Day.Format(time.DateOnly))
	}
	// Output:
	// 2024-06-18
	// 2030-06-18
	// 2019-06-18
}

// TestClocksOnTheirDay: a clock time is of the day that its sentence names, a time of its clause's tense, and what is counted from an
// event is a length.
func TestClocksOnTheirDay(t *testing.T) {
	for _, c := range []struct{ lang, text, words, value string }{
		{"ru", "Заседание перенесли на среду, 2 декабря, на 11:00 мск.", "11:00 мск", "2026-12-02T11:00"},
		{"ar", "يبدأ الاجتماع عند الساعة 10:30 صباحا (08:30 ت غ) يوم الخميس 3 ديسمبر.", "08:30 ت غ", "2026-12-03T08:30"},
		{"en", "The truce began at 4 a.m. on a bridge; on Wednesday it ended.", "4 a.m.", "2026-11-18T04:00"},
		{"en", "At 17:30 GMT the minister spoke.", "17:30 GMT", "2026-11-24T17:30"},
		{"tr", "Deprem saat 03.17'de meydana geldi.", "saat 03.17", "2026-11-24T03:17"},
		{"de", "Der Prozess beginnt am Donnerstag um 9.30 Uhr.", "Donnerstag um 9.30 Uhr", "2026-11-26T09:30"},
		{"en", "The trial, which began on Oct. 30, will resume soon.", "Oct. 30", "2026-10-30"},
		{"en", "Since March he has been in jail; he will be freed on 10 March 2027.", "March", "2026-03"},
		{"ar", "استقال الوزير بعد خمسة أيام من نفيه الخبر.", "بعد خمسة أيام", "P5D"},
		{"fr", "En deux jours, 12 personnes sont mortes.", "En deux jours", "P2D"},
		{"de", "Die Brücke wurde in zwei Jahren gebaut.", "in zwei Jahren", "P2Y"},
	} {
		got := ""
		for _, x := range timex.Find(text.Analyze(c.text, pack.For(c.lang)), news.Stamp{Time: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), Zoned: true}) {
			if c.text[x.Start:x.End] == c.words {
				got = x.Value
			}
		}
		if got != c.value {
			t.Errorf("%s: %q is %q, want %q", c.text, c.words, got, c.value)
		}
	}
	for _, x := range timex.Find(text.Analyze("He told the Daily Kestrel so.", pack.For("en")), news.Stamp{}) {
		t.Errorf("a time in a newspaper's name: %+v", x)
	}
}

func TestPublishedWithoutLimits(t *testing.T) {
	doc := text.Analyze("وصل الرئيس، الثلاثاء، في زيارة يومي 18 و19 يونيو/حزيران.", pack.For("ar"))
	var got []string
	for _, c := range timex.Published(doc, timex.Find(doc, news.Stamp{}), timex.Bound{NotBefore: time.Date(2012, 5, 7, 0, 0, 0, 0, time.UTC)}) {
		got = append(got, c.Day.Format("2006"))
		for _, s := range c.Spans {
			if s.Start < 0 || s.End > len(doc.Text) || s.Start >= s.End {
				t.Errorf("span %v", s)
			}
		}
	}
	if s := strings.Join(got, " "); s != "2013 2019 2024 2030" {
		t.Errorf("got %s", s)
	}
	if c := timex.Published(text.Analyze("Nothing happened.", pack.For("en")), nil); len(c) != 0 {
		t.Errorf("candidates from nothing: %v", c)
	}
}

func TestTwoWaysToSayOne(t *testing.T) {
	for _, c := range []struct{ lang, a, b string }{
		{"ar", "في 6 حزيران", "في 6 حزيران/يونيو"},
		{"ar", "في السادس من يونيو", "في 6 يونيو"},
		{"ar", "في ١٨ يونيو ٢٠٢٤", "في 18 يونيو 2024"},
		{"ar", "قبل أسبوعين", "قبل 14 يوما"},
		{"en", "on June 18, 2024", "on 18 June 2024"},
		{"en", "two weeks ago", "14 days ago"},
		{"ru", "18 июня 2024 года", "18.06.2024"},
		{"ru", "две недели назад", "14 дней назад"},
		{"zh", "二〇二四年六月十八日", "2024年6月18日"},
		{"de", "am achtzehnten Juni", "am 18. Juni"},
	} {
		a, b := find(c.lang, c.a, "2024-06-20"), find(c.lang, c.b, "2024-06-20")
		if len(a) != 1 || len(b) != 1 || !a[0].From.Equal(b[0].From) || !a[0].To.Equal(b[0].To) {
			t.Errorf("%q and %q: %v and %v", c.a, c.b, a, b)
		}
	}
}

func TestWordsThatAreNoTimes(t *testing.T) {
	for _, c := range []struct{ lang, s string }{
		{"en", "They may march; the second man sat in the sun, the first, the four of us."},
		{"en", "He scored 4-2 in group G7 with an F16 and 3.5 percent of 2000 people."},
		{"ar", "في أحد المنازل آب إلى بلاده ومارس هوايته."},
		{"ru", "В среде специалистов говорят о 24 странах."},
	} {
		if ts := find(c.lang, c.s, "2024-06-20"); len(ts) != 0 {
			t.Errorf("%q: %+v", c.s, ts)
		}
	}
}

func TestZoneOfTheAnchor(t *testing.T) {
	zone := time.FixedZone("+09", 9*3600)
	ts := timex.Find(text.Analyze("yesterday", pack.For("en")), news.Stamp{Time: time.Date(2024, 6, 18, 1, 0, 0, 0, zone), Zoned: true})
	if len(ts) != 1 || ts[0].From.Format(time.RFC3339) != "2024-06-17T00:00:00+09:00" {
		t.Fatalf("got %+v", ts)
	}
}

// check tells what is wrong with findings, "" for nothing.
func check(s string, ts []news.Timex) string {
	end := 0
	for _, t := range ts {
		switch {
		case t.Start < end || t.End <= t.Start || t.End > len(s):
			return fmt.Sprintf("span %v after %d", t.Span, end)
		case utf8.ValidString(s) && (!utf8.RuneStart(s[t.Start]) || t.End < len(s) && !utf8.RuneStart(s[t.End])):
			return fmt.Sprintf("span %v inside a rune", t.Span)
		case t.From.IsZero() != t.To.IsZero() || !t.From.IsZero() && !t.From.Before(t.To):
			return fmt.Sprintf("interval %v %v of %q", t.From, t.To, s[t.Start:t.End])
		case t.Certainty <= 0 || t.Certainty > 1 || t.Value == "" || t.Type == "" || t.Rule == "":
			return fmt.Sprintf("incomplete %+v", t)
		}
		end = t.End
	}
	return ""
}

func FuzzFind(f *testing.F) {
	for _, lang := range []string{"ar", "en", "ru"} {
		body, err := os.ReadFile("../corpus/timex/" + lang + ".tsv")
		if err != nil {
			f.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(body)) {
			if c := strings.Split(line, "\t"); len(c) == 3 && n%9 == 0 {
				f.Add(lang, strings.NewReplacer("[", "", "]", "").Replace(c[1]), int64(1718668800))
			}
			n++
		}
	}
	f.Add("zh", "从2016年一月十日到十二日", int64(0))
	f.Add("tr", "Bu ayın 4'ünden 22'sine kadar 99999999'da", int64(-1))
	f.Add("de", "zweitausendneunhundertneunundneunzig und einundzwanzig", int64(1e11))
	f.Add("ko", "이천십팔년 이월 삼십일일부터 삼월까지", int64(1e9))
	f.Add("it", "30 febbraio 9999 - 32/13/2020 24:61 0000-00-00", int64(1e9))
	f.Fuzz(func(t *testing.T, lang, s string, unix int64) {
		if len(s) > 1<<14 {
			return
		}
		doc := text.Analyze(s, pack.For(lang))
		anchor := news.Stamp{Time: time.Unix(unix%(1<<36), 0).UTC()}
		if unix == 0 {
			anchor = news.Stamp{}
		}
		ts := timex.Find(doc, anchor)
		if wrong := check(s, ts); wrong != "" {
			t.Fatalf("%s: %q: %s", lang, s, wrong)
		}
		timex.Published(doc, ts)
	})
}

// articles are the sentences of the corpus, as long as a usual article: 700 words.
func article(tb testing.TB, lang string) *text.Doc {
	body, err := os.ReadFile("../corpus/timex/" + lang + ".tsv")
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(body)) {
		if c := strings.Split(line, "\t"); len(c) == 3 && len(strings.Fields(b.String())) < 700 {
			b.WriteString(strings.NewReplacer("[", "", "]", "").Replace(c[1]))
			b.WriteString(strings.Repeat(" The officials spoke of peace with their neighbours.", 2) + "\n")
		}
	}
	return text.Analyze(b.String(), pack.For(lang))
}

func BenchmarkFind(b *testing.B) {
	for _, lang := range []string{"ar", "en", "ru"} {
		doc := article(b, lang)
		anchor := news.Stamp{Time: time.Date(2024, 6, 18, 0, 0, 0, 0, time.UTC)}
		b.Run(lang, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				timex.Find(doc, anchor)
			}
		})
	}
}

// TestHostileTexts asks that texts made to fill the chart cost no more than so much a byte.
func TestHostileTexts(t *testing.T) {
	anchor := news.Stamp{Time: time.Date(2024, 6, 18, 0, 0, 0, 0, time.UTC)}
	for _, p := range pack.All() {
		for _, unit := range []string{"1 ", "1-", "1 2 3 4 ", "2024 - ", "12.10.2024 - ", "May 1 and ", "last next week ", "2 weeks and ", "الأسبوع الماضي من ", "из 4 мая ", "第一 ", "일", "ein", "of the ", "от до и ", "31/12/"} {
			s := strings.Repeat(unit, 4000/len(unit))
			doc := text.Analyze(s, p)
			began := time.Now()
			timex.Find(doc, anchor)
			if took := time.Since(began); took > 15*time.Second {
				t.Errorf("%s: %q took %v", p.Lang, unit, took)
			} else if took > time.Second {
				t.Logf("%s: %q took %v", p.Lang, unit, took)
			}
		}
	}
}

// TestYearsThatRelationsName holds the cases in which a relation to the anchor must not be lost.
func TestYearsThatRelationsName(t *testing.T) {
	for _, c := range []struct{ lang, s, from, to string }{
		{"ru", "10 июня прошлого года", "2023-06-10", "2023-06-11"},
		{"ru", "в мае прошлого года", "2023-05-01", "2023-06-01"},
		{"ru", "до 1 сентября текущего года", "2024-09-01", "2024-09-02"},
		{"ru", "в конце прошлого месяца", "2024-05-16", "2024-06-01"},
		{"uk", "наприкінці минулого місяця", "2024-05-16", "2024-06-01"},
		{"pl", "10 czerwca ubiegłego roku", "2023-06-10", "2023-06-11"},
		{"ar", "في 10 يونيو من العام الماضي", "2023-06-10", "2023-06-11"},
		{"ar", "في نهاية الشهر الماضي", "2024-05-16", "2024-06-01"},
		{"en", "on June 10 last year", "2023-06-10", "2023-06-11"},
		{"en", "at the end of last month", "2024-05-16", "2024-06-01"},
		{"fr", "le 10 juin de l'année dernière", "2023-06-10", "2023-06-11"},
		{"fr", "fin mai dernier", "2024-05-16", "2024-06-01"},
		{"es", "el 10 de junio del año pasado", "2023-06-10", "2023-06-11"},
		{"de", "am 10. Juni des vergangenen Jahres", "2023-06-10", "2023-06-11"},
		{"it", "il 10 giugno dello scorso anno", "2023-06-10", "2023-06-11"},
		{"pt", "em 10 de junho do ano passado", "2023-06-10", "2023-06-11"},
		{"nl", "op 10 juni van vorig jaar", "2023-06-10", "2023-06-11"},
		{"tr", "geçen yılın 10 Haziran", "2023-06-10", "2023-06-11"},
		{"fa", "۱۰ ژوئن سال گذشته", "2023-06-10", "2023-06-11"},
		{"he", "ב-10 ביוני בשנה שעברה", "2023-06-10", "2023-06-11"},
		{"zh", "去年6月10日", "2023-06-10", "2023-06-11"},
		{"ja", "昨年6月10日", "2023-06-10", "2023-06-11"},
		{"ko", "지난해 6월 10일", "2023-06-10", "2023-06-11"},
		{"hi", "पिछले साल 10 जून", "2023-06-10", "2023-06-11"},
		{"uk", "10 червня минулого року", "2023-06-10", "2023-06-11"},
	} {
		ts := find(c.lang, c.s, "2024-06-18")
		if len(ts) != 1 || ts[0].From.Format(time.DateOnly) != c.from || ts[0].To.Format(time.DateOnly) != c.to {
			t.Errorf("%s %q: %+v, want %s to %s", c.lang, c.s, ts, c.from, c.to)
		}
	}
}

func TestClocksOfOtherZones(t *testing.T) {
	zone := time.FixedZone("", 3*3600)
	anchor := news.Stamp{Time: time.Date(2024, 6, 18, 12, 0, 0, 0, zone), Zoned: true}
	for _, c := range []struct{ lang, s, want string }{
		{"en", "at 10:30 GMT on Monday", "2024-06-17T13:30:00+03:00"},
		{"ar", "الساعة 10:30 بتوقيت غرينتش يوم الاثنين", "2024-06-17T13:30:00+03:00"},
		{"ru", "в понедельник в 10:30 мск", "2024-06-17T10:30:00+03:00"},
		{"en", "at 10:30 on Monday", "2024-06-17T10:30:00+03:00"},
	} {
		ts := timex.Find(text.Analyze(c.s, pack.For(c.lang)), anchor)
		if len(ts) != 1 || ts[0].From.Format(time.RFC3339) != c.want {
			t.Errorf("%q: %+v", c.s, ts)
		}
	}
}

func TestNoTimeReachesOverASentence(t *testing.T) {
	for _, c := range []struct {
		lang, s string
		want    []string
	}{
		{"it", "Dal 26 luglio all'11 agosto. Martedì partirà.", []string{"Dal 26 luglio all'11 agosto", "Martedì"}},
		{"en", "It fell in June. 15 people died.", []string{"June"}},
		{"fr", "du 2 Oct. et Oct 22", []string{"du 2 Oct.", "Oct 22"}},
		{"en", "on Oct. 2 and Oct 22", []string{"Oct. 2", "Oct 22"}},
		{"ar", "يومي 6 و11 يونيو", []string{"6", "11 يونيو"}},
	} {
		var got []string
		ts := find(c.lang, c.s, "2024-06-20")
		for _, x := range ts {
			got = append(got, c.s[x.Start:x.End])
		}
		if wrong := check(c.s, ts); wrong != "" || strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q: %q %s", c.s, got, wrong)
		}
	}
}
