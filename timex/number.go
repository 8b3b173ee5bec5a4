package timex

import (
	"maps"
	"slices"
)

// numeral is a number word.
type numeral struct {
	value   int
	ordinal bool
}

// numeral enters a number word; one of several words becomes a rule of its own.
func (g *grammar) numeral(phrase string, n numeral) {
	words := g.cut(phrase)
	if len(words) == 1 {
		w := g.intern(words[0])
		if old, ok := g.numbers[w]; ok && old.ordinal && !n.ordinal {
			return // "first" as an ordinal says more
		}
		g.numbers[w] = n
		return
	}
	var rest []int32
	for _, w := range words[1:] {
		rest = append(rest, g.intern(w))
	}
	first := g.intern(words[0])
	g.phrases[first] = append(g.phrases[first], numberPhrase{rest, n})
}

// numberPhrase is a number of several words: خمسة عشر.
type numberPhrase struct {
	rest []int32
	numeral
}

// counted is a number that ends before piece end.
type counted struct {
	numeral
	end int
}

// numeralAt gives the longest number word or phrase that begins at piece j, and where it ends.
func (g *grammar) numeralAt(ps []piece, j int) (numeral, int, bool) {
	for _, w := range [2]int32{ps[j].word, ps[j].bare} {
		if w < 0 {
			continue
		}
		for _, ph := range g.phrases[w] {
			if ph.at(ps, j+1) {
				return ph.numeral, j + 1 + len(ph.rest), true
			}
		}
	}
	n, ok := g.numeralOf(&ps[j])
	if ok && n.value > 0 && n.value < 10 && j+2 < len(ps) && g.joins(ps, j+1) {
		if tens, ok := g.numeralOf(&ps[j+2]); ok && tens.value >= 20 && tens.value < 100 && tens.value%10 == 0 {
			return numeral{n.value + tens.value, n.ordinal || tens.ordinal}, j + 3, true // ein und zwanzig
		}
	}
	return n, j + 1, ok
}

func (ph *numberPhrase) at(ps []piece, i int) bool {
	for k, w := range ph.rest {
		if i+k >= len(ps) || ps[i+k].word != w && ps[i+k].bare != w {
			return false
		}
	}
	return true
}

func (g *grammar) numeralOf(p *piece) (numeral, bool) {
	if p.word >= 0 && !g.weekday[p.word] {
		if n, ok := g.numbers[p.word]; ok {
			return n, true
		}
	}
	if p.bare >= 0 && !g.weekday[p.word] {
		if n, ok := g.numbers[p.bare]; ok {
			return n, true
		}
	}
	return numeral{}, false
}

// inWords reads number words from piece i on and gives every prefix that is a number: "two", "two thousand", "two thousand and
// eighteen". Years may be read by halves: nineteen seventy-eight.
func (g *grammar) inWords(dst []counted, ps []piece, i int) []counted {
	if g.cjk {
		return g.inCharacters(dst, ps, i)
	}
	if n, ok := g.numeralOf(&ps[i]); ok && n.value > 0 && n.value < 10 {
		dst = append(dst, counted{n, i + 1}) // also where it begins a longer number
	}
	total, cur, last, ordinal := 0, -1, -1, false
	for j := i; j < len(ps) && j < i+14; {
		word := j > i && g.joins(ps, j)
		if word {
			word = ps[j].norm != "-"
			j++
		}
		n, end, ok := g.numeralAt(ps, j)
		if !ok {
			break
		}
		v := n.value
		switch {
		case n.ordinal && v < 1:
			if j == i {
				dst = append(dst, counted{n, i + 1})
			}
			return dst
		case n.ordinal && v >= 100 && cur < 0:
			return dst
		case cur < 0:
			cur = v
		case v >= 1000 && !n.ordinal && cur < 1000:
			total, cur = total+max(cur, 1)*v, 0
		case v == 100 && cur > 0 && cur < 100 && !n.ordinal:
			cur *= 100
		case v == 100 && cur%100 > 0 && cur%100 < 10 && cur%1000 < 100 && !n.ordinal:
			cur += cur % 100 * 99 // one thousand nine hundred
		case fits(cur, v), !g.teens && cur%100 == 10 && v > 0 && v < 10: // Turkish: on sekiz
			cur += v
		case last >= 1000 && cur == last && v < 1000:
			total, cur = total+cur, v
		case cur >= 10 && cur < 30 && v >= 10 && v < 100 && total == 0 && !n.ordinal && !word:
			cur = cur*100 + v // by halves
		case v == 0 && cur >= 10 && cur < 30 && total == 0 && !n.ordinal:
			cur *= 100 // nineteen oh one
		default:
			return dst
		}
		last, ordinal = v, ordinal || n.ordinal
		j = end
		dst = append(dst, counted{numeral{total + cur, ordinal}, j})
		if n.ordinal && !(v >= 20 && v%10 == 0) {
			break
		}
		if j >= len(ps) {
			break
		}
	}
	return dst
}

