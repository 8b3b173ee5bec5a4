package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
)

// Where a page's article is loaded by scripts, or is no text at all, what looks most like running text is the site's own words: forms,
// licences, what the publisher says of itself. An article says what its headline says: a short text that has not one word of the
// headline or the description is not theirs.
const (
	foreignMost = 500 // letters: longer texts are believed
	foreignWant = 3   // words that the headline must have to ask for

	foreignNear   = 4   // blocks behind the headline within which a text is believed
	foreignLittle = 100 // letters, if it has more than these
)

// dropForeign drops all the text of a page where it is short and has no word of what the page says it is about.
func (r *reading) dropForeign(a *news.Article, items []item) {
	if r.moved {
		return
	}
	if onlyOffers(items) {
		dropAll(items, news.Boilerplate, "offers-alone")
		return
	}
	first := -1
	var text strings.Builder
	n := 0
	for i := range items {
		if it := &items[i]; it.stays() {
			if first < 0 {
				first = it.block
			}
			if n += it.chars; n > foreignMost {
				return
			}
			text.WriteByte(' ')
			text.WriteString(squash(it.text))
		}
	}
	if gap := first - r.scene.head; r.scene.head >= 0 && gap > 0 && gap <= foreignNear && n > foreignLittle {
		return
	}
	about := a.Headline + " " + r.head.title + " " + r.head.get("og:title") + " " + r.head.get("description") + " " + r.head.get("og:description")
	if n == 0 || !foreign(r.withoutHost(squash(about)), text.String()) {
		return
	}
	dropAll(items, news.Boilerplate, "not-of-headline")
}

// dropAll drops what is left of a text.
func dropAll(items []item, kind news.RemovedKind, rule string) {
	for i := range items {
		if items[i].stays() {
			items[i].drop(kind, rule)
		}
	}
}

// onlyOffers tells whether nothing is left but a few lines that each sell, ask for consent or stand before a wall: a login, a notice.
func onlyOffers(items []item) bool {
	n := 0
	for i := range items {
		it := &items[i]
		if !it.stays() {
			continue
		}
		if n++; n > 3 || it.folded == "" || it.chars > 350 || it.said.any&(saysPitch|saysConsent|saysPaywall) == 0 {
			return false
		}
	}
	return n > 0
}

// withoutHost takes the words of the site off what a page says it is about: every text of the site has them.
func (r *reading) withoutHost(about string) string {
	site := " " + squash(r.site) + " " + strings.Join(strings.FieldsFunc(hostOf(r.page.URL), func(c rune) bool { return c == '.' || c == '-' }), " ") + " "
	words := strings.Fields(about)
	out := words[:0]
	for _, w := range words {
		if !strings.Contains(site, " "+w+" ") {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// foreign tells whether a text has no word of what it should be about. A word is there where its first four letters stand in the
// text, within another word too; in the scripts that write small words together with others, where any three of its letters do.
func foreign(about, text string) bool {
	asked := 0
	for _, w := range strings.Fields(about) {
		first, _ := utf8.DecodeRuneInString(w)
		if utf8.RuneCountInString(w) < 4 && !loose(first) {
			continue
		}
		asked++
		if unicode.In(first, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian) || unicode.IsDigit(first) {
			if strings.Contains(text, opening(w)) {
				return false
			}
			continue
		}
		runes := []rune(w)
		size := min(len(runes), 2+b2i(!loose(runes[0])))
		for i := 0; i+size <= len(runes); i++ {
			if strings.Contains(text, string(runes[i:i+size])) {
				return false
			}
		}
	}
	return asked >= foreignWant
}

// opening gives the first four letters of a word.
func opening(w string) string {
	n := 0
	for i := range w {
		if n++; n > 4 {
			return w[:i]
		}
	}
	return w
}
