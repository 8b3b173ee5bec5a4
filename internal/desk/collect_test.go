package desk_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"marsad/feed"
	"marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/sqlite"
	"marsad/news"
	"marsad/text"

	"github.com/google/go-cmp/cmp"
)

// web is an invented web: what stands at each address, and what was asked of it.
type web struct {
	mu    sync.Mutex
	at    map[string]desk.Response
	errs  map[string]error
	asked []desk.Request
}

func (w *web) Get(_ context.Context, r desk.Request) (desk.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, r)
	resp, ok := w.at[r.URL]
	if err := w.errs[r.URL]; err != nil {
		return resp, err
	}
	if !ok {
		return desk.Response{Status: 404}, fault.New(fault.NotFound, "%s: 404", r.URL)
	}
	if resp.Status == 0 {
		resp.Status = 200
	}
	if resp.Final == "" {
		resp.Final = r.URL
	}
	if r.ETag != "" && r.ETag == resp.ETag {
		return desk.Response{Status: http.StatusNotModified, Final: r.URL}, nil
	}
	return resp, nil
}

func (w *web) times(url string) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.asked {
		if r.URL == url {
			n++
		}
	}
	return n
}

// paragraphs is running text enough for an article.
func paragraphs(about string) string {
	var b strings.Builder
	for _, p := range []string{
		"The council of the invented town of %s met on Tuesday and decided, after a long debate, to repair the old bridge before winter.",
		"The bridge, which was built ninety years ago, carries the only road between %s and the harbour, and lorries have avoided it since March.",
		"According to the engineers, two of its seven arches have to be built anew; the rest can be saved if the work begins in September.",
		"Traders in the market said that they welcomed the decision, but asked for a ferry while the road to %s is closed.",
		"The money comes in equal parts from the town and from the province, whose assembly is to vote on its share next month.",
	} {
		b.WriteString("<p>" + strings.ReplaceAll(p, "%s", about) + "</p>\n")
	}
	return b.String()
}

func articlePage(title string) desk.Response {
	return desk.Response{ContentType: "text/html", Body: []byte("<html lang=en><head><title>" + title + "</title></head><body><article><h1>" + title + "</h1>" + paragraphs(title) + "</article></body></html>")}
}

func rss(items ...string) desk.Response {
	return desk.Response{ContentType: "application/rss+xml", Body: []byte("<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>The Post</title><link>https://post.example/</link>" + strings.Join(items, "") + "</channel></rss>")}
}

func link(url string) string {
	return "<item><title>title of " + url + "</title><link>" + url + "</link></item>"
}

const feedURL = "https://post.example/feed"

// collecting runs a desk over one feed of an invented web until ok.
func collecting(t *testing.T, w *web, ok func(f news.Feed, s *sqlite.Store) bool) (news.Feed, *sqlite.Store) {
	t.Helper()
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	id, err := s.AddSource(ctx, news.Source{Name: "The Post"}, []news.Feed{{URL: feedURL, Every: time.Second}})
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(desk.Options{Store: s, Fetcher: w, Analyse: analyse, Tick: 5 * time.Millisecond, Every: desk.Interval{First: time.Second, Min: 10 * time.Millisecond, Max: 20 * time.Millisecond}})
	stop := run(t, d)
	var f news.Feed
	until(t, "collected", 10*time.Second, func() bool {
		h, err := s.Source(ctx, id)
		if err != nil || len(h.Feeds) != 1 {
			return false
		}
		f = h.Feeds[0]
		return ok(f, s)
	})
	stop()
	return f, s
}

func articles(s *sqlite.Store) int {
	c, err := s.Counts(context.Background())
	if err != nil || c.Backlog > 0 {
		return 0
	}
	return c.Articles
}

