package web

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// Both directions, the same page: what is asserted of one holds in the other.
var directions = []struct{ lang, dir string }{{"en", "ltr"}, {"ar", "rtl"}}

func (b *browser) speak(lang string) *browser {
	b.t.Helper()
	b.get("/prefs?lang=" + lang + "&zone=UTC&next=/").wants(303)
	return b
}

var untranslated = regexp.MustCompile(`\[[a-z]+(\.[a-zA-Z-]+)+\]`)

// wellMade checks what every page promises: language and direction said, one main heading, landmarks, no phrase without words, no
// script or style of its own, every text field and picture labelled.
func (a *reply) wellMade(lang, dir string) {
	a.t.Helper()
	html := a.one("html")
	if attr(html, "lang") != lang || attr(html, "dir") != dir {
		a.t.Errorf("html has lang %q dir %q, want %s %s", attr(html, "lang"), attr(html, "dir"), lang, dir)
	}
	a.one("main")
	a.one("h1")
	if found := untranslated.FindString(a.body); found != "" {
		a.t.Errorf("a phrase has no words: %s", found)
	}
	for _, bad := range []string{"[style]", "style", "script:not([src])", "img", "iframe", "object", "embed", "[onclick]", "font"} {
		if n := a.all(bad); len(n) > 0 {
			a.t.Errorf("%d elements are %s", len(n), bad)
		}
	}
	for _, field := range a.all("input:not([type=hidden]):not([type=checkbox]), select, textarea") {
		if id := attr(field, "id"); attr(field, "aria-label") == "" && (id == "" || len(a.all(`label[for="`+id+`"]`)) != 1) {
			a.t.Errorf("the field %s has no label", attr(field, "name"))
		}
	}
	ids := map[string]bool{}
	for _, n := range a.all("[id]") {
		if ids[attr(n, "id")] {
			a.t.Errorf("the id %s stands twice", attr(n, "id"))
		}
		ids[attr(n, "id")] = true
	}
	for _, n := range a.all(`a[href^="#"]`) {
		if target := strings.TrimPrefix(attr(n, "href"), "#"); !ids[target] {
			a.t.Errorf("a link leads to #%s, which is not there", target)
		}
	}
}

func TestEveryPageIsWellMade(t *testing.T) {
	w := newWorld(t)
	story, article := w.richest(t)
	paths := []string{"/", "/?only=disputed", "/?in=ar", story, article, "/search", "/search?q=port+OR+ship", "/search?q=a+AND+b+OR+c", "/search?q=%22open", "/watches",
		"/watches/new?q=harbour", "/watches/1", "/sources", "/sources/1", "/outbox", "/read", "/settings", "/settings/accounts", "/settings/push", "/setup", "/about", "/nowhere", "/stories/999999", "/entities/Q1", "/mylist", "/mylist?label=x", "/sources/packs", "/diary", "/audit"}
	for _, d := range directions {
		b := w.serve(t).speak(d.lang)
		b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
		for _, p := range paths {
			t.Run(d.lang+p, func(t *testing.T) {
				b.t = t
				a := b.get(p)
				if a.status >= 500 {
					t.Fatalf("status %d", a.status)
				}
				a.wellMade(d.lang, d.dir)
				if len(a.all(".demo")) != 1 {
					t.Error("the page does not say that the demo is invented")
				}
			})
			b.t = t
		}
	}
}

// Drafts and the pseudo-locale say every phrase of the main pages too.
func TestEveryLanguage(t *testing.T) {
	w := newWorld(t)
	story, article := w.richest(t)
	langs := i18n.Languages()
	for _, l := range append(langs, i18n.Language{Tag: i18n.Pseudo, Dir: "rtl"}) {
		b := w.serve(t).speak(l.Tag)
		for _, p := range []string{"/", story, article, "/search?q=port", "/watches/1", "/sources", "/settings"} {
			b.get(p).wants(200).wellMade(l.Tag, l.Dir)
		}
	}
	if len(langs) < 6 {
		t.Errorf("%d languages", len(langs))
	}
}

