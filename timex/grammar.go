package timex

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"marsad/lang/pack"
	"marsad/text"
)

// cat is the category of a constituent. Those from class on are the word classes that patterns name with @.
type cat uint8

const (
	literal  cat = iota // a pattern item that asks for words instead
	cNum                // a number, val.n
	cOrd                // an ordinal, val.n; negative counts from the end
	cDay                // a number or ordinal that can be a day of a month, val.node
	cWeekday            // val.n, 1 = Monday
	cMonth              // val.n, val.cal
	cSeason             // val.n, 1 = spring
	cUnit               // val.unit
	cRel                // val.n
	cPart               // val.part
	cDaytime            // val.n
	cDur                // val.dur
	cTime               // val.node: what a timex can be
	cDays               // a range of days of an open month: 4-23; val.node
	cClock              // a time of day, val.node
	class               // first of the classes
)

var catNames = map[string]cat{"n": cNum, "ord": cOrd, "d": cDay, "wd": cWeekday, "mon": cMonth, "sea": cSeason, "unit": cUnit, "rel": cRel,
	"part": cPart, "daytime": cDaytime, "dur": cDur, "t": cTime, "days": cDays, "clock": cClock}

// item is one place of a pattern: a category, or one of several words.
type item struct {
	cat     cat
	words   []int32
	article int8 // 1 asks for the article written with the word, -1 for a word without it
}

// rule makes a constituent of a category from a pattern.
type rule struct {
	name  string
	items []item
	op    op
	arg   val // of the operation; the value itself where there is no operation
	cat   cat // of the value where there is no operation
	rank  int // later rules win ties
}

// grammar is what a language's pack and the core rules compile to. It is immutable.
type grammar struct {
	words      map[string]int32
	text       []string     // by word
	byWord     [][]*rule    // rules whose first item is a word
	byCat      [256][]*rule // rules whose first item is a category
	classes    map[string]cat
	content    []bool // by word: names a time
	weekday    map[int32]bool
	name       map[int32]bool // words of months and weekdays
	weak       []bool         // by word: a time only beside others
	bound      []bool         // by word: no time alone
	noun       []bool         // by word: makes a bare number before it a count
	future     []bool         // by word
	past       []bool         // by word
	said       []bool         // by word: reports
	saidLong   []string       // the same as written, where words are not told apart
	pastEnds   []string       // of verbs in the past
	yearCue    []bool         // by word
	since      map[string]bool
	lasting    map[string]bool
	clockWords map[string]bool
	origins    map[string]bool // of, from
	numbers    map[int32]numeral
	phrases    map[int32][]numberPhrase
	article    string
	proclitics []string
	suffixes   []string
	ablative   []string
	locative   []string
	prefixes   []string // of future verbs
	days       []string // names of weekdays that begin compounds
	morphemes  []string // of compound numbers
	marks      map[string]bool
	order      string
	ordDot     bool
	syllables  bool
	letters    bool // knows numbers in Hebrew letters
	teens      bool // 11 to 19 have words of their own
	solar      bool // years near 1400 are of the solar Hijri calendar
	cjk        bool
	capital    bool
	spaced     bool
	rank       int
}

var grammars sync.Map // *pack.Pack -> func() *grammar

// grammarOf gives the grammar of a pack, compiled at first use.
func grammarOf(p *pack.Pack) *grammar {
	if p == nil || p.Timex == nil {
		return bare()
	}
	if f, ok := grammars.Load(p); ok {
		return f.(func() *grammar)()
	}
	f, _ := grammars.LoadOrStore(p, sync.OnceValue(func() *grammar {
		g, err := compile(p)
		if err != nil {
			panic(fmt.Sprintf("lang/pack/%s.toml: %v", p.Lang, err)) // caught by the package's test
		}
		return g
	}))
	return f.(func() *grammar)()
}

// bare reads what needs no language: dates in digits.
var bare = sync.OnceValue(func() *grammar {
	g, err := compile(&pack.Pack{Timex: &pack.Timex{Order: "ymd"}})
	if err != nil {
		panic(err)
	}
	return g
})