func TestPagesOfAFeed(t *testing.T) {
	feed := rss(link("https://post.example/1"), link("https://post.example/2"), link("https://post.example/gone"), link("https://post.example/forbidden"),
		"<item><guid isPermaLink='false'>only-here</guid><title>In the feed alone</title><content:encoded><![CDATA["+paragraphs("Feedtown")+"]]></content:encoded></item>",
		"<item><link>https://post.example/closed</link><title>Closed, but in the feed</title><content:encoded><![CDATA["+strings.Repeat(paragraphs("Closetown"), 3)+"]]></content:encoded></item>")
	feed.ETag = `"1"`
	w := &web{at: map[string]desk.Response{feedURL: feed, "https://post.example/1": articlePage("One"), "https://post.example/2": articlePage("Two")},
		errs: map[string]error{"https://post.example/forbidden": fault.New(fault.Denied, "robots.txt"), "https://post.example/closed": fault.New(fault.Permanent, "403")}}
	f, s := collecting(t, w, func(f news.Feed, s *sqlite.Store) bool { return articles(s) == 4 && w.times(feedURL) > 3 })
	if f.ETag != `"1"` || f.Problem != "" || f.Failures != 0 || f.Changed.IsZero() {
		t.Errorf("feed %+v", f)
	}
	for _, u := range []string{"https://post.example/1", "https://post.example/gone", "https://post.example/forbidden", "https://post.example/closed"} {
		if n := w.times(u); n != 1 {
			t.Errorf("%s was asked for %d times", u, n)
		}
	}
	var heads []string
	_ = s.Articles(context.Background(), time.Time{}, time.Time{}, entryHeadlines(&heads))
	for _, want := range []string{"One", "Two", "In the feed alone", "Closed, but in the feed"} {
		if !strings.Contains(strings.Join(heads, "|"), want) {
			t.Errorf("no article %q among %q", want, heads)
		}
	}
}

func TestFeedInTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		resp desk.Response
		err  error
		ok   func(news.Feed) bool
	}{
		"down":       {desk.Response{Status: 503}, fault.New(fault.Temporary, "503"), func(f news.Feed) bool { return f.Failures >= 2 && f.Problem == "temporary" && !f.Gone }},
		"gone":       {desk.Response{Status: 410}, fault.New(fault.NotFound, "410"), func(f news.Feed) bool { return f.Gone && f.Problem == "not-found" }},
		"asks later": {desk.Response{Status: 429, Retry: time.Now().Add(time.Hour)}, fault.New(fault.Temporary, "429"), func(f news.Feed) bool { return f.Due.After(time.Now().Add(50 * time.Minute)) }},
		"no feed":    {desk.Response{Status: 200, Body: []byte("<html>hello")}, nil, func(f news.Feed) bool { return f.Problem == "invalid" }},
	} {
		t.Run(name, func(t *testing.T) {
			w := &web{at: map[string]desk.Response{feedURL: c.resp}, errs: map[string]error{feedURL: c.err}}
			collecting(t, w, func(f news.Feed, _ *sqlite.Store) bool { return c.ok(f) })
		})
	}
}

func TestFeedMoved(t *testing.T) {
	moved := rss(link("https://post.example/1"))
	moved.Moved, moved.Final = "https://new.example/feed", "https://new.example/feed"
	w := &web{at: map[string]desk.Response{feedURL: moved, "https://new.example/feed": moved, "https://post.example/1": articlePage("One")}}
	collecting(t, w, func(f news.Feed, _ *sqlite.Store) bool { return f.URL == "https://new.example/feed" })
}

// TestHostInTrouble leaves a host alone that fails three times in a row.
func TestHostInTrouble(t *testing.T) {
	var items []string
	errs := map[string]error{}
	for n := range 10 {
		u := fmt.Sprintf("https://post.example/%d", n)
		items, errs[u] = append(items, link(u)), fault.New(fault.Temporary, "503")
	}
	w := &web{at: map[string]desk.Response{feedURL: rss(items...)}, errs: errs}
	collecting(t, w, func(f news.Feed, _ *sqlite.Store) bool { return !f.Checked.IsZero() })
	for row, i := 0, 0; i < len(w.asked); i++ {
		if row++; w.asked[i].URL == feedURL {
			row = 0
		}
		if row > 3 {
			t.Fatalf("%d pages of a host in trouble were asked for in one visit", row)
		}
	}
}

