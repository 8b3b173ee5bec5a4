package dispute

import (
	"slices"
	"strings"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/sketch"
	"marsad/story"
	"marsad/text"

	"github.com/zeebo/xxh3"
)

// sameWords is the share of the words of two claims, from which they say the same where nothing else speaks for it; someWords where the
// parties do too.
const (
	sameWords = 0.6
	someWords = 0.2
)

// fewWords is how many words a denial has that only points back.
const fewWords = 1

// answers joins what an article itself says that it answers.
func (g *gathering) answers() {
	for i := range g.claims {
		c := &g.claims[i]
		if !c.answer() {
			continue
		}
		to := -1
		if of := g.of[c.entry]; c.Claim.Answers >= 0 && c.Claim.Answers < len(of) {
			to = of[c.Claim.Answers]
		}
		if to < 0 {
			to = g.before(i)
		}
		if to < 0 {
			c.free = true
			continue
		}
		g.join(to, i, Answers)
	}
}

// before gives the accusation that stands right before a denial in its paragraph, by somebody else, where the denial has no words of its
// own for what is denied: it, the charge. -1 for none.
func (g *gathering) before(i int) int {
	c := &g.claims[i]
	if c.Stance != news.Denies || c.index == 0 || len(c.words) > fewWords {
		return -1
	}
	to := g.of[c.entry][c.index-1]
	if to < 0 || g.claims[to].Stance != news.Accuses || c.who != nil && c.who == g.claims[to].who {
		return -1
	}
	if between := g.entries[c.entry].Article.Text[min(g.claims[to].End, c.Start):c.Start]; strings.Contains(between, "\n") {
		return -1
	}
	return to
}

// pairs calls f with the claims of any two articles, the later one's second, until all are done.
func (g *gathering) pairs(f func(i, j int)) {
	for j := range g.claims {
		for i := range j {
			if g.claims[i].entry != g.claims[j].entry {
				f(i, j)
			}
		}
	}
}

// comparable tells whether two claims can be one side's statement: both assert in the same way, or both are answers of one kind whose
// articles do not say to what.
func comparable(a, b *claim) bool {
	return a.Stance == b.Stance && (!a.answer() || a.free && b.free)
}

// words joins claims of one language by their words.
func (g *gathering) words() {
	g.pairs(func(i, j int) {
		a, b := &g.claims[i], &g.claims[j]
		if comparable(a, b) && g.lang(a) == g.lang(b) && alike(a.words, b.words, sameWords) {
			g.join(i, j, Words)
		}
	})
}

func (g *gathering) lang(c *claim) string { return g.entries[c.entry].Article.Lang }

// translated tells whether one of two entries has its text from the other in another language.
func (g *gathering) translated(a, b int) bool {
	has := func(x, y int) bool {
		return slices.ContainsFunc(g.entries[x].Links, func(l news.Link) bool {
			return l.Kind == news.Translation && l.Other == g.entries[y].Article.ID
		})
	}
	return has(a, b) || has(b, a)
}

// translations joins the claims that stand in the same paragraph of a text and of its translation, where each has one of the kind.
func (g *gathering) translations() {
	for b := range g.entries {
		for a := range b {
			if g.translated(a, b) {
				g.beside(a, b)
			}
		}
	}
}

func (g *gathering) beside(a, b int) {
	x, y := &g.entries[a], &g.entries[b]
	for _, p := range story.Beside(story.Entry{Article: x.Article, Analysis: x.Analysis}, story.Entry{Article: y.Article, Analysis: y.Analysis}) {
		for _, s := range []news.Stance{news.Accuses, news.Denies, news.Confirms, news.Warns, news.Demands, news.Promises, news.Condemns, news.Threatens, news.Says} {
			left, right := g.only(a, p.Left, s), g.only(b, p.Right, s)
			if left >= 0 && right >= 0 && comparable(&g.claims[left], &g.claims[right]) {
				g.join(left, right, Translation)
			}
		}
	}
}

// only gives the one claim of a stance in some paragraphs of an entry, -1 for none or several.
func (g *gathering) only(entry int, in []news.Span, s news.Stance) int {
	found := -1
	for _, i := range g.of[entry] {
		if i < 0 || g.claims[i].Stance != s {
			continue
		}
		for _, p := range in {
			if at := g.claims[i].Start; at >= p.Start && at < p.End {
				if found >= 0 {
					return -1
				}
				found = i
			}
		}
	}
	return found
}

// parties joins what the same party says of the same party in the same way. In one language the words must not be quite others.
func (g *gathering) parties() {
	g.pairs(func(i, j int) {
		a, b := &g.claims[i], &g.claims[j]
		if !comparable(a, b) || a.who == nil || a.who != b.who || a.whom == nil || a.whom != b.whom {
			return
		}
		if g.lang(a) != g.lang(b) || alike(a.words, b.words, someWords) {
			g.join(i, j, Parties)
		}
	})
}

// accused puts a denial whose article does not say of what beside the one accusation that the story has against who denies. In one language
// the denial must have no words of its own, or some of the accusation's.
func (g *gathering) accused() {
	for i := range g.claims {
		c := &g.claims[i]
		if !c.free || c.who == nil || c.Stance != news.Denies {
			continue
		}
		if to := g.against(c); to >= 0 && !g.otherWords(c, to) {
			g.join(to, i, Accused)
		}
	}
}

