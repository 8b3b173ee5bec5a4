package web

import (
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"marsad/internal/i18n"
)

func TestTypedDays(t *testing.T) {
	s := &site{Options: newWorld(t).options} // it is 10 March 2026, a Tuesday
	in := func(lang, typed string) string {
		v := s.visit(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
		zone, err := time.LoadLocation("Asia/Riyadh")
		if err != nil {
			t.Fatal(err)
		}
		v.words = i18n.New(i18n.Options{Lang: lang, Zone: zone, Now: testNow()})
		from, to, ok := v.typedDays(typed)
		if !ok {
			return ""
		}
		if from.Location() != zone || from.Hour() != 0 || !to.After(from) {
			t.Errorf("%s: %s to %s", typed, from, to)
		}
		return from.Format(time.DateOnly) + " " + to.Format(time.DateOnly)
	}
	for _, c := range []struct{ lang, typed, want string }{
		{"en", "2026-03-01", "2026-03-01 2026-03-02"}, {"en", " 2026-02 ", "2026-02-01 2026-03-01"}, {"en", "2025", "2025-01-01 2026-01-01"},
		{"ar", "٢٠٢٦-٠٣-٠١", "2026-03-01 2026-03-02"}, {"fa", "۲۰۲۶-۰۳-۰۱", "2026-03-01 2026-03-02"},
		{"en", "yesterday", "2026-03-09 2026-03-10"}, {"en", "1 March 2026", "2026-03-01 2026-03-02"}, {"ar", "أمس", "2026-03-09 2026-03-10"}, {"ar", "1 مارس 2026", "2026-03-01 2026-03-02"},
		{"ar", "yesterday", "2026-03-09 2026-03-10"}, {"zh", "昨天", "2026-03-09 2026-03-10"}, {"ru", "1 марта 2026", "2026-03-01 2026-03-02"},
		{"en", "2026-13-45", ""}, {"en", "the harbour", ""}, {"en", "yesterday in the harbour", ""}, {"en", "", ""}, {"en", "9999999999", ""},
	} {
		if got := in(c.lang, c.typed); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.lang, c.typed, got, c.want)
		}
	}
	// What the hint names as an example is understood, in every language.
	for _, l := range i18n.Languages() {
		for key, want := range map[string]string{"search.day-example": "2026-03-09 2026-03-10", "search.week-example": "2026-03-02 2026-03-09"} {
			if typed := i18n.New(i18n.Options{Lang: l.Tag, Now: testNow()}).Text(key); in(l.Tag, typed) != want {
				t.Errorf("%s: the example %q is read as %q, want %q", l.Tag, typed, in(l.Tag, typed), want)
			}
		}
	}
}

func TestSearchByDaysInWords(t *testing.T) {
	w := newWorld(t)
	for _, d := range directions {
		b := w.serve(t).speak(d.lang)
		typed := map[string]string{"en": "yesterday", "ar": "أمس"}[d.lang]
		a := b.get("/search?q=port+OR+ship+OR+" + url.QueryEscape("ميناء") + "&from=" + url.QueryEscape(typed) + "&to=" + url.QueryEscape(typed)).wants(200)
		a.wellMade(d.lang, d.dir)
		for _, field := range []string{"from", "to"} {
			if got := attr(a.one("#"+field), "value"); got != "2026-03-09" {
				t.Errorf("%s shows %q", field, got)
			}
			if len(a.all("#"+field+"[type=date]")) != 0 || attr(a.one("#"+field), "aria-describedby") != "days-hint" {
				t.Errorf("%s follows the language of the browser, or has no hint", field)
			}
		}
		a.one("#days-hint")
		bad := b.get("/search?q=port&from=someday").wants(422)
		bad.one(".problem")
		if got := attr(bad.one("#from"), "value"); got != "someday" || attr(bad.one("#from"), "aria-invalid") != "true" {
			t.Errorf("what was not understood became %q", got)
		}
	}
}
