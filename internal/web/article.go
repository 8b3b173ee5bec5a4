package web

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

// articlePage is one article: its text with what was understood of it, and what was taken out.
type articlePage struct {
	Entry   store.Entry
	Source  string
	Stamp   template.HTML
	Changed template.HTML // when its publisher says that it changed it, "" where that is not said
	Body    template.HTML
	Read    reading
	Removed []cutOut
	Same    []relation // the same text elsewhere
	Updates []relation // newer or older texts of the same outlet
	Names   []nameNote
	Story   *news.Story
	Raw     bool // the untouched page is kept
	Marks   marks
	Picture int  // which picture the reader asked to see, -1 for none
	Pics    bool // pictures can be shown
	Edited  bool // an earlier version came from the same address
	Back    []backward
	Beside  *besides // nil: the text alone
	Cite    citation
}

type cutOut struct {
	news.Removed
	Lang string
}

type relation struct {
	Entry store.Entry
	Link  news.Link
	Newer bool
	Older bool
}

// Says is the key of the phrase that says how the page's article stands to this one, from which it has its text: no more than the evidence
// carries.
func (r relation) Says() string {
	e := entry{Kind: r.Link.Kind, Link: r.Link}
	switch {
	case r.Link.Kind == news.Citation:
		return "article.of-citation"
	case r.Perhaps():
		return "kin.maybe"
	case r.Link.Kind == news.Copy && story.Follower(r.Link) == 0:
		return "kin.some"
	}
	return "kin." + e.Relation()
}

// Perhaps tells whether the form of two texts is not enough to call one the other's translation.
func (r relation) Perhaps() bool {
	return r.Link.Kind == news.Translation && story.Follower(r.Link) == 0
}

func (s *site) article(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	e, err := s.Store.Entry(v.r.Context(), id)
	if err != nil {
		return err
	}
	p := articlePage{Entry: e, Source: e.Source.Name, Stamp: v.stamp(e), Raw: e.Article.PageID > 0, Cite: v.citeArticle(e)}
	if m := e.Article.Modified; m.Known() && !m.Time.Equal(e.Article.Published.Time) {
		p.Changed = v.moment(e.Article.Modified)
	}
	var marks []mark
	p.Read, marks = v.understood(e.Article, e.Analysis)
	back, err := p.refer(v, e)
	if err != nil {
		return err
	}
	p.Body = body(e.Article, append(over(back, marks), marks...))
	for _, r := range e.Article.Removed {
		p.Removed = append(p.Removed, cutOut{r, e.Article.Lang})
	}
	if err := p.relate(v, e); err != nil {
		return err
	}
	p.beside(v)
	if e.Placement.Story > 0 {
		if st, err := s.Store.Story(v.r.Context(), e.Placement.Story); err == nil {
			p.Story = &st
		}
	}
	p.Picture, p.Pics = v.shownPicture(), s.Desk.Picture != nil
	if _, err := s.Store.Version(v.r.Context(), e.Article.URL, e.Article.PageID); err == nil {
		p.Edited = true
	}
	if p.Marks, err = v.articleMarks(id); err != nil {
		return err
	}
	v.show("article", i18n.Isolate(e.Article.Headline), "now", p)
	if !p.Marks.Read {
		v.look(func(who int64) error { return s.Store.SetRead(v.r.Context(), who, []int64{id}, true) })
	}
	return nil
}

// refer words the earlier stories that an article speaks of, and marks where.
func (p *articlePage) refer(v *visit, e store.Entry) (marks []mark, err error) {
	for i, r := range e.Placement.References {
		b, ok, err := v.backward(&entry{Entry: e}, r, r.Story)
		if err != nil {
			return nil, err
		}
		if !ok || r.Story == e.Placement.Story {
			continue
		}
		b.ID = "r" + strconv.Itoa(i+1)
		p.Back = append(p.Back, b)
		marks = append(marks, mark{r.When, "date ref", b.ID, v.words.Text("article.refers") + ": " + b.Story.Headline})
	}
	return marks, nil
}

// over widens marks to the dates that they lie on, so that they begin where those do and, being first, are the link.
func over(refs, marks []mark) []mark {
	for i := range refs {
		r := &refs[i]
		for _, m := range marks {
			if m.Class == "date" && m.Start < r.End && m.End > r.Start {
				r.Start, r.End = min(r.Start, m.Start), max(r.End, m.End)
			}
		}
	}
	return refs
}

// relate looks up the articles that this one is linked with.
func (p *articlePage) relate(v *visit, e store.Entry) error {
	links, err := v.s.Store.Links(v.r.Context(), e.Article.ID)
	if err != nil {
		return err
	}
	seen := map[int64]bool{}
	for _, l := range links {
		other := l.Other
		from := l.Direction == news.FromOther
		if other == e.Article.ID {
			other, from = l.Article, l.Direction == news.ToOther
		}
		if seen[other] || other == e.Article.ID {
			continue
		}
		seen[other] = true
		o, err := v.s.Store.Entry(v.r.Context(), other)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		r := relation{Entry: o, Link: l, Older: from, Newer: !from && l.Direction != news.Unknown}
		if l.Kind == news.Update {
			p.Updates = append(p.Updates, r)
		} else {
			p.Same = append(p.Same, r)
		}
	}
	return nil
}

// stamp says when an article was published: in the publisher's own clock and zone, with what says so.
func (v *visit) stamp(e store.Entry) template.HTML {
	p := e.Article.Published
	switch {
	case !p.Known():
		return v.words.T("article.arrived", "when", v.words.Time(e.Arrived))
	case p.DayOnly:
		return v.words.T("article.published-day", "day", v.moment(p))
	}
	return v.words.T("article.published", "when", v.moment(p))
}

// moment gives a time as its publisher wrote it: a day, or a moment in the publisher's own zone, which it names.
func (v *visit) moment(p news.Stamp) template.HTML {
	if p.DayOnly {
		return template.HTML(template.HTMLEscapeString(v.words.Day(p.Time)))
	}
	shown := template.HTML(template.HTMLEscapeString(v.words.Source(p.Time)))
	if !p.Zoned {
		return shown
	}
	return `<time datetime="` + template.HTML(feedTime(p.Time)) + `">` + shown + `</time>`
}

// untouched gives the page as it was fetched, as plain text: strangers' markup never runs here.
func (s *site) untouched(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	e, err := s.Store.Entry(v.r.Context(), id)
	if err != nil {
		return err
	}
	p, err := s.Store.Page(v.r.Context(), e.Article.PageID)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	v.w.Header().Set("Content-Disposition", "inline")
	charset := "utf-8"
	if _, params, ok := strings.Cut(strings.ToLower(p.ContentType), "charset="); ok {
		if c := strings.Trim(params, `"' ;`); c != "" && !strings.ContainsFunc(c, func(r rune) bool { return r < '-' || r > 'z' }) {
			charset = c
		}
	}
	v.status = http.StatusOK
	v.send("text/plain; charset="+charset, p.Body)
	return nil
}
