// Package dispute lays out who claims and who denies what in the articles of one story: it joins the claims of all articles, in whatever
// language, that make one statement, and puts the denials and confirmations beside it. It says how it came to each join, decides nothing
// about who is right, and leaves apart whatever it is not sure of: a denial beside the wrong accusation is a libel.
package dispute

import (
	"unicode/utf8"

	"marsad/cast"
	"marsad/news"
	"marsad/text"
)

// Entry is an article with what was understood of it and how it stands to the others.
type Entry struct {
	Article  news.Article
	Analysis news.Analysis
	Links    []news.Link // of the article to those before it
}

// Because says what put a claim to a statement.
type Because string

// The kinds of evidence, the surest first.
const (
	Itself      Because = ""            // it is the first of the statement
	Answers     Because = "answers"     // its article says that it denies or confirms the other
	Words       Because = "words"       // most words are the same
	Translation Because = "translation" // it stands in the same place of a translation
	Parties     Because = "parties"     // the same party says it of the same party, in the same way
	Accused     Because = "accused"     // who denies is who was accused, of nothing else in the story
	Near        Because = "near"        // it stands behind the one accusation of an article that has no other denial
	Alone       Because = "alone"       // each of the two articles tells of one accusation and its denial, and of no other, and names somebody whom the other names there
)

// Told is a claim of an article, as part of a statement.
type Told struct {
	Article int64
	Claim   int // in Analysis.Claims
	Because Because
}

// Statement is what one side says, in the order of the articles.
type Statement struct {
	Stance   news.Stance // of the first claim; an answer's where no article tells what is answered
	Asserts  []Told
	Denies   []Told
	Confirms []Told
}

// Of finds the statements in a story's articles, in the order in which they came, of its first 1,500 claims. Plain statements (news.Says) are left out unless
// somebody answers them, and so is what somebody did not accuse, deny or confirm.
func Of(entries []Entry, people *cast.Cast) []Statement {
	g := gather(entries, people)
	g.answers()
	g.words()
	g.translations()
	g.parties()
	g.near()
	g.accused()
	g.alone()
	return g.statements()
}

// claim is one claim of one article.
type claim struct {
	*news.Claim
	entry          int
	index          int
	parent         int     // the claim that stands for its statement
	all            []int   // where it stands for one: the claims of the statement
	why            Because // it was joined
	words, figures []uint64
	who            any  // says it; nil where nobody is named
	whom           any  // it is said of
	free           bool // an answer whose article does not tell what it answers
}

func (c *claim) answer() bool { return c.Stance == news.Denies || c.Stance == news.Confirms }

// gathering is the claims of a story while they are being joined.
type gathering struct {
	entries []Entry
	people  *cast.Cast
	claims  []claim
	of      [][]int // by entry: by index in Analysis.Claims, -1 for one that is left out
}

// The caps of a story: what comes after so many claims is left out, and so is what a claim says after so many bytes.
const (
	mostClaims = 1500
	mostSaid   = 2 << 10
)

func gather(entries []Entry, people *cast.Cast) *gathering {
	g := &gathering{entries: entries, people: people, of: make([][]int, len(entries))}
	for i := range entries {
		e := &entries[i]
		answered := map[int]bool{}
		for _, c := range e.Analysis.Claims {
			answered[c.Answers] = true
		}
		for j := range e.Analysis.Claims {
			c := &e.Analysis.Claims[j]
			g.of[i] = append(g.of[i], -1)
			if len(g.claims) == mostClaims || c.Negated || c.Stance == news.Says && !answered[j] || !inside(c.Span, e.Article.Text) {
				continue
			}
			g.of[i][j] = len(g.claims)
			words, figures := content(head(e.Article.Text[c.Start:c.End]), e.Article.Lang)
			g.claims = append(g.claims, claim{Claim: c, entry: i, index: j, parent: len(g.claims), all: []int{len(g.claims)}, words: words, figures: figures,
				who: party(people, e, c.Claimant), whom: party(people, e, c.Target)})
		}
	}
	return g
}

// head gives as much of a claim as is compared.
func head(s string) string {
	n := min(len(s), mostSaid)
	for n < len(s) && n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func inside(s news.Span, text string) bool {
	return s.Start >= 0 && s.Start <= s.End && s.End <= len(text)
}

// party identifies whoever acts: by what they are known as, or as one of the story's people; nil where that is not certain.
func party(people *cast.Cast, e *Entry, who *news.Actor) any {
	if who == nil {
		return nil
	}
	if p := people.Actor(e.Article.ID, who); p != nil && p.Entity == "" {
		return p
	} else if p != nil {
		return p.Entity
	}
	if who.Entity != "" {
		return who.Entity
	}
	for _, m := range e.Analysis.Mentions { // a body that no list knows is the same under the same name, in one language
		if m.Kind == news.Org && m.Start >= who.Start && m.End == who.End {
			return e.Article.Lang + " " + text.Normalize(m.Name)
		}
	}
	return nil
}

// statements says what was found.
func (g *gathering) statements() (out []Statement) {
	at := map[int]int{}
	for i := range g.claims {
		c := &g.claims[i]
		r := g.root(i)
		k, ok := at[r]
		if !ok {
			k = len(out)
			at[r] = k
			out = append(out, Statement{Stance: c.Stance})
		}
		s := &out[k]
		t := Told{g.entries[c.entry].Article.ID, c.index, c.why}
		switch {
		case c.Stance == news.Denies:
			s.Denies = append(s.Denies, t)
		case c.Stance == news.Confirms:
			s.Confirms = append(s.Confirms, t)
		default:
			if len(s.Asserts) == 0 {
				s.Stance = c.Stance
			}
			s.Asserts = append(s.Asserts, t)
		}
	}
	return out
}

// root gives the claim that stands for a claim's statement.
func (g *gathering) root(i int) int {
	for g.claims[i].parent != i {
		i = g.claims[i].parent
	}
	return i
}

// join makes one statement of two, unless an article tells them as two.
func (g *gathering) join(a, b int, why Because) bool {
	x, y := g.root(a), g.root(b)
	if x == y || why != Answers && otherFigures(&g.claims[a], &g.claims[b]) || g.apart(x, y) {
		return false
	}
	x, y = min(x, y), max(x, y)
	g.claims[y].parent = x
	g.claims[x].all, g.claims[y].all = append(g.claims[x].all, g.claims[y].all...), nil
	if g.claims[b].why == Itself {
		g.claims[b].why = why
	}
	return true
}

// apart tells whether two statements have claims of one article that are not each other's repetition: its writer tells them as two.
func (g *gathering) apart(x, y int) bool {
	for _, i := range g.claims[x].all {
		a := &g.claims[i]
		if a.answer() {
			continue
		}
		for _, j := range g.of[a.entry] {
			if j >= 0 && !g.claims[j].answer() && g.root(j) == y && !g.repeats(a, &g.claims[j]) {
				return true
			}
		}
	}
	return false
}

// repeats tells whether two claims of one article may be one: in other words by the same, or in much the same words.
func (g *gathering) repeats(a, b *claim) bool {
	return alike(a.words, b.words, sameWords/2)
}
