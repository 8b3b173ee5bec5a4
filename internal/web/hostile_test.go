package web

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"marsad/internal/store"
	"marsad/news"

	"golang.org/x/net/html"
)

// vectors are strings that become programs where a page is careless: by element, by attribute, by address, by context.
func vectors() []string {
	run := "alert(1)"
	var vs []string
	for _, tag := range []string{"script", "svg", "math", "img", "iframe", "object", "embed", "video", "audio", "details", "body", "marquee", "input", "select", "textarea", "form", "style", "link", "base", "meta", "template"} {
		vs = append(vs,
			fmt.Sprintf(`<%s onload=%s onerror=%s ontoggle=%s onfocus=%s autofocus open src=x href=x>`, tag, run, run, run, run),
			fmt.Sprintf(`"><%s/onload=%s//`, tag, run),
			fmt.Sprintf(`</%s><%s onmouseover=%s>`, tag, tag, run))
	}
	vs = append(vs, `<script>alert(1)</script>`, `</title><script>alert(1)</script>`, `</textarea><script>alert(1)</script>`, `--><script>alert(1)</script>`, `]]><script>alert(1)</script>`,
		`<iframe srcdoc="<script>alert(1)</script>">`, `<iframe src=javascript:alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><animate onbegin=alert(1) attributeName=x>`,
		`<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>alert(1)</script></svg>#x">`, `<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`,
		`<math href="javascript:alert(1)">x</math>`, `<a href="javascript:alert(1)">x</a>`, `<a href="&#106;avascript:alert(1)">x</a>`, `<a href="java&#10;script:alert(1)">x</a>`, `<form action=javascript:alert(1)><button>`,
		`<button formaction=javascript:alert(1)>x`, `<meta http-equiv=refresh content="0;url=javascript:alert(1)">`, `<base href="//evil.example/">`, `<link rel=stylesheet href="//evil.example/x.css">`,
		`<style>@import '//evil.example/x.css'</style>`, `<style>*{background:url(//evil.example)}</style>`, `javascript:alert(1)`, `JaVaScRiPt:alert(1)`, `data:text/html,<script>alert(1)</script>`, `vbscript:msgbox(1)`,
		`" onfocus=alert(1) autofocus x="`, `' onfocus=alert(1) autofocus x='`, "` onfocus=alert(1) x=`", `" style="background:url(javascript:alert(1))`, `{{alert(1)}}`, `${alert(1)}`, `{{.Who.CSRF}}`, `<%= 1 %>`, `<!--#exec cmd="id"-->`,
		"\u2028alert(1)\u2029", "\u202e<script>alert(1)</script>", "\x00<script>alert(1)</script>", `<scr<script>ipt>alert(1)</script>`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
		`<xmp><img src=x onerror=alert(1)></xmp>`, `<plaintext>`, `<isindex action=javascript:alert(1)>`, `=cmd|' /C calc'!A0`, `@SUM(1+1)`, `<x contenteditable onblur=alert(1)>`, `<p id="main" name="csrf">`, `&lt;script&gt;alert(1)&lt;/script&gt;`,
		`<a href="//evil.example" target=_blank>x</a>`, `<img src="https://evil.example/p.gif">`, `<svg><a xlink:href="javascript:alert(1)"><text y=9>x</text></a></svg>`, `<style><!--</style><script>alert(1)//--></script>`)
	return vs
}

