package e2e

import (
	"context"
	"fmt"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"marsad/internal/desk"
	"marsad/internal/dkim"
	"marsad/internal/ledger"
	"marsad/internal/letter"
	"marsad/internal/list"
	"marsad/internal/smtp"
	"marsad/internal/sqlite"
	"marsad/mail"
	"marsad/news"
)

// BenchmarkList mails one breaking story to many subscribers through Postfix, which takes the mails and drops them, and sends as many
// with Postfix's own smtp-source to the same server just before. MARSAD_RECIPIENTS says how many; 10,000 without it.
func BenchmarkList(b *testing.B) {
	n := 10_000
	if s := os.Getenv("MARSAD_RECIPIENTS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	post := startPostfix(b, "discard")
	idle := post.worked(b)
	peer := smtpSource(b, post, min(n, 20_000))
	spent := (post.worked(b) - idle).Seconds() * 1000 / float64(min(n, 20_000))
	other := besideListmonk(b, post, n)
	for _, signed := range []bool{false, true} {
		b.Run(fmt.Sprintf("signed=%v", signed), func(b *testing.B) {
			for b.Loop() {
				r := mailAll(b, post, n, signed)
				b.ReportMetric(r.rate, "mails/s")
				b.ReportMetric(r.peak, "MB-peak")
				b.ReportMetric(r.first.Seconds()*1000, "ms-to-first")
				if other > 0 {
					b.ReportMetric(r.rate/other, "x-listmonk")
				}
				b.Logf("%d mails in %v: %.0f a second = %.2f of smtp-source's %.0f; %.2f ms of processor time a mail, and %.2f of Postfix's (%.2f for smtp-source); planned at %.0f copies a second; first accepted after %v; memory %.0f MB at a tenth, %.0f MB at its highest",
					n, r.took.Round(time.Millisecond), r.rate, r.rate/peer, peer, r.worked.Seconds()*1000/float64(n), r.theirs.Seconds()*1000/float64(n), spent, r.planned, r.first.Round(time.Millisecond), r.early, r.peak)
			}
		})
	}
}

// smtpSource gives the messages a second that Postfix's own generator gets through.
func smtpSource(b *testing.B, p *postfix, n int) float64 {
	path, err := exec.LookPath("smtp-source")
	if err != nil {
		b.Skip("needs smtp-source (Debian package postfix)")
	}
	began := time.Now()
	out, err := exec.Command(path, "-s", "16", "-l", "4000", "-m", strconv.Itoa(n), "-f", "desk@desk.example", "-t", "x@"+domain, fmt.Sprintf("127.0.0.1:%d", p.port)).CombinedOutput()
	if err != nil {
		b.Fatalf("smtp-source: %v\n%s", err, out)
	}
	return float64(n) / time.Since(began).Seconds()
}

// mailed is how one run went.
type mailed struct {
	took, first, worked        time.Duration
	theirs                     time.Duration // Postfix's own work
	rate, planned, early, peak float64
}

// frozen composes copies of one letter, as the desk does.
type frozen struct {
	letter mail.Letter
	desk   letter.Desk
	lists  *list.Service
	list   int64
	signer *dkim.Signer

	once   sync.Once
	copies *mail.Copies
}

func (f *frozen) Compose(_ context.Context, n news.Notice, to news.Recipient) ([]byte, error) {
	if to.Carrier == news.ListCarrier {
		return []byte("a preview"), nil
	}
	links := letter.Links{Leave: "https://desk.example/l/leave/" + f.lists.Link(list.Leave, f.list, to.Address), Prefs: "https://desk.example/l/prefs/" + f.lists.Link(list.Prefs, f.list, to.Address)}
	l := f.desk.Personal(f.letter, n, to, links)
	var err error
	f.once.Do(func() { f.copies, err = mail.NewCopies(l) })
	if err != nil {
		return nil, err
	}
	m, err := f.copies.Compose(l)
	if err != nil || f.signer == nil {
		return m, err
	}
	return f.signer.Sign(m)
}

// sender sends and counts.
type sender struct {
	*smtp.Carrier
	lists *list.Service
	sent  atomic.Int64
	first atomic.Int64
}

func (s *sender) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	reply, err := s.SendFrom(ctx, "bounces+"+s.lists.Bounce(d.Notice.ID)+"@desk.example", to.Address, d.Message)
	if err == nil && s.sent.Add(1) == 1 {
		s.first.Store(time.Now().UnixNano())
	}
	return reply, err
}

type expands struct {
	*list.Service
	took *time.Duration
}

