package timex

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/text"
)

// piece is the smallest unit that the grammar reads: a token, or a part of one where digits touch letters (27th, 2016年, Oct2),
// where a clitic is written together with its word (وثمانية), or where number words run together (einundzwanzig).
type piece struct {
	start, end int
	word, bare int32  // index of the word in the grammar, and of the word without its article; -1 for one that it does not know
	num        int32  // value of digits, -1 for none
	digits     int8   // how many digits
	token      int32  // index of the token
	first      bool   // begins its token
	glued      bool   // touches the piece before
	norm       string // normal form
}

// pieces cuts the tokens r of d.
func (g *grammar) pieces(dst []piece, d *text.Doc, r text.Range) []piece {
	for i := r.From; i < r.To; i++ {
		t := &d.Tokens[i]
		from := len(dst)
		switch {
		case t.Norm == "'" && i > r.From && d.Tokens[i-1].End == t.Start && d.Tokens[i-1].Kind == text.Word &&
			i+1 < r.To && d.Tokens[i+1].Start == t.End && d.Tokens[i+1].Kind == text.Number:
			continue // l'8 settembre
		case t.Kind == text.Mark || t.Kind == text.Ideo && len(t.Norm) <= 4:
			dst = append(dst, g.piece(t.Norm, t.Start, t.End))
		case g.letters && hebrewNumber(t.Norm) > 0:
			dst = append(dst, g.lettered(hebrewNumber(t.Norm), t.Start, t.End))
		case g.letters && len(t.Norm) > 2 && strings.HasPrefix(t.Norm, "ב") && hebrewNumber(t.Norm[len("ב"):]) > 0: // בכ"ט בנובמבר
			dst = append(dst, g.piece("ב", t.Start, t.Start+len("ב")), g.lettered(hebrewNumber(t.Norm[len("ב"):]), t.Start+len("ב"), t.End))
		case simple(t):
			dst = g.word(dst, t.Norm, t.Start, t.End)
		default:
			dst = g.split(dst, d.Text[t.Start:t.End], t.Start)
		}
		for j := from; j < len(dst); j++ {
			dst[j].token = int32(i)
			dst[j].first = j == from
			dst[j].glued = j > 0 && dst[j-1].end == dst[j].start
		}
	}
	if g.suffixes != nil {
		dst = g.endings(dst)
	}
	return dst
}

// endings takes case endings off that stand behind an apostrophe: those that say from when or on which day become words of their
// own, the others of digits "_i", and the rest goes.
func (g *grammar) endings(ps []piece) []piece {
	out := ps[:0]
	for i := 0; i < len(ps); i++ {
		if ps[i].norm != "'" || !ps[i].glued || i+1 == len(ps) || !ps[i+1].glued || len(out) == 0 {
			out = append(out, ps[i])
			continue
		}
		s, digits := ps[i+1].norm, out[len(out)-1].num >= 0
		word := ""
		_, plural := g.words[s]
		switch {
		case digits && plural && len(s) > 4 && !slices.Contains(g.locative, s) && !slices.Contains(g.ablative, s):
			out = append(out, ps[i]) // 1970'lerde
			continue
		case slices.Contains(g.ablative, s):
			word = "_den"
		case digits && slices.Contains(g.locative, s):
			word = "_de"
		case slices.Contains(g.suffixes, s):
			if digits {
				word = "_i"
			}
		default:
			out = append(out, ps[i])
			continue
		}
		if word != "" {
			q := g.piece(word, ps[i].start, ps[i+1].end)
			q.token, q.glued = ps[i].token, true
			out = append(out, q)
		}
		i++
	}
	return out
}

// simple tells whether a word token holds letters only, so that its normal form is one piece.
func simple(t *text.Token) bool {
	if t.Kind != text.Word {
		return false
	}
	for i := 0; i < len(t.Norm); i++ {
		if c := t.Norm[i]; c < 'a' && c < utf8.RuneSelf || c > 'z' && c < utf8.RuneSelf {
			return false
		}
	}
	return true
}

