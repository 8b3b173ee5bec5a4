package feed

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"marsad/news"

	"github.com/google/go-cmp/cmp"
)

func ExampleParse() {
	f, err := Parse([]byte(`<rss version="2.0"><channel><title>The Harbour Post</title>
		<item><title>Ferry &amp;amp; bridge reopen</title><link>/ferry</link><pubDate>Tue, 18 Jun 2024 09:30:00 +0300</pubDate></item>
		<item><title>Half an it`), "application/rss+xml", "https://post.example/feed")
	fmt.Println(f.Title, len(f.Items), f.Damaged, err)
	fmt.Println(f.Items[0].Title, f.Items[0].URL, f.Items[0].Published)
	// Output:
	// The Harbour Post 1 true <nil>
	// Ferry & bridge reopen https://post.example/ferry 2024-06-18 09:30:00 +0300 +0300
}

func parse(t *testing.T, body string) Feed {
	t.Helper()
	f, err := Parse([]byte(body), "", "https://a.example/feeds/x")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFormats(t *testing.T) {
	want := news.Item{URL: "https://a.example/1", GUID: "g", Title: "A & B", Summary: "<p>sum", Content: "<p>con", Author: "Rana Aziz", Lang: "ar",
		Published: time.Date(2024, 6, 18, 9, 0, 0, 0, time.UTC), Updated: time.Date(2024, 6, 18, 10, 0, 0, 0, time.UTC), Tags: []string{"x", "y"},
		Media: []news.Media{{URL: "https://a.example/p.jpg", Caption: "cap", Credit: "Agency"}}}
	head := Feed{Title: "T", Home: "https://a.example/", Lang: "ar"}
	const mrss = `<media:content url="/p.jpg" medium="image"><media:description>cap</media:description><media:credit>Agency</media:credit></media:content>`
	for name, body := range map[string]string{
		"rss": `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dcterms="http://purl.org/dc/terms/">
			<channel><title>T</title><link>https://a.example/</link><language>ar</language><item xml:lang="ar"><title>A &amp;amp; B</title><link>https://a.example/1</link><guid isPermaLink="false">g</guid>
			<description>&lt;p&gt;sum</description><content:encoded><![CDATA[<p>con]]></content:encoded><dc:creator>Rana Aziz</dc:creator><pubDate>Tue, 18 Jun 2024 09:00:00 GMT</pubDate>
			<dcterms:modified>2024-06-18T10:00:00Z</dcterms:modified><category>x</category><category>y</category>` + mrss + `</item></channel></rss>`,
		"rdf": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/">
			<channel><title>T</title><link>https://a.example/</link><dc:language>ar</dc:language></channel><item rdf:about="g"><title>A &amp;amp; B</title><link>https://a.example/1</link><description>&lt;p&gt;sum</description>
			<content:encoded>&lt;p&gt;con</content:encoded><dc:creator>Rana Aziz</dc:creator><dc:language>ar</dc:language><dc:date>2024-06-18T09:00:00Z</dc:date><dcterms:modified>2024-06-18T10:00:00Z</dcterms:modified>
			<dc:subject>x</dc:subject><dc:subject>y</dc:subject>` + mrss + `</item></rdf:RDF>`,
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar" xmlns:media="http://search.yahoo.com/mrss/"><title type="text">T</title><link href="https://a.example/"/>
			<entry><id>g</id><title type="html">A &amp;amp; B</title><link rel="enclosure" href="/a.mp3"/><link href="https://a.example/1"/><summary type="html">&lt;p&gt;sum</summary><content type="html">&lt;p&gt;con</content>
			<author><name>Rana Aziz</name></author><published>2024-06-18T09:00:00Z</published><updated>2024-06-18T10:00:00Z</updated><category term="x"/><category term="1" label="y"/>` + mrss + `</entry></feed>`,
	} {
		f := parse(t, body)
		if len(f.Items) != 1 || string(f.Format) != name || f.Damaged {
			t.Fatalf("%s: %+v", name, f)
		}
		if diff := cmp.Diff(want, f.Items[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if got := (Feed{Title: f.Title, Home: f.Home, Lang: f.Lang}); !cmp.Equal(got, head) {
			t.Errorf("%s: head %+v", name, got)
		}
	}
}

func TestJSONFeed(t *testing.T) {
	f := parse(t, `{"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"https://a.example/","items":[
		{"id":7,"url":"/1","title":"A < B","content_text":"c & d","date_published":"2024-06-18T09:00:00+03:00","authors":[{"name":"R"}],"image":"/p.jpg"}, {"id":{}, "url": 5}]}`)
	if len(f.Items) != 1 || f.Format != JSON || f.Version != "1.1" || !f.Damaged {
		t.Fatalf("%+v", f)
	}
	it := f.Items[0]
	if it.URL != "https://a.example/1" || it.GUID != "7" || it.Title != "A < B" || it.Content != "c &amp; d" || it.Author != "R" || it.Media[0].URL != "https://a.example/p.jpg" {
		t.Errorf("%+v", it)
	}
}

func TestSitemaps(t *testing.T) {
	f := parse(t, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1</loc><lastmod>2024-06-18</lastmod>
		<news:news><news:publication><news:name>A</news:name><news:language>ar</news:language></news:publication><news:publication_date>2024-06-18T09:00:00+03:00</news:publication_date><news:title>T</news:title></news:news></url></urlset>`)
	if f.Format != Sitemap || len(f.Items) != 1 || f.Items[0].Title != "T" || f.Items[0].Lang != "ar" || f.Items[0].Published.IsZero() || f.Items[0].Updated.Day() != 18 {
		t.Errorf("%+v", f)
	}
	f = parse(t, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/c.xml</loc></sitemap>
		<sitemap><loc>/b.xml</loc><lastmod>2024-06-17</lastmod></sitemap><sitemap><loc>/a.xml</loc><lastmod>2024-06-18</lastmod></sitemap></sitemapindex>`)
	if f.Format != SitemapIndex || !cmp.Equal(f.More, []string{"https://a.example/a.xml", "https://a.example/b.xml", "https://a.example/c.xml"}) {
		t.Errorf("%+v", f)
	}
}

// TestDamaged damages a feed of five items in the ways that are met, and expects all that is whole.
func TestDamaged(t *testing.T) {
	item := func(n int) string { return fmt.Sprintf("<item><title>T%d</title><link>/%d</link></item>\n", n, n) }
	whole := "<rss><channel><title>F</title>"
	for n := range 5 {
		whole += item(n)
	}
	whole += "</channel></rss>"
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"whole":              {whole, 5},
		"cut in an item":     {whole[:strings.Index(whole, "<link>/3")+4], 3},
		"cut between items":  {whole[:strings.Index(whole, "<item><title>T4")], 4},
		"stray tag":          {strings.Replace(whole, "T2</title>", "T2</title><", 1), 5},
		"bare ampersand":     {strings.Replace(whole, "T2", "T & T &nbsp; T", 1), 5},
		"control characters": {strings.Replace(whole, "T2", "T\x03\x00", 1), 5},
		"not UTF-8":          {strings.Replace(whole, "T2", "T\xff\xfe\xc3", 1), 5},
		"warning in front":   {"<br />\n<b>Warning</b>: no time zone\n<?xml version=\"1.0\"?>" + whole, 5},
		"no end of an item":  {strings.Replace(whole, item(2), strings.TrimSuffix(item(2), "</item>\n"), 1), 5},
	} {
		f, err := Parse([]byte(c.body), "", "https://a.example/")
		if err != nil || len(f.Items) != c.want || f.Title != "F" {
			t.Errorf("%s: %d items of %q, want %d (%v)", name, len(f.Items), f.Title, c.want, err)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, body := range map[string]string{"empty": "", "page": "<!doctype html><html><body><a href=x>", "json": `{"a":1}`, "words": "hello"} {
		if _, err := Parse([]byte(body), "", ""); !errors.Is(err, ErrNotAFeed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Parse(make([]byte, MaxBytes+1), "", ""); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}

// TestHostile measures that what is made to be costly is not: a square of the size would take minutes.
func TestHostile(t *testing.T) {
	for name, body := range map[string]string{
		"deep":         "<rss><channel>" + strings.Repeat("<a>", 500000),
		"deep item":    "<rss><channel><item>" + strings.Repeat("<b>", 500000),
		"attributes":   "<rss " + strings.Repeat("a='b' ", 300000) + ">",
		"many items":   "<rss><channel>" + strings.Repeat("<item><link>/a</link></item>", 100000),
		"broken items": "<rss><channel>" + strings.Repeat("<item><", 300000),
		"laughs":       `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><rss><channel><item><link>/a</link><title>&b;</title></item></channel></rss>`,
		"titles":       "<rss><channel><item><link>/</link>" + strings.Repeat("<title>x</title>", 300000) + "</item>",
		"links":        "<feed>" + strings.Repeat("<link href='/a'/>", 300000),
	} {
		began := time.Now()
		f, err := Parse([]byte(body), "", "https://a.example/")
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s: %v for %d bytes (%v)", name, took, len(body), err)
		}
		if len(f.Items) > MaxItems {
			t.Errorf("%s: %d items", name, len(f.Items))
		}
	}
}

func TestEncodings(t *testing.T) {
	for name, c := range map[string]struct{ body, contentType string }{
		"declared":      {"<?xml version='1.0' encoding='windows-1256'?><rss><channel><title>\xce\xc8\xd1</title></channel></rss>", ""},
		"in the header": {"<rss><channel><title>\xce\xc8\xd1</title></channel></rss>", "text/xml; charset=windows-1256"},
		"wrong label":   {"<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>خبر</title></channel></rss>", ""},
		"UTF-16":        {"\xff\xfe" + utf16("<rss><channel><title>خبر</title></channel></rss>"), ""},
		"mark":          {"\xef\xbb\xbf<rss><channel><title>خبر</title></channel></rss>", ""},
	} {
		f, err := Parse([]byte(c.body), c.contentType, "")
		if err != nil || f.Title != "خبر" {
			t.Errorf("%s: %q %v", name, f.Title, err)
		}
	}
}

func utf16(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func TestBase(t *testing.T) {
	f := parse(t, `<feed xml:base="http://b.example/dir/"><entry xml:base="sub/"><link href="x"/></entry><entry><link href="//c.example/y"/></entry><entry><link href="javascript:alert(1)"/></entry></feed>`)
	var got []string
	for _, it := range f.Items {
		got = append(got, it.URL)
	}
	if want := []string{"http://b.example/dir/sub/x", "http://c.example/y"}; !cmp.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestDates(t *testing.T) {
	want := time.Date(2024, 6, 18, 9, 5, 0, 0, time.UTC)
	for _, s := range []string{"Tue, 18 Jun 2024 09:05:00 GMT", "Tue, 18 Jun 2024 12:05:00 +0300", "Tue, 18 Jun 24 05:05 EDT", "18 Jun 2024 09:05 UT", "2024-06-18T09:05:00Z",
		"2024-06-18T12:05:00+03:00", "2024-06-18T12:05+0300", "2024-06-18 09:05:00", "Tuesday, June 18, 2024 09:05:00", "Tue Jun 18 09:05:00 2024", "Tue Jun 18 09:05:00 UTC 2024",
		"Tue, 18 Jun 2024 12:05:00 GMT+03:00", "2024-06-18T09:05:00.000Z", "Tue, 18 June 2024 12:05:00 +03:00", "18.06.2024 09:05", "20240618T090500Z"} {
		if got := date(s); !got.Equal(want) {
			t.Errorf("%q: %v", s, got)
		}
	}
	for _, s := range []string{"", "soon", "0001-01-01T00:00:00Z", strings.Repeat("1", 1000)} {
		if got := date(s); !got.IsZero() {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestEvery(t *testing.T) {
	f := parse(t, `<rss><channel><ttl>30</ttl><item><link>/</link></item></channel></rss>`)
	g := parse(t, `<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel></rss>`)
	if f.Every != 30*time.Minute || g.Every != 6*time.Hour {
		t.Errorf("%v %v", f.Every, g.Every)
	}
}

func TestDiscover(t *testing.T) {
	got := Discover([]byte(`<head><base href="https://a.example/x/"><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
		<link rel="alternate" type="application/atom+xml" title="All &amp; more" href="atom"><link rel="alternate" hreflang="ar" href="/ar"><link rel="stylesheet" href="/feed">
		</head><a href="/news/rss.xml">rss</a><a href="mailto:feed">x</a><a href="atom">twice</a>`), "https://other.example/")
	want := []Link{{"https://a.example/x/atom", "All & more", true}, {"https://a.example/news/rss.xml", "", false}, {"https://a.example/comments/feed", "Comments", true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if g := Guesses("https://a.example/x"); len(g) == 0 || g[0] != "https://a.example/feed" {
		t.Errorf("guesses %v", g)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"<rss><channel><item><title>a</title><link>/x</link></item>", "<feed><entry><id>http://a/</id><content type='xhtml'><div>x", `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","url":"/a"}]}`,
		"<urlset><url><loc>/a", "\xff\xfe<\x00", "<rss><item><media:group><media:content url='/a'/>", "<?xml version='1.0' encoding='utf-7'?><rss>"} {
		f.Add([]byte(s), "text/xml", "https://a.example/")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType, base string) {
		fd, err := Parse(body, contentType, base)
		if err != nil {
			return
		}
		for _, it := range fd.Items {
			if it.URL == "" && it.GUID == "" {
				t.Error("an item without address or id")
			}
			if strings.HasPrefix(strings.ToLower(it.URL), "javascript:") {
				t.Errorf("address %q", it.URL)
			}
		}
		Discover(body, base)
		ReadOPML(body)
	})
}
