package story

import (
	"slices"
	"strings"
	"unicode/utf8"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// outlet is what a credit may call a source.
type outlet struct {
	name  string // normal form
	sound string // the consonants of its words, for another script
	host  string
	known string // the entity that it is, "" where no list knows it
}

// meet remembers a source.
func (w *Window) meet(s news.Source) {
	if _, ok := w.sources[s.ID]; ok {
		return
	}
	w.sources[s.ID] = &outlet{plainName(s.Name), soundOf(s.Name), hostOf(s.Home), w.known(s.Name)}
}

// known gives the one entity that a name may mean: Reuters, رويترز and 路透社 are one.
func (w *Window) known(name string) string {
	if w.opt.Names == nil || name == "" {
		return ""
	}
	id, asked := w.called[name]
	if !asked {
		if ids := w.opt.Names.IDs(name); len(ids) == 1 {
			id = ids[0]
		}
		if len(w.called) >= mostCalled {
			clear(w.called)
		}
		w.called[strings.Clone(name)] = id
	}
	return id
}

// mostCalled bounds how many names are remembered with whom they mean: outlets credit the same few.
const mostCalled = 4096

// plainName is a name's words in normal form, one space between.
func plainName(s string) string {
	var words []string
	for _, t := range text.Analyze(s, pack.For("")).Tokens {
		if t.Kind != text.Mark {
			words = append(words, t.Norm)
		}
	}
	return strings.Join(words, " ")
}

// soundOf gives the consonants of a name, "" where they are too few to tell it from others.
func soundOf(s string) string {
	var out []string
	n := 0
	for _, w := range strings.Fields(plainName(s)) {
		if k := skeleton(strings.TrimPrefix(w, "ال")); k != "" {
			out = append(out, k)
			n += len(k)
		}
	}
	if n < 4 {
		return ""
	}
	return strings.Join(out, " ")
}

func hostOf(u string) string {
	_, rest, ok := strings.Cut(u, "//")
	if !ok {
		rest = u
	}
	if i := strings.IndexAny(rest, "/?#:"); i >= 0 {
		rest = rest[:i]
	}
	return strings.TrimPrefix(strings.ToLower(rest), "www.")
}

// cited gives the hashes of whom an article credits: names, their sounds, the hosts of links, and who they are known to be.
func (w *Window) cited(in Input) *[]uint32 {
	var out []uint32
	add := func(s string) {
		if k := hash32(s); s != "" && len(out) < 16 && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	for _, c := range in.Article.Cites[:min(len(in.Article.Cites), 5)] {
		add(plainName(c.Name))
		add(soundOf(c.Name))
		add(hostOf(c.URL))
		add(w.known(c.Name))
	}
	if len(out) == 0 {
		return nil
	}
	out = slices.Clone(out) // of its own size
	return &out
}

// credits tells whether an article names a source as its own.
func (w *Window) credits(a *article, source int64) bool {
	o := w.sources[source]
	if o == nil || source == a.source || a.cites == nil {
		return false
	}
	for _, s := range [...]string{o.name, o.sound, o.host, o.known} {
		if s != "" && slices.Contains(*a.cites, hash32(s)) {
			return true
		}
	}
	return false
}

// namedIn tells whether a text names the outlet: by its whole name but an article, in the outlet's own script. A name of one word must be
// written as names are, since it may be a word like any other.
func (o *outlet) namedIn(d *text.Doc) bool {
	if o == nil || d == nil {
		return false
	}
	words := strings.Fields(o.name)
	first, _ := utf8.DecodeRuneInString(o.name)
	switch unspaced := text.ScriptOf(first) == text.Han; {
	case len(words) == 0 || unspaced && len(words) < 3:
		return false
	case len(words) > 1 && !unspaced && utf8.RuneCountInString(words[0]) <= 3:
		words = words[1:]
	}
	for i := range d.Tokens {
		if startsAt(d, i, words) && (len(words) > 1 || utf8.RuneCountInString(words[0]) > 3 && capital(d, i)) {
			return true
		}
	}
	return false
}

// startsAt tells whether words stand from token i on; what is written together with the first may come off.
func startsAt(d *text.Doc, i int, words []string) bool {
	if i+len(words) > len(d.Tokens) {
		return false
	}
	for k, w := range words {
		switch norm := d.Tokens[i+k].Norm; {
		case norm == w:
		case k > 0 || !strings.HasSuffix(norm, w) || d.Pack == nil || !slices.Contains(text.Bare(nil, norm, d.Pack.Text), w):
			return false
		}
	}
	return true
}
