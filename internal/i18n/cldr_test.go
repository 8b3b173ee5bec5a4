package i18n

import (
	"encoding/json"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The categories of CLDR, said once more by hand: what a reader of each language would check.
func TestPluralTable(t *testing.T) {
	numbers := []float64{0, 1, 2, 3, 5, 11, 21, 100, 1.5, 1000000}
	for lang, want := range map[string]string{
		"en": "other one other other other other other other other other",
		"ar": "zero one two few few many many other other other",
		"es": "other one other other other other other other other many",
		"fr": "one one other other other other other other one many",
		"ru": "many one few few many many one many other many",
		"zh": "other other other other other other other other other other",
		"fa": "one one other other other other other other other other",
		"he": "other one two other other other other other other other",
	} {
		var got []string
		for _, n := range numbers {
			whole, fraction, _ := count([]any{"n", n})
			got = append(got, pluralRule(lang)(whole, fraction))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %v are %s, want %s", lang, numbers, s, want)
		}
	}
	if got := at("fr", day).Text("length.hour", "n", 1.5); got != "1,5 heure" {
		t.Errorf("a fraction is said as %q", got)
	}
	if got := at("ru", day).Text("length.hour", "n", 1.5); got != "1,5 часа" {
		t.Errorf("a fraction is said as %q", got)
	}
	if got := at("fr", day).Text("card.articles", "n", 2000000); got != "2\u202f000\u202f000 articles" {
		t.Errorf("millions are said as %q", got)
	}
}

// cldr reads a file of Unicode's Common Locale Data Repository as npm carries it (cldr-core, cldr-numbers-full, cldr-dates-full,
// cldr-misc-full, each unpacked in a folder of its name). MARSAD_CLDR names the folder of these; without it the tests are skipped.
func cldr(t *testing.T, path ...string) any {
	t.Helper()
	root := os.Getenv("MARSAD_CLDR")
	if root == "" {
		t.Skip("MARSAD_CLDR is not set: nothing to compare with")
	}
	body, err := os.ReadFile(filepath.Join(root, path[0]))
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	for _, key := range path[1:] {
		m, ok := v.(map[string]any)
		if !ok || m[key] == nil {
			t.Fatalf("%s has no %s", path[0], strings.Join(path[1:], " "))
		}
		v = m[key]
	}
	return v
}

func str(t *testing.T, path ...string) string {
	t.Helper()
	s, ok := cldr(t, path...).(string)
	if !ok {
		t.Fatalf("%v is no string", path)
	}
	return s
}

// Every sample that CLDR gives for a category, whole or with one decimal, is in that category here.
func TestPluralsOfCLDR(t *testing.T) {
	n := 0
	for _, l := range Languages() {
		rules := cldr(t, "cldr-core/supplemental/plurals.json", "supplemental", "plurals-type-cardinal", l.Tag).(map[string]any)
		for name, rule := range rules {
			category := strings.TrimPrefix(name, "pluralRule-count-")
			for _, sample := range samples(rule.(string)) {
				whole, decimals, _ := strings.Cut(sample, ".")
				i, err := strconv.ParseInt(whole, 10, 64)
				if err != nil || len(decimals) > 1 || decimals == "0" { // a fraction of nothing is not written
					continue
				}
				n++
				if got := pluralRule(l.Tag)(i, decimals != ""); got != category {
					t.Errorf("%s: %s is %s, CLDR says %s", l.Tag, sample, got, category)
				}
			}
		}
	}
	t.Logf("%d samples", n)
}

// samples reads "n = 1 @integer 1 @decimal 1.0, 1.00" and spreads ranges.
func samples(rule string) (out []string) {
	for _, part := range strings.Split(rule, "@")[1:] {
		_, list, _ := strings.Cut(part, " ")
		for _, s := range strings.Split(list, ",") {
			s = strings.TrimSpace(s)
			from, to, ok := strings.Cut(s, "~")
			if !ok {
				out = append(out, s)
				continue
			}
			a, _ := strconv.ParseFloat(from, 64)
			b, _ := strconv.ParseFloat(to, 64)
			step, form := 1.0, "%.0f"
			if strings.Contains(from, ".") {
				step, form = .1, "%.1f"
			}
			for ; a < b+step/2; a += step {
				out = append(out, fmt.Sprintf(form, a))
			}
		}
	}
	return out
}

var fields = strings.NewReplacer("'de'", "de", "EEEE", "{weekday}", "MMMM", "{month}", "LLLL", "{alone}", "'", "", "M", "{month}", "y", "{year}", "d", "{day}")

// ours differs from CLDR's on purpose, each with its reason.
var ours = map[string]string{
	"en date.full":     "the day before the month, as in London, Doha and Delhi: a desk that reads the world's news writes 18 June",
	"en date.year":     "see date.full",
	"en date.short":    "see date.full",
	"en list.last":     "no comma before the last and, as in the stylebooks of news",
	"ar date.full":     "newspapers set no comma behind the weekday",
	"ar quotes":        "newspapers set «…»",
	"es quotes":        "the Academy asks for «…» first",
	"ru date.full":     "no г. behind the year: its full stop would end sentences in their middle",
	"ru date.year":     "see date.full",
	"ru date.month":    "see date.full",
	"fa list.last":     "no comma before و",
	"zh date.month":    "the same, with its month written 6月 in the list of months",
	"ar length.minute": "a minute ago: one is not said twice",
	"ar length.hour":   "see length.minute",
	"ar length.day":    "see length.minute; no tanwin, as everywhere here",
	"ar date.ahead":    "خلال means within: a thing that comes in two hours comes بعد ساعتين",
	"he length.minute": "no figure in brackets behind the word",
	"he length.hour":   "see length.minute",
	"he length.day":    "see length.minute",
	"fa date.ahead":    "one word for all units",
}

// compare says where we differ without a reason.
func compare(t *testing.T, lang, what, got, want string) {
	t.Helper()
	if got != want && ours[lang+" "+what] == "" {
		t.Errorf("%s %s: %q, CLDR has %q", lang, what, got, want)
	}
}

// TestNumbersOfCLDR compares separators, percentages and the least number that is grouped, with Latin digits and with those of the script.
func TestNumbersOfCLDR(t *testing.T) {
	for _, l := range Languages() {
		for _, digits := range []string{"latn", "arab"} {
			system := digits
			if digits == "arab" {
				if l.Tag != "ar" && l.Tag != "fa" {
					continue
				}
				system = map[string]string{"ar": "arab", "fa": "arabext"}[l.Tag]
			}
			at := func(key ...string) string {
				return str(t, append([]string{"cldr-numbers-full/main/" + l.Tag + "/numbers.json", "main", l.Tag, "numbers"}, key...)...)
			}
			symbols := "symbols-numberSystem-" + system
			p := New(Options{Lang: l.Tag, Digits: digits})
			zero := string(p.zero)
			point := p.digits("0") + at(symbols, "decimal") + p.digits("4")
			compare(t, l.Tag, "decimal", p.Num(0.4), point)
			compare(t, l.Tag, "group", p.Num(12000), p.digits("12")+at(symbols, "group")+strings.Repeat(zero, 3))
			percent := strings.Trim(at(symbols, "percentSign"), "\u200e\u200f\u061c")
			compare(t, l.Tag, "percent", p.Percent(.6), strings.NewReplacer("#,##0", p.digits("60"), "%", percent).Replace(at("percentFormats-numberSystem-"+system, "standard")))
			grouped := strings.Contains(p.Num(1000), at(symbols, "group"))
			compare(t, l.Tag, "least grouped", fmt.Sprint(grouped), fmt.Sprint(at("minimumGroupingDigits") == "1"))
		}
		native := str(t, "cldr-numbers-full/main/"+l.Tag+"/numbers.json", "main", l.Tag, "numbers", "defaultNumberingSystem") != "latn"
		compare(t, l.Tag, "default digits", fmt.Sprint(New(Options{Lang: l.Tag}).Digits() == "arab"), fmt.Sprint(native))
	}
}

// TestDatesOfCLDR compares the names of months and weekdays and the order of a date.
func TestDatesOfCLDR(t *testing.T) {
	for _, l := range Languages() {
		at := func(key ...string) string {
			return str(t, append([]string{"cldr-dates-full/main/" + l.Tag + "/ca-gregorian.json", "main", l.Tag, "dates", "calendars", "gregorian"}, key...)...)
		}
		c := load()[l.Tag]
		alone := c.lists["date.months-alone"]
		if alone == nil {
			alone = c.lists["date.months"]
		}
		for m := 1; m <= 12 && l.Tag != "zh"; m++ { // Chinese patterns write the month as a figure
			compare(t, l.Tag, "month", c.lists["date.months"][m-1], at("months", "format", "wide", fmt.Sprint(m)))
			compare(t, l.Tag, "month alone", alone[m-1], at("months", "stand-alone", "wide", fmt.Sprint(m)))
		}
		for d, name := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
			compare(t, l.Tag, "weekday", c.lists["date.weekdays"][d], at("days", "format", "wide", name))
		}
		tidy := func(s string) string { return strings.ReplaceAll(s, "月", "") } // stands in the names of Chinese months
		compare(t, l.Tag, "date.full", c.one("date.full"), tidy(fields.Replace(at("dateFormats", "full"))))
		compare(t, l.Tag, "date.year", c.one("date.year"), tidy(fields.Replace(at("dateFormats", "long"))))
		compare(t, l.Tag, "date.month", c.one("date.month"), tidy(fields.Replace(at("dateTimeFormats", "availableFormats", "yMMMM"))))
		compare(t, l.Tag, "date.short", c.one("date.short"), tidy(fields.Replace(at("dateTimeFormats", "availableFormats", "MMMMd"))))
	}
}

