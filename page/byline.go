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

// splitNames cuts a byline into names: at commas, joining words and marks, without "by", jobs in brackets or behind a comma.
func splitNames(lex *lexicon, s string) []string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 400 || strings.Contains(s, "://") {
		return nil
	}
	s = cutBy(lex, s)
	parts := strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune(",;|/&+•·،、，\n()（）[]–—", r)
	})
	var out []string
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if agency := longestStart(lex, p, saysAgency); agency != "" { // AP National Security Writer
			out = append(out, agency)
			continue
		}
		for _, n := range splitAnd(lex, p) {
			for _, n := range splitStops(n) {
				if n = trimName(lex, n); n != "" {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// splitStops cuts at full stops that end a word longer than an initial or a title: "A. Writer. The Paper".
func splitStops(s string) []string {
	for i := 0; ; {
		j := strings.Index(s[i:], ". ")
		if j < 0 {
			return []string{s}
		}
		i += j
		word := s[strings.LastIndexByte(s[:i], ' ')+1 : i]
		if utf8.RuneCountInString(word) > 4 {
			return append([]string{s[:i]}, splitStops(s[i+2:])...)
		}
		i += 2
	}
}

// cutBy takes the word before the authors off a byline.
func cutBy(lex *lexicon, s string) string {
	for again := 0; again < 3; again++ {
		cut := len(longestStart(lex, s, saysBy))
		if cut == 0 {
			cut = gluedStart(lex, s)
		}
		if cut == 0 {
			return s
		}
		rest := strings.TrimLeft(s[cut:], " :：\u00a0-–|/＝=")
		if rest == "" {
			return s
		}
		s = rest
	}
	return s
}

// gluedStart gives the length of a word for "by" that begins s in a script without spaces; one character is too little to tell.
func gluedStart(lex *lexicon, s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if !loose(r) {
		return 0
	}
	best := 0
	for _, p := range lex.first[s[:n]] {
		if p.kind&saysBy != 0 && len(p.words) > max(n, best) && strings.HasPrefix(s, p.words) {
			best = len(p.words)
		}
	}
	return best
}

// longestStart gives the words of s that are a phrase of a kind and begin it, "" for none.
func longestStart(lex *lexicon, s string, kind phrases) string {
	best := ""
	for i, n := 0, 0; i <= len(s) && n < 5; n++ {
		j := strings.IndexAny(s[i:], " :：\u00a0＝=.／/")
		end := len(s)
		if j >= 0 {
			end = i + j
		}
		head := s[:end]
		if v := lex.say(squash(head)); v.whole&kind != 0 {
			best = head
		}
		if j < 0 {
			break
		}
		_, w := utf8.DecodeRuneInString(s[end:])
		i = end + w
	}
	return best
}

// splitAnd cuts "A and B" at the language's joining words, which stand between spaces. Where the word is one letter that joins
// the name after it, it is left.
func splitAnd(lex *lexicon, s string) []string {
	var out []string
	words := strings.Fields(s)
	from := 0
	for i, w := range words {
		if v := lex.say(squash(w)); i > 0 && i+1 < len(words) && v.whole&saysAnd != 0 && (len(w) > 1 || i-from > 1) {
			out = append(out, strings.Join(words[from:i], " "))
			from = i + 1
		}
	}
	return append(out, strings.Join(words[from:], " "))
}

// trimName takes jobs, titles and addresses off a name; "" where nothing is left of it.
func trimName(lex *lexicon, s string) string {
	s = cutBy(lex, strings.Trim(s, " .:-–@\"'“”*·"))
	words := strings.Fields(s)
	for len(words) > 0 { // a job or a mail address behind the name
		last := words[len(words)-1]
		v := lex.say(squash(last))
		if strings.Contains(last, "@") || v.whole&saysJob != 0 && v.whole&saysAgency == 0 && len(words) > 1 {
			words = words[:len(words)-1]
			continue
		}
		if len(words) > 2 {
			if v := lex.say(squash(strings.Join(words[len(words)-2:], " "))); v.whole&saysJob != 0 {
				words = words[:len(words)-2]
				continue
			}
		}
		break
	}
	s = strings.Join(words, " ")
	if lex.say(squash(s)).whole&saysJob != 0 {
		return ""
	}
	return strings.Trim(titled(s), " .,:")
}

// titled writes a name in capitals the usual way: JANE DOE.
func titled(s string) string {
	if strings.ToUpper(s) == s && strings.ToLower(s) != s && strings.Contains(s, " ") {
		return titleCase(s)
	}
	return s
}

func titleCase(s string) string {
	up := true
	return strings.Map(func(r rune) rune {
		was := up
		up = !unicode.IsLetter(r) && r != '\''
		if was {
			return r
		}
		return unicode.ToLower(r)
	}, s)
}

// particles are the words of names that are written small.
var particles = map[string]bool{"von": true, "van": true, "der": true, "den": true, "de": true, "del": true, "della": true, "di": true, "da": true, "do": true, "dos": true, "das": true, "du": true, "la": true, "le": true, "el": true, "al": true, "bin": true, "ibn": true, "bint": true, "ben": true, "abu": true, "zu": true, "zur": true, "zum": true, "ter": true, "ten": true, "y": true, "e": true, "af": true, "av": true, "vom": true, "am": true, "des": true, "d'": true, "los": true, "las": true, "ou": true, "ul": true}

// nameLike tells whether words may be a person's name.
func nameLike(lex *lexicon, s string) bool {
	n := utf8.RuneCountInString(s)
	words := strings.Fields(s)
	if n < 2 || n > 60 || len(words) > 6 || strings.ContainsAny(s, "@<>{}=#%_?!:/\\0123456789") {
		return false
	}
	low := strings.ToLower(s)
	if strings.HasPrefix(low, "http") || strings.Contains(low, "www.") || strings.Contains(low, ".com") {
		return false
	}
	for i, w := range words { // of the scripts that have capitals, names have them, but for particles
		if smallLetters(w) && (i == 0 && len(words) == 1 || !particles[w]) {
			return false
		}
	}
	v := lex.say(squash(s))
	if v.whole&(saysBy|saysAnd|saysCredit|saysRelated|saysShare|saysComment|saysBoilerplate|saysSource) != 0 {
		return false
	}
	if v.any&(saysMonth|saysPublished|saysUpdated|saysShare|saysPitch|saysComment) != 0 && len(words) < 3 && v.whole != 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(first)
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

// smallLetters tells whether a word is written small in a script that tells small from great. Georgian has capitals that no name is
// written with.
func smallLetters(w string) bool {
	if r, _ := utf8.DecodeRuneInString(w); r >= 0x10D0 && r <= 0x10FF {
		return false
	}
	return strings.ToLower(w) == w && strings.ToUpper(w) != w
}