// hostile fills a desk with the vectors wherever a stranger's words are kept: headline, text, caption, byline, source, address,
// removed piece, tag, watch, recipient's address.
func hostile(t *testing.T, w *world) (articles int) {
	t.Helper()
	ctx := t.Context()
	vs := vectors()
	for i, v := range vs {
		source, err := w.store.AddSource(ctx, news.Source{Name: v, Home: v, Lang: "en", Created: start}, []news.Feed{{URL: fmt.Sprintf("https://h%d.example/%s", i, url.PathEscape(v)), Due: testNow().AddDate(0, 0, 1)}})
		if err != nil {
			t.Fatal(err)
		}
		page, err := w.store.KeepPage(ctx, news.Page{SourceID: source, URL: fmt.Sprintf("https://h%d.example/", i), Status: 200, ContentType: "text/html; charset=" + v, Body: []byte(v), Fetched: testNow().Add(-time.Minute)})
		if err != nil {
			t.Fatal(err)
		}
		text := v + " " + v
		whole := news.Span{Start: 0, End: len(v)}
		a := news.Article{ID: page, PageID: page, SourceID: source, URL: v, Canonical: v, Site: v, Headline: v, Subtitle: v, Section: v, Tags: []string{v}, Byline: []string{v}, Dateline: v,
			Lang: "en", Text: text, Media: []news.Media{{URL: v, Caption: v, Credit: v, Date: v}}, Cites: []news.Cite{{Name: v, URL: v}}, Removed: []news.Removed{{Kind: news.Caption, Text: v}}}
		n := news.Analysis{ArticleID: page,
			Mentions:   []news.Mention{{Span: whole, Kind: news.Person, Name: v, Known: true, Rule: v}},
			Timexes:    []news.Timex{{Span: whole, Type: news.Duration, Value: v, Rule: v}},
			Quotations: []news.Quotation{{Span: whole, Type: news.Direct, Cue: &news.Cue{Span: whole, Lemma: v}, Speaker: &news.Actor{Span: whole}, Rule: v}},
			Claims:     []news.Claim{{Span: whole, Stance: news.Accuses, Claimant: &news.Actor{Span: whole}, Target: &news.Actor{Span: whole}, Answers: -1, Rule: v}}}
		st := news.Story{ID: int64(10000 + i), Headline: v, Lead: page, Lang: "en", Articles: 1, Sources: 1, Independent: 1, Langs: []string{"en"}, First: page, FirstAt: testNow(), Opened: testNow(), Changed: testNow(),
			Breaking: testNow(), BreakingWhy: []news.Reason{{Kind: v, Words: []string{v}}}}
		r := store.Result{Cursor: store.MainCursor, Page: page, Article: a, Analysis: n, Tokens: "hostile",
			Placement: news.Placement{Article: page, Story: st.ID, New: true, Because: []news.Reason{{Kind: v, Words: []string{v}}}}, Stories: []news.Story{st}}
		if err := w.store.Commit(ctx, r); err != nil {
			t.Fatal(err)
		}
		if _, err := w.store.SaveWatch(ctx, news.Watch{Name: v, Query: v, Zone: "UTC", Created: start}); err != nil {
			t.Fatal(err)
		}
	}
	return len(vs)
}