// TestListsAndQuotesOfCLDR compares how items are joined and how words of others are set off.
func TestListsAndQuotesOfCLDR(t *testing.T) {
	for _, l := range Languages() {
		at := func(key ...string) string {
			return str(t, append([]string{"cldr-misc-full/main/" + l.Tag + "/" + key[0], "main", l.Tag}, key[1:]...)...)
		}
		p := New(Options{Lang: l.Tag})
		for ours, theirs := range map[string]string{"two": "2", "middle": "middle", "last": "end"} {
			got := p.Text("list."+ours, "a", template.HTML("{0}"), "b", template.HTML("{1}"))
			want := strings.ReplaceAll(at("listPatterns.json", "listPatterns", "listPattern-type-standard", theirs), "\u200f", "")
			compare(t, l.Tag, "list."+ours, got, want)
		}
		open, shut := at("delimiters.json", "delimiters", "quotationStart"), at("delimiters.json", "delimiters", "quotationEnd")
		compare(t, l.Tag, "quotes", strings.ReplaceAll(p.Text("cite.quoted", "x", template.HTML("x")), "\u00a0", ""), open+"x"+shut)
	}
}

// TestAgoOfCLDR compares how long ago and in how long.
func TestAgoOfCLDR(t *testing.T) {
	for _, l := range Languages() {
		p := New(Options{Lang: l.Tag, Now: day, Digits: "latn"})
		for unit, size := range map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour} {
			for _, n := range []int{2, 5, 21} {
				if unit == "day" && n < 2 {
					continue
				}
				for way, sign := range map[string]time.Duration{"past": -1, "future": 1} {
					category := pluralRule(l.Tag)(int64(n), false)
					want := str(t, "cldr-dates-full/main/"+l.Tag+"/dateFields.json", "main", l.Tag, "dates", "fields", unit, "relativeTime-type-"+way, "relativeTimePattern-count-"+category)
					want = strings.ReplaceAll(want, "{0}", fmt.Sprint(n))
					what := "length." + unit
					if way == "future" && ours[l.Tag+" date.ahead"] != "" {
						what = "date.ahead"
					}
					compare(t, l.Tag, what, p.Ago(day.Add(sign*time.Duration(n)*size)), want)
				}
			}
		}
	}
}
