package web

import (
	"slices"
	"sync"

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

// telling is what the texts of a story tell, article by article and in short.
type telling struct {
	steps []story.Step
	brief []story.Sentence
}

// tellKey is what a telling depends on: a story as it is, and the language in which it is told in short.
type tellKey struct {
	story, changed              int64
	articles, follows, versions int
	lang                        string
}

// tellings remembers tellings, because many look at one story and its texts are taken apart for each.
type tellings struct {
	mu sync.Mutex
	by map[tellKey]telling
}

const tellingsMost = 128

func (t *tellings) get(k tellKey, of func() telling) telling {
	t.mu.Lock()
	have, ok := t.by[k]
	t.mu.Unlock()
	if ok {
		return have
	}
	have = of()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.by == nil || len(t.by) >= tellingsMost {
		t.by = map[tellKey]telling{}
	}
	t.by[k] = have
	return have
}

// tell says what each article added, and the whole in a few sentences. Copies and translations add nothing.
func (p *storyPage) tell(v *visit, es []*entry) {
	es = es[max(0, len(es)-tellMost):]
	byID := map[int64]*entry{}
	key := tellKey{story: p.Story.ID, changed: p.Story.Changed.UnixNano(), articles: len(es), lang: p.briefLang(v)}
	for _, e := range es {
		byID[e.Article.ID] = e
		key.versions += e.Analysis.Version
		if e.Parent != nil {
			key.follows++
		}
	}
	told := v.s.tellings.get(key, func() telling { return tellingOf(es, key.lang) })
	for _, s := range told.steps {
		e := byID[s.Article]
		if e == nil {
			continue
		}
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
	for _, s := range told.brief {
		if e := byID[s.Article]; e != nil {
			p.Brief = append(p.Brief, plainPassage(e, s.Span))
		}
	}
}

// tellingOf takes the texts apart.
func tellingOf(es []*entry, lang string) telling {
	told := make([]story.Entry, len(es))
	for i, e := range es {
		told[i] = story.Entry{Article: e.Article, Analysis: e.Analysis, Doc: text.Analyze(e.Article.Text, pack.For(e.Article.Lang)), Arrived: e.Arrived, Follows: e.Parent != nil}
		if !e.Own { // what cannot be believed does not order the story
			told[i].Article.Published = news.Stamp{}
		}
	}
	return telling{story.Timeline(told), story.Digest(told, lang, briefMost)}
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
