package page

import (
	"strings"
	"unicode/utf8"

	"marsad/news"
)

// notices drops the lines around a text, and in a plain one between its paragraphs, that say what a site says of every text: badges, lists
// of tags, who the author is, where it was published first and who translated it, notices of consent and walls.
func notices(items []item, lex *lexicon) {
	first, last := -1, -1
	for i := range items {
		if it := &items[i]; it.stays() && it.prose() && !aboutItself(it) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return
	}
	for i := range items {
		it := &items[i]
		if !it.stays() || it.folded == "" || it.role.is(isHeading) && it.block >= 0 {
			continue
		}
		edge := i < first || i > last
		if kind, rule := notice(it, edge, lex); kind != "" {
			it.drop(kind, rule)
		} else if it.block < 0 {
			plainNotice(it, edge, lex)
		}
	}
}

// aboutItself tells whether a paragraph begins as a note about the author, the first place of publication, consent or a wall.
func aboutItself(it *item) bool {
	v := it.said
	return v != nil && it.chars < 400 && (v.starts&(saysBio|saysOrigin|saysConsent|saysPaywall) != 0 || v.any&saysJob != 0 && v.any&saysShare != 0)
}

// notice gives the kind of a line of the site's own, "" for any other. edge says that no running text follows it, or stands before it.
func notice(it *item, edge bool, lex *lexicon) (news.RemovedKind, string) {
	v := it.said
	label, rest, labelled := cutLabel(it.text)
	switch {
	case v.whole&saysBadge != 0 && it.chars < 40 && (edge || it.block < 0):
		return news.Boilerplate, "badge"
	case labelled && utf8.RuneCountInString(label) < 30 && it.chars < 300 && !endsSentence(rest) && lex.say(squash(label)).whole&saysTags != 0 && (edge || listed(rest)):
		return news.Boilerplate, "tags"
	case !edge:
	case v.starts&saysBio != 0 && it.chars < 400 && (labelled && len(label) < 60 || v.whole&saysBio != 0):
		return news.BylineLine, "bio"
	case v.starts&saysOrigin != 0 && it.chars < 220 && it.ends <= 2:
		return news.SourceLine, "origin"
	case v.starts&saysTranslator != 0 && it.chars < 90 && !endsClause(it.text) && (labelled && len(strings.Fields(rest)) <= 8 || opensClause(it.folded, lex)):
		return news.BylineLine, "translator"
	}
	return "", ""
}

// opensClause tells whether folded words open with a phrase of several words about a translator: "translated from".
func opensClause(folded string, lex *lexicon) bool {
	several := false
	for _, p := range lex.first[phraseKey(folded)] {
		several = several || p.kind&saysTranslator != 0 && strings.Contains(p.words, " ") && strings.HasPrefix(folded, p.words)
	}
	return several
}

// listed tells whether words behind a label are a list.
func listed(s string) bool { return strings.ContainsAny(s, ",،、，|#;·•") }

// plainNotice drops what words alone tell in a text without markup.
func plainNotice(it *item, edge bool, lex *lexicon) {
	v, words := it.said, len(strings.Fields(it.text))
	cover := float64(v.cover) / float64(len(it.folded))
	switch {
	case v.sells >= 2 && cover >= 0.22 && it.chars < 300:
		it.drop(news.Newsletter, "pitch")
	case edge && it.chars < 400 && v.any&saysConsent != 0 && (v.starts&saysConsent != 0 || lex.count(it.folded, saysConsent) >= 2):
		it.drop(news.Consent, "consent-phrase")
	case edge && it.chars < 250 && v.any&saysPaywall != 0 && (cover > 0.3 || lex.count(it.folded, saysPaywall) >= 2):
		it.drop(news.Paywall, "paywall-phrase")
	case v.any&saysShare != 0 && it.chars < 90 && !endsSentence(it.text) && (v.starts&saysShare != 0 && (strings.Contains(it.text, "@") || cover >= 0.5) || v.share >= 2 && words <= 6):
		it.drop(news.Share, "share-phrase")
	case edge && v.any&saysBoilerplate != 0 && cover > 0.4 && it.chars < 250:
		it.drop(news.Boilerplate, "boilerplate-phrase")
	case edge && v.any&saysJob != 0 && v.any&saysShare != 0 && it.chars < 400:
		it.drop(news.BylineLine, "bio")
	case edge && v.starts&saysJob != 0 && words <= 4 && it.ends == 0 && !endsSentence(it.text) && !strings.Contains(it.text, ":"):
		it.drop(news.BylineLine, "job-alone")
	}
}

// count counts the phrases of a kind in squashed words that do not overlap.
func (l *lexicon) count(s string, kind phrases) int {
	n, end := 0, 0
	l.find(s, func(p phrase, at int) {
		if p.kind&kind != 0 && at >= end {
			n++
			end = at + len(p.words)
		}
	})
	return n
}
