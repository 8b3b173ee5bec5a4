package page

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"marsad/lang/pack"
)

// phrase kinds, as bits: a block is known by the set of what was found in it.
type phrases uint32

const (
	saysBy phrases = 1 << iota
	saysAnd
	saysJob
	saysStaff
	saysAgency
	saysCredit
	saysCaption
	saysSource
	saysRelated
	saysPitch
	saysShare
	saysAd
	saysConsent
	saysPaywall
	saysComment
	saysBoilerplate
	saysPublished
	saysUpdated
	saysMonth
	saysTail
	saysOutlet
	saysAt
	saysWhole
	saysBadge
	saysTags
	saysBio
	saysOrigin
	saysTranslator
)

// phrase is a run of normalised words and what it means.
type phrase struct {
	words string
	kind  phrases
	month int
	alone bool   // one character of a script without spaces: it counts only where marks or spaces part it from others
	upper string // the form that a text must have: agencies' short names in capitals are other languages' small words
}

// lexicon holds the phrases of the languages that a page may be in, and of English beside them: pages borrow from it everywhere.
type lexicon struct {
	first map[string][]phrase // by first word, or by first character where words are not separated
	agos  [][][]string        // squashed words of times told by their distance, by language
	eras  map[string]int      // counts of years beside the common one: the year before their first
}

var lexicons sync.Map // primary language tags, joined by spaces → *lexicon

// alike are languages that are taken for each other on short texts: a page in one is read with the phrases of all.
var alike = [...][]string{{"id", "ms"}, {"hr", "sr", "sl"}, {"da", "no", "sv"}, {"cs", "sk"}, {"bg", "mk"}, {"fa", "ur"}, {"es", "ca"}}

// lexiconOf gives the lexicon for languages: the one that the words were found to be in, the one that the page says it is in. The
// neighbours of both that are easily confused with them count too.
func lexiconOf(langs ...string) *lexicon {
	tags := tagsOf(langs)
	key := strings.Join(tags, " ")
	if l, ok := lexicons.Load(key); ok {
		return l.(*lexicon)
	}
	l := &lexicon{first: map[string][]phrase{}, eras: map[string]int{}}
	for _, tag := range tags {
		l.learn(pack.For(tag).Page)
	}
	lexicons.Store(key, l) // only tags that have a pack come here: at most a few hundred pairs
	return l
}

// tagsOf gives the packs to read with, each once, English last.
func tagsOf(langs []string) []string {
	var tags []string
	add := func(lang string) {
		if p := pack.For(lang); p.Page != nil && p.Lang != "en" && !slices.Contains(tags, p.Lang) {
			tags = append(tags, p.Lang)
		}
	}
	for _, lang := range langs {
		add(lang)
	}
	for _, tag := range slices.Clone(tags) {
		for _, group := range alike {
			if slices.Contains(group, tag) {
				for _, other := range group {
					add(other)
				}
			}
		}
	}
	slices.Sort(tags)
	return append(tags, "en")
}

func (l *lexicon) learn(p *pack.Page) {
	if p == nil {
		return
	}
	for kind, list := range map[phrases][]string{
		saysBy: p.By, saysAnd: p.And, saysJob: p.Jobs, saysStaff: p.Staff, saysAgency: p.Agencies, saysCredit: p.Credit,
		saysCaption: p.Caption, saysSource: p.Source, saysRelated: p.Related, saysPitch: p.Pitch, saysShare: p.Share, saysAd: p.Ad,
		saysConsent: p.Consent, saysPaywall: p.Paywall, saysComment: p.Comment, saysBoilerplate: p.Boilerplate,
		saysPublished: p.Published, saysUpdated: p.Updated, saysTail: p.Tail,
		saysOutlet: p.Outlets, saysAt: p.At, saysWhole: p.Whole,
		saysBadge: p.Badges, saysTags: p.Tags, saysBio: p.Bios, saysOrigin: p.Origins, saysTranslator: p.Translators,
	} {
		for _, s := range list {
			p := phrase{words: squash(s), kind: kind}
			if kind == saysAgency && isShort(s) {
				p.upper = s
			}
			l.add(p)
		}
	}
	if len(p.Ago) > 0 {
		l.agos = append(l.agos, squashAll(p.Ago))
	}
	for name, year := range p.Eras {
		l.eras[squash(name)] = year
	}
	for i, names := range p.Months {
		for _, s := range names {
			l.add(phrase{words: squash(s), kind: saysMonth, month: i + 1})
		}
	}
}

func squashAll(lists [][]string) [][]string {
	out := make([][]string, len(lists))
	for i, list := range lists {
		for _, s := range list {
			out[i] = append(out[i], squash(s))
		}
	}
	return out
}

