package page

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// authorPaths are the parts of addresses that lead to a page about one of the site's writers.
var authorPaths = [...]string{"/author/", "/authors/", "/autor/", "/autores/", "/autora/", "/autoren/", "/autore/", "/autori/", "/auteur/", "/auteurs/", "/journalist/", "/journaliste/", "/journalistes/", "/journalists/", "/journalisten/", "/periodista/", "/contributor/", "/contributors/", "/columnist/", "/columnists/", "/reporter/", "/reporters/", "/writer/", "/writers/", "/by/", "/byline/", "/bylines/", "/newsteam/", "/correspondent/", "/correspondents/", "/signature/", "/firma/", "/firmas/", "/firme/", "/yazar/", "/yazarlar/", "/avtor/", "/avtory/", "/forfatter/", "/skribent/", "/toimittaja/", "/szerzo/", "/penulis/", "/tac-gia/", "/redacteur/", "/auteurs-", "?author="}

// linked reads the links beside the headline that lead to a page about a writer.
func (b *byliner) linked() {
	s := b.r.scene
	nodes := b.r.tree.nodes
	from, to := b.r.besideNodes()
	for at := from; at < to; at++ {
		if nodes[at].tag != tagA || b.r.inProse(at) || s.zones[at]&(hintRelated|hintComment|hintNav|hintTags) != 0 {
			continue
		}
		href := strings.ToLower(b.r.tree.attr(at, "href"))
		for _, path := range authorPaths {
			if strings.Contains(href, path) {
				if words := s.walk.within(at); utf8.RuneCountInString(words) < 60 {
					b.take(words, false)
				}
				break
			}
		}
	}
}

// besideNodes gives the nodes that stand beside the headline.
func (r *reading) besideNodes() (from, to int32) {
	blocks := r.scene.blocks
	first := sort.Search(len(blocks), func(i int) bool { return r.beside(i) })
	if first == len(blocks) { // the answer is not monotone: look for the beginning
		for first = 0; first < len(blocks) && !r.beside(first); first++ {
		}
	}
	for first > 0 && r.beside(first-1) {
		first--
	}
	last := first
	for last < len(blocks) && r.beside(last) {
		last++
	}
	if first >= len(blocks) {
		return 0, 0
	}
	if last == len(blocks) {
		return blocks[first].at, int32(len(r.tree.nodes))
	}
	return blocks[first].at, blocks[last].at
}

// signedOff reads a name that stands alone below the text, to the right as signatures stand.
func (b *byliner) signedOff() {
	s := b.r.scene
	for i := max(0, s.last-1); i < min(len(s.blocks), s.last+3); i++ {
		k := &s.blocks[i]
		words := s.of(k)
		if k.chars > 40 || k.ends > 0 || k.flags&(inControl|inFigcaption) != 0 || s.zones[k.at]&(hintRelated|hintComment|hintNav|hintShare|hintTags) != 0 || strings.Contains(words, "\n") || !b.r.setApart(k.at) && !bracketed(s.lex, words) {
			continue
		}
		if b.take(words, false); len(b.a.Byline) > 0 {
			return
		}
	}
}

// bracketed tells whether a line is one or more names of three characters and more in brackets, as Japanese papers sign: 【山田花子】.
func bracketed(lex *lexicon, s string) bool {
	body, in, ok := bracketEnd(s)
	if !ok || body != "" {
		return false
	}
	for _, n := range strings.FieldsFunc(in, func(r rune) bool { return r == '、' || r == '・' || r == '，' || r == ' ' }) {
		if k := utf8.RuneCountInString(n); lex.say(squash(n)).any != 0 || k < 3 || k > 6 || strings.ContainsFunc(n, func(r rune) bool {
			return !unicode.Is(unicode.Han, r) && !unicode.In(r, unicode.Hiragana, unicode.Katakana)
		}) {
			return false
		}
	}
	return true
}

// setApart tells whether an element's words stand to the right of their line.
func (r *reading) setApart(at int32) bool {
	style := strings.ToLower(r.tree.attr(at, "style") + " " + r.tree.attr(at, "align"))
	return strings.Contains(style, "right") || strings.Contains(style, "end")
}

// inProse tells whether a node stands in running text.
func (r *reading) inProse(at int32) bool {
	blocks := r.scene.blocks
	i := sort.Search(len(blocks), func(i int) bool { return blocks[i].at > at })
	return i > 0 && blocks[i-1].chars > 120
}

// nicknames reads what a class beside the headline calls the author and is one word, where nothing else names anybody.
func (b *byliner) nicknames() {
	s := b.r.scene
	for _, m := range s.signed {
		words := s.walk.within(m.at)
		v := s.lex.say(squash(words))
		first, _ := utf8.DecodeRuneInString(words)
		if strings.Contains(words, " ") || v.any != 0 || !unicode.IsUpper(first) || !b.r.besideMark(m) || s.zones[m.at]&(hintRelated|hintComment|hintNav) != 0 {
			continue
		}
		if b.take(words, false); len(b.a.Byline) > 0 {
			return
		}
	}
}

// scripted reads the author that the page's scripts name, where they name one and nothing else on the page does.
func (b *byliner) scripted() {
	names := map[string]bool{}
	left := maxScriptBytes
	for i := range b.r.tree.nodes {
		n := &b.r.tree.nodes[i]
		if n.tag != tagScript || left <= 0 {
			continue
		}
		s := n.text[:min(len(n.text), left)]
		left -= len(s)
		for _, key := range [...]string{`"author":`, `"authors":`, `"byline":`, `"authorName":`, `"author_name":`, `"contributors":`, `"storyAuthors":`} {
			for rest := s; len(names) < 4; {
				_, after, ok := strings.Cut(rest, key)
				if !ok {
					break
				}
				rest = after
				if name := quotedName(after[:min(len(after), 200)]); name != "" {
					names[name] = true
				}
			}
		}
	}
	if len(names) == 1 {
		for name := range names {
			b.take(name, false)
		}
	}
}

// quotedName gives the string that begins s, or the name of the object or of the first object in the list that does.
func quotedName(s string) string {
	v := parseJSON(s)
	if t := strings.TrimLeft(s, " \t\n"); strings.HasPrefix(t, `"`) {
		p := jsonReader{s: t}
		v = p.value(0)
	}
	if v.kind == 'a' {
		if len(v.vals) == 0 {
			return ""
		}
		v = v.vals[0]
	}
	if v.kind == 'o' {
		v = v.get("name")
	}
	if v.kind != 's' || len(v.raw) > 80 {
		return ""
	}
	return v.text()
}
