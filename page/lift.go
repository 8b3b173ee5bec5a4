package page

// lifted are words that a line holds and nobody sees, or that say how the line is read aloud.
type lifted struct {
	at    int32
	words string
}

// lift takes an inline element's words out of the line: they follow it as a block of their own.
func (w *walk) lift(at int32) {
	sub := w.sub()
	sub.flat = true
	sub.children(at)
	if s := sub.said(); s != "" {
		w.aside = append(w.aside, lifted{at, s})
	}
}

// drop adds lifted words as a block.
func (w *walk) drop(l lifted) {
	in, at := w.in, w.cur.at
	w.in, w.cur = w.in|inHidden|inLifted, block{at: at}
	w.cur.start, w.cur.flags = w.text.Len(), w.in
	w.text.WriteString(l.words)
	w.count(l.words)
	w.cur.end = w.text.Len()
	w.blocks = append(w.blocks, w.cur)
	w.text.WriteByte('\n')
	w.in, w.cur = in, block{at: at}
}

// within gives the words of a subtree.
func (w *walk) within(at int32) string {
	sub := w.sub()
	sub.node(at)
	return sub.said()
}

// sub makes a walk over a part of the same tree.
func (w *walk) sub() walk {
	sub := walk{tree: w.tree, hints: w.hints, looks: w.looks}
	sub.hinter.seen = w.hinter.seen
	return sub
}

// said ends a walk and gives its words on one line.
func (w *walk) said() string {
	w.flush()
	return clean(w.text.String())
}
