package match

import (
	"maps"
	"slices"
	"strings"

	"marsad/lang/pack"
	"marsad/text"
)

// leaf is a word of queries under its number in a dictionary: all queries that ask for the same word share it.
type leaf = uint32

// none is no leaf.
const none = ^leaf(0)

// dictionary knows which leaves a word of an article satisfies. Building fills it; matching only reads it.
type dictionary struct {
	names    table // what queries ask, with a letter in front for how; its numbers are the leaves. Only building needs it
	forms    table // a form, or "=word" for an exact one
	heads    []int32
	links    []link // of the leaves of a form
	byPrefix map[string][]pattern
	lengths  []int // byte lengths of prefixes, ascending
	weight   []float32
	wild     []bool
	class    []leaf // of each word: the first whose shortest form is the same, for the bits of pairs
	classes  table  // those forms. Only building needs it
	firsts   []leaf // of each class
	frequent func(form string) float64
	memory   *Memory // nil without
}

// link chains the leaves that a form satisfies. Stems of several languages are often one string, so that they share a link.
type link struct {
	leaf  leaf
	next  int32
	kinds uint32 // one bit for the word itself, one for each stemmer
}

// pattern is a leaf that begins with a prefix, and perhaps has wildcards after it.
type pattern struct {
	leaf leaf
	text string // "" for a plain prefix
}

func newDictionary(frequent func(string) float64) dictionary {
	if frequent == nil {
		frequent = guess
	}
	return dictionary{names: newTable(), forms: newTable(), classes: newTable(), byPrefix: map[string][]pattern{}, frequent: frequent}
}

func (x *dictionary) clone() dictionary {
	d := *x
	d.names, d.forms, d.heads, d.links = x.names.clone(), x.forms.clone(), slices.Clone(x.heads), slices.Clone(x.links)
	d.lengths, d.weight, d.wild, d.byPrefix = slices.Clone(x.lengths), slices.Clone(x.weight), slices.Clone(x.wild), maps.Clone(x.byPrefix)
	d.class, d.classes, d.firsts = slices.Clone(x.class), x.classes.clone(), slices.Clone(x.firsts)
	for k, ps := range d.byPrefix {
		d.byPrefix[k] = slices.Clone(ps)
	}
	return d
}

// guess stands in for the share of articles that hold a form where nobody counted: longer words are rarer.
func guess(form string) float64 {
	share := 0.5
	for i := range form {
		if i > 0 {
			share *= 0.7
		}
	}
	return share
}

// intern gives the leaf of a name and tells whether it is new.
func (x *dictionary) intern(how, name string) (leaf, bool) {
	l, isNew := x.names.add(how + name)
	if isNew {
		x.weight, x.wild = append(x.weight, 0), append(x.wild, how == "*")
		x.class = append(x.class, l)
	}
	return l, isNew
}

// satisfies says that a form satisfies a leaf.
func (x *dictionary) satisfies(form string, l leaf) {
	s, kind := kindOf(form)
	n, isNew := x.forms.add(s)
	if isNew {
		x.heads = append(x.heads, -1)
	}
	if k := x.heads[n]; k >= 0 && x.links[k].leaf == l {
		x.links[k].kinds |= kind
		return
	}
	x.links = append(x.links, link{l, x.heads[n], kind})
	x.heads[n] = int32(len(x.links) - 1)
}

// kindOf takes the stemmer's name off a form.
func kindOf(form string) (s string, kind uint32) {
	if algorithm, stem, ok := strings.Cut(form, "~"); ok {
		if i := slices.Index(algorithms(), algorithm); i >= 0 {
			return stem, 2 << i
		}
	}
	return form, 1
}

// word gives the leaf of a word in any of its forms.
func (x *dictionary) word(t text.Token) leaf {
	l, isNew := x.intern("w", t.Norm)
	if !isNew {
		return l
	}
	shortest := t.Norm
	for _, f := range asked(t) {
		x.satisfies(f, l)
		x.weight[l] += float32(x.frequent(f))
		if s, _ := kindOf(f); len(s) < len(shortest) || len(s) == len(shortest) && s < shortest {
			shortest = s
		}
	}
	x.class[l] = x.classOf(shortest, l)
	return l
}