// against gives the one statement that accuses whoever makes a claim, -1 for none or several.
func (g *gathering) against(c *claim) int {
	found := -1
	for j := range g.claims {
		if d := &g.claims[j]; d.Stance != news.Accuses || d.whom != c.who {
			continue
		}
		if r := g.root(j); found >= 0 && found != r {
			return -1
		} else {
			found = r
		}
	}
	return found
}

// otherWords tells whether a denial has words of its own that the accusations of a statement in its language do not share.
func (g *gathering) otherWords(c *claim, statement int) (other bool) {
	for j := range g.claims {
		d := &g.claims[j]
		if g.root(j) != statement || d.answer() || g.lang(d) != g.lang(c) || len(c.words) <= fewWords {
			continue
		}
		if alike(c.words, d.words, someWords) {
			return false
		}
		other = true
	}
	return other
}

// near puts a denial beside the accusation before it, where an article has one of each, and they stand in one paragraph or in two that follow.
func (g *gathering) near() {
	for e := range g.entries {
		accusation, denial := g.sole(e, news.Accuses), g.sole(e, news.Denies)
		if accusation < 0 || denial < 0 || !g.claims[denial].free {
			continue
		}
		a, d := &g.claims[accusation], &g.claims[denial]
		if a.End > d.Start || a.who != nil && a.who == d.who || strings.Count(g.entries[e].Article.Text[a.End:d.Start], "\n\n") > 1 {
			continue
		}
		if g.join(accusation, denial, Near) {
			d.free = false
		}
	}
}

// sole gives the one claim of a stance in an entry, -1 for none or several.
func (g *gathering) sole(entry int, s news.Stance) int {
	found := -1
	for _, i := range g.of[entry] {
		if i < 0 || g.claims[i].Stance != s {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// alone joins the accusations of articles in two languages of which each tells one, with its denial, and no other, where the paragraphs that
// tell it name somebody in common.
func (g *gathering) alone() {
	single := make([]int, len(g.entries))
	named := make([]map[any]bool, len(g.entries))
	for e := range g.entries {
		if single[e] = g.single(e); single[e] >= 0 {
			named[e] = g.named(single[e])
		}
	}
	for b := range g.entries {
		for a := range b {
			if i, j := single[a], single[b]; i >= 0 && j >= 0 && g.lang(&g.claims[i]) != g.lang(&g.claims[j]) && common(named[a], named[b]) {
				g.join(i, j, Alone)
			}
		}
	}
}

// named gives who and what is named in the paragraphs of a claim and of what its article tells against it, by what means the same in all
// languages.
func (g *gathering) named(i int) map[any]bool {
	e := &g.entries[g.claims[i].entry]
	out := map[any]bool{}
	for _, j := range g.of[g.claims[i].entry] {
		if j < 0 || g.root(j) != g.root(i) {
			continue
		}
		p := paragraph(e.Article.Text, g.claims[j].Span)
		for _, m := range e.Analysis.Mentions {
			if m.Start < p.Start || m.End > p.End {
				continue
			}
			if who := g.people.Person(e.Article.ID, m.Span); who != nil {
				out[who] = true
			} else if m.Entity != "" {
				out[m.Entity] = true
			}
		}
	}
	return out
}

func common(a, b map[any]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// paragraph gives the one that a span begins in.
func paragraph(s string, at news.Span) news.Span {
	p := news.Span{Start: 0, End: len(s)}
	if i := strings.LastIndex(s[:at.Start], "\n\n"); i >= 0 {
		p.Start = i + 2
	}
	if i := strings.Index(s[at.Start:], "\n\n"); i >= 0 {
		p.End = at.Start + i
	}
	return p
}

// otherFigures tells whether two claims give other figures: both have some, and none in common.
func otherFigures(a, b *claim) bool {
	return len(a.figures) > 0 && len(b.figures) > 0 && sketch.Containment(a.figures, b.figures) == 0
}

// single gives the one accusation of an entry, if it is denied there; -1 where there are more or none.
func (g *gathering) single(entry int) int {
	found := g.sole(entry, news.Accuses)
	if found < 0 || !slices.ContainsFunc(g.of[entry], func(i int) bool {
		return i >= 0 && g.claims[i].Stance == news.Denies && g.root(i) == g.root(found)
	}) {
		return -1
	}
	return found
}

// content gives the words of a text that carry meaning, for telling whether two texts say the same, and the figures among them: sets of
// hashes, as [sketch.Set] makes them.
func content(s, lang string) (words, figures []uint64) {
	for _, t := range text.Analyze(s, pack.For(lang)).Tokens {
		if t.Kind != text.Mark && (utf8.RuneCountInString(t.Norm) > 3 || t.Kind != text.Word) {
			words = append(words, xxh3.HashString(t.Norm))
		}
		if t.Kind == text.Number {
			figures = append(figures, xxh3.HashString(t.Norm))
		}
	}
	return sketch.Set(words), sketch.Set(figures)
}

// alike tells whether two sets share at least so much of all that they hold.
func alike(a, b []uint64, share float64) bool {
	if float64(min(len(a), len(b))) < share*float64(max(len(a), len(b))) {
		return false
	}
	return len(a) > 0 && sketch.Jaccard(a, b) >= share
}
