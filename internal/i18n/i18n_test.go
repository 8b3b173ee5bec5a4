package i18n

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func at(lang string, now time.Time) *Printer { return New(Options{Lang: lang, Now: now}) }

var day = time.Date(2024, 6, 18, 8, 45, 0, 0, time.UTC)

// Every language says every phrase, with the same holes, in every plural category that it has.
func TestCatalogsAreWhole(t *testing.T) {
	en := load()["en"]
	for tag, c := range load() {
		for key, forms := range en.phrases {
			have := c.phrases[key]
			if have == nil {
				t.Errorf("%s: %s is missing", tag, key)
				continue
			}
			if len(forms) > 1 {
				for _, category := range Categories(tag) {
					if have[category] == "" {
						t.Errorf("%s: %s lacks the form %q", tag, key, category)
					}
				}
			}
			if a, b := holes(forms["other"]), holes(strings.ReplaceAll(have["other"], "{alone}", "{month}")); !slices.Equal(a, b) {
				t.Errorf("%s: %s has holes %v, English has %v", tag, key, b, a)
			}
		}
		for key := range c.phrases {
			if en.phrases[key] == nil {
				t.Errorf("%s: %s is not in English", tag, key)
			}
		}
		for key, list := range en.lists {
			if len(c.lists[key]) != len(list) {
				t.Errorf("%s: %s has %d entries, want %d", tag, key, len(c.lists[key]), len(list))
			}
		}
	}
}

var hole = regexp.MustCompile(`\{[^}]*\}`)

func holes(s string) []string {
	hs := hole.FindAllString(s, -1)
	slices.Sort(hs)
	return slices.Compact(hs)
}

func TestArabicPlurals(t *testing.T) {
	want := map[int]string{0: "لا مواد", 1: "مادة واحدة", 2: "مادتان", 3: "3 مواد", 10: "10 مواد", 11: "11 مادة", 99: "99 مادة", 100: "100 مادة", 103: "103 مواد", 111: "111 مادة"}
	p := at("ar", day)
	for n, s := range want {
		if got := p.Text("card.articles", "n", n); got != s {
			t.Errorf("%d: %q, want %q", n, got, s)
		}
	}
}

