package text

import (
	"unicode"
	"unicode/utf8"

	"marsad/lang/pack"
)

// sentences splits each paragraph after terminators and the closing marks that follow them. A full stop after an abbreviation,
// an initial or a number that runs on in lower case ends nothing.
func sentences(d *Doc, p *pack.Text) []Range {
	abbreviations := lexiconOf(p).abbreviations
	out := make([]Range, 0, len(d.Tokens)/18+len(d.Paragraphs))
	for _, para := range d.Paragraphs {
		from := para.From
		for i := para.From; i < para.To; i++ {
			if t := &d.Tokens[i]; t.Kind != Mark || !mayEnd(d.Text[t.Start]) || !terminator(d, i, para, abbreviations) {
				continue
			}
			for i+1 < para.To && (isTerminator(d, i+1) || closes(d, i+1)) {
				i++
			}
			out = append(out, Range{from, i + 1})
			from = i + 1
		}
		if from < para.To {
			out = append(out, Range{from, para.To})
		}
	}
	return out
}

// mayEnd tells whether a mark that begins with the byte may end a sentence.
func mayEnd(c byte) bool { return c >= utf8.RuneSelf || c == '.' || c == '!' || c == '?' }

func isTerminator(d *Doc, i int) bool {
	if d.Tokens[i].Kind != Mark {
		return false
	}
	if !mayEnd(d.Text[d.Tokens[i].Start]) {
		return false // what most marks are
	}
	switch d.Tokens[i].Norm {
	case ".", "!", "?", "؟", "。", "！", "？", "…", "...", "।", "۔", "॥", "‼", "⁇":
		return true
	}
	// Full-width marks are folded by NFKC, so ask the text.
	switch d.Text[d.Tokens[i].Start:d.Tokens[i].End] {
	case "！", "？", "。", "．", "…":
		return true
	}
	return false
}

func terminator(d *Doc, i int, para Range, abbreviations map[string]bool) bool {
	if !isTerminator(d, i) {
		return false
	}
	t := d.Tokens[i]
	if d.Text[t.Start:t.End] != "." {
		return !lowerFollows(d, i, para)
	}
	if i+1 < para.To && d.Tokens[i+1].Start == t.End && d.Tokens[i+1].Kind != Mark {
		return false // 3.x, example.com
	}
	if lowerFollows(d, i, para) || runsOn(d, i, para) {
		return false
	}
	if i > para.From && d.Tokens[i-1].End == t.Start {
		before := d.Tokens[i-1]
		if abbreviations[before.Norm] {
			return i+1 >= para.To
		}
		r, n := utf8.DecodeRuneInString(d.Text[before.Start:])
		if n == before.End-before.Start && unicode.IsUpper(r) && i+1 < para.To {
			return false // an initial: J. Kirby
		}
	}
	return true
}

// lowerFollows tells whether the next word, past closing marks, begins in lower case.
func lowerFollows(d *Doc, i int, para Range) bool {
	for i++; i < para.To; i++ {
		t := d.Tokens[i]
		if t.Kind == Mark && (closes(d, i) || isTerminator(d, i)) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(d.Text[t.Start:])
		return t.Kind == Word && unicode.IsLower(r)
	}
	return false
}

// runsOn tells whether a comma, semicolon or colon touches the full stop: "D-Va., said".
func runsOn(d *Doc, i int, para Range) bool {
	if i+1 >= para.To || d.Tokens[i+1].Start != d.Tokens[i].End {
		return false
	}
	switch d.Text[d.Tokens[i+1].Start:d.Tokens[i+1].End] {
	case ",", ";", ":", "،", "؛":
		return true
	}
	return false
}

// closes tells whether a mark belongs to what it follows: closing quotation marks and brackets that touch the token before.
func closes(d *Doc, i int) bool {
	if d.Tokens[i].Kind != Mark || i == 0 || d.Tokens[i-1].End != d.Tokens[i].Start {
		return false
	}
	switch d.Text[d.Tokens[i].Start:d.Tokens[i].End] {
	case "\"", "”", "’", "'", "»", ")", "]", "}", "」", "』", "）", "】", "》", "〉":
		return true
	case "“", "«": // they close in German, but open what they touch in Chinese
		return i+1 >= len(d.Tokens) || d.Tokens[i+1].Start != d.Tokens[i].End
	}
	return false
}
