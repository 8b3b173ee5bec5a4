package analysis

import (
	"slices"
	"strings"

	"marsad/entity"
	"marsad/news"
	"marsad/text"

	"golang.org/x/text/language"
)

// translate marks the quoted words that were probably spoken in another language than the article's: those of a person from a
// country whose likeliest language (CLDR) is another. It is a likelihood and no more: a minister may answer in English.
func translate(qs []news.Quotation, lang string, names *entity.Names) {
	here, err := language.Parse(lang)
	if err != nil || names == nil {
		return
	}
	base, _ := here.Base()
	for i := range qs {
		q := &qs[i]
		if q.Type == news.Indirect || q.Speaker == nil || q.Speaker.Entity == "" {
			continue
		}
		e, ok := names.Entity(q.Speaker.Entity)
		if !ok || e.Kind != news.Person || e.Country == "" {
			continue
		}
		if tongue, ok := tongueOf(e.Country); ok && tongue != base {
			q.Translated = true
		}
	}
}

// foreign marks all quoted words of an article that says of itself to be a translation.
func foreign(a news.Article, doc *text.Doc, qs []news.Quotation) {
	if !translated(a, doc) {
		return
	}
	for i := range qs {
		qs[i].Translated = qs[i].Translated || qs[i].Type != news.Indirect
	}
}

// shortLine is how long a line may be that says who translated an article; in a longer one such words belong to the report.
const shortLine = 140

// translated looks for the words of a translation in the bylines, in what was removed, and in a short first or last paragraph.
func translated(a news.Article, doc *text.Doc) bool {
	if doc.Pack == nil || doc.Pack.Quote == nil || len(doc.Pack.Quote.Translated) == 0 {
		return false
	}
	says := func(line string) bool {
		line = text.Normalize(line)
		return len(line) <= shortLine && slices.ContainsFunc(doc.Pack.Quote.Translated, func(w string) bool {
			return strings.Contains(line, text.Normalize(w))
		})
	}
	if slices.ContainsFunc(a.Byline, says) || says(a.Subtitle) || slices.ContainsFunc(a.Removed, func(r news.Removed) bool { return says(r.Text) }) {
		return true
	}
	n := len(doc.Paragraphs)
	if n < 2 {
		return false
	}
	return says(doc.Text[doc.Span(doc.Paragraphs[0]).Start:doc.Span(doc.Paragraphs[0]).End]) || says(doc.Text[doc.Span(doc.Paragraphs[n-1]).Start:doc.Span(doc.Paragraphs[n-1]).End])
}

// tongueOf gives the likeliest language of a country, by its ISO 3166 code.
func tongueOf(country string) (language.Base, bool) {
	region, err := language.ParseRegion(country)
	if err != nil {
		return language.Base{}, false
	}
	t, err := language.Compose(language.Und, region)
	if err != nil {
		return language.Base{}, false
	}
	base, sure := t.Base()
	return base, sure != language.No
}
