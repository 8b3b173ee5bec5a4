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

// Carrier sends through one account.
type Carrier struct {
	Account Account
	Helo    string                                                            // what the desk calls itself; "localhost" if empty
	Dial    func(ctx context.Context, network, addr string) (net.Conn, error) // nil: net.Dialer
	TLS     *tls.Config                                                       // nil: verify the server's name
	Timeout time.Duration                                                     // of a whole delivery; 0: two minutes
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
	Stage Stage
	Code  int // 0: no answer
	Reply string
	Lost  bool // the message was sent whole and the answer never came: a second try may be a second copy
	err   error
}

func (e *Error) Error() string { return "smtp: " + string(e.Stage) + ": " + e.err.Error() }
func (e *Error) Unwrap() error { return e.err }

// Send delivers one frozen message to one address and gives the server's words.
func (c *Carrier) Send(ctx context.Context, to string, message []byte) (reply string, err error) {
	timeout := c.Timeout
	if timeout == 0 {
		timeout = 2 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	client, err := c.connect(ctx)
	if err != nil {
		return "", wrap(Connect, err)
	}
	defer client.Close()
	if err := c.signIn(client); err != nil {
		return "", wrap(Sign, err)
	}
	if err := sender(client, c.Account.From, to); err != nil {
		return "", wrap(Sender, err)
	}
	if err := client.Rcpt(to, nil); err != nil {
		return "", wrap(Envelope, err)
	}
	return data(client, message)
}

// connect opens a line. STARTTLS is required unless the account says that a server without it will do: then a second line is opened,
// since the first cannot be used any more.
func (c *Carrier) connect(ctx context.Context) (*gosmtp.Client, error) {
	if c.Account.Security != "opportunistic" {
		return c.line(ctx, c.Account.Security)
	}
	client, err := c.line(ctx, "starttls")
	var answer *gosmtp.SMTPError
	if err == nil || c.Account.User != "" || ctx.Err() != nil || errors.As(err, &answer) {
		return client, err
	}
	return c.line(ctx, "none")
}

func (c *Carrier) line(ctx context.Context, security string) (*gosmtp.Client, error) {
	dial := c.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: 30 * time.Second}).DialContext
	}
	conn, err := dial(ctx, "tcp", net.JoinHostPort(c.Account.Host, strconv.Itoa(c.Account.Port)))
	if err != nil {
		return nil, err
	}
	// The library sets deadlines of its own, of minutes and anew for each command; ours is for all of them.
	context.AfterFunc(ctx, func() { conn.Close() })
	config := c.TLS
	if config == nil {
		config = &tls.Config{ServerName: c.Account.Host, MinVersion: tls.VersionTLS12}
	}
	client, err := c.secure(conn, config, security)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return client, nil
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
	var options *gosmtp.MailOptions
	if ok, _ := client.Extension("SMTPUTF8"); ok && !(ascii(from) && ascii(to)) {
		options = &gosmtp.MailOptions{UTF8: true}
	}
	return client.Mail(from, options)
}

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
	_ = client.Quit() // the message is taken; how the line ends does not matter
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
	} else if fault.Is(err, fault.Denied) {
		kind = fault.Denied
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