// split cuts a token where digits, letters and marks meet.
func (g *grammar) split(dst []piece, s string, at int) []piece {
	kind := func(r rune) int {
		switch {
		case unicode.IsDigit(r):
			return 0
		case unicode.IsLetter(r) || unicode.IsMark(r) || r == 0x200C:
			return 1
		}
		return 2
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		k, j := kind(r), i+n
		for j < len(s) && k != 2 {
			r, n := utf8.DecodeRuneInString(s[j:])
			if kind(r) != k {
				break
			}
			j += n
		}
		if norm := text.Normalize(s[i:j]); k == 1 {
			dst = g.word(dst, norm, at+i, at+j)
		} else if norm == "'" && i > 0 && j < len(s) && kind(lastRune(s[:i])) == 1 {
			// aujourd'hui: the apostrophe only binds
		} else if norm != "" {
			dst = append(dst, g.piece(norm, at+i, at+j))
		}
		i = j
	}
	return dst
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// piece makes one piece of a normal form.
func (g *grammar) piece(norm string, start, end int) piece {
	switch norm {
	case "،", "、", "，":
		norm = ","
	}
	p := piece{start: start, end: end, word: -1, bare: -1, num: -1, norm: norm}
	if c := norm; c != "" && '0' <= c[0] && c[0] <= '9' && len(c) <= 8 {
		v := 0
		for i := 0; i < len(c); i++ {
			if c[i] < '0' || c[i] > '9' {
				return p
			}
			v = v*10 + int(c[i]-'0')
		}
		p.num, p.digits = int32(v), int8(len(c))
		return p
	}
	if w, ok := g.words[norm]; ok {
		p.word = w
	}
	if g.article != "" && strings.HasPrefix(norm, g.article) {
		if w, ok := g.words[norm[len(g.article):]]; ok {
			p.bare = w
		}
	}
	return p
}

func (p *piece) known() bool { return p.word >= 0 || p.bare >= 0 }

// lettered makes a piece of a number that is not written in digits.
func (g *grammar) lettered(n, start, end int) piece {
	digits := int8(2)
	if n > 99 {
		digits = 5 // no year of ours
	}
	return piece{start: start, end: end, word: -1, bare: -1, num: int32(n), digits: digits, norm: "0"}
}

// hebrewNumber reads a number in Hebrew letters that is marked as one: י"ד is 14, ה' 5, תש"ח the year 5708; 0 for anything else.
func hebrewNumber(s string) int {
	sum, last, marked, letters := 0, 500, false, 0
	for _, r := range s {
		if r == '"' || r == '\'' || r == '״' || r == '׳' {
			marked = true
			continue
		}
		v := 0
		if i := strings.IndexRune("אבגדהוזחטיכלמנסעפצקרשת", r); i >= 0 {
			k := i / 2
			v = [...]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200, 300, 400}[k]
		}
		if letters++; v == 0 || v > last || v == last && v != 400 {
			return 0
		}
		sum, last = sum+v, v
	}
	switch {
	case !marked || letters > 5:
		return 0
	case sum <= 30:
		return sum
	case sum >= 500 && sum < 1000: // of the sixth millennium
		return 5000 + sum
	}
	return 0
}

// word appends the pieces of a word: itself when the grammar knows it, else what clitics, endings and compounds leave.
func (g *grammar) word(dst []piece, norm string, start, end int) []piece {
	if g.syllables {
		return g.characters(dst, norm, start, end)
	}
	p := g.piece(norm, start, end)
	if p.known() {
		return append(dst, p)
	}
	if parts := g.uncompound(norm); parts != nil && len(norm) == end-start {
		at := start
		for _, part := range parts {
			dst = append(dst, g.piece(part, at, at+len(part)))
			at += len(part)
		}
		return dst
	}
	for _, d := range g.days { // Montagabend
		if rest, ok := strings.CutPrefix(norm, d); ok && len(norm) == end-start && len(rest) > 3 {
			if q := g.piece(rest, start+len(d), end); q.known() {
				return append(dst, g.piece(d, start, start+len(d)), q)
			}
		}
	}
	for _, c := range g.proclitics {
		if two, ok := g.proclitic(norm, c, start, end); ok {
			return append(dst, two[0], two[1])
		}
	}
	for _, s := range g.ablative {
		if len(norm) > len(s)+2 && strings.HasSuffix(norm, s) {
			cut := end - len(s)
			if len(norm) != end-start { // a folded letter: the word is the span of its stem
				cut = end
			}
			if q := g.piece(norm[:len(norm)-len(s)], start, cut); q.known() {
				return append(dst, q, g.piece("_den", cut, end))
			}
		}
	}
	for _, s := range g.suffixes {
		if len(norm) > len(s)+2 && strings.HasSuffix(norm, s) {
			if q := g.piece(norm[:len(norm)-len(s)], start, end); q.known() {
				return append(dst, q)
			}
		}
	}
	return append(dst, p)
}

// proclitic takes c off the front of a word. The Arabic article loses its first letter after ل, so لل stands for ل and ال.
func (g *grammar) proclitic(norm, c string, start, end int) (two [2]piece, ok bool) {
	if len(norm) < len(c)+2 || norm[:len(c)] != c {
		return two, false
	}
	rest := norm[len(c):]
	q := g.piece(rest, start, end)
	if !q.known() && q.num < 0 && g.article != "" && strings.HasSuffix(c, "ل") && strings.HasPrefix(rest, "ل") {
		q = g.piece("ا"+rest, start, end)
	}
	if !q.known() && q.num < 0 {
		return two, false
	}
	cut := start + len(c)
	if len(norm) != end-start { // vowel points or a folded letter: the whole word is the span of both
		cut = start
	}
	two[0], two[1] = g.piece(c, start, cut), q
	two[1].start = cut
	return two, true
}

// characters gives each character of a word a piece of its own.
func (g *grammar) characters(dst []piece, norm string, start, end int) []piece {
	if len(norm) != end-start {
		return append(dst, g.piece(norm, start, end))
	}
	for i, r := range norm {
		n := utf8.RuneLen(r)
		dst = append(dst, g.piece(norm[i:i+n], start+i, start+i+n))
	}
	return dst
}
