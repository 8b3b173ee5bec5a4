package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
)

// Meta names that hold the authors, the most reliable first.
var authorMetas = []string{"author", "article:author", "article:author_name", "og:article:author", "og:author", "dc.creator", "dcterms.creator", "dc.contributor", "parsely-author", "sailthru.author", "byl", "authors", "article.author", "cxenseparse:author", "creator", "rbauthors", "citation_author", "twitter:creator:name", "vr:author", "dcsext.author", "mediator_author", "dable:author", "byline"}

// bylines collects the authors: from JSON-LD, from meta tags, from what markup calls an author, from a line beside the headline or
// under the text that says "by". The first of these that names a person decides; a meta tag may add to the persons of JSON-LD.
func (r *reading) bylines(a *news.Article, items []item) {
	b := &byliner{r: r, a: a}
	if r.ld.rank > sideRank {
		b.linkedData()
	}
	b.metas()
	if len(a.Byline) == 0 {
		b.linkedData()
	}
	if len(a.Byline) == 0 {
		b.labelled()
	}
	places := []func(picture) bool{r.besideMark, r.inColumn, func(picture) bool { return true }}
	if len(r.ld.orgs) > 0 {
		places = places[:1] // the page says that its author is no person: names farther off are others'
	}
	for i, where := range places {
		if len(a.Byline) == 0 {
			b.marked(r.scene.bylines, where)
		}
		if i == 0 && len(a.Byline) == 0 {
			b.weak = true
			b.linked()
			b.weak = false
		}
		if len(a.Byline) == 0 {
			b.weak = true
			b.marked(r.scene.signed, where)
			b.weak = false
		}
		if i == 2 && (b.spread || len(a.Byline) > 3) {
			a.Byline = nil // a list of the site's writers, or of other articles'
		}
	}
	if len(a.Byline) == 0 {
		b.weak = true
		b.lines(items)
	}
	if len(a.Byline) == 0 {
		b.signedOff()
	}
	if len(a.Byline) == 0 && len(a.Cites) == 0 {
		b.scripted()
	}
	if len(a.Byline) == 0 {
		b.nicknames()
	}
}

type byliner struct {
	r      *reading
	a      *news.Article
	weak   bool // nothing but a class or a word says that names follow
	spread bool // marks that stand apart gave names
}

// linkedData reads the authors that JSON-LD names.
func (b *byliner) linkedData() {
	for _, s := range b.r.ld.authors {
		b.take(s, false)
	}
	for _, s := range b.r.ld.orgs {
		b.take(s, true)
	}
}

// metas reads the meta tags. The first that names persons counts, and one that names all persons of JSON-LD and more.
func (b *byliner) metas() {
	had := len(b.a.Byline)
	for _, name := range authorMetas {
		if had == 0 && len(b.a.Byline) > 0 {
			return
		}
		more := &byliner{r: b.r, a: &news.Article{}}
		for _, s := range b.r.head.all(name) {
			more.take(s, false)
		}
		for _, c := range more.a.Cites {
			cite(b.a, c.Name, "")
		}
		if had == 0 || len(more.a.Byline) > had && holdsAll(more.a.Byline, b.a.Byline) {
			b.a.Byline = more.a.Byline
			had = len(b.a.Byline)
			if had > 0 {
				return
			}
		}
	}
}

// holdsAll tells whether all of some names are among others.
func holdsAll(names, some []string) bool {
	for _, n := range some {
		if !slices.ContainsFunc(names, func(m string) bool { return same(m, n) }) {
			return false
		}
	}
	return true
}

// take reads names out of what should be a byline. An organization's name counts only as a source, and where one stands among single
// words these are its places.
func (b *byliner) take(s string, org bool) {
	lex := b.r.scene.lex
	s = clean(stripTags(s))
	if first, _, ok := strings.Cut(s, "|"); ok && b.outletOnly(strings.TrimSpace(first)) {
		return // the name of an outlet and its slogan
	}
	names := splitNames(lex, b.r.lang, s)
	beside := slices.ContainsFunc(names, b.r.isOutlet)
	for _, n := range names {
		n = strings.Trim(b.withoutOutlet(n), " .,:")
		v := lex.sayAs(squash(n), n)
		first, _ := utf8.DecodeRuneInString(n)
		switch {
		case v.ends&saysStaff != 0 && v.whole&saysAgency == 0, len(b.a.Byline) > 0 && degree(n):
		case v.whole&saysAgency != 0:
			cite(b.a, n, "")
		case v.starts&saysAgency != 0 && v.ends&(saysStaff|saysJob) != 0: // Reuters Staff
			cite(b.a, strings.Join(agenciesIn(lex, strings.Fields(n)[0]), ""), "")
		case org || b.r.isOutlet(n) || !nameLike(lex, n) || b.weak && !b.surely(n, v):
		case beside && !severalWords(n) && !loose(first):
		default:
			b.add(n)
		}
	}
}