func TestNow(t *testing.T) {
	w := newWorld(t)
	cards, err := w.store.Stories(t.Context(), store.StoryFilter{N: 60})
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]store.Card{}
	for _, c := range cards {
		byID[fmt.Sprintf("s%d", c.Story.ID)] = c
	}
	for _, d := range directions {
		a := w.serve(t).speak(d.lang).get("/").wants(200)
		if len(a.all(".lead")) != 1 {
			t.Fatal("no story leads")
		}
		rows := a.all(".story")
		if len(rows) < 30 {
			t.Fatalf("%d stories in the river", len(rows))
		}
		seen := map[string]bool{attr(a.one(".lead"), "id"): true}
		for _, row := range rows {
			id := attr(row, "id")
			if seen[id] {
				t.Errorf("story %s stands twice", id)
			}
			seen[id] = true
			c := byID[id]
			sub := &reply{t: t, doc: row}
			run := sub.one("h3 bdi")
			if words(run) != strings.Join(strings.Fields(c.Story.Headline), " ") || attr(run, "dir") != map[bool]string{true: "rtl", false: "ltr"}[isRTL(c.Story.Lang)] {
				t.Errorf("headline %q has dir %s", words(run), attr(run, "dir"))
			}
			if disputed := len(sub.all(".badge.disputed")) == 1; disputed != c.Story.Disputed {
				t.Errorf("%s: disputed is %t, the page says %t", id, c.Story.Disputed, disputed)
			}
			if h := sub.all("h3[dir], h3[lang]"); len(h) > 0 {
				t.Error("the whole headline turns to its own side: the river zigzags")
			}
		}
	}
}

func isRTL(lang string) bool { return lang == "ar" }

// The figures of a story agree wherever they stand: on Now, in its head, in its lists, its map's table and its chart.
// A headline in another language has beside it one in the reader's, of a report of the same story and in its own words.
func TestHeadlinesInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("ar")
	a := b.get("/").wants(200)
	n := 0
	for _, s := range a.all(".story, .lead") {
		one := &reply{t: t, doc: s}
		for _, local := range one.all(".inyours bdi") {
			n++
			if attr(local, "lang") != "ar" || len(one.all("h2 bdi[lang=ar], h3 bdi[lang=ar]")) > 0 {
				t.Errorf("beside %q stands %q", words(one.all("h2 bdi, h3 bdi")[0]), words(local))
			}
			if id := strings.TrimPrefix(attr(s, "id"), "s"); !w.bears(id, words(local)) {
				t.Errorf("no report of story %s bears %q", id, words(local))
			}
		}
	}
	if n < 3 {
		t.Errorf("%d stories have a headline in Arabic beside their own", n)
	}
}

// bears tells whether a report of a story bears a headline.
func (w *world) bears(story, headline string) bool {
	id, err := strconv.ParseInt(story, 10, 64)
	if err != nil {
		return false
	}
	es, err := w.store.StoryEntries(context.Background(), id)
	return err == nil && slices.ContainsFunc(es, func(e store.Entry) bool { return e.Article.Headline == headline })
}

