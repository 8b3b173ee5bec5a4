package page

import (
	"strings"

	"marsad/news"
)

// reading is a page of markup on its way to an article.
type reading struct {
	page  *news.Page
	tree  *tree
	head  *head
	ld    linked
	scene *scene
	lang  string
	site  string
}

// begin reads a page up to the point where its blocks can be judged.
func begin(p *news.Page, s string) *reading {
	t := parse(s)
	w := walkTree(t)
	r := &reading{page: p, tree: t, head: readHead(t)}
	r.ld, _ = readLinked(t, r.head.ld)
	declared := r.head.lang
	if declared == "" {
		declared = r.head.get("og:locale", "content-language", "language")
	}
	r.lang = langOf(sample(w), declared)
	r.scene = newScene(w, lexiconOf(r.lang))
	r.site = siteName(r.head, r.ld)
	titles := []string{r.head.get("og:title"), r.head.title, r.ld.headline, r.head.get("twitter:title")}
	r.scene.entitle(titles, r.head.get("og:description", "description"), r.ld.body)
	return r
}

// readHTML reads a page of markup.
func (w *Weights) readHTML(a *news.Article, p *news.Page, s string, site *Site) {
	r := begin(p, s)
	scores := w.look(r.scene)
	lex := r.scene.lex
	a.Lang, a.Site = r.lang, r.site
	a.Headline = r.headline()
	a.Canonical = r.head.links["canonical"]
	items := r.scene.items(scores)
	judge(items, a.Headline)
	for i := range items {
		captionOf(a, &items[i], lex)
	}
	r.bylines(a, items)
	r.dates(a, items)
	render(a, r.scene.walk, items)
}

// sample gives enough of a page's prose to tell its language.
func sample(w *walk) string {
	var b strings.Builder
	for i := range w.blocks {
		if k := &w.blocks[i]; k.isProse() {
			b.Write(w.text[k.start:k.end])
			b.WriteByte(' ')
			if b.Len() > 4000 {
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
