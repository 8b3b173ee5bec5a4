package match

import (
	"strings"

	"marsad/news"
	"marsad/query"
)

// Compile prepares one query. names may be nil: who:, org:, where:, speaker: and denies: then compare words alone.
func Compile(q query.Query, names Namer) Program {
	b := newBuilder(Options{Names: names})
	b.add(Entry{Query: q})
	return Program{b.core(false), needOf(q.Root)}
}

// Run tells whether the article satisfies the program, and gives the words in Article.Text that satisfy it, in order and without
// overlap.
func (p Program) Run(d *Doc) (bool, []news.Span) {
	ms, _ := p.core.match(nil, d, nil)
	if len(ms) == 0 {
		return false, nil
	}
	return true, ms[0].Spans
}

// Need gives the program's superset filter.
func (p Program) Need() Need { return p.need }

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

func needOf(n query.Node) Need {
	switch n := n.(type) {
	case *query.Word:
		return needOfRow(cutWord(n.Text, !n.Exact, n.Prefix), n.Exact)
	case *query.Phrase:
		return needOfRow(cutWord(n.Text, false, false), n.Exact)
	case *query.And:
		return needOfAll(n.Kids...)
	case *query.Near:
		return needOfAll(n.Left, n.Right)
	case *query.Same:
		return needOfAll(n.Left, n.Right)
	case *query.Or:
		var any []Need
		for _, k := range n.Kids {
			need := needOf(k)
			if need.Everything() {
				return Need{}
			}
			any = append(any, need)
		}
		return join(any, false)
	case *query.AtLeast:
		return needOf(n.Kid)
	case *query.First:
		return needOf(n.Kid)
	case *query.Field:
		return needOf(n.Kid)
	}
	return Need{}
}

func needOfRow(parts []part, exact bool) Need {
	var all []Need
	for _, p := range parts {
		if p.wildcard {
			if head, _, _ := strings.Cut(p.pattern, "?"); head != "" {
				all = append(all, Need{Prefix: head})
			}
			continue
		}
		forms := asked(p.Token)
		if exact {
			forms = forms[:1]
		}
		var any []Need
		for _, f := range forms {
			any = append(any, Need{Form: f})
		}
		all = append(all, join(any, false))
	}
	return join(all, true)
}

func needOfAll(kids ...query.Node) Need {
	var all []Need
	for _, k := range kids {
		if n := needOf(k); !n.Everything() {
			all = append(all, n)
		}
	}
	return join(all, true)
}

func join(ns []Need, all bool) Need {
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
