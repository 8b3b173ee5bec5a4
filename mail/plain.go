package mail

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
)

// plain gives the text part, with what is the reader's own.
func (l Letter) plain(own string) string {
	t := &textPart{Letter: l, mark: l.mark(), shown: map[string]bool{l.Link: true}}
	t.head()
	t.news()
	t.foot(own)
	return t.b.String()
}

// textPart is a letter's text part while it is written.
type textPart struct {
	Letter
	b     strings.Builder
	mark  string          // before the letter's own words
	shown map[string]bool // addresses that stand there already, or will
}

func (t *textPart) say(format string, args ...any) { fmt.Fprintf(&t.b, format, args...) }

func (t *textPart) head() {
	if t.Masthead != "" {
		t.say("%s%s", t.mark, isolate(t.Masthead))
		if t.When != "" {
			t.say(" · %s", isolate(t.When))
		}
		t.say("\r\n\r\n")
	}
	if t.Kicker != "" {
		t.say("%s%s\r\n", t.mark, t.Kicker)
	}
	t.say("%s\r\n\r\n", alone(t.Headline))
}

func (t *textPart) news() {
	for _, p := range t.passages() {
		t.say("%s\r\n", alone(p.Sentence))
		if p.By.Label != "" {
			t.fact(p.By)
		}
		t.say("\r\n")
	}
	for _, i := range t.Items {
		t.say("%s\r\n", alone(i.Value))
		if i.More != "" {
			t.say("%s%s\r\n", t.mark, i.More)
		}
		if i.Link != "" {
			t.say("%s\r\n", i.Link)
		}
		t.say("\r\n")
	}
	for _, f := range t.Facts {
		t.fact(f)
	}
	if len(t.Facts) > 0 {
		t.say("\r\n")
	}
	if t.Link != "" {
		t.say("%s%s\r\n%s\r\n\r\n", t.mark, cmp.Or(t.Action, t.LinkText), t.Link)
	}
}

// fact writes a labelled line, and its address where that does not stand there yet.
func (t *textPart) fact(f Fact) {
	t.say("%s%s%s%s", t.mark, f.Label, colon(t.Lang), isolate(f.Value))
	for _, more := range []string{f.More, f.When} {
		if more != "" {
			t.say(" · %s", isolate(more))
		}
	}
	t.say("\r\n")
	if f.Link != "" && !t.shown[f.Link] {
		t.say("%s\r\n", f.Link)
		t.shown[f.Link] = true
	}
}

func (t *textPart) foot(own string) {
	t.say("-- \r\n")
	if t.Why != "" {
		t.say("%s%s\r\n", t.mark, t.Why)
	}
	t.b.WriteString(own)
	if t.Notice != "" {
		t.say("%s%s\r\n", t.mark, t.Notice)
	}
	if t.Imprint != "" {
		t.say("%s\r\n", alone(t.Imprint))
	}
}

// colon parts a label from its value as a language does.
func colon(lang string) string {
	switch primary, _, _ := strings.Cut(lang, "-"); primary {
	case "fr":
		return "\u00a0: "
	case "zh":
		return "："
	}
	return ": "
}

// alone gives a string that is a line of its own. Isolates would hide its direction: programs look for a line's first strong character
// outside of them. Where that character would mislead, a mark stands before it.
func alone(s string) string {
	switch rtl := dir(s) == "rtl"; {
	case rtl:
		return "\u200f" + s
	case strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana)
	}):
		return "\u200e" + s
	}
	return s
}
