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
	return Program{b.core(false), needOf(q.Root, "")}
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

// NeedOf gives the need of a part of a query.
func NeedOf(n query.Node) Need { return needOf(n, "") }

// Need is what an article must at least contain to satisfy a query: a superset filter that any full text index can answer. Exactly
// one field is set; the zero Need is satisfied by every article.
type Need struct {
	All, Any []Need
	Form     string // one of the forms that Doc.Tokens lists
	Prefix   string // a form that begins so
	Mark     string // one of the marks that Doc.Tokens lists; an article whose tokens lack Marked may satisfy the query without
	Marks    string // a mark that begins so
}

// Everything tells whether the need excludes nothing.
func (n Need) Everything() bool {
	return len(n.All) == 0 && len(n.Any) == 0 && n.Form == "" && n.Prefix == "" && n.Mark == "" && n.Marks == ""
}

// needOf gives the need of a node. mark is that of the section in which its words must stand, "" for the whole article.
func needOf(n query.Node, mark string) Need {
	switch n := n.(type) {
	case *query.Word:
		return needOfRow(cutWord(n.Text, !n.Exact, n.Prefix), n.Exact, mark)
	case *query.Phrase:
		return needOfRow(cutWord(n.Text, false, false), n.Exact, mark)
	case *query.And:
		return needOfAll(mark, n.Kids...)
	case *query.Near:
		return needOfAll(mark, n.Left, n.Right)
	case *query.Same:
		return needOfAll(mark, n.Left, n.Right)
	case *query.Or:
		var any []Need
		for _, k := range n.Kids {
			need := needOf(k, mark)
			if need.Everything() {
				return Need{}
			}
			any = append(any, need)
		}
		return join(any, false)
	case *query.AtLeast:
		return needOf(n.Kid, mark)
	case *query.First:
		return needOf(n.Kid, mark)
	case *query.Field:
		switch n.Name {
		case "title":
			mark = titleMark
		case "caption":
			mark = captionMark
		}
		return needOf(n.Kid, mark)
	case *query.Term:
		if n.Name == "lang" {
			return Need{Mark: langMark + primary(n.Value)}
		}
	}
	return Need{}
}

func needOfRow(parts []part, exact bool, mark string) Need {
	var all []Need
	form := func(f string) Need {
		if mark != "" {
			return Need{Mark: mark + f}
		}
		return Need{Form: f}
	}
	for i := range parts {
		p := &parts[i]
		if p.wildcard {
			if head, _, _ := strings.Cut(p.pattern, "?"); head == "" {
			} else if mark != "" {
				all = append(all, Need{Marks: mark + head})
			} else {
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
			any = append(any, form(f))
		}
		all = append(all, join(any, false))
		if i > 0 && !parts[i-1].wildcard {
			any = nil
			for _, m := range pairsAsked(&parts[i-1].Token, &p.Token) {
				any = append(any, Need{Mark: m})
			}
			all = append(all, join(any, false))
		}
	}
	return join(all, true)
}

func needOfAll(mark string, kids ...query.Node) Need {
	var all []Need
	for _, k := range kids {
		if n := needOf(k, mark); !n.Everything() {
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