// outletOnly tells whether words name an outlet.
func (b *byliner) outletOnly(s string) bool {
	v := b.r.scene.lex.say(squash(s))
	return b.r.isOutlet(s) || (v.starts|v.ends)&saysOutlet != 0
}

// surely tells whether words that only a class or a word calls an author are a whole name: several words, nothing that pages say of
// themselves among them.
func (b *byliner) surely(n string, v said) bool {
	if (v.starts|v.ends)&(saysRelated|saysShare|saysPitch|saysAd|saysComment|saysBoilerplate|saysPaywall|saysConsent) != 0 || v.any&(saysPublished|saysUpdated) != 0 || same(n, b.a.Headline) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(n)
	return loose(r) || severalWords(n)
}

// isOutlet tells whether a name is, or begins with, one that the page gives its site or publisher.
func (r *reading) isOutlet(n string) bool {
	if r.isSiteName(n) || same(n, r.ld.site) && !r.ld.owner {
		return true
	}
	f := squash(n)
	if site := squash(r.site); strings.Contains(site, " ") && strings.HasPrefix(f, site+" ") {
		return true
	}
	is := func(o string) bool { return f != "" && squash(o) == f }
	return slices.ContainsFunc(r.ld.orgs, is) || slices.ContainsFunc(r.outlets(), is)
}

// outlets are the names that the page's metadata give its site.
func (r *reading) outlets() []string {
	var out []string
	for _, name := range [...]string{"og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher", "article:publisher", "copyright", "cre", "twitter:site"} {
		if r.head != nil {
			out = append(out, strings.TrimPrefix(r.head.get(name), "@"))
		}
	}
	return out
}

// withoutOutlet takes the site's name or an agency's off the end of a name: "Jane Doe Florida Today".
func (b *byliner) withoutOutlet(n string) string {
	words := strings.Fields(n)
	for k := 1; k < len(words); k++ {
		tail := strings.Join(words[k:], " ")
		if b.r.isOutlet(tail) {
			return strings.Join(words[:k], " ")
		}
		if k > 1 && b.r.scene.lex.sayAs(squash(tail), tail).whole&saysAgency != 0 {
			cite(b.a, tail, "")
			return titled(b.r.lang, strings.Join(words[:k], " "))
		}
	}
	return n
}

// degree tells whether a word is letters behind a name: MD, PhD.
func degree(n string) bool {
	n = strings.ReplaceAll(n, ".", "")
	return len(n) <= 4 && isASCII(n) && !strings.Contains(n, " ") && (strings.ToUpper(n) == n || n == "PhD")
}

func (b *byliner) add(n string) {
	for _, have := range b.a.Byline {
		if same(have, n) {
			return
		}
	}
	if len(b.a.Byline) < 20 {
		b.a.Byline = append(b.a.Byline, n)
	}
}

// labelled reads the pairs of label and value that WordPress writes for previews: twitter:label1 "Written by", twitter:data1.
func (b *byliner) labelled() {
	for _, k := range [...]string{"1", "2"} {
		label := b.r.head.get("twitter:label" + k)
		if label != "" && b.r.scene.lex.say(squash(label)).whole&saysBy != 0 {
			b.take(b.r.head.get("twitter:data"+k), false)
		}
	}
	if len(b.a.Byline) == 0 && len(b.r.ld.persons) == 1 {
		b.take(b.r.ld.persons[0], false)
	}
}

func (r *reading) besideMark(m picture) bool { return r.beside(m.before) }

func (r *reading) inColumn(m picture) bool { return r.scene.holds(r.scene.column, m.at) }

