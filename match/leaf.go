package match

import (
	"strings"
	"sync"

	"marsad/lang/pack"
	"marsad/query"
	"marsad/text"
)

// leaf is a word of queries under its number in a dictionary: all queries that ask for the same word share it.
type leaf = uint32

// dictionary knows which leaves a word of an article satisfies. Building fills it; matching only reads it.
type dictionary struct {
	byName   map[string]leaf   // what a query asks, with a letter in front for how -> leaf
	byForm   map[string][]leaf // a form, or "=word" for an exact one -> the leaves that it satisfies
	byPrefix map[string][]pattern
	lengths  []int // byte lengths of prefixes, ascending
	weight   []float32
	frequent func(form string) float64
}

// pattern is a leaf that begins with a prefix, and perhaps has wildcards after it.
type pattern struct {
	leaf leaf
	text string // "" for a plain prefix
}

func newDictionary(frequent func(string) float64) *dictionary {
	if frequent == nil {
		frequent = guess
	}
	return &dictionary{byName: map[string]leaf{}, byForm: map[string][]leaf{}, byPrefix: map[string][]pattern{}, frequent: frequent}
}

// guess stands in for the share of articles that hold a form where nobody counted: longer words are rarer.
func guess(form string) float64 {
	n := 0
	for range form {
		n++
	}
	share := 0.5
	for ; n > 1; n-- {
		share *= 0.7
	}
	return share
}

// intern gives the leaf of a name, making it where it is new.
func (x *dictionary) intern(name string, make func(leaf)) leaf {
	if l, ok := x.byName[name]; ok {
		return l
	}
	l := leaf(len(x.weight))
	x.byName[name] = l
	x.weight = append(x.weight, 0)
	make(l)
	return l
}

// word gives the leaf of a word in any of its forms.
func (x *dictionary) word(t text.Token) leaf {
	return x.intern("w"+t.Norm, func(l leaf) {
		for _, f := range asked(t) {
			x.byForm[f] = append(x.byForm[f], l)
			x.weight[l] += float32(x.frequent(f))
		}
	})
}

// exact gives the leaf of a word in this form and case alone.
func (x *dictionary) exact(raw string) leaf {
	return x.intern("="+raw, func(l leaf) {
		x.byForm["="+raw] = append(x.byForm["="+raw], l)
		x.weight[l] = float32(x.frequent(text.Plain(text.Normalize(raw))))
	})
}

// begins gives the leaf of a prefix, and of a pattern whose first wildcard stands after it.
func (x *dictionary) begins(prefix, wildcards string) leaf {
	return x.intern("*"+prefix+"\x00"+wildcards, func(l leaf) {
		if len(x.byPrefix[prefix]) == 0 {
			x.addLength(len(prefix))
		}
		x.byPrefix[prefix] = append(x.byPrefix[prefix], pattern{l, wildcards})
		x.weight[l] = float32(min(1, 8*x.frequent(prefix)))
	})
}

// flag gives the leaf of a statement that an article carries as a mark: lang=ar.
func (x *dictionary) flag(name string, share float64) leaf {
	return x.intern("!"+name, func(l leaf) {
		x.byForm["!"+name] = append(x.byForm["!"+name], l)
		x.weight[l] = float32(share)
	})
}

func (x *dictionary) addLength(n int) {
	for i, l := range x.lengths {
		if l == n {
			return
		}
		if l > n {
			x.lengths = append(x.lengths[:i], append([]int{n}, x.lengths[i:]...)...)
			return
		}
	}
	x.lengths = append(x.lengths, n)
}

// expand appends to dst the leaves that a word satisfies, each once. buf is scratch.
func (x *dictionary) expand(dst []leaf, w *word, p *pack.Text, buf *[]string) []leaf {
	from := len(dst)
	*buf = Forms((*buf)[:0], w.Token, p)
	for _, f := range *buf {
		dst = append(dst, x.byForm[f]...)
		if !isStem(f) {
			dst = x.prefixes(dst, f)
		}
	}
	dst = append(dst, x.byForm["="+w.raw]...)
	return dedupe(dst, from)
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

func dedupe(ls []leaf, from int) []leaf {
	out := ls[:from]
next:
	for _, l := range ls[from:] {
		for _, k := range out[from:] {
			if k == l {
				continue next
			}
		}
		out = append(out, l)
	}
	return out
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

// leafOf gives the leaf of a query's word that is a prefix or a pattern.
func (x *dictionary) wildcardOf(n *query.Word) leaf {
	s := plainPrefix(n.Text)
	head, _, more := strings.Cut(s, "?")
	switch {
	case !more:
		return x.begins(head, "")
	case n.Prefix:
		return x.begins(head, s+"*")
	}
	return x.begins(head, s)
}

// typed is the pack under which queries are cut into words: the elisions and enclitics of all languages.
var typed = sync.OnceValue(func() *pack.Pack {
	t := &pack.Text{}
	for _, p := range pack.All() {
		if p.Text != nil {
			t.Elisions = append(t.Elisions, p.Text.Elisions...)
			t.Enclitics = append(t.Enclitics, p.Text.Enclitics...)
		}
	}
	return &pack.Pack{Text: t}
})
