package page

import (
	"strings"
)

// look reads what an element's attributes say of its content.
func (w *walk) look(at int32) (flags uint16) {
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
				flags |= styled(value)
			case strings.EqualFold(name, "align"):
				flags |= aligned(value)
			}
		case 6:
			if strings.EqualFold(name, "hidden") {
				flags |= inHidden
			}
		case 8:
			switch {
			case strings.EqualFold(name, "itemprop"):
				v |= w.hinter.of(value).hint
				w.marked(at, value)
			case strings.EqualFold(name, "property"):
				v |= w.hinter.of(value).hint
			}
		default:
			if tells(name) {
				v |= w.hinter.of(value).hint
			}
		}
	}
	w.hints[at] = v
	return flags
}

// tells tells whether an attribute names what an element is for: where styles are made by programs and class names say nothing, the
// names for tests and components still do.
func tells(name string) bool {
	if len(name) < 7 || name[0]|0x20 != 'd' || name[4] != '-' {
		return false
	}
	switch name[5:] {
	case "testid", "test-id", "test", "test-tag", "qa", "component", "module", "element", "block", "type", "role", "area", "manual":
		return true
	}
	return false
}

// styled gives the flags that a style means.
func styled(style string) uint16 {
	if hides(style) {
		return inHidden
	}
	if i := strings.Index(style, "text-align"); i >= 0 {
		_, value, _ := strings.Cut(style[i:], ":")
		return aligned(strings.TrimSpace(value))
	}
	return 0
}

func aligned(value string) uint16 {
	switch {
	case len(value) >= 6 && strings.EqualFold(value[:6], "center"):
		return inCentered
	case len(value) >= 5 && strings.EqualFold(value[:5], "right"):
		return inRight
	}
	return 0
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
