package web

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

func TestCorrecting(t *testing.T) {
	var asked []story.Correction
	undone := int64(0)
	w := newWorld(t, func(o *Options) {
		o.Desk.Correct = func(_ context.Context, by string, c story.Correction) (int64, error) {
			asked = append(asked, c)
			return o.Store.(interface {
				Correct(context.Context, store.Correction, store.Effect) (int64, error)
			}).Correct(context.Background(), store.Correction{Said: testNow(), By: by, Done: story.Corrected{Correction: c}}, store.Effect{})
		}
		o.Desk.Uncorrect = func(_ context.Context, by string, id int64) error { undone = id; return nil }
	})
	at, _ := w.richest(t)
	reader := w.signedIn(t, auth.Reader)
	if n := reader.get(at).wants(200).all(`form[action$="/correct"]`); len(n) != 0 {
		t.Error("a reader may correct stories")
	}
	b := w.signedIn(t, auth.Editor)
	b.speak("en")
	csrf := b.csrf()
	page := b.get(at).wants(200)
	boxes := page.all(`input[name=article]`)
	if len(boxes) < 5 {
		t.Fatalf("%d articles can be split off", len(boxes))
	}
	b.post(at+"/correct", url.Values{"csrf": {csrf}, "do": {"split"}, "article": {attr(boxes[0], "value"), attr(boxes[1], "value")}}).wants(303)
	b.post(at+"/correct", url.Values{"csrf": {csrf}, "do": {"merge"}, "other": {b.url + "/stories/7"}}).wants(303)
	b.post(at+"/correct", url.Values{"csrf": {csrf}, "do": {"apart"}, "other": {" 8 "}}).wants(303)
	if len(asked) != 3 || asked[0].Kind != story.SplitStory || len(asked[0].Articles) != 2 || asked[1].Kind != story.MergeStories || asked[1].Stories[1] != 7 || asked[2].Kind != story.DistinctStory || asked[2].Stories[1] != 8 {
		t.Errorf("the desk was asked %+v", asked)
	}
	for _, bad := range []url.Values{{"do": {"burn"}}, {"do": {"merge"}, "other": {"x"}}, {"do": {"split"}, "article": {"x"}}, {"do": {"merge"}, "other": {strings.TrimPrefix(at, "/stories/")}}} {
		bad.Set("csrf", csrf)
		b.post(at+"/correct", bad).wants(422)
	}
	undo := b.get(at).wants(200).all(`form[action^="/corrections/"]`)
	if len(undo) != 2 { // the split moved nothing here, and names no story
		t.Fatalf("%d corrections can be taken back", len(undo))
	}
	b.post(attr(undo[0], "action"), url.Values{"csrf": {csrf}, "next": {at}}).wants(303)
	if undone == 0 {
		t.Error("nothing was taken back")
	}
}

func TestPictures(t *testing.T) {
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	sent := buf.Bytes()
	fetched := ""
	w := newWorld(t, func(o *Options) {
		o.Desk.Picture = func(_ context.Context, url string) ([]byte, error) {
			fetched = url
			if sent == nil {
				return nil, fault.New(fault.Denied, "not public")
			}
			return sent, nil
		}
	})
	id, media := int64(0), news.Media{}
	err := w.store.Articles(t.Context(), start.AddDate(0, 0, -20), start.AddDate(0, 0, 2), func(e store.Entry) bool {
		for i, m := range e.Article.Media {
			if i == 0 && webLink(m.URL) {
				id, media = e.Article.ID, m
				return false
			}
		}
		return true
	})
	if err != nil || id == 0 {
		t.Skipf("the archive holds no picture: %v", err)
	}
	b := w.serve(t)
	at := fmt.Sprintf("/articles/%d", id)
	if n := b.get(at).wants(200).all("img"); len(n) != 0 || fetched != "" {
		t.Error("a picture is shown that nobody asked for")
	}
	img := b.get(at + "?picture=0").wants(200).one("img")
	if attr(img, "alt") != media.Caption {
		t.Errorf("the picture is described as %q", attr(img, "alt"))
	}
	a := b.get(attr(img, "src")).wants(200)
	if fetched != media.URL || a.header.Get("Content-Type") != "image/png" || a.body != string(sent) || !strings.Contains(a.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%s, %v", fetched, a.header)
	}
	for _, bad := range [][]byte{[]byte("<html><script>alert(1)</script>"), []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), []byte("%PDF-1.4"), {}} {
		sent = bad
		if a := b.get(at + "/picture/0"); a.status != 422 {
			t.Errorf("%q is passed on: %d", bad, a.status)
		}
	}
	sent = bytes.Repeat([]byte{0xff}, maxPicture+1)
	b.get(at + "/picture/0").wants(413)
	sent = nil
	b.get(at + "/picture/0").wants(403)
	b.get(at + "/picture/99").wants(404)
	r, err := http.NewRequest("GET", b.url+at+"/picture/0", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	b.send(r).wants(403)
}

