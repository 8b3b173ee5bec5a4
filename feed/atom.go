package feed

import (
	"encoding/base64"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"marsad/news"
)

// atomHead reads what an Atom feed (1.0 and 0.3) says of itself.
func (f *Feed) atomHead(n *node) {
	f.Title = plain(construct(n.first("title")))
	f.Summary = construct(n.first("subtitle", "tagline"))
	f.Lang = n.lang
	f.Updated = date(n.value("updated", "modified"))
	f.Home, f.Self = atomLink(n, "alternate"), atomLink(n, "self")
	f.Every = every(n)
}

// atomItem reads an entry of Atom 1.0 and 0.3.
func atomItem(n *node) news.Item {
	it := news.Item{
		URL:       atomLink(n, "alternate"),
		GUID:      n.value("id"),
		Title:     plain(construct(n.first("title"))),
		Summary:   construct(n.first("summary")),
		Content:   construct(n.first("content")),
		Lang:      n.lang,
		Published: date(n.value("published", "issued", "created", "dc:date")),
		Updated:   date(n.value("updated", "modified")),
		Media:     media(n),
	}
	if c := n.first("content"); c != nil && c.lang != "" {
		it.Lang = c.lang
	}
	if a := n.first("author"); a != nil {
		it.Author = plain(a.value("name", "email"))
	} else {
		it.Author = person(n.value("dc:creator"))
	}
	if it.URL == "" && isWeb(it.GUID) {
		it.URL = it.GUID
	}
	if c := n.first("content"); it.URL == "" && c != nil {
		it.URL = absolute(c.base, c.attr("src"))
	}
	for _, c := range append(n.all("category"), n.all("dc:subject")...) {
		tag := c.attr("label")
		if tag == "" {
			tag = c.attr("term")
		}
		if tag == "" {
			tag = plain(c.content())
		}
		if tag != "" && !slices.Contains(it.Tags, tag) {
			it.Tags = append(it.Tags, tag)
		}
	}
	return it
}

// atomLink gives the first link of a relation. A link without one is an alternate; text/html is preferred among several.
func atomLink(n *node, rel string) string {
	found := ""
	for _, l := range n.all("link") {
		r := strings.TrimPrefix(strings.ToLower(l.attr("rel")), "http://www.iana.org/assignments/relation/")
		if r == "" {
			r = "alternate"
		}
		if r != rel {
			continue
		}
		href := l.attr("href")
		if href == "" {
			href = l.content()
		}
		if u := absolute(l.base, href); u != "" && (found == "" || l.attr("type") == "text/html") {
			if found = u; l.attr("type") == "text/html" {
				break
			}
		}
	}
	return found
}

// construct gives an Atom text construct as markup: plain text is escaped, so that no reader takes a "<" in it for a tag.
func construct(n *node) string {
	if n == nil {
		return ""
	}
	kind, mode := strings.ToLower(n.attr("type")), n.attr("mode")
	switch {
	case mode == "base64", kind == "application/octet-stream":
		b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.content()), ""))
		if err != nil || !utf8.Valid(b) {
			return ""
		}
		return string(b)
	case strings.HasPrefix(kind, "image/"), strings.HasPrefix(kind, "video/"), strings.HasPrefix(kind, "audio/"):
		return ""
	case len(n.kids) > 0: // xhtml, or markup that should have been escaped
		if div := n.first("xhtml:div", "div"); div != nil && len(n.kids) == 1 && strings.TrimSpace(n.text.String()) == "" {
			return strings.TrimSpace(string(div.inner))
		}
		return strings.TrimSpace(string(n.inner))
	case kind == "" && mode == "", kind == "text", kind == "text/plain":
		if s := n.content(); mode != "escaped" || !strings.Contains(s, "<") {
			return html.EscapeString(s)
		}
	}
	return n.content()
}
