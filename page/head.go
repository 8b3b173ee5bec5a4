package page

import "strings"

// head is what a page says of itself outside its text.
type head struct {
	metas  []metaTag
	title  string
	lang   string
	links  map[string]string // rel → href
	ld     []int32           // JSON-LD scripts
	states []int32           // scripts that hold the page's state as JSON
	codes  []int32           // scripts that may set it in a variable
	h1s    []int32
	words  []string // of the h1 elements, once they are asked for
}

type metaTag struct{ name, content string }

// readHead looks at every element once.
func readHead(t *tree) *head {
	h := &head{links: map[string]string{}}
	for i := range t.nodes {
		at := int32(i)
		switch n := &t.nodes[i]; n.tag {
		case tagMeta:
			h.meta(t, at)
		case tagTitle:
			if h.title == "" {
				h.title = strings.TrimSpace(clean(unescape(n.text)))
			}
		case tagHTML:
			if h.lang == "" {
				h.lang = t.attr(at, "lang")
				if h.lang == "" {
					h.lang = t.attr(at, "xml:lang")
				}
			}
		case tagLink:
			if rel := strings.ToLower(t.attr(at, "rel")); rel != "" && h.links[rel] == "" {
				h.links[rel] = t.attr(at, "href")
			}
		case tagScript:
			h.script(t, at)
		case tagH1:
			h.h1s = append(h.h1s, at)
		}
	}
	return h
}

func (h *head) meta(t *tree, at int32) {
	var m metaTag
	a := t.attrs(at)
	for {
		name, v, ok := a.next()
		if !ok {
			break
		}
		switch strings.ToLower(name) {
		case "name", "property", "itemprop", "http-equiv":
			if m.name == "" {
				m.name = strings.ToLower(strings.TrimSpace(v))
			}
		case "content":
			m.content = strings.TrimSpace(unescape(v))
		}
	}
	if m.name != "" && m.content != "" && len(h.metas) < 500 {
		h.metas = append(h.metas, m)
	}
}

func (h *head) script(t *tree, at int32) {
	kind := strings.ToLower(t.attr(at, "type"))
	switch {
	case strings.HasPrefix(kind, "application/ld+json"):
		h.ld = append(h.ld, at)
	case kind == "application/json", t.attr(at, "id") == "__NEXT_DATA__":
		h.states = append(h.states, at)
	case (kind == "" || strings.Contains(kind, "javascript")) && len(t.nodes[at].text) > enoughText:
		h.codes = append(h.codes, at)
	}
}

// get gives the content of the first meta tag that has one of the names, in the order of the names.
func (h *head) get(names ...string) string {
	for _, n := range names {
		for _, m := range h.metas {
			if m.name == n {
				return m.content
			}
		}
	}
	return ""
}

// all gives the contents of every meta tag that has the name.
func (h *head) all(name string) []string {
	var out []string
	for _, m := range h.metas {
		if m.name == name {
			out = append(out, m.content)
		}
	}
	return out
}

// clean gives s with single spaces and without invisible characters.
func clean(s string) string {
	s = visible(s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r <= ' ' || r == 0xA0 || r >= 0x7F && r < 0xA0 || r == 0xFEFF || r == 0x200B || r == 0x2028 || r == 0x2029 || r == 0x3000 || r >= 0x2000 && r <= 0x200A || r == 0x202F
	}), " ")
}
