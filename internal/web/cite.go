package web

import (
	"html/template"
	"strings"
	"unicode"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/text"
)

// citation names an article or a story as a bibliography does, in plain text to be copied: pieces that run against the line are isolated.
type citation struct {
	APA   string // after the order of the American Psychological Association, with names as the outlet writes them
	Plain string
}

// citeArticle names an article by its authors, outlet, day of publication and address.
func (v *visit) citeArticle(e store.Entry) citation {
	day, plain := v.words.Text("cite.nodate"), ""
	if e.Article.Published.Known() {
		day, plain = v.words.DateAs("cite.date", e.Article.Published.Time), v.words.DateAs("date.year", e.Article.Published.Time)
	}
	who := strings.Join(e.Article.Byline, v.words.Text("list.comma"))
	c := citer{v.words, v.words.Dir() == "rtl"}
	apa := []string{c.stop(who), "(" + day + ").", c.stop(e.Article.Headline), c.stop(e.Source.Name), c.piece(e.Article.URL)}
	if who == "" {
		apa = []string{c.stop(e.Source.Name), "(" + day + ").", c.stop(e.Article.Headline), c.piece(e.Article.URL)}
	}
	return citation{joined(" ", apa...), joined(v.words.Text("list.comma"), c.piece(who), c.quoted(e.Article.Headline), c.piece(e.Source.Name), plain, c.piece(e.Article.URL))}
}

// citeStory names a story as this desk's page of a day, because it goes on changing.
func (v *visit) citeStory(p storyPage) citation {
	c := citer{v.words, v.words.Dir() == "rtl"}
	comma, changed := v.words.Text("list.comma"), p.Story.Changed.In(v.words.Zone())
	holds := v.words.Text("card.articles", "n", p.Articles) + comma + v.words.Text("story.outlets", "n", len(p.Outlets))
	address := c.piece(v.asBase() + "/stories/" + i18n.ID(p.Story.ID))
	brand, seen := c.piece(v.words.Text("brand")), v.words.Text("cite.seen", "when", template.HTML(v.words.DateAs("date.year", v.words.Now().In(v.words.Zone()))))
	return citation{
		joined(" ", brand+".", "("+v.words.DateAs("cite.date", changed)+").", c.piece(p.Story.Headline), "["+holds+"].", address),
		joined(comma, c.quoted(p.Story.Headline), brand, holds, v.words.DateAs("date.year", changed), seen, address),
	}
}

// citer writes the pieces of a citation into a line of one direction.
type citer struct {
	words *i18n.Printer
	rtl   bool
}

// piece isolates what would not keep its order in the line; elsewhere there are no marks that a reader's own list would not want.
func (c citer) piece(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	against := func(r rune) bool { return unicode.IsLetter(r) && text.RTL(string(r)) != c.rtl }
	if strings.ContainsFunc(s, against) {
		return i18n.Isolate(s)
	}
	return s
}

// stop ends a piece with a full stop, unless it has an end of its own.
func (c citer) stop(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "؟") || strings.HasSuffix(s, "。") {
		return c.piece(s)
	}
	return c.piece(s) + "."
}

func (c citer) quoted(s string) string {
	return c.words.Text("cite.quoted", "x", template.HTML(c.piece(s)))
}

// joined joins what is not empty.
func joined(by string, pieces ...string) string {
	var full []string
	for _, p := range pieces {
		if p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, by)
}
