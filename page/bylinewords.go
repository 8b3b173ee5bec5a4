package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"marsad/lang/pack"
)

// behindLabel gives what stands behind a word for "by" and a colon within a line, up to the next label: "2024-03-12 来源：港口日报
// 作者：王晓明". A line that begins so has its names elsewhere.
func behindLabel(lex *lexicon, s string) string {
	for i := 0; i < len(s); {
		j := strings.IndexAny(s[i:], ":：")
		if j < 0 {
			return ""
		}
		at := i + j
		_, w := utf8.DecodeRuneInString(s[at:])
		i = at + w
		from := strings.LastIndexAny(s[:at], " |/，,（(【　") + 1
		for from > 0 && from < at && !utf8.RuneStart(s[from]) {
			from++
		}
		if from == 0 || lex.say(squash(s[from:at])).whole&saysBy == 0 {
			continue
		}
		rest := strings.TrimSpace(s[i:])
		if k := strings.IndexAny(rest, ":："); k >= 0 { // the next label's word is no name
			rest = rest[:strings.LastIndexAny(rest[:k], " |/，,（(")+1]
		}
		return strings.TrimSpace(rest)
	}
	return ""
}

// afterBy gives what follows the last word for "by" within a line: "Posted on Monday by A".
func afterBy(lex *lexicon, s string) string {
	words := strings.Fields(s)
	for i := len(words) - 2; i > 0; i-- {
		rest := strings.Join(words[i+1:], " ")
		if w := squash(words[i]); len(w) > 1 && !strings.Contains(rest, "@") && lex.say(w).whole&saysBy != 0 {
			return rest
		}
	}
	return s
}

// trimDateWords takes the beginning of a date off the end of a byline: "by A on Monday, June".
func trimDateWords(lex *lexicon, lang, s string) string {
	words := strings.Fields(s)
	for len(words) > 1 {
		last := words[len(words)-1]
		v := lex.say(squash(last))
		if v.whole&(saysMonth|saysPublished|saysUpdated) == 0 && utf8.RuneCountInString(last) > 2 && !weekday(lang, last) {
			break
		}
		words = words[:len(words)-1]
	}
	s = strings.TrimRight(strings.Join(words, " "), " ,-–(")
	for i := range s { // 김하늘 기자승인
		if r, _ := utf8.DecodeRuneInString(s[i:]); i > 0 && loose(r) && lex.say(squash(s[i:])).whole&(saysPublished|saysUpdated) != 0 {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

// weekday tells whether a word names a day of the week, in a language or in English.
func weekday(lang, w string) bool {
	w = squash(w)
	for _, tag := range [...]string{lang, "en"} {
		if p := pack.For(tag).Timex; p != nil && slices.ContainsFunc(p.Weekdays, func(names string) bool {
			return slices.ContainsFunc(strings.Split(names, "|"), func(n string) bool {
				stem, _, _ := strings.Cut(n, "{") // monday{|s}
				return squash(stem) == w
			})
		}) {
			return true
		}
	}
	return false
}
