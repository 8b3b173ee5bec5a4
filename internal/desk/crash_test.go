package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"marsad/internal/demo"
	"marsad/internal/desk"
	"marsad/internal/fetch"
	"marsad/internal/smtp"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"

	gosmtp "github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// killsARound is how many times one desk is killed before its outcome is judged.
const killsARound = 30

// TestCrash kills a desk with SIGKILL at many points of its work while the wire publishes, starts it again each time, and finds
// every article and every notice as in a run without kills. MARSAD_KILLS says how often; without it, 30 times.
func TestCrash(t *testing.T) {
	kills := killsARound
	if s := os.Getenv("MARSAD_KILLS"); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	} else if testing.Short() {
		t.Skip("takes some ten seconds")
	}
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	sum := tally{}
	for left := kills; left > 0; left -= killsARound {
		sum.add(crashRound(t, rnd, min(left, killsARound)))
	}
	t.Logf("%d kills: %d pages, %d notices, %d answers lost by the server, %d second copies, %d of them counted", sum.kills, sum.pages, sum.notices,
		sum.lost, sum.copies, min(sum.copies, sum.counted))
}

type tally struct{ kills, pages, notices, lost, copies, counted int }

func (t *tally) add(o tally) {
	t.kills, t.pages, t.notices = t.kills+o.kills, t.pages+o.pages, t.notices+o.notices
	t.lost, t.copies, t.counted = t.lost+o.lost, t.copies+o.copies, t.counted+o.counted
}

// crashRound kills one desk some times, lets it end its work, and judges.
func crashRound(t *testing.T, rnd *rand.Rand, kills int) tally {
	t.Helper()
	dir := t.TempDir()
	w, post := wire(t, 2*time.Second), newPost(t, rnd.Uint64(), true)
	path := filepath.Join(dir, "desk.db")
	first := open(t, path)
	seed(t, first, w)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	c := child{Path: path, Hosts: w.Hosts(), Mail: post.address()}
	for range kills {
		// Some lives are long and some end at once; all of them together reach through the whole work.
		c.Steps, c.Delay = 1+rnd.IntN(60), time.Duration(rnd.IntN(3000))*time.Microsecond
		if err := c.start(t).Wait(); err == nil {
			t.Fatal("the child came to an end of its own")
		}
	}
	c.Steps = 0
	last := c.start(t)
	s := open(t, path)
	until(t, "done with everything", time.Minute, func() bool { return done(s, w) })
	if err := last.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := last.Wait(); err != nil {
		t.Fatalf("the last child: %v", err)
	}
	out := judge(t, s, w, post)
	out.kills = kills
	return out
}

// done tells whether every publication of the wire's day was read and every notice sent.
func done(s *sqlite.Store, w *demo.Wire) bool {
	ctx := context.Background()
	c, err := s.Counts(ctx)
	if err != nil || c.Backlog > 0 || c.Pages == 0 {
		return false
	}
	var items []news.Item
	for _, p := range w.Schedule() {
		items = append(items, news.Item{URL: p.URL})
	}
	if unseen, err := s.Unseen(ctx, 1, items); err != nil || len(unseen) > 0 {
		return false
	}
	rows, err := s.Outbox(ctx, time.Time{}, 1<<20)
	for _, r := range rows {
		if r.Delivery.State == news.Waiting {
			return false
		}
	}
	return err == nil
}

// judge compares what the killed desk made with what a desk makes of the same pages that is never killed, and the mails that
// arrived with the notices.
func judge(t *testing.T, s *sqlite.Store, w *demo.Wire, post *post) (out tally) {
	t.Helper()
	ctx := context.Background()
	calm := replay(t, s, w)
	got, want := entries(t, s), entries(t, calm)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("articles (-without kills +with):\n%s", diff)
	}
	if diff := cmp.Diff(stories(t, calm), stories(t, s), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("stories (-without kills +with):\n%s", diff)
	}
	if diff := cmp.Diff(notices(t, calm), notices(t, s)); diff != "" {
		t.Errorf("notices (-without kills +with):\n%s", diff)
	}
	urls := map[string]int{}
	for _, e := range got {
		urls[e.Article.URL]++
	}
	for u, n := range urls {
		if n > 1 {
			t.Errorf("%s is there %d times", u, n)
		}
	}
	rows, err := s.Outbox(ctx, time.Time{}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		n, copies := r.Delivery.Notice, post.copies(r.Delivery.Notice.ID)
		switch {
		case r.Delivery.State != news.Sent:
			t.Errorf("notice %s ended as %s: %s", n.ID, r.Delivery.State, r.Delivery.Reply)
		case copies == 0:
			t.Errorf("notice %s is said to be sent and never arrived", n.ID)
		case copies-1 > r.Delivery.Repeats:
			t.Errorf("notice %s arrived %d times, and only %d repeats are counted", n.ID, copies, r.Delivery.Repeats)
		}
		out.copies, out.counted = out.copies+copies-1, out.counted+r.Delivery.Repeats
	}
	if len(rows) == 0 || len(got) < len(w.Schedule()) {
		t.Errorf("only %d articles and %d notices: nothing was tried", len(got), len(rows))
	}
	c, _ := s.Counts(ctx)
	out.pages, out.notices, out.lost = c.Pages, len(rows), int(post.lost.Load())
	return out
}

