package sqlite

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"marsad/match"
	"marsad/query"
	"marsad/text"
)

// era is what the index knows of an article, by when it was indexed.
type era uint8

const (
	bare   era = iota // its words
	marked            // marks of pairs, titles, captions and languages: match.Marked
	stated            // what can be stated of it
)

// compiler writes queries in the language of FTS5.
type compiler struct {
	names   match.Namer
	outlets outletList
	depth   int // of the part that is being written
}

// deepest is how deep a query is written out: FTS5 reads some thirty parentheses within each other. What is deeper is verified on the text.
const deepest = 20

// nothing is a word that no article has.
const nothing = `"~"`

// exact writes in the language of FTS5 what the articles of an era have that satisfy n, and no others. It tells whether the index knows.
func (c *compiler) exact(n query.Node, e era) (string, bool) {
	c.depth++
	defer func() { c.depth-- }()
	if c.depth > deepest {
		return "", false
	}
	switch n := n.(type) {
	case *query.Word:
		return exactWord(n, e, !n.Exact && !n.Prefix && !strings.Contains(n.Text, "?"))
	case *query.Phrase:
		return exactWord(n, e, !n.Exact)
	case *query.And:
		return c.exactAnd(n.Kids, e)
	case *query.Or:
		parts, ok := c.exactAll(n.Kids, e)
		return parenthesised(parts, " OR "), ok
	case *query.Not:
		return c.exactAnd([]query.Node{n}, e)
	case *query.Field: // the parser lets no NOT into one
		if _, ok := c.exact(n.Kid, e); ok && e >= marked && (n.Name == "title" || n.Name == "caption") {
			return needed(match.NeedOf(n), e), true
		}
	case *query.Term:
		return c.exactTerm(n, e)
	}
	return "", false
}

func (c *compiler) exactAll(ns []query.Node, e era) ([]string, bool) {
	parts := make([]string, len(ns))
	for i, n := range ns {
		var ok bool
		if parts[i], ok = c.exact(n, e); !ok {
			return nil, false
		}
	}
	return parts, true
}

// exactAnd takes from what is asked what is excluded, or from all articles where nothing is asked.
func (c *compiler) exactAnd(kids []query.Node, e era) (string, bool) {
	asked, not := split(kids)
	yes, ok1 := c.exactAll(asked, e)
	no, ok2 := c.exactAll(not, e)
	if !ok1 || !ok2 || len(yes) == 0 && e < marked {
		return "", false
	}
	if len(yes) == 0 {
		yes = []string{quoted(match.Marked)}
	}
	return without(parenthesised(yes, " AND "), no), true
}

// split parts what is asked from what is excluded.
func split(kids []query.Node) (asked, not []query.Node) {
	for _, k := range kids {
		if n, ok := k.(*query.Not); ok {
			not = append(not, n.Kid)
		} else {
			asked = append(asked, k)
		}
	}
	return asked, not
}

func without(words string, not []string) string {
	if len(not) == 0 {
		return words
	}
	return "(" + words + " NOT " + parenthesised(not, " OR ") + ")"
}

// exactWord asks for a single word of the index.
func exactWord(n query.Node, e era, plain bool) (string, bool) {
	if !plain {
		return "", false
	}
	need := match.NeedOf(n)
	if need.Everything() || !oneWord(need) {
		return "", false
	}
	return needed(need, e), true
}

// oneWord tells whether every form is one word of the index.
func oneWord(n match.Need) bool {
	return len(n.All) == 0 && !slices.ContainsFunc(n.Any, func(k match.Need) bool { return !oneWord(k) }) &&
		!strings.ContainsFunc(n.Form+n.Mark, unicode.IsSpace)
}

