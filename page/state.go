package page

import (
	"strings"
)

// A page's state is what its script unpacks into elements: JSON in a script of its own, or set to a variable in code. The text stands
// in it as one string of markup, or as an array whose members are paragraphs in any of the forms that editors write: {text: …},
// {type: "paragraph", children: [{text: …}, …]}, {content: [{paragraph: …}]}.

// assigned gives the values of JSON that code sets: "x = {…}", "push([…])" and JSON.parse("…").
func assigned(code string) []value {
	const most = 8 // values that one script is asked for
	var out []value
	for i := 0; len(out) < most && i < len(code); {
		j := strings.IndexAny(code[i:], "={[(")
		if j < 0 {
			break
		}
		i += j
		rest := strings.TrimLeft(code[i+1:min(len(code), i+40)], " \n\t")
		start := len(code[i+1:min(len(code), i+40)]) - len(rest) + i + 1
		if (code[i] != '=' && code[i] != '(') || rest == "" {
			i++
			continue
		}
		switch {
		case strings.HasPrefix(rest, "{\""), strings.HasPrefix(rest, "[{\""), strings.HasPrefix(rest, "[\""):
			p := jsonReader{s: code[start:]}
			v := p.value(0)
			i = start + p.i
			if p.i > enoughText {
				out = append(out, v)
			}
		case code[i] == '(' && rest[0] == '"' && strings.HasSuffix(code[:i], "JSON.parse"):
			p := jsonReader{s: code[start:]}
			raw := p.str()
			i = start + p.i
			if len(raw) > enoughText {
				out = append(out, parseJSON(unquote(raw)))
			}
		default:
			i++
		}
	}
	return out
}

// stateItems finds the text in a page's state: the longest string of prose, or the array whose members hold most of it.
func stateItems(v value, lex *lexicon) []item {
	s := stateSearch{}
	s.visit(v, 0)
	body := s.text
	if len(body) < s.size {
		body = strings.Join(s.parts, "\n\n")
	}
	items := itemsOf(body, lex)
	if len(items) > 0 && s.lead != "" && !strings.Contains(squash(body), squash(s.lead)) {
		items = append(plainItems(s.lead, lex), items...)
	}
	return items
}

type stateSearch struct {
	text    string   // the longest string of prose
	parts   []string // the strings of prose in the members of the richest array
	size    int      // bytes of prose in parts
	lead    string   // the standfirst beside them
	depth   int      // how deep the text was found
	visited int
}

func (s *stateSearch) visit(v value, depth int) {
	if s.visited++; s.visited > 200000 || depth > maxJSONDepth {
		return
	}
	switch v.kind {
	case 's':
		if len(v.raw) > len(s.text) && stringProse(v.raw) {
			if t := v.text(); stringProse(t) {
				s.text = t
				if len(t) > s.size {
					s.lead, s.depth = "", depth
				}
			}
		}
	case 'a':
		s.array(v, depth)
		for i := range v.vals {
			s.visit(v.vals[i], depth+1)
		}
	case 'o':
		for i, key := range v.keys {
			if len(key) > 40 || hintsOf(key)&(hintJunk&^hintTags) == 0 { // not into comments and other articles
				s.visit(v.vals[i], depth+1)
			}
		}
		s.standfirst(v, depth)
	}
}

// standfirst looks for the standfirst in the objects that hold the text, the two nearest.
func (s *stateSearch) standfirst(v value, depth int) {
	if depth < s.depth-2 || depth >= s.depth || s.lead != "" || max(len(s.text), s.size) < enoughText {
		return
	}
	for i, key := range v.keys {
		switch strings.ToLower(key) {
		case "standfirst", "lead", "lede", "summary", "subtitle", "subtitles", "deck", "dek", "intro", "subheadline", "teaser":
			if t := clean(memberText(v.vals[i], 0)); stringProse(t) && len(t) < 1200 && len(t)*2 < max(len(s.text), s.size) {
				s.lead = t
				return
			}
		}
	}
}

// array sums the prose that the members of an array hold.
func (s *stateSearch) array(v value, depth int) {
	var parts []string
	size, prose := 0, 0
	for _, m := range v.vals {
		t := strings.TrimSpace(memberText(m, 0))
		switch {
		case t == "":
		case stringProse(t):
			parts = append(parts, t)
			size += len(t)
			prose++
		case m.kind == 'o' && heads(m):
			parts = append(parts, t)
		}
	}
	if prose > 1 && size > s.size {
		s.parts, s.size = parts, size
		if size > len(s.text) {
			s.lead, s.depth = "", depth
		}
	}
}

// heads tells whether a member of an array calls itself a heading.
func heads(v value) bool {
	for _, key := range [...]string{"type", "_type", "tag", "style", "kind", "__typename", "component", "name"} {
		t := strings.ToLower(v.get(key).text())
		if strings.Contains(t, "head") || strings.Contains(t, "subtitle") || len(t) == 2 && t[0] == 'h' && '1' < t[1] && t[1] <= '6' {
			return true
		}
	}
	return false
}

// asideTypes are what members of a text call themselves that are no paragraphs of it.
const asideTypes = hintJunk | hintCaption | hintCredit | hintMedia | hintEmbed

// memberText gives the words of one paragraph in a page's state.
func memberText(v value, depth int) string {
	switch {
	case depth > 6:
		return ""
	case v.kind == 's':
		return stripTags(unescape(unquote(v.raw)))
	case v.kind == 'a':
		var b strings.Builder
		for _, m := range v.vals {
			t := memberText(m, depth+1)
			if m.kind == 's' || m.kind == 'o' {
				b.WriteString(t)
			}
		}
		return b.String()
	case v.kind != 'o':
		return ""
	}
	for _, key := range [...]string{"type", "_type", "__typename", "component"} {
		if t := v.get(key); t.kind == 's' && len(t.raw) < 40 && hintsOf(t.raw)&asideTypes != 0 {
			return ""
		}
	}
	for _, key := range [...]string{"text", "content", "html", "innerHTML", "value", "body", "markup", "paragraph", "children", "spans", "nodes", "data", "model", "attributes"} {
		if t := memberText(v.get(key), depth+1); strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
