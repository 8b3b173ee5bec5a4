// Package smtp carries composed messages to a mail server: STARTTLS or TLS, AUTH, and an answer for every stage at which a
// delivery can fail. It composes nothing and keeps no queue.
package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"time"

	"marsad/internal/fault"
	"marsad/mail"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
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
}

// Carrier sends through one account, over lines that it keeps open between messages. It is safe for concurrent use and must not be
// copied.
type Carrier struct {
	Account Account
	Helo    string                                                            // what the desk calls itself; "localhost" if empty
	Dial    func(ctx context.Context, network, addr string) (net.Conn, error) // nil: net.Dialer
	TLS     *tls.Config                                                       // nil: verify the server's name
	Timeout time.Duration                                                     // of a whole delivery; 0: two minutes

	idle lines
}

// Stage says how far a delivery came when it failed. After Data the server may have taken the message although we never heard so.
type Stage string

// The stages.
const (
	Connect  Stage = "connect"
	Sign     Stage = "sign-in"
	Sender   Stage = "sender"   // our own address is refused
	Envelope Stage = "envelope" // the recipient's is
	Data     Stage = "data"
)

// Error is a failed delivery with its stage and the server's own words. Its fault kind says what to do: Temporary to try again,
// Permanent when the address is refused for good, Invalid and TooLarge when this one message is, which says nothing of the address.
type Error struct {
	Stage  Stage
	Code   int // 0: no answer
	Reply  string
	Lost   bool // the message was sent whole and the answer never came: a second try may be a second copy
	policy bool
	err    error
}

func (e *Error) Error() string { return "smtp: " + string(e.Stage) + ": " + e.err.Error() }
func (e *Error) Unwrap() error { return e.err }

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
	l, err := c.take(ctx, from, to)
	if err != nil {
		return "", err
	}
	reply, err = l.deliver(to, message)
	c.keep(l, err)
	return reply, err
}

// take gives a line on which the server has taken our own address: one that is open, or a new one where the server gave that up.
func (c *Carrier) take(ctx context.Context, from, to string) (*line, error) {
	for l := c.idle.pop(); l != nil; l = c.idle.pop() {
		l.bind(ctx)
		err := sender(l.client, from, to)
		if err == nil {
			return l, nil
		}
		l.close()
		if e := wrap(Sender, err); e.Code != 0 && e.Code != 421 {
			return nil, e
		}
	}
	l := &line{}
	l.bind(ctx)
	if err := c.connect(ctx, l); err != nil {
		return nil, wrap(Connect, err)
	}
	if err := c.signIn(l.client); err != nil {
		l.close()
		return nil, wrap(Sign, err)
	}
	if err := sender(l.client, from, to); err != nil {
		l.close()
		return nil, wrap(Sender, err)
	}
	return l, nil
}

func (l *line) deliver(to string, message []byte) (string, error) {
	if err := l.client.Rcpt(to, nil); err != nil {
		return "", wrap(Envelope, err)
	}
	return data(l.client, message)
}

