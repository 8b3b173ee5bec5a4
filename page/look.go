package page

import (
	"strings"
)

// look reads what an element's attributes say of its content.
func (w *walk) look(at int32) (hidden bool) {
	v := tagHints[w.tree.nodes[at].tag]
	a := w.tree.attrs(at)
	for len(a.s) > 0 {
		name, value, ok := a.next()
		if !ok {
			break
		}
		switch len(name) {
		case 2:
			if strings.EqualFold(name, "id") {
				v |= w.hinter.of(value).hint
			}
		case 3:
			if strings.EqualFold(name, "rel") && value == "author" {
				v |= hintByline
				w.bylines = append(w.bylines, picture{at, w.next()})
			}
		case 4:
			if strings.EqualFold(name, "role") {
				v |= w.hinter.of(value).hint
			}
		case 5:
			switch {
			case strings.EqualFold(name, "class"):
				n := w.hinter.of(value)
				v |= n.hint
				w.looks[at] = n.id
				if n.hint&hintByline != 0 && len(w.signed) < 200 {
					w.signed = append(w.signed, picture{at, w.next()})
				}
			case strings.EqualFold(name, "style"):
				hidden = hidden || hides(value)
			}
		case 6:
			hidden = hidden || strings.EqualFold(name, "hidden")
		case 8:
			if strings.EqualFold(name, "itemprop") {
				v |= w.hinter.of(value).hint
				w.marked(at, value)
			}
		}
	}
	w.hints[at] = v
	return hidden
}

// tagHints are what some tags say of their content.
var tagHints = [tagCount]hint{tagNav: hintNav, tagFooter: hintFooter, tagAside: hintSidebar | hintPromo, tagHeader: hintHeader, tagFigcaption: hintCaption, tagTime: hintDate}

// marked remembers what microdata says an element is.
func (w *walk) marked(at int32, prop string) {
	switch {
	case strings.EqualFold(prop, "datePublished"):
		w.dated = append(w.dated, picture{at, w.next()})
	case strings.EqualFold(prop, "author"), strings.EqualFold(prop, "creator"):
		w.bylines = append(w.bylines, picture{at, w.next()})
	}
}

// hides tells whether a style takes an element out of sight.
func hides(style string) bool {
	for {
		i := strings.IndexByte(style, ':')
		if i < 0 {
			return false
		}
		name, rest := strings.TrimSpace(style[:i]), style[i+1:]
		value, after, _ := strings.Cut(rest, ";")
		value = strings.TrimSpace(value)
		if strings.EqualFold(name, "display") && strings.HasPrefix(value, "none") ||
			strings.EqualFold(name, "visibility") && strings.HasPrefix(value, "hidden") {
			return true
		}
		style = after
	}
}
