package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
)

// Meta names that hold the authors, the most reliable first.
var authorMetas = []string{"author", "article:author", "article:author_name", "og:article:author", "og:author", "dc.creator", "dcterms.creator", "dc.contributor", "parsely-author", "sailthru.author", "byl", "authors", "article.author", "cxenseparse:author", "creator", "rbauthors", "citation_author", "twitter:creator:name", "vr:author", "dcsext.author", "mediator_author", "dable:author", "byline"}

// bylines collects the authors: from JSON-LD, from meta tags, from what markup calls an author, from a line beside the headline or
// under the text that says "by". The first of these that names a person decides.
func (r *reading) bylines(a *news.Article, items []item) {
	b := &byliner{r: r, a: a}
	for _, s := range r.ld.authors {
		b.take(s, false)
	}
	for _, s := range r.ld.orgs {
		b.take(s, true)
	}
	for _, name := range authorMetas {
		if len(a.Byline) > 0 {
			break
		}
		for _, s := range r.head.all(name) {
			b.take(s, false)
		}
	}
	if len(a.Byline) == 0 {
		b.labelled()
	}
	for _, where := range [...]func(picture) bool{r.besideMark, r.inColumn, func(picture) bool { return true }} {
		if len(a.Byline) == 0 {
			b.marked(r.scene.bylines, where)
		}
		if len(a.Byline) == 0 {
			b.marked(r.scene.signed, where)
		}
	}
	if len(a.Byline) == 0 {
		b.lines(items)
	}
}

type byliner struct {
	r *reading
	a *news.Article
}

// take reads names out of what should be a byline. An organization's name counts only as a source.
func (b *byliner) take(s string, org bool) {
	for _, n := range splitNames(b.r.scene.lex, clean(stripTags(s))) {
		n = b.withoutOutlet(n)
		v := b.r.scene.lex.say(squash(n))
		switch {
		case v.ends&saysStaff != 0 && v.whole&saysAgency == 0, len(b.a.Byline) > 0 && degree(n):
		case v.whole&saysAgency != 0:
			cite(b.a, n, "")
		case v.starts&saysAgency != 0 && v.ends&(saysStaff|saysJob) != 0: // Reuters Staff
			cite(b.a, strings.Join(agenciesIn(b.r.scene.lex, strings.Fields(n)[0]), ""), "")
		case org || b.r.isSiteName(n) || v.whole&saysStaff != 0 || !nameLike(b.r.scene.lex, n):
		default:
			b.add(n)
		}
	}
}

// withoutOutlet takes the site's name or an agency's off the end of a name: "Jane Doe Florida Today".
func (b *byliner) withoutOutlet(n string) string {
	words := strings.Fields(n)
	for k := 1; k < len(words); k++ {
		tail := strings.Join(words[k:], " ")
		if b.r.isSiteName(tail) {
			return strings.Join(words[:k], " ")
		}
		if k > 1 && b.r.scene.lex.say(squash(tail)).whole&saysAgency != 0 {
			cite(b.a, tail, "")
			return titled(strings.Join(words[:k], " "))
		}
	}
	return n
}

// degree tells whether a word is letters behind a name: MD, PhD.
func degree(n string) bool {
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

// marked reads the elements that markup or a class calls the author.
func (b *byliner) marked(marks []picture, where func(picture) bool) {
	s := b.r.scene
	for _, m := range marks {
		if s.zones[m.at]&(hintRelated|hintComment|hintSidebar) != 0 || !where(m) {
			continue
		}
		name := b.r.nameWithin(m.at)
		if name == "" {
			name = s.walk.within(m.at)
		}
		if n := utf8.RuneCountInString(name); n > 1 && n < 90 {
			b.line(name)
		}
	}
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
			says := v.starts&saysBy != 0 && cutBy(s.lex, s.of(k)) != s.of(k) || v.any&saysJob != 0 && k.chars < 80 && k.ends == 0 && signedLine(s.of(k))
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
		if i := strings.IndexFunc(part, unicode.IsDigit); i >= 0 {
			part = strings.TrimRight(part[:i], " ,-–(")
			part = trimDateWords(lex, part)
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

// afterBy gives what follows the last word for "by" within a line: "Posted on Monday by A".
func afterBy(lex *lexicon, s string) string {
	words := strings.Fields(s)
	for i := len(words) - 2; i > 0; i-- {
		if w := squash(words[i]); len(w) > 1 && lex.say(w).whole&saysBy != 0 {
			return strings.Join(words[i+1:], " ")
		}
	}
	return s
}

// trimDateWords takes the beginning of a date off the end of a byline: "by A on Monday, June".
func trimDateWords(lex *lexicon, s string) string {
	words := strings.Fields(s)
	for len(words) > 1 {
		v := lex.say(squash(words[len(words)-1]))
		if v.whole&(saysMonth|saysPublished|saysUpdated) == 0 && utf8.RuneCountInString(words[len(words)-1]) > 2 {
			break
		}
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}