func TestDiary(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("en")
	page := b.get("/diary").wants(200)
	page.wellMade("en", "ltr")
	days := page.all("section > h2")
	ics := b.get("/diary.ics").wants(200)
	if n := strings.Count(ics.body, "BEGIN:VEVENT"); len(days) == 0 || n != len(page.all(".story")) {
		t.Errorf("%d days, %d events of %d", len(days), n, len(page.all(".story")))
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(ics.body, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	if got := escapedText("a,b;c\\d\r\nEND:VEVENT"); got != `a\,b\;c\\d END:VEVENT` {
		t.Errorf("escaped: %q", got)
	}
}

// A day on which somebody spoke is over, whatever it was taken for.
func TestDiaryLeavesOutWhatWasSaid(t *testing.T) {
	at := func(start, end int) news.Span { return news.Span{Start: start, End: end} }
	day := news.Timex{Span: at(10, 18), Type: news.Date, Granularity: "day", Certainty: .9, From: testNow().AddDate(0, 0, 3), To: testNow().AddDate(0, 0, 4)}
	e := store.Entry{Article: news.Article{Lang: "en", Text: strings.Repeat("word ", 20)}, Arrived: testNow()}
	for name, c := range map[string]struct {
		quote news.Quotation
		want  int
	}{
		"coming":                   {news.Quotation{Speaker: &news.Actor{Span: at(30, 34)}, Cue: &news.Cue{Span: at(35, 39)}}, 1},
		"between speaker and word": {news.Quotation{Speaker: &news.Actor{Span: at(0, 9)}, Cue: &news.Cue{Span: at(20, 24)}}, 0},
		"the occasion":             {news.Quotation{Occasion: &news.Span{Start: 5, End: 30}}, 0},
	} {
		days := map[string]*comingDay{}
		e.Analysis = news.Analysis{Timexes: []news.Timex{day}, Quotations: []news.Quotation{c.quote}}
		if gatherComing(days, e, testNow()); len(days) != c.want {
			t.Errorf("%s: %d days", name, len(days))
		}
	}
}

// twoOf gives two articles of one outlet, the earlier first.
func (w *world) twoOf(t testing.TB) (old, fresh store.Entry) {
	t.Helper()
	last := map[int64]store.Entry{}
	err := w.store.Articles(t.Context(), start.AddDate(0, 0, -20), start.AddDate(0, 0, 2), func(e store.Entry) bool {
		old, fresh = last[e.Source.ID], e
		last[e.Source.ID] = e
		return old.Article.ID == 0
	})
	if err != nil || old.Article.ID == 0 {
		t.Fatalf("no outlet has two articles: %v", err)
	}
	return old, fresh
}

func TestVersions(t *testing.T) {
	w := newWorld(t)
	old, other := w.twoOf(t)
	a := old.Article
	page, err := w.store.KeepPage(t.Context(), news.Page{SourceID: a.SourceID, URL: a.URL, Final: a.URL, Status: 200, Body: []byte("another"), Fetched: testNow()})
	if err != nil {
		t.Fatal(err)
	}
	a.ID, a.PageID, a.Headline, a.Text = page, page, a.Headline+" (updated)", strings.Replace(a.Text, " ", " brandnew ", 1)
	err = w.store.Commit(t.Context(), store.Result{Cursor: store.MainCursor, Page: page, Article: a, Analysis: news.Analysis{ArticleID: page}, Placement: news.Placement{Article: page, Story: old.Placement.Story}})
	if err != nil {
		t.Fatal(err)
	}
	b := w.serve(t).speak("en")
	path := fmt.Sprintf("/articles/%d", page)
	if n := b.get(path).wants(200).all(`a[href="` + path + `/changes"]`); len(n) != 1 {
		t.Error("the article does not say that it was another before")
	}
	d := b.get(path + "/changes").wants(200)
	d.wellMade("en", "ltr")
	if ins := d.all(".read ins"); len(ins) != 1 || words(ins[0]) != "brandnew" || len(d.all(".read del")) != 0 {
		t.Errorf("%d words are marked as new", len(ins))
	}
	if ins := d.one("p.changed ins"); words(ins) != "(updated)" {
		t.Errorf("in the headline %q is new", words(ins))
	}
	b.get(fmt.Sprintf("%s/changes?from=%d", path, other.Article.ID)).wants(200)
	stranger := int64(0)
	err = w.store.Articles(t.Context(), start.AddDate(0, 0, -20), start.AddDate(0, 0, 2), func(e store.Entry) bool {
		stranger = e.Article.ID
		return e.Source.ID == a.SourceID
	})
	if err != nil {
		t.Fatal(err)
	}
	b.get(fmt.Sprintf("%s/changes?from=%d", path, stranger)).wants(422)
	b.get("/articles/999999/changes").wants(404)
}

func TestBrief(t *testing.T) {
	w := newWorld(t)
	at, _ := w.richest(t)
	b := w.serve(t).speak("en")
	text := b.get(at + "/brief.txt").wants(200)
	mark := b.get(at + "/brief.md").wants(200)
	if text.header.Get("Content-Type") != "text/plain; charset=utf-8" || mark.header.Get("Content-Type") != "text/markdown; charset=utf-8" {
		t.Errorf("kinds %v, %v", text.header, mark.header)
	}
	for _, want := range []string{"Earliest report that we saw: ", "Claims and denials", "denied by", b.url + at, "http://meridian"} {
		if !strings.Contains(text.body, want) {
			t.Errorf("the brief lacks %q:\n%s", want, text.body)
		}
	}
	if !strings.HasPrefix(strings.TrimSpace(mark.body), "# ") || !strings.Contains(mark.body, "](http://") {
		t.Errorf("in Markdown it is\n%s", mark.body)
	}
}

// Strangers' words stay words in Markdown.
func TestBriefIsPlain(t *testing.T) {
	w := writer{markdown: true}
	w.item("[x](javascript:alert(1)) <b>*bold*\n# head")
	w.link("a]b", "https://e.example/(x) y")
	w.link("z", "javascript:alert(1)")
	want := "- \\[x\\](javascript:alert(1)) \\<b\\>\\*bold\\* \\# head\n- [a\\]b](https://e.example/%28x%29%20y)\n- z\n"
	if got := w.b.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestHeadlinesThatChanged(t *testing.T) {
	at := func(id int64, source int64, url, headline string, links ...news.Link) *entry {
		e := &entry{Entry: store.Entry{Article: news.Article{ID: id, URL: url, Headline: headline}, Source: news.Source{ID: source}, Arrived: testNow().Add(time.Duration(id) * time.Minute)}}
		e.Placement.Links = links
		return e
	}
	update := func(id, other int64, share float64) news.Link {
		return news.Link{Article: id, Other: other, Kind: news.Update, Evidence: []news.Reason{{Kind: "shared-text", Value: share}, {Kind: "shared-text-other", Value: share}}}
	}
	got := headlines([]*entry{at(1, 1, "a", "Ten hurt"), at(2, 2, "b", "Elsewhere"), at(3, 1, "a", "Twelve hurt"), at(4, 1, "c", "Twelve hurt, one dead", update(4, 3, .8)),
		at(5, 2, "d", "Another's", update(5, 4, 1)), at(6, 2, "b", "Elsewhere!"), at(7, 1, "e", "A second article", update(7, 4, .4))})
	if len(got) != 2 || got[0].Old.Article.ID != 1 || got[0].New.Article.ID != 3 || got[1].Old.Article.ID != 3 || got[1].New.Article.ID != 4 {
		t.Errorf("%d headlines changed", len(got))
	}
}

// What a source is said to be ahead or behind by is what its stories show.
func TestLeadAndLag(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("en")
	led, lagged := 0, 0
	for id := 1; id <= 15; id++ {
		a := b.get(fmt.Sprintf("/sources/%d", id)).wants(200)
		for _, h := range a.all(".two section") {
			n := len((&reply{t: t, doc: h}).all("li"))
			if strings.HasPrefix(words(h), "Where we saw it first") {
				led += n
			} else {
				lagged += n
			}
		}
	}
	if led == 0 || lagged <= led {
		t.Errorf("%d leads, %d lags: each story has one who led and often several who lagged", led, lagged)
	}
}
