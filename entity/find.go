package entity

import (
	"sort"
	"unicode/utf8"

	"marsad/news"
	"marsad/text"
)

// Find gives the names in a text: in order, without overlap, on rune boundaries. A name's span leaves out what is written
// together with it but is not its own: وروسيا gives روسيا. A case ending stays.
func (n *Names) Find(d *text.Doc) []news.Mention {
	f := newFinder(n, d)
	f.look()
	f.candidates()
	f.across()
	f.oneName()
	f.bearers()
	sort.Slice(f.found, func(i, j int) bool { return f.found[i].from < f.found[j].from })
	out := make([]news.Mention, len(f.found))
	for i := range f.found {
		out[i] = f.found[i].Mention
	}
	return out
}

func newFinder(n *Names, d *text.Doc) *finder {
	return &finder{names: n, doc: d, lore: loreOf(d.Pack), formsOf: make([][2]int32, len(d.Tokens)), taken: make([]int, len(d.Tokens))}
}

// look finds what the lists know.
func (f *finder) look() {
	f.walk()
	f.findTitles()
	f.context()
	f.choose()
}

// finder is the work on one text.
type finder struct {
	names   *Names
	doc     *text.Doc
	lore    *lore
	matches []match // by their first token, the longest first
	found   []found // what was decided
	taken   []int   // by token: 1 + index in found, 0 for none

	countries map[string]int   // named without doubt, with the number of times
	inFull    map[present]bool // entities named by more than one word
	named     map[present]bool // places that were found so far
	regions   map[int]bool     // tokens at which a country or another well-known place begins
	namesakes map[string]bool  // family names that the text gives to somebody whom no list knows
	present   map[present]int  // entities named in full, with their first token
	titles    []title          // in order
	forms     []form           // of all tokens asked for so far
	formsOf   [][2]int32       // by token: its forms, from and to
	scratch   []string
}

type present struct {
	table  *table
	entity int
}

// match is a sequence of tokens that is an alias.
type match struct {
	table    *table
	from, to int // tokens
	refs     [2]int
	how      how
	cut      int // bytes of the first token that are not the name's
}

// found is a mention and the tokens it covers.
type found struct {
	news.Mention
	from, to int
	ref      ref
}

// walk finds every alias of the tables in the text.
func (f *finder) walk() {
	for i, t := range f.doc.Tokens {
		if t.Kind == text.Mark || !f.begins(t) {
			continue
		}
		from := len(f.matches)
		for _, fm := range f.readings(i) {
			h := step(0, fm.norm)
			for _, tb := range f.names.tables {
				f.follow(tb, match{table: tb, from: i, to: i + 1, how: fm.how, cut: f.front(t, fm)}, h, 0)
			}
			if fm.how == exact && cased(t) {
				if plain := text.Plain(fm.norm); plain != fm.norm {
					for _, tb := range f.names.tables {
						f.follow(tb, match{table: tb, from: i, to: i + 1}, step(0, plain), 0)
					}
				}
			}
		}
		found := f.matches[from:]
		sort.SliceStable(found, func(a, b int) bool {
			if found[a].to != found[b].to {
				return found[a].to > found[b].to
			}
			return found[a].how < found[b].how
		})
	}
}

// begins tells whether a name can begin with this token.
func (f *finder) begins(t text.Token) bool {
	return capital(f.doc, t) || f.lore.particle[t.Norm] || f.lore.article[t.Norm]
}

// front gives the bytes of the token that a form leaves out at its front.
func (f *finder) front(t text.Token, fm form) int {
	if fm.how != clitic || fm.letters == 0 {
		return 0
	}
	gone := utf8.RuneCountInString(t.Norm) - fm.letters
	at := t.Start
	for at < t.End && gone > 0 {
		r, n := utf8.DecodeRuneInString(f.doc.Text[at:t.End])
		if text.Normalize(string(r)) != "" {
			gone--
		}
		at += n
	}
	return at - t.Start
}

// follow goes on from a node: notes the alias that ends there, and looks at the next token.
func (f *finder) follow(tb *table, m match, h uint64, depth int) {
	payload := tb.node(h)
	if payload == 0 || depth >= maxTokens {
		return
	}
	if payload&^nodeMore != 0 {
		if from, to := tb.alias(payload, h); from < to {
			done := m
			done.refs = [2]int{from, to}
			f.matches = append(f.matches, done)
		}
	}
	if payload&nodeMore == 0 {
		return
	}
	next := f.next(m.to)
	if next < 0 {
		return
	}
	t := f.doc.Tokens[next]
	m.to = next + 1
	f.follow(tb, m, step(h, t.Norm), depth+1)
	if plain := text.Plain(t.Norm); plain != t.Norm {
		f.follow(tb, m, step(h, plain), depth+1)
	}
	if len(f.lore.endings) == 0 {
		return
	}
	for _, fm := range f.readings(next) {
		if fm.how == ending {
			inflected := m
			inflected.how = max(m.how, ending)
			f.follow(tb, inflected, step(h, fm.norm), depth+1)
		}
	}
}

// readings gives the forms of token i, worked out once.
func (f *finder) readings(i int) []form {
	at := f.formsOf[i]
	if at[1] == 0 {
		at[0] = int32(len(f.forms))
		f.forms, f.scratch = f.lore.forms(f.forms, f.doc.Tokens[i].Norm, f.scratch)
		at[1] = int32(len(f.forms))
		f.formsOf[i] = at
	}
	return f.forms[at[0]:at[1]]
}

// next gives the token that may continue a name after token i-1, over a joining mark; -1 if there is none.
func (f *finder) next(i int) int {
	toks := f.doc.Tokens
	if i >= len(toks) {
		return -1
	}
	if toks[i].Kind == text.Mark {
		if i+1 >= len(toks) || !f.joins(i) {
			return -1
		}
		i++
	}
	if toks[i].Kind == text.Mark || f.newline(i) {
		return -1
	}
	return i
}

// joins tells whether the mark at i binds the words around it: a hyphen or middle dot that touches both, the stop of an initial.
func (f *finder) joins(i int) bool {
	toks := f.doc.Tokens
	if i == 0 || toks[i-1].End != toks[i].Start {
		return false
	}
	touches := toks[i].End == toks[i+1].Start
	switch f.doc.Text[toks[i].Start:toks[i].End] {
	case "-", "‐", "‑", "–", "·", "・", "‧", "•", "＝", "־", "&", "/":
		return touches
	case "'", "’", "״", "\"", "׳":
		return touches
	case ".":
		return utf8.RuneCountInString(toks[i-1].Norm) <= 2 || f.lore.courtesy[toks[i-1].Norm]
	}
	return false
}

// newline tells whether a line break lies before token i.
func (f *finder) newline(i int) bool {
	for _, c := range []byte(f.doc.Text[f.doc.Tokens[i-1].End:f.doc.Tokens[i].Start]) {
		if c == '\n' || c == '\r' {
			return true
		}
	}
	return false
}
