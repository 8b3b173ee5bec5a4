package bounce

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strconv"
	"time"

	"marsad/internal/bearer"
	"marsad/internal/fault"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Account is a mailbox on an IMAP server.
type Account struct {
	Host     string
	Port     int
	Security string // "tls", "starttls", "none"
	User     string
	Password string
	Folder   string      // INBOX if empty
	TLS      *tls.Config // nil: verify the server's name

	TokenFile string // holds a token that stands for the password (OAuth); "" for none
}

// imapPatience is how long one look into the mailbox may take.
const imapPatience = 2 * time.Minute

// IMAP hands the unseen messages of a mailbox to each and marks those as seen for which it returned nil.
func IMAP(ctx context.Context, a Account, each func([]byte) error) error {
	ctx, cancel := context.WithTimeout(ctx, imapPatience)
	defer cancel()
	c, err := a.dial(ctx)
	if err != nil {
		return fault.New(fault.Temporary, "bounce: IMAP: %w", err)
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	if err := a.read(c, each); err != nil {
		return fault.New(fault.Temporary, "bounce: IMAP: %w", err)
	}
	_ = c.Logout().Wait() // all is done; how the line ends does not matter
	return nil
}

func (a Account) dial(ctx context.Context) (*imapclient.Client, error) {
	conn, err := (&net.Dialer{Timeout: 30 * time.Second}).DialContext(ctx, "tcp", net.JoinHostPort(a.Host, strconv.Itoa(a.Port)))
	if err != nil {
		return nil, err
	}
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	config := a.TLS
	if config == nil {
		config = &tls.Config{ServerName: a.Host, MinVersion: tls.VersionTLS12}
	}
	switch a.Security {
	case "none":
		if !private(a.Host) {
			return nil, errors.Join(errors.New("will not send a password over an open connection"), conn.Close())
		}
		return imapclient.New(conn, nil), nil
	case "starttls":
		return imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: config})
	}
	return imapclient.New(tls.Client(conn, config), nil), nil
}

// private tells whether a host is this machine.
func private(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (a Account) read(c *imapclient.Client, each func([]byte) error) error {
	if err := a.signIn(c); err != nil {
		return err
	}
	folder := a.Folder
	if folder == "" {
		folder = "INBOX"
	}
	if _, err := c.Select(folder, nil).Wait(); err != nil {
		return err
	}
	found, err := c.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen}, Smaller: maxMessage}, nil).Wait()
	if err != nil {
		return err
	}
	uids := found.AllUIDs()
	for _, uid := range uids[:min(len(uids), atOnce)] {
		if err := one(c, uid, each); err != nil {
			return err
		}
	}
	return nil
}

// signIn proves who we are, with the token where there is one.
func (a Account) signIn(c *imapclient.Client) error {
	if a.TokenFile == "" {
		return c.Login(a.User, a.Password).Wait()
	}
	token, err := bearer.Token(a.TokenFile)
	if err != nil {
		return err
	}
	can := c.Caps()
	for _, way := range bearer.Ways(a.User, token, a.Host, a.Port) {
		if name, _, err := way.Start(); err == nil && can.Has(imap.AuthCap(name)) {
			return c.Authenticate(way)
		}
	}
	return fault.New(fault.Denied, "the server takes no token: it offers neither OAUTHBEARER nor XOAUTH2")
}

func one(c *imapclient.Client, uid imap.UID, each func([]byte) error) error {
	set, section := imap.UIDSetNum(uid), &imap.FetchItemBodySection{Peek: true}
	ms, err := c.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}}).Collect()
	if err != nil {
		return err
	}
	for _, m := range ms {
		if err := each(m.FindBodySection(section)); err != nil {
			return err
		}
	}
	return c.Store(set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}, nil).Close()
}
