package story

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// gather collects the features of one article.
type gather struct {
	r     *reading
	found []gathered
	at    map[uint32]int // key -> place in found
	head  map[uint32]bool
}

// note counts a feature n times.
func (g *gather) note(key uint32, n float32, surface string) {
	i, ok := g.at[key]
	if !ok {
		i = len(g.found)
		g.at[key] = i
		g.found = append(g.found, gathered{key: key})
		g.r.surface(key, surface)
	}
	g.found[i].tf += n
}

// finish damps repetition: what is said nine times is not nine times as telling.
func (g *gather) finish() {
	for i := range g.found {
		f := &g.found[i]
		f.head = g.head[f.key]
		f.tf = float32(1 + math.Log(float64(max(f.tf, 1))))
		if f.head {
			f.tf *= 1.6
		}
	}
}

// stemRunes is how much of a long word tells it from others: endings come after it.
const stemRunes = 6

// stem is the part of a word that its forms share: clitics that the pack knows taken off its front, and no more than six letters
// of what remains (truncation is within a few percent of a stemmer in retrieval, and needs no knowledge of the language).
func stem(norm string, p *pack.Text, buf []string) string {
	if buf = text.Bare(buf, norm, p); len(buf) > 0 {
		for _, b := range buf {
			if utf8.RuneCountInString(b) >= 3 {
				norm = b
			}
		}
	}
	n := 0
	for i := range norm {
		if n == stemRunes {
			return norm[:i]
		}
		n++
	}
	return norm
}

// each calls f for every word of a text that may be a feature: its stem and its place. Ideographs come in pairs.
func each(d *text.Doc, f func(stem string, from, to int)) {
	var p *pack.Text
	if d.Pack != nil {
		p = d.Pack.Text
	}
	buf := make([]string, 0, 8)
	for i, t := range d.Tokens {
		switch t.Kind {
		case text.Word:
			if utf8.RuneCountInString(t.Norm) >= 3 {
				f(stem(t.Norm, p, buf[:0]), t.Start, t.End)
			}
		case text.Ideo:
			if i+1 < len(d.Tokens) && d.Tokens[i+1].Kind == text.Ideo && d.Tokens[i+1].Start == t.End {
				f(d.Text[t.Start:d.Tokens[i+1].End], t.Start, d.Tokens[i+1].End)
			}
		}
	}
}

// headline remembers the words of the headline and counts them as words of the text too.
func (g *gather) headline(in Input) {
	g.head = map[uint32]bool{}
	d := text.Analyze(in.Article.Headline, packOf(in))
	each(d, func(stem string, from, to int) {
		k := key(term, stem)
		g.head[k] = true
		g.note(k, 1, d.Text[from:to])
	})
	for _, n := range numbersIn(d, nil) {
		g.head[key(number, n.value)] = true
		g.note(key(number, n.value), 1, d.Text[n.Start:n.End])
	}
	for _, t := range d.Tokens {
		if t.Kind == text.Word {
			if s := skeleton(t.Norm); s != "" {
				g.head[key(name, s)] = true
			}
		}
	}
}

func packOf(in Input) *pack.Pack {
	if in.Doc.Pack != nil {
		return in.Doc.Pack
	}
	return pack.For(in.Article.Lang)
}

// maxTerms bounds the work on one text.
const maxTerms = 8000

func (g *gather) terms(d *text.Doc, headline string) {
	n := 0
	each(d, func(stem string, from, to int) {
		if n++; n < maxTerms {
			g.note(key(term, stem), 1, d.Text[from:to])
		}
	})
}

// placed is a feature that all languages share, where it stands.
type placed struct {
	at  int
	key uint32
}

