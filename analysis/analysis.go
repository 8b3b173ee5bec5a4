// Package analysis runs everything that is understood of one article in its one order: names, dates, quotations, claims. Each
// stage sees what the ones before it found, and none changes it. The package decides nothing itself, calls no model that is
// slow, and gives the same answer for the same article and the same names every time.
package analysis

import (
	"marsad/claim"
	"marsad/clause"
	"marsad/entity"
	"marsad/news"
	"marsad/quote"
	"marsad/text"
	"marsad/timex"
)

// Version is raised whenever a stage can answer otherwise than before: an analysis with a lower one is stale.
const Version = 5

// Rules names what said an analysis: the rules of the stages, as of Version.
const Rules = "marsad-rules-2"

// The models that the stages carry, embedded and offline, by the names that an analysis reports.
const (
	Tagger          = "marsad-name-tagger-1"     // proposes names that no list knows
	Transliteration = "marsad-transliteration-1" // joins one name in two scripts
)

// Of analyses an article. doc has to be the article's text, taken apart in its language; names may be nil, and then nobody is
// recognised. Everything in the result points into a.Text. Candidates for the day of publication are given only where a has none.
func Of(a news.Article, doc *text.Doc, names *entity.Names) news.Analysis {
	out := news.Analysis{ArticleID: a.ID, Version: Version, Rules: Rules}
	if names != nil {
		out.Mentions = names.Find(doc)
		out.Models = []string{Tagger, Transliteration}
	}
	out.Timexes = unnamed(timex.Find(doc, a.Published), out.Mentions)
	if !a.Published.Known() {
		out.Candidates = timex.Published(doc, out.Timexes, offices(doc, out.Mentions, names)...)
	}
	reading := clause.Read(doc, out.Mentions)
	out.Quotations = quote.Of(reading)
	for i := range out.Quotations {
		if reading.Vague(out.Quotations[i].Speaker) {
			out.Quotations[i].Speaker = nil // "they said": nobody whom a reader could ask
		}
	}
	translate(out.Quotations, a.Lang, names)
	foreign(a, doc, out.Quotations)
	out.Claims = claim.Of(reading, out.Quotations)
	return out
}

// unnamed leaves out what looks like a time and is part of a name of a person or body: Julio Martínez, USA Today. Both lie in order
// of the text.
func unnamed(times []news.Timex, mentions []news.Mention) []news.Timex {
	kept, m := times[:0:0], 0
	for _, t := range times {
		for m < len(mentions) && mentions[m].End <= t.Start {
			m++
		}
		if m < len(mentions) {
			n := mentions[m]
			if n.Kind != news.Place && n.Start <= t.Start && t.End <= n.End && n.End-n.Start > t.End-t.Start {
				continue
			}
		}
		kept = append(kept, t)
	}
	return kept
}
