package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"marsad/internal/i18n"
	"marsad/text"

	"github.com/chromedp/chromedp"
	"golang.org/x/text/unicode/bidi"
)

// mixed are strings as newsrooms write them: both directions in one line, with dates, numbers, scores, addresses and punctuation at
// the seams, where reordering goes wrong.
var mixed = []string{
	"RT: بوتين وكيم يوقعان اتفاقا (نص كامل)!", "نشر في 2024-06-18 الساعة 08:45", "وكالة مثال", "Statement by كيم جونغ أون", "19 June.", "أعلنت شركة Planet Labs، الثلاثاء، صورا جديدة",
	"الهاتف +1 (202) 555-0142", "فاز الفريق 3-1 على ضيفه", "فاز الفريق 3–1", "صدر في 2026-03-10", "بين 2026-03-01 و2026-03-10 فقط", "سعر البرميل 82.40 دولارا (+1.5%)", "ارتفع 1,250.75 نقطة", "القرار 1718 (2006)", "نسبة 50٪ من الأصوات",
	"كتاب «Le Monde» الجديد", "قال: «نعم»", "He said: “نعم”.", "The word سلام means peace", "العدد 5/7 من المجلة", "5/7", "يومي 18 و19 يونيو/حزيران", "من 9:00 إلى 17:30",
	"عنوان: https://example.org/ar?q=1", "C++ لغة برمجة", "@example نشر تغريدة #خبر", "#خبر عاجل: زلزال", "الرئيس (Vladimir Putin) وصل", "طائرة F-16 فوق البحر", "كوفيد-19", "COVID-19 في الصين",
	"G7: قمة مجموعة السبع", "قمة G7", "A/HRC/55/1 وثيقة", "م/ث 12", "5 km/h", "ألف وَمِئة", "١٢٣ نسخة", "عام ١٩٤٨م", "Hebrew שלום עולם text", "שלום, world!", "مرحبا שלום hello",
	"«روسيا اليوم» RT", "1. البند الأول", "(1) أولا", "أ) أولا ب) ثانيا", "هل وصل؟ نعم!", "100%", "-5°C في موسكو", "−5 درجات", "USD/RUB 89.4", "السعر: $5", "$5 للبرميل", "€10 و£8",
	"ראש הממשלה (Benjamin Cohen) אמר: \"לא\" ב-18:30", "מחיר: 1,250.75 ש\"ח (+3.5%)", "שיחות חינם: 1-800-555-0199", "ירושלים – القدس – Jerusalem", "12–15 במרץ 2026", "נשיא ארה\"ב: NATO תגיב תוך 48 שעות",
	"اتصلوا على +966 11 555 0142 أو 920-000-123", "بين 10% و12.5% من الناخبين", "خسائر بـ$2.5 مليار (€2.3 مليار)", "من 3,000 إلى 4,500 جندي", "قرار A/RES/77/1 صدر في 2022-07-28", "[محدّث] زلزال بقوة 6.7 يضرب Izmir",
	"تقرير Reuters: «OPEC+» تخفض 1.2 مليون ب/ي", "الأسهم: AAPL −1.8%، MSFT +0.4%", "נתניהו لـ«هآرتس»: no comment", "EU: «نعم» ל-3 מתוך 5 הצעות", "UN says 4 of 10 in غزة lack water", "Q&A: ما هو الذكاء الاصطناعي AI؟", "UTC+3 توقيت مكة", "(Exclusive) حصري: وثيقة [PDF]", "الساعة 09:05–10:40 (GMT)", "مباراة Real Madrid 2:1 برشلونة", "№ 7: «Газпром» и أرامكو", "رقم الرحلة EK-201/EK-202",
	"A→B إلى ج", "اسم_ملف.txt", "مقال بقلم J. K. Smith.", "By أحمد علي, 19 June.", "جديد: iPhone 15 Pro (256GB)", "Москва и الرياض", "МИД: «ответ будет»", "卫星图像 في الميناء", "فيديو | Video", "x ≤ ٥",
}

