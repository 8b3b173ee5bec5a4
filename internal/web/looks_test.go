package web

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// TestRiverReadsInLines measures the first page: the time stands at the side where reading begins, headlines and their lines beneath it share
// an edge, pictures of hours and marks stand at the other side, each in its column.
func TestRiverReadsInLines(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	for _, d := range directions {
		c.look("/", d.lang, "light", 1280)
		for what, want := range map[string]string{".when": "1", ".story > div:first-child": "1", ".story h3 bdi, .story .meta": "1", ".story .marks": "1", ".story .spark": "1"} {
			edges := ask[string](c, `String(new Set([...document.querySelectorAll('.river `+strings.ReplaceAll(what, ", ", ", .river ")+`')].map(e => Math.round(getComputedStyle(document.documentElement).direction === 'rtl' ? innerWidth - e.getBoundingClientRect().right : e.getBoundingClientRect().left))).size)`)
			if edges != want {
				t.Errorf("%s: %s begin at %s places", d.lang, what, edges)
			}
		}
		if order := ask[string](c, `(x => (getComputedStyle(document.documentElement).direction === 'rtl' ? x.reverse() : x).join(' '))(['.when', 'h3', '.marks'].map(s => [document.querySelector('.river .story ' + s).getBoundingClientRect().left, s]).sort((a, b) => a[0] - b[0]).map(x => x[1]))`); order != ".when h3 .marks" {
			t.Errorf("%s: a row reads %s", d.lang, order)
		}
	}
}

// TestCitation reads both forms of an article's and a story's citation, in both directions.
func TestCitation(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	story, article := w.richest(t)
	day := regexp.MustCompile(`\((n\.d\.|د\.ت\.|20\d\d(, [A-Z][a-z]+ \d+|، \d+ \pL+))\)\.`)
	for _, lang := range []string{"en", "ar"} {
		b.speak(lang)
		for _, path := range []string{story, article} {
			a := b.get(path).wants(200)
			said := a.all(".citation dd")
			if len(said) != 2 {
				t.Fatalf("%s: %d citations", path, len(said))
			}
			apa, plain := words(said[0]), words(said[1])
			if !day.MatchString(apa) || strings.Contains(apa, "..") || !strings.Contains(apa, "http") || !strings.Contains(plain, "http") {
				t.Errorf("%s in %s: %q, %q", path, lang, apa, plain)
			}
			if open, shut := strings.Count(apa, "\u2066")+strings.Count(apa, "\u2067"), strings.Count(apa, "\u2069"); open != shut || lang == "ar" && open == 0 {
				t.Errorf("%s in %s: %d isolates open and %d end in %q", path, lang, open, shut, apa)
			}
			if paper := a.one(".onpaper"); words(paper) != plain {
				t.Errorf("the paper says %q", words(paper))
			}
		}
	}
	v := &visit{s: &site{Options: w.options}, r: nil, words: i18n.New(i18n.Options{Lang: "en", Now: testNow(), Zone: time.UTC})}
	got := v.citeArticle(store.Entry{Source: news.Source{Name: "Lake Post"}, Article: news.Article{Headline: "Who pays?", Byline: []string{"Ana Ruiz", "B. Kim"}, URL: "https://lake.example/1", Published: news.Stamp{Time: start}}})
	if want := (citation{"Ana Ruiz, B. Kim. (2026, March 10). Who pays? Lake Post. https://lake.example/1", "Ana Ruiz, B. Kim, “Who pays?”, Lake Post, 10 March 2026, https://lake.example/1"}); got != want {
		t.Errorf("%+v", got)
	}
}

// TestOpeningIsInTheReadersLanguage looks for stories whose headline is in another language than the reader's, but that have a report in it.
func TestOpeningIsInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("en")
	b.get("/prefs?view=cards").wants(303)
	a := b.get("/").wants(200)
	found := 0
	for _, card := range a.all(".story:has(.inyours) .snippet bdi, .lead:has(.inyours) .standfirst bdi") {
		if found++; attr(card, "lang") != "en" {
			t.Errorf("%q opens in %q", clip(words(card), 60), attr(card, "lang"))
		}
	}
	if found < 3 {
		t.Errorf("%d stories open in the reader's language", found)
	}
}

// TestOnlyDirectSpeechIsQuoted gives marks of quotation to words that were all spoken so, and to no others.
func TestOnlyDirectSpeechIsQuoted(t *testing.T) {
	var s speaker
	s.seen = map[string]bool{}
	for i, q := range []news.QuoteType{news.Direct, news.Mixed} {
		text := []string{"The quay is ours alone", "that they will build sheds"}[i]
		of := news.Analysis{Quotations: []news.Quotation{{Span: news.Span{End: len(text)}, Type: q}}}
		s.add(&entry{Entry: store.Entry{Article: news.Article{Text: text, Lang: "en"}, Analysis: of}}, 0)
	}
	if len(s.Quotes) != 2 || !s.Quotes[0].Direct || s.Quotes[1].Direct {
		t.Errorf("%+v", s.Quotes)
	}
}

// TestPaper looks at a story and an article as they are printed: no button, no field and no fold that nobody can open, on a page that is
// not wider than the paper, and the citation under it.
func TestPaper(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	c.paper(true)
	story, article := w.richest(t)
	for _, path := range []string{story, article} {
		for _, d := range directions {
			c.look(path, d.lang, "light", 718) // A4 within its margins
			if n := ask[int](c, `[...document.querySelectorAll('button, input, select, textarea, nav, .btn')].filter(e => e.getClientRects().length).length`); n > 0 {
				t.Errorf("%s %s: %d controls are printed", path, d.lang, n)
			}
			if n := ask[int](c, `[...document.querySelectorAll('details:not([open]) > summary')].filter(e => e.getClientRects().length && !e.matches('.party *, .how *') && !e.querySelector('b, h2')).length`); n > 0 {
				t.Errorf("%s %s: %d folds are printed shut", path, d.lang, n)
			}
			if !ask[bool](c, `document.documentElement.scrollWidth <= 718 && document.querySelector('.onpaper').getClientRects().length === 1`) {
				t.Errorf("%s %s: too wide, or without its citation", path, d.lang)
			}
		}
	}
}
