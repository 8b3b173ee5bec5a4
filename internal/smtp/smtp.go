// Package smtp carries composed messages to a mail server: STARTTLS or TLS, AUTH, and an answer for every stage at which a
// delivery can fail. It composes nothing and keeps no queue.
package smtp

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strconv"
	"sync"
	"time"

	"marsad/internal/bearer"
	"marsad/internal/fault"
	"marsad/mail"

	"github.com/emersion/go-sasl"
)

// Account is the mail server that takes the desk's mail.
type Account struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	Security string `json:"security"` // "starttls" (required), "tls", "opportunistic", "none"
	User     string `json:"user"`
	Password string `json:"password"`
	From     string `json:"from"` // the bare address that mail comes from
	Name     string `json:"name"` // the name beside it

	TokenFile string `json:"-"` // holds a token that stands for the password (OAuth), and is kept fresh by somebody else; "" for none
}

// Carrier sends through one account, over lines that it keeps open between messages. It is safe for concurrent use and must not be
// copied.
type Carrier struct {
	Account Account
	Helo    string                                                            // what the desk calls itself; "localhost" if empty
	Dial    func(ctx context.Context, network, addr string) (net.Conn, error) // nil: net.Dialer
	TLS     *tls.Config                                                       // nil: verify the server's name
	Timeout time.Duration                                                     // of a whole delivery; 0: two minutes
	Lines   int                                                               // open at once; 0: 32, below what servers permit one client (Postfix: 50)

	idle  lines
	begin sync.Once
	inUse chan struct{} // holds one for each line in use
}

// Send delivers one frozen message to one address and gives the server's words. Failures come back to the account's own address.
func (c *Carrier) Send(ctx context.Context, to string, message []byte) (reply string, err error) {
	return c.SendFrom(ctx, c.Account.From, to, message)
}

// SendFrom is Send with another address that failures come back to (the envelope's sender).
func (c *Carrier) SendFrom(ctx context.Context, from, to string, message []byte) (reply string, err error) {
	timeout := c.Timeout
	if timeout == 0 {
		timeout = 2 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if to, err = mail.Envelope(to); err != nil { // nothing of it may reach the wire
		return "", &Error{Stage: Envelope, err: fault.New(fault.Permanent, "%w", err)}
	}
	if from, err = mail.Envelope(from); err != nil {
		return "", &Error{Stage: Sender, err: fault.New(fault.Temporary, "%w", err)}
	}
	leave, err := c.enter(ctx)
	if err != nil {
		return "", wrap(Connect, err)
	}
	defer leave()
	for {
		l, err := c.take(ctx)
		if err != nil {
			return "", err
		}
		reply, usable, err := l.session.deliver(from, to, message)
		again := l.used > 0 && gone(err) // the server gave up a line that lay idle, before it heard of this message
		c.keep(l, usable)
		if !again || ctx.Err() != nil {
			return reply, err
		}
	}
}

// enter waits until fewer lines are in use than may be.
func (c *Carrier) enter(ctx context.Context) (leave func(), err error) {
	c.begin.Do(func() { c.inUse = make(chan struct{}, cmp.Or(c.Lines, 32)) })
	select {
	case c.inUse <- struct{}{}:
		return func() { <-c.inUse }, nil
	case <-ctx.Done():
		return nil, errors.New("all lines to the mail server are in use")
	}
}

// gone tells whether a line was at its end before our own address was taken.
func gone(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Stage == Sender && e.hungUp() && len(e.Dialogue) > 0
}

// take gives a line to the server: one that is open, or a new one.
func (c *Carrier) take(ctx context.Context) (*line, error) {
	if l := c.idle.pop(); l != nil {
		l.bind(ctx)
		return l, nil
	}
	l := &line{}
	l.bind(ctx)
	if err := c.connect(ctx, l); err != nil {
		l.close()
		return nil, wrap(Connect, err)
	}
	if err := c.signIn(l.session); err != nil {
		l.close()
		return nil, wrap(Sign, err)
	}
	return l, nil
}

// keep lays a line aside for the next message unless it is used up or in doubt.
func (c *Carrier) keep(l *line, usable bool) {
	if !usable {
		l.close()
		return
	}
	if l.used++; !l.release() || l.used >= perLine || !c.idle.push(l) {
		l.quit()
	}
}

// Hush closes lines that nobody needed for a while.
func (c *Carrier) Hush() { c.idle.closeOlder(idleFor) }

// Close closes all lines that are open and not in use.
func (c *Carrier) Close() { c.idle.closeOlder(0) }

// connect opens a line. STARTTLS is required unless the account says that a server without it will do. Where its TLS fails, such an
// account is served by a second line, since the first cannot be used any more. Who the server is does not matter then, unless it is told a
// password: words that somebody else may read are better than words that everybody on the way can (RFC 7435).
func (c *Carrier) connect(ctx context.Context, l *line) error {
	if c.Account.Security != "opportunistic" {
		return c.dial(ctx, l, c.Account.Security)
	}
	err := c.dial(ctx, l, "starttls")
	var answer *Answer
	if err == nil || l.conn == nil || c.Account.User != "" || ctx.Err() != nil || errors.As(err, &answer) {
		return err
	}
	if errors.Is(err, errNoTLS) {
		return nil // the same line will do
	}
	l.conn.Close()
	return c.dial(ctx, l, "none")
}

func (c *Carrier) dial(ctx context.Context, l *line, security string) error {
	dial := c.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: 30 * time.Second}).DialContext
	}
	conn, err := dial(ctx, "tcp", net.JoinHostPort(c.Account.Host, strconv.Itoa(c.Account.Port)))
	if err != nil {
		return err
	}
	l.hold(conn)
	config := c.TLS
	if config == nil {
		config = &tls.Config{ServerName: c.Account.Host, MinVersion: tls.VersionTLS12}
	}
	if c.Account.Security == "opportunistic" && c.Account.User == "" {
		config = config.Clone()
		config.InsecureSkipVerify = true
	}
	helo := name(c.Helo)
	if security == "tls" {
		conn = tls.Client(conn, config)
	}
	l.session, err = open(conn, helo)
	if err == nil && security != "tls" && security != "none" {
		err = l.session.startTLS(ctx, config, helo)
	}
	return err
}

// name gives what the desk calls itself, in ASCII; "localhost" where that is no name.
func name(helo string) string {
	a, err := mail.Envelope("x@" + helo)
	if err != nil {
		return "localhost"
	}
	return Domain(a)
}

func (c *Carrier) signIn(s *session) error {
	a := c.Account
	if a.User == "" {
		return nil
	}
	if !s.secure() && a.Security != "none" {
		return fault.New(fault.Denied, "will not send a password over an open connection")
	}
	if a.TokenFile == "" {
		return s.signIn(sasl.NewPlainClient("", a.User, a.Password), &login{a.User, a.Password})
	}
	token, err := bearer.Token(a.TokenFile)
	if err != nil {
		return err
	}
	return s.signIn(bearer.Ways(a.User, token, a.Host, a.Port)...)
}