func compile(p *pack.Pack) (*grammar, error) {
	t := p.Timex
	g := &grammar{words: map[string]int32{}, classes: map[string]cat{}, numbers: map[int32]numeral{}, phrases: map[int32][]numberPhrase{}, weekday: map[int32]bool{}, name: map[int32]bool{}, marks: map[string]bool{},
		article: text.Normalize(t.Article), order: t.Order, ordDot: t.OrdinalDot, syllables: t.Write == "syllables",
		letters: p.Lang == "he", cjk: t.Numerals == "cjk", solar: t.Years == "jalali", capital: t.Capital, spaced: p.Lang != "zh" && p.Lang != "ja"}
	for _, c := range t.Proclitics {
		g.proclitics = append(g.proclitics, text.Normalize(c))
	}
	for _, s := range t.Suffixes {
		g.suffixes = append(g.suffixes, text.Normalize(s))
	}
	for _, s := range t.Ablative {
		g.ablative = append(g.ablative, text.Normalize(s))
	}
	for _, s := range t.Locative {
		g.locative = append(g.locative, text.Normalize(s))
	}
	byLength := func(a, b string) int { return len(a) - len(b) } // the longest stem first
	slices.SortStableFunc(g.ablative, byLength)
	slices.SortStableFunc(g.suffixes, byLength)
	for _, s := range t.Prefix {
		g.prefixes = append(g.prefixes, text.Normalize(s))
	}
	for _, s := range t.PastSuffix {
		g.pastEnds = append(g.pastEnds, text.Normalize(s))
	}
	for _, m := range spread(t.OrdinalMarks) {
		g.intern(m)
		g.marks[text.Normalize(m)] = true
	}
	for i, name := range slices.Sorted(maps.Keys(t.Classes)) {
		g.classes[name] = class + cat(i)
	}
	for _, m := range []string{":", ",", ".", "-", "–", "/"} {
		g.intern(m)
	}
	if err := g.lexicon(t); err != nil {
		return nil, err
	}
	g.lasting = set(t.Lasting)
	g.since, g.clockWords, g.origins = set(t.Since), set(t.ClockWords), set(t.Classes["of"]+"|"+t.Classes["from"])
	g.mark(t)
	after := postposed
	if !t.Postposed {
		after = nil
	}
	for _, rules := range [][]string{core, after, t.Rules} {
		for _, r := range rules {
			if err := g.rule(r); err != nil {
				return nil, err
			}
		}
	}
	if t.Compound {
		g.setMorphemes()
	}
	return g, nil
}

// set gives the words of a list, in normal form.
func set(list string) map[string]bool {
	words := map[string]bool{}
	for _, w := range spread(list) {
		words[text.Normalize(w)] = true
	}
	return words
}

// intern gives the index of a word, a new one if need be.
func (g *grammar) intern(w string) int32 {
	w = text.Normalize(w)
	if i, ok := g.words[w]; ok {
		return i
	}
	i := int32(len(g.byWord))
	g.words[w] = i
	g.byWord = append(g.byWord, nil)
	g.text = append(g.text, w)
	g.content = append(g.content, false)
	return i
}

// entry adds a phrase of the lexicon with its value.
func (g *grammar) entry(name string, c cat, phrase string, v val) {
	words := g.cut(phrase)
	if len(words) == 0 {
		return
	}
	r := &rule{name: name, cat: c, arg: v}
	for _, w := range words {
		i := g.intern(w)
		r.items = append(r.items, item{words: []int32{i}})
		if c > cOrd && c < class {
			g.content[i] = true
		}
		if c == cWeekday || c == cMonth {
			g.name[i] = true
		}
		if c == cWeekday && len(words) == 1 {
			g.weekday[i] = true
		}
	}
	g.add(r)
}

func (g *grammar) add(r *rule) {
	g.rank++
	r.rank = g.rank
	first := r.items[0]
	if first.cat != literal {
		g.byCat[first.cat] = append(g.byCat[first.cat], r)
		return
	}
	for _, w := range first.words {
		g.byWord[w] = append(g.byWord[w], r)
	}
}
