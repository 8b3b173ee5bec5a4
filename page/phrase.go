package page

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/text"
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
)

// phrase is a run of normalised words and what it means.
type phrase struct {
	words string
	kind  phrases
	month int
}

// lexicon holds the phrases of a language, and of English beside it: pages borrow from it everywhere.
type lexicon struct {
	first map[string][]phrase // by first word, or by first character where words are not separated
	eras  map[string]int      // counts of years beside the common one: the year before their first
}

var lexicons sync.Map // primary language tag → *lexicon

func lexiconOf(lang string) *lexicon {
	p := pack.For(lang)
	if l, ok := lexicons.Load(p.Lang); ok {
		return l.(*lexicon)
	}
	l := &lexicon{first: map[string][]phrase{}, eras: map[string]int{}}
	l.learn(p.Page)
	if p.Lang != "en" {
		l.learn(pack.For("en").Page)
	}
	if p.Page != nil {
		lexicons.Store(p.Lang, l) // only tags that have a pack: strangers' tags are without number
	}
	return l
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
	} {
		for _, s := range list {
			l.add(phrase{words: squash(s), kind: kind})
		}
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

func (l *lexicon) add(p phrase) {
	if p.words == "" {
		return
	}
	key := phraseKey(p.words)
	l.first[key] = append(l.first[key], p)
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
			if strings.HasPrefix(s[i:], p.words) && boundary(s, i+len(p.words)) {
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

// said is what a block's words say.
type said struct {
	any    phrases // phrases anywhere
	starts phrases // phrases that begin it
	whole  phrases // phrases that are all of it
	ends   phrases // phrases that end it
	pitch  int     // different phrases that sell
	share  int     // phrases of share bars
	cover  int     // bytes of the squashed text that phrases of the furniture cover
}

const furniture = saysRelated | saysPitch | saysShare | saysAd | saysConsent | saysPaywall | saysComment | saysBoilerplate | saysSource

func (l *lexicon) say(s string) said {
	var v said
	covered := 0
	l.find(s, func(p phrase, at int) {
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
		}
		if p.kind&saysShare != 0 {
			v.share++
		}
		if end := at + len(p.words); p.kind&furniture != 0 && end > covered {
			v.cover += end - max(at, covered)
			covered = end
		}
	})
	return v
}

// squash gives the words of s in normal form with single spaces and without marks: the form in which phrases and headlines are
// compared.
func squash(s string) string {
	s = text.Normalize(s)
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if isAlpha(c) || '0' <= c && c <= '9' {
				if gap && b.Len() > 0 {
					b.WriteByte(' ')
				}
				b.WriteByte(c)
				gap = false
			} else if c != '\'' {
				gap = true
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(s[i : i+n])
			gap = false
		} else {
			gap = true
		}
		i += n
	}
	return b.String()
}
