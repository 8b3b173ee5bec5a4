package feed

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/news"
)

// rssHead reads the channel of RSS 0.9x, 1.0 and 2.0.
func (f *Feed) rssHead(c *node) {
	f.Title = plain(c.value("title", "dc:title"))
	f.Summary = c.value("description", "itunes:summary", "dc:description")
	f.Lang = c.value("language", "dc:language")
	if f.Lang == "" {
		f.Lang = c.lang
	}
	f.Updated = date(c.value("lastBuildDate", "pubDate", "dc:date", "dcterms:modified"))
	f.Every = every(c)
	for _, l := range c.all("link") {
		// atom:link stands beside RSS's own link
		switch href := l.attr("href"); {
		case href == "" && f.Home == "":
			f.Home = absolute(l.base, l.content())
		case href != "" && l.attr("rel") == "self":
			f.Self = absolute(l.base, href)
		case href != "" && (l.attr("rel") == "alternate" || l.attr("rel") == "") && f.Home == "":
			f.Home = absolute(l.base, href)
		}
	}
}

// every reads how often a channel says that it changes.
func every(c *node) time.Duration {
	if m, err := strconv.Atoi(c.value("ttl")); err == nil && m > 0 && m < 60*24*31 {
		return time.Duration(m) * time.Minute
	}
	period := map[string]time.Duration{"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour,
		"yearly": 365 * 24 * time.Hour}[strings.ToLower(c.value("sy:updatePeriod"))]
	if n, err := strconv.Atoi(c.value("sy:updateFrequency")); err == nil && n > 1 {
		period /= time.Duration(n)
	}
	return period
}

// rssItem reads an item of RSS 0.9x, 1.0 and 2.0 with the modules that feeds use.
func rssItem(n *node) news.Item {
	it := news.Item{
		URL:       rssLink(n),
		GUID:      n.value("guid", "id", "dc:identifier"),
		Title:     plain(n.value("title", "dc:title", "media:title")),
		Summary:   n.value("description", "dc:description", "summary", "itunes:summary", "media:description"),
		Content:   n.value("content:encoded", "content", "xhtml:body", "body", "fullitem"),
		Author:    person(n.value("dc:creator", "author", "dc:author", "itunes:author", "managingEditor")),
		Lang:      n.value("dc:language", "language"),
		Published: date(n.value("pubDate", "dc:date", "published", "dcterms:issued", "dcterms:created", "date")),
		Updated:   date(n.value("dcterms:modified", "updated", "lastBuildDate")),
		Media:     media(n),
	}
	if a := n.first("author"); a != nil && a.first("name") != nil {
		it.Author = plain(a.value("name"))
	}
	if it.GUID == "" {
		it.GUID = n.attr("rdf:about")
	}
	if c := n.first("content:encoded", "xhtml:body", "body", "fullitem"); c != nil && it.Lang == "" {
		it.Lang = c.lang
	}
	if it.Lang == "" {
		it.Lang = n.lang
	}
	if g := n.first("media:group"); g != nil && it.Summary == "" {
		it.Summary = g.value("media:description")
	}
	for _, name := range []string{"category", "dc:subject", "media:category", "itunes:keywords", "media:keywords"} {
		for _, c := range n.all(name) {
			tag := plain(c.content())
			if tag == "" {
				tag = c.attr("term")
			}
			if tag != "" && !slices.Contains(it.Tags, tag) {
				it.Tags = append(it.Tags, tag)
			}
		}
	}
	return it
}

// rssLink gives an item's address: its link, else a guid that is one, else what rdf:about names.
func rssLink(n *node) string {
	for _, l := range n.all("link") {
		if href := l.attr("href"); href != "" && (l.attr("rel") == "alternate" || l.attr("rel") == "") {
			return absolute(l.base, href)
		}
		if s := l.content(); s != "" {
			return absolute(l.base, s)
		}
	}
	for _, g := range n.all("guid") {
		if s := g.content(); !strings.EqualFold(g.attr("isPermaLink"), "false") && isWeb(s) {
			return s
		}
	}
	if s := n.attr("rdf:about"); isWeb(s) {
		return s
	}
	return ""
}

// person takes the address off "mail@example.org (Name)" and "Name <mail@example.org>".
func person(s string) string {
	s = plain(s)
	if before, name, ok := strings.Cut(s, "("); ok && strings.Contains(before, "@") {
		return strings.TrimSpace(strings.TrimSuffix(name, ")"))
	}
	for _, open := range []string{"<", "("} {
		if name, mail, ok := strings.Cut(s, open); ok && strings.Contains(mail, "@") && strings.TrimSpace(name) != "" {
			return strings.TrimSpace(name)
		}
	}
	return s
}
