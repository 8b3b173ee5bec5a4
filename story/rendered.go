package story

import "marsad/news"

// Rendered pairs the quotations of a text with those of its translation, by their places in each analysis: those that somebody is quoted
// with in paragraphs beside each other (see [Beside]), in order, where both have as many. It does not say that the texts are translations;
// that is for who calls it.
func Rendered(left, right Entry) (pairs [][2]int) {
	for _, p := range Beside(left, right) {
		a, b := quoted(&left, p.Left), quoted(&right, p.Right)
		if len(a) != len(b) {
			continue
		}
		for i := range a {
			pairs = append(pairs, [2]int{a[i], b[i]})
		}
	}
	return pairs
}

// quoted gives the quotations in their own words that begin in some paragraphs.
func quoted(e *Entry, in []news.Span) (out []int) {
	for _, p := range in {
		for i, q := range e.Analysis.Quotations {
			if q.Type != news.Indirect && q.Start >= p.Start && q.Start < p.End {
				out = append(out, i)
			}
		}
	}
	return out
}
