package story

// aligned measures how much of the names, days and figures of two texts stands in the same order: the weight of their longest
// common subsequence as a share of the heavier and of the lighter text. A translation keeps the order; a report of its own does
// not.
func (w *Window) aligned(a *reading, b *article) (ofMore, ofLess float64) {
	sa, sb := a.order(), b.order()
	var all, other float32
	for _, i := range sa {
		all += a.weights[i]
	}
	var kb [maxOrder]uint32
	for j, i := range sb {
		kb[j] = b.keys[i]
		other += float32(w.weight(b, int(i)))
	}
	if all <= 0 || other <= 0 {
		return 0, 0
	}
	var row [maxOrder + 1]float32
	for _, i := range sa {
		var diagonal float32 // row[j] of the line above
		for j := range sb {
			above := row[j+1]
			switch {
			case a.keys[i] == kb[j]:
				row[j+1] = diagonal + a.weights[i]
			case row[j] > above:
				row[j+1] = row[j]
			}
			diagonal = above
		}
	}
	common := row[len(sb)]
	return float64(common / max(all, other)), min(1, float64(common/min(all, other)))
}
