package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// visible gives a text without the characters that nobody sees and that part words: soft hyphens, spaces and joiners without width, marks
// of order, and the embeddings and overrides of direction, which could also show a text in another order than it is stored. Letters in the
// forms that typesetting leaves (ﬁ, ﻻ) become the letters themselves. What writing needs stays: the joiners of Persian and Indian
// scripts, the marks of direction that stand alone, the spaces without width between the words of Thai, Khmer and Burmese.
func visible(s string) string {
	if strings.IndexByte(s, 0xC2) < 0 && strings.IndexByte(s, 0xE2) < 0 && strings.IndexByte(s, 0xEF) < 0 {
		return s
	}
	from := 0
	asked, sight := false, false // whether the text is stored in the order of sight, once that is asked
	var b strings.Builder
	for i := 0; i < len(s); {
		if c := s[i]; c != 0xC2 && c != 0xE2 && c != 0xEF {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		kept, ok := "", false
		switch {
		case r == 0xAD, r == 0xFEFF, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x206F, r >= 0xFFF9 && r <= 0xFFFB:
			ok = true
		case r == 0x200B:
			last, _ := utf8.DecodeLastRuneInString(s[:i])
			ok = !partedUnseen(last)
		case r >= 0xFB00 && r <= 0xFB06, r >= 0xFB50 && r <= 0xFDF2, r >= 0xFE70 && r <= 0xFEFC:
			if kept = norm.NFKC.String(s[i : i+n]); kept[0] != ' ' && len(kept) <= 12 && kept != s[i:i+n] {
				if r >= 0xFE70 && !asked {
					asked, sight = true, backwards(s)
				}
				ok = r < 0xFE70 || !sight
			}
		}
		if ok {
			b.WriteString(s[from:i])
			b.WriteString(kept)
			from = i + n
		}
		i += n
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// backwards tells whether a text of Arabic forms is stored in the order of sight, its words from end to beginning, as old typesetting did: a
// word then begins with a letter in its final form. Such a text is left as it is.
func backwards(s string) bool {
	begins := true
	for _, r := range s {
		if begins && isFinal(r) {
			return true
		}
		begins = unicode.IsSpace(r) || begins && (unicode.IsMark(r) || unicode.IsPunct(r))
	}
	return false
}

// isFinal tells whether r is a letter in the form that it has at the end of a word. Letters that join to both sides have four forms in a
// row there, the others two; the final form is the second.
func isFinal(r rune) bool {
	for _, run := range [...]struct{ from, to, size rune }{{0xFE81, 0xFE88, 2}, {0xFE89, 0xFE8C, 4}, {0xFE8D, 0xFE8E, 2}, {0xFE8F, 0xFE92, 4}, {0xFE93, 0xFE94, 2}, {0xFE95, 0xFEA8, 4}, {0xFEA9, 0xFEB0, 2}, {0xFEB1, 0xFEEC, 4}, {0xFEED, 0xFEF0, 2}, {0xFEF1, 0xFEF4, 4}, {0xFEF5, 0xFEFC, 2}} {
		if r >= run.from && r <= run.to {
			return (r-run.from)%run.size == 1
		}
	}
	return false
}

// partedUnseen tells whether a script parts its words by spaces without width.
func partedUnseen(r rune) bool {
	return r >= 0x0E00 && r <= 0x0EFF || r >= 0x1000 && r <= 0x109F || r >= 0x1780 && r <= 0x17FF
}
