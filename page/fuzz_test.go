package page

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"marsad/news"
)

// sound tells what is wrong with an article, whatever it was read from: spans out of place, text that is not UTF-8.
func sound(a *news.Article) string {
	at := 0
	for _, b := range a.Blocks {
		if b.Start < at || b.End < b.Start || b.End > len(a.Text) {
			return "blocks overlap or lie outside the text"
		}
		if strings.TrimSpace(a.Text[at:b.Start]) != "" {
			return "text between blocks"
		}
		at = b.End
	}
	if strings.TrimSpace(a.Text[at:]) != "" {
		return "text behind the last block"
	}
	if !utf8.ValidString(a.Text) || !utf8.ValidString(a.Headline) {
		return "not UTF-8"
	}
	for _, r := range a.Removed {
		if r.Before < 0 || r.Before > len(a.Text) || r.Kind == "" {
			return "a removed piece without kind or place"
		}
	}
	return ""
}

func FuzzExtract(f *testing.F) {
	for _, c := range cases(f) {
		f.Add(c.page.Body)
	}
	f.Add([]byte("<p>" + strings.Repeat("<b><i>", 600) + "deep</p>"))
	f.Add([]byte("<table><tr><td>a<td>b<tr><td>c</table><!-- <p title='"))
	f.Add([]byte("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"A"))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, p := range []news.Page{{Body: body, URL: "https://a.example/2020/01/02/b"}, {Body: append([]byte("<html><body><p>"), body...)}} {
			a, _ := Extract(p, nil)
			if wrong := sound(&a); wrong != "" {
				t.Fatal(wrong)
			}
		}
	})
}

func FuzzSite(f *testing.F) {
	var none *Site
	b, _ := none.After(&news.Article{Headline: "News", Text: "Words that stand on every page.", Blocks: []news.Block{{Span: news.Span{End: 31}}}}).MarshalBinary()
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		var s Site
		if s.UnmarshalBinary(b) == nil {
			s.repeats(1, "words")
			if out, _ := s.MarshalBinary(); !bytes.Equal(out, b) && len(out) > len(b) {
				t.Error("what was read is written longer")
			}
		}
	})
}

// TestHostilePages gives bounds to time: none of these may cost more than a page of its size should.
func TestHostilePages(t *testing.T) {
	para := "<p>The council met on Monday, and after a long debate it agreed to repair the bridge, its chairman said.</p>"
	for name, body := range map[string]string{
		"deep":          strings.Repeat("<div>", 200000) + para + strings.Repeat("</div>", 200000),
		"deep inline":   strings.Repeat("<b>", 300000) + para,
		"breaks":        "<p>words, and more of them here" + strings.Repeat("<br>", 200000) + para,
		"attributes":    "<p " + strings.Repeat("a=1 ", 1000000) + ">" + para,
		"same class":    "<p " + strings.Repeat("class=x ", 300000) + ">" + para,
		"open svg":      strings.Repeat("<svg>", 100000) + para,
		"open comments": strings.Repeat("<!--", 100000) + para,
		"open quotes":   strings.Repeat("<a href=\"", 100001) + para,
		"nul":           strings.Repeat("\x00<p>\x00", 100000) + para,
		"lists":         strings.Repeat("<ul><li>", 100000) + para,
		"tables":        strings.Repeat("<table><tr><td>", 50000) + para,
		"cells":         "<table>" + strings.Repeat("<tr><td>a<td>b", 100000) + "</table>" + para,
		"links":         strings.Repeat("<a><div>", 100000) + para,
		"end tags":      strings.Repeat("</div></p></b></table>", 200000) + para,
		"json":          "<script type=application/ld+json>" + strings.Repeat("[", 1000000) + "</script>" + para,
		"entities":      strings.Repeat("&#x;&amp&notit;&", 200000) + para,
		"h1":            strings.Repeat("<h1>A headline like many</h1>", 50000) + para,
		"captions":      strings.Repeat("<figure><img src=a.jpg><figcaption>x (Reuters)</figcaption></figure>", 20000) + para,
		"cards":         strings.Repeat("<li><a href=/x>A title of another page</a><p>Some words of it, and a few more of them here.</p></li>", 20000),
		"headed":        strings.Repeat("<h2><a href=/x>A title of another page</a></h2><p>Some words of it, and a few more of them here.</p>", 20000),
		"pictures":      strings.Repeat("<p><img src=a.jpg>The ferry leaves (Reuters)</p>", 20000) + para,
		"stacked":       "<title>" + strings.Repeat("A headline like many ", 20000) + "</title>" + strings.Repeat("<p>A headline like many<br>1 May 2024<br>By Nobody</p>", 20000) + para,
		"slides":        para + para + strings.Repeat("<figure class=swiper-slide><img src=a.jpg><figcaption>x</figcaption></figure>", 20000),
		"invisible":     "<p>" + strings.Repeat("\u00ad\u200b\u202e\ufe8e", 200000) + para,
		"times":         strings.Repeat("<time datetime=x>no day</time>", 50000) + para,
		"authors":       strings.Repeat("<span class=author>nobody 1</span> ", 50000) + para,
	} {
		began := time.Now()
		a, _ := Extract(news.Page{Body: []byte("<html><body>" + body), URL: "https://a.example/"}, nil)
		if wrong := sound(&a); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
		if took := time.Since(began); took > 8*time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(body), took)
		} else {
			t.Logf("%-13s %8d bytes %v", name, len(body), took)
		}
	}
}

func TestNoArticle(t *testing.T) {
	for _, c := range []struct {
		body string
		want Reason
	}{{"", Empty}, {"  \n\t ", Empty}, {"%PDF-1.7 …", Binary}, {"<html><body><a href=/>Home</a></body></html>", NoText}} {
		_, err := Extract(news.Page{Body: []byte(c.body)}, nil)
		e, ok := err.(*NoArticle)
		if !ok || e.Reason != c.want {
			t.Errorf("%.20q: got %v, want %s", c.body, err, c.want)
		}
	}
}

func TestHugePageIsCut(t *testing.T) {
	body := append([]byte("<html><body><p>The council met on Monday, and after a long debate it agreed to repair the bridge, its chairman said to the press.</p>"), bytes.Repeat([]byte("<i>x</i> "), 50<<20/9)...)
	began := time.Now()
	a, _ := Extract(news.Page{Body: body}, nil)
	if wrong := sound(&a); wrong != "" {
		t.Error(wrong)
	}
	t.Logf("%d bytes took %v", len(body), time.Since(began))
}