func (c *compiler) exactTerm(n *query.Term, e era) (string, bool) {
	switch {
	case n.Name == "lang" && e >= marked:
		need := match.NeedOf(n)
		return needed(need, e), need.Mark != "" && oneWord(need)
	case e < stated:
	case n.Name == "domain" && domainOf(n.Value) != "" && !strings.Contains(domainOf(n.Value), " "):
		return quoted(hostMark + asciiOf(domainOf(n.Value))), true
	case n.Name == "country":
		return c.outlets.expression(func(o outlet) bool { return strings.EqualFold(o.country, n.Value) })
	case n.Name == "source":
		name := text.Normalize(strings.TrimSpace(n.Value))
		from, ok := c.outlets.expression(func(o outlet) bool { return names(o.name, name) })
		return parenthesised([]string{from, quoted(siteMark + siteWord(name))}, " OR "), ok && name != "" && !strings.Contains(name, " ")
	}
	return "", false
}

// names tells whether the words of part stand in a name as whole words, both in normal form.
func names(name, part string) bool {
	return part != "" && strings.Contains(" "+name+" ", " "+part+" ")
}

// expression writes in the language of FTS5 what an article of an era must have to satisfy n; "" where the index cannot tell.
func (c *compiler) expression(n query.Node, e era) string {
	c.depth++
	defer func() { c.depth-- }()
	if n == nil || c.depth > deepest {
		return ""
	}
	if x, ok := c.exact(n, e); ok {
		return x
	}
	switch n := n.(type) {
	case *query.And:
		return c.conjunction(n.Kids, e)
	case *query.Or:
		return c.joined(n.Kids, " OR ", e)
	case *query.Term:
		return c.statement(n, e)
	}
	return needed(match.NeedOf(n), e)
}

func (c *compiler) statement(n *query.Term, e era) string {
	switch n.Name {
	case "who", "org", "where", "speaker", "denies":
		return c.naming(n.Value)
	case "source":
		if e >= stated {
			return c.sourced(n.Value)
		}
	case "on":
		from, to, ok := query.Days(n.Value)
		if months := monthsOf(from, to); e >= stated && ok && n.Op == "" && months != nil {
			any := []string{quoted(longMark)}
			for _, m := range months {
				any = append(any, quoted(monthMark+m))
			}
			return parenthesised(any, " OR ")
		}
	}
	return needed(match.NeedOf(n), e)
}

// sourced asks for the articles of sources of a name of several words, and those whose site's name has them all.
func (c *compiler) sourced(value string) string {
	name := text.Normalize(strings.TrimSpace(value))
	from, ok := c.outlets.expression(func(o outlet) bool { return names(o.name, name) })
	var words []string
	for _, w := range siteWords(name) {
		words = append(words, quoted(siteMark+w))
	}
	if !ok || len(words) == 0 {
		return ""
	}
	return parenthesised([]string{from, parenthesised(words, " AND ")}, " OR ")
}

// conjunction writes an AND, and what it excludes where the index knows exactly which articles that are.
func (c *compiler) conjunction(kids []query.Node, e era) string {
	asked, not := split(kids)
	words := c.joined(asked, " AND ", e)
	if words == "" && e >= marked {
		words = quoted(match.Marked)
	}
	var no []string
	for _, k := range not {
		if x, ok := c.exact(k, e); ok {
			no = append(no, x)
		}
	}
	if words == "" || len(no) == 0 && words == quoted(match.Marked) {
		return ""
	}
	return without(words, no)
}

func (c *compiler) joined(ns []query.Node, op string, e era) string {
	parts := make([]string, len(ns))
	for i, n := range ns {
		parts[i] = c.expression(n, e)
	}
	return combined(parts, op)
}

// outlet is what a query may ask of a source.
type outlet struct {
	id            int64
	name, country string // the name in normal form
}

type outletList []outlet

// mostOutlets is how many sources a query may name for the index to be asked for each of them.
const mostOutlets = 2000

// expression asks for the articles of the sources that are so, and tells whether they are few enough to.
func (all outletList) expression(is func(outlet) bool) (string, bool) {
	any := []string{}
	for _, o := range all {
		if is(o) {
			any = append(any, quoted(outletMark+strconv.FormatInt(o.id, 10)))
		}
	}
	switch {
	case len(any) == 0:
		return nothing, true
	case len(any) > mostOutlets:
		return "", false
	}
	return parenthesised(any, " OR "), true
}
