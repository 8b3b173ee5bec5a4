package feed

import (
	"net/url"
	"strings"
	"testing"
)

func TestKnown(t *testing.T) {
	for page, want := range map[string]string{
		"https://www.youtube.com/channel/UCabc_123-x":        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc_123-x",
		"https://m.youtube.com/channel/UCabc/videos":         "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc",
		"https://youtube.com/user/desk":                      "https://www.youtube.com/feeds/videos.xml?user=desk",
		"https://www.youtube.com/playlist?list=PL1&index=2":  "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1",
		"https://www.youtube.com/@desk":                      "", // its page names the feed
		"https://www.youtube.com/watch?v=1":                  "",
		"https://old.reddit.com/r/worldnews/":                "https://www.reddit.com/r/worldnews/.rss",
		"https://reddit.com/u/desk":                          "https://www.reddit.com/user/desk/.rss",
		"https://www.reddit.com/r/worldnews/comments/1/a":    "",
		"https://desk.substack.com/":                         "https://desk.substack.com/feed",
		"https://desk.substack.com/p/a-post":                 "",
		"https://substack.com/":                              "",
		"https://medium.com/@desk":                           "https://medium.com/feed/@desk",
		"https://desk.medium.com":                            "https://desk.medium.com/feed",
		"https://bsky.app/profile/desk.example":              "https://bsky.app/profile/desk.example/rss",
		"https://desk.tumblr.com/":                           "https://desk.tumblr.com/rss",
		"https://desk.blogspot.com/":                         "https://desk.blogspot.com/feeds/posts/default",
		"https://github.com/a/b":                             "https://github.com/a/b/releases.atom",
		"https://vimeo.com/desk":                             "https://vimeo.com/desk/videos/rss",
		"https://vimeo.com/12345":                            "",
		"https://social.example/@desk":                       "https://social.example/@desk.rss",
		"https://social.example/@desk/1234":                  "",
		"https://social.example/@desk@other.example":         "",
		"https://example.org/news":                           "",
		"https://notyoutube.com/channel/UCabc":               "",
		"https://user:secret@www.youtube.com/channel/UCabc/": "",
	} {
		got, ok := Known(page)
		if got != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
	for page, want := range map[string]bool{"https://t.me/s/desk": true, "https://www.facebook.com/desk": true, "https://x.com/desk": true, "https://netflix.com/": false, "https://example.org/t.me": false, ":": false} {
		if Closed(page) != want {
			t.Errorf("%s: closed %v", page, !want)
		}
	}
}

// FuzzKnown: whatever is pasted, a rule gives an address on the web that stays on the page's own site.
func FuzzKnown(f *testing.F) {
	for _, s := range []string{"https://www.youtube.com/channel/UCabc", "https://a.example/@b", "https://reddit.com/r/a", "http://x.substack.com", "https://medium.com/%2f%2fevil.example", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, page string) {
		Closed(page)
		at, ok := Known(page)
		if !ok {
			return
		}
		u, err := url.Parse(at)
		if err != nil || u.Scheme != "https" || u.Host == "" {
			t.Fatalf("%q gives %q: %v", page, at, err)
		}
		from, err := url.Parse(page)
		if err != nil {
			t.Fatal(err)
		}
		a, b := strings.ToLower(from.Hostname()), strings.ToLower(u.Hostname())
		base := func(h string) string { return strings.TrimPrefix(strings.TrimPrefix(h, "www."), "m.") }
		if base(a) != base(b) && !strings.HasSuffix(a, "."+base(b)) {
			t.Fatalf("%q leads to %q", page, at)
		}
	})
}
