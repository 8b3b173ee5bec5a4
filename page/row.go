package page

// cell separates the cells of a row that is one line, and the lines within a cell.
func (w *walk) cell(t tag) {
	if t == tagTd || t == tagTh {
		if w.open {
			w.text.WriteString(" |")
			w.gap = true
		}
	} else if t.is(isBlock) {
		w.gap = w.open
	}
}

// oneLine tells whether a table row is data: two cells or more of a few words each, and no structure within them.
func (w *walk) oneLine(tr int32) bool {
	cells := 0
	for c := w.tree.nodes[tr].first; c != 0; c = w.tree.nodes[c].next {
		switch w.tree.nodes[c].tag {
		case tagTd, tagTh:
			cells++
			if size, plain := w.cellSize(c, 0); !plain || size > 240 {
				return false
			}
		case tagText:
		default:
			return false
		}
	}
	return cells > 1
}

// cellSize gives the bytes of text in a cell, and whether it holds no element that makes it more than words.
func (w *walk) cellSize(at int32, depth int) (size int, plain bool) {
	for c := w.tree.nodes[at].first; c != 0; c = w.tree.nodes[c].next {
		n := &w.tree.nodes[c]
		switch n.tag {
		case tagText:
			size += len(n.text)
		case tagTable, tagUl, tagOl, tagForm, tagFigure, tagH1, tagH2, tagH3, tagArticle, tagSelect, tagScript, tagIframe:
			return size, false
		default:
			if depth > 8 {
				return size, false
			}
			more, ok := w.cellSize(c, depth+1)
			if size += more; !ok || size > 240 {
				return size, false
			}
		}
	}
	return size, true
}