// replay gives a store that a desk made of the same pages, in one go.
func replay(t *testing.T, from *sqlite.Store, w *demo.Wire) *sqlite.Store {
	t.Helper()
	ctx := context.Background()
	to := open(t, filepath.Join(t.TempDir(), "calm.db"))
	seed(t, to, w)
	pages, err := from.PagesAfter(ctx, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if id, err := to.KeepPage(ctx, p); err != nil || id != p.ID {
			t.Fatalf("page %d became %d: %v", p.ID, id, err)
		}
	}
	d := desk.New(desk.Options{Store: noFeeds{to}, Fetcher: nobody{}, Analyse: analyse, Compose: plainly{}, Tick: 10 * time.Millisecond})
	stop := run(t, d)
	until(t, "the pages were processed again", time.Minute, func() bool {
		c, err := to.Counts(ctx)
		return err == nil && c.Backlog == 0
	})
	stop()
	return to
}

// noFeeds is a store whose feeds are never due.
type noFeeds struct{ *sqlite.Store }

func (noFeeds) LeaseFeeds(context.Context, time.Time, int, time.Duration) ([]news.Feed, error) {
	return nil, nil
}

// nobody fetches nothing.
type nobody struct{}

func (nobody) Get(context.Context, desk.Request) (desk.Response, error) {
	return desk.Response{}, errors.New("nothing is fetched in a replay")
}

// entries gives all articles with all that was said of them, in order.
func entries(t *testing.T, s *sqlite.Store) (all []store.Entry) {
	t.Helper()
	all, err := s.Window(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// stories gives all stories as they are told.
func stories(t *testing.T, s *sqlite.Store) (all []news.Story) {
	t.Helper()
	cards, err := s.Stories(context.Background(), store.StoryFilter{N: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cards {
		all = append(all, c.Story)
	}
	return all
}

// notices gives all notices by what makes them what they are; when they were planned differs from run to run.
func notices(t *testing.T, s *sqlite.Store) map[string]news.Notice {
	t.Helper()
	ns, err := s.History(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]news.Notice{}
	for _, n := range ns {
		n.Planned, n.Due = time.Time{}, time.Time{}
		all[n.ID] = n
	}
	return all
}

// child is a desk in a process of its own, which kills itself while it works.
type child struct {
	Path  string
	Hosts map[string]string
	Mail  string
	Steps int           // the step at which it is killed; 0: never
	Delay time.Duration // after that step began
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

func (d dying) Freeze(ctx context.Context, notice string, m []byte) ([]byte, error) {
	d.steps.begin()
	return d.Store.Freeze(ctx, notice, m)
}

func (d dying) Settle(ctx context.Context, v news.Delivery) error {
	d.steps.begin()
	return d.Store.Settle(ctx, v)
}

// LeaseNotices has no patience: what is due within the hour is due now.
func (d dying) LeaseNotices(ctx context.Context, now time.Time, n int, lease time.Duration) ([]news.Delivery, error) {
	return d.Store.LeaseNotices(ctx, now.Add(time.Hour), n, lease)
}

// letters composes real messages that name their notice.
type letters struct{}

func (letters) Compose(_ context.Context, n news.Notice, to news.Recipient) ([]byte, error) {
	return fmt.Appendf(nil, "From: desk@example.org\r\nTo: %s\r\nSubject: story %d\r\nX-Notice: %s\r\n\r\n%s\r\n", to.Address, n.Story, n.ID, n.Kind), nil
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

// post is a mail server that remembers what it took, and sometimes hangs up instead of saying so.
type post struct {
	server  *gosmtp.Server
	at      net.Listener
	hangsUp bool
	lost    atomic.Int64
	mu      sync.Mutex
	rnd     *rand.Rand
	taken   map[string]int
}

func newPost(t testing.TB, seed uint64, hangsUp bool) *post {
	t.Helper()
	p := &post{hangsUp: hangsUp, taken: map[string]int{}, rnd: rand.New(rand.NewPCG(seed, 1))}
	p.server = gosmtp.NewServer(p)
	p.server.Domain = "post.example.org"
	p.server.ErrorLog = log.New(io.Discard, "", 0) // killed clients are what this is about
	var err error
	if p.at, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() { _ = p.server.Serve(p.at) })
	t.Cleanup(func() { p.server.Close(); all.Wait() })
	return p
}

func (p *post) address() string { return p.at.Addr().String() }

func (p *post) copies(notice string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.taken[notice]
}

// NewSession implements gosmtp.Backend.
func (p *post) NewSession(c *gosmtp.Conn) (gosmtp.Session, error) { return &session{p, c}, nil }

type session struct {
	post *post
	conn *gosmtp.Conn
}

func (*session) Mail(string, *gosmtp.MailOptions) error { return nil }
func (*session) Rcpt(string, *gosmtp.RcptOptions) error { return nil }
func (*session) Reset()                                 {}
func (*session) Logout() error                          { return nil }

// Data takes a message; one in twenty times the answer gets lost.
func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, after, _ := bytes.Cut(b, []byte("X-Notice: "))
	id, _, _ := bytes.Cut(after, []byte("\r\n"))
	s.post.mu.Lock()
	s.post.taken[string(id)]++
	hangUp := s.post.hangsUp && s.post.rnd.IntN(20) == 0
	s.post.mu.Unlock()
	if hangUp {
		s.post.lost.Add(1)
		return s.conn.Close()
	}
	return nil
}
