package feed

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"marsad/news"

	"github.com/zeebo/xxh3"
)

// parseXML reads any of the formats that are XML. The root's name decides which.
func parseXML(src []byte, base string) (Feed, error) {
	var f Feed
	var changed []time.Time // of f.More
	t := &treeReader{src: mended(src)}
	t.item = func(n *node) bool {
		switch n.name {
		case "sitemap":
			if loc := absolute(n.base, n.value("loc")); loc != "" {
				f.More, changed = append(f.More, loc), append(changed, date(n.value("lastmod")))
			}
		case "url":
			f.add(sitemapItem(n))
		case "entry":
			f.add(atomItem(n))
		default:
			f.add(rssItem(n))
		}
		return len(f.Items) < MaxItems && len(f.More) < MaxItems
	}
	f.Damaged = t.read(base)
	f.More = newest(f.More, changed)
	root := t.root
	if len(t.stack) > 1 { // it broke off: what is open has what was read of it
		for i := len(t.stack) - 1; i > 0; i-- {
			t.stack[i-1].kids = append(t.stack[i-1].kids, t.stack[i])
		}
	}
	if !f.head(root.first("rss", "rdf:RDF", "RDF", "feed", "urlset", "sitemapindex", "channel")) {
		return Feed{}, ErrNotAFeed
	}
	return f, nil
}

// newest sorts addresses by when they changed, the latest first; those that do not say keep their order behind them.
func newest(urls []string, changed []time.Time) []string {
	at := make([]int, len(urls))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return changed[b].Compare(changed[a]) })
	out := make([]string, 0, len(urls))
	for _, i := range at {
		out = append(out, urls[i])
	}
	return out
}

// add keeps an item. One that has neither address nor id is known by its words.
func (f *Feed) add(it news.Item) {
	if said := it.Title + it.Summary + it.Content; it.URL == "" && it.GUID == "" && said != "" {
		it.GUID = fmt.Sprintf("words:%x", xxh3.HashString128(said).Bytes())
	}
	it.Lang = strings.ReplaceAll(it.Lang, "_", "-")
	f.Items = append(f.Items, it)
}

// head reads what the feed says of itself, and tells whether it is one.
func (f *Feed) head(root *node) bool {
	if root == nil {
		return false
	}
	defer func() { f.Lang = strings.ReplaceAll(f.Lang, "_", "-") }()
	f.Version = root.attr("version")
	switch root.name {
	case "rss", "channel":
		f.Format = RSS
	case "rdf:RDF", "RDF":
		f.Format = RDF
	case "feed":
		f.Format = Atom
		f.atomHead(root)
		return true
	case "urlset":
		f.Format = Sitemap
		return true
	case "sitemapindex":
		f.Format = SitemapIndex
		return true
	}
	channel := root
	if c := root.first("channel"); c != nil {
		channel = c
	}
	f.rssHead(channel)
	return true
}

// sitemapItem reads an entry of a sitemap, with what a news sitemap says of it.
func sitemapItem(n *node) news.Item {
	it := news.Item{URL: absolute(n.base, n.value("loc")), Updated: date(n.value("lastmod")), Lang: n.lang}
	if v := n.first("news:news"); v != nil {
		it.Title = plain(v.value("news:title"))
		it.Published = date(v.value("news:publication_date"))
		it.Tags = split(v.value("news:keywords"))
		if p := v.first("news:publication"); p != nil {
			it.Lang = p.value("news:language")
		}
	}
	for _, i := range n.all("image:image") {
		it.Media = append(it.Media, news.Media{URL: absolute(n.base, i.value("image:loc")), Caption: plain(i.value("image:caption", "image:title"))})
	}
	return it
}

// split cuts a list of words at commas and semicolons.
func split(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;،؛、", r) }) {
		if w = strings.TrimSpace(w); w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
