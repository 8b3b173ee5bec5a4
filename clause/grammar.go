package clause

import (
	"slices"
	"sort"
	"strings"
	"sync"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// Grammar is a pack's knowledge of clauses, made ready for looking up tokens.
type Grammar struct {
	After         bool // the subject is looked for behind the verb first
	Cased         bool
	Unspaced      bool
	Plain         bool // nothing stands between the accused and what they are accused of
	Bare          bool // knows clauses without a complementizer
	Postpose      bool
	words         map[string]*entry
	ProDrop       bool
	Comma         bool // a clause may follow behind a mere comma
	Final         bool // the verb stands at the end
	ObjectFirst   bool // what is claimed stands before the verb
	CapitalNouns  bool // a capital letter alone is no sign of a name
	clitics       []string
	joins         []string
	femPrefix     []string
	articles      []string
	present       []string // "and" and how a verb in the present begins, written together
	datives       []string
	accus         []string // as written, not in normal form
	adjects       []string
	participles   []string // as written
	adverbs       []string
	of            []string
	to            []string
	infinit       []string
	feminine      []string
	oblique       []string
	plurals       []string
	singular      []string
	plural        []string
	presents      []string // beginnings of a verb in the present
	futures       []string // what makes a future, written together with the verb
	singularForms []string // endings of a verb that is a noun in the plural too
	alsoNames     []string // as written
	unlike        []string // as written
	neither       [][2]string
	feminineNouns []string // as written
	topics        []string // endings that close a subject
	embeds        []string // endings of a clause that its verb follows
	objects       []string // endings of verb forms that take a noun behind them
	officeEnds    []string
	deeds         map[string]news.Stance
}

// entry is what the lexicon holds under a token: its roles alone, and the sequences that begin with it, longest first.
type entry struct {
	class Class
	seqs  []seq
}

type seq struct {
	rest  []string
	class Class
	verb  *Verb
	whole bool // a word whose characters have no roles of their own
}

// closes gives the word that closes the clause of its verb, "" for none.
func (s seq) closes() string {
	if s.verb == nil {
		return ""
	}
	return s.verb.Closes
}

var grammars sync.Map // *pack.Pack -> *Grammar

func grammarOf(p *pack.Pack) *Grammar {
	if p == nil || p.Clause == nil {
		return nil
	}
	if g, ok := grammars.Load(p); ok {
		return g.(*Grammar)
	}
	g, _ := grammars.LoadOrStore(p, compile(p))
	return g.(*Grammar)
}

func compile(p *pack.Pack) *Grammar {
	c := p.Clause
	g := &Grammar{After: c.Subject == "after", Cased: c.Cased, Unspaced: c.Unspaced, words: map[string]*entry{}}
	g.Comma, g.Final, g.ObjectFirst, g.CapitalNouns = c.CommaClause, c.Final, c.ObjectFirst, c.CapitalNouns
	g.embeds = normal(c.Embeds)
	for _, t := range c.Topics {
		if ending, ok := strings.CutPrefix(t, "-"); ok {
			g.topics = append(g.topics, text.Normalize(ending))
		} else {
			g.add(p, []string{t}, Topic, nil)
		}
	}
	g.ProDrop, g.articles, g.adjects, g.participles = c.ProDrop, normal(c.Articles), normal(c.Adjectives), c.Participles
	g.clitics, g.feminine, g.plural = normal(c.Clitics), normal(c.Feminine), normal(c.Plural)
	for class, words := range map[Class][]string{
		Comp: c.Complementizers, Pron: c.Pronouns, Neuter: c.Neuter, Aux: c.Auxiliaries, Passive: c.Passive, By: c.By,
		Adv: c.Adverbs, Neg: c.Negators, Irrealis: c.Irrealis, Prep: c.Prepositions, Link: c.Links, Conj: c.Conjunctions,
		Sub: c.Subordinators, Rel: c.Relatives, Det: c.Determiners, Time: c.Times, Title: c.Titles, Kin: c.Kin,
		Occasion: c.Occasions, Locative: c.Locative, Attach: c.Attach, Resumptive: c.Resumptive, Addressee: c.Addressees,
		Governs: c.Governors, Nominal: c.Nominal, Neuter | Latter: c.Latter, Aside: c.Asides, Perhaps: c.Perhaps, Opening: c.Opening, First: c.First, Stop: c.Ends, Former: c.Former,
		Quantity: c.Quantities,
	} {
		g.add(p, words, class, nil)
	}
	g.officeEnds = normal(c.OfficeEnds)
	for _, w := range c.Wholes {
		g.whole(text.Analyze(w, p).Tokens)
	}
	for _, words := range c.Idioms {
		g.add(p, []string{words}, 0, &Verb{Lemma: words, Kind: Idle})
	}
	g.singularForms = normal(c.SingularForms)
	g.alsoNames, g.feminineNouns, g.unlike = c.AlsoNames, c.FeminineNouns, c.Unlike
	for _, pair := range c.Neither {
		first, second, _ := strings.Cut(text.Normalize(pair), " ")
		g.neither = append(g.neither, [2]string{first, second})
	}
	g.presents, g.futures, g.objects = normal(c.PresentForms), normal(c.FutureForms), normal(c.ObjectEndings)
	g.joins, g.femPrefix = normal(c.Joins), normal(c.FemininePrefix)
	g.present = normal(c.Presents)
	g.datives, g.accus = normal(c.Datives), c.Accusative
	g.oblique, g.plurals, g.singular = normal(c.Oblique), normal(c.PluralNouns), normal(c.SingularWords)
	g.adverbs = normal(c.AdverbEndings)
	lemmas := g.claim(p)
	g.quote(p, lemmas)
	for _, e := range g.words {
		sort.SliceStable(e.seqs, func(i, j int) bool {
			if a, b := len(e.seqs[i].rest), len(e.seqs[j].rest); a != b {
				return a > b
			}
			return e.seqs[i].closes() > e.seqs[j].closes() // the verb in two parts first
		})
	}
	return g
}

// claim adds the verbs of stance and gives the stance of each lemma.
func (g *Grammar) claim(p *pack.Pack) map[string]news.Stance {
	lemmas := map[string]news.Stance{}
	c := p.Claim
	if c == nil {
		return lemmas
	}
	g.of, g.to, g.infinit = normal(c.OfPrefix), normal(c.ToPrefix), normal(c.Infinitive)
	g.Plain = len(c.Of)+len(c.OfPrefix) == 0
	g.deeds = map[string]news.Stance{}
	for _, line := range c.Deeds {
		stance, nouns, _ := strings.Cut(line, ":")
		for _, noun := range strings.Split(nouns, ",") {
			g.deeds[text.Normalize(strings.TrimSpace(noun))] = news.Stance(strings.TrimSpace(stance))
		}
	}
	g.add(p, c.Of, Of, nil)
	g.add(p, c.Object, Object, nil)
	g.add(p, c.To, To, nil)
	g.add(p, c.Natural, Natural, nil)
	g.add(p, c.Standing, Standing, nil)
	g.add(p, c.From, From, nil)
	g.add(p, c.Hedges, Hedge, nil)
	g.add(p, c.Charges, Charge, nil)
	g.add(p, c.Reports, Report, nil)
	for _, s := range []struct {
		stance news.Stance
		verbs  []string
	}{
		{news.Accuses, c.Accuses}, {news.Condemns, c.Condemns}, {news.Confirms, c.Confirms}, {news.Denies, c.Denies},
		{news.Warns, c.Warns}, {news.Threatens, c.Threatens}, {news.Demands, c.Demands}, {news.Promises, c.Promises},
	} {
		for _, lemma := range g.verbs(p, s.verbs, Verb{Kind: Says, Stance: s.stance}, nil) {
			lemmas[lemma] = s.stance
		}
	}
	return lemmas
}

func (g *Grammar) quote(p *pack.Pack, stances map[string]news.Stance) {
	q := p.Quote
	if q == nil {
		return
	}
	g.Bare, g.Postpose = len(q.Bare) > 0, q.Postposed
	tune := func(v *Verb) { v.Stance = stances[v.Lemma] }
	g.add(p, q.Heads, Head, nil)
	g.add(p, q.As, As, nil)
	g.add(p, q.Saying, Saying, nil)
	g.add(p, q.Relayed, Relayed, nil)
	g.add(p, q.Tellers, Teller, nil)
	g.verbs(p, q.Verbs, Verb{Kind: Says}, tune)
	g.verbs(p, q.Acts, Verb{Kind: Act}, tune)
	g.verbs(p, q.Converbs, Verb{Kind: Converb}, tune)
	for _, words := range q.Source {
		plain := strings.TrimLeft(words, "~?")
		g.add(p, []string{plain}, 0, &Verb{Lemma: plain, Kind: Source, Noun: words[0] == '~', Doubt: words[0] == '?'})
	}
	for _, words := range q.Theirs {
		g.add(p, []string{words}, 0, &Verb{Lemma: words, Kind: Source, Theirs: true})
	}
}

// verbs adds entries of the form "lemma: form, form" and gives their lemmas.
func (g *Grammar) verbs(p *pack.Pack, entries []string, like Verb, tune func(*Verb)) []string {
	var lemmas []string
	for _, line := range entries {
		lemma, forms, ok := strings.Cut(line, ":")
		if !ok {
			forms = lemma
		}
		v := like
		v.Lemma = strings.TrimSpace(lemma)
		if tune != nil {
			tune(&v)
		}
		if q := p.Quote; q != nil {
			v.Relay = slices.Contains(q.Relays, v.Lemma)
			v.Bare, v.Told = slices.Contains(q.Bare, v.Lemma), slices.Contains(q.Told, v.Lemma)
		}
		if c := p.Claim; c != nil {
			v.Transitive, v.Rejects = slices.Contains(c.Transitive, v.Lemma), slices.Contains(c.Rejects, v.Lemma)
		}
		if v.Kind == Converb {
			finite := v
			finite.Kind = Says
			v.finite = &finite
		}
		lemmas = append(lemmas, v.Lemma)
		noun, not, only := v, v, v
		noun.Noun, not.Not, only.OnlyNot = true, true, true
		for _, form := range strings.Split(forms, ",") {
			form = strings.TrimSpace(form)
			if first, closes, ok := strings.Cut(form, " … "); ok {
				split := v
				first, split.OnlyNot = strings.CutPrefix(first, "-")
				split.Closes = text.Normalize(closes)
				g.add(p, []string{first}, 0, &split)
			} else if strings.HasPrefix(form, "~") {
				g.add(p, []string{form[1:]}, 0, &noun)
			} else if strings.HasPrefix(form, "!") {
				g.add(p, []string{form[1:]}, 0, &not)
			} else if strings.HasPrefix(form, "-") {
				g.add(p, []string{form[1:]}, 0, &only)
			} else {
				g.add(p, []string{form}, 0, &v)
			}
		}
	}
	return lemmas
}

// add files words under their first token. A form that already is a verb stays what it was: stances come first.
func (g *Grammar) add(p *pack.Pack, words []string, class Class, verb *Verb) {
	for _, w := range words {
		tokens := text.Analyze(strings.TrimSpace(w), p).Tokens
		if len(tokens) == 0 {
			continue
		}
		e := g.words[tokens[0].Norm]
		if e == nil {
			e = &entry{}
			g.words[tokens[0].Norm] = e
		}
		if len(tokens) == 1 && verb == nil {
			e.class |= class
			continue
		}
		s := seq{class: class, verb: verb}
		for _, t := range tokens[1:] {
			s.rest = append(s.rest, t.Norm)
		}
		if verb == nil || verb.Closes != "" || !e.knows(s.rest) {
			e.seqs = append(e.seqs, s)
		}
	}
}

// whole files a word whose characters have no roles of their own.
func (g *Grammar) whole(tokens []text.Token) {
	e := g.words[tokens[0].Norm]
	if e == nil {
		e = &entry{}
		g.words[tokens[0].Norm] = e
	}
	s := seq{whole: true}
	for _, t := range tokens[1:] {
		s.rest = append(s.rest, t.Norm)
	}
	e.seqs = append(e.seqs, s)
}

func (e *entry) knows(rest []string) bool {
	for _, s := range e.seqs {
		if s.verb != nil && s.verb.Closes == "" && strings.Join(s.rest, " ") == strings.Join(rest, " ") {
			return true
		}
	}
	return false
}

func normal(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = text.Normalize(w)
	}
	return out
}

// look finds a token in the lexicon, also behind a clitic; prefixed tells that a clitic was taken off.
func (g *Grammar) look(norm string) (e *entry, prefixed bool) {
	if e = g.words[norm]; e != nil {
		return e, false
	}
	for _, c := range g.clitics {
		if len(norm) > len(c)+2 && strings.HasPrefix(norm, c) {
			if e = g.words[norm[len(c):]]; e != nil {
				return e, true
			}
		}
	}
	return nil, false
}
