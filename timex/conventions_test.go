package timex_test

import (
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
	"marsad/timex"
)

// TestConventions holds what is said in one way in one language or calendar: hours over midnight, zones with summer time, numbers in
// Hebrew letters, the moon's months beside a weekday, eras. All is published on Wednesday, 11 March 2026.
func TestConventions(t *testing.T) {
	anchor := news.Stamp{Time: time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC), DayOnly: true}
	for _, c := range []struct{ lang, s, from, to, value string }{
		{"en", "The curfew runs from 8pm to 6am.", "2026-03-11T20:00", "2026-03-12T06:00", ""},
		{"de", "Die Ausgangssperre gilt von 20 bis 6 Uhr.", "2026-03-11T20:00", "2026-03-12T06:00", ""},
		{"ru", "действует с 20:00 до 06:00", "2026-03-11T20:00", "2026-03-12T06:00", ""},
		{"ar", "من الثامنة مساء حتى السادسة صباحا", "2026-03-11T20:00", "2026-03-12T06:00", ""},
		{"en", "at 8 p.m. ET", "2026-03-12T00:00", "", ""},
		{"en", "at 8 p.m. ET on 5 January", "2026-01-06T01:00", "", ""},
		{"uk", "о 15:40 за київським часом", "2026-03-11T13:40", "", ""},
		{"uk", "о 15:40 за київським часом 5 липня 2025 року", "2025-07-05T12:40", "", ""},
		{"ar", "الساعة الثامنة مساء بتوقيت الرياض", "2026-03-11T17:00", "", ""},
		{"zh", "北京时间上午10时30分", "2026-03-11T02:30", "", ""},
		{"he", `ב-ה' באייר תש"ח הוכרזה המדינה`, "1948-05-14T00:00", "1948-05-15T00:00", ""},
		{"he", `בכ"ט בנובמבר 1947`, "1947-11-29T00:00", "1947-11-30T00:00", ""},
		{"ar", "يوم الثلاثاء 3 محرم 1446هـ", "2024-07-09T00:00", "2024-07-10T00:00", ""},
		{"zh", "民国113年5月20日就职", "2024-05-20T00:00", "2024-05-21T00:00", ""},
		{"en", "Overnight, drones hit the port.", "2026-03-10T20:00", "2026-03-11T06:00", ""},
		{"ar", "وهي أول زيارة له منذ 24 عاما", "2002-03-11T00:00", "", "P24Y"},
		{"ar", "اندلعت الحرب منذ 24 عاما", "2002-03-11T00:00", "", "2002"},
	} {
		ts := timex.Find(text.Analyze(c.s, pack.For(c.lang)), anchor)
		const at = "2006-01-02T15:04"
		if len(ts) != 1 || ts[0].From.Format(at) != c.from || c.to != "" && ts[0].To.Format(at) != c.to || c.value != "" && ts[0].Value != c.value {
			t.Errorf("%q: %+v", c.s, ts)
		}
	}
}