// analysis adds names, places, days and figures, and their order in the text.
func (g *gather) analysis(in Input) {
	var order []placed
	for _, m := range in.Analysis.Mentions {
		if inside(m.Span, in.Doc.Text) {
			order = g.mention(order, m, in.Doc)
		}
	}
	dated := make([]news.Span, 0, len(in.Analysis.Timexes))
	for _, t := range in.Analysis.Timexes {
		dated = append(dated, t.Span)
		if d := dayOf(t); d != 0 && inside(t.Span, in.Doc.Text) {
			k := key(day, strconv.Itoa(int(d)))
			g.note(k, 1, t.From.Format("2006-01-02"))
			order = append(order, placed{t.Start, k})
		}
	}
	for _, n := range numbersIn(in.Doc, dated) {
		k := key(number, n.value)
		if n.telling() {
			g.note(k, 1, in.Doc.Text[n.Start:n.End])
		}
		order = append(order, placed{n.Start, k})
	}
	g.finish()
	slices.SortStableFunc(order, func(a, b placed) int { return a.at - b.at })
	for _, o := range order {
		g.r.flow = append(g.r.flow, o.key)
	}
}

func inside(s news.Span, t string) bool { return s.Start >= 0 && s.Start < s.End && s.End <= len(t) }

// mention adds a name: by its entity where that is known, and a person's or organization's by the sound of its words too, so that
// a name that nobody knows is found again in another script.
func (g *gather) mention(order []placed, m news.Mention, d *text.Doc) []placed {
	words := d.Text[m.Start:m.End]
	if m.Entity != "" {
		k := name
		if m.Kind == news.Place {
			k = place
		}
		g.note(key(k, m.Entity), 1, words)
		order = append(order, placed{m.Start, key(k, m.Entity)})
		if m.Kind == news.Place {
			return order
		}
	}
	for i := d.TokenAt(m.Start); i < len(d.Tokens) && d.Tokens[i].Start < m.End; i++ {
		if s := skeleton(d.Tokens[i].Norm); s != "" {
			g.note(key(name, s), 1, words)
			order = append(order, placed{d.Tokens[i].Start, key(name, s)})
		}
	}
	return order
}

// figure is a number in a text, in a form that all languages share.
type figure struct {
	news.Span
	value string
}

// telling tells whether a figure says enough to be looked for: not the small ones that every text holds.
func (f figure) telling() bool { return len(f.value) > 1 }

// numbersIn finds the figures of a text outside of its dates: 1,200 and 1.200 and 1 200 are 1200, 3.5 and 3,5 are 3.5, 12th is 12.
func numbersIn(d *text.Doc, dated []news.Span) (out []figure) {
	for i := 0; i < len(d.Tokens); i++ {
		t := d.Tokens[i]
		if t.Kind != text.Number || slices.ContainsFunc(dated, func(s news.Span) bool { return s.Start <= t.Start && t.End <= s.End }) {
			continue
		}
		v, end := t.Norm, t.End
		for len(t.Norm) <= 3 && i+1 < len(d.Tokens) && thousands(d, v, end, d.Tokens[i+1]) {
			i++
			v, end = v+d.Tokens[i].Norm, d.Tokens[i].End
		}
		if v = canonical(v); v != "" {
			out = append(out, figure{news.Span{Start: t.Start, End: end}, v})
		}
	}
	return out
}

// thousands tells whether a token continues a number after a space: 1 200 000.
func thousands(d *text.Doc, v string, end int, next text.Token) bool {
	return next.Kind == text.Number && len(next.Norm) == 3 && digits(next.Norm) && digits(v) &&
		next.Start > end && strings.Trim(d.Text[end:next.Start], " \u00a0\u202f\u2009") == ""
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// canonical gives the one form of a number, "" for what is none.
func canonical(s string) string {
	n := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || strings.IndexByte(".,'", s[n]) >= 0) {
		n++
	}
	rest := s[n:]
	s = strings.TrimRight(strings.NewReplacer("٬", "", "'", "", "٫", ".").Replace(s[:n]), ".,")
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' })
	if len(parts) == 0 || len(rest) > 4 {
		return ""
	}
	whole := parts[0]
	for i, p := range parts[1:] {
		if len(p) == 3 && len(parts[0]) <= 3 {
			whole += p
			continue
		}
		if i == len(parts)-2 {
			if p = strings.TrimRight(p, "0"); p != "" {
				whole += "." + p
			}
			continue
		}
		return "" // 18.06.2024, 10.0.0.1
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > 15 {
		return ""
	}
	return whole
}