// fits tells whether v adds to cur: 20+1, 900+78.
func fits(cur, v int) bool {
	switch {
	case v <= 0 || v >= 1000:
		return false
	case cur%100 == 0 && v < 100, cur%1000 == 0 && cur > 0 && v < 1000:
		return true
	case cur%10 == 0 && cur%100 >= 20 && v < 10:
		return true
	}
	return false
}

// joins tells whether piece j only binds number words: and, a hyphen.
func (g *grammar) joins(ps []piece, j int) bool {
	if j+1 >= len(ps) {
		return false
	}
	if ps[j].norm == "-" && ps[j].glued && ps[j+1].glued {
		return true
	}
	return g.isClass(ps[j], "plus")
}

// isMonth tells whether a piece alone is the name of a month.
func (g *grammar) isMonth(p *piece) bool {
	if p.word < 0 {
		return false
	}
	for _, r := range g.byWord[p.word] {
		if r.cat == cMonth && len(r.items) == 1 && r.op == nil {
			return true
		}
	}
	return false
}

func (g *grammar) isClass(p piece, name string) bool {
	if p.word < 0 {
		return false
	}
	c, ok := g.classes[name]
	if !ok {
		return false
	}
	for _, r := range g.byWord[p.word] {
		if r.cat == c && len(r.items) == 1 && r.op == nil {
			return true
		}
	}
	return false
}

// inCharacters reads numbers that are written as digits and multipliers: 二十三, 二零零四, 이천십팔.
func (g *grammar) inCharacters(dst []counted, ps []piece, i int) []counted {
	if n, end, ok := g.numeralAt(ps, i); ok && end > i+1 {
		dst = append(dst, counted{n, end})
	}
	total, section, digit, run := 0, 0, -1, 0
	for j := i; j < len(ps) && j < i+12; j++ {
		n, ok := g.numeralOf(&ps[j])
		if !ok || n.ordinal || j > i && !ps[j].glued && g.syllables {
			break
		}
		v := n.value
		switch {
		case v < 10 && digit < 0:
			digit, run = v, 1
		case v < 10 && digit == 0 && section+total > 0: // 两千零四
			digit = v
		case v < 10: // digit by digit
			if section+total > 0 {
				return dst
			}
			digit, run = digit*10+v, run+1
		case run > 1:
			return dst
		case v < 10000:
			if digit < 0 {
				digit = 1
			}
			section, digit, run = section+digit*v, -1, 0
		default:
			total, section, digit, run = (total+section+max(digit, 0))*v, 0, -1, 0
		}
		dst = append(dst, counted{numeral{value: total + section + max(digit, 0)}, j + 1})
	}
	return dst
}

// setMorphemes gathers the number words from which compounds are built.
func (g *grammar) setMorphemes() {
	for _, w := range slices.Sorted(maps.Keys(g.words)) {
		i := g.words[w]
		if g.weekday[i] && len(w) > 5 {
			g.days = append(g.days, w)
		}
		if _, ok := g.numbers[i]; ok && len(w) >= 2 {
			g.morphemes = append(g.morphemes, w)
		} else if g.isClass(piece{word: i}, "plus") {
			g.morphemes = append(g.morphemes, w)
		}
	}
}

// uncompound cuts a word into number words, nil where it is none. Ordinals may only end it.
func (g *grammar) uncompound(w string) []string {
	if g.morphemes == nil || len(w) < 6 || len(w) > 48 {
		return nil
	}
	return g.uncompoundFrom(w, nil)
}

func (g *grammar) uncompoundFrom(w string, done []string) []string {
	if w == "" {
		if len(done) < 2 {
			return nil
		}
		return done
	}
	if len(done) > 7 {
		return nil
	}
	for _, m := range g.morphemes {
		if len(m) <= len(w) && w[:len(m)] == m {
			if out := g.uncompoundFrom(w[len(m):], append(done[:len(done):len(done)], m)); out != nil {
				return out
			}
		}
	}
	return nil
}
