package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitCredit takes the credit off the end of a caption: in brackets, behind a credit word or a mark, as a last sentence that names an
// agency, or before a word that follows the photographer (撮影, 摄, 제공).
func splitCredit(lex *lexicon, s string) (caption, credit string) {
	s = strings.TrimSpace(s)
	if allCredit(lex, s) {
		return "", bareCredit(lex, s)
	}
	if body, in, ok := bracketEnd(s); ok && !onlyCreditWords(lex, in) && !figuresMostly(in) && (creditWords(lex, in) || endsInCredit(lex, in) || utf8.RuneCountInString(in) < 40 && (strings.ContainsAny(in, "/©") || lex.say(squash(in)).ends&saysCredit != 0)) {
		return withoutFile(lex, body), bareCredit(lex, in)
	}
	if i, ok := creditStart(lex, s); ok && i == 0 { // "Foto: Heiko Junge / NTB" is a credit as a whole
		return "", bareCredit(lex, s)
	}
	if i, ok := lastSentence(lex, s); ok {
		return withoutFile(lex, strings.TrimSpace(s[:i])), bareCredit(lex, s[i:])
	}
	for _, mark := range [...]string{" | ", "©", "(c) ", " / ", " /", "/ ", " - ", " – ", " — ", "、", "＝", "="} {
		if i := strings.LastIndex(s, mark); i >= 0 {
			tail := strings.TrimSpace(s[i+len(mark):])
			if tail != "" && utf8.RuneCountInString(tail) < 60 && (mark == "©" || creditWords(lex, tail) || endsInCredit(lex, tail)) {
				return withoutFile(lex, withoutCreditWord(lex, s[:i])), bareCredit(lex, tail)
			}
		}
	}
	if i, ok := creditStart(lex, s); ok {
		return withoutFile(lex, strings.TrimRight(strings.TrimSpace(s[:i]), " (|-–—/[【（")), bareCredit(lex, s[i:])
	}
	if endsInCredit(lex, s) && utf8.RuneCountInString(s) < 16 {
		return "", bareCredit(lex, s)
	}
	if i := agencyEnd(lex, s); i > 0 {
		return withoutFile(lex, withoutCreditWord(lex, s[:i])), s[i:]
	}
	return withoutFile(lex, s), ""
}

// withoutCreditWord takes the credit word off the end of a caption whose maker has been cut off: "… at the gate Photo" + AFP.
func withoutCreditWord(lex *lexicon, s string) string {
	s = strings.TrimRight(s, " .·|-–—/=＝:：")
	i := strings.LastIndexAny(s, " \u00a0.。") // a maker's word stands alone, behind a space or a stop
	if i <= 0 || lex.say(squash(s[i:])).whole&saysCredit == 0 {
		return s
	}
	if rest := strings.TrimRight(s[:i+1], " \u00a0"); len(rest)*2 > len(s) {
		return rest
	}
	return s
}

// allCredit tells whether words are makers of a picture and nothing else: an agency, names with one behind a stroke or "via".
func allCredit(lex *lexicon, s string) bool {
	v := lex.sayAs(squash(s), s)
	if v.whole&saysAgency != 0 {
		return true
	}
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(first) || utf8.RuneCountInString(s) > 60 || endsSentence(s) || figuresMostly(s) || !allNames(strings.ReplaceAll(s, " via ", " ")) {
		return false
	}
	_, tail, ok := strings.Cut(s, " via ")
	if !ok {
		tail = s[strings.LastIndexAny(s, "/|")+1:]
	}
	tail = strings.TrimSpace(tail)
	return tail != s && (lex.sayAs(squash(tail), tail).whole&saysAgency != 0 || len(agenciesIn(lex, s)) > 0)
}

// agencyEnd finds where an agency's name begins that ends a caption without a mark: "… leave the harbour Reuters"; 0 for none.
func agencyEnd(lex *lexicon, s string) int {
	if endsSentence(s) {
		return 0
	}
	i := len(s)
	for n := range 3 {
		if i = strings.LastIndexByte(strings.TrimRight(s[:i], " "), ' ') + 1; i <= 1 {
			return 0
		}
		first, _ := utf8.DecodeRuneInString(s[i:])
		tail := s[i:]
		if unicode.IsUpper(first) && lex.sayAs(squash(tail), tail).whole&saysAgency != 0 && strings.Count(s[:i], " ") >= 4 && n < 3 {
			return i
		}
	}
	return 0
}

