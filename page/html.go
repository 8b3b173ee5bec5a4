package page

import (
	"strings"

	"marsad/news"
)

// readHTML reads a page of markup.
func readHTML(a *news.Article, p *news.Page, s string, site *Site) {
	t := parse(s)
	w := walkTree(t)
	h := readHead(t)
	ld, _ := readLinked(t, h.ld)
	c := findColumn(w)
	declared := h.lang
	if declared == "" {
		declared = h.get("og:locale", "content-language", "language")
	}
	a.Lang = langOf(sample(w, c), declared)
	lex := lexiconOf(a.Lang)
	a.Site = siteName(h, ld)
	a.Headline = headlineOf(w, h, ld, a.Site)
	a.Canonical = h.links["canonical"]
	items := c.items(w, lex)
	judge(items, a.Headline)
	for i := range items {
		captionOf(a, &items[i], lex)
	}
	bylines(a, w, h, ld, items, lex)
	dates(a, p, w, h, ld, lex)
	render(a, w, items)
}

// sample gives enough of the column's prose to tell its language.
func sample(w *walk, c *column) string {
	var b strings.Builder
	for i := range w.blocks {
		if k := &w.blocks[i]; k.chars > 60 && c.holds(w.tree, k.at) {
			b.Write(w.text[k.start:k.end])
			b.WriteByte(' ')
			if b.Len() > 3000 {
				break
			}
		}
	}
	if b.Len() == 0 {
		b.Write(w.text[:min(len(w.text), 3000)])
	}
	return b.String()
}

// captionOf moves a caption to the media.
func captionOf(a *news.Article, it *item, lex *lexicon) {
	if it.out != news.Caption && it.out != news.Credit {
		return
	}
	caption, credit := splitCredit(lex, it.text)
	if it.out == news.Credit && credit == "" {
		caption, credit = "", bareCredit(lex, it.text)
	}
	for i := range a.Media {
		if m := &a.Media[i]; m.Caption == caption && caption != "" || caption == "" && m.Credit == credit {
			return
		}
	}
	if caption == "" && credit != "" && len(a.Media) > 0 && a.Media[len(a.Media)-1].Credit == "" {
		a.Media[len(a.Media)-1].Credit = credit
		return
	}
	a.Media = append(a.Media, news.Media{Caption: caption, Credit: credit})
}
