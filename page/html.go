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

	declared string // the language that the page says it is in
	moved    bool   // the text came from elsewhere than the elements
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
	r.declared = declared
	r.lang = langOf(sample(w), declared)
	titles := []string{r.head.get("og:title"), r.head.title, r.ld.headline, r.head.get("twitter:title")}
	if len(r.head.h1s) == 0 {
		w.unstack(titles)
	}
	r.scene = newScene(w, lexiconOf(r.lang, declared))
	r.site = siteName(r.head, r.ld, p.URL)
	r.scene.entitle(titles, r.head.get("og:description", "description"), r.ld.body)
	return r
}

// readHTML reads a page of markup.
func (w *Weights) readHTML(a *news.Article, p *news.Page, s string) {
	r := begin(p, s)
	defer r.tree.release()
	scores := w.look(r.scene)
	a.Headline = r.headline()
	r.metadata(a)
	items := r.scene.items(scores, w.keepFrom(r.scene, scores), squash(a.Headline))
	judge(items, a.Headline, r.scene.lex)
	r.standfirst(a, items)
	r.override(items)
	items = r.readElsewhere(a, items)
	r.aboutSite(items)
	r.dropForeign(a, items)
	r.dropList(a, items)
	r.bylines(a, items)
	dropNames(items, a.Byline, r.scene.lex)
	r.dates(a, items)
	r.media(a, items)
	sources(a, r, items)
	render(a, items)
	if r.moved {
		a.Lang = langOf(a.Text, r.declared)
	}
	dateline(a, r.scene.lex)
}

// standfirst finds the lines between headline and text that a class calls so, outside the element that holds the text. They are the
// subtitle, and stay in the text too: readers and annotators count them to it.
func (r *reading) standfirst(a *news.Article, items []item) {
	s := r.scene
	for i := range items {
		it := &items[i]
		if !it.stays() || it.block <= s.head || s.head < 0 {
			continue
		}
		p := s.tree.nodes[it.at].parent
		if p == s.main || it.at == s.main {
			return // the text has begun
		}
		if (s.hints[it.at]|s.hints[p])&hintLead != 0 && it.chars >= 30 && it.chars < 400 && it.links < 0.3 {
			a.Subtitle = it.text
			return
		}
	}
}

// sources reads the agencies that credits and source lines name.
func sources(a *news.Article, r *reading, items []item) {
	for i := range items {
		it := &items[i]
		switch it.out {
		case news.SourceLine:
			if _, name, ok := strings.Cut(it.text, ":"); ok && strings.TrimSpace(name) != "" && len(name) < 80 {
				cite(a, strings.TrimSpace(name), r.linkWithin(it.at))
			}
		case news.BylineLine, news.Boilerplate:
			if it.chars < 60 {
				for _, n := range agenciesIn(r.scene.lex, it.text) {
					cite(a, n, "")
				}
			}
		}
	}
}

// linkWithin gives the address of the first link in an element.
func (r *reading) linkWithin(at int32) string {
	nodes := r.tree.nodes
	for c := nodes[at].first; c != 0; c = nodes[c].next {
		if nodes[c].tag == tagA {
			return absolute(r.page.URL, r.tree.attr(c, "href"))
		}
		if s := r.linkWithin(c); s != "" {
			return s
		}
	}
	return ""
}

// sample gives enough of a page's prose to tell its language.
func sample(w *walk) string {
	var b strings.Builder
	for i := range w.blocks {
		if k := &w.blocks[i]; k.isProse() {
			b.WriteString(w.of(k)[:runeCut(w.of(k), 500)])
			b.WriteByte(' ')
			if b.Len() > 900 {
				break
			}
		}
	}
	if b.Len() == 0 {
		b.WriteString(w.all[:runeCut(w.all, 1500)])
	}
	return b.String()
}
