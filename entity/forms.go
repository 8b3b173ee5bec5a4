package entity

import (
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/text"

	"github.com/zeebo/xxh3"
)

// maxTokens is the length of the longest alias.
const maxTokens = 12

// step adds a token to the hash of a sequence.
func step(h uint64, token string) uint64 {
	h = (bits.RotateLeft64(h, 23) ^ xxh3.HashString(token)) * 0x9E3779B97F4A7C15
	return h ^ h>>31
}

// keysOf gives the words of a name in normal form. Marks do not count: Jean-Claude is Jean Claude.
func keysOf(d *text.Doc) []string {
	keys := make([]string, 0, len(d.Tokens))
	for _, t := range d.Tokens {
		if t.Kind != text.Mark {
			keys = append(keys, t.Norm)
		}
	}
	return keys
}

// form is one reading of a token: as it stands, or with a clitic or a case ending taken off.
type form struct {
	norm    string
	how     how
	letters int // that remain
}

// how says what was done to a token to read it as a name.
type how uint8

const (
	exact  how = iota
	ending     // a case ending was rewritten
	clitic     // something in front was taken off
)

func (h how) String() string { return [...]string{"", "+case", "+clitic"}[h] }

// lore is a language's pack, made ready for look-ups. It is made once a pack and never changes.
type lore struct {
	text     *pack.Text
	endings  map[string][]string
	longest  int // bytes of the longest ending
	contract [][2]string
	particle map[string]bool
	article  map[string]bool
	courtesy map[string]bool
	common   map[string]bool
	place    map[string]bool
	titles   *phrases
	demonyms map[string]string
	heads    map[string]bool
	other    map[string]bool
	locative map[string]bool
	stars    map[string]string // beginnings of demonyms
	tie      map[string]bool
	verbs    map[string]bool // single words that report what somebody says
	does     map[string]bool // these, and those of judging, accusing, denying and the like
	namer    map[string]int  // heads, with the fewest words that name behind them
	body     map[string]bool // ministries and services by their short names
	office   map[string]bool // words for what people are, as the reading of clauses has them
	time     map[string]bool // weekdays and the like
	source   map[string]bool // according to

	small map[string]bool // words that tell nothing

	surname map[string]bool
	year    map[string]bool // words for years, of an age

	kindFirst   map[string]bool // beginnings of heads and places
	vowelled    map[string]string
	placed      map[[2]string]bool // a word before, a common word that is a place
	placedWords map[string]bool
	tieEndings  []string
}

var lores sync.Map // *pack.Pack to *lore

func loreOf(p *pack.Pack) *lore {
	if l, ok := lores.Load(p); ok {
		return l.(*lore)
	}
	l, _ := lores.LoadOrStore(p, newLore(p))
	return l.(*lore)
}

func newLore(p *pack.Pack) *lore {
	l := &lore{text: p.Text, titles: &phrases{}}
	l.readVerbs(p)
	if p.Timex != nil {
		l.year = wordSet(strings.Split(p.Timex.Units["year"]+"|"+p.Timex.Units["years"], "|"))
	}
	if p.Story != nil {
		l.small = wordSet(p.Story.Common)
	}
	e := p.Entity
	if e == nil {
		return l
	}
	l.endings = map[string][]string{}
	for _, rule := range e.Endings {
		from, to, _ := strings.Cut(rule, ">")
		from, to = text.Normalize(from), text.Normalize(to)
		l.endings[from] = append(l.endings[from], to)
		l.longest = max(l.longest, len(from))
	}
	for _, rule := range e.Contracted {
		from, to, _ := strings.Cut(rule, ">")
		l.contract = append(l.contract, [2]string{text.Normalize(from), text.Normalize(to)})
	}
	l.particle, l.article, l.courtesy = wordSet(e.Particles), wordSet(e.Articles), wordSet(e.Courtesy)
	l.common, l.place, l.heads = wordSet(e.Common), wordSet(e.Places), wordSet(e.Heads)
	l.readBodies(p)
	l.kindFirst = map[string]bool{}
	for _, list := range [][]string{e.Heads, e.Places} {
		for _, w := range list {
			l.kindFirst[beginning(text.Normalize(w))] = true
		}
	}
	l.titles = newPhrases(p, e.Titles)
	l.readPlaced(e)
	l.surname = wordSet(e.Surnames)
	l.tie, l.tieEndings = wordSet(e.Ties), e.TieEndings
	l.other, l.locative = wordSet(e.Other), wordSet(e.Locatives)
	l.demonyms, l.stars = map[string]string{}, map[string]string{}
	for _, country := range sorted(e.Demonyms) {
		for _, w := range e.Demonyms[country] {
			if stem, ok := strings.CutSuffix(text.Normalize(w), "*"); ok {
				l.stars[stem] = country
			} else {
				l.demonyms[strings.Join(keysOf(text.Analyze(w, p)), " ")] = country
			}
		}
	}
	return l
}

// readVerbs reads the words that report, judge, accuse or deny, and those before a source.
func (l *lore) readVerbs(p *pack.Pack) {
	l.does, l.source = map[string]bool{}, map[string]bool{}
	if q := p.Quote; q != nil {
		l.verbs = verbWords(q.Verbs)
		l.does = verbWords(q.Verbs, q.Acts)
		l.source = wordSet(q.Source)
	}
	c := p.Claim
	if c == nil {
		return
	}
	lists := [][]string{c.Accuses, c.Condemns, c.Confirms, c.Denies, c.Warns, c.Threatens, c.Demands, c.Promises}
	if p.Entity != nil && p.Entity.Sounds != "" {
		lists = append(lists, bare(lists...)) // there a noun of a verb's form stands behind other words than a name
	}
	for w := range verbWords(lists...) {
		l.does[w] = true
	}
}

