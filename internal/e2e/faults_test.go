package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"marsad/internal/desk"
	"marsad/internal/smtp"
	"marsad/internal/sqlite"
	"marsad/mail"
	"marsad/news"
)

// cutter stands before a mail server and cuts the line after the final dot of a message to drop@…, so often: the server has the message
// and nobody hears so.
type cutter struct {
	port int
	left atomic.Int32
}

func startCutter(t *testing.T, server, times int) *cutter {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	c := &cutter{port: l.Addr().(*net.TCPAddr).Port}
	c.left.Store(int32(times))
	var all sync.WaitGroup
	all.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { c.pass(client, server) })
		}
	})
	t.Cleanup(func() { l.Close(); all.Wait() })
	return c
}

func (c *cutter) pass(client net.Conn, port int) {
	defer client.Close()
	server, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return
	}
	defer server.Close()
	var cut atomic.Bool
	var back sync.WaitGroup
	back.Go(func() {
		defer client.Close()
		for b := make([]byte, 4096); ; {
			n, err := server.Read(b)
			if err != nil || cut.Load() {
				return // the answer to the message is swallowed
			}
			if _, err := client.Write(b[:n]); err != nil {
				return
			}
		}
	})
	marked := false
	for lines := bufio.NewReader(client); ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		if strings.HasPrefix(line, "RCPT TO:") {
			marked = strings.Contains(line, "<drop@")
		}
		if line == ".\r\n" && marked && c.left.Add(-1) >= 0 {
			cut.Store(true)
		}
		if _, err := io.WriteString(server, line); err != nil {
			break
		}
		if cut.Load() {
			break
		}
	}
	if cut.Load() {
		back.Wait()
	} else {
		server.Close()
		back.Wait()
	}
}

// joined is the SMTP carrier as the product joins it to the desk.
type joined struct{ *smtp.Carrier }

func (c joined) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	reply, err := c.Carrier.Send(ctx, to.Address, d.Message)
	var e *smtp.Error
	if errors.As(err, &e) {
		if reply = e.Reply; e.Lost {
			err = fmt.Errorf("%w: %w", desk.ErrUnanswered, err)
		}
	}
	return reply, err
}

// plain composes short mails that name their notice.
type plain struct{}

func (plain) Compose(_ context.Context, n news.Notice, to news.Recipient) ([]byte, error) {
	return mail.Compose(mail.Letter{ID: n.ID, Domain: "desk.example", To: to.Address, Headline: "Harbour opens", Subject: n.ID, Lang: "en", Date: n.Planned})
}

// table is a desk with one notice for each of some readers.
type table struct {
	*testing.T
	store   *sqlite.Store
	ids     map[string]int64
	stories int64
	ahead   atomic.Int64 // how far the desk's clock runs ahead, in seconds
}

func (f *table) now() time.Time { return time.Now().Add(time.Duration(f.ahead.Load()) * time.Second) }

func newTable(t *testing.T, path string, readers ...string) *table {
	s, err := sqlite.Open(t.Context(), path)
	must(t, err)
	f := &table{T: t, store: s, ids: map[string]int64{}}
	for _, r := range readers {
		f.ids[r], err = s.SaveRecipient(t.Context(), news.Recipient{Carrier: "mail", Address: r + "@" + domain, State: news.Confirmed, Created: time.Now()})
		must(t, err)
		f.notice(r, r)
	}
	return f
}

func (f *table) notice(id, reader string) {
	f.Helper()
	f.stories++ // each has a letter of its own
	must(f, f.store.AddNotices(f.Context(), []news.Notice{{ID: id, Recipient: f.ids[reader], Story: f.stories, Kind: news.Breaking, Fact: id, Planned: time.Now(), Due: time.Now()}}))
}

// run starts the desk; stop ends it.
func (f *table) run(port int) (out *smtp.Carrier, stop func()) {
	out = &smtp.Carrier{Account: smtp.Account{Host: "127.0.0.1", Port: port, Security: "none", From: "desk@example.org"}, Timeout: 20 * time.Second}
	d := desk.New(desk.Options{Store: f.store, Compose: plain{}, Now: f.now, Tick: 20 * time.Millisecond, Alone: true, Carrier: func(context.Context, string) desk.Carrier { return joined{out} }})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		must(f, <-ended)
		out.Close()
	})
	f.Cleanup(stop)
	return out, stop
}

func (f *table) row(id string) news.Delivery {
	row, err := f.store.Delivery(context.Background(), id)
	if err != nil {
		return news.Delivery{} // the disk is full, or the row is not there: whoever waits for it says so
	}
	return row.Delivery
}

// sent waits until a notice is sent. While nothing is under way time passes faster, until the next attempt.
func (f *table) sent(id string) {
	f.Helper()
	eventually(f, id+" is sent after all", func() bool {
		v := f.row(id)
		if v.State == news.Waiting && v.Leased.IsZero() && v.Next.After(f.now()) {
			f.ahead.Add(5)
		}
		return v.State == news.Sent
	})
}

