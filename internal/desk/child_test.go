package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fetch"
	"marsad/internal/smtp"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
)

// child is a desk in a process of its own, which kills itself while it works.
type child struct {
	Path  string
	Hosts map[string]string
	Mail  string
	Steps int           // the step at which it is killed; 0: never
	Delay time.Duration // after that step began
	Lists bool          // it has a public list
}

const childVariable = "MARSAD_TEST_CHILD"

func TestMain(m *testing.M) {
	if s := os.Getenv(childVariable); s != "" {
		var c child
		if err := json.Unmarshal([]byte(s), &c); err != nil {
			panic(err)
		}
		c.run()
		return
	}
	os.Exit(m.Run())
}

func (c child) start(t *testing.T) *exec.Cmd {
	t.Helper()
	arg, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+string(arg))
	cmd.Stderr = os.Stderr
	leash, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { leash.Close() })
	return cmd
}

func (c child) run() {
	go func() { // no child outlives its test
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(1)
	}()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	s, err := sqlite.Open(ctx, c.Path)
	if err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		os.Exit(1)
	}
	host, port, _ := net.SplitHostPort(c.Mail)
	number, _ := strconv.Atoi(port)
	steps := &steps{left: int64(c.Steps), delay: c.Delay}
	if c.Lists {
		if err := errors.Join(c.mailList(ctx, s), s.Close()); err != nil {
			fmt.Fprintln(os.Stderr, "child:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	mail := mailer{&smtp.Carrier{Account: smtp.Account{Host: host, Port: number, Security: "none", From: "desk@example.org"}}, steps}
	d := desk.New(desk.Options{
		Store: dying{s, steps}, Fetcher: fetch.New(fetch.Options{Hosts: c.Hosts, Pause: time.Microsecond}), Analyse: analyse,
		Compose: letters{}, Carrier: func(context.Context, string) desk.Carrier { return mail },
		Tick: 10 * time.Millisecond, Every: desk.Interval{First: 50 * time.Millisecond, Min: 20 * time.Millisecond, Max: 100 * time.Millisecond},
		Alone: true,
		Log:   slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	if err := errors.Join(d.Run(ctx), s.Close()); err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// steps counts what changes the world, and kills the process a moment after the step that was drawn has begun: before, in or after
// its transaction.
type steps struct {
	left  int64
	delay time.Duration
}

func (s *steps) begin() {
	if atomic.AddInt64(&s.left, -1) == 0 {
		time.AfterFunc(s.delay, func() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL) })
	}
}

// dying is a store whose process dies in it.
type dying struct {
	*sqlite.Store
	steps *steps
}

func (d dying) KeepPage(ctx context.Context, p news.Page) (int64, error) {
	d.steps.begin()
	return d.Store.KeepPage(ctx, p)
}

func (d dying) SaveFeed(ctx context.Context, f news.Feed) error {
	d.steps.begin()
	return d.Store.SaveFeed(ctx, f)
}

func (d dying) Commit(ctx context.Context, r store.Result) error {
	d.steps.begin()
	return d.Store.Commit(ctx, r)
}

func (d dying) TellIn(ctx context.Context, letter string, ids []string, now time.Time) error {
	d.steps.begin()
	return d.Store.TellIn(ctx, letter, ids, now)
}

func (d dying) FreezeAll(ctx context.Context, ms []store.Composed) ([][]byte, error) {
	d.steps.begin()
	return d.Store.FreezeAll(ctx, ms)
}

func (d dying) Settle(ctx context.Context, v news.Delivery) error {
	d.steps.begin()
	return d.Store.Settle(ctx, v)
}

// LeaseNotices has no patience: what is due within the hour is due now.
func (d dying) LeaseNotices(ctx context.Context, now time.Time, n int, lease time.Duration) ([]news.Delivery, error) {
	return d.Store.LeaseNotices(ctx, now.Add(time.Hour), n, lease)
}

// letters composes real messages that name all that they tell, their own notice first.
type letters struct{}

func (letters) Compose(_ context.Context, n news.Notice, to news.Recipient) ([]byte, error) {
	tells := n.ID
	for _, a := range n.Also {
		tells += "," + a.ID
	}
	return fmt.Appendf(nil, "From: desk@example.org\r\nTo: %s\r\nSubject: story %d\r\nX-Notice: %s\r\n\r\n%s\r\n", to.Address, n.Story, tells, n.Kind), nil
}

// mailer sends by SMTP, and may be killed while it does.
type mailer struct {
	carrier *smtp.Carrier
	steps   *steps
}

func (m mailer) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	m.steps.begin()
	reply, err := m.carrier.Send(ctx, to.Address, d.Message)
	var e *smtp.Error
	if errors.As(err, &e) && e.Lost {
		err = fmt.Errorf("%w: %w", desk.ErrUnanswered, err)
	}
	return reply, err
}
