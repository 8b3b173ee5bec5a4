package page

import (
	"strings"
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
			if kept = norm.NFKC.String(s[i : i+n]); kept[0] != ' ' && len(kept) <= 12 {
				ok = kept != s[i:i+n]
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

// partedUnseen tells whether a script parts its words by spaces without width.
func partedUnseen(r rune) bool {
	return r >= 0x0E00 && r <= 0x0EFF || r >= 0x1000 && r <= 0x109F || r >= 0x1780 && r <= 0x17FF
}
