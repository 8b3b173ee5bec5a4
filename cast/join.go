package cast

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"marsad/entity"
	"marsad/text"
)

// How sure it must be, 0 to 1, that names are one, among the few people of a story: see TestCast in internal/quality. Names of one script
// must be nearly spelled alike, since a letter there is often all that tells two people apart (Daniel, Danielle).
const (
	acrossScripts = entity.SameName
	withinScript  = 0.85
	aloneAcross   = 0.85
)

// likeness is how sure it is that two of the names are one person's.
type likeness struct {
	a, b  int
	score float64
}

// crowd is how many names a story may have for all pairs with one word alike to be compared; in a larger one two words must be.
const crowd = 80

// joinFull joins names of two words and more, the surest first.
func (c *casting) joinFull() {
	words := 1
	if len(c.names) > crowd {
		words = 2
	}
	var pairs []likeness
	for b := range c.names {
		for a := range b {
			if x, y := &c.names[a], &c.names[b]; x.full() && y.full() && (x.entity == "" || y.entity == "") && x.near(y, words) {
				if s, ok := fullLike(x, y); ok && !c.homophones(x) && !c.homophones(y) {
					pairs = append(pairs, likeness{a, b, s})
				}
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y likeness) int { return cmp.Compare(y.score, x.score) })
	for _, p := range pairs {
		if a, b := c.root(p.a), c.root(p.b); a != b && !c.apart(a, b) {
			c.join(a, b)
		}
	}
}

// homophones tells whether the story has another Chinese name that is read as this one: which of them a name in pinyin is, nobody knows.
func (c *casting) homophones(x *name) bool {
	family, given, _ := entity.Pinyin(x.Words)
	return x.chinese && slices.ContainsFunc(c.names, func(y name) bool {
		f, g, _ := entity.Pinyin(y.Words)
		return y.chinese && y.Words != x.Words && f == family && g == given
	})
}

// fullLike says how sure it is that two full names are one, and whether that is enough.
func fullLike(x, y *name) (float64, bool) {
	if x.Lang == y.Lang && entity.Inflected(x.words, y.words, x.Lang) {
		return 1, true
	}
	if x.chinese || y.chinese { // joinFull asks for homophones
		return 1, entity.SamePinyin(x.Words, y.Words) || entity.SamePinyin(y.Words, x.Words)
	}
	if gendered(x, y, x.words[0], y.words[0]) || gendered(x, y, x.words[len(x.words)-1], y.words[len(y.words)-1]) {
		return 0, false
	}
	s := entity.Same(x.Words, y.Words)
	return s, x.script != y.script && s >= acrossScripts || s >= withinScript
}

// near tells whether as many words of two names share their consonants as are asked for; without, they are not worth comparing. Han
// characters have none.
func (x *name) near(y *name, words int) bool {
	if x.script == text.Han || y.script == text.Han {
		return true
	}
	for _, k := range x.keys {
		if words > 0 && slices.ContainsFunc(y.keys, func(o []string) bool { return meet(k, o) }) {
			words--
		}
	}
	return words == 0
}

// meet tells whether two lists of keys have one in common.
func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(k string) bool { return slices.Contains(b, k) })
}

// gendered tells whether one word ends in the a of a woman's name, in Latin or Cyrillic letters, and the other in a consonant: Petrov,
// Петрова; Paul, Paula.
func gendered(x, y *name, v, w string) bool {
	return cased(x.script) && cased(y.script) && (womanly(v) && consonant(w) || womanly(w) && consonant(v))
}

func cased(s text.Script) bool { return s == text.Latin || s == text.Cyrillic }

func womanly(w string) bool {
	r, _ := utf8.DecodeLastRuneInString(w)
	return strings.ContainsRune("aая", r)
}

func consonant(w string) bool {
	r, _ := utf8.DecodeLastRuneInString(w)
	return !strings.ContainsRune("aeiouyаеёиоуыэюяь", r)
}

// apart tells whether two people cannot be one: they are known to be two, or an article names both in full.
func (c *casting) apart(a, b int) bool {
	for i := range c.names {
		x := &c.names[i]
		if c.root(i) != a || !x.full() && x.entity == "" {
			continue
		}
		for j := range c.names {
			y := &c.names[j]
			if c.root(j) != b || !y.full() && y.entity == "" {
				continue
			}
			if x.entity != "" && y.entity != "" && x.entity != y.entity || share(x.articles, y.articles) && !entity.Inflected(x.words, y.words, x.Lang) && !tail(x, y) && !tail(y, x) {
				return true
			}
		}
	}
	return false
}

