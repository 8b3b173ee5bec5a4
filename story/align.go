package story

// align finds the heaviest common subsequence of the names, days and figures of two texts, as shares of the heavier and of the lighter
// text, padded: two things in common always stand in the same order or in the other. A translation keeps their order; a report of its own
// does not.
func (w *Window) align(a *reading, b *article, pad float32) (ofMore, ofLess float64) {
	var sa, sb [maxOrder]uint8
	na, nb := a.order(&sa), b.order(&sb)
	var all, other float32
	for _, i := range sa[:na] {
		all += a.weights[i]
	}
	var kb [maxOrder]uint32
	for j, i := range sb[:nb] {
		kb[j] = b.keys[i]
		other += float32(w.weight(b, int(i)))
	}
	if all <= 0 || other <= 0 {
		return 0, 0
	}
	var row [maxOrder + 1]float32
	for _, i := range sa[:na] {
		var diagonal float32 // row[j] of the line above
		for j := range nb {
			above := row[j+1]
			if a.keys[i] == kb[j] {
				row[j+1] = diagonal + a.weights[i]
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	common := row[nb]
	return float64(common / (pad + max(all, other))), min(1, float64(common/(pad+min(all, other))))
}
