package desk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"marsad/internal/desk"
	"marsad/internal/ledger"
	"marsad/internal/list"
	"marsad/internal/smtp"
	"marsad/internal/sqlite"
	"marsad/news"
)

func (d dying) AddNotices(ctx context.Context, ns []news.Notice) error {
	d.steps.begin()
	return d.Store.AddNotices(ctx, ns)
}

func (d dying) SettleAll(ctx context.Context, vs []news.Delivery) error {
	d.steps.begin()
	return d.Store.SettleAll(ctx, vs)
}

func (d dying) LeaseCopies(ctx context.Context, now time.Time, n int, lease time.Duration) ([]news.Delivery, error) {
	return d.Store.LeaseCopies(ctx, now.Add(time.Hour), n, lease)
}

func (d dying) Follow(ctx context.Context, es ...ledger.Entry) error {
	d.steps.begin()
	return d.Store.Follow(ctx, es...)
}

// lists opens the lists of a folder.
func lists(s list.Store, folder string) (*list.Service, error) {
	l, err := ledger.Open(filepath.Join(folder, "consents"))
	if err != nil {
		return nil, err
	}
	return list.Open(context.Background(), list.Options{Store: s, Ledger: l, Secret: []byte("secret")})
}

// expander turns a list's notice into its copies.
type expander struct{ *list.Service }

func (e expander) Send(ctx context.Context, d news.Delivery, _ news.Recipient) (string, error) {
	n, err := e.Expand(ctx, d.Notice)
	return fmt.Sprint(n), err
}

// mailList is the child's work where it has a public list: expand what is due, send the copies.
func (c child) mailList(ctx context.Context, s *sqlite.Store) error {
	host, port, _ := net.SplitHostPort(c.Mail)
	number, _ := strconv.Atoi(port)
	steps := &steps{left: int64(c.Steps), delay: c.Delay}
	mail := mailer{&smtp.Carrier{Account: smtp.Account{Host: host, Port: number, Security: "none", From: "desk@example.org"}}, steps}
	all, err := lists(dying{s, steps}, filepath.Dir(c.Path))
	if err != nil {
		return err
	}
	d := desk.New(desk.Options{
		Store: dying{s, steps}, Fetcher: nobody{}, Analyse: analyse, Compose: letters{}, Wanted: all.Wanted,
		Carrier: func(_ context.Context, name string) desk.Carrier {
			if name == news.ListCarrier {
				return expander{all}
			}
			return mail
		},
		Tick: 10 * time.Millisecond, Alone: true, Copies: 8,
	})
	return d.Run(ctx)
}

const subscribers = 600

// TestCrashCopies kills a desk over and over while it mails a public list: every subscriber gets the letter, and a second copy only
// where the desk counts that one may be out.
func TestCrashCopies(t *testing.T) {
	kills := 20
	if s := os.Getenv("MARSAD_KILLS"); s != "" {
		all, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		kills = all / 10
	} else if testing.Short() {
		t.Skip("takes some seconds")
	}
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	sum := tally{}
	for left := kills; left > 0; left -= 20 {
		sum.add(copiesRound(t, rnd, min(left, 20)))
	}
	t.Logf("%d kills: %d copies sent, %d answers lost by the server, %d second copies, %d of them counted", sum.kills, sum.notices, sum.lost, sum.copies, min(sum.copies, sum.counted))
}

func copiesRound(t *testing.T, rnd *rand.Rand, kills int) (out tally) {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	post, path := newPost(t, rnd.Uint64(), true), filepath.Join(dir, "desk.db")
	s := open(t, path)
	master := subscribed(t, s, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	c := child{Path: path, Mail: post.address(), Lists: true}
	for range kills {
		c.Steps, c.Delay = 1+rnd.IntN(50), time.Duration(rnd.IntN(3000))*time.Microsecond
		cmd := c.start(t)
		ends := time.AfterFunc(3*time.Second, func() { _ = cmd.Process.Kill() }) // nothing was left to do, so the step never came
		if err := cmd.Wait(); err == nil {
			t.Fatal("the child came to an end of its own")
		}
		if !ends.Stop() {
			break
		}
		out.kills++
	}
	c.Steps = 0
	last := c.start(t)
	s = open(t, path)
	until(t, "all copies sent", time.Minute, func() bool {
		n, err := s.Copies(ctx, master)
		return err == nil && n[news.Sent] == subscribers
	})
	if err := last.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := last.Wait(); err != nil {
		t.Fatalf("the last child: %v", err)
	}
	rows, err := s.CopiesOf(ctx, master, "", "", 1<<20)
	if err != nil || len(rows) != subscribers {
		t.Fatalf("%d copies for %d subscribers: %v", len(rows), subscribers, err)
	}
	for _, r := range rows {
		copies := post.copies(r.Delivery.Notice.ID)
		if copies == 0 || copies-1 > r.Delivery.Repeats {
			t.Errorf("copy %s arrived %d times, %d repeats are counted", r.Delivery.Notice.ID, copies, r.Delivery.Repeats)
		}
		out.copies, out.counted = out.copies+max(0, copies-1), out.counted+r.Delivery.Repeats
	}
	out.notices, out.lost = len(rows), int(post.lost.Load())
	return out
}

// subscribed makes a list with subscribers and a notice that it is owed, which nobody has to release.
func subscribed(t *testing.T, s *sqlite.Store, dir string) (notice string) {
	t.Helper()
	ctx := context.Background()
	all, err := lists(s, dir)
	if err != nil {
		t.Fatal(err)
	}
	l, err := all.Make(ctx, s, news.PublicList{Name: "Ports", Slug: "ports", Langs: []string{"en"}, AtOnce: true}, "port", false, "UTC", "test")
	if err != nil {
		t.Fatal(err)
	}
	var rows strings.Builder
	for i := range subscribers {
		fmt.Fprintf(&rows, "x%d@reader.example\n", i)
	}
	if out, err := all.Import(ctx, l.ID, strings.NewReader(rows.String()), "a test's basis", "test"); err != nil || out.Added != subscribers {
		t.Fatal(out, err)
	}
	if err := all.Ledger.Close(); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	n := news.Notice{ID: "0123456789abcdef", Recipient: l.Recipient, Watch: l.Watch, Kind: news.FirstMatch, Planned: now, Due: now}
	if err := s.AddNotices(ctx, []news.Notice{n}); err != nil {
		t.Fatal(err)
	}
	return n.ID
}