// tail tells whether one name is the end of another: a family name of two words.
func tail(whole, part *name) bool {
	n := len(whole.words) - len(part.words)
	return n > 0 && whole.script == part.script && slices.Equal(whole.words[n:], part.words)
}

func share(a, b []int64) bool {
	return slices.ContainsFunc(a, func(id int64) bool { return slices.Contains(b, id) })
}

// joinParts joins names that are part of a longer one: to the one person who bears all of their words, then single words of several
// scripts to each other.
func (c *casting) joinParts() {
	for i := range c.names {
		if n := &c.names[i]; n.entity == "" {
			c.only(i, func(m *name) bool { return len(m.words) > len(n.words) })
		}
	}
	for i := range c.names {
		if n := &c.names[i]; !n.full() && n.entity == "" && c.root(i) == i {
			c.only(i, func(m *name) bool { return !m.full() && m.script != n.script })
		}
	}
}

// only joins a name to the one person who bears it, among those whose names are wanted; where two do, to nobody.
func (c *casting) only(i int, wanted func(*name) bool) {
	bearer := -1
	for j := range c.names {
		m := &c.names[j]
		if c.root(j) == c.root(i) || !wanted(m) || !bears(m, &c.names[i]) {
			continue
		}
		if r := c.root(j); bearer >= 0 && bearer != r {
			return
		} else {
			bearer = r
		}
	}
	if bearer >= 0 && !c.apart(bearer, c.root(i)) {
		c.join(bearer, c.root(i))
	}
}

// bears tells whether a longer name holds all words of a part, in their order; or, in another script, ends as the several words of it sound.
func bears(m, part *name) bool {
	at, n := 0, len(m.words)-len(part.words)
	for i := range part.words {
		for ; at < len(m.words) && !wordLike(m, at, part, i); at++ {
		}
		if at == len(m.words) {
			return n > 0 && endsAs(m, n, part)
		}
		at++
	}
	return true
}

// endsAs tells whether the words of a name from n on sound like all of another, of two words or more in another alphabet.
func endsAs(m *name, n int, part *name) bool {
	return len(part.words) > 1 && m.script != part.script && m.script != text.Han && part.script != text.Han &&
		entity.Same(strings.Join(m.words[n:], " "), part.Words) >= acrossScripts
}

// wordLike tells whether a word of one name is a word of another.
func wordLike(m *name, i int, n *name, j int) bool {
	v, w := m.words[i], n.words[j]
	if m.script == n.script {
		return v == w
	}
	if m.script != text.Han && n.script != text.Han && !meet(m.keys[i], n.keys[j]) {
		return false
	}
	return !gendered(m, n, v, w) && entity.SameWord(v, w) >= aloneAcross
}

// root gives the name that stands for a name's person.
func (c *casting) root(i int) int {
	for c.names[i].parent != i {
		i = c.names[i].parent
	}
	return i
}

// join makes two people one; whom the story named first stands for them.
func (c *casting) join(a, b int) {
	c.names[max(a, b)].parent = min(a, b)
}

// cast says who was found.
func (c *casting) cast() *Cast {
	out := &Cast{parts: map[int64][]part{}}
	person := map[int]int{}
	for i := range c.names {
		r := c.root(i)
		p, ok := person[r]
		if !ok {
			p = len(out.people)
			person[r] = p
			out.people = append(out.people, &Person{})
		}
		out.people[p].add(&c.names[i])
	}
	for _, p := range c.parts {
		who := person[c.root(p.name)]
		out.people[who].At = append(out.people[who].At, Place{p.article, p.Span})
		out.parts[p.article] = append(out.parts[p.article], part{p.Span, who})
	}
	return out
}

func (p *Person) add(n *name) {
	p.Entity = cmp.Or(p.Entity, n.entity)
	if !slices.Contains(p.Names, n.WrittenName) {
		p.Names = append(p.Names, n.WrittenName)
	}
}

// scriptOf gives the script of a name's first letter.
func scriptOf(words string) text.Script {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(words))
	return text.ScriptOf(r)
}
