package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
)

// furnitureLine drops pitches, share lines, ad labels, date lines and lone credits.
// before says that no running text stands above.
func furnitureLine(it *item, before bool, lex *lexicon) {
	v := it.said
	cover := float64(v.cover) / float64(len(it.folded))
	switch {
	case v.whole&saysAd != 0:
		it.drop(news.AdSlot, "ad-label")
	case v.sells >= 2 && cover >= 0.22 && it.chars < 300, v.pitch >= 1 && it.links > 0.9 && it.chars < 120:
		it.drop(news.Newsletter, "pitch")
	case v.any&saysShare != 0 && cover >= 0.5 && it.chars < 120:
		it.drop(news.Share, "share-phrase")
	case v.any&saysComment != 0 && cover >= 0.6 && it.chars < 80:
		it.drop(news.Comment, "comment-phrase")
	case v.any&(saysPaywall|saysConsent|saysBoilerplate) != 0 && cover >= 0.6 && it.chars < 120 && !it.role.is(isHeading):
		it.drop(news.Boilerplate, "boilerplate-phrase")
	case v.any&saysMonth != 0 && v.starts&(saysPublished|saysUpdated) != 0 && it.chars < 90 && it.ends < 4 && !endsSentence(it.text):
		it.drop(news.DatelineLine, "date-line")
	case before && it.digits >= 3 && it.chars < 45 && !it.role.is(isHeading) && dateAlone(it.text, lex):
		it.drop(news.DatelineLine, "date-line")
	case before && it.chars < 70 && it.ends < 3 && v.starts&saysBy != 0 && !it.role.is(isHeading) && (nameLike(lex, cutBy(lex, it.text)) || newsroom(it.text, lex)) && !endsSentence(it.text):
		it.drop(news.BylineLine, "by-line")
	case it.links > 0.9 && it.ends == 0 && strings.Contains(it.text, "\n"):
		it.drop(news.Related, "links")
	case v.any&saysPublished != 0 && v.any&(saysBoilerplate|saysBy) != 0 && it.chars < 150 && it.digits > 3 && !endsSentence(it.text):
		it.drop(news.DatelineLine, "date-line")
	case v.ends&saysAgency != 0 && it.chars < 90 && it.ends == 0 && strings.ContainsAny(it.text, "/©|") && it.links < 0.5:
		it.drop(news.Credit, "credit-line")
	case creditLine(it):
		it.drop(news.Credit, "credit-line")
	case strings.HasPrefix(it.text, "©") && it.chars < 160:
		it.drop(news.Boilerplate, "copyright-line")
	case hashtags(it.text):
		it.drop(news.Boilerplate, "hashtags")
	}
}

// creditLine tells whether a line is a credit and nothing else: "Photo: Name". Verbs make sentences, and sentences end.
func creditLine(it *item) bool {
	v := it.said
	if it.chars > 90 || it.role.is(isHeading) {
		return false
	}
	if v.ends&saysCredit != 0 && v.starts&saysCredit == 0 { // "Vardenio Pavardenio nuotr."
		return (it.pictured || v.any&saysAgency != 0) && len(strings.Fields(it.text)) <= 6 && it.ends <= 1
	}
	if v.starts&saysCredit == 0 {
		return false
	}
	head, rest, ok := cutLabel(it.text)
	return ok && len(head) < 40 && rest != "" && len(strings.Fields(rest)) <= 8 && !endsClause(rest)
}

// trailingLinks drops a list of links that ends the text, three at least, with the line over it: they lead to other articles.
func trailingLinks(items []item) {
	const least = 3
	from, n := len(items), 0
	for i := len(items) - 1; i >= 0; i-- {
		it := &items[i]
		if !it.stays() {
			continue
		}
		if it.block < 0 || it.links < 0.7 || it.chars > 250 || endsSentence(it.text) && it.chars > 120 {
			if n >= least && it.block >= 0 && it.chars < 80 && !endsSentence(it.text) && (it.role.is(isHeading) || it.bold > 0.8 || strings.HasSuffix(it.text, ":")) {
				from = i
			}
			break
		}
		from = i
		n++
	}
	if n < least {
		return
	}
	for i := from; i < len(items); i++ {
		if items[i].stays() {
			items[i].drop(news.Related, "trailing-links")
		}
	}
}

// cutLabel parts "Label: words" at its first mark.
func cutLabel(s string) (label, rest string, ok bool) {
	i := strings.IndexAny(s, ":：=＝©")
	if i <= 0 {
		return "", "", false
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+n:]), true
}

// endsClause tells whether a line ends like a sentence, a stop behind an abbreviation apart: "Foto: Roma press." does not.
func endsClause(s string) bool { return endsSentence(s) && len(strings.Fields(s)) > 4 }

