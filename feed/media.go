package feed

import (
	"strings"

	"marsad/news"
)

// media gathers pictures and video: Media RSS, alone or in groups, and enclosures.
func media(n *node) []news.Media {
	var out []news.Media
	seen := map[string]bool{}
	add := func(m news.Media) {
		if m.URL != "" && !seen[m.URL] && len(out) < 50 {
			seen[m.URL] = true
			out = append(out, m)
		}
	}
	for _, k := range n.kids {
		switch k.name {
		case "media:group":
			for _, m := range media(k) {
				add(m)
			}
		case "media:content":
			if kind := k.attr("medium") + " " + k.attr("type"); !strings.Contains(kind, "audio") && !strings.Contains(kind, "document") {
				add(described(k, n))
			}
		case "media:thumbnail":
			if len(out) == 0 {
				add(described(k, n))
			}
		case "enclosure":
			if visual(k.attr("type")) {
				add(news.Media{URL: absolute(k.base, k.attr("url"))})
			}
		case "link":
			if k.attr("rel") == "enclosure" && visual(k.attr("type")) {
				add(news.Media{URL: absolute(k.base, k.attr("href"))})
			}
		case "itunes:image":
			add(news.Media{URL: absolute(k.base, k.attr("href"))})
		}
	}
	return out
}

func visual(kind string) bool {
	return strings.HasPrefix(kind, "image/") || strings.HasPrefix(kind, "video/")
}

// described gives a medium with the words that belong to it: inside of it, else beside it.
func described(k, parent *node) news.Media {
	m := news.Media{URL: absolute(k.base, k.attr("url")), Caption: plain(k.value("media:description", "media:title")), Credit: plain(k.value("media:credit"))}
	if m.Caption == "" && parent.name == "media:group" {
		m.Caption = plain(parent.value("media:description"))
	}
	if m.Credit == "" {
		m.Credit = plain(parent.value("media:credit"))
	}
	return m
}
