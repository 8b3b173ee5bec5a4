package feed

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Link is a feed that a page points to.
type Link struct {
	URL   string
	Title string
	Named bool // the page names it as its feed; else its address only looks like one
}

// maxLinks bounds what a page may point to.
const maxLinks = 100

var feedTypes = []string{"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json", "application/xml", "text/xml"}

// Discover finds the feeds that a page points to: those that it names in its head first, then links whose address looks like a
// feed's. Feeds of comments come last.
func Discover(page []byte, base string) []Link {
	var named, guessed []Link
	seen := map[string]bool{}
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), 4<<20)]))
	for len(seen) < maxLinks {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		a := attributes(t)
		u := absolute(base, a["href"])
		switch {
		case t.Data == "base" && u != "":
			base = u
		case u == "" || seen[u] || !isWeb(u):
		case t.Data == "link" && slices.Contains(strings.Fields(strings.ToLower(a["rel"])), "alternate") && slices.Contains(feedTypes, mediaType(a["type"])):
			seen[u] = true
			named = append(named, Link{u, plain(a["title"]), true})
		case t.Data == "a" && looksLikeFeed(u):
			seen[u] = true
			guessed = append(guessed, Link{URL: u, Title: plain(a["title"])})
		}
	}
	all := append(named, guessed...)
	slices.SortStableFunc(all, func(a, b Link) int { return comments(a) - comments(b) })
	return all
}

func attributes(t html.Token) map[string]string {
	a := make(map[string]string, len(t.Attr))
	for _, v := range t.Attr {
		if _, twice := a[v.Key]; !twice {
			a[v.Key] = v.Val
		}
	}
	return a
}

func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(s))
}

// looksLikeFeed judges an address by the words of its path.
func looksLikeFeed(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	p := strings.ToLower(strings.TrimSuffix(u.Path, "/"))
	for _, end := range []string{".rss", ".atom", ".rdf", "/rss", "/feed", "/atom", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/rss.php", "/feeds"} {
		if strings.HasSuffix(p, end) {
			return true
		}
	}
	return strings.HasSuffix(p, ".xml") && (strings.Contains(p, "rss") || strings.Contains(p, "feed") || strings.Contains(p, "atom"))
}

func comments(l Link) int {
	if strings.Contains(strings.ToLower(l.URL+" "+l.Title), "comment") {
		return 1
	}
	return 0
}

// Sitemaps gives the sitemaps that a robots.txt names, those first that are of news by their address.
func Sitemaps(robots []byte) (all []string) {
	for line := range bytes.Lines(robots[:min(len(robots), 512<<10)]) {
		key, value, ok := strings.Cut(string(line), ":")
		if u := strings.TrimSpace(value); ok && strings.EqualFold(strings.TrimSpace(key), "sitemap") && isWeb(u) && len(all) < maxLinks && !slices.Contains(all, u) {
			all = append(all, u)
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return ofNews(b) - ofNews(a) })
	return all
}

func ofNews(address string) int {
	if strings.Contains(strings.ToLower(address), "news") {
		return 1
	}
	return 0
}

// Guesses gives addresses at which sites keep a feed without saying so, to be tried in order when Discover found none.
func Guesses(home string) []string {
	var out []string
	for _, path := range []string{"/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feeds/posts/default", "/sitemap-news.xml", "/sitemap_news.xml", "/news-sitemap.xml", "/sitemap.xml"} {
		if u := absolute(home, path); isWeb(u) {
			out = append(out, u)
		}
	}
	return out
}
