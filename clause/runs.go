package clause

import (
	"unicode"
	"unicode/utf8"

	"marsad/text"
)

// Run is a stretch of words in quotation marks: the outermost where they are nested.
type Run struct {
	Open, Close int  // tokens of the marks; Close is where the paragraph ends if nothing closes the run
	Closed      bool // has a closing mark
	Inserted    bool // a reporting clause inside the marks follows it; Close is a dash
	Inserts     bool // such a clause stands before it; Open is a dash
	Continues   bool // unclosed, and the next paragraph opens again: one speech over several paragraphs
}

// Inner gives the tokens between the marks.
func (r Run) Inner() text.Range { return text.Range{From: r.Open + 1, To: r.Close} }

// family is a set of marks of which one closes what another opens.
type family uint8

const (
	none   family = iota
	double        // " “ ” „ ‟ ＂
	angle         // « » ‹ ›
	corner        // 「 」 『 』
	single        // ' ‘ ’ ‚
)

// shape of a mark: which of the two it can be when its neighbours do not tell.
type shape uint8

const (
	either shape = iota
	opener
	closer
)

func markOf(s string) (family, shape) {
	switch s {
	case "\"", "＂":
		return double, either
	case "“", "„", "‟", "〝":
		return double, opener
	case "”", "〞", "〟":
		return double, closer
	case "«", "‹":
		return angle, opener
	case "»", "›":
		return angle, closer
	case "「", "『":
		return corner, opener
	case "」", "』":
		return corner, closer
	case "‘", "‚":
		return single, opener
	case "’":
		return single, closer
	case "'":
		return single, either
	}
	return none, either
}

// quotes tells whether a mark is a quotation mark of any kind but the single ones, which are apostrophes too.
func quotes(s string) bool {
	f, _ := markOf(s)
	return f != none && f != single
}

// runs pairs the quotation marks of each paragraph. A mark that touches a word on one side only opens or closes by that; else
// its shape decides, and for straight marks parity. Single marks count only around more than one word, since they are
// apostrophes too. A run that nothing closes ends with its paragraph, and counts only when the next paragraph opens again or a
// colon stands before it.
func runs(d *text.Doc) []Run {
	var out []Run
	for n, p := range d.Paragraphs {
		found, open := pairs(d, p)
		out = append(out, found...)
		if open >= 0 {
			goes := n+1 < len(d.Paragraphs) && opens(d, d.Paragraphs[n+1].From, d.Tokens[open])
			if goes || open > 0 && markClass(d.Text[d.Tokens[open-1].Start:d.Tokens[open-1].End])&Colon != 0 {
				out = append(out, Run{Open: open, Close: p.To, Continues: goes})
			}
		}
	}
	return out
}

// opens tells whether token i is a mark of the same family as mark, and not one that only closes.
func opens(d *text.Doc, i int, mark text.Token) bool {
	f, s := markOf(d.Text[d.Tokens[i].Start:d.Tokens[i].End])
	g, _ := markOf(d.Text[mark.Start:mark.End])
	return f == g && f != single && (s != closer || leans(d, i) == opener)
}

// pairs gives the closed runs of paragraph p, and the token of an opening mark that nothing closes, -1 if there is none.
func pairs(d *text.Doc, p text.Range) (out []Run, open int) {
	open = -1
	var in family
	depth := 0
	for i := p.From; i < p.To; i++ {
		if d.Tokens[i].Kind != text.Mark {
			continue
		}
		f, s := markOf(d.Text[d.Tokens[i].Start:d.Tokens[i].End])
		if f == none {
			continue
		}
		lean := leans(d, i)
		switch {
		case open < 0:
			if begins(d, i, p, f, s, lean) {
				open, in, depth = i, f, 0
			}
		case f != in:
		case s == opener && lean != closer && i > open+1 && nests(d, i, p, f), f == double && s == either && lean == opener && i > open+1 && embeds(d, i, p):
			depth++
		case depth > 0 && (s == closer || lean == closer):
			depth--
		case lean == opener && f != angle:
			open = i // the mark before was never closed: the later one stands nearer to its end
		case f != single || lean == closer && closesSingle(d, i, p):
			if i > open+1 {
				out = append(out, Run{Open: open, Close: i, Closed: true})
			}
			open = -1
		}
	}
	if in == single {
		open = -1
	}
	return out, open
}

