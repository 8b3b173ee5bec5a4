package timex

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"marsad/text"
)

// spread gives the alternatives of a pack entry with their braces expanded.
func spread(s string) []string {
	var out []string
	depth, from := 0, 0
	for i := 0; i <= len(s); i++ {
		switch {
		case i == len(s) || s[i] == '|' && depth == 0:
			if w := strings.TrimSpace(s[from:i]); w != "" {
				out = append(out, braces(w)...)
			}
			from = i + 1
		case s[i] == '{':
			depth++
		case s[i] == '}':
			depth--
		}
	}
	return out
}

func braces(s string) []string {
	i := strings.IndexByte(s, '{')
	if i < 0 {
		return []string{s}
	}
	j := i + strings.IndexByte(s[i:], '}')
	if j < i {
		return []string{s}
	}
	var out []string
	for _, end := range strings.Split(s[i+1:j], "|") {
		out = append(out, braces(s[:i]+end+s[j+1:])...)
	}
	return out
}

// cut takes a phrase apart as the pieces of a text would be.
func (g *grammar) cut(phrase string) []string {
	var out []string
	for _, w := range strings.Fields(phrase) {
		out = append(out, g.atoms(w)...)
	}
	return out
}

// atoms takes a word apart where its script is written without spaces, and at hyphens, stops and apostrophes.
func (g *grammar) atoms(w string) []string {
	var out []string
	from := 0
	flush := func(i int) {
		if i > from {
			out = append(out, text.Normalize(w[from:i]))
		}
		from = i
	}
	for i, r := range w {
		switch {
		case r == '\'' || r == '’' || r == '-' || r == '.' || r == ',' || r == '/':
			flush(i)
			if r != '\'' && r != '’' {
				out = append(out, string(r))
			} else if i+utf8.RuneLen(r) == len(w) || i == 0 {
				out = append(out, "'")
			}
			from = i + utf8.RuneLen(r)
		case r >= 0x2E80 && r <= 0x9FFF, g.syllables && r >= 0xAC00 && r <= 0xD7A3:
			flush(i)
			flush(i + utf8.RuneLen(r))
		}
	}
	flush(len(w))
	return out
}

// rule adds "operation argument: pattern" in all variants of its optional items. A pattern that names a class which the
// language lacks says nothing.
func (g *grammar) rule(s string) error {
	head, pattern, ok := strings.Cut(s, ": ")
	if !ok {
		return fmt.Errorf("rule %q has no pattern", s)
	}
	name, arg, _ := strings.Cut(head, " ")
	o, ok := ops[name]
	if !ok {
		return fmt.Errorf("rule %q: no operation %q", s, name)
	}
	v, err := argument(arg)
	if err != nil {
		return fmt.Errorf("rule %q: %w", s, err)
	}
	variants := [][]item{nil}
	for _, f := range strings.Fields(pattern) {
		f, optional := strings.CutSuffix(f, "?")
		alternatives, known, err := g.items(f)
		if err != nil {
			return fmt.Errorf("rule %q: %w", s, err)
		}
		if !known && !optional {
			return nil
		}
		var next [][]item
		for _, v := range variants {
			if optional {
				next = append(next, v)
			}
			for _, a := range alternatives {
				next = append(next, append(v[:len(v):len(v)], a...))
			}
		}
		variants = next
	}
	for _, items := range variants {
		if len(items) > 0 {
			g.heart(items)
			g.add(&rule{name: name, items: items, op: o, arg: v})
		}
	}
	return nil
}

// heart marks the longest word of a pattern without categories as one that names a time, unless another of its words does.
func (g *grammar) heart(items []item) {
	best, length := 0, 0
	for i, it := range items {
		if it.cat != literal {
			return
		}
		for _, w := range it.words {
			if g.content[w] {
				return
			}
			if n := len(g.text[w]); n > length {
				best, length = i, n
			}
		}
	}
	for _, w := range items[best].words {
		g.content[w] = true
	}
}

// items reads one place of a pattern, which may be several words long; known is false for a class that the language lacks.
func (g *grammar) items(f string) (alternatives [][]item, known bool, err error) {
	switch {
	case strings.HasPrefix(f, "<"):
		name, article := strings.Trim(f, "<>"), int8(0)
		switch name[0] {
		case '+':
			name, article = name[1:], 1
		case '-':
			name, article = name[1:], -1
		}
		c, ok := catNames[name]
		if !ok {
			return nil, false, fmt.Errorf("no category %s", f)
		}
		return [][]item{{{cat: c, article: article}}}, true, nil
	case strings.HasPrefix(f, "@"):
		c, ok := g.classes[f[1:]]
		if !ok {
			return nil, false, nil
		}
		return [][]item{{{cat: c}}}, true, nil
	}
	var single item
	for _, w := range spread(strings.ReplaceAll(f, "~", " ")) {
		if w == "," || w == "-" || w == "." || w == "/" {
			single.words = append(single.words, g.intern(w))
			continue
		}
		words := g.cut(w)
		if len(words) == 1 {
			single.words = append(single.words, g.intern(words[0]))
			continue
		}
		var items []item
		for _, w := range words {
			items = append(items, item{words: []int32{g.intern(w)}})
		}
		alternatives = append(alternatives, items)
	}
	if single.words != nil {
		alternatives = append(alternatives, []item{single})
	}
	return alternatives, true, nil
}

// argument reads what stands behind an operation's name: a number, a unit, a part, or several of them.
func argument(s string) (v val, err error) {
	for _, f := range strings.Fields(s) {
		if n, err := strconv.Atoi(f); err == nil {
			v.n = n
		} else if u, ok := unitNames[f]; ok {
			v.unit = u
		} else if p, ok := partNames[f]; ok {
			v.part = p
		} else {
			return v, fmt.Errorf("argument %q", f)
		}
		v.set = true
	}
	return v, nil
}