func TestRussianPlurals(t *testing.T) {
	for n, want := range map[int64]string{1: "one", 2: "few", 4: "few", 5: "many", 11: "many", 12: "many", 14: "many", 21: "one", 22: "few", 0: "many", 111: "many"} {
		if got := russianPlural(n, false); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestHebrewPlurals(t *testing.T) {
	p := at("he", day)
	for n, want := range map[int]string{0: "0 ידיעות", 1: "ידיעה אחת", 2: "שתי ידיעות", 3: "3 ידיעות", 12: "12 ידיעות", 21: "21 ידיעות", 102: "102 ידיעות"} {
		if got := p.Text("card.articles", "n", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got, want := p.Full(day), "יום שלישי, 18 ביוני 2024, 08:45 (\u2066UTC\u2069)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := p.Ago(day.Add(-2*time.Hour)), "לפני שעתיים"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A value put into a phrase is escaped and cannot turn its neighbours around.
func TestValuesAreIsolated(t *testing.T) {
	p := at("ar", day)
	html := string(p.T("card.first", "source", `<b>Pacific & Co</b>`))
	if want := `أول ما رصدناه: <bdi dir="ltr">&lt;b&gt;Pacific &amp; Co&lt;/b&gt;</bdi>`; html != want {
		t.Errorf("got  %s\nwant %s", html, want)
	}
	if text := p.Text("card.first", "source", "Pacific"); text != "أول ما رصدناه: \u2066Pacific\u2069" {
		t.Errorf("plain text is not isolated: %q", text)
	}
}

func TestDates(t *testing.T) {
	riyadh := time.FixedZone("", 3*3600)
	p := New(Options{Lang: "ar", Zone: riyadh, Now: day})
	if got, want := p.Full(day), "الثلاثاء 18 يونيو 2024، 11:45 (\u2066UTC+3\u2069)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := New(Options{Lang: "ar", Digits: "arab", Now: day}).Day(day), "الثلاثاء ١٨ يونيو ٢٠٢٤"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := New(Options{Lang: "fa", Now: day}).Full(day), "سه\u200cشنبه ۱۸ ژوئن ۲۰۲۴، ۰۸:۴۵ (\u2066UTC\u2069)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	en := at("en", day)
	for d, want := range map[time.Duration]string{12 * time.Second: "just now", 50 * time.Second: "50 seconds ago", time.Minute + 40*time.Second: "2 minutes ago", 3 * time.Hour: "3 hours ago", 50 * time.Hour: "2 days ago", -time.Hour: "in 1 hour", time.Minute: "1 minute ago", 59 * time.Minute: "59 minutes ago", 70 * time.Minute: "70 minutes ago"} {
		if got := en.Ago(day.Add(-d)); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
	if got := en.Short(day.AddDate(-1, 0, 0)); got != "18 June 2023, 08:45" {
		t.Errorf("an old moment is told as %q", got)
	}
}

func TestNumbers(t *testing.T) {
	en := at("en", day)
	for v, want := range map[any]string{999: "999", 1234: "1,234", 12345: "12,345", 1234567: "1,234,567", -5: "\u22125", 0.4: "0.4", 3.0: "3"} {
		if got := en.Num(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}

func TestList(t *testing.T) {
	items := []template.HTML{"a", "b", "c", "d"}
	for n, want := range []string{"", "a", "a and b", "a, b and c", "a, b, c and d"} {
		if got := string(at("en", day).List(items[:n])); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// The pseudo-locale changes every phrase that is words, so that a word outside of the catalog shows.
func TestPseudo(t *testing.T) {
	if got := at(Pseudo, day).Text("search.none"); !strings.HasPrefix(got, "⟦") || strings.Contains(got, "article") {
		t.Errorf("not changed: %q", got)
	}
	if got := at(Pseudo, day).Text("card.first", "source", "X"); !strings.Contains(got, "X") {
		t.Errorf("the hole was lost: %q", got)
	}
}

func TestMissingPhraseShows(t *testing.T) {
	if got := at("en", day).Text("no.such.phrase"); got != "[no.such.phrase]" {
		t.Errorf("got %q", got)
	}
}

func ExamplePrinter() {
	p := New(Options{Lang: "ar"})
	fmt.Println(p.Text("card.independent", "n", 2))
	fmt.Println(p.Text("card.independent", "n", 9))
	// Output:
	// مصدران مستقلان
	// 9 مصادر مستقلة
}

// A reader who asked for the digits of the Arabic script gets them everywhere but in what has to be typed as it stands.
func TestDigits(t *testing.T) {
	p := New(Options{Lang: "ar", Digits: "arab"})
	for want, got := range map[string]string{
		"12٬345٫5": p.Num(12345.5), "60٪": p.Percent(.6), "لا اسم يبرز في آخر 24 ساعة.": p.Text("now.rising-none"),
		"تضاعفت مصادرها المستقلة (3 ثم 6 ثم 12 …)": p.Text("tell.new-sources"), "11 مادة": p.Text("card.articles", "n", 11),
	} {
		if want = p.digits(want); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for key, piece := range map[string]string{"watch.digest-note": "07:00 17:00", "query.error.day": "2024-06-18", "query.error.count": "NEAR/5", "query.error.number": "words:>=300"} {
		if got := p.Text(key); !strings.Contains(got, piece) {
			t.Errorf("%s: %q is no longer as it has to be typed: %q", key, piece, got)
		}
	}
	for lang, want := range map[string]string{"ar": "latn", "fa": "arab", "en": "latn"} {
		if got := New(Options{Lang: lang}).Digits(); got != want {
			t.Errorf("%s has %s where nobody chose, want %s", lang, got, want)
		}
	}
}

// Dates stand in the form that their language gives a month within and without a day.
func TestMonthsStandAlone(t *testing.T) {
	ru, fa, fr := at("ru", day), New(Options{Lang: "fa", Digits: "latn", Now: day}), at("fr", day)
	first := time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)
	for want, got := range map[string]string{
		"18 июня 2024": ru.DateAs("date.year", day), "июнь 2024": ru.Month(day), "18 ژوئن": fa.ShortDay(day), "1 فوریهٔ 2024": fa.DateAs("date.year", first),
		"1 فوریه": fa.ShortDay(first), "1er février": fr.ShortDay(first), "18 juin": fr.ShortDay(day), "8–9 mars 2024": fr.Days(first.AddDate(0, 1, 7), first.AddDate(0, 1, 8)),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