// keep lays a line aside for the next message unless it is used up or in doubt.
func (c *Carrier) keep(l *line, err error) {
	var e *Error
	if errors.As(err, &e) && (e.Code == 0 || e.Code == 421 || l.client.Reset() != nil) {
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

// connect opens a line. STARTTLS is required unless the account says that a server without it will do: then a second line is opened,
// since the first cannot be used any more.
func (c *Carrier) connect(ctx context.Context, l *line) error {
	if c.Account.Security != "opportunistic" {
		return c.dial(ctx, l, c.Account.Security)
	}
	err := c.dial(ctx, l, "starttls")
	var answer *gosmtp.SMTPError
	if err == nil || c.Account.User != "" || ctx.Err() != nil || errors.As(err, &answer) {
		return err
	}
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
	if l.client, err = c.secure(conn, config, security); err != nil {
		l.client = nil
		return errors.Join(err, conn.Close())
	}
	return nil
}

func (c *Carrier) secure(conn net.Conn, config *tls.Config, security string) (*gosmtp.Client, error) {
	helo := c.Helo
	if helo == "" {
		helo = "localhost"
	}
	switch security {
	case "tls":
		client := gosmtp.NewClient(tls.Client(conn, config))
		return client, client.Hello(helo)
	case "none":
		client := gosmtp.NewClient(conn)
		return client, client.Hello(helo)
	}
	return gosmtp.NewClientStartTLS(conn, config)
}

func (c *Carrier) signIn(client *gosmtp.Client) error {
	if c.Account.User == "" {
		return nil
	}
	if _, secure := client.TLSConnectionState(); !secure && c.Account.Security != "none" {
		return fault.New(fault.Denied, "will not send a password over an open connection")
	}
	if client.SupportsAuth(sasl.Plain) {
		return client.Auth(sasl.NewPlainClient("", c.Account.User, c.Account.Password))
	}
	return client.Auth(sasl.NewLoginClient(c.Account.User, c.Account.Password))
}

func sender(client *gosmtp.Client, from, to string) error {
	if ascii(from) && ascii(to) {
		return client.Mail(from, nil)
	}
	if ok, _ := client.Extension("SMTPUTF8"); !ok {
		return errNoUTF8
	}
	return client.Mail(from, &gosmtp.MailOptions{UTF8: true})
}

var errNoUTF8 = fault.New(fault.Invalid, "the mail server takes no address beyond ASCII (SMTPUTF8)")

// data sends the message and waits for the answer that moves the responsibility. Once the final dot is out, a missing answer means
// that nobody knows.
func data(client *gosmtp.Client, message []byte) (string, error) {
	w, err := client.Data()
	if err != nil {
		return "", wrap(Data, err)
	}
	if _, err := w.Write(message); err != nil {
		return "", wrap(Data, err)
	}
	answer, err := w.CloseWithResponse()
	if err != nil {
		e := wrap(Data, err)
		e.Lost = e.Code == 0
		return "", e
	}
	return answer.StatusText, nil
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// wrap gives an error its stage and kind.
func wrap(stage Stage, err error) *Error {
	e := &Error{Stage: stage}
	kind := fault.Temporary
	var answer *gosmtp.SMTPError
	if errors.As(err, &answer) {
		e.Code, e.Reply = answer.Code, strconv.Itoa(answer.Code)+" "+answer.Message
		kind = kindOf(stage, answer)
		e.policy = answer.Code >= 500 && answer.EnhancedCode[1] == 7
	} else if fault.Is(err, fault.Denied) || fault.Is(err, fault.Invalid) {
		kind = fault.KindOf(err)
	}
	if errors.Is(err, io.EOF) {
		err = errors.New("the server hung up")
	}
	e.err = fault.New(kind, "%w", err)
	return e
}

// kindOf judges an answer by its code and enhanced code (RFC 5321, RFC 3463). Only what speaks of the recipient's address alone is
// Permanent: 5.1.x but for 5.1.7 and 5.1.8, which mean the sender's, and 5.2.0 and 5.2.1; without an enhanced code 550, 551 and 553
// to RCPT. 5.7.x says that we are not wanted (policy, reputation, authentication), and so does a refusal before the recipient was
// named: an operator can mend that, so it is tried again. Any other 5xx refuses the message.
func kindOf(stage Stage, a *gosmtp.SMTPError) fault.Kind {
	class, subject, detail := a.EnhancedCode[0], a.EnhancedCode[1], a.EnhancedCode[2]
	switch {
	case a.Code < 500, stage == Connect, stage == Sign, stage == Sender, subject == 7, subject == 1 && (detail == 7 || detail == 8):
		return fault.Temporary
	case subject == 1, subject == 2 && detail < 2:
		return fault.Permanent
	case class <= 0 && stage == Envelope && (a.Code == 550 || a.Code == 551 || a.Code == 553):
		return fault.Permanent
	case a.Code == 552:
		return fault.TooLarge
	}
	return fault.Invalid
}
