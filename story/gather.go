package story

import (
	"slices"
	"strconv"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// gather collects the features of one article.
type gather struct {
	*lore
	r      *reading
	found  []gathered
	at     map[uint32]int // key -> place in found
	head   map[uint32]bool
	opened map[uint32]bool // entities and figures of the opening
	order  []placed
	opens  int // bytes of the text that count as its headline does
}

// placed is a feature that all languages share, where it stands.
type placed struct {
	at  int
	key uint32
}

// note counts a feature n times.
func (g *gather) note(key uint32, n float32, surface string) {
	i, ok := g.at[key]
	if !ok {
		i = len(g.found)
		g.at[key] = i
		g.found = append(g.found, gathered{key: key, most: 99})
		g.r.surface(key, surface)
	}
	g.found[i].tf += n
}

// noteAt counts a feature that all languages share.
func (g *gather) noteAt(key uint32, at int, surface string) {
	g.note(key, 1, surface)
	g.order = append(g.order, placed{at, key})
}

// finish damps repetition: what is said nine times is hardly more than twice as telling as what is said once (BM25).
func (g *gather) finish() {
	for i := range g.found {
		f := &g.found[i]
		f.head = g.head[f.key]
		f.tf = (1 + damping) * max(f.tf, 1) / (max(f.tf, 1) + damping)
		if f.head {
			f.tf *= 1.6
		}
		f.head = f.head || g.opened[f.key]
	}
	slices.SortStableFunc(g.order, func(a, b placed) int { return a.at - b.at })
	g.r.flow = g.order
}

const damping = 1.2

// headline remembers the words of the headline and counts them as words of the text too.
func (g *gather) headline(in Input) {
	g.head, g.opened = map[uint32]bool{}, map[uint32]bool{}
	d := text.Analyze(in.Article.Headline, packOf(in))
	g.opening(in.Doc)
	g.each(d, func(stem string, from, to int) {
		k := key(term, stem)
		g.head[k] = true
		g.note(k, 1, d.Text[from:to])
	})
	for _, n := range g.figures(d, nil) {
		g.head[key(n.kind(), n.value)] = true
		if n.telling() {
			g.note(key(n.kind(), n.value), 1, d.Text[n.Start:n.End])
		}
	}
	g.r.corrects = g.corrects(d) || g.corrects(in.Doc)
	g.r.flash = g.flashes(d)
	g.r.series = g.series(d, in.Source.ID)
	for _, t := range d.Tokens {
		if t.Kind == text.Word {
			if s := skeleton(t.Norm); s != "" {
				g.head[key(name, s)] = true
			}
		}
	}
}

// opening takes the first sentence of a text for as good as its headline: whatever else a report says, it begins with the news.
func (g *gather) opening(d *text.Doc) {
	if len(d.Sentences) == 0 {
		return
	}
	end := 0
	for _, s := range d.Sentences {
		if end = min(s.To, openingTokens); end >= openingTokens/3 {
			break
		}
	}
	g.each(d, func(stem string, from, _ int) {
		if d.TokenAt(from) < end {
			g.head[key(term, stem)] = true
		}
	})
	if end > 0 {
		g.opens = d.Tokens[end-1].End
	}
	for _, t := range d.Tokens[:end] {
		if t.Kind == text.Word {
			if s := skeleton(t.Norm); s != "" {
				g.head[key(name, s)] = true
			}
		}
	}
}

// openingTokens bounds what counts as the opening.
const openingTokens = 45

func packOf(in Input) *pack.Pack {
	if in.Doc.Pack != nil {
		return in.Doc.Pack
	}
	return pack.For(in.Article.Lang)
}

// maxTerms bounds the work on one text.
const maxTerms = 8000

func (g *gather) terms(d *text.Doc) {
	n := 0
	g.each(d, func(stem string, from, to int) {
		if n++; n < maxTerms {
			g.note(key(term, stem), 1, d.Text[from:to])
		}
	})
}

// analysis adds names, places, days and figures, and their order in the text.
func (g *gather) analysis(in Input) {
	var named, dated []news.Span
	for _, m := range in.Analysis.Mentions {
		if inside(m.Span, in.Doc.Text) {
			g.mention(m, in.Doc)
			named = append(named, m.Span)
		}
	}
	for _, t := range in.Analysis.Timexes {
		dated = append(dated, t.Span)
		if inside(t.Span, in.Doc.Text) {
			g.timex(t)
		}
	}
	for _, n := range g.figures(in.Doc, dated) {
		if n.Start < g.opens && !n.nth {
			g.opened[key(n.kind(), n.value)] = true
		}
		if n.telling() {
			g.noteAt(key(n.kind(), n.value), n.Start, in.Doc.Text[n.Start:n.End])
			g.found[g.at[key(n.kind(), n.value)]].most = n.surprise()
		}
	}
	slices.Sort(g.r.towns)
	n := 0
	g.nameWords(in.Doc, actorsOf(in.Analysis), func(s soundWord) {
		if n++; n < maxTerms && !within1(named, s.from) {
			k := key(name, s.bones)
			if _, known := g.at[k]; !known && s.guess {
				g.r.guesses = append(g.r.guesses, k)
			}
			g.noteAt(k, s.from, in.Doc.Text[s.from:s.to])
		}
	})
}

func inside(s news.Span, t string) bool { return s.Start >= 0 && s.Start < s.End && s.End <= len(t) }

func within1(spans []news.Span, at int) bool {
	return slices.ContainsFunc(spans, func(s news.Span) bool { return s.Start <= at && at < s.End })
}

// mention adds a name: by its entity where that is known, and a person's or organization's by the sound of its words too, so that
// a name that nobody knows is found again in another script.
func (g *gather) mention(m news.Mention, d *text.Doc) {
	words := d.Text[m.Start:m.End]
	if m.Entity != "" {
		k := name
		if m.Kind == news.Place {
			k = place
		}
		g.noteAt(key(k, m.Entity), m.Start, words)
		if m.Start < g.opens {
			g.opened[key(k, m.Entity)] = true
		}
	}
	least := 2
	if m.Entity != "" && m.Kind == news.Place {
		least = loudEnough // in another language it may be a place that the gazetteer does not know
	}
	for i := d.TokenAt(m.Start); i < len(d.Tokens) && d.Tokens[i].Start < m.End; i++ {
		if s := skeleton(d.Tokens[i].Norm); len(s) >= least {
			g.noteAt(key(name, s), d.Tokens[i].Start, words)
			if m.Entity != "" && m.Kind == news.Place {
				g.r.towns = append(g.r.towns, key(name, s))
			}
		}
	}
}

// actorsOf gives the spans of everybody who says or claims something.
func actorsOf(a news.Analysis) (out []news.Span) {
	for _, q := range a.Quotations {
		if q.Speaker != nil {
			out = append(out, q.Speaker.Span)
		}
	}
	for _, c := range a.Claims {
		for _, p := range [...]*news.Actor{c.Claimant, c.Target} {
			if p != nil {
				out = append(out, p.Span)
			}
		}
	}
	return out
}

// timex adds the day that an expression names, or the length that it tells.
func (g *gather) timex(t news.Timex) {
	if d := dayOf(t); d != 0 {
		g.noteAt(key(day, strconv.Itoa(int(d))), t.Start, t.From.Format("2006-01-02"))
		return
	}
	if t.Type == news.Duration {
		if v := lengthOf(t.Value); v != "" {
			g.noteAt(key(number, v), t.Start, t.Value)
		}
	}
}

// lengthOf gives a TIMEX3 duration in one form: two days are 48 hours. "" for what is not one unit.
func lengthOf(v string) string {
	if len(v) < 3 || v[0] != 'P' {
		return ""
	}
	per := map[string]float64{"PTS": 1. / 3600, "PTM": 1. / 60, "PTH": 1, "PD": 24, "PW": 168, "PM": 730, "PY": 8760}
	unit, digits := "P", v[1:len(v)-1]
	if digits[0] == 'T' {
		unit, digits = "PT", digits[1:]
	}
	h, ok := per[unit+v[len(v)-1:]]
	n, err := strconv.ParseFloat(digits, 64)
	if !ok || err != nil || n <= 0 {
		return ""
	}
	return "h" + strconv.FormatFloat(n*h, 'f', 2, 64)
}