// figuresMostly tells whether words are a date or a size rather than names.
func figuresMostly(s string) bool {
	figures, letters := 0, 0
	for _, r := range s {
		figures += b2i(unicode.IsDigit(r))
		letters += b2i(unicode.IsLetter(r))
	}
	return figures > letters || figures >= 6
}

// withoutFile takes "File photo:" and "Image caption" off the beginning of a caption.
func withoutFile(lex *lexicon, s string) string {
	if word := longestStart(lex, s, saysCaption); strings.Contains(word, " ") && strings.HasPrefix(s[len(word):], " ") {
		if rest := strings.TrimSpace(s[len(word):]); rest != "" {
			if first, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(first) {
				return rest
			}
		}
	}
	if head, rest, ok := strings.Cut(s, ":"); ok && strings.TrimSpace(rest) != "" && lex.say(squash(head)).whole&saysCaption != 0 {
		return strings.TrimSpace(rest)
	}
	return s
}

// bracketEnd takes apart a text that ends in brackets.
func bracketEnd(s string) (body, in string, ok bool) {
	s = strings.TrimRight(s, " .\u200f\u200e")
	for _, pair := range [...][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}, {"<", ">"}} {
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
	v := lex.sayAs(squash(s), s)
	first, _ := utf8.DecodeRuneInString(s)
	return v.any&saysAgency != 0 || v.starts&saysCredit != 0 || unicode.IsUpper(first) && lex.say(squash(s)).whole&saysAgency != 0
}

// onlyCreditWords tells whether words are of a picture's making without a name: "archive photo".
func onlyCreditWords(lex *lexicon, s string) bool {
	return lex.say(squash(s)).whole&(saysCredit|saysCaption) != 0 || lex.say(squash(bareCredit(lex, s))).whole&saysCredit != 0
}

// endsInCredit tells whether words of a script without spaces end in a word that follows a photographer.
func endsInCredit(lex *lexicon, s string) bool {
	rest := withoutCreditEnd(lex, s)
	return rest != s && utf8.RuneCountInString(s) < 40
}

// withoutCreditEnd takes the word that follows a photographer off the end.
func withoutCreditEnd(lex *lexicon, s string) string {
	last, _ := utf8.DecodeLastRuneInString(s)
	if !loose(last) {
		return s
	}
	best := s
	for n, i := 0, len(s); i > 0 && n < 5; n++ {
		_, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
		if head := strings.TrimRight(s[:i], " "); head != "" && lex.say(squash(s[i:])).whole&(saysCredit|saysJob) != 0 {
			best = head
		}
	}
	return best
}

// sentenceEnds are the marks behind which a last sentence may be a credit.
var sentenceEnds = [...]string{". ", "! ", "? ", "。", "！", "？", "। ", "۔ ", "؟ ", ".\u200f ", ".” ", ".\" ", ".» ", "\n"}

// lastSentence finds where the last sentence of a caption begins that is a credit without a mark: "Jane Doe/Getty Images", "Photo by
// Jane Doe".
func lastSentence(lex *lexicon, s string) (int, bool) {
	at := 0
	for _, mark := range sentenceEnds {
		i := strings.LastIndex(strings.TrimRight(s, " ."), mark)
		if word := s[strings.LastIndexAny(s[:max(i, 0)], " (（")+1 : max(i, 0)]; i > 0 && mark == ". " && lex.say(squash(word)).whole&saysCredit != 0 {
			i = strings.LastIndex(s[:i-len(word)], mark) // "Fot. Ewa Lisiak"
		}
		if i >= 0 {
			at = max(at, i+len(mark))
		}
	}
	if i := strings.LastIndexByte(s, '.'); i > max(at, 3) && i+1 < len(s) && 'a' <= s[i-1] && s[i-1] <= 'z' && 'a' <= s[i-2] && s[i-2] <= 'z' && 'A' <= s[i+1] && s[i+1] <= 'Z' {
		at = i + 1 // a seam: "… in New York.Reuters"
	}
	tail := strings.Trim(s[at:], " ./|")
	n := utf8.RuneCountInString(tail)
	if n < 2 || n > 70 {
		return 0, false
	}
	if at > 0 && len(agenciesIn(lex, tail)) > 0 && (strings.Contains(tail, "/") || lex.sayAs(squash(tail), tail).whole&saysAgency != 0) {
		return at, true
	}
	if at > 0 && endsInCredit(lex, tail) {
		return at, true
	}
	word := longestStart(lex, tail, saysCredit)
	rest := strings.TrimLeft(tail[len(word):], " .:：=＝/／")
	if word == "" || rest == "" || len(strings.Fields(rest)) > 6 {
		return 0, false
	}
	first, _ := utf8.DecodeRuneInString(rest)
	capital, _ := utf8.DecodeRuneInString(word)
	bare := strings.HasPrefix(tail[len(word):], " "+rest)
	if bare && (!unicode.IsUpper(first) || !unicode.IsUpper(capital) || !allNames(withoutAnd(lex, rest))) { // "Foto Bram Jansen", never "Photo of a ferry"
		return 0, false
	}
	return at, at > 0 || bare || loose(capital)
}

