package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/corpus"
	"marsad/entity"
	"marsad/internal/auth"
	"marsad/internal/demo"
	"marsad/internal/desk"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/news"
	extract "marsad/page"
	"marsad/text"
)

// start is when the invented world's last day begins; the tests look at it an hour later.
var start = time.Date(2026, 3, 10, 11, 20, 0, 0, time.UTC)

const secret = "the set-up token of the tests"

func testNow() time.Time { return start.Add(time.Hour) }

// world is the invented archive, processed as the desk does it, behind the site.
type world struct {
	store   *sqlite.Store
	keeper  *auth.Keeper
	signer  auth.Signer
	site    http.Handler
	options Options
}

// theArchive processes the invented archive once for all tests, and gives the database file's bytes.
var theArchive = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "marsad-web-test")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "desk.db")
	if err := makeArchive(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

type noFetcher struct{}

func (noFetcher) Get(context.Context, desk.Request) (desk.Response, error) {
	return desk.Response{}, errors.New("the tests fetch nothing")
}

func makeArchive(path string) error {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, path, sqlite.Now(testNow))
	if err != nil {
		return err
	}
	return errors.Join(fillArchive(ctx, s), s.Close()) // once closed, all of it is in the one file
}

func fillArchive(ctx context.Context, s *sqlite.Store) error {
	c, err := corpus.Load()
	if err != nil {
		return err
	}
	wire, err := demo.New(c, demo.Options{Now: testNow, Start: start})
	if err != nil {
		return err
	}
	places := map[string]int{}
	var ids, feeds []int64
	for i, o := range wire.Sources() {
		o.Source.Created, o.Feed.Due, o.Feed.Checked = start.AddDate(0, 0, -10), testNow().Add(24*time.Hour), testNow().Add(-3*time.Minute)
		id, err := s.AddSource(ctx, o.Source, []news.Feed{o.Feed})
		if err != nil {
			return err
		}
		h, err := s.Source(ctx, id)
		if err != nil {
			return err
		}
		ids, feeds = append(ids, id), append(feeds, h.Feeds[0].ID)
		places[o.Source.Name] = i
	}
	pages := wire.Archive()
	for _, p := range wire.Schedule() {
		i := int64(places[p.Outlet.Name] + 1)
		pages = append(pages, news.Page{SourceID: i, FeedID: i, URL: p.URL, Final: p.URL, Status: 200, ContentType: p.ContentType, Body: p.Body,
			Fetched: p.Published.UTC().Add(20 * time.Second), Item: p.Entry})
	}
	watch := news.Watch{Name: "Flooding", Query: "flood OR فيضان OR inondation", Created: start.AddDate(0, 0, -10), Tell: []news.ReasonKind{news.Breaking}, Zone: "UTC"}
	to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "desk@example.org", Lang: "en", Zone: "UTC", State: news.Confirmed, Created: start})
	if err != nil {
		return err
	}
	watch.Recipients = []int64{to}
	if _, err := s.SaveWatch(ctx, watch); err != nil {
		return err
	}
	var last int64
	for _, p := range pages {
		p.SourceID, p.FeedID = ids[p.SourceID-1], feeds[p.FeedID-1]
		if last, err = s.KeepPage(ctx, p); err != nil {
			return err
		}
	}
	return process(ctx, s, last)
}

// process lets a desk read the kept pages to the last.
func process(ctx context.Context, s *sqlite.Store, last int64) error {
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	defer stop()
	d := desk.New(desk.Options{Store: s, Fetcher: noFetcher{}, Now: testNow, Tick: 20 * time.Millisecond, Analyse: analyse})
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx) }()
	for {
		at, err := s.Cursor(ctx, store.MainCursor)
		if err != nil {
			return err
		}
		if at >= last {
			stop()
			return <-done
		}
		select {
		case err := <-done:
			return fmt.Errorf("the desk stopped at page %d of %d: %v", at, last, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func analyse(a news.Article, doc *text.Doc) news.Analysis {
	return analysis.Of(a, doc, entity.Default())
}

// newWorld gives every test a copy of the archive of its own.
func newWorld(t testing.TB, change ...func(*Options)) *world {
	t.Helper()
	from, err := theArchive()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "desk.db")
	if err := os.WriteFile(path, from, 0o600); err != nil {
		t.Fatal(err)
	}
	return worldOn(t, path, change...)
}

func worldOn(t testing.TB, path string, change ...func(*Options)) *world {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, sqlite.Now(testNow))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	w := &world{store: s, signer: auth.NewSigner([]byte("a secret that only the tests know"))}
	w.keeper = auth.New(auth.Options{Store: s, Setup: secret, Hosts: []string{"desk.example.org"}, Now: testNow})
	w.options = Options{Store: s, Lists: openLists(t, s), Push: aKey, Auth: w.keeper, Signer: w.signer, Demo: true, Now: testNow, Version: "test", Desk: Desk{TakeApart: takeApart}}
	for _, c := range change {
		c(&w.options)
	}
	w.site = New(w.options)
	return w
}

func takeApart(_ context.Context, in Reading) (Taken, error) {
	body := in.Body
	if body == nil {
		body = []byte(in.Pasted)
	}
	a, err := extract.Extract(news.Page{URL: "https://example.org/", Body: body, ContentType: in.ContentType, Status: 200}, nil)
	if err != nil {
		return Taken{Article: a}, err
	}
	return Taken{a, analyse(a, text.Analyze(a.Text, pack.For(a.Lang)))}, nil
}

// browser is somebody who visits the site.
type browser struct {
	t   testing.TB
	url string
	*http.Client
}

func (w *world) serve(t testing.TB) *browser {
	t.Helper()
	srv := httptest.NewServer(w.site)
	t.Cleanup(srv.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, srv.URL, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (b *browser) get(path string) *reply {
	b.t.Helper()
	return b.do("GET", path, nil)
}

func (b *browser) post(path string, form url.Values) *reply {
	b.t.Helper()
	return b.do("POST", path, form)
}

func (b *browser) do(method, path string, form url.Values) *reply {
	b.t.Helper()
	r, err := http.NewRequest(method, b.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.send(r)
}

// richest gives the story with the most independent sources, and in the archive the article with the most that was taken out.
func (w *world) richest(t testing.TB) (story, article string) {
	t.Helper()
	cards, err := w.store.Stories(t.Context(), store.StoryFilter{N: 200})
	if err != nil {
		t.Fatal(err)
	}
	best, most := cards[0].Story, 0
	for _, c := range cards {
		if c.Story.Independent > best.Independent {
			best = c.Story
		}
	}
	err = w.store.Articles(t.Context(), start.AddDate(0, 0, -20), start.AddDate(0, 0, 2), func(e store.Entry) bool {
		if n := len(e.Article.Removed) + len(e.Analysis.Timexes) + len(e.Analysis.Claims); e.Article.Lang == "ar" && n > most {
			most, article = n, fmt.Sprintf("/articles/%d", e.Article.ID)
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("/stories/%d", best.ID), article
}
