package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	netmail "net/mail"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/entity"
	"marsad/internal/desk"
	"marsad/internal/letter"
	"marsad/internal/smtp"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/mail"
	"marsad/news"
	"marsad/text"
)

// BenchmarkBreaking has several stories break at once on a desk with 10,000 watches, each of a reader of its own, and measures for each
// story the time from the moment at which its article was processed (its notices are stored) to the first mail about it that Postfix
// accepted, and how many mails a second follow. Every watch asks for one of the stories. MARSAD_WATCHES and MARSAD_STORIES say how many.
func BenchmarkBreaking(b *testing.B) {
	watches, stories := number(b, "MARSAD_WATCHES", 10_000), number(b, "MARSAD_STORIES", 20)
	post := startPostfix(b, "discard")
	var firsts []time.Duration
	var rates []float64
	for b.Loop() {
		r := breakAtOnce(b, post, watches, stories)
		firsts, rates = append(firsts, r.firsts...), append(rates, r.rate)
		b.Logf("%d letters on %d stories: %.0f a second; the slowest first one after %v; planning and storing an article's notices took %v at most",
			r.letters, len(r.firsts), r.rate, slices.Max(r.firsts).Round(time.Millisecond), r.commit.Round(time.Millisecond))
	}
	slices.Sort(firsts)
	p99 := firsts[(len(firsts)*99+99)/100-1]
	verdict := "ok"
	if p99 > 2*time.Second {
		verdict = "short"
	}
	b.Logf("breaking-to-first-mail-p99-s-%d-watches %.2f - 2.00 %s", watches, p99.Seconds(), verdict)
	b.ReportMetric(p99.Seconds()*1000, "p99-ms")
	b.ReportMetric(slices.Max(rates), "mails/s")
	b.ReportMetric(0, "ns/op")
}

func number(b *testing.B, name string, or int) int {
	s := os.Getenv(name)
	if s == "" {
		return or
	}
	n, err := strconv.Atoi(s)
	must(b, err)
	return n
}

// broke is how one run went.
type broke struct {
	firsts  []time.Duration
	letters int
	rate    float64
	commit  time.Duration
}

// clocked notes when notices of breaking news were stored.
type clocked struct {
	*sqlite.Store
	mu     sync.Mutex
	stored map[int64]time.Time // by story
	total  int
	slow   time.Duration
}

func (c *clocked) Commit(ctx context.Context, r store.Result) error {
	began := time.Now()
	err := c.Store.Commit(ctx, r)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(r.Notices) > 0 && err == nil {
		c.slow = max(c.slow, time.Since(began))
		c.total += len(r.Notices)
		if c.stored[r.Stories[0].ID].IsZero() {
			c.stored[r.Stories[0].ID] = time.Now()
		}
	}
	return err
}

func (*clocked) LeaseFeeds(context.Context, time.Time, int, time.Duration) ([]news.Feed, error) {
	return nil, nil
}

// wholly composes letters as the product does, with all that they tell read from the store.
type wholly struct {
	*sqlite.Store
	desk letter.Desk
}

func (w wholly) Compose(ctx context.Context, n news.Notice, to news.Recipient) (_ []byte, err error) {
	a := letter.About{Notice: n, Recipient: to}
	if a.Watch, err = w.Watch(ctx, n.Watch); err != nil {
		return nil, err
	}
	if a.Story, err = w.Story(ctx, n.Story); err != nil {
		return nil, err
	}
	if a.Entry, err = w.Entry(ctx, n.Article); err != nil {
		return nil, err
	}
	first, err := w.Entry(ctx, a.Story.First)
	if err != nil {
		return nil, err
	}
	a.First, a.Original = first.Source.Name, letter.Address(first.Article)
	return mail.Compose(w.desk.For(a))
}

// noted is a carrier that notes when the first letter on each story was accepted.
type noted struct {
	*smtp.Carrier
	mu    sync.Mutex
	first map[int64]time.Time
	sent  atomic.Int64
}

func (c *noted) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	reply, err := c.Carrier.Send(ctx, to.Address, d.Message)
	if err == nil {
		c.sent.Add(1)
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.first[d.Notice.Story].IsZero() {
			c.first[d.Notice.Story] = time.Now()
		}
	}
	return reply, err
}

