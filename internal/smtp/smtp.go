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
	Envelope Stage = "envelope"
	Data     Stage = "data"
)

// Error is a failed delivery with its stage and the server's own words. Its fault kind says what to do: Temporary to try again,
// Permanent when the address is refused for good.
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
	stop := context.AfterFunc(ctx, func() { client.Close() })
	defer stop()
	if err := c.signIn(client); err != nil {
		return "", wrap(Sign, err)
	}
	if err := envelope(client, c.Account.From, to); err != nil {
		return "", wrap(Envelope, err)
	}
	return data(client, message)
}

func (c *Carrier) connect(ctx context.Context) (*gosmtp.Client, error) {
	dial := c.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: 30 * time.Second}).DialContext
	}
	conn, err := dial(ctx, "tcp", net.JoinHostPort(c.Account.Host, strconv.Itoa(c.Account.Port)))
	if err != nil {
		return nil, err
	}
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	config := c.TLS
	if config == nil {
		config = &tls.Config{ServerName: c.Account.Host, MinVersion: tls.VersionTLS12}
	}
	client, err := c.secure(conn, config)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return client, nil
}

func (c *Carrier) secure(conn net.Conn, config *tls.Config) (*gosmtp.Client, error) {
	helo := c.Helo
	if helo == "" {
		helo = "localhost"
	}
	switch c.Account.Security {
	case "tls":
		client := gosmtp.NewClient(tls.Client(conn, config))
		return client, client.Hello(helo)
	case "none":
		client := gosmtp.NewClient(conn)
		return client, client.Hello(helo)
	}
	// STARTTLS is required unless the account says that a server without it will do.
	client, err := gosmtp.NewClientStartTLS(conn, config)
	if err == nil {
		return client, nil
	}
	if c.Account.Security == "opportunistic" && c.Account.User == "" {
		client = gosmtp.NewClient(conn)
		return client, nil
	}
	return nil, err
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

func envelope(client *gosmtp.Client, from, to string) error {
	var options *gosmtp.MailOptions
	if ok, _ := client.Extension("SMTPUTF8"); ok && !(ascii(from) && ascii(to)) {
		options = &gosmtp.MailOptions{UTF8: true}
	}
	if err := client.Mail(from, options); err != nil {
		return err
	}
	return client.Rcpt(to, nil)
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

// wrap gives an error its stage and kind. 4xx and silence are temporary. 5.1.x and 5.2.1 say that the address is no good, which is
// permanent; 5.7.x says that we are not wanted (policy, reputation, authentication), which is never the recipient's fault and is
// tried again; any other 5xx is permanent for this message.
func wrap(stage Stage, err error) *Error {
	e := &Error{Stage: stage}
	kind := fault.Temporary
	var answer *gosmtp.SMTPError
	if errors.As(err, &answer) {
		e.Code, e.Reply = answer.Code, strconv.Itoa(answer.Code)+" "+answer.Message
		if answer.Code >= 500 && stage != Sign && stage != Connect && answer.EnhancedCode[1] != 7 {
			kind = fault.Permanent
		}
	} else if fault.Is(err, fault.Denied) {
		kind = fault.Denied
	}
	if errors.Is(err, io.EOF) {
		err = errors.New("the server hung up")
	}
	e.err = fault.New(kind, "%w", err)
	return e
}