// The interface puts every text of the news into a line of either direction. A real browser must show it in the order that the
// Unicode bidirectional algorithm gives for a paragraph of the text's own majority direction, by a reading of it that is not the
// browser's.
func TestBidiOrder(t *testing.T) {
	if len(mixed) < 60 {
		t.Fatalf("%d strings", len(mixed))
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html dir="%s"><meta charset="utf-8"><body>`, r.URL.Query().Get("dir"))
		for i, s := range mixed {
			fmt.Fprintf(w, `<p style="white-space:nowrap">(1) <span id="t%d">%s</span> · 3</p>`, i, i18n.Run{Text: s}.HTML())
		}
	}))
	t.Cleanup(srv.Close)
	c := openChromium(t, srv.URL)
	wrong := 0
	for _, dir := range []string{"ltr", "rtl"} {
		c.do(chromedp.EmulateViewport(1280, 900))
		c.visit(srv.URL + "/?dir=" + dir)
		for i, s := range mixed {
			var lefts []float64
			if err := json.Unmarshal([]byte(ask[string](c, fmt.Sprintf(places, i))), &lefts); err != nil {
				t.Fatal(err)
			}
			if got, want := seenOrder(s, lefts), visualOrder(t, s); got != want {
				wrong++
				t.Errorf("in a line %s %q shows as\n%s\nwant\n%s", dir, s, got, want)
			}
		}
	}
	t.Logf("measure web/bidi-as-expected %d - %d %s", 2*len(mixed)-wrong, 2*len(mixed), map[bool]string{true: "ok", false: "short"}[wrong == 0])
}

// places gives the middle of each code point of a string on the screen, in logical order.
const places = `(() => { const out = [], walk = document.createTreeWalker(document.querySelector('#t%d bdi'), NodeFilter.SHOW_TEXT);
for (let n; n = walk.nextNode();) { let i = 0; for (const ch of n.data) { const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + ch.length);
i += ch.length; const b = r.getBoundingClientRect(); out.push((b.left + b.right) / 2) } } return JSON.stringify(out) })()`

// runs cuts a string into the stretches whose order matters: letters and digits that stand together.
func runsOf(s string) (runs [][2]int) {
	in := -1
	rs := []rune(s)
	for i, r := range rs {
		p, _ := bidi.LookupRune(r)
		word := p.Class() == bidi.L || p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.EN || p.Class() == bidi.AN
		if word && in < 0 {
			in = i
		}
		if !word && in >= 0 {
			runs = append(runs, [2]int{in, i})
			in = -1
		}
	}
	if in >= 0 {
		runs = append(runs, [2]int{in, len(rs)})
	}
	return runs
}

// seenOrder lists the stretches from left to right as they stand on the screen.
func seenOrder(s string, lefts []float64) string {
	rs := []rune(s)
	return ordered(rs, func(at int) float64 { return lefts[at] })
}

// visualOrder lists them as the bidirectional algorithm orders them, by the plain reading of it below.
func visualOrder(t *testing.T, s string) string {
	t.Helper()
	rs := []rune(s)
	where := reorder(levelsOf(rs, text.RTL(s)))
	return ordered(rs, func(at int) float64 { return float64(where[at]) })
}

// levelsOf gives the embedding levels of a paragraph by UAX #9, rules W1 to W7, N1, N2, I1 and I2; the strings hold no controls.
func levelsOf(rs []rune, rtl bool) []int {
	base, own := 0, bidi.L
	if rtl {
		base, own = 1, bidi.R
	}
	cs := make([]bidi.Class, len(rs))
	for i, r := range rs {
		p, _ := bidi.LookupRune(r)
		cs[i] = p.Class()
	}
	for _, d := range isoDate.FindAllStringIndex(string(rs), -1) { // held together by us
		at := utf8.RuneCountInString(string(rs)[:d[0]])
		cs[at+4], cs[at+7] = bidi.CS, bidi.CS
	}
	weak(cs, own)
	dir := func(c bidi.Class) bidi.Class { // as N1 sees it
		switch c {
		case bidi.R, bidi.EN, bidi.AN:
			return bidi.R
		case bidi.L:
			return bidi.L
		}
		return bidi.ON
	}
	levels := make([]int, len(cs))
	for i := 0; i < len(cs); {
		j := i
		for j < len(cs) && dir(cs[j]) == bidi.ON {
			j++
		}
		if j > i { // N1: between two of a kind, that kind; N2: else the paragraph's
			before, after := own, own
			if i > 0 {
				before = dir(cs[i-1])
			}
			if j < len(cs) {
				after = dir(cs[j])
			}
			for ; i < j; i++ {
				if cs[i] = own; before == after {
					cs[i] = before
				}
			}
			continue
		}
		i++
	}
	for i, c := range cs { // I1 and I2
		levels[i] = base
		switch {
		case base == 0 && c == bidi.R, base == 1 && c != bidi.R:
			levels[i]++
		case base == 0 && c != bidi.L:
			levels[i] += 2
		}
	}
	return levels
}

var isoDate = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}`)