func breakAtOnce(b *testing.B, post *postfix, watches, stories int) (r broke) {
	b.StopTimer()
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(b.TempDir(), "desk.db"))
	must(b, err)
	defer s.Close()
	standing(b, s, watches, stories)
	keepReports(b, s, stories)
	c := &clocked{Store: s, stored: map[int64]time.Time{}}
	out := &noted{Carrier: &smtp.Carrier{Account: smtp.Account{Host: "127.0.0.1", Port: post.port, Security: "none", From: "desk@desk.example"}, Helo: "desk.example"}, first: map[int64]time.Time{}}
	defer out.Close()
	from := letter.Desk{Base: "https://desk.example", From: netmail.Address{Name: "Desk", Address: "desk@desk.example"}, Name: "Desk", Token: func(p string, id int64) string { return fmt.Sprint(p, id) }}
	d := desk.New(desk.Options{Store: c, Compose: wholly{s, from}, Alone: true, Carrier: func(context.Context, string) desk.Carrier { return out },
		Analyse: func(a news.Article, doc *text.Doc) news.Analysis { return analysis.Of(a, doc, entity.Default()) }})
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	b.StartTimer()
	go func() { ended <- d.Run(running) }()
	began := time.Now()
	for at := int64(-1); ; time.Sleep(50 * time.Millisecond) {
		counts, err := s.Counts(ctx)
		must(b, err)
		c.mu.Lock()
		planned := int64(c.total)
		c.mu.Unlock()
		if now := out.sent.Load(); counts.Backlog == 0 && planned > 0 && now >= planned*9/10 && now == at {
			break
		} else {
			at = now
		}
		if time.Since(began) > 3*time.Minute || planned == 0 && time.Since(began) > time.Minute {
			b.Fatalf("%d of %d letters after minutes", out.sent.Load(), planned)
		}
		runtime.Gosched()
	}
	b.StopTimer()
	stop()
	must(b, <-ended)
	var earliest time.Time
	for story, at := range c.stored {
		if first := out.first[story]; !first.IsZero() {
			r.firsts = append(r.firsts, first.Sub(at))
		} else {
			b.Errorf("story %d was told to nobody", story)
		}
		if earliest.IsZero() || at.Before(earliest) {
			earliest = at
		}
	}
	r.letters, r.commit = int(out.sent.Load()), c.slow
	r.rate = float64(r.letters) / time.Since(earliest).Seconds()
	b.StartTimer()
	return r
}

// happenings are what breaks: a thing with a name that nothing else holds, what became of it, where, and how many people were there.
var happenings = []struct {
	thing, name, did, place, city string
	people                        int
}{
	{"tanker", "Ludolandra", "ran aground", "Tarifa", "Algeciras", 31},
	{"footbridge", "Mirovica", "collapsed into the river", "Novi Sad", "Belgrade", 84},
	{"copper mine", "Quellaveta", "was flooded", "Moquegua", "Arequipa", 17},
	{"express train", "Silberpfote", "left the rails", "Bamberg", "Nuremberg", 212},
	{"stadium", "Kamenarena", "lost its roof to a storm", "Plovdiv", "Sofia", 1400},
	{"dam", "Tsarahonenana", "burst", "Antsirabe", "Antananarivo", 620},
	{"ferry", "Hoshimaru", "caught fire", "Hakodate", "Sapporo", 275},
	{"paint factory", "Colorvita", "exploded", "Chennai", "Madurai", 53},
	{"cable car", "Aiguillette", "stopped over a gorge", "Chamonix", "Annecy", 66},
	{"airliner", "Zonderwind", "landed without its wheels", "Eindhoven", "Rotterdam", 148},
	{"museum", "Palatorre", "was robbed at night", "Turin", "Genoa", 9},
	{"volcano", "Tolimanco", "erupted", "Colima", "Guadalajara", 3300},
	{"bank", "Nordkassan", "closed its doors to savers", "Malmo", "Gothenburg", 120},
	{"oil platform", "Bravholm", "was left by its crew", "Stavanger", "Bergen", 94},
	{"zoo", "Wildepark", "lost two lions", "Pretoria", "Durban", 240},
	{"power station", "Kirchbrunn", "was switched off after a leak", "Linz", "Salzburg", 75},
	{"hospital ship", "Esperanta", "was turned away", "Valletta", "Palermo", 410},
	{"data centre", "Hraunver", "lost its cooling", "Keflavik", "Akureyri", 22},
	{"cheese market", "Queijaria", "was shut over listeria", "Coimbra", "Braga", 38},
	{"observatory", "Almagest", "was cut off by a landslide", "Antofagasta", "Santiago", 58},
}

// ship gives the name of a story's thing.
func ship(n int) string { return happenings[n%len(happenings)].name }

// standing makes watches, each with a reader of its own, in turn for each story.
func standing(b *testing.B, s *sqlite.Store, watches, stories int) {
	ctx := context.Background()
	for i := range watches {
		to, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: fmt.Sprintf("reader%d@%s", i, domain), Lang: []string{"ar", "en"}[i%2], Zone: "Europe/Berlin", State: news.Confirmed, Created: time.Now()})
		must(b, err)
		_, err = s.SaveWatch(ctx, news.Watch{Name: fmt.Sprint("Ships ", i), Query: ship(i%stories) + " is:breaking", Recipients: []int64{to}, Zone: "Europe/Berlin", Tell: []news.ReasonKind{news.Breaking, news.Denial}, Created: time.Now().Add(-time.Hour)})
		must(b, err)
	}
}

