package text

import (
	_ "embed"
	"strings"
)

// One character has several forms: Chinese in the mainland writes 台湾, elsewhere 台灣, and Japanese has forms of its own. Their normal form
// is the simplified one, so that names, searches and stories meet whoever wrote them.

//go:embed data/han.txt
var hanPairs string

const (
	hanFrom = 0x3400
	hanTo   = 0xA000
)

// hanForms gives the simplified form of a character, 0 for one that is its own.
var hanForms = func() (forms [hanTo - hanFrom]uint16) {
	var first rune
	for line := range strings.Lines(hanPairs) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, r := range strings.TrimSpace(line) {
			if first == 0 {
				first = r
				continue
			}
			if first >= hanFrom && first < hanTo {
				forms[first-hanFrom] = uint16(r)
			}
			first = 0
		}
	}
	return forms
}()

// Simplified gives the simplified form of a Chinese or Japanese character, which takes as many bytes, and any other rune as it is.
func Simplified(r rune) rune {
	if r < hanFrom || r >= hanTo {
		return r
	}
	return foldHan(r)
}

func foldHan(r rune) rune {
	if to := hanForms[r-hanFrom]; to != 0 {
		return rune(to)
	}
	return r
}
