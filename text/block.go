package text

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// Most of a Latin text is words of plain ASCII letters and digits, single spaces and a few marks. Such text is cut 64 bytes at a time: a
// word of 64 bits has one bit for each byte, so that the beginnings and ends of tokens are found without branching upon the length of
// words, which no processor can guess. What is not certain is left to the segmenter.

// blockLen is how many bytes are seen together. One more must follow them.
const blockLen = 64

// block is what a stretch of text holds: one bit for each byte.
type block struct {
	letters, spaces uint64         // ASCII letters and digits; the space
	upper           bool           // some letters are upper case
	small           [blockLen]byte // all in lower case
	marks, breaks   uint64         // marks that are tokens for sure; line feeds
	until           int            // tokens are certain that have a byte behind them before here
}

// look fills in letters, spaces and upper.
func (b *block) look(s string) {
	_ = s[blockLen-1]
	capitals := uint64(0)
	for i := 0; i < blockLen; i += 8 {
		x := load8(s[i : i+8])
		low := x &^ (each << 7)
		small := low | each<<5 // letters in lower case
		letters := (small + each*(0x80-'a')) &^ (small + each*(0x80-'z'-1))
		digits := (low + each*(0x80-'0')) &^ (low + each*(0x80-'9'-1))
		spaces := ^((low ^ each*' ') + each*0x7f)
		capital := letters &^ (x<<2 | x) & (each << 7)
		binary.LittleEndian.PutUint64(b.small[i:], x|capital>>2)
		capitals |= capital
		b.letters |= gathered((letters|digits)&^x) << i
		b.spaces |= gathered(spaces&^x) << i
	}
	b.upper = capitals != 0
}

// gathered makes a byte of the top bits of eight.
func gathered(x uint64) uint64 { return x >> 7 & each * 0x0102040810204080 >> 56 }

// judge fills in the rest from the bytes that are neither letters nor spaces. s goes on behind the block.
func (b *block) judge(s string) {
	b.until = blockLen
	for rest := ^(b.letters | b.spaces); rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		switch what := inBlock[s[i]]; {
		case what == single, what == joiner && (b.letters<<1>>i&1 == 0 || inBlock[s[i+1]] <= lineFeed):
			b.marks |= 1 << i
		case what == lineFeed:
			b.breaks |= 1 << i
		default:
			b.until = i
			return
		}
	}
}

// What a byte of a block may be that is neither a letter nor a digit.
const (
	single uint8 = iota // a mark or space, whatever stands beside it
	joiner              // a mark that may join what stands on both sides
	lineFeed
	unsure
)

var inBlock = func() (is [256]uint8) {
	for c := range is {
		switch {
		case c == '\n':
			is[c] = lineFeed
		case c == '.', c == ':', c == '\'', c == '"', c == ',', c == ';':
			is[c] = joiner
		case asciiClass[c] != other && c != ' ', c == '`': // which is folded
			is[c] = unsure
		}
	}
	return is
}()

// blocks appends the tokens that are certain from the segmenter's place on, where an ASCII letter or digit stands, and moves it behind them. It
// tells whether there were any. paragraph is the first token of the paragraph.
func (d *Doc) blocks(g *segmenter, f *former, paragraph *int) (any bool) {
	for g.at+blockLen < len(g.s) {
		s := g.s[g.at:]
		var b block
		b.look(s)
		b.judge(s)
		starts := b.letters&^(b.letters<<1) | b.marks
		lasts := (b.letters&^(b.letters>>1) | b.marks) & ((1<<b.until - 1) >> 1)
		if lasts == 0 {
			return any
		}
		any = true
		end := bits.Len64(lasts)
		if breaks := b.breaks & (1<<end - 1); breaks != 0 {
			d.breakAt(breaks, lasts, paragraph)
		}
		norms := s[:blockLen]
		if b.upper {
			norms = f.kept(b.small[:])
		}
		tokens := d.more(bits.OnesCount64(lasts))
		for i := range tokens {
			from, to := bits.TrailingZeros64(starts), bits.TrailingZeros64(lasts)+1
			starts, lasts = starts&(starts-1), lasts&(lasts-1)
			is := &asciiIs[norms[from]]
			tokens[i].fill(g.at+from, g.at+to, norms[from:to], is.kind, is.script)
		}
		if g.at += end; b.until < blockLen {
			return true
		}
	}
	return any
}

// breakAt ends paragraphs at line feeds among tokens that end at lasts.
func (d *Doc) breakAt(breaks, lasts uint64, paragraph *int) {
	for ; breaks != 0; breaks &= breaks - 1 {
		before := len(d.Tokens) + bits.OnesCount64(lasts&(breaks&-breaks-1))
		if before > *paragraph {
			d.Paragraphs = append(d.Paragraphs, Range{*paragraph, before})
			*paragraph = before
		}
	}
}

// more appends n tokens to be filled in.
func (d *Doc) more(n int) []Token {
	at := len(d.Tokens)
	d.Tokens = slices.Grow(d.Tokens, n)[:at+n]
	return d.Tokens[at:]
}

// asciiIs says what a token is that begins with a letter, digit or mark.
var asciiIs = func() (is [utf8.RuneSelf]struct {
	kind   Kind
	script Script
}) {
	for c := range is {
		is[c].kind, is[c].script = asciiKind(string(rune(c)), byte(c)), asciiScript(byte(c))
	}
	return is
}()

// kept gives a string of bytes that lives as long as the forms of the text.
func (f *former) kept(s []byte) string {
	f.room(len(s))
	from := f.b.Len()
	f.b.Write(s)
	return f.b.String()[from:]
}
