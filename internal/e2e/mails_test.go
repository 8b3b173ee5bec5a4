package e2e

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/internal/letter"
	"marsad/internal/store"
	"marsad/mail"
	"marsad/news"

	cdp "github.com/chromedp/chromedp"

	cdpcall "github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
)

var evening = time.Date(2026, 3, 3, 19, 0, 0, 0, time.UTC)

// report is an invented article in which somebody claims or denies something.
func report(id int64, lang, source, words string, who string, stance news.Stance) store.Entry {
	e := store.Entry{Article: news.Article{ID: id, Lang: lang, Text: words, URL: fmt.Sprintf("https://outlet%d.example/harbour/a-long-path-that-does-not-break/%d", id, id),
		Published: news.Stamp{Time: evening.Add(time.Duration(id) * time.Minute)}}, Source: news.Source{Name: source}, Arrived: evening}
	if at := strings.Index(words, who); who != "" && at >= 0 {
		actor := &news.Actor{Span: news.Span{Start: at, End: at + len(who)}}
		e.Analysis.Claims = []news.Claim{{Span: news.Span{Start: at, End: at + len(who)}, Stance: stance, Claimant: actor}}
	}
	return e
}

// tuesday lets an article date its happening on its evening.
func tuesday(e store.Entry, words string) store.Entry {
	at := strings.Index(e.Article.Text, words)
	e.Analysis.Timexes = []news.Timex{{Span: news.Span{Start: at, End: at + len(words)}, Type: news.Date, From: evening.Truncate(24 * time.Hour), To: evening.Truncate(24*time.Hour).AddDate(0, 0, 1), Certainty: 1}}
	return e
}

// letters gives letters of each kind that people get, in a language.
func lettersIn(lang string) map[string]mail.Letter {
	d := letter.Desk{Base: "https://desk.example", From: netmail.Address{Name: "Marsad", Address: "desk@desk.example"}, Name: "Marsad", Token: func(p string, id int64) string { return p + "-token" }}
	a := letter.About{Recipient: news.Recipient{ID: 5, Address: "lina@reader.example", Lang: lang, Zone: "Africa/Cairo"}, First: "Harbour Post", Original: "https://outlet1.example/first",
		Watch: news.Watch{ID: 8, Name: "Ports"}, Story: news.Story{ID: 3, Headline: "Ferry adrift off Porto with 31 aboard, <b>engine</b> \"out\"", Articles: 9, Independent: 6, FirstAt: evening}}
	a.Entry = tuesday(report(2, "en", "Sea News", "A ferry has been adrift off Porto since Tuesday evening. The coast guard said that 31 people are aboard. Two boats are beside it.", "The coast guard", news.Says), "Tuesday")
	denial := report(3, "ar", "صحيفة المرفأ", "ما زالت العبارة تنجرف قبالة بورتو. ونفت شركة الملاحة أن تكون العبارة محملة فوق طاقتها.", "شركة الملاحة", news.Denies)
	if lang == "ar" {
		a.First, a.Watch.Name, a.Story.Headline = "صحيفة المرفأ", "الموانئ", "عبارة تنجرف قبالة بورتو وعلى متنها 31 شخصا، ومحركها \"معطل\""
		a.Entry = tuesday(report(2, "ar", "أخبار البحر", "تنجرف عبارة قبالة بورتو منذ مساء الثلاثاء. وقال خفر السواحل إن على متنها 31 شخصا. وإلى جانبها زورقان.", "خفر السواحل", news.Says), "مساء الثلاثاء")
		denial = report(3, "en", "Quay Gazette", "The ferry drifts on off Porto. The shipping company denied that it was overloaded.", "The shipping company", news.Denies)
	}
	figure := report(4, a.Entry.Article.Lang, a.Entry.Source.Name, map[string]string{"en": "By now 34 people are said to be aboard.", "ar": "ويقال الآن إن على متنها 34 شخصا."}[a.Entry.Article.Lang], "", "")
	of := func(kind news.ReasonKind, fact string) news.Notice {
		return news.Notice{ID: "id-" + string(kind), Recipient: 5, Watch: 8, Story: 3, Kind: kind, Fact: fact, Planned: evening, Due: evening.Add(time.Minute)}
	}
	kind := func(n news.Notice, also ...letter.Told) mail.Letter {
		b := a
		b.Notice, b.Also = n, also
		return d.For(b)
	}
	all := map[string]mail.Letter{
		"breaking":   kind(of(news.Breaking, "")),
		"together":   kind(of(news.NewSources, "6"), letter.Told{Notice: of(news.Denial, "denial the company"), Entry: denial}, letter.Told{Notice: of(news.NewNumber, "number 31 34"), Entry: figure}),
		"correction": kind(of(news.Correction, letter.SaidFact(map[string]string{"en": "It was another ferry. We are sorry.", "ar": "كانت عبارة أخرى، ونعتذر."}[lang]))),
	}
	b := a
	b.Notice = of(news.DigestSlot, "8@2026-03-03")
	b.Digest = []letter.Line{{Headline: a.Story.Headline, Story: 3, Sources: 6}, {Headline: "Порт Одессы закрыт", Story: 4, Sources: 1}, {Headline: "افتتاح رصيف جديد في الإسكندرية", Story: 5, Sources: 2}}
	all["digest"] = d.For(b)
	list := news.PublicList{Name: a.Watch.Name, Slug: "ports", Imprint: "Harbour House, 1 Quay, Porto"}
	b = a
	b.Notice = of(news.Breaking, "")
	all["list"] = d.Personal(d.ForList(b, list, lang), b.Notice, a.Recipient, letter.Links{Leave: "https://desk.example/l/leave/token", Prefs: "https://desk.example/l/prefs/token"})
	b.Notice = of(news.Optin, "")
	all["ask"] = d.For(b)
	return all
}

