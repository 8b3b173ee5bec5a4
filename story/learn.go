package story

// Pair gives the features of a pair for learning: those of the pairwise model in the order of PairFeatures, and where the languages
// differ those of the translation model in the order of TranslationFeatures. The article need not be in the window, the other must;
// otherwise both are nil.
func (w *Window) Pair(in Input, other int64) (pair, translation []float64) {
	o := w.find(other)
	if o == nil {
		return nil, nil
	}
	r := w.read(in)
	x := w.compare(r, o)
	pair = x[:]
	if r.lang != o.lang {
		t := w.translation(r, o)
		translation = t[:]
	}
	return pair, translation
}

// Pairs calls f with the features of an article beside every one in the window, those of the pairwise model; see [Window.Pair].
func (w *Window) Pairs(in Input, f func(other int64, pair []float64)) {
	r := w.read(in)
	for _, o := range w.arts {
		x := w.compare(r, o)
		f(o.id, x[:])
	}
}