// reports are the ways in which outlets tell of a thing: its name, what it is, what became of it, place, city, people.
var reports = []string{
	"The %[2]s %[1]s %[3]s near %[4]s at dawn with %[6]d people there. Rescuers from %[5]s were sent. Nobody was hurt, the authorities of %[5]s said. The owner of the %[1]s gave no reason.",
	"A %[2]s named %[1]s %[3]s in %[4]s, and %[6]d people were brought to safety. The authorities of %[5]s spoke of the worst such case in ten years. Crews are still at the %[1]s.",
	"In %[4]s, rescuers helped %[6]d people after the %[2]s %[1]s %[3]s this morning. The mayor came from %[5]s to see the %[1]s himself.",
	"It was early when the %[1]s %[3]s: %[6]d people were at the %[2]s in %[4]s. All of them are safe, says %[5]s. Two crews stay near the %[1]s.",
	"All %[6]d people are safe after the %[2]s %[1]s %[3]s at %[4]s. Help came from %[5]s within the hour. The %[1]s had been checked last year.",
	"%[4]s woke to bad news: the %[2]s %[1]s %[3]s, with %[6]d people there. Experts from %[5]s are to look at the %[1]s today.",
	"The %[1]s, a %[2]s in %[4]s, %[3]s. Its %[6]d people were taken to %[5]s, the authorities said. An inquiry into the %[1]s begins today.",
	"Experts are on their way to the %[2]s %[1]s, which %[3]s near %[4]s with %[6]d people there. %[5]s sent two crews. The %[1]s will stay closed.",
}

// keepDays keeps what an outlet published in the days before: a page an hour, of which none has to do with another, so that the desk knows
// how little is usual.
func keepDays(b *testing.B, s *sqlite.Store, outlet int64, days int) {
	rnd := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		const a, b = "bcdfghjklmnprstvz", "aeiou"
		w := make([]byte, 8)
		for i := range w {
			w[i] = []string{a, b}[i%2][rnd.IntN(5+12*(1-i%2))]
		}
		return string(w)
	}
	for hour := range days * 24 {
		at := time.Now().Add(-time.Duration(days*24-hour) * time.Hour)
		var body strings.Builder
		for range 6 {
			fmt.Fprintf(&body, "<p>The %s of the %s was %s by a %s, %s said on a %s.</p>", word(), word(), word(), word(), word(), word())
		}
		keep(b, s, outlet, fmt.Sprintf("https://outlet0.example/old/%d", hour), "The "+word()+" of "+word(), body.String(), at)
	}
}

func keep(b *testing.B, s *sqlite.Store, outlet int64, url, title, body string, at time.Time) {
	_, err := s.KeepPage(context.Background(), news.Page{SourceID: outlet, URL: url, Final: url, Status: 200, ContentType: "text/html; charset=utf-8", Fetched: at,
		Body: fmt.Appendf(nil, `<html lang="en"><head><title>%[1]s</title><meta property="article:published_time" content="%[2]s"></head><body><article><h1>%[1]s</h1>%[3]s</article></body></html>`, title, at.Format(time.RFC3339), body)})
	must(b, err)
}

// keepReports keeps the pages of all stories in turn, as their outlets published them within the last minutes.
func keepReports(b *testing.B, s *sqlite.Store, stories int) {
	ctx := context.Background()
	now := time.Now()
	for i, words := range reports {
		outlet, err := s.AddSource(ctx, news.Source{Name: fmt.Sprint("Outlet ", i), Lang: "en", Created: now}, []news.Feed{{URL: fmt.Sprintf("https://outlet%d.example/feed", i), Due: now}})
		must(b, err)
		if i == 0 {
			keepDays(b, s, outlet, 3)
		}
		at := now.Add(time.Duration(i-len(reports)) * 15 * time.Second)
		for n := range stories {
			h := happenings[n%len(happenings)]
			said := fmt.Sprintf(words, h.name, h.thing, h.did, h.place, h.city, h.people)
			title, _, _ := strings.Cut(said, ". ")
			var body strings.Builder
			for _, sentence := range strings.SplitAfter(said, ". ") {
				fmt.Fprintf(&body, "<p>%s</p>", sentence)
			}
			keep(b, s, outlet, fmt.Sprintf("https://outlet%d.example/%d", i, n), title, body.String(), at)
		}
	}
}
