package page

import (
	"strings"
	"unicode/utf8"

	"marsad/news"
)

// plainItems takes a plain text apart into paragraphs: at blank lines, or at every line where there are none.
func plainItems(s string, lex *lexicon) []item {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	sep := "\n\n"
	lines := strings.Split(s, "\n")
	blank := 0
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			blank++
		}
	}
	if blank*8 < len(lines) {
		sep = "\n"
	}
	var out []item
	var para []string
	end := func() {
		if len(para) > 0 {
			out = append(out, plainItem(para, lex))
			para = para[:0]
		}
	}
	for _, l := range lines {
		if l = clean(l); l != "" {
			para = append(para, l)
		} else {
			end()
		}
		if sep == "\n" {
			end()
		}
	}
	end()
	return out
}

func plainItem(lines []string, lex *lexicon) item {
	var w walk
	for i, l := range lines {
		if i > 0 {
			w.breaks = 1
		}
		w.words(l)
	}
	w.flush()
	it := item{block: -1, role: tagP}
	if len(w.blocks) > 0 {
		b := &w.blocks[0]
		it.text, it.chars, it.ends = w.text.String()[b.start:b.end], b.chars, b.ends
	}
	it.read(lex)
	return it
}

// readPlain reads a plain text, or one that a feed has mangled: the furniture stands between the paragraphs as lines.
func readPlain(a *news.Article, s string, lex *lexicon) {
	items := plainItems(s, lex)
	if a.Headline == "" && len(items) > 1 && headlike(&items[0]) {
		a.Headline = items[0].text
	}
	judge(items, a.Headline, lex)
	for i := range items {
		plainCaption(a, &items[i], lex)
	}
	plainSource(a, items)
	render(a, items)
	dateline(a, lex)
}

// headlike tells whether the first paragraph of a plain text is its headline.
func headlike(it *item) bool {
	n := utf8.RuneCountInString(it.text)
	if n == 0 || n > 220 || it.out != "" {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(it.text, "\"'”»)"))
	return !strings.ContainsRune(".。।", r) && !strings.Contains(it.text, "\n")
}

// plainCaption moves a line that ends in a bracketed credit to the media: a caption that has lost its picture.
func plainCaption(a *news.Article, it *item, lex *lexicon) {
	if it.out != "" || it.meta || it.chars > 400 {
		return
	}
	body, in, ok := bracketEnd(it.text)
	known := ok && creditWords(lex, in)
	if body, credit, signed := signedCaption(it, lex); signed {
		it.drop(news.Caption, "signed-line")
		a.Media = append(a.Media, news.Media{Caption: body, Credit: credit})
		return
	}
	if !ok || endsSentence(body) || !known && !likeCaption(body, in) {
		return
	}
	rule, credit := "bracketed-line", in
	if known {
		rule, credit = "bracketed-credit", bareCredit(lex, in)
	}
	it.drop(news.Caption, rule)
	a.Media = append(a.Media, news.Media{Caption: body, Credit: credit})
}

// signedCaption parts a caption that is a sentence from the credit behind it, which says with a word of its own who took the picture:
// "Engineers on the bridge on Tuesday. (Photo: Ana Wells/Reuters)". A paragraph of a report ends with an agency's name at most.
func signedCaption(it *item, lex *lexicon) (body, credit string, ok bool) {
	if it.chars > 260 || it.ends > 3 || strings.ContainsAny(it.text, "\n“”«»\"") {
		return "", "", false
	}
	body, in, bracketed := bracketEnd(it.text)
	if !bracketed {
		i := strings.LastIndexAny(it.text, ".!?。")
		if label, rest, labelled := cutLabel(it.text[max(i, 0):]); i > 0 && labelled && rest != "" && lex.say(squash(label)).whole&saysCredit != 0 && len(strings.Fields(rest)) <= 8 && it.ends <= 2 {
			body, in, bracketed = it.text[:i+1], it.text[i+1:], true
		}
	}
	if !bracketed || body == "" || lex.sayAs(squash(in), in).starts&saysCredit == 0 {
		return "", "", false
	}
	return body, bareCredit(lex, strings.TrimSpace(in)), true
}

// likeCaption tells whether a line that ends in brackets is a caption by its shape: many words that are no sentence, and a name of one
// to three words in the brackets, as nobody writes a paragraph of running text.
func likeCaption(body, in string) bool {
	return len(strings.Fields(body)) >= 8 && !strings.ContainsAny(body, ".!?؟。:") && len(strings.Fields(in)) <= 3 && !strings.ContainsAny(in, "0123456789٠١٢٣٤٥٦٧٨٩%")
}

// endMarks are the marks that end a sentence, and the Japanese mark that ends speech, where the stop before it is left out.
const endMarks = ".!?…。！？؟۔।॥։።။។」"

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"'”») 』）"))
	return strings.ContainsRune(endMarks, r)
}

// plainSource reads "Source: Name" at the end of a text: the line goes, the name is kept.
func plainSource(a *news.Article, items []item) {
	for i, left := len(items)-1, 4; i >= 0 && left > 0; i-- {
		it := &items[i]
		if it.out != "" {
			continue
		}
		if left--; it.meta || it.said.starts&saysSource == 0 || it.chars > 80 || endsSentence(it.text) {
			continue
		}
		if _, name, ok := cutLabel(it.text); ok {
			it.drop(news.SourceLine, "source-line")
			if name = strings.TrimSpace(name); name != "" {
				cite(a, name, "")
			}
		}
	}
}
