package demo_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"marsad/corpus"
	"marsad/internal/demo"
)

var start = time.Date(2024, 6, 20, 10, 0, 0, 0, time.UTC)

type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

// serve starts a wire with a clock of the test's own, and a client that finds the invented hosts.
func serve(t *testing.T) (*demo.Wire, *clock, *http.Client) {
	t.Helper()
	c, err := corpus.Load()
	if err != nil {
		t.Fatal(err)
	}
	clk := &clock{start}
	w, err := demo.New(c, demo.Options{Now: clk.now})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Listen(""); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		host, _, _ := net.SplitHostPort(addr)
		return (&net.Dialer{}).DialContext(ctx, network, w.Hosts()[host])
	}
	return w, clk, &http.Client{Transport: &http.Transport{DialContext: dial, DisableCompression: true}}
}

func get(t *testing.T, client *http.Client, url string, header ...string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

func TestEveryFeedShowsItsItems(t *testing.T) {
	w, clk, client := serve(t)
	clk.t = start.Add(11 * time.Minute)
	for _, o := range w.Sources() {
		resp, body := get(t, client, o.Feed.URL)
		feed, err := gofeed.NewParser().ParseString(string(body))
		if err != nil {
			t.Errorf("%s: %v", o.Feed.URL, err)
			continue
		}
		if len(feed.Items) == 0 {
			t.Errorf("%s is empty", o.Feed.URL)
		}
		for _, it := range feed.Items {
			if it.PublishedParsed == nil || it.Title == "" {
				t.Errorf("%s: %q has no date or title", o.Feed.URL, it.Link)
			}
			if page, _ := get(t, client, it.Link); page.StatusCode != 200 {
				t.Errorf("%s: %d", it.Link, page.StatusCode)
			}
		}
		again, _ := get(t, client, o.Feed.URL, "If-None-Match", resp.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("%s again: %d, want 304", o.Feed.URL, again.StatusCode)
		}
	}
}

func TestLastDayComesOutLive(t *testing.T) {
	w, clk, client := serve(t)
	if len(w.Schedule()) == 0 {
		t.Fatal("nothing is live")
	}
	for _, p := range w.Schedule() {
		if p.Published.Before(start) || p.Published.After(start.Add(10*time.Minute)) {
			t.Errorf("%s is released at %s", p.Item.ID, p.Published)
		}
		clk.t = p.Published.Add(-time.Second)
		if resp, _ := get(t, client, p.URL); resp.StatusCode != 404 {
			t.Errorf("%s before its time: %d", p.URL, resp.StatusCode)
		}
		clk.t = p.Published
		resp, body := get(t, client, p.URL)
		if resp.StatusCode != 200 || !bytes.Equal(body, p.Body) || resp.Header.Get("Content-Type") != p.ContentType {
			t.Errorf("%s in its time: %d", p.URL, resp.StatusCode)
		}
	}
}

func TestArchiveIsOrderedAndPast(t *testing.T) {
	w, _, _ := serve(t)
	pages, sources := w.Archive(), w.Sources()
	for i, p := range pages {
		if p.Fetched.After(start) || len(p.Body) == 0 || p.Item.Title == "" {
			t.Errorf("%s: fetched %s, %d bytes", p.URL, p.Fetched, len(p.Body))
		}
		if i > 0 && p.Fetched.Before(pages[i-1].Fetched) {
			t.Errorf("%s is out of order", p.URL)
		}
		if home := sources[p.SourceID-1].Source.Home; len(p.URL) < len(home) || p.URL[:len(home)] != home {
			t.Errorf("%s does not belong to %s", p.URL, home)
		}
	}
}

func TestStrangersAreRefused(t *testing.T) {
	w, _, client := serve(t)
	if err := w.Listen("0.0.0.0:0"); err == nil {
		t.Error("the wire opened a port that is not loopback")
	}
	resp, _ := get(t, client, "http://nahr.demo.test/news/1")
	if resp.StatusCode != 404 {
		t.Errorf("an unknown page: %d", resp.StatusCode)
	}
	req, _ := http.NewRequest("GET", "http://nahr.demo.test/", nil)
	req.Host = "example.org"
	if resp, err := client.Do(req); err != nil || resp.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("a strange host: %v %v", resp, err)
	}
}
