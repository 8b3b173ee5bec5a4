package desk_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"marsad/corpus"
	"marsad/internal/demo"
	"marsad/internal/desk"
	"marsad/internal/fetch"
	"marsad/internal/smtp"
	"marsad/internal/sqlite"
	"marsad/news"
)

// BenchmarkProcess measures how many kept pages a second become articles, each committed durably: the demo's archive, over and over
// at other addresses.
func BenchmarkProcess(b *testing.B) {
	const atLeast = 1000
	c, err := corpus.Load()
	if err != nil {
		b.Fatal(err)
	}
	w, err := demo.New(c, demo.Options{})
	if err != nil {
		b.Fatal(err)
	}
	archive := w.Archive()
	n := 0
	for b.Loop() {
		b.StopTimer()
		s := open(b, filepath.Join(b.TempDir(), "desk.db"))
		seed(b, s, w)
		pages := 0
		for round := 0; pages < atLeast; round++ {
			for _, p := range archive {
				p.URL += fmt.Sprint("?round=", round)
				p.Final, p.Item.URL = p.URL, p.URL
				if _, err := s.KeepPage(context.Background(), p); err != nil {
					b.Fatal(err)
				}
				pages++
			}
		}
		d := desk.New(desk.Options{Store: noFeeds{s}, Fetcher: nobody{}, Analyse: analyse, Compose: plainly{}, Tick: 5 * time.Millisecond})
		b.StartTimer()
		stop := run(b, d)
		until(b, "all pages processed", 10*time.Minute, func() bool {
			c, err := s.Counts(context.Background())
			return err == nil && c.Backlog == 0
		})
		stop()
		n += pages
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "items/s")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkWireToMail measures the time from an item's appearance on the wire to the moment at which a mail server has accepted
// the mail about it. The server is our own unless MARSAD_SMTP names one (host:port, no encryption). Feeds are asked every half
// second, and the rule's pause before a first notice is left out: both are for the operator to choose, and stand in the readme.
func BenchmarkWireToMail(b *testing.B) {
	var waits []time.Duration
	for b.Loop() {
		waits = append(waits, wireToMail(b)...)
	}
	slices.Sort(waits)
	if len(waits) == 0 {
		b.Fatal("no mail was sent")
	}
	b.ReportMetric(float64(len(waits)), "mails")
	b.ReportMetric(float64(waits[len(waits)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(waits[len(waits)*99/100].Milliseconds()), "p99-ms")
	b.ReportMetric(0, "ns/op")
}

// timed is a carrier that notes when a message was accepted.
type timed struct {
	smtp.Carrier
	mu       sync.Mutex
	accepted map[int64]time.Time // by article
}

func (c *timed) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	reply, err := c.Carrier.Send(ctx, to.Address, d.Message)
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, again := c.accepted[d.Notice.Article]; err == nil && !again {
		c.accepted[d.Notice.Article] = time.Now()
	}
	return reply, err
}

func wireToMail(b *testing.B) (waits []time.Duration) {
	ctx := context.Background()
	server := os.Getenv("MARSAD_SMTP")
	if server == "" {
		server = newPost(b, 0, false).address()
	}
	host, port, err := net.SplitHostPort(server)
	if err != nil {
		b.Fatal(err)
	}
	number, _ := strconv.Atoi(port)
	w, s := wire(b, 20*time.Second), open(b, filepath.Join(b.TempDir(), "desk.db"))
	seed(b, s, w)
	c := &timed{Carrier: smtp.Carrier{Account: smtp.Account{Host: host, Port: number, Security: "none", From: "desk@example.org"}}, accepted: map[int64]time.Time{}}
	d := desk.New(desk.Options{
		Store: impatient{s}, Fetcher: fetch.New(fetch.Options{Hosts: w.Hosts(), Pause: 50 * time.Millisecond}), Analyse: analyse,
		Compose: letters{}, Carrier: func(context.Context, string) desk.Carrier { return c },
		Tick: 100 * time.Millisecond, Every: desk.Interval{First: 500 * time.Millisecond, Min: 500 * time.Millisecond, Max: 500 * time.Millisecond},
	})
	stop := run(b, d)
	until(b, "all is sent", time.Minute, func() bool { return done(s, w) })
	stop()
	appeared := map[string]time.Time{}
	for _, p := range w.Schedule() {
		appeared[p.URL] = p.Published
	}
	for article, at := range c.accepted {
		e, err := s.Entry(ctx, article)
		if err != nil {
			b.Fatal(err)
		}
		p, err := s.Page(ctx, e.Article.PageID)
		if err != nil {
			b.Fatal(err)
		}
		if from, today := appeared[p.URL]; today {
			waits = append(waits, at.Sub(from))
		}
	}
	return waits
}

// impatient is a store that gives notices out before they are due.
type impatient struct{ *sqlite.Store }

func (s impatient) LeaseNotices(ctx context.Context, now time.Time, n int, lease time.Duration) ([]news.Delivery, error) {
	return s.Store.LeaseNotices(ctx, now.Add(time.Hour), n, lease)
}