func TestFiguresAgree(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("en")
	cards, err := w.store.Stories(t.Context(), store.StoryFilter{N: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cards {
		a := b.get(fmt.Sprintf("/stories/%d", c.Story.ID)).wants(200)
		es, err := w.store.StoryEntries(t.Context(), c.Story.ID)
		if err != nil {
			t.Fatal(err)
		}
		head := words(a.all(".doc > header .meta")[0])
		for _, want := range []string{plural(c.Story.Independent, "independent source"), plural(c.Story.Articles, "article"), plural(c.Story.Sources, "outlet"), plural(len(c.Story.Langs), "language")} {
			if !strings.Contains(head, want) {
				t.Errorf("story %d says %q, the list says %s", c.Story.ID, head, want)
			}
		}
		if len(es) != c.Story.Articles {
			t.Errorf("story %d counts %d articles and has %d", c.Story.ID, c.Story.Articles, len(es))
		}
		reports, followers := len(a.all(`[aria-labelledby=h-reports] .line > li`)), len(a.all(`.tree ul li`))
		if reports+followers != c.Story.Articles || followers != c.Copies {
			t.Errorf("story %d lists %d reports and %d followers of %d articles with %d copies", c.Story.ID, reports, followers, c.Story.Articles, c.Copies)
		}
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func TestMapAndTableAgree(t *testing.T) {
	w := newWorld(t)
	story, _ := w.richest(t)
	a := w.serve(t).speak("en").get(story).wants(200)
	rows := a.all("#h-map ~ table tbody tr")
	circles := a.all(".map circle title")
	if len(rows) == 0 || len(circles) == 0 {
		t.Fatal("no places")
	}
	table := map[string]bool{}
	bare := strings.NewReplacer("\u2066", "", "\u2067", "", "\u2069", "", " ", "")
	for _, r := range rows {
		table[bare.Replace(words(r))] = true
	}
	for _, c := range circles {
		if s := bare.Replace(words(c)); !table[s] {
			t.Errorf("the map says %q, the table %v", s, table)
		}
	}
}

// Every mark in an article's text leads to its explanation and the text reads as it was stored.
func TestArticleMarks(t *testing.T) {
	w := newWorld(t)
	_, path := w.richest(t)
	var id int64
	if _, err := fmt.Sscanf(path, "/articles/%d", &id); err != nil {
		t.Fatal(err)
	}
	e, err := w.store.Entry(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range directions {
		a := w.serve(t).speak(d.lang).get(path).wants(200)
		body := a.one(".read")
		if got, want := words(body), strings.Join(strings.Fields(e.Article.Text), " "); got != want {
			t.Fatalf("the marked text differs:\n%s\nwant\n%s", got, want)
		}
		if attr(body, "dir") != "rtl" || attr(body, "lang") != "ar" {
			t.Errorf("an Arabic text has dir %q lang %q", attr(body, "dir"), attr(body, "lang"))
		}
		if n := len(a.all(".read a.date")); n != len(e.Analysis.Timexes) {
			t.Errorf("%d dates are marked, %d were found", n, len(e.Analysis.Timexes))
		}
		if n := len(a.all(".taken tbody tr")); n != len(e.Article.Removed) || n == 0 {
			t.Errorf("%d removals are shown of %d", n, len(e.Article.Removed))
		}
	}
}

func TestSearch(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("en")
	a := b.get("/search?q=harbour").wants(200)
	if len(a.all(".story")) == 0 || len(a.all(".snippet mark")) == 0 {
		t.Error("nothing found, or no word marked")
	}
	if len(a.all(".hist a")) == 0 || len(a.all("aside a")) == 0 {
		t.Error("no histogram or no facets")
	}
	for _, link := range []string{".hist a", "aside a"} {
		for _, n := range a.all(link)[:1] {
			if narrower := b.get(attr(n, "href")).wants(200); len(narrower.all(".story")) == 0 {
				t.Errorf("%s leads to an empty page: %s", link, attr(n, "href"))
			}
		}
	}
	a = b.get("/search?q=" + url.QueryEscape("a AND b OR c")).wants(422)
	if len(a.all(".problem[role=alert]")) != 1 {
		t.Error("a query that cannot be read is not explained")
	}
	if got := words(b.get("/search?q=" + url.QueryEscape(`flood OR (ship -ferry)`)).one(".reads")); got != "Reads as: flood or (ship and not ferry)" {
		t.Errorf("explained as %q", got)
	}
}

func TestSourcesHealth(t *testing.T) {
	w := newWorld(t)
	h, err := w.store.Source(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	f := h.Feeds[0]
	f.Failures, f.Problem = 4, "denied"
	if err := w.store.SaveFeed(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	a := w.serve(t).speak("en").get("/sources").wants(200)
	first := &reply{t: t, doc: a.all(".sources tbody tr")[0]}
	if got := words(first.one("th a")); got != h.Source.Name {
		t.Errorf("the failing source is not first: %s", got)
	}
	if got := words(first.doc); !strings.Contains(got, "failing") || !strings.Contains(got, "robots.txt") || !strings.Contains(got, "Ask the publisher") {
		t.Errorf("no plain words: %s", got)
	}
	if got := words(a.all(".meta")[0]); !strings.Contains(got, "14 healthy") || !strings.Contains(got, "1 failing") {
		t.Errorf("the counts: %s", got)
	}
}

func TestTakeApart(t *testing.T) {
	w := newWorld(t)
	var e store.Entry
	err := w.store.Articles(t.Context(), start.AddDate(0, 0, -20), testNow(), func(x store.Entry) bool {
		e = x
		return !(x.Article.Lang == "ar" && len(x.Article.Removed) > 2)
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.store.Page(t.Context(), e.Article.PageID)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range directions {
		a := w.serve(t).speak(d.lang).post("/read", url.Values{"paste": {string(p.Body)}}).wants(200)
		a.wellMade(d.lang, d.dir)
		if cuts := a.all(".before del"); len(cuts) != len(e.Article.Removed) {
			t.Errorf("%d pieces are struck out, %d were removed", len(cuts), len(e.Article.Removed))
		}
		after := words(a.all(".apart .read")[1])
		if strings.Contains(after, "[ad_1]") || after == "" {
			t.Error("the true text holds an advertising mark, or nothing")
		}
		if before := words(a.one(".before")); len(before) <= len(after) {
			t.Error("before is not longer than after")
		}
	}
	empty := w.serve(t).post("/read", url.Values{"paste": {"  "}}).wants(422)
	empty.one(".problem")
}

func TestLocalPathsOnly(t *testing.T) {
	for _, bad := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "", "/a\nb", "http:/x"} {
		if got := local(bad); got != "/" {
			t.Errorf("%q leads to %q", bad, got)
		}
	}
	if got := local("/watches?q=a+b"); got != "/watches?q=a+b" {
		t.Errorf("a path of ours was changed: %q", got)
	}
}

func TestBrokenSpansCostNoPage(t *testing.T) {
	a := news.Article{Text: "قال أحد", Lang: "ar"}
	got := string(body(a, []mark{{Span: news.Span{Start: 1, End: 3}, Class: "per", ID: "n1"}, {Span: news.Span{Start: 5, End: 500}, Class: "per", ID: "n2"}, {Span: news.Span{Start: -1, End: 2}}}))
	if got != "<p>قال أحد</p>\n" {
		t.Errorf("got %q", got)
	}
	overlapping := string(body(news.Article{Text: "abcdef"}, []mark{{Span: news.Span{Start: 0, End: 4}, Class: "quo", ID: "q1"}, {Span: news.Span{Start: 2, End: 6}, Class: "per", ID: "n1"}}))
	if want := `<p><span class="quo" id="at-q1">ab</span><span class="quo"><a class="m per" href="#n1" id="at-n1">cd</a></span><a class="m per" href="#n1">ef</a></p>` + "\n"; overlapping != want {
		t.Errorf("got  %s\nwant %s", overlapping, want)
	}
}

func TestOpenDatesInWords(t *testing.T) {
	en := i18n.New(i18n.Options{Lang: "en"})
	for value, want := range map[string]string{
		"XXXX-WXX-7": "a Sunday, week not said", "XXXX-WXX-1": "a Monday, week not said", "XXXX-02-24": "24 February, year not said", "XXXX-06": "June, year not said",
		"P9M": "9 months", "PT1H": "1 hour", "P2Y": "2 years", "PAST_REF": "some time in the past", "XXXX-13": "open: \u2066XXXX-13\u2069", "P1Y2M": "open: \u2066P1Y2M\u2069",
	} {
		if got := open(en, value); got != want {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
	}
}
