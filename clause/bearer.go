package clause

import (
	"strings"

	"marsad/news"
	"marsad/text"
)

// titled gives the only person before a bare title who bears that title in the text.
func (r *Reading) titled(np text.Range) *news.Mention {
	title := ""
	for i := np.From; i < np.To; i++ {
		if r.Is(i, Title) {
			title = r.Doc.Tokens[i].Norm
		}
	}
	if title == "" || np.To-np.From > 3 {
		return nil
	}
	var only *news.Mention
	for _, b := range r.titles() {
		if b.at >= np.From {
			break
		}
		if !alike(r.Doc.Tokens[b.at].Norm, title) || !r.sameTitle(b.at, np) {
			continue
		}
		if only != nil && !same(only, b.who) {
			return nil
		}
		only = b.who
	}
	return only
}

// sameTitle tells whether the words np call somebody by the whole title at token at, as far as titles of two words go: a prime minister is
// no minister, and a vice president no president.
func (r *Reading) sameTitle(at int, np text.Range) bool {
	within := func(word string, from, to int) bool {
		for i := from; i < to; i++ {
			if alike(r.norm(i), word) {
				return true
			}
		}
		return false
	}
	for i := np.From; i < np.To; i++ {
		if r.Is(i, Title) && !within(r.norm(i), max(at-2, 0), at+3) {
			return false
		}
	}
	for _, i := range [2]int{at - 1, at + 1} {
		if r.Is(i, Former) || r.Is(i, Title) && !r.Is(i, Det|Named) && !within(r.norm(i), np.From, np.To) {
			return false
		}
	}
	return true
}

// borne is a title that somebody is given by name.
type borne struct {
	at  int
	who *news.Mention
}

// titles gives the first titles of the text that stand next to a person's name; enough to know who is who in a report.
func (r *Reading) titles() []borne {
	if r.borne == nil {
		r.borne = []borne{}
		for i := 0; i < len(r.Class) && len(r.borne) < 200; i++ {
			if r.Is(i, Title) {
				if m := r.bearer(i); m != nil {
					r.borne = append(r.borne, borne{i, m})
				}
			}
		}
	}
	return r.borne
}

// alike tells whether two titles are one, with or without an article written together with them.
func alike(a, b string) bool {
	return a == b || len(a) > 6 && len(b) > 6 && (strings.HasSuffix(a, b) || strings.HasSuffix(b, a))
}

// bearer gives the person whose name stands within a few words of the title at token i, in the same sentence.
func (r *Reading) bearer(i int) *news.Mention {
	s := r.Sentence(i)
	for d := 1; d <= 5; d++ {
		for _, j := range []int{i + d, i - d} {
			if j < s.From || j >= s.To {
				continue
			}
			if m := r.Mention(j); m != nil && m.Kind == news.Person && r.beside(min(i, j), max(i, j)) {
				return m
			}
		}
	}
	return nil
}
