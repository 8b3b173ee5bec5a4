package story

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
	"marsad/text"
)

// stemRunes is how much of a long word tells it from others: endings come after it.
const stemRunes = 6

// stem is the part of a word that its forms share: clitics that the pack knows taken off its front, and no more than six letters
// of what remains. Cutting short is nearly as good as a stemmer for finding related texts, and needs no knowledge of the language.
func (l *lore) stem(norm string, buf []string) string {
	norm = l.bare(norm, buf)
	n := 0
	for i := range norm {
		if n == stemRunes {
			return norm[:i]
		}
		n++
	}
	return norm
}

// bare takes off clitics while three letters remain.
func (l *lore) bare(norm string, buf []string) string {
	for _, b := range text.Bare(buf, norm, l.text) {
		if utf8.RuneCountInString(b) >= 3 {
			norm = b
		}
	}
	return norm
}

// each calls f for every word of a text that may tell what it is about: its stem and its place. Ideographs come in pairs.
func (l *lore) each(d *text.Doc, f func(stem string, from, to int)) {
	buf := make([]string, 0, 8)
	for i, t := range d.Tokens {
		switch t.Kind {
		case text.Word:
			if utf8.RuneCountInString(t.Norm) >= 3 && !l.common[t.Norm] {
				f(l.stem(t.Norm, buf[:0]), t.Start, t.End)
			}
		case text.Ideo:
			if i+1 < len(d.Tokens) && d.Tokens[i+1].Kind == text.Ideo && d.Tokens[i+1].Start == t.End {
				if two := d.Text[t.Start:d.Tokens[i+1].End]; !l.common[two] {
					f(two, t.Start, d.Tokens[i+1].End)
				}
			}
		}
	}
}

// corrects tells whether a text takes something back: whether a paragraph of it begins with a word that says so and a mark, or the
// word is all of the paragraph's first three.
func (l *lore) corrects(d *text.Doc) bool {
	for _, p := range d.Paragraphs {
		for i := p.From; i < min(p.To, p.From+3); i++ {
			word := d.Tokens[i].Norm
			if d.Tokens[i].Kind == text.Ideo && i+1 < p.To {
				word += d.Tokens[i+1].Norm
			}
			if l.takes[word] && marked(d, i+1, p.To) {
				return true
			}
		}
	}
	return false
}

// marked tells whether a colon, dash or bracket follows within two tokens.
func marked(d *text.Doc, i, end int) bool {
	for _, t := range d.Tokens[min(i, end):min(i+2, end)] {
		if t.Kind == text.Mark && strings.Contains(":：-–—)]】", d.Text[t.Start:t.End]) {
			return true
		}
	}
	return false
}

// soundWord is a word that may be a name, by the sound of it.
type soundWord struct {
	bones    string
	from, to int  // bytes
	guess    bool // nothing but its length speaks for a name
}

// loudEnough is how many consonants a word must have to be looked for where no capital letter marks it as a name, and as part of
// somebody who says or claims something.
const (
	loudEnough = 4
	actorLoud  = 3
)

// nameWords finds the words that may be names which nobody knows: those with a capital letter within a sentence, in an alphabet
// without capitals all that have consonants enough, and in Han script what stands around the dot that parts foreign names.
func (l *lore) nameWords(d *text.Doc, actors []news.Span, f func(soundWord)) {
	buf := make([]string, 0, 8)
	for i, t := range d.Tokens {
		switch {
		case t.Kind == text.Mark && (t.Norm == "·" || t.Norm == "・" || t.Norm == "•"):
			hanName(d, i, f)
		case t.Kind != text.Word || l.common[t.Norm]:
		case t.Script == text.Arabic || t.Script == text.Hebrew:
			loud := loudEnough
			if within1(actors, t.Start) {
				loud = actorLoud
			}
			full, short := skeleton(t.Norm), skeleton(l.bare(t.Norm, buf[:0]))
			if len(full) >= loud {
				f(soundWord{full, t.Start, t.End, true})
			}
			if len(short) >= loud && short != full {
				f(soundWord{short, t.Start, t.End, true})
			}
		case capital(d, i):
			if b := skeleton(t.Norm); b != "" {
				f(soundWord{b, t.Start, t.End, false})
			}
		}
	}
}

// capital tells whether a word has a capital letter that no beginning of a sentence, quotation or line asks for.
func capital(d *text.Doc, i int) bool {
	r, _ := utf8.DecodeRuneInString(d.Text[d.Tokens[i].Start:])
	if !unicode.IsUpper(r) || i == 0 {
		return false
	}
	before := d.Tokens[i-1]
	return (before.Kind == text.Word || before.Kind == text.Number || before.Norm == ",") && d.SentenceOf(i-1) == d.SentenceOf(i)
}

// liquids calls f with a skeleton of two or more consonants, with L and R for every one of its first two liquids.
func liquids(b string, f func(string)) {
	if len(b) < 2 {
		return
	}
	all := []string{b}
	n := 0
	for i := range len(b) {
		if c := b[i]; (c == 'L' || c == 'R') && n < 2 {
			n++
			for _, a := range all[:len(all):len(all)] {
				all = append(all, a[:i]+string("LR"[1-strings.IndexByte("LR", c)])+a[i+1:])
			}
		}
	}
	for _, a := range all {
		f(squeeze(a))
	}
}

// hanName gives the parts of a foreign name around a dot: after it as far as the characters write sounds, before it all endings of
// two to four of them, since nothing tells where the name begins.
func hanName(d *text.Doc, dot int, f func(soundWord)) {
	const longestPart = 5
	sounds := hanSounds()
	part := func(from, to int) {
		s := ""
		for _, t := range d.Tokens[from:to] {
			r, _ := utf8.DecodeRuneInString(t.Norm)
			s += sounds[r]
		}
		liquids(bones(squeeze(s)), func(b string) { f(soundWord{b, d.Tokens[from].Start, d.Tokens[to-1].End, false}) })
	}
	writes := func(i int) bool {
		if i < 0 || i >= len(d.Tokens) || d.Tokens[i].Kind != text.Ideo {
			return false
		}
		r, _ := utf8.DecodeRuneInString(d.Tokens[i].Norm)
		_, ok := sounds[r]
		return ok
	}
	to := dot + 1
	for to-dot <= longestPart && writes(to) {
		if to++; to-dot > 2 {
			part(dot+1, to)
		}
	}
	for from := dot - 1; dot-from <= longestPart && writes(from); from-- {
		if dot-from >= 2 {
			part(from, dot)
		}
	}
}
