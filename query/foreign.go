package query

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// What other houses write for an operator is read as one where nobody can mean a word by it (w/5, near5, pre/3, /s, &&), and refused with
// what to write instead where somebody can (or, organi!, hd=merger).

// operator gives the operator that a word is and what its slash or its end says, "" for a plain word.
func operator(s string) (op, arg string) {
	switch s {
	case "AND", "OR", "NOT", "NEAR", "ONEAR", "SAME", "ATLEAST":
		return s, ""
	case "&", "&&":
		return "AND", ""
	case "|", "||":
		return "OR", ""
	}
	name, arg, counted := strings.Cut(s, "/")
	if !counted {
		name = strings.TrimRight(s, "0123456789")
		arg = s[len(name):]
	}
	known := map[bool]map[string]string{
		true: {"near": "NEAR", "w": "NEAR", "within": "NEAR", "": "NEAR", "onear": "ONEAR", "pre": "ONEAR", "adj": "ONEAR", "same": "SAME",
			"atleast": "ATLEAST", "first": "FIRST"},
		false: {"near": "NEAR", "adj": "ONEAR", "atleast": "ATLEAST"},
	}
	op = known[counted][strings.ToLower(name)]
	unit := strings.ToLower(arg)
	switch {
	case counted && (unit == "s" || unit == "p") && (op == "SAME" || op == "NEAR"):
		return "SAME", unit
	case op == "" || op != name && (arg == "" || !digits(arg)): // a word such as w/o; NEAR/x is an operator with a fault
		return "", ""
	}
	return op, arg
}

func digits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// small gives the operator that a word in small letters may be meant as.
func small(s string) string {
	switch s {
	case "and", "و":
		return "AND"
	case "or":
		return "OR"
	case "not":
		return "NOT"
	}
	return ""
}

// foreign refuses what another house's language writes, and says what to write here.
func (t lexeme) foreign(what, instead string) error {
	return &Error{t.start, t.end, "foreign", []string{instead},
		fmt.Sprintf("%s is not read here; write %s, or put it in quotation marks to search for it", what, instead)}
}

// elsewhere names the fields of other houses.
var elsewhere = map[string]string{"hd": "title", "hl": "title", "hlp": "lead", "hlead": "lead", "lp": "lead", "la": "lang", "sn": "source", "rst": "source",
	"publication": "source", "wc": "words", "co": "org", "body": "text", "pd": "published"}

// fieldOf gives the field that a name means here or elsewhere, "" for none.
func fieldOf(name string) string {
	name = strings.ToLower(name)
	if _, known := fields[name]; known {
		return name
	}
	if s := synonyms[name]; s != "" {
		return s
	}
	return elsewhere[name]
}

// foreignWord tells a word that is written in another house's way, with what to write here.
func foreignWord(s string) (instead string, is bool) {
	switch name, value, equals := strings.Cut(s, "="); {
	case s == "nodup":
		return "nodup:", true
	case equals && fieldOf(name) != "":
		return fieldOf(name) + ":" + value, true
	}
	if rest, ok := strings.CutPrefix(s, "!"); ok && hasLetter(rest) {
		return "-" + rest, true
	}
	if rest, ok := strings.CutSuffix(s, "!"); ok && hasLetter(rest) && !strings.Contains(rest, "!") {
		return rest + "*", true
	}
	if strings.Contains(s, "!") && hasLetter(s) {
		return strings.ReplaceAll(s, "!", "?"), true
	}
	if i := strings.LastIndexAny(s, "~^"); i > 0 && digits(strings.ReplaceAll(s[i+1:], ".", "")) && hasLetter(s[:i]) {
		return s[:i], true
	}
	return "", false
}

// address refuses an address that was pasted as it is.
func (p *parser) address(t lexeme) error {
	rest := p.src[t.start:]
	if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
		rest = rest[:i]
	}
	u, err := url.Parse(rest)
	if err != nil || u.Hostname() == "" {
		return nil
	}
	t.end = t.start + len(rest)
	return t.foreign(rest, "domain:"+u.Hostname())
}
