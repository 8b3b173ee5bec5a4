package story

import "math"

// matter is what kind of thing a text tells, in concepts that all languages share: how much it speaks of each, and of all together.
type matter struct {
	of   [conceptCodes]float32
	norm float64
}

// What of a text's concepts counts: those of the opening more, and a text that names hardly any is not all about them.
const (
	leadLines  = 2
	leadMatter = 2
	faintly    = 12  // what is added to either norm, about one telling concept
	unknowable = .25 // likeness of matter where a language has no words for concepts, or a text hardly any
)

// matter reads the trace of an article.
func (w *Window) matter(a *article) (m matter) {
	w.eachConcept(a, func(code event, weight float32) {
		if weight > m.of[code] {
			m.of[code] = weight
		}
	})
	for _, v := range m.of {
		m.norm += float64(v) * float64(v)
	}
	return m
}

// eachConcept calls f with the concepts of an article and how telling each is where it stands.
func (w *Window) eachConcept(a *article, f func(code event, weight float32)) {
	m := a.marks[len(a.keys):]
	for n := 0; len(m) >= 2; n++ {
		to := 2 + int(m[1]>>3)
		for _, e := range m[2:to] {
			if e >= firstCode {
				v := w.said.telling(e)
				if n < leadLines {
					v *= leadMatter
				}
				f(e-firstCode, v)
			}
		}
		m = m[to:]
	}
}

// matters is how alike two texts are in what kind of thing they tell, from 0 to 1.
func (w *Window) matters(r *reading, o *article) float64 {
	if !r.conceived || !o.conceived {
		return unknowable
	}
	if r.matter == nil {
		m := w.matter(&r.article)
		r.matter = &m
	}
	var seen [conceptCodes]float32
	var norm, dot float64
	w.eachConcept(o, func(code event, v float32) {
		if old := seen[code]; v > old {
			norm += float64(v)*float64(v) - float64(old)*float64(old)
			dot += float64(v-old) * float64(r.matter.of[code])
			seen[code] = v
		}
	})
	if min(r.matter.norm, norm) < faintly {
		return unknowable
	}
	return dot / math.Sqrt((r.matter.norm+faintly)*(norm+faintly))
}
