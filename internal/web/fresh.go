package web

import (
	"slices"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// addition is what an article told that none before it had told.
type addition struct {
	*entry
	Said []passage // in its own words, in their order
	More int       // sentences beyond those
}

const (
	tellMost  = 120 // articles whose sentences are read
	briefMost = 4   // sentences that tell the whole
	addedMost = 3   // sentences shown of what one article adds
	newsMost  = 8   // articles shown of what came since the reader looked
)

// tell says what each article added, and the whole in a few sentences. Copies and translations add nothing.
func (p *storyPage) tell(v *visit, es []*entry) {
	es = es[max(0, len(es)-tellMost):]
	byID := map[int64]*entry{}
	told := make([]story.Entry, len(es))
	for i, e := range es {
		byID[e.Article.ID] = e
		told[i] = story.Entry{Article: e.Article, Analysis: e.Analysis, Doc: text.Analyze(e.Article.Text, pack.For(e.Article.Lang)), Arrived: e.Arrived, Follows: e.Parent != nil}
		if !e.Own { // what cannot be believed does not order the story
			told[i].Article.Published = news.Stamp{}
		}
	}
	for _, s := range story.Timeline(told) {
		e := byID[s.Article]
		a := addition{entry: e, More: max(0, len(s.Sentences)-addedMost)}
		for _, span := range s.Sentences[:min(len(s.Sentences), addedMost)] {
			a.Said = append(a.Said, plainPassage(e, span))
		}
		for _, r := range p.Reports {
			if r.entry == e {
				r.Added = a
			}
		}
		if e.Fresh && len(p.News) < newsMost {
			p.News = append(p.News, a)
		}
	}
	for _, s := range story.Digest(told, p.briefLang(v), briefMost) {
		p.Brief = append(p.Brief, plainPassage(byID[s.Article], s.Span))
	}
}

// briefLang is the language in which a story is told in short: the reader's where it has a report of its own, else that of its headline.
func (p *storyPage) briefLang(v *visit) string {
	if slices.ContainsFunc(p.Reports, func(r *report) bool { return r.Article.Lang == v.words.Lang() }) {
		return v.words.Lang()
	}
	return p.Story.Lang
}

// plainPassage is a sentence of an article without a word marked.
func plainPassage(e *entry, s news.Span) passage {
	return passage{Before: cut(e.Article.Text, s), Lang: e.Article.Lang, Article: e.Article.ID, Source: e.Source.Name}
}