func begins(d *text.Doc, i int, p text.Range, f family, s, lean shape) bool {
	if f == single {
		return s != closer && lean == opener && singleCloses(d, i, p)
	}
	if lean == closer && s != opener {
		return false
	}
	return s != closer || lean == opener
}

// nests tells whether a second opening mark of the same family is a quotation in a quotation: there are two closers to come.
func nests(d *text.Doc, i int, p text.Range, f family) bool {
	n := 0
	for end := min(p.To, i+2*horizon); i < end; i++ {
		g, s := markOf(d.Text[d.Tokens[i].Start:d.Tokens[i].End])
		if g != f {
			continue
		}
		if s == closer {
			n++
		}
		if n == 2 {
			return true
		}
	}
	return false
}

// embeds tells whether a straight mark that leans like an opening one stands in a quotation that goes on behind its own: the marks
// that follow close both before another opens on its own.
func embeds(d *text.Doc, i int, p text.Range) bool {
	depth := 2
	for j, end := i+1, min(p.To, i+2*horizon); j < end; j++ {
		if g, s := markOf(d.Text[d.Tokens[j].Start:d.Tokens[j].End]); g != double || s != either {
			continue
		}
		switch leans(d, j) {
		case opener:
			depth++
		case closer:
			if depth--; depth == 0 {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// singleCloses tells whether a single mark at i has a partner at least two words on.
func singleCloses(d *text.Doc, i int, p text.Range) bool {
	for j := i + 3; j < p.To && j < i+2*horizon; j++ {
		if f, s := markOf(d.Text[d.Tokens[j].Start:d.Tokens[j].End]); f == single && s != opener && leans(d, j) == closer {
			return true
		}
	}
	return false
}

// closesSingle tells whether a single mark ends a quotation rather than a plural: punctuation stands on one of its sides, or no
// other candidate follows.
func closesSingle(d *text.Doc, i int, p text.Range) bool {
	if i+1 >= p.To || d.Tokens[i-1].Kind == text.Mark || d.Tokens[i+1].Kind == text.Mark {
		return true
	}
	return !singleCloses(d, i-2, text.Range{From: i, To: p.To}) || !laterSingle(d, i, p)
}

func laterSingle(d *text.Doc, i int, p text.Range) bool {
	for j := i + 1; j < p.To && j < i+2*horizon; j++ {
		switch f, s := markOf(d.Text[d.Tokens[j].Start:d.Tokens[j].End]); {
		case f != single:
		case leans(d, j) == opener:
			return false
		case s != opener && leans(d, j) == closer:
			return true
		}
	}
	return false
}

// leans tells by white space which side a mark belongs to: opener when only its right side touches, closer when only its left.
func leans(d *text.Doc, i int) shape {
	t := d.Tokens[i]
	left := i > 0 && d.Tokens[i-1].End == t.Start && !openBracket(d, i-1)
	right := i+1 < len(d.Tokens) && d.Tokens[i+1].Start == t.End && !follower(d, i+1)
	switch {
	case right && !left:
		return opener
	case left && !right:
		return closer
	}
	return either
}

func openBracket(d *text.Doc, i int) bool {
	switch d.Text[d.Tokens[i].Start:d.Tokens[i].End] {
	case "(", "[", "—", "–", "-", ":":
		return true
	}
	return false
}

// follower tells whether token i is punctuation that follows a closing mark.
func follower(d *text.Doc, i int) bool {
	if d.Tokens[i].Kind != text.Mark {
		return false
	}
	r, _ := utf8.DecodeRuneInString(d.Text[d.Tokens[i].Start:])
	f, _ := markOf(d.Text[d.Tokens[i].Start:d.Tokens[i].End])
	return f == none && unicode.IsPunct(r) && !openBracket(d, i) || r == '—' || r == '–' || r == '-' || r == ':'
}
