package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/text"
)

// nameMarks part the names of a byline, and names from what stands beside them. A hyphen does where spaces stand around it.
const nameMarks = ",;|/／&+•·،、，；\n()（）[]〔〕【】「」『』<>＜＞◆■▲"

// splitNames cuts a byline into names: at commas, joining words and marks, without "by", jobs, places and papers behind a name.
func splitNames(lex *lexicon, lang, s string) []string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 400 || strings.Contains(s, "://") {
		return nil
	}
	s = cutBy(lex, withoutCredit(lex, s))
	s = behindPlace(s)
	var out []string
	for _, stretch := range strings.FieldsFunc(s, func(r rune) bool { return r == '–' || r == '—' || r == '―' }) {
		out = append(out, splitMarks(lex, lang, stretch)...)
		if slices.ContainsFunc(out, func(n string) bool { return severalWords(n) && lex.sayAs(squash(n), n).whole&saysAgency == 0 }) {
			break // behind a dash stand the place and the paper
		}
	}
	return out
}

// behindPlace gives what stands behind the place and a sign of equality: ソウル＝山田花子, (서울=연합뉴스) 김하늘 기자 = sky@news.example.
func behindPlace(s string) string {
	for {
		i := strings.LastIndexAny(s, "＝=")
		if i < 0 {
			return s
		}
		_, w := utf8.DecodeRuneInString(s[i:])
		if rest := strings.Trim(s[i+w:], " ."); rest != "" && !strings.Contains(rest, "@") {
			return rest
		}
		s = s[:i]
	}
}

// splitMarks cuts at the marks between names.
func splitMarks(lex *lexicon, lang, s string) []string {
	parts := strings.FieldsFunc(strings.ReplaceAll(s, " - ", "\n"), func(r rune) bool { return strings.ContainsRune(nameMarks, r) })
	var names []string
	beside := false // a part that is no name stands among them
	quiet := slices.ContainsFunc(parts, func(p string) bool {
		return severalWords(p) && strings.ToUpper(p) != p && lex.say(squash(p)).any&(saysJob|saysStaff|saysAgency|saysOutlet) == 0
	})
	for _, p := range parts {
		p = strings.Trim(p, " .:：·")
		switch v := lex.sayAs(squash(p), p); {
		case p == "":
		case v.whole&saysAgency != 0:
			names, beside = append(names, p), true
		case v.whole&(saysStaff|saysOutlet|saysJob|saysCredit|saysCaption) != 0:
			beside = true
		case v.ends&saysOutlet != 0 && v.ends&saysAgency == 0, quiet && inCapitals(p):
			beside = true // a bureau; among written names, a paper in capitals
		case v.starts&saysTail != 0:
			beside = true // who edited it
		case longestStart(lex, p, saysSource) != "" && v.whole&saysBy == 0:
			names, beside = append(names, agenciesIn(lex, strings.TrimLeft(p[len(longestStart(lex, p, saysSource)):], " :："))...), true
		default:
			names = append(names, namesIn(lex, lang, p)...)
		}
	}
	return withoutPlaces(lex, names, beside)
}

// inCapitals tells whether words are written in capitals, or begin with the short name of a broadcaster or a paper.
func inCapitals(p string) bool {
	first, _, _ := strings.Cut(p, " ")
	for _, w := range [...]string{p, first} {
		if utf8.RuneCountInString(w) >= 3 && strings.ToUpper(w) == w && strings.ToLower(w) != w && !strings.Contains(w, ".") {
			return true
		}
	}
	return false
}