// pointed tells whether a line opens with an arrow or a hand, as pointers to other articles and to channels do in many countries.
func pointed(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("▶►▷☞☛➤➔👉◄◀⇒→", r)
}

// hashtags tells whether a line holds tags and nothing else.
func hashtags(s string) bool {
	if len(s) == 0 || s[0] != '#' && !strings.HasPrefix(s, "＃") {
		return false
	}
	tags := strings.FieldsFunc(s, func(r rune) bool { return r == '#' || r == '＃' })
	most := 1
	if len(tags) > 1 {
		most = 3 // tags of several words
	}
	for _, t := range tags {
		if n := len(strings.Fields(t)); n == 0 || n > most || endsSentence(strings.TrimSpace(t)) {
			return false
		}
	}
	return len(tags) > 0
}

// captionWords tells whether the words under a picture are its caption: they end in a credit, name a file photo, or stand in the
// middle below it without being a sentence. A paragraph that mentions a picture is none.
func captionWords(it *item, lex *lexicon) bool {
	v := it.said
	switch {
	case v.starts&saysCaption != 0, v.any&saysCaption != 0 && (it.chars < 150 || !endsSentence(it.text)):
		return true
	case it.flags&inCentered != 0 && it.chars < 150 && it.links < 0.5 && !endsSentence(it.text):
		return true
	}
	if _, credit := splitCredit(lex, it.text); credit != "" && !endsSentence(it.text) {
		return true
	}
	return it.chars < 200 && (v.ends&(saysCredit|saysAgency) != 0 || v.starts&saysCredit != 0 && it.chars < 120) && !endsSentence(it.text)
}

// dateAlone tells whether a line is a date and hardly more.
func dateAlone(s string, lex *lexicon) bool {
	d := dateReader{lex: lex}
	_, _, ok := d.day(s)
	words := 0
	for _, t := range d.tokens {
		words += b2i(t.kind == 'w' && len(t.word) > 3)
	}
	return ok && words <= 4
}

// lateDate tells whether a line behind a standfirst is the moment of publication: a date in full, without the label that makes it an
// event's and without the handle that makes it a post's.
func lateDate(it *item, lex *lexicon) bool {
	if it.digits < 6 || it.chars >= 45 || it.role.is(isHeading) || it.group != 0 || strings.Contains(it.text, "@") {
		return false
	}
	label, _, ok := cutLabel(it.text)
	return (!ok || strings.ContainsFunc(label, unicode.IsDigit)) && dateAlone(it.text, lex)
}

// makers drops the closing lines that name who else worked on a text. near says that little text follows.
func makers(it *item, near bool) {
	v := it.said
	if !near || v.any&saysTail == 0 || it.chars >= 320 {
		return
	}
	ends := endsSentence(it.text)
	switch {
	case v.starts&saysTail != 0 && (!ends || it.chars < 130 || strings.ContainsAny(it.text, ";([")), v.starts&saysBy != 0 && (!ends || it.chars < 160):
	case v.ends&saysTail != 0 && (!ends || len(it.folded) < 120):
	case len(it.folded) < 220 && (!ends || strings.ContainsAny(it.text[:1], "([*—-")):
	case len(it.folded) < 120 && isASCII(it.folded): // where phrases are words and not parts of them
	default:
		return
	}
	it.drop(news.BylineLine, "makers")
}

// closingLine drops what stands behind the last running text and is no text: source lines, editors, addresses, numbers.
func closingLine(it *item, lex *lexicon) {
	if !it.stays() || it.chars > 90 || it.role.is(isHeading) || it.group != 0 {
		return
	}
	v := it.said
	label, rest, ok := cutLabel(it.text)
	short := len(strings.Fields(rest)) <= 6 && !endsClause(rest)
	switch {
	case ok && short && v.starts&saysSource != 0:
		it.drop(news.SourceLine, "source-line")
	case ok && short && rest != "" && len(label) < 60 && v.starts&(saysBy|saysJob|saysStaff|saysTail) != 0 && lex.say(squash(label)).whole != 0:
		it.drop(news.BylineLine, "makers")
	case labelled(it.text, lex), v.starts&saysBy != 0 && newsroom(it.text, lex):
		it.drop(news.BylineLine, "makers")
	case v.whole&(saysAgency|saysStaff) != 0, v.any&saysAgency != 0 && it.chars <= 16 && !endsClause(it.text):
		it.drop(news.BylineLine, "agency-alone")
	case strings.Contains(it.text, "@") && !endsSentence(it.text) && len(strings.Fields(it.text)) <= 6:
		it.drop(news.BylineLine, "address")
	case pointed(it.text):
		it.drop(news.Related, "pointed")
	case followLine(it):
		it.drop(news.Share, "follow")
	case it.chars > 0 && it.chars == int(it.digits) && it.chars <= 8:
		it.drop(news.Boilerplate, "number-alone")
	}
}

