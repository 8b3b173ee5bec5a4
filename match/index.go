package match

import (
	"sort"
	"strings"

	"marsad/news"
	"marsad/query"
)

// Entry is a standing query under the number that a match will name.
type Entry struct {
	ID    int64
	Query query.Query
}

// Index is a set of standing queries. It is immutable and safe for many goroutines.
type Index struct {
	programs []filed
	byForm   map[string][]int32 // a form -> the queries that may match where it stands
	always   []int32            // queries that no word can stand for
}

type filed struct {
	id      int64
	program Program
}

// Counts says what a call of Match cost.
type Counts struct{ Tried, Matched int }

// Build files queries under the words that they cannot match without.
func Build(entries []Entry, names Namer) *Index {
	x := &Index{programs: make([]filed, len(entries)), byForm: map[string][]int32{}}
	for i, e := range entries {
		p := Compile(e.Query, names)
		x.programs[i] = filed{e.ID, p}
		anchors, ok := p.root.anchors()
		if !ok {
			x.always = append(x.always, int32(i))
			continue
		}
		for _, a := range anchors {
			x.byForm[a] = append(x.byForm[a], int32(i))
		}
	}
	return x
}

// Len gives the number of queries.
func (x *Index) Len() int { return len(x.programs) }

// Match gives the queries that the article satisfies, by their number, with the words that satisfy them.
func (x *Index) Match(d *Doc) ([]news.Match, Counts) {
	seen := make(map[int32]bool)
	var c Counts
	var out []news.Match
	try := func(i int32) {
		if seen[i] {
			return
		}
		seen[i] = true
		c.Tried++
		if ok, spans := x.programs[i].program.Run(d); ok {
			out = append(out, news.Match{Watch: x.programs[i].id, Article: d.Article.ID, Spans: spans})
		}
	}
	for f := range d.forms {
		for _, i := range x.byForm[f] {
			try(i)
		}
	}
	for _, i := range x.always {
		try(i)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Watch < out[j].Watch })
	c.Matched = len(out)
	return out, c
}

// Need is what an article must at least contain to satisfy a query: a superset filter that any full text index can answer. Exactly
// one field is set; the zero Need is satisfied by every article.
type Need struct {
	All, Any []Need
	Form     string // one of the forms that Doc.Tokens lists
	Prefix   string // a form that begins so
}

// Everything tells whether the need excludes nothing.
func (n Need) Everything() bool {
	return len(n.All) == 0 && len(n.Any) == 0 && n.Form == "" && n.Prefix == ""
}

// Need gives the program's superset filter.
func (p Program) Need() Need { return p.root.need() }

func (s *step) need() Need {
	switch s.op {
	case opWords:
		var all []Need
		for _, forms := range s.words {
			var any []Need
			for _, f := range forms {
				any = append(any, Need{Form: f})
			}
			all = append(all, one(any, false))
		}
		return one(all, true)
	case opPrefix:
		return Need{Prefix: s.text}
	case opPattern:
		head, _, _ := strings.Cut(strings.TrimSuffix(s.text, "*"), "?")
		return Need{Prefix: head}
	case opAnd, opNear, opSame:
		var all []Need
		for _, k := range s.kids {
			if n := k.need(); !n.Everything() {
				all = append(all, n)
			}
		}
		return one(all, true)
	case opOr:
		var any []Need
		for _, k := range s.kids {
			n := k.need()
			if n.Everything() {
				return Need{}
			}
			any = append(any, n)
		}
		return one(any, false)
	case opAtLeast, opFirst, opField:
		return s.kids[0].need()
	}
	return Need{}
}

func one(ns []Need, all bool) Need {
	switch {
	case len(ns) == 0:
		return Need{}
	case len(ns) == 1:
		return ns[0]
	case all:
		return Need{All: ns}
	}
	return Need{Any: ns}
}

// anchors gives forms of which at least one stands in every article that satisfies the step, not ok where there are none.
func (s *step) anchors() ([]string, bool) {
	switch s.op {
	case opWords:
		best := s.words[0]
		for _, w := range s.words {
			if len(w[0]) > len(best[0]) { // a longer word is mostly a rarer one
				best = w
			}
		}
		return best, true
	case opAnd, opNear, opSame:
		var best []string
		for _, k := range s.kids {
			if a, ok := k.anchors(); ok && (best == nil || len(a) < len(best) || len(a) == len(best) && len(a[0]) > len(best[0])) {
				best = a
			}
		}
		return best, best != nil
	case opOr:
		var all []string
		for _, k := range s.kids {
			a, ok := k.anchors()
			if !ok {
				return nil, false
			}
			all = append(all, a...)
		}
		return all, true
	case opAtLeast, opFirst, opField:
		return s.kids[0].anchors()
	}
	return nil, false
}
