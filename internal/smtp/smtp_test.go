package smtp_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/smtp"

	gosmtp "github.com/emersion/go-smtp"
)

// server is a mail server whose answers a test chooses.
type server struct {
	mail, rcpt, data error
	hangUp           bool // drop the line after the message instead of answering
	got              []string
	from             []string
	sessions         int
	conn             *gosmtp.Conn
}

func (s *server) NewSession(c *gosmtp.Conn) (gosmtp.Session, error) {
	s.conn, s.sessions = c, s.sessions+1
	return s, nil
}
func (s *server) Mail(from string, _ *gosmtp.MailOptions) error {
	s.from = append(s.from, from)
	return s.mail
}
func (s *server) Rcpt(string, *gosmtp.RcptOptions) error { return s.rcpt }
func (s *server) Reset()                                 {}
func (s *server) Logout() error                          { return nil }
func (s *server) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.got = append(s.got, string(b))
	if s.hangUp {
		return s.conn.Conn().Close()
	}
	return s.data
}

func start(t *testing.T, s *server) *smtp.Carrier {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := gosmtp.NewServer(s)
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	host, port, _ := net.SplitHostPort(l.Addr().String())
	n, _ := strconv.Atoi(port)
	return &smtp.Carrier{Account: smtp.Account{Host: host, Port: n, Security: "none", From: "desk@desk.example"}, Timeout: time.Minute}
}

func answer(code int, enhanced ...int) error {
	return &gosmtp.SMTPError{Code: code, EnhancedCode: gosmtp.EnhancedCode{enhanced[0], enhanced[1], enhanced[2]}, Message: "no"}
}

const message = "Subject: x\r\n\r\n.dot\r\nbody\r\n"

func TestSend(t *testing.T) {
	s := &server{}
	reply, err := start(t, s).Send(context.Background(), "lina@reader.example", []byte(message))
	if err != nil || len(s.got) != 1 || !strings.Contains(s.got[0], "\r\n.dot\r\n") || reply == "" {
		t.Fatal(reply, err, s.got)
	}
}

func TestFailuresByStage(t *testing.T) {
	for name, c := range map[string]struct {
		s     *server
		stage smtp.Stage
		kind  fault.Kind
		lost  bool
	}{
		"unknown user": {&server{rcpt: answer(550, 5, 1, 1)}, smtp.Envelope, fault.Permanent, false},
		"greylisted":   {&server{rcpt: answer(450, 4, 7, 1)}, smtp.Envelope, fault.Temporary, false},
		"policy":       {&server{rcpt: answer(550, 5, 7, 1)}, smtp.Envelope, fault.Temporary, false},
		"too big":      {&server{data: answer(552, 5, 3, 4)}, smtp.Data, fault.TooLarge, false},
		"spam":         {&server{data: answer(554, 5, 6, 0)}, smtp.Data, fault.Invalid, false},
		"bare 554":     {&server{data: answer(554, -1, -1, -1)}, smtp.Data, fault.Invalid, false},
		"bare 554, to": {&server{rcpt: answer(554, -1, -1, -1)}, smtp.Envelope, fault.Invalid, false},
		"bare 550":     {&server{rcpt: answer(550, -1, -1, -1)}, smtp.Envelope, fault.Permanent, false},
		"closed box":   {&server{rcpt: answer(550, 5, 2, 1)}, smtp.Envelope, fault.Permanent, false},
		"full for now": {&server{rcpt: answer(552, 5, 2, 2)}, smtp.Envelope, fault.TooLarge, false},
		"our address":  {&server{mail: answer(550, 5, 1, 8)}, smtp.Sender, fault.Temporary, false},
		"our bare one": {&server{mail: answer(553, -1, -1, -1)}, smtp.Sender, fault.Temporary, false},
		"ours, to":     {&server{rcpt: answer(550, 5, 1, 8)}, smtp.Envelope, fault.Temporary, false},
		"full":         {&server{data: answer(452, 4, 2, 2)}, smtp.Data, fault.Temporary, false},
		"hangs up":     {&server{hangUp: true}, smtp.Data, fault.Temporary, true},
	} {
		_, err := start(t, c.s).Send(context.Background(), "lina@reader.example", []byte(message))
		var e *smtp.Error
		if !errors.As(err, &e) || e.Stage != c.stage || fault.KindOf(err) != c.kind || e.Lost != c.lost {
			t.Errorf("%s: %v (%+v) kind %s", name, err, e, fault.KindOf(err))
		}
	}
}

func TestNoServer(t *testing.T) {
	c := &smtp.Carrier{Account: smtp.Account{Host: "127.0.0.1", Port: 1, Security: "none", From: "desk@desk.example"}, Timeout: time.Minute}
	if _, err := c.Send(context.Background(), "a@b.example", nil); fault.KindOf(err) != fault.Temporary {
		t.Fatal(err)
	}
}

func TestPasswordStaysHomeWithoutTLS(t *testing.T) {
	c := start(t, &server{})
	c.Account.Security, c.Account.User = "opportunistic", "desk"
	if _, err := c.Send(context.Background(), "a@b.example", []byte(message)); err == nil {
		t.Fatal("signed in over an open connection")
	}
}

