package cli

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"marsad/internal/store"
	"marsad/news"
)

// TestAround shows the words near the first hit, from a word's or line's begin, whole characters alone, with the hits bold.
func TestAround(t *testing.T) {
	at := func(text, word string) news.Span {
		i := strings.Index(text, word)
		return news.Span{Start: i, End: i + len(word)}
	}
	long := strings.Repeat("calm sea ", 30) + "then the harbour closed at dawn." + strings.Repeat(" Ships waited.", 30)
	chinese := strings.Repeat("海上无事", 40) + "港口关闭" + strings.Repeat("船只等待", 40)
	lines := "A first paragraph.\n\nThe harbour closed."
	for _, c := range []struct {
		name, text string
		spans      []news.Span
		begins     string
		holds      string
	}{
		{"no hit", lines, nil, "A first paragraph. The harbour", "closed."},
		{"a line of its own", lines, []news.Span{at(lines, "harbour")}, "…The ", "\x1b[1mharbour\x1b[0m closed."},
		{"words before", long, []news.Span{at(long, "harbour")}, "…calm sea", "the \x1b[1mharbour\x1b[0m closed"},
		{"no spaces", chinese, []news.Span{at(chinese, "港口")}, "…海上无事", "\x1b[1m港口\x1b[0m关闭"},
		{"out of order and outside", long, []news.Span{at(long, "harbour"), {Start: 0, End: 4}, {Start: 5, End: 9000}}, "…", "\x1b[1mharbour\x1b[0m"},
		{"escapes of a stranger", "a \x1b[31mred\x1b[0m harbour", nil, "a [31mred[0m harbour", ""},
	} {
		got := (&style{color: true}).around(c.text, c.spans)
		if !strings.HasPrefix(got, c.begins) || !strings.Contains(got, c.holds) || !utf8.ValidString(got) || strings.Contains(got, "\n") {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// TestWhen shows the time that answers are in the order of.
func TestWhen(t *testing.T) {
	arrived := time.Date(2026, 3, 2, 9, 30, 0, 0, time.Local)
	for want, p := range map[string]news.Stamp{
		"2026-03-02 09:30": {}, "2026-03-01": {Time: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), DayOnly: true}, "2026-03-01 08:15": {Time: time.Date(2026, 3, 1, 8, 15, 0, 0, time.Local), Zoned: true},
	} {
		if got := when(store.Entry{Arrived: arrived, Article: news.Article{Published: p}}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
