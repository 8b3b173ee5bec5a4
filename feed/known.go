package feed

import (
	"net/url"
	"strings"
)

// Known gives the feed of a page on a site that publishes feeds by a rule that it has made known, or that its programs share: a channel, a
// person's page, a forum. The page need not be read for it. A false ok means that no rule is known, not that there is no feed.
func Known(page string) (at string, ok bool) {
	u, err := url.Parse(page)
	if err != nil || u.Host == "" || u.User != nil {
		return "", false
	}
	host := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), "m.")
	parts := strings.FieldsFunc(u.EscapedPath(), func(r rune) bool { return r == '/' })
	for _, r := range knownSites {
		if host != r.host && !strings.HasSuffix(host, "."+r.host) {
			continue
		}
		if path := r.path(host, parts, u.Query()); path != "" {
			return path, true
		}
		return "", false
	}
	return fediverse(u, parts)
}

// knownSite is a site with its rule: from a page's host, the parts of its path and its query to the feed's address, "" for a page without.
type knownSite struct {
	host string
	path func(host string, parts []string, q url.Values) string
}

var knownSites = []knownSite{
	{"youtube.com", youtube},
	{"reddit.com", func(_ string, p []string, _ url.Values) string {
		if len(p) == 2 && (p[0] == "r" || p[0] == "user" || p[0] == "u") {
			return "https://www.reddit.com/" + strings.Replace(p[0]+"/", "u/", "user/", 1) + p[1] + "/.rss"
		}
		return ""
	}},
	{"substack.com", func(host string, p []string, _ url.Values) string {
		if strings.Count(host, ".") == 2 && len(p) == 0 {
			return "https://" + host + "/feed"
		}
		return ""
	}},
	{"medium.com", func(host string, p []string, _ url.Values) string {
		switch {
		case host != "medium.com" && len(p) == 0:
			return "https://" + host + "/feed"
		case host == "medium.com" && len(p) == 1:
			return "https://medium.com/feed/" + p[0]
		}
		return ""
	}},
	{"bsky.app", func(_ string, p []string, _ url.Values) string {
		if len(p) == 2 && p[0] == "profile" {
			return "https://bsky.app/profile/" + p[1] + "/rss"
		}
		return ""
	}},
	{"tumblr.com", func(host string, p []string, _ url.Values) string {
		if host != "tumblr.com" && len(p) == 0 {
			return "https://" + host + "/rss"
		}
		return ""
	}},
	{"blogspot.com", func(host string, p []string, _ url.Values) string {
		if len(p) == 0 {
			return "https://" + host + "/feeds/posts/default"
		}
		return ""
	}},
	{"github.com", func(_ string, p []string, _ url.Values) string {
		switch {
		case len(p) == 2, len(p) == 3 && p[2] == "releases":
			return "https://github.com/" + p[0] + "/" + p[1] + "/releases.atom"
		case len(p) == 3 && p[2] == "commits":
			return "https://github.com/" + p[0] + "/" + p[1] + "/commits.atom"
		}
		return ""
	}},
	{"vimeo.com", func(_ string, p []string, _ url.Values) string {
		if len(p) == 1 && strings.Trim(p[0], "0123456789") != "" {
			return "https://vimeo.com/" + p[0] + "/videos/rss"
		}
		return ""
	}},
}

// youtube knows channels by their number, users by their old names, and playlists. A handle (@name) says nothing of the number: its page
// names the feed, and Discover finds it there.
func youtube(_ string, p []string, q url.Values) string {
	const feed = "https://www.youtube.com/feeds/videos.xml?"
	switch {
	case len(p) >= 2 && p[0] == "channel" && strings.HasPrefix(p[1], "UC"):
		return feed + "channel_id=" + p[1]
	case len(p) >= 2 && p[0] == "user":
		return feed + "user=" + p[1]
	case len(p) == 1 && p[0] == "playlist" && q.Get("list") != "":
		return feed + url.Values{"playlist_id": {q.Get("list")}}.Encode()
	}
	return ""
}

// fediverse knows the pages of persons on Mastodon and its kin, of any host: /@name has /@name.rss.
func fediverse(u *url.URL, parts []string) (string, bool) {
	if len(parts) != 1 || len(parts[0]) < 2 || parts[0][0] != '@' || strings.ContainsAny(parts[0][1:], "@.") || u.RawQuery != "" {
		return "", false
	}
	return "https://" + u.Host + "/" + parts[0] + ".rss", true
}

// closed are networks that publish no feeds.
var closed = []string{"t.me", "telegram.me", "x.com", "twitter.com", "facebook.com", "instagram.com", "tiktok.com", "threads.net", "linkedin.com", "whatsapp.com"}

// Closed tells whether a page is of a network that publishes no feeds, so that there is nothing to look for: somebody else's bridge may
// make one.
func Closed(page string) bool {
	u, err := url.Parse(page)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, c := range closed {
		if host == c || strings.HasSuffix(host, "."+c) {
			return true
		}
	}
	return false
}
