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
	conn             *gosmtp.Conn
}

func (s *server) NewSession(c *gosmtp.Conn) (gosmtp.Session, error) { s.conn = c; return s, nil }
func (s *server) Mail(string, *gosmtp.MailOptions) error            { return s.mail }
func (s *server) Rcpt(string, *gosmtp.RcptOptions) error            { return s.rcpt }
func (s *server) Reset()                                            {}
func (s *server) Logout() error                                     { return nil }
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
	return &smtp.Carrier{Account: smtp.Account{Host: host, Port: n, Security: "none", From: "desk@desk.example"}, Timeout: 5 * time.Second}
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
	c := &smtp.Carrier{Account: smtp.Account{Host: "127.0.0.1", Port: 1, Security: "none"}, Timeout: time.Second}
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
		case <-time.After(5 * time.Second):
			t.Errorf("%s: still waits", security)
		}
	}
}