// marked reads the elements that markup or a class calls the author. A side column beside the headline may hold them, a picture's
// words may not.
func (b *byliner) marked(marks []picture, where func(picture) bool) {
	s := b.r.scene
	last := -1
	for _, m := range marks {
		z := s.zones[m.at] & (hintRelated | hintComment | hintSidebar)
		if z&^hintSidebar != 0 || z != 0 && !b.r.besideMark(m) || !where(m) || m.before < len(s.blocks) && s.blocks[m.before].flags&inFigcaption != 0 {
			continue
		}
		if strings.Contains(b.r.tree.attr(m.at, "itemtype"), "Organization") {
			b.take(s.walk.within(m.at), true)
			continue
		}
		name := b.r.nameWithin(m.at)
		if name == "" {
			name = s.walk.within(m.at)
		}
		if b.weak && sentence(name) {
			continue // who the author is
		}
		if n := utf8.RuneCountInString(name); n > 1 && n < 90 {
			had := len(b.a.Byline)
			b.line(name)
			if len(b.a.Byline) > had {
				b.spread = b.spread || last >= 0 && m.before > last+1
				last = m.before
			}
		}
	}
}

// sentence tells whether words are a sentence rather than names, which may end in "Jr.".
func sentence(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return endsSentence(s) && (loose(first) || len(strings.Fields(s)) > 3)
}

// nameWithin gives the words of the element that microdata calls a name within another.
func (r *reading) nameWithin(at int32) string {
	for c := r.tree.nodes[at].first; c != 0; c = r.tree.nodes[c].next {
		if r.tree.nodes[c].tag == tagText {
			continue
		}
		if strings.EqualFold(r.tree.attr(c, "itemprop"), "name") {
			if s := r.tree.attr(c, "content"); s != "" {
				return s
			}
			return r.scene.walk.within(c)
		}
		if s := r.nameWithin(c); s != "" {
			return s
		}
	}
	return ""
}

// lines reads the lines that a class calls a byline or that begin with the language's word for it, beside the headline first,
// then under the text.
func (b *byliner) lines(items []item) {
	s := b.r.scene
	for pass := 0; pass < 3 && len(b.a.Byline) == 0; pass++ {
		for i := range s.blocks {
			k, v := &s.blocks[i], &s.said[i]
			f := s.folded[i]
			if f == "" || k.chars > 120 || k.flags&inControl != 0 || s.zones[k.at]&(hintRelated|hintComment|hintSidebar|hintCaption|hintCredit) != 0 {
				continue
			}
			says := behindLabel(s.lex, s.of(k)) != "" || v.starts&saysBy != 0 && cutBy(s.lex, s.of(k)) != s.of(k) || v.any&saysJob != 0 && k.chars < 80 && k.ends == 0 && signedLine(s.of(k))
			own := s.hints[k.at] | s.hints[s.tree.nodes[k.at].parent]
			near := b.r.beside(i) || i >= s.first-8 && i <= s.first+1
			switch pass {
			case 0:
				if !near || own&hintByline == 0 {
					continue
				}
			case 1:
				if !near || !says {
					continue
				}
			case 2:
				if i < s.last-1 || i > s.last+4 || !says {
					continue
				}
			}
			b.line(s.of(k))
			if len(b.a.Byline) > 0 {
				return
			}
		}
	}
}

// signedLine tells whether a line that names a job is a byline: it gives a mail address, or is written without spaces and short.
func signedLine(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.Contains(s, "@") || loose(r)
}

// line reads a byline: its first line that holds a name, up to the date or time that follows.
func (b *byliner) line(s string) {
	lex := b.r.scene.lex
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '|' || r == '•' || r == '·' }) {
		part = strings.TrimSpace(part)
		if label := behindLabel(lex, part); label != "" {
			part = label
		}
		if i := strings.IndexFunc(part, unicode.IsDigit); i >= 0 {
			part = strings.TrimRight(part[:i], " ,-–(")
			part = trimDateWords(lex, b.r.lang, part)
		}
		part = afterBy(lex, part)
		if part == "" || utf8.RuneCountInString(part) > 90 || endsSentence(part) && len(strings.Fields(part)) > 5 {
			continue
		}
		b.take(part, false)
		if len(b.a.Byline) > 0 {
			return
		}
	}
}