// weak resolves numbers and what stands among them (W1 to W7).
func weak(cs []bidi.Class, own bidi.Class) {
	strong := own
	for i, c := range cs {
		switch {
		case c == bidi.NSM && i > 0:
			cs[i] = cs[i-1]
		case c == bidi.L || c == bidi.R || c == bidi.AL:
			strong = c
		case c == bidi.EN && strong == bidi.AL:
			cs[i] = bidi.AN
		}
	}
	for i, c := range cs {
		if c == bidi.AL {
			cs[i] = bidi.R
		}
		if i > 0 && i+1 < len(cs) && cs[i-1] == cs[i+1] && (c == bidi.ES && cs[i-1] == bidi.EN || c == bidi.CS && (cs[i-1] == bidi.EN || cs[i-1] == bidi.AN)) {
			cs[i] = cs[i-1]
		}
	}
	for i := range cs { // W5: signs beside a European number belong to it
		if cs[i] == bidi.EN {
			for j := i - 1; j >= 0 && cs[j] == bidi.ET; j-- {
				cs[j] = bidi.EN
			}
			for j := i + 1; j < len(cs) && cs[j] == bidi.ET; j++ {
				cs[j] = bidi.EN
			}
		}
	}
	strong = own
	for i, c := range cs {
		switch c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				cs[i] = bidi.L
			}
		case bidi.AN:
		default:
			cs[i] = bidi.ON
		}
	}
}

// reorder gives each position its place on the screen (L2): from the highest level down, stretches of that level or higher turn around.
func reorder(levels []int) []int {
	order := make([]int, len(levels))
	for i := range order {
		order[i] = i
	}
	for level := 3; level > 0; level-- {
		for i := 0; i < len(order); i++ {
			j := i
			for j < len(order) && levels[order[j]] >= level {
				j++
			}
			slices.Reverse(order[i:j])
			i = max(i, j)
		}
	}
	where := make([]int, len(levels))
	for at, i := range order {
		where[i] = at
	}
	return where
}

func ordered(rs []rune, x func(int) float64) string {
	runs := runsOf(string(rs))
	var parts []string
	for len(runs) > 0 {
		first := 0
		for i := range runs {
			if x(runs[i][0]) < x(runs[first][0]) {
				first = i
			}
		}
		parts = append(parts, string(rs[runs[first][0]:runs[first][1]]))
		runs = append(runs[:first:first], runs[first+1:]...)
	}
	return strings.Join(parts, " ¦ ")
}

// Dates and clocks of the interface read in their order in an Arabic line.
func TestArabicDatesAreNotReversed(t *testing.T) {
	p := i18n.New(i18n.Options{Lang: "ar", Now: testNow(), Zone: time.FixedZone("", 3*3600)})
	for s, want := range map[string]string{p.Full(start): "الثلاثاء ¦ 10 ¦ مارس ¦ 2026 ¦ 14 ¦ 20 ¦ UTC ¦ 3"} {
		rs := []rune(s)
		var got []string
		for _, r := range runsOf(s) {
			got = append(got, string(rs[r[0]:r[1]]))
		}
		if strings.Join(got, " ¦ ") != want {
			t.Errorf("%q", got)
		}
	}
}
