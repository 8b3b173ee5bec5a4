package page

// run is a stretch of blocks that the first look likes, with gaps of two at most.
type run struct{ from, to, size int32 }

// findRuns cuts the page into runs; longest is the longest block of the run with most letters.
func (s *scene) findRuns() {
	s.runs = make([]run, len(s.blocks))
	s.longest = 0
	var now run
	end := func() {
		for j := now.from; j <= now.to && now.size > 0; j++ {
			s.runs[j] = now
		}
		now = run{}
	}
	for i := range s.blocks {
		if s.scores[i] < 0.4 {
			continue
		}
		if now.size > 0 && int32(i)-now.to > 3 {
			end()
		}
		if now.size == 0 {
			now.from = int32(i)
		}
		now.to, now.size = int32(i), now.size+int32(s.blocks[i].chars)
	}
	end()
	for i := range s.blocks {
		a, b := s.runs[i].size, s.runs[s.longest].size
		if a > b || a == b && s.scores[i] >= 0.4 && s.blocks[i].chars > s.blocks[s.longest].chars {
			s.longest = i
		}
	}
}

// around gives the mean score of the four blocks before and after, weighed by their letters.
func (s *scene) around(i int) float32 {
	var sum, size float32
	for j := max(0, i-4); j < min(len(s.blocks), i+5); j++ {
		n := float32(min(s.blocks[j].chars, 300))
		if j != i {
			sum, size = sum+s.scores[j]*n, size+n
		}
	}
	return sum / (size + 1)
}

// damp takes most of their score from readers' comments, and some from side columns, where the page has prose outside of them:
// comments read like text, are often longer than the article, and are never it.
func (s *scene) damp(scores []float32) {
	outside := 0
	for i := range s.blocks {
		if b := &s.blocks[i]; b.isProse() && s.zones[b.at]&(hintComment|hintSidebar|hintRelated|hintFooter|hintConsent) == 0 {
			outside += b.chars
		}
	}
	if outside < 150 {
		return
	}
	for i := range s.blocks {
		switch z := s.zones[s.blocks[i].at]; {
		case z&hintComment != 0:
			scores[i] *= 0.2
		case z&hintSidebar != 0:
			scores[i] *= 0.5
		}
	}
}

// choose takes in the first look's scores: it finds the column, the subtree whose blocks have the greatest sum of weights, a
// block's weight being its letters times the score's distance from one half (a maximum-sum subtree, after Pasternack and
// Roth's maximum subsequence segmentation).
func (s *scene) choose(scores []float32) {
	n := len(s.tree.nodes)
	s.damp(scores)
	s.scores, s.sums = scores, make([]float32, n)
	for i := range s.blocks {
		b := &s.blocks[i]
		s.sums[b.at] += (scores[i] - 0.5) * (float32(min(b.chars, 500)) + 5)
	}
	for at := n - 1; at > 0; at-- {
		s.sums[s.tree.nodes[at].parent] += s.sums[at]
	}
	s.column = 0
	for at := 1; at < n; at++ {
		if t := s.tree.nodes[at].tag; t.is(isBlock) && t != tagP && s.sums[at] >= s.sums[s.column] {
			s.column = int32(at)
		}
	}
	s.first, s.last = -1, -1
	for i := range s.blocks {
		if b := &s.blocks[i]; scores[i] > 0.5 && b.chars >= 60 && s.holds(s.column, b.at) {
			if s.first < 0 {
				s.first = i
			}
			s.last = i
		}
	}
	if s.first < 0 {
		s.first, s.last = 0, len(s.blocks)-1
	}
	s.findRuns()
}

// holds tells whether element at lies within root.
func (s *scene) holds(root, at int32) bool {
	for at > root {
		at = s.tree.nodes[at].parent
	}
	return at == root
}