// classOf gives the first leaf of a class, which is l where it is new. Words that one stem joins are mostly satisfied together; a word
// of an article then has one pair with the next and not one for each of them.
func (x *dictionary) classOf(form string, l leaf) leaf {
	n, isNew := x.classes.add(form)
	if isNew {
		x.firsts = append(x.firsts, l)
	}
	return x.firsts[n]
}

// exact gives the leaf of a word in this form and case alone.
func (x *dictionary) exact(raw string) leaf {
	l, isNew := x.intern("=", raw)
	if isNew {
		x.satisfies("="+raw, l)
		x.weight[l] = float32(x.frequent(text.Plain(text.Normalize(raw))))
	}
	return l
}

// pattern gives the leaf of a prefix, or of a pattern: what stands before its first wildcard is looked up.
func (x *dictionary) pattern(p part) leaf {
	prefix, wildcards := p.pattern, ""
	if head, _, more := strings.Cut(p.pattern, "?"); more || !p.open {
		prefix, wildcards = head, p.pattern
		if p.open {
			wildcards += "*"
		}
	}
	l, isNew := x.intern("*", prefix+"\x00"+wildcards)
	if isNew {
		if at, known := slices.BinarySearch(x.lengths, len(prefix)); !known {
			x.lengths = slices.Insert(x.lengths, at, len(prefix))
		}
		x.byPrefix[prefix] = append(x.byPrefix[prefix], pattern{l, wildcards})
		x.weight[l] = float32(min(1, max(8*x.frequent(prefix), guess(prefix)/4)))
	}
	return l
}

// mark gives the leaf of a statement that an article carries as a mark, such as lang=ar.
func (x *dictionary) mark(name string, share float32) leaf {
	l, isNew := x.intern("!", name)
	if isNew {
		x.satisfies("!"+name, l)
		x.weight[l] = share
	}
	return l
}

// of appends the leaves that a form satisfies.
func (x *dictionary) of(dst []leaf, form string) []leaf {
	s, kind := kindOf(form)
	if n, _, ok := x.forms.find(s); ok {
		for k := x.heads[n]; k >= 0; k = x.links[k].next {
			if x.links[k].kinds&kind != 0 {
				dst = append(dst, x.links[k].leaf)
			}
		}
	}
	return dst
}

// scratch is memory for expand.
type scratch struct {
	forms  []string
	leaves []leaf
	name   []byte
}

// expand gives the leaves that a word satisfies, each once, how many patterns there are at their end, and the classes of the others. The
// leaves are part of the scratch.
func (x *dictionary) expand(t *text.Token, raw string, p *pack.Text, s *scratch) (ls []leaf, patterns int, classes []leaf) {
	if x.memory != nil && len(t.Norm) <= maxLength {
		s.forms = append(s.forms[:0], x.memory.forms(t, p)...)
	} else {
		s.forms = Forms(s.forms[:0], *t, p)
	}
	ls = s.leaves[:0]
	for _, f := range s.forms {
		ls = x.of(ls, f)
	}
	s.name = append(append(s.name[:0], '='), raw...)
	ls = x.of(ls, string(s.name))
	ls = distinct(ls)
	for _, l := range ls {
		classes = append(classes, x.class[l])
	}
	words := len(ls)
	for _, f := range s.forms {
		if !isStem(f) {
			ls = x.prefixes(ls, f)
		}
	}
	s.leaves = ls
	patterns = len(distinct(ls[words:]))
	return ls[:words+patterns], patterns, distinct(classes)
}

func (x *dictionary) prefixes(dst []leaf, form string) []leaf {
	for _, n := range x.lengths {
		if n > len(form) {
			break
		}
		for _, p := range x.byPrefix[form[:n]] {
			if p.text == "" || wildcard(p.text, form) {
				dst = append(dst, p.leaf)
			}
		}
	}
	return dst
}

func distinct(ls []leaf) []leaf {
	slices.Sort(ls)
	return slices.Compact(ls)
}

// wildcard tells whether s fits pattern, in which ? stands for one letter and a final * for any.
func wildcard(pattern, s string) bool {
	p, w := []rune(pattern), []rune(s)
	open := len(p) > 0 && p[len(p)-1] == '*'
	if open {
		p = p[:len(p)-1]
	}
	if len(w) < len(p) || !open && len(w) != len(p) {
		return false
	}
	for i, r := range p {
		if r != '?' && r != w[i] {
			return false
		}
	}
	return true
}
