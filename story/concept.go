package story

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// A concept is a thing that the news of any language has words for: fire, court, to sign, three, week, minister, to deny. Texts in two
// languages share no words, but sentence by sentence they share concepts if one was made from the other.

// conceptCodes is how many concepts are told apart; rarer ones fall together with others.
const conceptCodes = 192

// concepts numbers all that the packs name, in one order for all languages: what the English pack lists, small numbers, units and
// parts of time, offices and stances.
var concepts = sync.OnceValue(func() map[string]uint8 {
	names := []string{"say", "not", "self", "last", "next", "yesterday", "today", "tomorrow"}
	en := pack.For("en")
	if en.Story != nil {
		names = append(names, slices.Sorted(maps.Keys(en.Story.Concepts))...)
	}
	for n := 2; n <= mostSmall; n++ {
		names = append(names, "n"+strconv.Itoa(n))
	}
	for n := 1; n <= 10; n++ {
		names = append(names, "nth"+strconv.Itoa(n))
	}
	names = append(names, conceptUnits...)
	names = append(names, stances...)
	for n := 1; n <= 12; n++ {
		names = append(names, "month"+strconv.Itoa(n))
	}
	if en.Entity != nil {
		names = append(names, slices.Sorted(maps.Keys(en.Entity.Titles))...)
	}
	m := make(map[string]uint8, len(names))
	for i, n := range names {
		m[n] = uint8(i % conceptCodes)
	}
	return m
})

// mostSmall is the largest number that counts as a concept; larger ones are figures.
const mostSmall = 12

var (
	conceptUnits = []string{"minute", "hour", "day", "week", "month", "year", "decade", "morning", "noon", "evening", "night"}
	stances      = []string{"accuses", "condemns", "confirms", "denies", "warns", "threatens", "demands", "promises"}
)

// lexicon finds the concepts of a language in its words.
type lexicon struct {
	whole     map[string]uint8 // word in normal form -> code
	begins    map[string]uint8 // how words begin
	lengths   uint64           // of what they begin with, in bytes: one bit each
	first     [1024]uint64     // whether any begins with such three bytes: one bit each, by their hash
	longest   int              // run of ideographs
	conceived bool             // the pack lists concepts by their words
}

func newLexicon(p *pack.Pack) *lexicon {
	l := &lexicon{whole: map[string]uint8{}, begins: map[string]uint8{}}
	if s := p.Story; s != nil {
		l.conceived = len(s.Concepts) > 0
		for _, name := range slices.Sorted(maps.Keys(s.Concepts)) {
			l.put(name, s.Concepts[name])
		}
	}
	if t := p.Timex; t != nil {
		for n := 2; n <= mostSmall; n++ {
			l.put("n"+strconv.Itoa(n), t.Numbers[strconv.Itoa(n)])
			l.whole[strconv.Itoa(n)] = concepts()["n"+strconv.Itoa(n)]
		}
		if t.Numerals == "cjk" {
			l.put("n11", "十一")
			l.put("n12", "十二")
		}
		for n := 1; n <= 10; n++ {
			l.put("nth"+strconv.Itoa(n), t.Ordinals[strconv.Itoa(n)])
		}
		for _, u := range conceptUnits {
			l.put(u, t.Units[u]+"|"+t.Units[u+"s"]+"|"+t.Daytime[u])
		}
		l.put("evening", t.Daytime["afternoon"])
		l.put("last", t.Rel["-1"])
		l.put("next", t.Rel["1"])
		for i, name := range []string{"yesterday", "today", "tomorrow"} {
			l.put(name, t.Days[strconv.Itoa(i-1)])
		}
		for i, m := range t.Months {
			l.put("month"+strconv.Itoa(i+1), m)
		}
	}
	l.putSpeech(p)
	return l
}

