package desk

import (
	"context"
	"net/url"
	"strings"

	"marsad/feed"
	"marsad/internal/fault"
	"marsad/news"
)

// Added is what became of one address that somebody gave.
type Added struct {
	Line    string
	Source  int64 // 0: none was made
	Name    string
	Problem string // "", bad-address, known, unreachable, denied, no-feed, closed, failed
	Detail  string
}

// AddSources adds sources by whatever somebody has of them: addresses of sites or feeds, one a line, or an OPML list. It says what
// became of each. The error is the store's, or Invalid where it is too much at once.
func (d *Desk) AddSources(ctx context.Context, given string) ([]Added, error) {
	if feed.IsOPML([]byte(given)) {
		return d.addOPML(ctx, given)
	}
	if n := strings.Count(strings.TrimSpace(given), "\n"); n >= mostLines {
		return nil, fault.New(fault.Invalid, "desk: %d lines at once; at most %d addresses are looked at, and an OPML list may hold more", n+1, mostLines)
	}
	var out []Added
	for line := range strings.Lines(given) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		a := d.addSource(ctx, line)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		out = append(out, a)
	}
	return out, nil
}

// mostLines bounds how many addresses are looked at in one go: each takes seconds.
const mostLines = 200

// addOPML adds a list without asking the feeds first: the list was used, and a thousand feeds would take their time.
func (d *Desk) addOPML(ctx context.Context, body string) ([]Added, error) {
	list, err := feed.ReadOPML([]byte(body))
	if err != nil {
		return nil, fault.New(fault.Invalid, "desk: %w", err)
	}
	var out []Added
	for len(list) > 0 {
		n := 1
		for n < len(list) && ofOne(list[0], list[n]) {
			n++
		}
		out = append(out, d.saveOutlet(ctx, list[:n])...)
		list = list[n:]
	}
	return out, ctx.Err()
}

// ofOne tells whether two entries of a list are feeds of one outlet, as a list that was saved here has them.
func ofOne(a, b feed.Outline) bool {
	return a.Title != "" && a.Home != "" && a.Title == b.Title && a.Home == b.Home && a.Lang == b.Lang && a.Folder == b.Folder
}

// saveOutlet adds an outlet with its feeds. Where one of several is known already, each is added by itself.
func (d *Desk) saveOutlet(ctx context.Context, list []feed.Outline) (out []Added) {
	o := list[0]
	s := news.Source{Name: o.Title, Home: o.Home, Lang: o.Lang}
	if s.Name == "" {
		s.Name = host(o.Feed)
	}
	var at []string
	for _, o := range list {
		at = append(at, o.Feed)
	}
	a := d.save(ctx, o.Feed, s, at...)
	if a.Problem != "" && len(list) > 1 {
		for i := range list {
			out = append(out, d.saveOutlet(ctx, list[i:i+1])...)
		}
		return out
	}
	for _, f := range at {
		a.Line = f
		out = append(out, a)
	}
	return out
}

func (d *Desk) addSource(ctx context.Context, line string) Added {
	at, ok := webAddress(line)
	if !ok {
		return Added{Line: line, Problem: "bad-address"}
	}
	if feed.Closed(at) {
		return Added{Line: line, Problem: "closed"}
	}
	if u, ok := feed.Known(at); ok {
		if resp, err := d.Fetcher.Get(ctx, Request{URL: u}); err == nil {
			if f, err := feed.Parse(resp.Body, resp.ContentType, resp.Final); err == nil {
				return d.saveFeed(ctx, line, stable(u, resp), f)
			}
		}
	}
	resp, err := d.Fetcher.Get(ctx, Request{URL: at})
	if err != nil {
		return problem(line, err)
	}
	if f, err := feed.Parse(resp.Body, resp.ContentType, resp.Final); err == nil {
		return d.saveFeed(ctx, line, stable(at, resp), f)
	}
	for _, u := range d.feedsOf(ctx, resp) {
		resp, err := d.Fetcher.Get(ctx, Request{URL: u})
		if err != nil {
			continue
		}
		if f, err := feed.Parse(resp.Body, resp.ContentType, resp.Final); err == nil {
			return d.saveFeed(ctx, line, stable(u, resp), f)
		}
	}
	return Added{Line: line, Problem: "no-feed"}
}

// mostTries is how many addresses of a site are asked whether they are a feed.
const mostTries = 14

// feedsOf gives the addresses at which a site may keep a feed: those that its page points to, then the sitemaps that its robots.txt names,
// the usual places last.
func (d *Desk) feedsOf(ctx context.Context, page Response) (all []string) {
	for _, l := range feed.Discover(page.Body, page.Final) {
		all = append(all, l.URL)
	}
	if u, err := url.Parse(page.Final); len(all) == 0 && err == nil {
		if resp, err := d.Fetcher.Get(ctx, Request{URL: u.Scheme + "://" + u.Host + "/robots.txt"}); err == nil {
			sitemaps := feed.Sitemaps(resp.Body)
			all = append(all, sitemaps[:min(len(sitemaps), 3)]...)
		}
	}
	all = append(all, feed.Guesses(page.Final)...)
	return all[:min(len(all), mostTries)]
}

// webAddress makes an address of what people type: a host alone is taken for https.
func webAddress(s string) (string, bool) {
	if !strings.Contains(s, "://") {
		s = "https://" + strings.TrimPrefix(s, "//")
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Host, ".") {
		return "", false
	}
	return u.String(), true
}

// stable is the address to ask from now on: where it moved to for good, else as given.
func stable(asked string, r Response) string {
	if r.Moved != "" {
		return r.Moved
	}
	return asked
}

func host(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

func (d *Desk) saveFeed(ctx context.Context, line, at string, f feed.Feed) Added {
	s := news.Source{Name: f.Title, Home: f.Home, Lang: f.Lang}
	if s.Name == "" {
		s.Name = host(at)
	}
	if s.Home == "" {
		if u, err := url.Parse(at); err == nil {
			s.Home = u.Scheme + "://" + u.Host + "/"
		}
	}
	return d.save(ctx, line, s, at)
}

func (d *Desk) save(ctx context.Context, line string, s news.Source, at ...string) Added {
	s.Created = d.Now()
	feeds := make([]news.Feed, len(at))
	for i, u := range at {
		feeds[i] = news.Feed{URL: u, Every: d.Every.First, Due: s.Created}
	}
	id, err := d.Store.AddSource(ctx, s, feeds)
	if err != nil {
		return problem(line, err)
	}
	return Added{Line: line, Source: id, Name: s.Name}
}

// problem says in one word what stood in the way.
func problem(line string, err error) Added {
	word := map[fault.Kind]string{fault.Conflict: "known", fault.Denied: "denied", fault.Invalid: "bad-address", fault.Temporary: "unreachable",
		fault.NotFound: "unreachable", fault.Permanent: "unreachable", fault.TooLarge: "unreachable"}[fault.KindOf(err)]
	if word == "" {
		word = "failed"
	}
	return Added{Line: line, Problem: word, Detail: err.Error()}
}
