package corpus

import (
	"fmt"
	"strings"
)

// node is a piece of marked text.
//
//	op 0    literal text
//	op '@'  a name: head is the actor, kids its words; no kids: its usual name
//	op 'd'  a date that depends on the base day: head is the form, args its numbers
//	op '='  words whose meaning is counted from publication: kids, and args the value
//	op 'm'  any other mark: head is its key (q1, s1, k.denies>row …), kids the words
type node struct {
	op   byte
	text string
	head string
	args []string
	kids []node
}

// parseInline reads text with marks in braces; see README.md for the marks.
func parseInline(s string) ([]node, error) {
	nodes, rest, err := parseNodes(s, 0)
	if err != nil {
		return nil, err
	}
	if rest != "" {
		return nil, fmt.Errorf("stray } before %.20q", rest)
	}
	return nodes, nil
}

func parseNodes(s string, depth int) (nodes []node, rest string, err error) {
	for s != "" {
		i := strings.IndexAny(s, "{}")
		if i < 0 {
			return append(nodes, node{text: s}), "", nil
		}
		if i > 0 {
			nodes = append(nodes, node{text: s[:i]})
		}
		if s[i] == '}' {
			if depth == 0 {
				return nodes, s[i:], nil
			}
			return nodes, s[i+1:], nil
		}
		var n node
		n, s, err = parseMark(s[i+1:], depth+1)
		if err != nil {
			return nil, "", err
		}
		nodes = append(nodes, n)
	}
	if depth > 0 {
		return nil, "", fmt.Errorf("an open {")
	}
	return nodes, "", nil
}

func parseMark(s string, depth int) (n node, rest string, err error) {
	switch {
	case strings.HasPrefix(s, "d "):
		body, rest, ok := strings.Cut(s[2:], "}")
		args := strings.Fields(body)
		if !ok || len(args) == 0 {
			return n, "", fmt.Errorf("date %.30q", s)
		}
		return node{op: 'd', head: args[0], args: args[1:]}, rest, nil
	case strings.HasPrefix(s, "="):
		value, words, ok := strings.Cut(s[1:], ":")
		if !ok {
			return n, "", fmt.Errorf("meaning without words %.30q", s)
		}
		n = node{op: '=', args: strings.Fields(value)}
		n.kids, rest, err = parseNodes(words, depth)
		return n, rest, err
	}
	end := strings.IndexAny(s, ":}")
	if end < 0 {
		return n, "", fmt.Errorf("mark %.30q", s)
	}
	n = node{op: 'm', head: s[:end]}
	if name, ok := strings.CutPrefix(n.head, "@"); ok {
		n.op, n.head = '@', name
	}
	if s[end] == '}' {
		if n.op != '@' {
			return n, "", fmt.Errorf("mark %q without words", n.head)
		}
		return n, s[end+1:], nil
	}
	n.kids, rest, err = parseNodes(s[end+1:], depth)
	return n, rest, err
}