// platforms are the networks and channels that lines under a text ask to follow, by their own names; packs have those of other scripts.
var platforms = [...]string{"telegram", "whatsapp", "instagram", "facebook", "youtube", "tiktok", "threads", "bluesky", "linkedin", "viber"}

// followLine tells whether a short line asks to follow the paper on a network: it names one, and says so in the language's words.
func followLine(it *item) bool {
	if it.said.any&(saysShare|saysPitch) == 0 || endsClause(it.text) {
		return false
	}
	named := func(p string) bool { return strings.Contains(it.folded, p) }
	return it.said.share >= 2 || slices.ContainsFunc(platforms[:], named)
}

// newsroom tells whether a line says that no person but the newsroom or an agency wrote: "By our staff".
func newsroom(s string, lex *lexicon) bool {
	rest := cutBy(lex, s)
	if label, name, ok := cutLabel(s); ok && lex.say(squash(label)).whole&saysBy != 0 {
		rest = name // the name of a newsroom may begin with the word for its work, too
	}
	v := lex.say(squash(rest))
	return rest != s && len(strings.Fields(rest)) <= 5 && !endsClause(s) && (v.whole&(saysStaff|saysAgency) != 0 || (v.starts|v.ends)&saysStaff != 0 && len(strings.Fields(rest)) <= 3)
}

// labelled tells whether a line is made of labels with names behind them and of nothing else: "Text: Ada Wells. Redaktion: Ute Klassen".
func labelled(s string, lex *lexicon) bool {
	n := 0
	for _, part := range strings.Split(strings.TrimRight(s, ". "), ". ") {
		label, rest, ok := cutLabel(part)
		name, _, _ := strings.Cut(rest, ",")
		if !ok || len(strings.Fields(label)) > 3 || len(strings.Fields(rest)) > 5 || !nameLike(lex, name) {
			return false
		}
		n++
	}
	return n > 1
}

// dropNames drops the lines at the beginning and the end of the running text that are an author's name, which the metadata hold.
func dropNames(items []item, names []string, lex *lexicon) {
	_, last := proseEnds(items)
	dropBio(items, last, names)
	first, last := proseEnds(items)
	for i := range items {
		it := &items[i]
		if first >= 0 && i > first+2 && i < last-1 || !it.stays() || it.chars > 90 || it.role.is(isHeading) {
			continue
		}
		if nameLine(it.text, names, lex) {
			it.drop(news.BylineLine, "name-alone")
		}
	}
	closeAgain(items, lex)
}

// proseEnds gives the first and the last running text that stays, -1 for none.
func proseEnds(items []item) (first, last int) {
	first, last = -1, -1
	for i := range items {
		if it := &items[i]; it.stays() && it.prose() {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// closeAgain looks again at what ends a text, once its last paragraph has gone.
func closeAgain(items []item, lex *lexicon) {
	_, last := proseEnds(items)
	for i := max(0, last-1); i < len(items); i++ {
		if it := &items[i]; it.stays() && it.folded != "" {
			if makers(it, true); i > last {
				closingLine(it, lex)
			}
		}
	}
}

// dropBio drops the last paragraph where it opens with an author's name: nobody's report ends with its reporter.
func dropBio(items []item, last int, names []string) {
	if last <= 0 {
		return
	}
	it := &items[last]
	if it.chars > 400 || it.folded == "" || it.role.is(isHeading) {
		return
	}
	for _, n := range names {
		rest, ok := strings.CutPrefix(it.folded, squash(n))
		if !ok {
			continue
		}
		first, _ := utf8.DecodeRuneInString(n)
		whole := len(n) > 4 && strings.Contains(n, " ") && (rest == "" || rest[0] == ' ')
		if whole || loose(first) && utf8.RuneCountInString(n) >= 3 {
			it.drop(news.BylineLine, "bio")
			return
		}
	}
}

// nameLine tells whether a line is one of the names, with the words that go with an author and an address at most.
func nameLine(s string, names []string, lex *lexicon) bool {
	s = strings.Trim(strings.TrimSpace(s), "()[]（）【】*—–-| ")
	words := squash(cutBy(lex, s))
	for _, n := range names {
		rest, ok := strings.CutPrefix(words, squash(n))
		if !ok || len(n) < 4 {
			continue
		}
		rest = strings.TrimSpace(rest)
		if rest == "" || lex.say(rest).whole&(saysJob|saysStaff|saysAgency|saysBy) != 0 || strings.Contains(s, "@") && len(strings.Fields(rest)) <= 4 {
			return true
		}
	}
	return false
}
