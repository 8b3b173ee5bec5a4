package fetch

import (
	"testing"
	"time"
)

// TestRules goes through RFC 9309, with its own examples in sections 2.2.2, 2.2.3 and 5.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name, robots, path string
		want               bool
	}{
		{"nothing said", "", "/x", true},
		{"prefix", "user-agent: *\ndisallow: /a", "/ab", false},
		{"case of the path counts", "user-agent: *\ndisallow: /A", "/a", true},
		{"case of the names does not", "User-Agent: MARSAD\nDISALLOW: /a", "/a", false},
		{"named group wins", "user-agent: *\ndisallow: /\n\nuser-agent: marsad\ndisallow: /x", "/a", true},
		{"order does not count", "user-agent: marsad\ndisallow: /x\n\nuser-agent: *\ndisallow: /", "/a", true},
		{"version after the token", "user-agent: marsad/2.0\ndisallow: /a", "/a", false},
		{"another robot", "user-agent: marsadbot\ndisallow: /a", "/a", true},
		{"part of the token", "user-agent: mars\ndisallow: /a", "/a", true},
		{"several agents", "user-agent: other\nuser-agent: marsad\ndisallow: /a", "/a", false},
		{"groups are combined", "user-agent: marsad\ndisallow: /a\n\nuser-agent: other\ndisallow: /\n\nuser-agent: marsad\ndisallow: /b", "/b", false},
		{"groups are combined, first", "user-agent: marsad\ndisallow: /a\n\nuser-agent: marsad\ndisallow: /b", "/a", false},
		{"unknown lines do not end a group", "user-agent: marsad\nsitemap: https://a/\ndisallow: /a", "/a", false},
		{"nor an agent list", "user-agent: marsad\nx: y\nuser-agent: other\ndisallow: /a", "/a", false},
		{"longest rule", "user-agent: *\nallow: /example/page/\ndisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false},
		{"longest rule, allowed", "user-agent: *\ndisallow: /example\nallow: /example/page", "/example/page1", true},
		{"allow on a tie", "user-agent: *\ndisallow: /page\nallow: /page", "/page", true},
		{"allow on a tie, the other way", "user-agent: *\nallow: /page\ndisallow: /page", "/page", true},
		{"empty disallow", "user-agent: *\ndisallow:", "/a", true},
		{"star", "user-agent: *\ndisallow: /*.gif", "/a/b.gif?x", false},
		{"star and end", "user-agent: *\ndisallow: /*.gif$", "/a/b.gif?x", true},
		{"end", "user-agent: *\ndisallow: /x$", "/x", false},
		{"end, longer path", "user-agent: *\ndisallow: /x$", "/xy", true},
		{"several stars", "user-agent: *\ndisallow: /a*b*c$", "/aXbYcZc", false},
		{"star at the end says nothing", "user-agent: *\ndisallow: /a*", "/ab", false},
		{"dollar inside is itself", "user-agent: *\ndisallow: /a$b", "/a$b", false},
		{"query", "user-agent: *\ndisallow: /*?print", "/a?print=1", false},
		{"encoded as not", "user-agent: *\ndisallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", false},
		{"encoded in the rule", "user-agent: *\ndisallow: /foo/bar/%e3%83%84", "/foo/bar/ツ", false},
		{"unreserved, encoded", "user-agent: *\ndisallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false},
		{"reserved stays", "user-agent: *\ndisallow: /a%2Fb", "/a/b", true},
		{"comments", "user-agent: * # all\ndisallow: /a # b", "/a", false},
		{"byte order mark", "\ufeffuser-agent: *\ndisallow: /a", "/a", false},
		{"old line ends", "user-agent: *\rdisallow: /a\r", "/a", false},
		{"robots.txt itself", "user-agent: *\ndisallow: /", "/robots.txt", true},
		{"rules before any agent", "disallow: /", "/a", true},
		{"a page in its place", "<html><body>not found: sorry</body></html>", "/a", true},
	} {
		if got := parseRobots([]byte(c.robots), "Marsad").permits(c.path); got != c.want {
			t.Errorf("%s: %s permitted: %v", c.name, c.path, got)
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	for s, want := range map[string]time.Duration{"2": 2 * time.Second, "0.5": 500 * time.Millisecond, "99999": time.Minute, "x": 0, "-1": 0} {
		if got := parseRobots([]byte("user-agent: *\ncrawl-delay: "+s), "Marsad").pause; got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}

func FuzzRules(f *testing.F) {
	f.Add([]byte("user-agent: *\ndisallow: /a*b$\nallow: /%41"), "/axb")
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		parseRobots(body, "Marsad").permits(path)
		if fits(octets(path), octets(path)) == false && len(path) > 0 && path[len(path)-1] != '$' {
			t.Errorf("%q does not fit itself", path)
		}
	})
}
