package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
)

// judge decides, item by item, what stays. headline is the article's; the rules go from the surest to the least sure.
func judge(items []item, headline string, lex *lexicon) {
	title := squash(headline)
	seen := false
	for i := range items {
		it := &items[i]
		if title != "" && it.folded == title {
			if seen {
				it.drop(news.RepeatedHeadline, "headline-again")
			}
			it.meta = !seen
			seen = true
			continue
		}
		byMark(it)
		if it.block < 0 {
			byWords(it)
			continue
		}
		if body, in, ok := bracketEnd(it.text); ok && it.chars < 400 && creditWords(lex, in) && !endsSentence(body) {
			it.drop(news.Caption, "bracketed-credit")
		}
		if it.pictured && it.chars < 450 && captionWords(it, lex) {
			it.drop(news.Caption, "under-picture")
		}
		if it.flags&inLifted != 0 {
			it.drop(news.Boilerplate, "for-screen-readers")
		}
		if !it.keep {
			byWords(it)
			byPlace(it)
			if it.out == "" && amidText(items, i) {
				continue
			}
			it.drop(news.Boilerplate, "score")
		}
	}
	tidy(items, lex)
	notices(items, lex)
}

// amidText tells whether a short line stands between two paragraphs of the text, in the element that holds them directly, and is a
// subheading by that alone: no link, no picture, none of the furniture's words.
func amidText(items []item, i int) bool {
	const most = 90 // letters of a subheading
	it := &items[i]
	if i == 0 || i+1 >= len(items) || it.chars < 4 || it.chars > most || it.links > 0 || it.pictured || it.flags != 0 || it.group != 0 ||
		it.zone&hintJunk != 0 || it.folded == "" || it.said.any&(furniture|saysAgency|saysCredit|saysBy|saysPublished|saysUpdated) != 0 ||
		int(it.digits)*3 > it.chars || endsSentence(it.text) {
		return false
	}
	paragraph := func(k int) bool { return items[k].keep && items[k].prose() && items[k].parent == it.parent }
	if next := &items[i+1]; it.role.is(isHeading) && next.keep && next.prose() && next.above == it.parent {
		return true // the text that it heads stands in an element beside it
	}
	if !paragraph(i+1) || items[i+1].block != it.block+1 {
		return false
	}
	for k := i - 1; k >= 0 && k >= i-4; k-- { // a box may stand above it
		if paragraph(k) {
			return true
		}
	}
	return false
}

