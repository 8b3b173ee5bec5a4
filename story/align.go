package story

import "math"

// alignment is how two texts in different languages lie beside each other.
type alignment struct {
	ofMore, ofLess float64 // the weight of what stands in the same order, as a share of the heavier and of the lighter text
	level          float64 // how equally far into either text it stands: 1 at the same place, half a tenth of the text away
}

// align finds the heaviest common subsequence of the names, days and figures of two texts. A translation keeps their order; a report
// of its own does not.
func (w *Window) align(a *reading, b *article) (out alignment) {
	sa, atA := a.order()
	sb, atB := b.order()
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
		return alignment{}
	}
	// Each cell holds the weight so far, and the weight of what of it stands level.
	type cell struct{ sum, level float32 }
	var row [maxOrder + 1]cell
	for x, i := range sa {
		var diagonal cell // row[j] of the line above
		for j := range sb {
			above := row[j+1]
			switch {
			case a.keys[i] == kb[j]:
				v := a.weights[i]
				row[j+1] = cell{diagonal.sum + v, diagonal.level + v*nearness(atA[x], atB[j])}
			case row[j].sum > above.sum:
				row[j+1] = row[j]
			}
			diagonal = above
		}
	}
	common := row[len(sb)]
	out.ofMore, out.ofLess = float64(common.sum/max(all, other)), min(1, float64(common.sum/min(all, other)))
	if common.sum > 0 {
		out.level = float64(common.level / common.sum)
	}
	return out
}

// nearness is 1 for the same place and halves with every tenth of the text between.
func nearness(a, b uint8) float32 { return halves[max(a, b)-min(a, b)] }

var halves = func() (t [256]float32) {
	for i := range t {
		t[i] = float32(math.Exp2(-float64(i) / 25.5))
	}
	return t
}()
