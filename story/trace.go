package story

import (
	"math"
	"slices"
	"unicode/utf8"

	"marsad/text"
)

// The trace of a text is what survives its translation: sentence by sentence how long it is, how many quotations begin in it, and which
// names, places, days, figures and concepts it holds, in their order. It is kept in marks, behind those of the keys: two bytes a
// sentence and one for each event.

const (
	maxLines  = 40  // sentences kept of a text
	maxEvents = 31  // events kept of a sentence
	maxTrace  = 200 // bytes
	maxOrder  = 56  // names, places, days and figures that two texts are aligned by
	firstCode = 256 - conceptCodes
)

// event is a concept, from firstCode on, or a feature, by how far its key stands from the end of the keys, where words come last.
type event = uint8

// line is a sentence of a trace.
type line struct {
	long      uint8 // sixteen times the binary logarithm of its length, so that a step is some 4 %
	paragraph bool  // it begins one
	quotes    uint8 // that begin in it, at most 3
	events    []event
}

// trace notes the sentences of a text with what they hold, once the keys are chosen.
func (r *reading) trace(d *text.Doc, hits []hit) {
	events := r.events(hits)
	quoted, last := false, -1
	room := maxTrace
	for _, s := range d.Sentences[:min(len(d.Sentences), maxLines)] {
		if room < 2 {
			break
		}
		span := d.Span(s)
		var flags uint8
		if p := d.ParagraphOf(s.From); p != last {
			last, flags = p, 1
		}
		for _, t := range d.Tokens[s.From:s.To] {
			if t.Kind == text.Mark && opens(d.Text[t.Start:t.End], &quoted) && flags < 6 {
				flags += 2
			}
		}
		head := len(r.marks)
		r.marks = append(r.marks, logLen(units(d.Text[span.Start:span.End])), 0)
		for len(events) > 0 && events[0].at < span.End {
			if own := r.marks[head+2:]; len(own) < min(maxEvents, room-2) && !slices.Contains(own, events[0].code) {
				r.marks = append(r.marks, events[0].code)
			}
			events = events[1:]
		}
		n := len(r.marks) - head - 2
		r.marks[head+1] = flags | uint8(n)<<3
		room -= n + 2
	}
	r.marks = slices.Clone(r.marks) // of its own size
}

// events joins the concepts of a text with its names, places, days and figures, in order.
func (r *reading) events(hits []hit) []hit {
	out := make([]hit, 0, len(hits)+len(r.flow))
	for _, f := range r.flow {
		if _, town := slices.BinarySearch(r.towns, f.key); town {
			continue // the place is there itself
		}
		if i, ok := slices.BinarySearch(r.keys, f.key); ok && len(r.keys)-1-i < firstCode {
			out = append(out, hit{f.at, event(len(r.keys) - 1 - i)})
		}
	}
	for _, h := range hits {
		out = append(out, hit{h.at, firstCode + h.code})
	}
	slices.SortStableFunc(out, func(a, b hit) int { return a.at - b.at })
	return out
}

// lines gives the trace of an article, in the memory of buf.
func (a *article) lines(buf []line) []line {
	m := a.marks[len(a.keys):]
	out := buf[:0]
	for len(m) >= 2 {
		n := int(m[1] >> 3)
		out = append(out, line{m[0], m[1]&1 != 0, m[1] >> 1 & 3, m[2 : 2+n]})
		m = m[2+n:]
	}
	return out
}

// order gives the names, places, days and figures of an article in the order of its text, as places in keys.
func (a *article) order(out *[maxOrder]uint8) (n int) {
	m := a.marks[len(a.keys):]
	for len(m) >= 2 {
		to := 2 + int(m[1]>>3)
		for _, e := range m[2:to] {
			if e < firstCode && n < maxOrder {
				out[n] = uint8(len(a.keys) - 1 - int(e))
				n++
			}
		}
		m = m[to:]
	}
	return n
}

// usage is how often concepts are named, in sentences.
type usage struct {
	of        [conceptCodes]uint32
	sentences uint32
}

func (u *usage) count(a *article) {
	if u.sentences > 1<<24 { // old habits count half
		u.sentences /= 2
		for i := range u.of {
			u.of[i] /= 2
		}
	}
	var buf [maxLines]line
	for _, l := range a.lines(buf[:0]) {
		u.sentences++
		for _, e := range l.events {
			if e >= firstCode {
				u.of[e-firstCode]++
			}
		}
	}
}

// usual is the share of sentences that hold a thing, as far as is known: a concept is said as often as in the texts before, a name or
// figure in one sentence of thirty.
func (u *usage) usual(key uint32, k kind) float64 {
	const rare, known = .03, 400
	if k != concept {
		return rare
	}
	return (float64(u.of[key-firstCode]) + rare*known) / (float64(u.sentences) + known)
}

// telling is the logarithm of one over how often a concept is said.
func (u *usage) telling(e event) float32 {
	return -float32(math.Log(u.usual(uint32(e), concept)))
}

// opens tells whether a mark opens a quotation, whatever the language's habit.
func opens(mark string, straight *bool) bool {
	switch mark {
	case "\"":
		*straight = !*straight
		return *straight
	case "«", "“", "„", "「", "『":
		return true
	}
	return false
}

// units measures a text in letters of a Latin alphabet: an ideograph says as much as three, an Arabic letter as a little more than
// one, since short vowels are not written.
func units(s string) (n int) {
	for i, r := range s {
		switch {
		case utf8.RuneLen(r) == 3 && r >= 0x2E80:
			n += 12
		case r >= 0x590 && r < 0x700:
			n += 5
		case i >= 0:
			n += 4
		}
	}
	return n / 4
}

func logLen(n int) uint8 { return uint8(min(255, 16*math.Log2(float64(n+1)))) }

// letters undoes logLen.
func letters(long uint8) float64 { return math.Exp2(float64(long) / 16) }