// TestFaultTable has Postfix refuse some readers in each way that matters, and one line cut after DATA. Nobody waits for anybody else,
// every state is in the outbox with the server's words, and what was put off arrives once Postfix takes it.
func TestFaultTable(t *testing.T) {
	post := startPostfix(t)
	post.answers(t, map[string]string{"busy": "421 4.3.2 come back later", "grey": "450 4.2.0 greylisted", "full": "452 4.2.2 mailbox full",
		"gone": "550 5.1.1 no such user", "unwanted": "550 5.7.1 we do not want you", "slow": "sleep 6"})
	f := newTable(t, filepath.Join(t.TempDir(), "desk.db"), "slow", "busy", "grey", "full", "gone", "unwanted", "drop", "well")
	t.Cleanup(func() { f.store.Close() })
	began := time.Now()
	out, stop := f.run(startCutter(t, post.port, 1).port)
	for id, want := range map[string]struct {
		state    news.DeliveryState
		says     string
		attempts int
	}{
		"busy": {news.Waiting, "421 ", 1}, "grey": {news.Waiting, "450 ", 1}, "full": {news.Waiting, "452 ", 1}, "unwanted": {news.Waiting, "550 ", 1},
		"gone": {news.Failed, "550 ", 1}, "drop": {news.Waiting, "", 1}, "well": {news.Sent, "", 1},
	} {
		eventually(t, id+" as "+string(want.state), func() bool {
			v := f.row(id)
			return v.State == want.state && v.Attempts == want.attempts && strings.HasPrefix(v.Reply, want.says)
		})
	}
	if v := f.row("slow"); time.Since(began) < 5*time.Second && (v.State != news.Waiting || v.Leased.IsZero()) {
		t.Errorf("the slow one is %s: it was to be still under way while all others are settled", v.State)
	}
	eventually(t, "slow and sent", func() bool { return f.row("slow").State == news.Sent })
	if v := f.row("drop"); v.Repeats != 1 {
		t.Errorf("%d repeats are counted of the one whose answer was lost", v.Repeats)
	}
	post.answers(t, nil)
	out.Close() // whoever holds a line has the old answers
	for _, id := range []string{"busy", "grey", "full", "unwanted", "drop"} {
		f.sent(id)
	}
	stop()
	for reader, want := range map[string]news.RecipientState{"gone": news.Bounced, "unwanted": news.Confirmed, "full": news.Confirmed} {
		if r, err := f.store.Recipient(t.Context(), f.ids[reader]); err != nil || r.State != want {
			t.Errorf("%s is %s (%v), want %s", reader, r.State, err, want)
		}
	}
	copies := map[string]int{}
	eventually(t, "all are laid into the mailbox", func() bool {
		clear(copies)
		for _, l := range post.letters(t) {
			for id := range f.ids {
				if strings.Contains(l, "Message-ID: <"+id+"@") || strings.Contains(l, "Message-Id: <"+id+"@") {
					copies[id]++
				}
			}
		}
		return len(copies) == 7
	})
	for id, n := range copies {
		if want := map[string]int{"drop": 2}[id]; n != max(want, 1) {
			t.Errorf("%s arrived %d times", id, n)
		}
	}
}

// TestFullDisk fills the disk under the database while letters are on their way. Nothing is lost and nothing sent twice that was not
// counted, and when there is room again it goes on by itself.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=6m"); err != nil {
		t.Skipf("needs to mount a small disk (root): %v", err)
	}
	defer func() { must(t, syscall.Unmount(dir, syscall.MNT_DETACH)) }()
	post := startPostfix(t)
	f := newTable(t, filepath.Join(dir, "desk.db"), "a", "b", "c", "d")
	defer f.store.Close()
	_, stop := f.run(post.port)
	for _, id := range []string{"a", "b", "c", "d"} {
		f.sent(id)
	}
	for i := range 40 {
		f.notice(fmt.Sprint("n", i), []string{"a", "b", "c", "d"}[i%4])
	}
	filler, err := os.Create(filepath.Join(dir, "filler"))
	must(t, err)
	block := make([]byte, 4096)
	for err == nil {
		_, err = filler.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	full := f.store.AddNotices(t.Context(), []news.Notice{{ID: "refused", Recipient: f.ids["a"], Kind: news.Breaking, Fact: strings.Repeat("x", 1<<20), Planned: time.Now(), Due: time.Now()}})
	if full == nil {
		t.Fatal("the disk is not full: nothing is tried")
	}
	time.Sleep(2 * time.Second) // the desk works against the full disk
	must(t, errors.Join(filler.Truncate(0), filler.Close()))
	for i := range 40 {
		f.sent(fmt.Sprint("n", i))
	}
	stop()
	if f.row("refused").Notice.ID != "" {
		t.Error("what was refused is there all the same")
	}
	eventually(t, "all are laid into the mailbox", func() bool { return len(post.letters(t)) >= 44 })
	copies := 0
	for i := range 40 {
		copies += f.row(fmt.Sprint("n", i)).Repeats
	}
	if got := len(post.letters(t)); got > 44+copies {
		t.Errorf("%d letters for 44 notices, and only %d are counted as sent again", got, copies)
	}
}
