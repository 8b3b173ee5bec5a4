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
	caption   string // of the image
	credit    string // of the image
}

// readLinked reads the page's JSON-LD and gives the object that is the article itself: of the likeliest type, and of several such the
// one whose headline the page's title holds.
func readLinked(t *tree, scripts []int32) (best linked, ok bool) {
	graph := ldGraph{ids: map[string]value{}}
	for _, at := range scripts {
		for _, v := range parseAllJSON(t.nodes[at].text) {
			graph.take(v, 0, false)
		}
	}
	title := squash(pageTitle(t))
	rank := 0
	for _, o := range graph.objects {
		r := 2 * ldRank(o.get("@type"))
		if o.listed {
			r -= 5 // one of many that a list of links names
		}
		if f := squash(titleWords(o.get("headline").text())); len(f) > 10 && strings.Contains(title, f[:min(len(f), 40)]) {
			r++
		}
		if r > rank {
			rank = r
			best = graph.article(o.value)
			best.kind, best.rank = ldType(o.get("@type")), ldRank(o.get("@type"))
		}
	}
	if best.site == "" {
		best.site = graph.site
	}
	best.persons = graph.persons
	return best, rank > 0
}

// pageTitle gives the words of the title element.
func pageTitle(t *tree) string {
	for i := range t.nodes {
		if n := &t.nodes[i]; n.tag == tagTitle {
			return unescape(n.text)
		}
	}
	return ""
}

// ldGraph collects objects, and remembers those that others refer to by @id.
type ldGraph struct {
	objects []ldObject
	ids     map[string]value
	site    string
	persons []string
}

// ldObject is an object of the graph that may be an article; listed says that it is an item of a list.
type ldObject struct {
	value
	listed bool
}

func (g *ldGraph) take(v value, depth int, listed bool) {
	if depth > 6 || len(g.objects) > 500 {
		return
	}
	if v.kind == 'a' {
		for _, x := range v.vals {
			g.take(x, depth+1, listed)
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
		g.objects = append(g.objects, ldObject{v, listed})
	}
	for i, k := range v.keys {
		switch k {
		case "@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "isPartOf", "author", "publisher", "hasPart", "subjectOf", "item":
			g.take(v.vals[i], depth+1, listed || k == "itemListElement" || k == "hasPart")
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
	g.image(&a, g.resolve(o.get("image")))
	return a
}

// image takes in the first picture of an article.
func (g *ldGraph) image(a *linked, v value) {
	if v.kind == 'a' && len(v.vals) > 0 {
		v = g.resolve(v.vals[0])
	}
	if a.image = v.text(); v.kind != 'o' {
		return
	}
	a.image, a.caption = v.get("url").text(), v.get("caption").text()
	for _, key := range [...]string{"creditText", "copyrightHolder", "author", "creator"} {
		if a.credit == "" {
			a.credit = g.resolve(v.get(key)).text()
		}
	}
}

// author takes in an author: a string, a person by name or by its parts, an organization, or a list of them.
func (g *ldGraph) author(a *linked, v value) {
	v = g.resolve(v)
	if v.kind == 'a' {
		v.each(func(x value) {
			if x.kind != 'a' {
				g.author(a, x)
			}
		})
		return
	}
	if list := v.get("@list"); list.kind == 'a' {
		list.each(func(x value) {
			if x.get("@list").kind == 0 {
				g.author(a, x)
			}
		})
		return
	}
	if v.kind != 'o' {
		if s := v.text(); s != "" {
			a.authors = append(a.authors, s)
		}
		return
	}
	org, person := false, false
	v.get("@type").each(func(x value) {
		t := ldType(x)
		org = org || strings.HasSuffix(t, "Organization") || t == "Corporation" || t == "Brand" || t == "Company"
		person = person || t == "Person"
	})
	named := 0
	v.get("name").each(func(x value) {
		if s := x.text(); s != "" {
			named++
			a.name(s, org && !person)
		}
	})
	if named > 0 {
		return
	}
	for _, key := range [...]string{"byline", "alternateName"} {
		if s := v.get(key).text(); s != "" {
			a.name(s, org && !person)
			return
		}
	}
	a.name(strings.TrimSpace(v.get("givenName").text()+" "+v.get("familyName").text()), false)
}

// name files an author's name.
func (l *linked) name(s string, org bool) {
	switch {
	case s == "":
	case org:
		l.orgs = append(l.orgs, s)
	default:
		l.authors = append(l.authors, s)
	}
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
