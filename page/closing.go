package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsad/news"
)

// closeText drops from both ends of a text what is no text of it: rules of dashes, pitches, pointers, headings over nothing, what
// stands in brackets behind the last sentence. It goes inwards and stops at the first piece that is none of these. The last piece that
// has running text stays, whatever it says.
func closeText(items []item, lex *lexicon) {
	prose := 0
	for i := range items {
		prose += b2i(items[i].stays() && items[i].prose())
	}
	if prose == 0 {
		return
	}
	for i := len(items) - 1; i >= 0; i-- {
		it := &items[i]
		if !it.stays() {
			continue
		}
		if it.prose() && prose == 1 {
			break
		}
		prose -= b2i(it.prose())
		if kind, rule := closer(it, lex); kind != "" {
			it.drop(kind, rule)
			continue
		}
		break
	}
	for i := range items {
		if it := &items[i]; it.stays() {
			if !wordless(it.text) {
				break
			}
			it.drop(news.Boilerplate, "rule-of-marks")
		}
	}
}

// closer gives the kind of a piece that ends a column and no text, "" for one that may end it.
func closer(it *item, lex *lexicon) (news.RemovedKind, string) {
	v := it.said
	if wordless(it.text) {
		return news.Boilerplate, "rule-of-marks"
	}
	if it.links > 0.5 && listMarks(it.text) >= 3 {
		return news.Related, "list-of-marks"
	}
	if it.folded == "" || it.group != 0 {
		return "", ""
	}
	cover := float64(v.cover) / float64(len(it.folded))
	switch {
	case it.role.is(isHeading) && it.chars < 120:
		return news.Related, "heading-over-nothing"
	case v.sells >= 2 && cover >= 0.3 && it.chars < 250, v.sells >= 3 && it.chars < 400:
		return news.Newsletter, "closing-pitch"
	case v.any&(saysBoilerplate|saysConsent) != 0 && cover >= 0.3 && it.chars < 300:
		return news.Boilerplate, "boilerplate-phrase"
	case v.any&saysComment != 0 && cover >= 0.5 && it.chars < 250:
		return news.Comment, "comment-phrase"
	case v.starts&saysRelated != 0 && it.chars < 160 && (it.links > 0.3 && !endsSentence(it.text) || cover > 0.5):
		return news.Related, "closing-pointer"
	case inBrackets(it.text) && it.chars < 40 && (v.any&(saysTail|saysAgency|saysStaff) != 0 || len(strings.Fields(it.text)) <= 2):
		return news.BylineLine, "bracketed-makers"
	case v.starts&saysTail != 0 && it.chars < 100 && it.ends <= 1:
		return news.BylineLine, "makers"
	}
	return "", ""
}

// splitEnd parts the last lines of the last block that the look keeps from it, where their form betrays them: makers in brackets, rules
// of marks. They become a piece of their own, and so can leave the text alone.
func (s *scene) splitEnd(items []item) []item {
	last := len(items) - 1
	for last >= 0 && !items[last].keep {
		last--
	}
	if last < 0 || !strings.Contains(items[last].text, "\n") {
		return items
	}
	it := items[last]
	cut := len(it.text)
	for {
		i := strings.LastIndexByte(it.text[:cut], '\n')
		if i <= 0 {
			break
		}
		line := it.text[i+1 : cut]
		if !wordless(line) && !(inBrackets(line) && utf8.RuneCountInString(line) < 40) {
			break
		}
		cut = i
	}
	if cut == len(it.text) {
		return items
	}
	body, end := it, it
	body.text, end.text = strings.TrimRight(it.text[:cut], " \n"), strings.TrimLeft(it.text[cut:], "\n")
	body.read(s.lex)
	end.read(s.lex)
	probe := plainItem([]string{end.text}, s.lex)
	end.chars, end.ends, end.links = probe.chars, probe.ends, 0
	body.chars -= min(body.chars, end.chars)
	out := append(items[:last:last], body, end)
	return append(out, items[last+1:]...)
}

// wordless tells whether a line has neither letters nor digits: * * *, _____, -->.
func wordless(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) && r > 0x2FFF
	})
}

// listMarks counts how often a line has the mark that it begins with: ▲ one ▲ two ▲ three, as papers string other articles together.
func listMarks(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	if n < 2 || !strings.ContainsRune("▲△※■□◆◇▶▷☞★☆►", first) {
		return 0
	}
	return strings.Count(s, string(first))
}

// inBrackets tells whether a line stands in brackets, dashes before them apart.
func inBrackets(s string) bool {
	s = strings.TrimLeft(strings.TrimSpace(s), "-–— ")
	return strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") || strings.HasPrefix(s, "（") && strings.HasSuffix(s, "）")
}
