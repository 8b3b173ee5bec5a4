package story

// aligned measures how much of the names, days and figures of two texts stands in the same order: the weight of their longest
// common subsequence as a share of the heavier and of the lighter text. A translation keeps the order; a report of its own does
// not.
func (w *Window) aligned(a *reading, b *article) (ofMore, ofLess float64) {
	sa, sb := a.order(), b.order()
	if len(sa) == 0 || len(sb) == 0 {
		return 0, 0
	}
	var wa [maxOrder]float32
	var all, other float32
	for i, k := range sa {
		wa[i] = w.freq.idf(anyLang, k)
		all += wa[i]
	}
	for _, k := range sb {
		other += w.freq.idf(anyLang, k)
	}
	var row [maxOrder + 1]float32
	for i, k := range sa {
		var diagonal float32 // row[j] of the line above
		for j, l := range sb {
			above := row[j+1]
			switch {
			case k == l:
				row[j+1] = diagonal + wa[i]
			case row[j] > above:
				row[j+1] = row[j]
			}
			diagonal = above
		}
	}
	common := row[len(sb)]
	if all <= 0 || other <= 0 {
		return 0, 0
	}
	return float64(common / max(all, other)), float64(common / min(all, other))
}
