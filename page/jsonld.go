package page

import "strings"

// linked is what a page's JSON-LD says of its article.
type linked struct {
	kind      string // @type
	rank      int    // how likely it is the article
	headline  string
	alt       string // alternativeHeadline or description
	authors   []string
	orgs      []string // authors that are organizations
	persons   []string // all persons that the page's graph names
	published string
	modified  string
	body      string
	section   string
	keywords  []string
	site      string // publisher
	owner     bool   // the publisher is a person
	url       string
	lang      string
	image     string
	caption   string
}

// readLinked reads the page's JSON-LD and gives the object that is the article itself.
func readLinked(t *tree, scripts []int32) (best linked, ok bool) {
	graph := ldGraph{ids: map[string]value{}}
	for _, at := range scripts {
		graph.take(parseJSON(t.nodes[at].text), 0)
	}
	rank := 0
	for _, o := range graph.objects {
		if r := ldRank(o.get("@type")); r > rank {
			rank = r
			best = graph.article(o)
			best.kind, best.rank = ldType(o.get("@type")), r
		}
	}
	if best.site == "" {
		best.site = graph.site
	}
	best.persons = graph.persons
	return best, rank > 0
}

// ldGraph collects objects, and remembers those that others refer to by @id.
type ldGraph struct {
	objects []value
	ids     map[string]value
	site    string
	persons []string
}

func (g *ldGraph) take(v value, depth int) {
	if depth > 6 || len(g.objects) > 500 {
		return
	}
	if v.kind == 'a' {
		for _, x := range v.vals {
			g.take(x, depth+1)
		}
		return
	}
	if v.kind != 'o' {
		return
	}
	if id := v.get("@id").text(); id != "" && len(v.keys) > 1 {
		if old, ok := g.ids[id]; !ok || len(old.keys) < len(v.keys) {
			g.ids[id] = v
		}
	}
	switch ldType(v.get("@type")) {
	case "WebSite":
		if g.site == "" {
			g.site = v.get("name").text()
		}
	case "Person":
		if s := v.get("name").text(); s != "" && depth < 3 {
			g.persons = append(g.persons, s)
		}
	}
	if ldRank(v.get("@type")) > 0 {
		g.objects = append(g.objects, v)
	}
	for i, k := range v.keys {
		switch k {
		case "@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "isPartOf", "author", "publisher", "hasPart", "subjectOf":
			g.take(v.vals[i], depth+1)
		}
	}
}

func ldType(v value) string {
	s := v.text()
	return s[strings.LastIndexAny(s, "/:")+1:]
}

// sideRank and below it have objects that may stand beside the article: films, the page as such.
const sideRank = 2

// articleRank have the types of articles that newsrooms write.
const articleRank = 5

// ldRank tells how likely an object of a type is the article: 0 never.
func ldRank(v value) int {
	best := 0
	v.each(func(x value) {
		t := ldType(x)
		r := 0
		switch {
		case strings.HasSuffix(t, "NewsArticle"), t == "Article", t == "Report", t == "LiveBlogPosting", strings.HasSuffix(t, "Review"):
			r = 5
		case strings.HasSuffix(t, "Article"), strings.HasSuffix(t, "Posting"):
			r = 4
		case t == "VideoObject", t == "Recipe", t == "PodcastEpisode":
			r = 2
		case t == "WebPage", t == "CreativeWork", t == "ItemPage":
			r = 1
		}
		best = max(best, r)
	})
	return best
}

func (g *ldGraph) article(o value) linked {
	a := linked{
		headline: o.get("headline").text(), alt: o.get("alternativeHeadline").text(), published: o.get("datePublished").text(),
		modified: o.get("dateModified").text(), body: o.get("articleBody").text(), section: o.get("articleSection").text(),
		url: g.url(o), lang: o.get("inLanguage").text(), site: g.resolve(o.get("publisher")).get("name").text(),
	}
	g.resolve(o.get("publisher")).get("@type").each(func(x value) { a.owner = a.owner || ldType(x) == "Person" })
	if a.headline == "" {
		a.headline = o.get("name").text()
	}
	if a.published == "" {
		a.published = o.get("dateCreated").text()
	}
	if a.published == "" {
		a.published = o.get("uploadDate").text()
	}
	for _, key := range [...]string{"author", "creator"} {
		if len(a.authors)+len(a.orgs) == 0 {
			o.get(key).each(func(x value) { g.author(&a, x) })
		}
	}
	o.get("keywords").each(func(x value) { a.keywords = append(a.keywords, x.text()) })
	image := g.resolve(o.get("image"))
	if image.kind == 'a' && len(image.vals) > 0 {
		image = g.resolve(image.vals[0])
	}
	a.image, a.caption = image.text(), image.get("caption").text()
	if image.kind == 'o' {
		a.image = image.get("url").text()
	}
	return a
}

func (g *ldGraph) author(a *linked, v value) {
	v = g.resolve(v)
	if v.kind != 'o' {
		if s := v.text(); s != "" {
			a.authors = append(a.authors, s)
		}
		return
	}
	org := strings.HasSuffix(ldType(v.get("@type")), "Organization")
	v.get("name").each(func(x value) {
		switch s := x.text(); {
		case s == "":
		case org:
			a.orgs = append(a.orgs, s)
		default:
			a.authors = append(a.authors, s)
		}
	})
}

// resolve follows a reference by @id.
func (g *ldGraph) resolve(v value) value {
	if v.kind == 'o' {
		if full, ok := g.ids[v.get("@id").text()]; ok && len(full.keys) > len(v.keys) {
			return full
		}
	}
	return v
}

func (g *ldGraph) url(o value) string {
	if s := o.get("url").text(); s != "" {
		return s
	}
	m := o.get("mainEntityOfPage")
	if m.kind == 'o' {
		if s := m.get("@id").text(); s != "" {
			return s
		}
	}
	return m.text()
}
