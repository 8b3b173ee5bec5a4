package clause

import (
	"marsad/news"
	"marsad/text"
)

// split cuts a run at a reporting clause between dashes inside its marks: «Мы готовы, — сказал он. — Начнём». The dashes then
// stand for the marks that are not written.
func (r *Reading) split(runs []Run) []Run {
	var out []Run
	for _, run := range runs {
		for i := run.Open + 2; i < run.Close; i++ {
			to := r.inserted(i, run.Close)
			if to == 0 {
				continue
			}
			out = append(out, Run{Open: run.Open, Close: i, Closed: true, Inserted: true})
			run.Open, i = to, to
			run.Inserts = true
		}
		if run.Open < run.Close-1 || !run.Inserts {
			out = append(out, run)
		}
	}
	return out
}

// inserted tells whether the dash at token i opens a reporting clause inside quotation marks, and where that ends: at the next
// dash, which stands after a comma or stop unless the verb follows the first dash at once. It gives 0 for any other dash.
func (r *Reading) inserted(i, end int) int {
	k := i + 1
	for r.Is(k, Aux) && !r.Is(k, Mark) {
		k++
	}
	bare := r.verbAt(k) // « … - spiega Artibani - … »
	if !r.Is(i, Dash) || !bare && !r.Is(i-1, Comma|Stop) {
		return 0
	}
	verb := r.unknownCue(i + 1)
	for j := i + 1; j < end && j < i+20; j++ {
		verb = verb || j < i+12 && r.verbAt(j)
		if r.Is(j, Dash) && (bare || r.Is(j-1, Comma|Stop)) {
			if !verb {
				return 0
			}
			return j
		}
	}
	return 0
}

// unknownCue tells whether a verb that no lexicon has may report at token i, behind a dash: a small word, and the name of a person close
// behind it: «…, — рассуждает политолог Анна Орлова, — …».
func (r *Reading) unknownCue(i int) bool {
	if i >= len(r.Class) || r.Doc.Tokens[i].Kind != text.Word || r.Is(i, Upper|Prep|Conj|Sub|Rel|Comp|Pron|Det|Neg) || !bicameral(r.Doc.Tokens[i].Script) {
		return false
	}
	for k := i + 1; k < i+5 && !r.Is(k, Dash|Stop|Comma); k++ {
		if m := r.Mention(k); m != nil {
			return m.Kind == news.Person && !r.Is(k-1, Prep)
		}
	}
	return false
}

// speech leaves out the runs that are names: a mention covers one, a word like "newspaper" stands before it, or, in a language
// that writes names of companies and ships so, it is a few words with a capital that nothing introduces.
func (r *Reading) speech(runs []Run) []Run {
	out := runs[:0]
	for _, run := range runs {
		if !r.isName(run) {
			out = append(out, run)
		}
	}
	return out
}

func (r *Reading) isName(run Run) bool {
	in := run.Inner()
	n := r.words(in)
	if n == 0 || n > 6 || run.Inserted || run.Inserts {
		return n == 0
	}
	if m := r.Mention(in.From); m != nil && m.Kind != "PER" && r.Mention(in.To-1) == m {
		return true
	}
	ended := r.Is(in.To-1, Comma|Stop)
	if r.Is(run.Open-1, Head) && !ended {
		return true
	}
	introduced := r.Is(run.Open-1, Colon|Comma) || r.Is(run.Open-1, Comp)
	followed := r.Is(run.Close+1, Comma) && r.Is(run.Close+2, Dash) || r.Is(run.Close+1, Dash) && r.verbAt(run.Close+2)
	return r.Grammar.Cased && n <= 4 && !ended && !introduced && !followed && r.Is(in.From, Upper)
}

// verbAt tells whether a verb of saying stands at token i.
func (r *Reading) verbAt(i int) bool {
	if i >= len(r.Doc.Tokens) {
		return false
	}
	e, _ := r.Grammar.look(r.Doc.Tokens[i].Norm)
	if e == nil {
		return false
	}
	for _, s := range e.seqs {
		if s.verb != nil && s.verb.Kind == Says && r.follows(i, s.rest) {
			return true
		}
	}
	return false
}

func (r *Reading) words(in text.Range) int {
	n := 0
	for i := in.From; i < in.To && i < len(r.Doc.Tokens); i++ {
		if r.Doc.Tokens[i].Kind != text.Mark {
			n++
		}
	}
	return n
}
