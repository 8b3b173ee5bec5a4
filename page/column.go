package page

// column is the part of a page that holds the article, and what its surroundings say of each block.
type column struct {
	root  int32
	zones []hint    // by node: the hints of the node and of those around it that do not hold the page's main part
	chars []int     // by node: letters within it
	sums  []float64 // by node: the weights of the blocks within it
}

// findColumn finds the subtree whose blocks have the greatest sum of weights, a block of prose counting for it and a block of
// fragments or links against it (a maximum-sum subtree, after Pasternack and Roth's maximum subsequence segmentation).
func findColumn(w *walk) *column {
	n := len(w.tree.nodes)
	c := &column{zones: make([]hint, n), chars: make([]int, n), sums: make([]float64, n)}
	for i := range w.blocks {
		b := &w.blocks[i]
		c.chars[b.at] += b.chars
	}
	nodes := w.tree.nodes
	for at := n - 1; at > 0; at-- {
		c.chars[nodes[at].parent] += c.chars[at]
	}
	total := c.chars[0]
	for at := 1; at < n; at++ {
		if nodes[at].tag == tagText {
			continue
		}
		c.zones[at] = c.zones[nodes[at].parent]
		if c.chars[at]*5 < total*2 {
			c.zones[at] |= w.hints[at]
		}
	}
	for i := range w.blocks {
		b := &w.blocks[i]
		c.sums[b.at] += weight(b, c.zones[b.at])
	}
	for at := n - 1; at > 0; at-- {
		c.sums[nodes[at].parent] += c.sums[at]
	}
	best := int32(0)
	for at := 1; at < n; at++ {
		if c.sums[at] >= c.sums[best]*0.999 && nodes[at].tag != tagText {
			best = int32(at)
		}
	}
	c.root = best
	return c
}

// weight tells how much a block speaks for the column that holds it.
func weight(b *block, zone hint) float64 {
	size := float64(b.chars)
	links := float64(b.links) / float64(b.end-b.start)
	switch {
	case b.flags&(inNoscript|inHidden|inControl) != 0:
		return 0
	case b.chars >= 60 && b.ends > 0 || b.chars > 150:
		v := min(size, 600) * (1 - 2*links)
		if zone&hintJunk != 0 && v > 0 {
			v *= -0.3
		}
		return v
	default:
		return -8 - 10*links
	}
}

// holds tells whether at lies in the column.
func (c *column) holds(t *tree, at int32) bool {
	for at >= c.root {
		if at == c.root {
			return true
		}
		at = t.nodes[at].parent
	}
	return c.root == 0
}