// withoutAnd takes the joining words out of a list of names.
func withoutAnd(lex *lexicon, s string) string { return strings.Join(splitAnd(lex, s), " ") }

// allNames tells whether every word begins with a capital, small words of names aside.
func allNames(s string) bool {
	for _, w := range strings.Fields(s) {
		if smallLetters(w) && !particles[w] {
			return false
		}
	}
	return true
}

// creditStart finds "Photo: …" or "Credit: …" near the end of a caption.
func creditStart(lex *lexicon, s string) (int, bool) {
	for i := len(s); i > 0; {
		j := strings.LastIndexAny(s[:i], ":：=＝")
		if j < 0 {
			return 0, false
		}
		_, mark := utf8.DecodeRuneInString(s[j:])
		tail := strings.TrimSpace(s[j+mark:])
		k := strings.LastIndexAny(s[:j], ".|(–—\n[。（【/") + 1
		for k < j && s[k]&0xC0 == 0x80 {
			k++
		}
		if at, ok := creditWordAt(lex, s[k:j]); ok && tail != "" && utf8.RuneCountInString(tail) < 80 {
			return k + at, true
		}
		i = j
	}
	return 0, false
}

// creditWordAt finds where the longest credit word that ends a text begins. One that is not its only word counts only near.
func creditWordAt(lex *lexicon, head string) (int, bool) {
	if lex.say(squash(head)).whole&(saysCredit|saysSource) != 0 {
		return 0, true
	}
	for i := range head {
		if i > 0 && head[i-1] != ' ' && !loose(rune(head[i-1])) {
			if r, _ := utf8.DecodeRuneInString(head[i:]); !loose(r) {
				continue
			}
		}
		if v := lex.say(squash(head[i:])); i > 0 && v.whole&saysCredit != 0 {
			return i, true
		}
	}
	v := lex.say(squash(head))
	return 0, v.ends&saysCredit != 0 && utf8.RuneCountInString(head) < 30
}

// bareCredit takes the credit word, colons, marks and brackets off a credit.
func bareCredit(lex *lexicon, s string) string {
	const marks = " .()[]|©\u200f\u200e（）【】<>"
	s = strings.Trim(s, marks)
	for range 2 {
		word := strings.TrimRight(longestStart(lex, s, saysCredit|saysCaption|saysSource), " :：=＝./／")
		if i := strings.IndexAny(s, ":：=＝"); i > 0 && word == s {
			word = strings.TrimSpace(s[:i]) // a phrase with a name in it: "Quelle: dpa"
		}
		if word == "" {
			word = s[:gluedStart(lex, s, saysCredit)]
		}
		rest := strings.TrimLeft(s[len(word):], " :：=＝./／|-–—\u00a0©")
		if word == "" || rest == "" {
			break
		}
		if first, _ := utf8.DecodeRuneInString(rest); unicode.IsLower(first) && strings.HasPrefix(s[len(word):], " "+rest) {
			break // "picture alliance" is a name
		}
		s = rest
	}
	return strings.Trim(withoutCreditEnd(lex, strings.TrimSpace(s)), marks)
}
