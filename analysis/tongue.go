package analysis

import (
	"marsad/entity"
	"marsad/news"

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
