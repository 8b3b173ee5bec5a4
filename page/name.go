package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// trimName takes jobs, titles, addresses, and the places behind a name off; "" where nothing is left of it.
func trimName(lex *lexicon, lang, s string) string {
	s = cutBy(lex, strings.Trim(s, " .:-–@\"'“”„«»*·#"))
	words := strings.Fields(s)
	for len(words) > 0 { // a job or a mail address behind the name
		last := words[len(words)-1]
		v := lex.say(squash(last))
		if strings.Contains(last, "@") || len(words) > 2 && len(last) > 3 && v.whole&saysBy != 0 || v.whole&saysJob != 0 && v.whole&saysAgency == 0 && len(words) > 1 {
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
	words = withoutPlace(lex, words)
	s = strings.Join(words, " ")
	if lex.say(squash(s)).whole&saysJob != 0 {
		return ""
	}
	return strings.Trim(titled(lang, s), " .,:")
}

// withoutPlace cuts a name at the small word that leads to its place or paper: "Jane Doe in London", "Jane Doe For The Post".
func withoutPlace(lex *lexicon, words []string) []string {
	for i := 2; i < len(words); i++ {
		w := squash(words[i])
		if smallLetters(words[i]) && !particles[words[i]] || i+1 < len(words) && len(w) > 1 && !particles[w] && lex.say(w).whole&saysAt != 0 {
			return words[:i]
		}
	}
	return words
}

// titled writes a name in capitals the usual way: JANE DOE.
func titled(lang, s string) string {
	if strings.ToUpper(s) != s || strings.ToLower(s) == s || !strings.Contains(s, " ") {
		return s
	}
	lower := unicode.ToLower
	if p := primary(lang); p == "tr" || p == "az" {
		lower = unicode.TurkishCase.ToLower
	}
	up := true
	return strings.Map(func(r rune) rune {
		was := up
		up = !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\''
		if was {
			return r
		}
		return lower(r)
	}, s)
}

// particles are the words of names that are written small.
var particles = map[string]bool{"von": true, "van": true, "der": true, "den": true, "de": true, "del": true, "della": true, "di": true, "da": true, "do": true, "dos": true, "das": true, "du": true, "la": true, "le": true, "el": true, "al": true, "bin": true, "ibn": true, "bint": true, "ben": true, "abu": true, "zu": true, "zur": true, "zum": true, "ter": true, "ten": true, "y": true, "e": true, "af": true, "av": true, "vom": true, "am": true, "des": true, "d'": true, "los": true, "las": true, "ou": true, "ul": true, "i": true, "of": true}

// legalForms end the names of firms, as written.
var legalForms = map[string]bool{"GmbH": true, "mbH": true, "AG": true, "KG": true, "e.V": true, "e.V.": true, "eV": true, "Inc": true, "Inc.": true, "Ltd": true, "Ltd.": true, "LLC": true, "plc": true, "S.A": true, "S.A.": true, "A/S": true, "Oy": true, "Oyj": true, "d.o.o": true, "d.o.o.": true, "Kft": true, "Kft.": true, "Zrt": true, "SpA": true, "S.p.A": true, "S.p.A.": true, "Srl": true, "S.r.l": true, "B.V": true, "B.V.": true, "Corp.": true, "Co.": true, "UAB": true, "OÜ": true, "ООО": true, "ОАО": true, "АО": true, "s.r.o": true, "a.s": true, "A.Ş": true, "A.Ş.": true, "ApS": true, "SRL": true}

// nameLike tells whether words may be a person's name.
func nameLike(lex *lexicon, s string) bool {
	n := utf8.RuneCountInString(s)
	words := strings.Fields(s)
	if n < 2 || n > 60 || len(words) > 6 || strings.ContainsAny(s, "@<>{}=#%_?!:：！？/\\|*©") || strings.ContainsFunc(s, unicode.IsDigit) {
		return false
	}
	if looksLikeHost(s) || legalForms[words[len(words)-1]] || len(words) == 1 && isASCII(s) && n <= 8 && strings.ToUpper(s) == s {
		return false
	}
	switch words[0] { // small words within names that begin none
	case "der", "den", "des", "das", "am", "zum", "zur", "vom", "y", "e", "i", "of", "ou", "do":
		return false
	}
	for i, w := range words { // of the scripts that have capitals, names have them, but for particles
		if smallLetters(w) && (i == 0 && len(words) == 1 || !particles[w]) {
			return false
		}
	}
	v := lex.say(squash(s))
	if v.whole&(saysBy|saysAnd|saysCredit|saysRelated|saysShare|saysComment|saysBoilerplate|saysSource|saysPublished|saysUpdated|saysMonth) != 0 {
		return false
	}
	if (v.starts|v.ends)&saysOutlet != 0 || v.whole&saysStaff != 0 || v.ends&saysBy != 0 && len(words[len(words)-1]) > 1 {
		return false
	}
	for i, w := range words { // "Em São Paulo", "Developed By A"
		w := squash(w)
		if v := lex.say(w); len(w) > 1 && !particles[w] && len(words) > 1 && (i == 0 && v.whole&saysAt != 0 || i > 0 && v.whole&saysBy != 0) {
			return false
		}
	}
	if first := strings.ToLower(words[0]); first == "zur" || first == "zum" {
		return false
	}
	if v.any&(saysMonth|saysPublished|saysUpdated|saysShare|saysPitch|saysComment) != 0 && len(words) < 3 && v.whole != 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(first)
}

// looksLikeHost tells whether words hold an address.
func looksLikeHost(s string) bool {
	low := strings.ToLower(s)
	if strings.HasPrefix(low, "http") || strings.Contains(low, "www.") {
		return true
	}
	for _, end := range [...]string{".com", ".net", ".org", ".de", ".fr", ".it", ".es", ".ru", ".ua", ".pl", ".at", ".ch", ".nl", ".tr", ".ir", ".info", ".co", ".tv", ".eu", ".in", ".jp", ".kr", ".cn"} {
		if i := strings.Index(low, end); i > 0 && low[i-1] != ' ' && (i+len(end) == len(low) || !isAlpha(low[i+len(end)])) && utf8.RuneCountInString(low[strings.LastIndexAny(low[:i], " .")+1:i]) > 2 {
			return true
		}
	}
	return false
}

// smallLetters tells whether a word is written small in a script that tells small from great. Georgian has capitals that no name is
// written with.
func smallLetters(w string) bool {
	if r, _ := utf8.DecodeRuneInString(w); r >= 0x10D0 && r <= 0x10FF {
		return false
	}
	return strings.ToLower(w) == w && strings.ToUpper(w) != w
}
