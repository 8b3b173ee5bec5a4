package story

import (
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// Change is a sentence that an update added, took away or changed. Old is empty for what was added, New for what was taken away.
type Change struct{ Old, New news.Span }

// maxSentences bounds the work on one text.
const maxSentences = 1500

// Changes says what an update changed of a text, sentence by sentence, in the order of the newer text. Sentences that differ in
// punctuation or case alone are the same. A sentence counts as changed, not as gone and come, where it keeps half of its words.
func Changes(older, newer, lang string) []Change {
	a, b := text.Analyze(older, pack.For(lang)), text.Analyze(newer, pack.For(lang))
	as, bs := sentencesOf(a), sentencesOf(b)
	// The longest common subsequence from the back: keep[i][j] is how many sentences as[i:] and bs[j:] share in order.
	keep := make([][]uint16, len(as)+1)
	for i := range keep {
		keep[i] = make([]uint16, len(bs)+1)
	}
	for i := len(as) - 1; i >= 0; i-- {
		for j := len(bs) - 1; j >= 0; j-- {
			if as[i].plain == bs[j].plain {
				keep[i][j] = keep[i+1][j+1] + 1
			} else {
				keep[i][j] = max(keep[i+1][j], keep[i][j+1])
			}
		}
	}
	var out []Change
	var gone, come []sentence
	flush := func() {
		out = append(out, pairUp(gone, come)...)
		gone, come = nil, nil
	}
	i, j := 0, 0
	for i < len(as) || j < len(bs) {
		switch {
		case i < len(as) && j < len(bs) && as[i].plain == bs[j].plain:
			flush()
			i++
			j++
		case j == len(bs) || i < len(as) && keep[i+1][j] >= keep[i][j+1]:
			gone = append(gone, as[i])
			i++
		default:
			come = append(come, bs[j])
			j++
		}
	}
	flush()
	return out
}

// sentence is a sentence and its words.
type sentence struct {
	news.Span
	plain string
	words map[string]bool
}

func sentencesOf(d *text.Doc) (out []sentence) {
	for _, r := range d.Sentences[:min(len(d.Sentences), maxSentences)] {
		s := sentence{Span: d.Span(r), words: map[string]bool{}}
		for _, t := range d.Tokens[r.From:r.To] {
			if t.Kind != text.Mark {
				s.plain += t.Norm + " "
				s.words[t.Norm] = true
			}
		}
		out = append(out, s)
	}
	return out
}

// pairUp makes changes of what went and what came in one place: each new sentence takes the first old one that it is like.
func pairUp(gone, come []sentence) (out []Change) {
	next := 0
	for _, c := range come {
		change := Change{New: c.Span}
		for g := next; g < len(gone); g++ {
			if alike(gone[g], c) {
				for _, lost := range gone[next:g] {
					out = append(out, Change{Old: lost.Span})
				}
				change.Old = gone[g].Span
				next = g + 1
				break
			}
		}
		out = append(out, change)
	}
	for _, lost := range gone[next:] {
		out = append(out, Change{Old: lost.Span})
	}
	return out
}

func alike(a, b sentence) bool {
	both := 0
	for w := range a.words {
		if b.words[w] {
			both++
		}
	}
	return both*2 >= max(len(a.words), len(b.words))
}
