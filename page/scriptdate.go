package page

import (
	"strings"

	"marsad/news"
)

// maxScriptBytes bounds how much of a page's scripts is searched for dates.
const maxScriptBytes = 1 << 20

// scriptDates asks the page's scripts where nothing else on the page tells a date: a quoted date behind a name that speaks of
// publication, of making, or of a date.
func (r *reading) scriptDates(d *dater) {
	if d.best.Known() {
		return
	}
	best, left := 0, maxScriptBytes
	var found news.Stamp
	for i := range r.tree.nodes {
		n := &r.tree.nodes[i]
		if n.tag != tagScript || left <= 0 {
			continue
		}
		s := n.text[:min(len(n.text), left)]
		left -= len(s)
		eachQuotedDate(s, func(name string, st news.Stamp) {
			if b := speaksOfDate(name); b > best && d.possible(st) {
				best, found = b, st
			}
		})
	}
	if best > 0 {
		found.From = news.FromText
		d.best = found
	}
}

// eachQuotedDate calls f for every quoted string that begins with a date, with the name before it.
func eachQuotedDate(s string, f func(name string, st news.Stamp)) {
	for i := 0; ; {
		j := strings.Index(s[i:], "20")
		if j < 0 {
			return
		}
		at := i + j
		i = at + 2
		if at == 0 || s[at-1] != '"' && s[at-1] != '\'' {
			continue
		}
		end := at
		for end < len(s) && end-at < 40 && s[end] != s[at-1] && s[end] != '\\' {
			end++
		}
		if st, ok := isoStamp(s[at:end]); ok {
			f(nameBefore(s[max(0, at-60):at-1]), st)
		}
	}
}

// nameBefore gives the name that a value follows: of "datePublished": , showDate( , var pubDate = .
func nameBefore(s string) string {
	s = strings.TrimRight(s, " :=(\"'\\\t\n")
	i := len(s)
	for i > 0 && (isAlpha(s[i-1]) || s[i-1] == '_' || s[i-1] == '-') {
		i--
	}
	return strings.ToLower(s[i:])
}

// speaksOfDate tells how much a name speaks of a date of publication, 0 not at all.
func speaksOfDate(name string) int {
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(name, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("modif", "updat", "expir", "valid", "end", "start", "birth", "now", "today", "current", "version", "build", "consent", "polic", "launch", "deploy", "release"):
		return 0
	case has("publi", "issued"):
		return 3
	case has("creat"):
		return 2
	case has("date"):
		return 1
	}
	return 0
}
