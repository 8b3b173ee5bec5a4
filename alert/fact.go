package alert

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// Read is an article with what was understood of it.
type Read struct {
	Article  news.Article
	Analysis news.Analysis
}

// Facts gives what a notice tells, each fact alone.
func Facts(n news.Notice) []string { return strings.Split(n.Fact, "\n") }

// Denials names each denial of an article by who denies, so that the same denial told by another outlet is the same. One of nobody
// knows whom is left out: nothing can be said of it that would be the same tomorrow.
func Denials(r Read) (facts []string) {
	for _, c := range r.Analysis.Claims {
		if c.Stance != news.Denies || c.Negated || c.Claimant == nil {
			continue
		}
		who := actor(r.Article, c.Claimant)
		if f := "denial " + who; who != "" && !slices.Contains(facts, f) {
			facts = append(facts, f)
		}
	}
	return facts
}

// actor gives the entity of an actor, else the words that name them, "" for a pronoun alone.
func actor(a news.Article, who *news.Actor) string {
	if who.Entity != "" {
		return who.Entity
	}
	span := who.Span
	if who.Named != nil {
		span = *who.Named
	}
	words := text.Normalize(a.Text[span.Start:span.End])
	if c := pack.For(a.Lang).Clause; c != nil {
		is := func(w string) bool { return text.Normalize(w) == words }
		if slices.ContainsFunc(c.Pronouns, is) || slices.ContainsFunc(c.Neuter, is) {
			return ""
		}
	}
	return words
}

// QuoteFact names a quote by its words, however they are punctuated.
func QuoteFact(words string) string {
	h := sha256.Sum256([]byte(strings.Join(quoted(words), " ")))
	return "quote " + hex.EncodeToString(h[:8])
}

// quoted gives the words of a quote.
func quoted(s string) (words []string) {
	for _, t := range text.Analyze(s, &pack.Pack{}).Tokens {
		if t.Kind != text.Mark {
			words = append(words, t.Norm)
		}
	}
	return words
}

// fewWords is how many words make a quote worth telling: fewer are a term in quotation marks.
const fewWords = 5

// Quotes gives the direct quotes of an article that none of the story's earlier articles has, with who says them known. A quote that shares
// half of its words with an earlier one is that one, cut otherwise; and somebody who was quoted in another language already, and not yet in
// this one, is taken to be translated.
func Quotes(now Read, earlier []Read) (out []news.Quotation) {
	var before []uttered
	for _, e := range earlier {
		before = append(before, utterances(e)...)
	}
	for _, u := range utterances(now) {
		if len(u.words) >= fewWords && !slices.ContainsFunc(before, u.same) && !u.translated(before) {
			out = append(out, u.Quotation)
			before = append(before, u)
		}
	}
	return out
}

// uttered is a direct quote with its speaker's key, its language and its words.
type uttered struct {
	news.Quotation
	who, lang string
	words     []string
}

func utterances(r Read) (out []uttered) {
	a := r.Article
	for _, q := range r.Analysis.Quotations {
		if q.Type == news.Indirect || q.Speaker == nil || q.Start < 0 || q.Start >= q.End || q.End > len(a.Text) {
			continue
		}
		if who := actor(a, q.Speaker); who != "" {
			out = append(out, uttered{q, who, a.Lang, quoted(a.Text[q.Start:q.End])})
		}
	}
	return out
}

func (u uttered) same(o uttered) bool {
	if u.lang != o.lang {
		return false
	}
	shared := 0
	for _, w := range u.words {
		if slices.Contains(o.words, w) {
			shared++
		}
	}
	return 2*shared >= min(len(u.words), max(len(o.words), 1))
}

func (u uttered) translated(before []uttered) bool {
	abroad := false
	for _, o := range before {
		if o.who == u.who && o.lang == u.lang {
			return false
		}
		abroad = abroad || o.who == u.who
	}
	return abroad
}

// numberMark begins the fact of a changed figure.
const numberMark = "number "

// Numbers gives the figures of a fact, as it was and as it is.
func Numbers(fact string) (was, now string, ok bool) {
	rest, ok := strings.CutPrefix(fact, numberMark)
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, " ")
}

// Figures gives the figures that an update changed: a number that stands in a changed sentence beside the same word as another number did,
// "12 people" and now "15 people". Years, days and ordinals are none. It is the outlet's own earlier text that is compared, since two
// outlets often count different things. The sentences are paired by story.Changes.
func Figures(was, now Read) (facts []string) {
	for _, c := range story.Changes(was.Article.Text, now.Article.Text, now.Article.Lang) {
		if c.Old.Start == c.Old.End || c.New.Start == c.New.End {
			continue
		}
		olds, news := figuresIn(was, c.Old), figuresIn(now, c.New)
		for _, n := range news {
			i := slices.IndexFunc(olds, n.counts)
			if i < 0 || slices.ContainsFunc(olds, n.equal) || slices.ContainsFunc(news, olds[i].equal) {
				continue
			}
			if f := numberMark + olds[i].value + " " + n.value; !slices.Contains(facts, f) {
				facts = append(facts, f)
			}
		}
	}
	return facts
}

// figure is a number with the words beside it.
type figure struct{ value, before, after string }

func (f figure) equal(o figure) bool { return f.value == o.value }

// counts tells whether two numbers count the same thing: the word behind them is the same, or the one before is and the one behind has
// another form, as a number asks for in many languages.
func (f figure) counts(o figure) bool {
	return f.after != "" && (f.after == o.after || f.before != "" && f.before == o.before && sameLetters(f.after, o.after))
}

// sameLetters tells whether two words share two thirds of the letters of the shorter one, in whatever order.
func sameLetters(a, b string) bool {
	of := func(s string) map[rune]bool {
		set := map[rune]bool{}
		for _, r := range s {
			set[r] = true
		}
		return set
	}
	as, bs := of(a), of(b)
	shared := 0
	for r := range as {
		if bs[r] {
			shared++
		}
	}
	return 3*shared >= 2*min(len(as), len(bs)) && shared > 1
}

// figuresIn gives the numbers of a part of an article that are no dates.
func figuresIn(r Read, part news.Span) (out []figure) {
	d := text.Analyze(r.Article.Text[part.Start:part.End], pack.For(r.Article.Lang))
	word := func(i int) string {
		if i < 0 || i >= len(d.Tokens) || d.Tokens[i].Kind == text.Mark {
			return ""
		}
		return d.Tokens[i].Norm
	}
	for i, t := range d.Tokens {
		dated := slices.ContainsFunc(r.Analysis.Timexes, func(x news.Timex) bool { return x.Start < part.Start+t.End && part.Start+t.Start < x.End })
		if v := Number(t); v != "" && !dated {
			out = append(out, figure{v, word(i - 1), word(i + 1)})
		}
	}
	return out
}

// Number gives a number in figures without its thousands' commas, "" for another token, and for what may be a year.
func Number(t text.Token) string {
	if t.Kind != text.Number {
		return ""
	}
	v := strings.NewReplacer(",", "", "٬", "", "'", "").Replace(t.Norm)
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || v == t.Norm && n >= 1900 && n < 2100 {
		return ""
	}
	return v
}
