package page

import (
	"strings"
	"unicode/utf8"

	"marsad/news"
)

// splitCredit takes the credit off the end of a caption: in brackets, or after a credit word or mark.
func splitCredit(lex *lexicon, s string) (caption, credit string) {
	s = strings.TrimSpace(s)
	if body, in, ok := bracketEnd(s); ok && (creditWords(lex, in) || utf8.RuneCountInString(in) < 40 && strings.ContainsAny(in, "/©")) {
		return body, bareCredit(lex, in)
	}
	for _, mark := range [...]string{" | ", "©", "(c) ", " / "} {
		if i := strings.LastIndex(s, mark); i >= 0 {
			tail := strings.TrimSpace(s[i+len(mark):])
			if tail != "" && utf8.RuneCountInString(tail) < 60 && (mark == "©" || creditWords(lex, tail)) {
				return strings.TrimSpace(s[:i]), bareCredit(lex, tail)
			}
		}
	}
	if i, ok := creditStart(lex, s); ok {
		return strings.TrimRight(strings.TrimSpace(s[:i]), " (|-–—"), bareCredit(lex, s[i:])
	}
	return s, ""
}

// bracketEnd takes apart a text that ends in brackets.
func bracketEnd(s string) (body, in string, ok bool) {
	s = strings.TrimRight(s, " .\u200f\u200e")
	for _, pair := range [...][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}} {
		if strings.HasSuffix(s, pair[1]) {
			if i := strings.LastIndex(s, pair[0]); i >= 0 {
				in = strings.TrimSpace(s[i+len(pair[0]) : len(s)-len(pair[1])])
				return strings.TrimSpace(s[:i]), in, in != "" && utf8.RuneCountInString(in) < 80
			}
		}
	}
	return "", "", false
}

// creditWords tells whether words name an agency or say that a name follows.
func creditWords(lex *lexicon, s string) bool {
	v := lex.say(squash(s))
	return v.any&saysAgency != 0 || v.starts&saysCredit != 0
}

// creditStart finds "Photo: …" or "Credit: …" near the end of a caption.
func creditStart(lex *lexicon, s string) (int, bool) {
	for i := len(s); i > 0; {
		j := strings.LastIndexAny(s[:i], ":：")
		if j < 0 {
			return 0, false
		}
		_, mark := utf8.DecodeRuneInString(s[j:])
		tail := strings.TrimSpace(s[j+mark:])
		head := s[:j]
		k := strings.LastIndexAny(head, ".|(–—\n") + 1
		for k < len(head) && head[k]&0xC0 == 0x80 {
			k++
		}
		v := lex.say(squash(head[k:]))
		if v.whole&saysCredit != 0 || v.ends&saysCredit != 0 && utf8.RuneCountInString(head[k:]) < 30 {
			if tail != "" && utf8.RuneCountInString(tail) < 80 {
				return k, true
			}
		}
		i = j
	}
	return 0, false
}

// bareCredit takes the credit word, colons, marks and brackets off a credit.
func bareCredit(lex *lexicon, s string) string {
	s = strings.Trim(s, " .()[]|©\u200f\u200e（）")
	if i := strings.IndexAny(s, ":："); i >= 0 {
		if v := lex.say(squash(s[:i])); v.whole&(saysCredit|saysCaption|saysSource) != 0 || v.starts&saysCredit != 0 && i < 40 {
			_, n := utf8.DecodeRuneInString(s[i:])
			s = s[i+n:]
		}
	}
	return strings.Trim(strings.TrimSpace(s), " .()[]|©")
}

// agenciesIn gives the agencies that words name, as written.
func agenciesIn(lex *lexicon, s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool {
		return r == '/' || r == ',' || r == '،' || r == '|' || r == '-' || r == '–' || r == '、' || r == ';'
	}) {
		part = strings.TrimSpace(part)
		if v := lex.say(squash(part)); v.whole&saysAgency != 0 {
			out = append(out, part)
		}
	}
	return out
}

// cite adds a source that the page names, once.
func cite(a *news.Article, name, url string) {
	for _, c := range a.Cites {
		if same(c.Name, name) {
			return
		}
	}
	a.Cites = append(a.Cites, news.Cite{Name: name, URL: url})
}