func (l *lexicon) add(p phrase) {
	if p.words == "" {
		return
	}
	r, n := utf8.DecodeRuneInString(p.words)
	p.alone = n == len(p.words) && loose(r) && p.kind != saysOutlet // "社" ends the names of papers
	key := phraseKey(p.words)
	for _, q := range l.first[key] { // languages share phrases
		if q.words == p.words && q.kind == p.kind && q.month == p.month {
			return
		}
	}
	l.first[key] = append(l.first[key], p)
}

// isShort tells whether a name is one word of at most four capital letters: AP, EFE, ТАСС.
func isShort(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n > 0 && n <= 4
}

// phraseKey gives what phrases that begin s are filed under.
func phraseKey(s string) string {
	if r, n := utf8.DecodeRuneInString(s); loose(r) {
		return s[:n]
	}
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return s[:i]
	}
	return s
}

// loose tells whether a rune belongs to a script whose words end without a space, or carry endings that phrases leave out.
func loose(r rune) bool {
	return r >= 0x0E00 && r <= 0x0E7F || r >= 0x3041 && r <= 0x30FF || r >= 0x3400 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3
}

// find calls yield for every phrase in squashed text, with its place. Phrases may overlap.
func (l *lexicon) find(s string, yield func(p phrase, at int)) {
	for i := 0; i < len(s); {
		for _, p := range l.first[phraseKey(s[i:])] {
			if strings.HasPrefix(s[i:], p.words) && boundary(s, i+len(p.words)) && (!p.alone || standsAlone(s, i, i+len(p.words))) {
				yield(p, i)
			}
		}
		i = nextWord(s, i)
	}
}

// nextWord gives where the next phrase may begin after the one at s[i]: at the next word, or the next character where words are
// not separated.
func nextWord(s string, i int) int {
	r, n := utf8.DecodeRuneInString(s[i:])
	i += n
	if loose(r) {
		if i < len(s) && s[i] == ' ' {
			i++
		}
		return i
	}
	for i < len(s) {
		switch c := s[i]; {
		case c == ' ':
			return i + 1
		case c >= 0xE0 && c <= 0xED: // the lead bytes of the scripts in question
			r, n := utf8.DecodeRuneInString(s[i:])
			if loose(r) {
				return i
			}
			i += n
		default:
			i++
		}
	}
	return i
}

func boundary(s string, i int) bool {
	if i >= len(s) || s[i] == ' ' {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return loose(r)
}

func standsAlone(s string, from, to int) bool {
	return (from == 0 || s[from-1] == ' ') && (to == len(s) || s[to] == ' ')
}

// said is what a block's words say.
type said struct {
	any    phrases // phrases anywhere
	starts phrases // phrases that begin it
	whole  phrases // phrases that are all of it
	ends   phrases // phrases that end it
	pitch  int32   // different phrases that sell
	sells  int32   // those that do not overlap, whole clauses twice: what one word says is little
	share  int32   // phrases of share bars
	cover  int32   // bytes of the squashed text that phrases of the furniture cover
}

const furniture = saysRelated | saysPitch | saysShare | saysAd | saysConsent | saysPaywall | saysComment | saysBoilerplate | saysSource

// say reads squashed words.
func (l *lexicon) say(s string) said { return l.sayAs(s, "") }

// sayAs reads squashed words whose form as written is known: short names of agencies count only in capitals there.
func (l *lexicon) sayAs(s, written string) said {
	var v said
	covered, sold := 0, 0
	l.find(s, func(p phrase, at int) {
		if p.upper != "" && written != "" && !hasWord(written, p.upper) {
			return
		}
		v.any |= p.kind
		if at == 0 {
			v.starts |= p.kind
			if len(p.words) == len(s) {
				v.whole |= p.kind
			}
		}
		if at+len(p.words) == len(s) {
			v.ends |= p.kind
		}
		if p.kind&saysPitch != 0 {
			v.pitch++
			if clause := isClause(p.words); at >= sold {
				v.sells += 1 + int32(b2i(clause))
				sold = at + len(p.words)
			} else if clause {
				v.sells++
			}
		}
		if p.kind&saysShare != 0 {
			v.share++
		}
		if end := at + len(p.words); p.kind&furniture != 0 && end > covered {
			v.cover += int32(end - max(at, covered))
			covered = end
		}
	})
	return v
}

// isClause tells whether a phrase has three words, or in a script without spaces as many letters as three words have.
func isClause(words string) bool {
	r, n := utf8.DecodeRuneInString(words)
	return strings.Count(words, " ") >= 2 || loose(r) && len(words) >= 6*n
}

// hasWord tells whether a text has a word as written.
func hasWord(s, word string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], word)
		if i < 0 {
			return false
		}
		i += from
		from = i + len(word)
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[from:])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
	}
}