// A host that sends us away for a time is asked for nothing more until then, however many items wait.
func TestPageAsksLater(t *testing.T) {
	later := time.Now().Add(time.Hour)
	var items []string
	w := &web{at: map[string]desk.Response{}, errs: map[string]error{}}
	for n := range 5 {
		u := fmt.Sprintf("https://post.example/%d", n)
		items = append(items, link(u))
		w.at[u], w.errs[u] = desk.Response{Status: 429, Retry: later}, fault.New(fault.Temporary, "429")
	}
	w.at[feedURL] = rss(items...)
	collecting(t, w, func(f news.Feed, _ *sqlite.Store) bool { return f.Due.After(time.Now().Add(50 * time.Minute)) })
	if len(w.asked) != 2 {
		t.Errorf("asked %d times, want the feed and one page: %v", len(w.asked), w.asked)
	}
}

// An item that calls itself of next month is taken as one without a date.
func TestItemOfTheFuture(t *testing.T) {
	ahead := time.Now().Add(30 * 24 * time.Hour)
	w := &web{at: map[string]desk.Response{"https://post.example/1": articlePage("One")}}
	w.at[feedURL] = rss("<item><link>https://post.example/1</link><pubDate>" + ahead.Format(time.RFC1123Z) + "</pubDate></item>")
	_, s := collecting(t, w, func(_ news.Feed, s *sqlite.Store) bool { return articles(s) == 1 })
	e, err := s.Entry(context.Background(), 1)
	if err != nil || e.Article.Published.Time.After(time.Now().Add(24*time.Hour)) {
		t.Errorf("published %v, %v", e.Article.Published, err)
	}
}