// harmless checks that no stranger's word became markup: no element or attribute that our templates do not write, no address that runs.
func (a *reply) harmless(path string) {
	a.t.Helper()
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "iframe", "object", "embed", "style", "base", "img", "math", "video", "audio", "marquee", "template", "use", "animate", "frame", "plaintext", "xmp", "noscript":
				a.t.Errorf("%s holds the element %s", path, n.Data)
			case "script":
				if !strings.HasPrefix(attr(n, "src"), "/static/") {
					a.t.Errorf("%s holds a script", path)
				}
			}
			for _, at := range n.Attr {
				value := strings.ToLower(strings.TrimSpace(at.Val))
				switch {
				case strings.HasPrefix(at.Key, "on"), at.Key == "style", at.Key == "srcdoc", at.Key == "formaction", at.Key == "http-equiv":
					a.t.Errorf("%s: <%s %s>", path, n.Data, at.Key)
				case at.Key == "href" || at.Key == "src" || at.Key == "action":
					if i := strings.IndexByte(value, ':'); i >= 0 && !strings.ContainsAny(value[:i], "/?#") && !strings.HasPrefix(value, "http") {
						a.t.Errorf("%s: <%s %s=%q>", path, n.Data, at.Key, at.Val)
					}
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(a.doc)
}

// keepHostile lets the reader keep a vector wherever they may name something, and follow what bears it.
func (w *world) keepHostile(t *testing.T, story int64, article, source int, v string) {
	t.Helper()
	ctx, me := t.Context(), store.Local
	err := errors.Join(w.store.SetLabel(ctx, me, []int64{int64(article)}, v, true), w.store.File(ctx, me, int64(source), v, true), w.store.SetStar(ctx, me, []int64{int64(article)}, true, testNow()),
		w.store.Choose(ctx, me, store.Choice{Kind: "story", Key: fmt.Sprint(story), What: "follow", At: testNow()}),
		w.store.Choose(ctx, me, store.Choice{Kind: "source", Key: fmt.Sprint(source), What: "follow", At: testNow()}),
		w.store.Note(ctx, store.Audit{At: testNow(), Name: v, Action: "watch-saved", Object: v}))
	if err != nil {
		t.Fatal(err)
	}
}

func TestStrangersWordsStayWords(t *testing.T) {
	w := newWorld(t)
	first, err := w.store.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n := hostile(t, w)
	if n < 100 {
		t.Fatalf("%d vectors", n)
	}
	b := w.serve(t).speak("ar")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	paths := []string{"/", "/sources", "/watches", "/outbox", "/settings", "/search?q=hostile", "/mylist", "/diary", "/audit"}
	for i, v := range vectors() {
		w.keepHostile(t, int64(10000+i), first.Pages+1+i, first.Sources+1+i, v)
		if i%4 == 0 {
			paths = append(paths, "/mylist?label="+url.QueryEscape(v), fmt.Sprintf("/articles/%d/changes?from=%d", first.Pages+1+i, first.Pages+1+i), fmt.Sprintf("/?at=%d", 10000+i))
		}
	}
	for i := range n {
		paths = append(paths, fmt.Sprintf("/stories/%d", 10000+i), fmt.Sprintf("/watches/%d", 2+i), fmt.Sprintf("/sources/%d", first.Sources+1+i), fmt.Sprintf("/articles/%d", first.Pages+1+i),
			fmt.Sprintf("/stories/%d/feed.atom", 10000+i))
	}
	for i, v := range vectors() {
		paths = append(paths, "/search?q="+url.QueryEscape(v), "/watches/new?q="+url.QueryEscape(v)+"&name="+url.QueryEscape(v), "/read?url="+url.QueryEscape(v))
		if i%5 == 0 {
			b.post("/read", url.Values{"paste": {v + "\n\n" + v}}).harmless("reading " + v)
		}
	}
	for _, p := range paths {
		a := b.get(p)
		if a.status >= 500 {
			t.Errorf("%s: status %d", p, a.status)
		}
		if !strings.HasSuffix(p, ".atom") {
			a.harmless(p)
		}
	}
	raw := b.get(fmt.Sprintf("/articles/%d/page", first.Pages+1)).wants(200)
	if ct := raw.header.Get("Content-Type"); !strings.HasPrefix(ct, "text/plain") || !strings.Contains(raw.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("the untouched page comes as %s", ct)
	}
	t.Logf("measure web/stored-xss-executions 0 of %d vectors, %d pages - 0 %s", n, len(paths), map[bool]string{true: "short", false: "ok"}[t.Failed()])
}

// TestHostileInChromium lets a real browser look at the worst pages: nothing runs and nothing is asked of another machine.
func TestHostileInChromium(t *testing.T) {
	w := newWorld(t)
	hostile(t, w)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.enter()
	c.beWatchful()
	paths := []string{"/", "/sources", "/watches", "/search?q=hostile"}
	for i, v := range vectors() {
		if i%7 == 0 {
			l := w.hostileList(t, i, v)
			paths = append(paths, fmt.Sprintf("/stories/%d", 10000+i), "/lists/"+l.Slug, "/lists/"+l.Slug+"/edit")
		}
	}
	paths = append(paths, "/lists")
	for _, p := range paths {
		c.visit(b.url + p)
		if s := c.seen(); len(s) > 0 {
			t.Errorf("%s: %v", p, s)
		}
	}
}
