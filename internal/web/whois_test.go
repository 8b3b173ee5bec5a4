package web

import (
	"testing"

	"marsad/entity"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// A woman whom no list knows is one speaker in three scripts, under the name that the reader can read, with the others beside it.
func TestOneSpeakerInThreeScripts(t *testing.T) {
	says := func(id int64, lang, name, words string) store.Entry {
		e := told(id, int(id), lang, name+" "+words)
		n := len(name)
		e.Analysis.Mentions = []news.Mention{{Span: news.Span{End: n}, Kind: news.Person, Name: name}}
		e.Analysis.Quotations = []news.Quotation{{Span: news.Span{Start: n + 1, End: n + 1 + len(words)}, Type: news.Direct, Speaker: &news.Actor{Span: news.Span{End: n}}}}
		return e
	}
	es := arrange([]store.Entry{
		says(1, "en", "Danae Vasilaki", "It was arithmetic that closed this line."),
		says(2, "ru", "Даная Василаки", "Эту линию закрыла арифметика."),
		says(3, "ar", "دانائي فاسيلاكي", "كان هذا الخط حلما منذ سنين."),
		says(4, "en", "Elias Marwan", "It is the cheapest bridge of all."),
	})
	for lang, want := range map[string]string{"en": "Danae Vasilaki", "ar": "دانائي فاسيلاكي", "ru": "Даная Василаки"} {
		v := &visit{s: &site{Options: Options{Names: entity.Default()}}, words: i18n.New(i18n.Options{Lang: lang})}
		people, _ := whoSays(es)
		speakers := v.speakers(es, people)
		if len(speakers) != 2 {
			t.Fatalf("%s: %d speakers", lang, len(speakers))
		}
		s := speakers[0]
		if s.Name != want || s.Lang != lang || len(s.Quotes) != 3 || len(s.Also) != 2 || s.Quotes[0].Lang != lang {
			t.Errorf("%s: %s (%s) with %d quotes, also %v", lang, s.Name, s.Lang, len(s.Quotes), s.Also)
		}
	}
}

// The words of a translation stand under those that they translate, once.
func TestOneQuoteInTwoLanguages(t *testing.T) {
	says := func(id int64, lang, before, name, words string, links ...news.Link) store.Entry {
		e := told(id, int(id), lang, before+"\n\n"+name+" "+words, links...)
		at := len(before) + 2
		n := at + len(name)
		e.Analysis.Mentions = []news.Mention{{Span: news.Span{Start: at, End: n}, Kind: news.Person, Name: name}}
		e.Analysis.Quotations = []news.Quotation{{Span: news.Span{Start: n + 1, End: n + 1 + len(words)}, Type: news.Direct, Speaker: &news.Actor{Span: news.Span{Start: at, End: n}}}}
		return e
	}
	es := arrange([]store.Entry{
		says(1, "en", "The line opens with 400 berths.", "Danae Vasilaki", "It was arithmetic that closed this line."),
		says(2, "ru", "Линия откроется, 400 мест.", "Даная Василаки", "Эту линию закрыла арифметика.", linked(news.Translation, 2, 1, news.FromOther, .9)),
		says(3, "fr", "La ligne ouvre, 400 couchettes.", "Danaé Vasilaki", "Nous sommes contents.")})
	for lang, first := range map[string]string{"en": "en", "ru": "ru"} {
		v := &visit{s: &site{Options: Options{Names: entity.Default()}}, words: i18n.New(i18n.Options{Lang: lang})}
		people, _ := whoSays(es)
		speakers := v.speakers(es, people)
		if len(speakers) != 1 || len(speakers[0].Quotes) != 2 {
			t.Fatalf("%s: %d speakers, %d quotes", lang, len(speakers), len(speakers[0].Quotes))
		}
		if q := speakers[0].Quotes[0]; q.Lang != first || len(q.Versions) != 1 || q.Versions[0].Lang == q.Lang {
			t.Errorf("%s: %s with %d versions", lang, q.Lang, len(q.Versions))
		}
	}
}
