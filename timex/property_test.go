package timex_test

import (
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
	"marsad/timex"

	"pgregory.net/rapid"
)

// TestRelationsHoldAtEveryAnchor asks what must be true of the intervals of words whatever the day of publication.
func TestRelationsHoldAtEveryAnchor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 20000).Draw(t, "day"))
		at := func(lang, s string) news.Timex {
			ts := timex.Find(text.Analyze(s, pack.For(lang)), news.Stamp{Time: today, DayOnly: true})
			if len(ts) != 1 || !ts[0].From.Before(ts[0].To) {
				t.Fatalf("%s %q: %+v", lang, s, ts)
			}
			return ts[0]
		}
		tomorrow := today.AddDate(0, 0, 1)
		for _, c := range []struct{ lang, past, now, next string }{
			{"en", "last week", "this week", "next week"}, {"en", "last month", "this month", "next month"}, {"en", "yesterday", "today", "tomorrow"},
			{"ar", "الأسبوع الماضي", "هذا الأسبوع", "الأسبوع المقبل"}, {"ar", "أمس", "اليوم", "غدا"}, {"ar", "العام الماضي", "هذا العام", "العام المقبل"},
			{"ru", "в прошлом году", "в этом году", "в следующем году"}, {"zh", "上周", "本周", "下周"}, {"ko", "지난달", "이번 달", "다음 달"},
		} {
			past, now, next := at(c.lang, c.past), at(c.lang, c.now), at(c.lang, c.next)
			if now.From.After(today) || now.To.Before(tomorrow) {
				t.Errorf("%q does not hold %s", c.now, today)
			}
			if !past.To.Equal(now.From) || !now.To.Equal(next.From) {
				t.Errorf("%q, %q, %q do not follow each other: %v %v %v", c.past, c.now, c.next, past, now, next)
			}
		}
		for _, s := range []string{"on Friday", "last Friday", "next Friday"} {
			if d := at("en", s).From; d.Weekday() != time.Friday {
				t.Errorf("%q is a %s", s, d.Weekday())
			}
		}
		if d := at("en", "last Friday").From; !d.Before(today) || today.Sub(d) > 7*24*time.Hour {
			t.Errorf("last Friday before %s is %s", today, d)
		}
		if d := at("en", "on June 18"); d.From.Month() != time.June || d.From.Day() != 18 || d.From.Sub(today).Abs() > 366*24*time.Hour {
			t.Errorf("June 18 near %s is %s", today, d.From)
		}
	})
}
