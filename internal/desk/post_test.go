package desk_test

import (
	"bytes"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	gosmtp "github.com/emersion/go-smtp"
)

// post is a mail server that remembers what it took, and sometimes hangs up instead of saying so.
type post struct {
	server  *gosmtp.Server
	at      net.Listener
	hangsUp bool
	lost    atomic.Int64
	mu      sync.Mutex
	rnd     *rand.Rand
	taken   map[string]int // letters, by their notice
	told    map[string]int // notices told in them
}

func newPost(t testing.TB, seed uint64, hangsUp bool) *post {
	t.Helper()
	p := &post{hangsUp: hangsUp, taken: map[string]int{}, told: map[string]int{}, rnd: rand.New(rand.NewPCG(seed, 1))}
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

// tellings gives how many letters told a notice, its own or another's.
func (p *post) tellings(notice string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.told[notice]
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
	all := strings.Split(string(id), ",")
	s.post.taken[all[0]]++
	for _, one := range all {
		s.post.told[one]++
	}
	hangUp := s.post.hangsUp && s.post.rnd.IntN(20) == 0
	s.post.mu.Unlock()
	if hangUp {
		s.post.lost.Add(1)
		return s.conn.Close()
	}
	return nil
}