// namesIn takes a part of a byline apart that no mark parts.
func namesIn(lex *lexicon, lang, p string) []string {
	agency := longestStart(lex, p, saysAgency)
	if rest := strings.TrimSpace(p[len(agency):]); agency != "" && agency == strings.ToUpper(agency) && (rest == "" || !strings.Contains(rest, " ") || lex.say(squash(rest)).ends&(saysJob|saysStaff) != 0) {
		return []string{agency} // AP National Security Writer
	}
	var out []string
	for _, n := range splitAnd(lex, behindBy(lex, p)) {
		for _, n := range splitStops(n) {
			for _, n := range splitSpaced(lang, n) {
				if n = trimName(lex, lang, n); n != "" {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// withoutPlaces drops single words that stand beside whole names: the places and papers in "Anna Berg, Bonn". Where a desk or an agency
// stands among single words, they are places too.
func withoutPlaces(lex *lexicon, names []string, beside bool) []string {
	whole := false
	for _, n := range names {
		whole = whole || severalWords(n)
	}
	if !whole && !beside {
		return names
	}
	return slices.DeleteFunc(names, func(n string) bool {
		r, _ := utf8.DecodeRuneInString(n)
		return !severalWords(n) && !loose(r) && lex.sayAs(squash(n), n).whole&saysAgency == 0
	})
}

func severalWords(n string) bool { return strings.ContainsAny(strings.TrimSpace(n), " \u00a0") }

// withoutCredit takes the photographers off a byline: "Text: A. Foto: B".
func withoutCredit(lex *lexicon, s string) string {
	for i := 0; i < len(s); {
		j := strings.IndexAny(s[i:], " :：")
		if j < 0 {
			break
		}
		end := i + j
		word := s[strings.LastIndexByte(s[:end], ' ')+1 : end]
		first, _ := utf8.DecodeRuneInString(word)
		if at := end - len(word); at > 0 && word != "" && (s[end] != ' ' || loose(first)) {
			if v := lex.say(squash(word)); v.whole&saysCredit != 0 && v.whole&saysBy == 0 {
				return strings.TrimRight(s[:at], " ,;/|")
			}
		}
		_, w := utf8.DecodeRuneInString(s[end:])
		i = end + w
	}
	return s
}

// behindBy gives what follows a word for "by" within the first words: "Analysis by A", "新华社记者王晓明". A word that names hold too
// (von, de) does not count.
func behindBy(lex *lexicon, s string) string {
	if r, _ := utf8.DecodeRuneInString(s); r >= 0x3400 && r <= 0x9FFF {
		cut := 0
		for i := range s {
			if n := gluedStart(lex, s[i:], saysBy); n > 0 && i < 40 && utf8.RuneCountInString(s[i+n:]) >= 2 {
				cut = i + n
			}
		}
		return strings.TrimLeft(s[cut:], " :：／/")
	}
	words := strings.Fields(s)
	for i := 1; i < len(words)-1 && i < 5; i++ {
		w := squash(words[i])
		if len(w) > 1 && !particles[w] && smallLetters(words[i]) && lex.say(w).whole&saysBy != 0 {
			return strings.Join(words[i+1:], " ")
		}
	}
	return s
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

// splitSpaced cuts Chinese names at the spaces between them. Japanese puts a space within a name.
func splitSpaced(lang, s string) []string {
	words := strings.Fields(s)
	if primary(lang) != "zh" || len(words) < 2 {
		return []string{s}
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if n := utf8.RuneCountInString(w); n < 2 || n > 4 || !loose(r) {
			return []string{s}
		}
	}
	return words
}

// cutBy takes the word before the authors off a byline.
func cutBy(lex *lexicon, s string) string {
	for range 3 {
		cut := len(longestStart(lex, s, saysBy))
		if cut == 0 {
			cut = gluedStart(lex, s, saysBy)
		}
		if cut == 0 {
			return s
		}
		rest := strings.TrimLeft(s[cut:], " :：\u00a0-–|/／＝=・·.")
		if rest == "" {
			return s
		}
		s = rest
	}
	return s
}

// simplified gives the first words of s in the simplified characters that the lexicon has, byte for byte where s has its own.
func simplified(s string) string {
	const enough = 60
	if len(s) > enough {
		i := enough
		for i > 0 && !utf8.RuneStart(s[i]) {
			i--
		}
		s = s[:i]
	}
	return strings.Map(text.Simplified, s)
}

// gluedStart gives the length of a word of a kind that begins s in a script without spaces; one character is too little to tell.
func gluedStart(lex *lexicon, s string, kind phrases) int {
	r, n := utf8.DecodeRuneInString(s)
	if !loose(r) {
		return 0
	}
	best := 0
	s = simplified(s) // as the phrases are
	for _, p := range lex.first[s[:n]] {
		if p.kind&kind != 0 && len(p.words) > max(n, best) && strings.HasPrefix(s, p.words) {
			best = len(p.words)
		}
	}
	return best
}

// longestStart gives the words of s that are a phrase of a kind and begin it, "" for none.
func longestStart(lex *lexicon, s string, kind phrases) string {
	best := ""
	for i, n := 0, 0; i <= len(s) && n < 5; n++ {
		j := strings.IndexAny(s[i:], " :：\u00a0＝=.／/・")
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

// splitAnd cuts "A and B" at the language's joining words. Such a word may be one letter that is written together with the next name
// (أحمد النجار وسلمى الحداد); as a word of its own it may join two parts of one name, which has then one word behind it (Ortega y
// Gasset).
func splitAnd(lex *lexicon, s string) []string {
	var out []string
	words := strings.Fields(s)
	from := 0
	cut := func(i, next int) {
		if i > from {
			out = append(out, strings.Join(words[from:i], " "))
		}
		from = next
	}
	for i, w := range words {
		v := lex.say(squash(w))
		switch {
		case v.whole&saysAnd != 0 && i+1 < len(words):
			if short := utf8.RuneCountInString(w) == 1; i == 0 || !short || i-from > 1 && len(words)-i > 2 || i-from == 1 && len(words)-i == 2 {
				cut(i, i+1)
			}
		case i-from > 1 && i+1 < len(words) && v.whole&saysWhole == 0:
			if rest := withoutJoint(lex, w); rest != "" {
				cut(i, i)
				words[i] = rest
			}
		}
	}
	cut(len(words), len(words))
	return out
}

// withoutJoint takes a joining letter of the scripts that write it so off a word; "" where the word begins with none.
func withoutJoint(lex *lexicon, w string) string {
	r, n := utf8.DecodeRuneInString(w)
	if !unicode.In(r, unicode.Arabic, unicode.Hebrew) || len(w) < n*4 || lex.say(squash(w[:n])).whole&saysAnd == 0 {
		return ""
	}
	return w[n:]
}