// parts gives the text and the HTML part of a composed mail.
func partsOf(t testing.TB, raw []byte) (plain, rich string) {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	must(t, err)
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	must(t, err)
	r := multipart.NewReader(m.Body, params["boundary"])
	for _, into := range []*string{&plain, &rich} {
		p, err := r.NextRawPart()
		must(t, err)
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		must(t, err)
		*into = string(b)
	}
	return plain, rich
}

// TestMailsInChromium opens the HTML of every kind of letter in both directions, in the light and in the dark, on a phone and in a window:
// nothing is cut off, every string has its own direction, dark is dark, and nothing is asked of any server. MARSAD_SHOTS names a folder
// for pictures.
func TestMailsInChromium(t *testing.T) {
	ctx := browser(t)
	var asked []string
	pages := map[string]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok && r.URL.Path != "/favicon.ico" {
			asked = append(asked, r.URL.Path)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self' 'unsafe-inline'")
		_, _ = io.WriteString(w, body)
	}))
	defer server.Close()
	for _, lang := range []string{"ar", "en"} {
		for name, l := range lettersIn(lang) {
			raw, err := mail.Compose(l)
			must(t, err)
			plain, rich := partsOf(t, raw)
			path := "/" + lang + "-" + name
			pages[path] = rich
			if dir := os.Getenv("MARSAD_SHOTS"); dir != "" {
				must(t, os.WriteFile(filepath.Join(dir, lang+"-"+name+".txt"), []byte(plain), 0o644))
			}
			for _, scheme := range []string{"light", "dark"} {
				for _, width := range []int64{390, 700} {
					lookAt(t, ctx, server.URL+path, fmt.Sprintf("%s-%s-%s-%d", lang, name, scheme, width), lang, scheme, width)
				}
			}
		}
	}
	if len(asked) > 0 {
		t.Errorf("mails ask servers for %q", asked)
	}
}

func lookAt(t *testing.T, ctx context.Context, address, id, lang, scheme string, width int64) {
	t.Helper()
	run(t, ctx, cdp.EmulateViewport(width, 1300))
	_, err := cdp.Run(ctx, func(ctx context.Context, target *cdp.Target) (cdp.Void, error) {
		_, err := cdpcall.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return cdp.Void{}, err
	})
	must(t, err)
	run(t, ctx, cdp.Navigate(address))
	if over := run(t, ctx, cdp.Evaluate[int64](`document.documentElement.scrollWidth - innerWidth`)); over > 0 {
		t.Errorf("%s is %d pixels too wide", id, over)
	}
	want := map[string]string{"ar": "rtl", "en": "ltr"}[lang]
	if dir := run(t, ctx, cdp.Evaluate[string](`getComputedStyle(document.body).direction`)); dir != want {
		t.Errorf("%s runs %s", id, dir)
	}
	if odd := run(t, ctx, cdp.Evaluate[string](`[...document.querySelectorAll('h1,p,li,td')].filter(e => getComputedStyle(e).direction !== '`+want+`').map(e => e.textContent).join(' | ')`)); odd != "" {
		t.Errorf("%s: at the other side stands %q", id, odd)
	}
	dark := run(t, ctx, cdp.Evaluate[bool](`(c => { const n = c.match(/[\d.]+/g).map(Number); return n[0] + n[1] + n[2] > 384 })(getComputedStyle(document.body).color)`))
	if dark != (scheme == "dark") {
		t.Errorf("%s: light letters are %v in the %s", id, dark, scheme)
	}
	if dir := os.Getenv("MARSAD_SHOTS"); dir != "" {
		png := run(t, ctx, cdp.CaptureScreenshot())
		must(t, os.WriteFile(filepath.Join(dir, id+".png"), png, 0o644))
	}
}