// putSpeech adds offices, verbs of saying and stances.
func (l *lexicon) putSpeech(p *pack.Pack) {
	verbs := func(name string, entries []string) {
		for _, e := range entries {
			_, forms, _ := strings.Cut(e, ":")
			l.put(name, strings.ReplaceAll(strings.ReplaceAll(forms, "~", ""), ",", "|"))
		}
	}
	if c := p.Claim; c != nil {
		for i, entries := range [][]string{c.Accuses, c.Condemns, c.Confirms, c.Denies, c.Warns, c.Threatens, c.Demands, c.Promises} {
			verbs(stances[i], entries)
		}
	}
	if p.Quote != nil {
		verbs("say", p.Quote.Verbs)
	}
	if c := p.Clause; c != nil {
		l.put("not", strings.Join(c.Negators, "|"))
		l.put("self", strings.Join(c.First, "|"))
	}
	if e := p.Entity; e != nil {
		for _, office := range slices.Sorted(maps.Keys(e.Titles)) {
			l.put(office, strings.Join(e.Titles[office], "|"))
		}
	}
}

// put adds the words of a concept, those that mean no other yet.
func (l *lexicon) put(name, words string) {
	code, ok := concepts()[name]
	if !ok {
		return
	}
	for _, w := range spelt(words) {
		w, star := strings.CutSuffix(text.Normalize(w), "*")
		if w = strings.TrimSpace(w); w == "" || strings.Contains(w, " ") {
			continue
		}
		into := l.whole
		if star {
			into = l.begins
			if len(w) < 3 || len(w) > 62 {
				continue
			}
			l.lengths |= 1 << len(w)
			l.first[threeBytes(w)>>6] |= 1 << (threeBytes(w) & 63)
		}
		if _, ok := into[w]; !ok {
			into[w] = code
		}
		if r, _ := utf8.DecodeRuneInString(w); text.ScriptOf(r) == text.Han {
			l.longest = max(l.longest, utf8.RuneCountInString(w))
		}
	}
}

// spelt writes out "январ{ь|я}|январе" as three words.
func spelt(s string) (out []string) {
	depth, from := 0, 0
	for i := 0; i <= len(s); i++ {
		switch {
		case i == len(s) || s[i] == '|' && depth == 0:
			stem, rest, ok := strings.Cut(s[from:i], "{")
			if ends, after, closed := strings.Cut(rest, "}"); ok && closed {
				for e := range strings.SplitSeq(ends, "|") {
					out = append(out, stem+e+after)
				}
			} else {
				out = append(out, s[from:i])
			}
			from = i + 1
		case s[i] == '{':
			depth++
		case s[i] == '}':
			depth--
		}
	}
	return out
}

// of gives the concept of a word in normal form.
func (l *lexicon) of(norm string) (code uint8, ok bool) {
	if code, ok = l.whole[norm]; ok {
		return code, true
	}
	if len(norm) < 3 || l.first[threeBytes(norm)>>6]&(1<<(threeBytes(norm)&63)) == 0 {
		return 0, false
	}
	for n := min(len(norm), 62); n >= 3; n-- {
		if l.lengths&(1<<n) != 0 {
			if code, ok = l.begins[norm[:n]]; ok {
				return code, true
			}
		}
	}
	return 0, false
}

func threeBytes(s string) uint16 {
	return uint16(uint32(s[0])*40503 ^ uint32(s[1])*2654435761>>11 ^ uint32(s[2])*97)
}

// hit is a concept where a text names it.
type hit struct {
	at   int
	code uint8
}

// concepts finds those of a text, in order. The words of a date say a day, not so many or the month.
func (l *lore) concepts(d *text.Doc, dated []news.Span) (out []hit) {
	buf := make([]string, 0, 8)
	for i := 0; i < len(d.Tokens); i++ {
		t := d.Tokens[i]
		if within1(dated, t.Start) {
			continue
		}
		switch t.Kind {
		case text.Ideo:
			for n := min(l.lexicon.longest, len(d.Tokens)-i); n > 0; n-- {
				end := d.Tokens[i+n-1]
				if end.Kind != text.Ideo || end.Start-t.Start > 4*n {
					continue
				}
				if code, ok := l.lexicon.whole[d.Text[t.Start:end.End]]; ok {
					out = append(out, hit{t.Start, code})
					i += n - 1
					break
				}
			}
		case text.Word, text.Number:
			code, ok := l.lexicon.of(t.Norm)
			if !ok && t.Kind == text.Word && l.text != nil && len(l.text.Proclitics) > 0 {
				if bare := l.bare(t.Norm, buf[:0]); bare != t.Norm {
					code, ok = l.lexicon.of(bare)
				}
			}
			if ok {
				out = append(out, hit{t.Start, code})
			}
		}
	}
	return out
}