// byMark knows the marks that template engines and feeds leave behind: [ad_1], {{…}}, <!--…-->.
func byMark(it *item) {
	s := strings.TrimSpace(it.text)
	if len(s) > 80 || len(s) < 3 {
		return
	}
	first, last := s[0], s[len(s)-1]
	switch {
	case first == '[' && last == ']' && !strings.ContainsAny(s[1:len(s)-1], " []") && isASCII(s):
		kind := news.Boilerplate
		if strings.HasPrefix(strings.ToLower(s), "[ad") {
			kind = news.AdSlot
		}
		it.drop(kind, "shortcode")
	case strings.HasPrefix(s, "{{") && strings.HasSuffix(s, "}}"), strings.HasPrefix(s, "<!--"):
		it.drop(news.Boilerplate, "template-mark")
	}
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// byWords knows items by the phrases of the language's pack.
func byWords(it *item) {
	v, n := it.said, len(it.folded)
	if n == 0 {
		if it.chars == 0 {
			it.drop(news.Boilerplate, "no-words")
		}
		return
	}
	cover := float64(v.cover) / float64(n)
	short := it.chars < 120
	switch {
	case v.whole&saysAd != 0 || short && cover > 0.6 && v.any&saysAd != 0:
		it.drop(news.AdSlot, "ad-label")
	case v.whole&saysSource != 0:
		it.drop(news.SourceLine, "source-line")
	case v.whole&saysRelated != 0, v.starts&saysRelated != 0 && short && (it.links > 0.3 || cover > 0.5 || strings.ContainsAny(it.text[:min(len(it.text), 60)], ":：")):
		it.drop(news.Related, "related-phrase")
	case v.pitch >= 2 && cover >= 0.22 && it.chars < 500, v.pitch >= 1 && cover > 0.5 && short, v.pitch >= 1 && it.links > 0.4 && it.chars < 250:
		it.drop(news.Newsletter, "pitch")
	case v.any&saysShare != 0 && cover > 0.6 && short:
		it.drop(news.Share, "share-phrase")
	case v.any&saysComment != 0 && cover > 0.6 && short:
		it.drop(news.Comment, "comment-phrase")
	case v.any&saysPaywall != 0 && cover > 0.4 && it.chars < 250:
		it.drop(news.Paywall, "paywall-phrase")
	case v.any&saysConsent != 0 && cover > 0.3 && it.chars < 400:
		it.drop(news.Consent, "consent-phrase")
	case v.any&saysBoilerplate != 0 && cover > 0.5 && short:
		it.drop(news.Boilerplate, "boilerplate-phrase")
	case v.any&saysRelated != 0 && it.links > 0.8 && short && cover > 0.3:
		it.drop(news.Related, "related-link")
	case strings.HasPrefix(strings.TrimSpace(it.text), "©"):
		it.drop(news.Boilerplate, "copyright-line")
	}
}

// byPlace knows items by the markup that holds them.
func byPlace(it *item) {
	z := it.zone
	prose := it.prose() && it.links < 0.5
	switch {
	case it.flags&inNoscript != 0:
		it.drop(news.Boilerplate, "noscript")
	case it.flags&inHidden != 0:
		it.drop(news.Boilerplate, "hidden")
	case it.flags&inControl != 0:
		it.drop(kindOf(z, news.Boilerplate), "control")
	case it.flags&inFigcaption != 0 && it.flags&inTable == 0:
		it.drop(news.Caption, "figcaption")
	case it.flags&inFigure != 0 && !prose:
		it.drop(news.Caption, "figure")
	case z&hintCaption != 0 && it.chars < 500:
		it.drop(news.Caption, "caption-class")
	case z&hintCredit != 0 && it.chars < 200:
		it.drop(news.Credit, "credit-class")
	case z&(hintRelated|hintShare|hintComment|hintPitch|hintAd|hintConsent|hintPaywall|hintBio|hintSidebar|hintNav) != 0 && (!prose || it.links > 0.2 || it.chars < 200):
		it.drop(kindOf(z, news.Boilerplate), "class")
	case z&(hintComment|hintRelated|hintConsent) != 0:
		it.drop(kindOf(z, news.Boilerplate), "class")
	case z&(hintTags|hintPromo|hintFooter|hintMeta) != 0 && !prose:
		it.drop(kindOf(z, news.Boilerplate), "class")
	case z&hintByline != 0 && it.chars < 150:
		it.drop(news.BylineLine, "byline-class")
	case z&hintDate != 0 && it.chars < 60:
		it.drop(news.DatelineLine, "date-class")
	case it.links > 0.8 && it.chars < 200 && it.role != tagP:
		it.drop(news.Related, "links")
	}
}

// tidy drops from what the looks kept the lines that words or form betray, whatever stands around them: pointers to other
// articles, pitches, credits, the lines about when and by whom a text was made.
func tidy(items []item, lex *lexicon) {
	last := -1
	for i := range items {
		if it := &items[i]; it.stays() && it.block >= 0 && it.prose() {
			last = i
		}
	}
	before, early := true, 0 // no running text above, how much of it
	var seen echoes
	under := false // a heading over pointers stands above, and nothing but links since
	for i := range items {
		it := &items[i]
		if !it.stays() || it.block < 0 {
			continue
		}
		if it.chars > 120 && it.ends > 0 {
			if seen.heard(it.text) {
				it.drop(news.Boilerplate, "said-before")
				continue
			}
		}
		if it.folded == "" {
			before, under = false, false // long prose: no phrase of the furniture is that long
			continue
		}
		if under = under && it.links > 0.8; under {
			it.drop(news.Related, "under-related")
			continue
		}
		if pointer(it, lex) {
			it.drop(news.Related, "pointer")
			under = it.links < 0.5
			continue
		}
		furnitureLine(it, before, lex)
		if early < 2 && !before && lateDate(it, lex) {
			it.drop(news.DatelineLine, "date-line")
		}
		before = before && !(it.stays() && it.prose())
		early += b2i(it.stays() && it.prose())
		makers(it, i >= last-1)
		if i > last {
			closingLine(it, lex)
		}
	}
	trailingLinks(items)
	placeholders(items)
	closeText(items, lex)
	saidAgain(items)
}

// echoes remembers the paragraphs of a text: a page that is made for two widths may hold its text twice, once in one piece.
type echoes struct {
	said map[string]bool
	long []string // the first pieces that may hold several paragraphs
}

// heard tells whether a paragraph was said before, alone or within a longer piece, and remembers it.
func (e *echoes) heard(s string) bool {
	if e.said[s] {
		return true
	}
	for _, l := range e.long {
		if len(l) > len(s) && strings.Contains(l, s) {
			return true
		}
	}
	if e.said == nil {
		e.said = map[string]bool{}
	}
	e.said[s] = true
	if len(s) > 1200 && len(s) < 32<<10 && len(e.long) < 4 {
		e.long = append(e.long, s)
	}
	return false
}

func (it *item) stays() bool { return it.out == "" && !it.meta }

// pointer tells whether a line points to another article: it opens with the language's words for it, or it is a link in capitals.
func pointer(it *item, lex *lexicon) bool {
	v := it.said
	switch {
	case v.whole&saysRelated != 0:
		return true
	case v.starts&saysRelated != 0 && it.chars < 220 && it.links > 0.25 && strings.ContainsAny(it.text[:min(len(it.text), 60)], ":："):
		return true
	case v.starts&saysRelated != 0 && it.chars < 160 && it.links > 0.9:
		return true
	case v.starts&saysRelated != 0 && it.chars < 200 && !it.role.is(isHeading) && labelledPointer(it.text, lex):
		return true
	case it.links > 0.5 && it.chars < 200 && pointed(it.text):
		return true
	case it.links > 0.95 && it.capitals > 0.6 && it.chars > 15 && it.chars < 200:
		return true
	}
	return false
}

// labelledPointer tells whether a line has a label that wholly says "read also", and the title of another article behind it: no sentence.
func labelledPointer(s string, lex *lexicon) bool {
	if strings.IndexByte(s, '\n') >= 0 || endsSentence(s) {
		return false
	}
	if pointed(s) {
		_, n := utf8.DecodeRuneInString(s)
		s = strings.TrimLeft(s[n:], " \ufe0f")
	}
	if phrase := longestStart(lex, s, saysRelated); strings.Contains(phrase, " ") && len(phrase) < len(s) {
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[len(phrase):], " :-–—"))
		return !unicode.IsLower(next) && lex.say(squash(phrase)).whole&(saysBadge|saysCredit) == 0
	}
	i := strings.IndexAny(s, ":：】]")
	if first, _ := utf8.DecodeRuneInString(s); i < 0 && loose(first) {
		i = strings.IndexByte(s, ' ')
	}
	if i <= 0 || i > 80 {
		return false
	}
	rest := strings.TrimLeft(s[i:], ":：】] ")
	v := lex.say(squash(s[:i]))
	return rest != "" && v.whole&saysRelated != 0 && v.whole&(saysBadge|saysCredit) == 0
}

// kindOf gives the kind of removal that hints speak for.
func kindOf(z hint, otherwise news.RemovedKind) news.RemovedKind {
	switch {
	case z&hintComment != 0:
		return news.Comment
	case z&hintPaywall != 0:
		return news.Paywall
	case z&hintConsent != 0:
		return news.Consent
	case z&hintAd != 0:
		return news.AdSlot
	case z&hintPitch != 0:
		return news.Newsletter
	case z&hintShare != 0:
		return news.Share
	case z&hintRelated != 0:
		return news.Related
	case z&hintCredit != 0:
		return news.Credit
	case z&hintBio != 0, z&hintByline != 0:
		return news.BylineLine
	}
	return otherwise
}