func (e expands) Send(ctx context.Context, d news.Delivery, _ news.Recipient) (string, error) {
	began := time.Now()
	n, err := e.Expand(ctx, d.Notice)
	*e.took = time.Since(began)
	return fmt.Sprint(n), err
}

func mailAll(b *testing.B, p *postfix, n int, signed bool) (r mailed) {
	ctx, dir := context.Background(), b.TempDir()
	s, err := sqlite.Open(ctx, filepath.Join(dir, "desk.db"))
	must(b, err)
	defer s.Close()
	book, err := ledger.Open(filepath.Join(dir, "consents"))
	must(b, err)
	defer book.Close()
	var d *desk.Desk
	all, err := list.Open(ctx, list.Options{Store: s, Ledger: book, Secret: []byte("secret"), Wake: func() {
		if d != nil {
			d.WakeCopies()
		}
	}})
	must(b, err)
	l, err := all.Make(ctx, s, news.PublicList{Name: "Ports", Slug: "ports", Langs: []string{"ar"}, AtOnce: true}, "port", true, "UTC", "bench")
	must(b, err)
	var rows strings.Builder
	for i := range n {
		fmt.Fprintf(&rows, "reader%d@%s\n", i, domain)
	}
	_, err = all.Import(ctx, l.ID, strings.NewReader(rows.String()), "a bench's basis", "bench")
	must(b, err)
	f := &frozen{lists: all, list: l.ID, desk: letter.Desk{Base: "https://desk.example", Name: "Desk"}, letter: mail.Letter{Domain: "desk.example",
		From: netmail.Address{Name: "أخبار الموانئ", Address: "desk@desk.example"}, Date: time.Now(), Lang: "ar", Kicker: "عاجل", Subject: "عاجل: سفينة شحن تجنح عند مدخل الميناء الكبير",
		Headline: "سفينة شحن تجنح عند مدخل الميناء الكبير", Summary: []string{"جنحت سفينة شحن فجر اليوم عند مدخل الميناء الكبير.", "ولم يصب أحد."},
		Link: "https://outlet.example/1", LinkText: "اقرأه", Why: "وصلك هذا لأنك اشتركت", Imprint: "Harbour House, 1 Quay", ListID: "ports", Thread: "3", Feedback: "breaking:ports"}}
	if signed {
		k, err := dkim.Generate("desk.example", "m1")
		must(b, err)
		f.signer, err = k.Signer()
		must(b, err)
	}
	out := &sender{Carrier: &smtp.Carrier{Account: smtp.Account{Host: "127.0.0.1", Port: p.port, Security: "none", From: "desk@desk.example"}, Helo: "desk.example"}, lists: all}
	defer out.Close()
	var planned time.Duration
	d = desk.New(desk.Options{Store: s, Compose: f, Wanted: all.Wanted, Alone: true, Tick: 10 * time.Millisecond,
		Carrier: func(_ context.Context, name string) desk.Carrier {
			if name == news.ListCarrier {
				return expands{all, &planned}
			}
			return out
		}})
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- d.Run(running) }()
	began, before, idle := time.Now(), worked(b), p.worked(b)
	must(b, s.AddNotices(ctx, []news.Notice{{ID: "0123456789abcdef0123456789abcdef", Recipient: l.Recipient, Watch: l.Watch, Kind: news.Breaking, Planned: began, Due: began}}))
	d.WakeCopies()
	for sent := int64(0); sent < int64(n); sent = out.sent.Load() {
		time.Sleep(20 * time.Millisecond)
		if now := resident(b); sent > int64(n/10) {
			if r.early == 0 {
				r.early = now
			}
			r.peak = max(r.peak, now)
		}
		if time.Since(began) > 30*time.Minute {
			b.Fatal("not done within half an hour")
		}
	}
	r.worked, r.theirs = worked(b)-before, p.worked(b)-idle
	r.took, r.first = time.Since(began), time.Unix(0, out.first.Load()).Sub(began)
	r.rate, r.planned = float64(n)/r.took.Seconds(), float64(n)/planned.Seconds()
	stop()
	must(b, <-ended)
	if c, err := s.Copies(ctx, "0123456789abcdef0123456789abcdef"); err != nil || c[news.Sent] != n {
		b.Fatalf("%v %v", c, err)
	}
	return r
}

// worked gives the processor time of this process.
func worked(b *testing.B) time.Duration {
	var u syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// resident gives the process's memory in MB.
func resident(b *testing.B) float64 {
	s, err := os.ReadFile("/proc/self/statm")
	must(b, err)
	pages, err := strconv.ParseFloat(strings.Fields(string(s))[1], 64)
	must(b, err)
	return pages * float64(os.Getpagesize()) / 1e6
}