// TestOpportunistic finds a server without STARTTLS still used where the account permits it.
func TestOpportunistic(t *testing.T) {
	s := &server{}
	c := start(t, s)
	c.Account.Security = "opportunistic"
	if _, err := c.Send(context.Background(), "a@b.example", []byte(message)); err != nil || len(s.got) != 1 {
		t.Fatal(err, len(s.got))
	}
}

// TestSilentServer waits for nobody longer than the account's time: a lease would run out, and another worker send the same.
func TestSilentServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	host, port, _ := net.SplitHostPort(l.Addr().String())
	n, _ := strconv.Atoi(port)
	for _, security := range []string{"none", "starttls", "tls", "opportunistic"} {
		c := &smtp.Carrier{Account: smtp.Account{Host: host, Port: n, Security: security, From: "desk@desk.example"}, Timeout: 200 * time.Millisecond}
		done := make(chan error, 1)
		go func() {
			_, err := c.Send(context.Background(), "a@b.example", []byte(message))
			done <- err
		}()
		select {
		case err := <-done:
			if fault.KindOf(err) != fault.Temporary {
				t.Errorf("%s: %v", security, err)
			}
		case <-time.After(time.Minute):
			t.Errorf("%s: still waits", security)
		}
	}
}

// TestOneLineForMany sends over one line what follows closely, also behind a refusal, and opens a new one when the server ended it.
func TestOneLineForMany(t *testing.T) {
	s := &server{}
	c := start(t, s)
	defer c.Close()
	send := func() error {
		_, err := c.SendFrom(context.Background(), "bounce-1@desk.example", "lina@reader.example", []byte(message))
		return err
	}
	for i := range 5 {
		s.rcpt = nil
		if i == 2 {
			s.rcpt = answer(550, 5, 1, 1)
		}
		if err := send(); (err != nil) != (i == 2) {
			t.Fatal(i, err)
		}
	}
	if s.sessions != 1 || len(s.got) != 4 || s.from[0] != "bounce-1@desk.example" {
		t.Fatalf("%d sessions, %d messages from %v", s.sessions, len(s.got), s.from)
	}
	if err := s.conn.Close(); err != nil {
		t.Fatal(err)
	}
	if err := send(); err != nil || s.sessions != 2 {
		t.Fatalf("after the server hung up between two messages: %v, %d sessions", err, s.sessions)
	}
	c.Hush() // too early for a line that was just used
	if err := send(); err != nil || s.sessions != 2 {
		t.Fatal(err, s.sessions)
	}
}

// TestWire reads what goes over the wire for hostile addresses: not one byte of them.
func TestWire(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_, _ = io.WriteString(c, "220 x\r\n")
				b := make([]byte, 4096)
				for {
					n, err := c.Read(b)
					if err != nil {
						return
					}
					if strings.Contains(string(b[:n]), "evil") {
						t.Errorf("on the wire: %q", b[:n])
					}
					_, _ = io.WriteString(c, "250 ok\r\n")
				}
			}()
		}
	}()
	host, port, _ := net.SplitHostPort(l.Addr().String())
	n, _ := strconv.Atoi(port)
	c := &smtp.Carrier{Account: smtp.Account{Host: host, Port: n, Security: "none", From: "desk@desk.example"}, Timeout: time.Minute}
	for _, to := range []string{"a@b.example>\r\nRCPT TO:<evil@d.example", "a@b.example\nevil", "\"evil> SIZE=1\"@b.example", "evil\u202e@b.example", "<evil@b.example", "evil", "a,evil@b.example",
		"a@b.example SMTPUTF8 evil", "\"a\r\nevil\"@b.example", "evil@b.example\x00"} {
		if _, err := c.Send(context.Background(), to, []byte(message)); fault.KindOf(err) != fault.Permanent {
			t.Errorf("%q: %v", to, err)
		}
	}
}

func TestBeyondASCII(t *testing.T) {
	s := &server{}
	c := start(t, s)
	if _, err := c.Send(context.Background(), "لينا@reader.example", []byte(message)); fault.KindOf(err) != fault.Invalid || len(s.got) != 0 {
		t.Fatalf("a server without SMTPUTF8: %v", err)
	}
	if _, err := c.Send(context.Background(), "lina@мир.example", []byte(message)); err != nil {
		t.Fatalf("a domain in another script needs no SMTPUTF8: %v", err)
	}
}

// TestReach looks at a server without writing to anybody, and says what is wrong in the server's words.
func TestReach(t *testing.T) {
	s := &server{}
	if err := start(t, s).Reach(context.Background()); err != nil || len(s.from) > 0 {
		t.Fatal(err, s.from)
	}
	c := (&fake{answers: map[string]string{"greet": "554 5.3.2 no service today"}}).start(t)
	if err := c.Reach(context.Background()); err == nil || !strings.Contains(err.Error(), "no service today") {
		t.Fatal(err)
	}
}