// TestFaultsOfOurs goes on past a page that we fail at.
func TestFaultsOfOurs(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	for n, title := range []string{"Panic", "Unstorable", "Well"} {
		p := articlePage(title)
		if _, err := s.KeepPage(ctx, news.Page{URL: fmt.Sprint("https://a.example/", n), Status: 200, ContentType: p.ContentType, Body: p.Body, Fetched: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	d := desk.New(desk.Options{Store: s, Fetcher: nobody{}, Tick: 5 * time.Millisecond, Analyse: func(a news.Article, doc *text.Doc) news.Analysis {
		switch a.Headline {
		case "Panic":
			panic("a fault of ours")
		case "Unstorable":
			return news.Analysis{Mentions: []news.Mention{{Score: math.NaN()}}}
		}
		return news.Analysis{}
	}})
	stop := run(t, d)
	until(t, "past the faults", 10*time.Second, func() bool { return articles(s) == 1 })
	stop()
	e, err := s.Entry(ctx, 3)
	if err != nil || e.Article.Headline != "Well" {
		t.Errorf("%q %v", e.Article.Headline, err)
	}
	if cards, _ := s.Stories(ctx, storyFilter()); len(cards) != 1 || cards[0].Story.Articles != 1 {
		t.Errorf("stories: %+v", cards)
	}
}

func TestAddSources(t *testing.T) {
	ctx := context.Background()
	w := &web{at: map[string]desk.Response{
		"https://site.example":                 {Body: []byte(`<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>`), Final: "https://site.example/"},
		"https://site.example/rss":             rss(link("https://site.example/1")),
		"https://direct.example/feed":          rss(link("https://direct.example/1")),
		"https://hidden.example/":              {Body: []byte("<html>")},
		"https://hidden.example/feed":          rss(),
		"https://none.example/":                {Body: []byte("<html>")},
		"https://maps.example/":                {Body: []byte("<html>")},
		"https://maps.example/robots.txt":      {Body: []byte("User-agent: *\nSitemap: https://maps.example/all.xml\nSITEMAP: https://maps.example/google-news.xml\n")},
		"https://maps.example/google-news.xml": {Body: []byte("<urlset xmlns='https://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://maps.example/1</loc></url></urlset>")},
	}, errs: map[string]error{"https://10.0.0.1/": fault.New(fault.Denied, "not public")}}
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	d := desk.New(desk.Options{Store: s, Fetcher: w})
	got, err := d.AddSources(ctx, desk.Adding{Given: "site.example\n\n https://direct.example/feed \nhttps://direct.example/feed\nhttps://hidden.example/\nhttps://none.example/\nhttps://maps.example/\nhello\nhttps://10.0.0.1/\n"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"", "", "twice", "", "no-feed", "", "bad-address", "denied"}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, a := range got {
		if a.Problem != want[i] || (a.Source != 0) != (want[i] == "") {
			t.Errorf("%s: %q, want %q (%s)", a.Line, a.Problem, want[i], a.Detail)
		}
	}
	if _, err := d.AddSources(ctx, desk.Adding{Given: strings.Repeat("post.example\n", 5001)}); !fault.Is(err, fault.Invalid) {
		t.Errorf("5001 at once: %v", err)
	}
	h, err := s.Source(ctx, got[0].Source)
	if err != nil || h.Source.Name != "The Post" || h.Feeds[0].URL != "https://site.example/rss" {
		t.Errorf("%+v %v", h, err)
	}
	got, err = d.AddSources(ctx, desk.Adding{Given: `<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/><outline text="B" xmlUrl="https://direct.example/feed"/></body></opml>`})
	if err != nil || len(got) != 2 || got[0].Name != "A" || got[1].Problem != "known" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestTakeApart(t *testing.T) {
	w := &web{at: map[string]desk.Response{"https://post.example/1": articlePage("One")}}
	d := desk.New(desk.Options{Fetcher: w, Analyse: analyse})
	for name, in := range map[string]desk.Reading{"address": {URL: "post.example/1"}, "file": {Body: articlePage("One").Body}, "pasted": {Pasted: string(articlePage("One").Body)}} {
		if got, err := d.TakeApart(context.Background(), in); err != nil || got.Article.Headline != "One" || !strings.Contains(got.Article.Text, "old bridge") {
			t.Errorf("%s: %+v %v", name, got.Article, err)
		}
	}
	if _, err := d.TakeApart(context.Background(), desk.Reading{Body: []byte("%PDF-1.7")}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no article: %v", err)
	}
	if _, err := d.TakeApart(context.Background(), desk.Reading{Pasted: strings.Repeat("Words without end. ", 100_000)}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a book: %v", err)
	}
}

// TestUpdatedArticle reads an address again when its feed says so: a changed text becomes a second article of the same story, an
// unchanged one nothing.
func TestUpdatedArticle(t *testing.T) {
	const url = "https://post.example/1"
	item := func(clock string) desk.Response {
		return rss("<item><title>Bridge</title><link>" + url + "</link><pubDate>Tue, 18 Jun 2024 " + clock + " GMT</pubDate></item>")
	}
	w := &web{at: map[string]desk.Response{feedURL: item("09:00:00"), url: articlePage("Bridge")}}
	set := func(u string, r desk.Response) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.at[u] = r
	}
	step := 0
	_, s := collecting(t, w, func(_ news.Feed, s *sqlite.Store) bool {
		c, err := s.Counts(context.Background())
		if err != nil || c.Backlog > 0 {
			return false
		}
		switch {
		case step == 0 && c.Articles == 1: // other bytes, the same words
			p := articlePage("Bridge")
			p.Body = append(p.Body, "<!-- another advertisement -->"...)
			set(url, p)
			set(feedURL, item("10:00:00"))
			step = 1
		case step == 1 && c.Pages == 2: // other words
			p := articlePage("Bridge")
			p.Body = []byte(strings.Replace(string(p.Body), "</article>", "<p>Update: the work will begin in autumn already, the mayor of the town said later in the day.</p></article>", 1))
			set(url, p)
			set(feedURL, item("11:00:00"))
			step = 2
		case step == 2 && c.Articles == 2:
			return true
		}
		return false
	})
	if n := w.times(url); n != 3 {
		t.Errorf("the address was asked for %d times", n)
	}
	if c, _ := s.Counts(context.Background()); c.Pages != 3 || c.Articles != 2 || c.Stories != 1 {
		t.Errorf("%+v", c)
	}
}

// TestReprocess reads everything again with a better program: analyses and matches are new, stories, links and notices stay.
func TestReprocess(t *testing.T) {
	ctx := context.Background()
	w, s := wire(t, time.Second), open(t, filepath.Join(t.TempDir(), "desk.db"))
	seed(t, s, w)
	stop := run(t, quick(t, s, w, &box{}))
	until(t, "every article of the wire's day", 2*time.Minute, func() bool { return articles(s) >= len(w.Schedule()) })
	stop()
	before, ns := entries(t, s), notices(t, s)
	if _, err := s.LetPagesGo(ctx, before[len(before)/2].Arrived); err != nil { // half of them have no page any more
		t.Fatal(err)
	}
	id, err := s.SaveWatch(ctx, news.Watch{Name: "new", Query: "lang:es"})
	if err != nil {
		t.Fatal(err)
	}
	better := desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: func(a news.Article, doc *text.Doc) news.Analysis {
		n := analyse(a, doc)
		n.Version, n.Rules = 1000, "better"
		return n
	}})
	var at, last int64
	read := 0
	if err := better.Reprocess(ctx, 1000, func(page, end int64, n int) { at, last, read = page, end, read+n }); err != nil || at != last || at == 0 || read != len(before) {
		t.Fatalf("at %d of %d, %d of %d read: %v", at, last, read, len(before), err)
	}
	after := entries(t, s)
	if len(after) != len(before) {
		t.Fatalf("%d articles became %d", len(before), len(after))
	}
	spanish := 0
	for i, e := range after {
		if e.Analysis.Rules != "better" || e.Article.Text != before[i].Article.Text || e.Placement.Story != before[i].Placement.Story ||
			len(e.Placement.Links) != len(before[i].Placement.Links) {
			t.Fatalf("article %d: %s, story %d with %d links, was %d with %d", e.Article.ID, e.Analysis.Rules, e.Placement.Story, len(e.Placement.Links),
				before[i].Placement.Story, len(before[i].Placement.Links))
		}
		if e.Article.Lang == "es" {
			spanish++
		}
	}
	if ms, _ := s.MatchesOf(ctx, id, 10000); len(ms) != spanish || spanish == 0 {
		t.Errorf("%d of %d Spanish articles match the new watch", len(ms), spanish)
	}
	if len(notices(t, s)) != len(ns) {
		t.Error("reading again planned notices")
	}
}

func TestSitemaps(t *testing.T) {
	today := time.Now().UTC().Format(time.RFC3339)
	w := &web{at: map[string]desk.Response{
		feedURL:                          {Body: []byte("<sitemapindex><sitemap><loc>https://post.example/s2024.xml</loc><lastmod>2024-01-01</lastmod></sitemap><sitemap><loc>https://post.example/today.xml</loc><lastmod>" + today + "</lastmod></sitemap></sitemapindex>")},
		"https://post.example/today.xml": {Body: []byte("<urlset><url><loc>https://post.example/1</loc><lastmod>" + today + "</lastmod></url><url><loc>https://post.example/old</loc><lastmod>2019-01-01</lastmod></url><url><loc>https://post.example/undated</loc></url></urlset>")},
		"https://post.example/1":         articlePage("One"), "https://post.example/old": articlePage("Old"), "https://post.example/undated": articlePage("Undated"),
	}}
	_, s := collecting(t, w, func(f news.Feed, s *sqlite.Store) bool { return articles(s) == 1 && w.times(feedURL) > 2 })
	if c, _ := s.Counts(context.Background()); c.Pages != 1 || w.times("https://post.example/old") > 0 {
		t.Errorf("%+v: the outlet's archive is no news", c)
	}
}

// What people paste: numbers, names, marks, HTML and whole sentences around addresses, hosts alone, and lines without any.
func TestPastedLists(t *testing.T) {
	w := &web{at: map[string]desk.Response{}}
	for _, at := range []string{"https://a.example/feed", "https://b.example/rss?x=(1)&y=2", "http://c.example/f", "https://d.example", "https://e.example/@nadia.rss", "https://xn--ngblk.example/khulasa", "http://10.1.2.3:8080/feed"} {
		w.at[at] = rss()
	}
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	d := desk.New(desk.Options{Store: s, Fetcher: w})
	var told []string
	got, err := d.AddSources(t.Context(), desk.Adding{Given: "\ufeffMy list:\r\n---\r\n\r\n1. A, our own — https://a.example/feed.\r\n<li><a href=\"https://b.example/rss?x=(1)&y=2\">B</a></li>\n" +
		"| C | feed://c.example/f | (d.example) |\nsee https://a.example/feed and «https://خبر.example/khulasa»\n@nadia@e.example\n\thttp://10.1.2.3:8080/feed\nlina@mail.example\nhttps://x.com/someone\nftp://f.example/\n", Each: func(a desk.Added) { told = append(told, a.Line) }})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"My list: bad-address", "https://a.example/feed ", "https://b.example/rss?x=(1)&y=2 ", "feed://c.example/f ", "https://a.example/feed twice", "https://خبر.example/khulasa ",
		"@nadia@e.example ", "http://10.1.2.3:8080/feed ", "lina@mail.example bad-address", "https://x.com/someone closed", "ftp://f.example/ bad-address"}
	var is []string
	for _, a := range got {
		is = append(is, a.Line+" "+a.Problem)
	}
	if diff := cmp.Diff(want, is); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if slices.Sort(told); len(told) != len(got) {
		t.Errorf("told %d of %d", len(told), len(got))
	}
}

// A list of 5,000 feeds is in at once, with all that it says of them; what is wrong in it is named, and given again it changes nothing.
func TestLongList(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	d := desk.New(desk.Options{Store: s, Fetcher: &web{}})
	var list []feed.Outline
	for i := range 5000 {
		list = append(list, feed.Outline{Title: fmt.Sprintf("Outlet %d", i), Feed: fmt.Sprintf("https://o%d.example/feed", i), Folder: fmt.Sprintf("F%d", i%7), Country: "LB", Every: time.Hour, Paused: i%2 == 0})
	}
	body := strings.Replace(string(feed.WriteOPML("x", list)), "</body>", `<outline text="bad" xmlUrl="file:///etc/passwd"/></body>`, 1)
	body = strings.TrimSuffix(strings.TrimSpace(body), "</opml>")
	for _, again := range []bool{false, true} {
		got, err := d.AddSources(t.Context(), desk.Adding{Given: body, Reader: 3})
		if err != nil || len(got) != 5002 {
			t.Fatalf("%d answers, %v", len(got), err)
		}
		n := map[string]int{}
		for _, a := range got {
			n[a.Problem]++
		}
		want := map[string]int{"": 5000, "bad-address": 1, "short": 1}
		if again {
			want = map[string]int{"known": 5000, "bad-address": 1, "short": 1}
		}
		if diff := cmp.Diff(want, n); diff != "" {
			t.Errorf("again %v (-want +got)\n%s", again, diff)
		}
	}
	all, err := s.Sources(t.Context())
	if err != nil || len(all) != 5000 {
		t.Fatalf("%d sources, %v", len(all), err)
	}
	folders, err := s.Folders(t.Context(), 3)
	if err != nil || len(folders) != 5000 {
		t.Fatalf("%d in folders, %v", len(folders), err)
	}
	for _, h := range all[:50] {
		if h.Source.Country != "LB" || h.Source.Every != time.Hour || len(h.Feeds) != 1 || len(folders[h.Source.ID]) != 1 {
			t.Fatalf("%+v in %v", h, folders[h.Source.ID])
		}
	}
}
