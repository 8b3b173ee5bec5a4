package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitNames cuts a byline into names: at commas, joining words and marks, without "by", jobs in brackets or behind a comma.
func splitNames(lex *lexicon, s string) []string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 400 || strings.Contains(s, "://") {
		return nil
	}
	s = cutBy(lex, s)
	parts := strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune(",;|/&+•·،、，\n()（）[]–—", r)
	})
	var out []string
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if agency := longestStart(lex, p, saysAgency); agency != "" { // AP National Security Writer
			out = append(out, agency)
			continue
		}
		for _, n := range splitAnd(lex, p) {
			for _, n := range splitStops(n) {
				if n = trimName(lex, n); n != "" {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// splitStops cuts at full stops that end a word longer than an initial or a title: "A. Writer. The Paper".
func splitStops(s string) []string {
	for i := 0; ; {
		j := strings.Index(s[i:], ". ")
		if j < 0 {
			return []string{s}
		}
		i += j
		word := s[strings.LastIndexByte(s[:i], ' ')+1 : i]
		if utf8.RuneCountInString(word) > 4 {
			return append([]string{s[:i]}, splitStops(s[i+2:])...)
		}
		i += 2
	}
}

// cutBy takes the word before the authors off a byline.
func cutBy(lex *lexicon, s string) string {
	for again := 0; again < 3; again++ {
		cut := len(longestStart(lex, s, saysBy))
		if cut == 0 {
			cut = gluedStart(lex, s)
		}
		if cut == 0 {
			return s
		}
		rest := strings.TrimLeft(s[cut:], " :：\u00a0-–|/＝=")
		if rest == "" {
			return s
		}
		s = rest
	}
	return s
}

// gluedStart gives the length of a word for "by" that begins s in a script without spaces; one character is too little to tell.
func gluedStart(lex *lexicon, s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if !loose(r) {
		return 0
	}
	best := 0
	for _, p := range lex.first[s[:n]] {
		if p.kind&saysBy != 0 && len(p.words) > max(n, best) && strings.HasPrefix(s, p.words) {
			best = len(p.words)
		}
	}
	return best
}

// longestStart gives the words of s that are a phrase of a kind and begin it, "" for none.
func longestStart(lex *lexicon, s string, kind phrases) string {
	best := ""
	for i, n := 0, 0; i <= len(s) && n < 5; n++ {
		j := strings.IndexAny(s[i:], " :：\u00a0＝=.／/")
		end := len(s)
		if j >= 0 {
			end = i + j
		}
		head := s[:end]
		if v := lex.say(squash(head)); v.whole&kind != 0 {
			best = head
		}
		if j < 0 {
			break
		}
		_, w := utf8.DecodeRuneInString(s[end:])
		i = end + w
	}
	return best
}

// splitAnd cuts "A and B" at the language's joining words, which stand between spaces. Where the word is one letter that joins
// the name after it, it is left.
func splitAnd(lex *lexicon, s string) []string {
	var out []string
	words := strings.Fields(s)
	from := 0
	for i, w := range words {
		if v := lex.say(squash(w)); i > 0 && i+1 < len(words) && v.whole&saysAnd != 0 && (len(w) > 1 || i-from > 1) {
			out = append(out, strings.Join(words[from:i], " "))
			from = i + 1
		}
	}
	return append(out, strings.Join(words[from:], " "))
}

// trimName takes jobs, titles and addresses off a name; "" where nothing is left of it.
func trimName(lex *lexicon, s string) string {
	s = cutBy(lex, strings.Trim(s, " .:-–@\"'“”*·"))
	words := strings.Fields(s)
	for len(words) > 0 { // a job or a mail address behind the name
		last := words[len(words)-1]
		v := lex.say(squash(last))
		if strings.Contains(last, "@") || v.whole&saysJob != 0 && v.whole&saysAgency == 0 && len(words) > 1 {
			words = words[:len(words)-1]
			continue
		}
		if len(words) > 2 {
			if v := lex.say(squash(strings.Join(words[len(words)-2:], " "))); v.whole&saysJob != 0 {
				words = words[:len(words)-2]
				continue
			}
		}
		break
	}
	s = strings.Join(words, " ")
	if lex.say(squash(s)).whole&saysJob != 0 {
		return ""
	}
	return strings.Trim(titled(s), " .,:")
}

// titled writes a name in capitals the usual way: JANE DOE.
func titled(s string) string {
	if strings.ToUpper(s) == s && strings.ToLower(s) != s && strings.Contains(s, " ") {
		return titleCase(s)
	}
	return s
}

func titleCase(s string) string {
	up := true
	return strings.Map(func(r rune) rune {
		was := up
		up = !unicode.IsLetter(r) && r != '\''
		if was {
			return r
		}
		return unicode.ToLower(r)
	}, s)
}

// particles are the words of names that are written small.
var particles = map[string]bool{"von": true, "van": true, "der": true, "den": true, "de": true, "del": true, "della": true, "di": true, "da": true, "do": true, "dos": true, "das": true, "du": true, "la": true, "le": true, "el": true, "al": true, "bin": true, "ibn": true, "bint": true, "ben": true, "abu": true, "zu": true, "zur": true, "zum": true, "ter": true, "ten": true, "y": true, "e": true, "af": true, "av": true, "vom": true, "am": true, "des": true, "d'": true, "los": true, "las": true, "ou": true, "ul": true}

// nameLike tells whether words may be a person's name.
func nameLike(lex *lexicon, s string) bool {
	n := utf8.RuneCountInString(s)
	words := strings.Fields(s)
	if n < 2 || n > 60 || len(words) > 6 || strings.ContainsAny(s, "@<>{}=#%_?!:/\\0123456789") {
		return false
	}
	low := strings.ToLower(s)
	if strings.HasPrefix(low, "http") || strings.Contains(low, "www.") || strings.Contains(low, ".com") {
		return false
	}
	for i, w := range words { // of the scripts that have capitals, names have them, but for particles
		if smallLetters(w) && (i == 0 && len(words) == 1 || !particles[w]) {
			return false
		}
	}
	v := lex.say(squash(s))
	if v.whole&(saysBy|saysAnd|saysCredit|saysRelated|saysShare|saysComment|saysBoilerplate|saysSource) != 0 {
		return false
	}
	if v.any&(saysMonth|saysPublished|saysUpdated|saysShare|saysPitch|saysComment) != 0 && len(words) < 3 && v.whole != 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(first)
}

// smallLetters tells whether a word is written small in a script that tells small from great. Georgian has capitals that no name is
// written with.
func smallLetters(w string) bool {
	if r, _ := utf8.DecodeRuneInString(w); r >= 0x10D0 && r <= 0x10FF {
		return false
	}
	return strings.ToLower(w) == w && strings.ToUpper(w) != w
}
