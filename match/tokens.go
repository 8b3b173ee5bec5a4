package match

import (
	"slices"
	"strings"

	"marsad/lang/pack"
	"marsad/text"
)

// Beside the words of an article its tokens have marks, by which a full text index without positions narrows more than words: for the words
// of the title and of captions, for the language, and for the pairs of words that follow each other. A tilde keeps them from being words.
const (
	titleMark   = "t~"
	captionMark = "c~"
	langMark    = "l~"
	pairMark    = "p~"
	// Marked is among the tokens of every article whose tokens have marks. Those that were stored before there were any lack it.
	Marked = "v~2"
)

// pairBits is how many different marks of pairs there are, as a power of two. Two pairs that share one cost the verification of an article;
// a mark for each pair would make an index several times as long.
const pairBits = 20

// Tokens gives what a store's full text index has to know of the article, each once, space between: every form of a word that a query may
// ask for, and the marks.
func (d *Doc) Tokens() string { return d.TokensBy(nil) }

// TokensBy is Tokens with a memory of the forms of words, for who prepares many articles: to stem their words takes half the time. m may be nil.
func (d *Doc) TokensBy(m *Memory) string {
	t := tokens{seen: make(map[string]struct{}, 2*len(d.tokens)+16), pack: d.pack, memory: m}
	t.b.Grow(16 * len(d.tokens))
	t.add(Marked, "")
	if l := primary(d.Article.Lang); l != "" && !strings.ContainsAny(l, " \t\n") {
		t.add(langMark, l)
	}
	for sec, doc := range d.parts {
		if doc != nil {
			t.section(section(sec), doc)
		}
	}
	return t.b.String()
}

// tokens gathers the tokens of an article.
type tokens struct {
	b      strings.Builder
	seen   map[string]struct{}
	pack   *pack.Text
	memory *Memory
	known  map[string]wordTokens // where there is no memory
}

// wordTokens is what a word gives.
type wordTokens struct{ forms, pairs []string }

func (t *tokens) add(mark, form string) {
	if mark != "" {
		form = mark + form
	}
	if _, known := t.seen[form]; known {
		return
	}
	t.seen[form] = struct{}{}
	if t.b.Len() > 0 {
		t.b.WriteByte(' ')
	}
	t.b.WriteString(form)
}

func (t *tokens) section(sec section, doc *text.Doc) {
	mark := map[section]string{title: titleMark, caption: captionMark}[sec]
	var before []string
	for i := range doc.Tokens {
		if doc.Tokens[i].Kind == text.Mark {
			continue
		}
		w := t.word(&doc.Tokens[i])
		for _, f := range w.forms {
			t.add("", f)
			if mark != "" {
				t.add(mark, f)
			}
		}
		for _, a := range before {
			for _, b := range w.pairs {
				t.add("", markOfPair(a, b))
			}
		}
		before = w.pairs
	}
}

// word gives the forms of a word, and those by which it pairs.
func (t *tokens) word(w *text.Token) wordTokens {
	if t.memory != nil {
		forms := t.memory.forms(w, t.pack)
		return wordTokens{forms, pairForms(w, t.pack, forms)}
	}
	known, ok := t.known[w.Norm]
	if !ok {
		known.forms = Forms(nil, *w, t.pack)
		known.pairs = pairForms(w, t.pack, known.forms)
		if t.known == nil {
			t.known = map[string]wordTokens{}
		}
		t.known[w.Norm] = known
	}
	return known
}

// pairForms gives the forms by which a word of an article pairs with its neighbours: its stems where the language has a stemmer, else all its
// forms, which are given. Two words that satisfy each other have one in common: those that are the same but for diacritics have the stem
// of what they are without.
func pairForms(w *text.Token, p *pack.Text, forms []string) []string {
	switch {
	case p == nil || p.Stem == "" || w.Kind != text.Word:
		return forms
	case text.Plain(w.Norm) == w.Norm: // all but words that are too long to be stemmed
		if i := slices.IndexFunc(forms, isStem); i >= 0 {
			return forms[i:]
		}
	}
	return stems(w.Norm, p.Stem)
}

func stems(norm, algorithm string) []string {
	stem := func(s string) string {
		if r := text.Stem(s, algorithm); r != "" {
			return stemForm(algorithm, r)
		}
		return text.Plain(s)
	}
	fs := []string{stem(norm)}
	if plain := text.Plain(norm); plain != norm {
		if f := stem(plain); f != fs[0] {
			fs = append(fs, f)
		}
	}
	return fs
}

// pairsAsked gives the marks of which an article has one where two words of a query follow each other in it, whatever its language.
func pairsAsked(a, b *text.Token) []string {
	var marks []string
	for _, algorithm := range append([]string{""}, algorithms()...) {
		for _, x := range pairFormsAsked(a, algorithm) {
			for _, y := range pairFormsAsked(b, algorithm) {
				if m := markOfPair(x, y); !contains(marks, m) {
					marks = append(marks, m)
				}
			}
		}
	}
	return marks
}

func pairFormsAsked(t *text.Token, algorithm string) (fs []string) {
	for _, f := range asked(*t) {
		switch {
		case isStem(f):
		case algorithm == "" || t.Kind != text.Word:
			fs = append(fs, f)
		default:
			fs = append(fs, stems(f, algorithm)...)
		}
	}
	if algorithm != "" && t.Kind == text.Word {
		fs = append(fs, stems(t.Norm, algorithm)...)
	}
	slices.Sort(fs)
	return slices.Compact(fs)
}

// markOfPair gives the mark of two forms. It is stored, so that it must never change.
func markOfPair(a, b string) string {
	const letters = "abcdefghijklmnopqrstuvwxyz234567"
	h := uint64(14695981039346656037) // FNV-1a
	for _, s := range [2]string{a, b} {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	h = (h ^ h>>32) & (1<<pairBits - 1)
	var m [len(pairMark) + pairBits/5]byte
	copy(m[:], pairMark)
	for i := len(pairMark); i < len(m); i, h = i+1, h>>5 {
		m[i] = letters[h&31]
	}
	return string(m[:])
}