// readBodies reads the heads that are hardly used without a name, short names of bodies, and the words of time that end a name.
func (l *lore) readBodies(p *pack.Pack) {
	l.body, l.namer = wordSet(p.Entity.Bodies), map[string]int{}
	for _, w := range p.Entity.Namers {
		n := 1
		if strings.HasPrefix(w, "+") {
			n, w = 2, w[1:]
		}
		l.namer[text.Normalize(w)] = n
	}
	if p.Clause != nil {
		l.time, l.office = wordSet(p.Clause.Times), wordSet(p.Clause.Titles)
	}
}

// readPlaced reads the words whose meaning the word before or their written vowels tell.
func (l *lore) readPlaced(e *pack.Entity) {
	l.placed, l.placedWords = map[[2]string]bool{}, map[string]bool{}
	for _, row := range e.Placed {
		word, before, _ := strings.Cut(row, " ")
		l.placedWords[text.Normalize(word)] = true
		for _, b := range strings.Split(before, "|") {
			l.placed[[2]string{text.Normalize(b), text.Normalize(word)}] = true
		}
	}
	l.vowelled = map[string]string{}
	for _, row := range e.Vowelled {
		word, country, _ := strings.Cut(row, " ")
		l.vowelled[word] = country
	}
}

// verbWords gives the forms of verbs that are one word; of forms that are nouns too, none.
func verbWords(lists ...[]string) map[string]bool {
	m := map[string]bool{}
	for _, entries := range lists {
		for _, entry := range entries {
			_, forms, _ := strings.Cut(entry, ":")
			for _, w := range strings.Split(forms, ",") {
				if w = strings.TrimLeft(strings.TrimSpace(w), "!-"); w != "" && !strings.ContainsAny(w, "~…") && strings.Count(w, " ") < 2 {
					m[text.Normalize(w)] = true
				}
			}
		}
	}
	return m
}

// bare gives entries without the mark of forms that are nouns too.
func bare(lists ...[]string) (out []string) {
	for _, entries := range lists {
		for _, e := range entries {
			out = append(out, strings.ReplaceAll(e, "~", ""))
		}
	}
	return out
}

func wordSet(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[text.Normalize(w)] = true
	}
	return m
}

// forms appends the readings of a token, the token as it stands first.
func (l *lore) forms(dst []form, norm string, scratch []string) ([]form, []string) {
	dst = append(dst, form{norm, exact, 0})
	for _, c := range l.contract {
		if strings.HasPrefix(norm, c[0]) && len(norm) > len(c[0])+3 {
			dst = append(dst, form{c[1] + norm[len(c[0]):], clitic, 0})
		}
	}
	scratch = text.Bare(scratch[:0], norm, l.text)
	for _, s := range scratch {
		dst = append(dst, form{s, clitic, utf8.RuneCountInString(s)})
	}
	for n := 1; n <= l.longest && n < len(norm); n++ {
		stem := norm[:len(norm)-n]
		if !utf8.RuneStart(norm[len(norm)-n]) {
			continue
		}
		for _, to := range l.endings[norm[len(norm)-n:]] {
			if utf8.RuneCountInString(stem) >= 2 {
				dst = append(dst, form{stem + to, ending, 0})
			}
		}
	}
	return dst, scratch
}

// cased tells whether a token's script has capitals.
func cased(t text.Token) bool {
	return t.Script == text.Latin || t.Script == text.Cyrillic || t.Script == text.Greek
}

// capital tells whether a token may begin a name: with a capital, or in a script without them.
func capital(d *text.Doc, t text.Token) bool {
	if !cased(t) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(d.Text[t.Start:])
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// capitals tells whether all letters of a token are capitals.
func capitals(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// acronym tells whether a name is written in capitals throughout and could otherwise be a word: US, OPEC, ООН.
func acronym(name string) bool {
	n := utf8.RuneCountInString(name)
	if n < 2 || n > 8 {
		return false
	}
	upper := 0
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLetter(r):
			return false
		}
	}
	return upper >= 2
}

// familyName gives the part of a person's name that is used alone, "" where there is none: the last word with the particles
// before it, or the first where the family comes first. Scripts that write no spaces have none.
func familyName(name, lang string, first bool) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return ""
	}
	if first {
		if !lettersAtLeast(words[0], 2) {
			return ""
		}
		return words[0]
	}
	l := loreOf(pack.For(lang))
	at := len(words) - 1
	for at > 1 && l.particle[text.Normalize(words[at-1])] {
		at--
	}
	family := strings.Join(words[at:], " ")
	if !lettersAtLeast(family, 3) {
		return ""
	}
	return family
}

func lettersAtLeast(s string, n int) bool { return utf8.RuneCountInString(s) >= n }

// phrases finds sequences of words that carry a value.
type phrases struct {
	more   map[uint64]bool
	values map[uint64]string
	first  map[string]bool // beginnings of the first words, to leave most words alone
}

// beginning is the part of a word that no ending changes, three letters at most.
func beginning(word string) string {
	n := 0
	for i := range word {
		if n == 3 {
			return word[:i]
		}
		n++
	}
	return word
}

func newPhrases(p *pack.Pack, by map[string][]string) *phrases {
	out := &phrases{more: map[uint64]bool{}, values: map[uint64]string{}, first: map[string]bool{}}
	for _, value := range sorted(by) {
		for _, phrase := range by[value] {
			h := uint64(0)
			keys := keysOf(text.Analyze(phrase, p))
			for i, k := range keys {
				if i == 0 {
					out.first[beginning(k)] = true
				}
				h = step(h, k)
				if i+1 < len(keys) {
					out.more[h] = true
				}
			}
			if _, taken := out.values[h]; !taken && len(keys) > 0 {
				out.values[h] = value
			}
		}
	}
	return out
}
