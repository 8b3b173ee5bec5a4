package query

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"marsad/lang/pack"
	"marsad/text"
)

// Frequent tells whether a word is among those that stand in almost every article of some language: a query knows no language.
func Frequent(word string) bool { return frequent()[text.Normalize(word)] }

var frequent = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, p := range pack.All() {
		if p.Story == nil {
			continue
		}
		for _, w := range p.Story.Common {
			all[text.Normalize(w)] = true
		}
	}
	return all
})

// contradiction warns of an AND that can never be satisfied: it demands a thing and forbids it, two languages at once, or a number or
// day that is outside of itself.
func (e *explainer) contradiction(n *And) {
	asked, words, lang := map[string]bool{}, map[string]bool{}, ""
	ranges := map[string]*interval{}
	for _, k := range n.Kids {
		asked[k.String()] = true
		demanded(k, words)
		t, ok := k.(*Term)
		if !ok {
			continue
		}
		if t.Name == "lang" {
			if l := primary(t.Value); lang != "" && lang != l {
				e.warn(k, "never", lang, l)
			} else {
				lang = l
			}
		}
		if !narrowed(ranges, t) {
			e.warn(k, "never", k.String())
		}
	}
	for _, k := range n.Kids {
		if not, ok := k.(*Not); ok && forbids(not.Kid, asked, words) {
			e.warn(k, "never", not.Kid.String())
		}
	}
}

func primary(tag string) string {
	p, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return p
}

// demanded notes the words that must stand in the article where n is satisfied.
func demanded(n Node, words map[string]bool) {
	switch n := n.(type) {
	case *Word:
		if !n.Prefix && !hasWildcard(n.Text) {
			words[text.Normalize(n.Text)] = true
		}
	case *Phrase:
		for _, w := range strings.Fields(n.Text) {
			words[text.Normalize(w)] = true
		}
	}
}

// forbids tells whether a negated node is satisfied wherever what is asked is.
func forbids(n Node, asked, words map[string]bool) bool {
	switch n := n.(type) {
	case *Word:
		if !n.Exact && words[text.Normalize(n.Text)] {
			return true
		}
	case *Or:
		return slices.ContainsFunc(n.Kids, func(k Node) bool { return forbids(k, asked, words) })
	}
	return asked[n.String()]
}

// interval is what is left of a number or of a point in time, both ends included.
type interval struct{ from, to int64 }

// narrowed narrows the interval of a statement about a number or a day of publication and tells whether anything is left.
func narrowed(ranges map[string]*interval, t *Term) bool {
	var from, to int64
	switch t.Name {
	case "words", "sources":
		n, err := strconv.ParseInt(t.Value, 10, 64)
		if err != nil {
			return true
		}
		from, to = n, n
	case "published":
		a, b, ok := Days(t.Value)
		if !ok {
			return true
		}
		from, to = a.Unix(), b.Add(-time.Second).Unix()
	default:
		return true
	}
	switch t.Op {
	case ">":
		from, to = to+1, math.MaxInt64
	case ">=":
		to = math.MaxInt64
	case "<":
		from, to = math.MinInt64, from-1
	case "<=":
		from = math.MinInt64
	}
	r := ranges[t.Name]
	if r == nil {
		r = &interval{0, math.MaxInt64}
		if t.Name == "published" {
			r.from = math.MinInt64
		}
		ranges[t.Name] = r
	}
	r.from, r.to = max(r.from, from), min(r.to, to)
	return r.from <= r.to
}
