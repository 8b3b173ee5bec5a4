package cli

import (
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"marsad/internal/dkim"
	"marsad/internal/sqlite"
	"marsad/internal/web"
	mailpkg "marsad/mail"
	"marsad/wire"
)

// mailCmd sets up what mail needs besides the account: signatures, the return path, how hard a domain may be pressed.
type mailCmd struct {
	Dkim    mailDkimCmd    `cmd:"" help:"Make the keys that sign the desk's mail, and show what to publish."`
	Records mailRecordsCmd `cmd:"" help:"Show the DNS records to publish."`
	Bounces mailBouncesCmd `cmd:"" help:"Say where failed mail comes back to, and where it can be read."`
	Token   mailTokenCmd   `cmd:"" help:"Sign in to the mail server with a token that another program keeps fresh (OAuth)."`
	Pace    mailPaceCmd    `cmd:"" help:"Say how many mails one domain gets at once and in a minute."`
}

type mailDkimCmd struct {
	JSON     bool   `help:"Print one JSON object a line."`
	Domain   string `help:"The domain that signs; that of the sender if empty."`
	Selector string `help:"The keys' name in DNS; marsad and the month if empty."`
	Again    bool   `help:"Make new keys although there are some. Publish the new records before, and keep the old ones for a week."`
}

func (mailDkimCmd) Help() string {
	return `Makes an RSA and an Ed25519 key where there are none, and prints the DNS records to publish. A desk that runs signs from then on.

Example:
  marsad mail dkim --domain desk.example`
}

func (c mailDkimCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error {
		o := outOf(rt.ctx, s)
		if o.DKIM.Domain == "" || c.Again {
			if c.Domain == "" {
				var m web.Mail
				setting(rt.ctx, s, web.SettingMail, &m)
				if c.Domain = domainOf(m.From); c.Domain == "" {
					return usage("say which domain signs with --domain, or set up mail first")
				}
			}
			if c.Selector == "" {
				c.Selector = "marsad" + time.Now().UTC().Format("200601")
			}
			k, err := dkim.Generate(c.Domain, c.Selector)
			if err != nil {
				return usage("%v", err)
			}
			o.DKIM = k
			if err := keepOut(rt.ctx, s, o); err != nil {
				return err
			}
		}
		return rt.showRecords(s, c.JSON)
	})
}

func domainOf(address string) string {
	if i := strings.LastIndexByte(address, '@'); i >= 0 {
		return address[i+1:]
	}
	return ""
}

type mailRecordsCmd struct {
	JSON bool `help:"Print one JSON object a line."`
}

func (c mailRecordsCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error { return rt.showRecords(s, c.JSON) })
}

// record is a DNS record to publish.
type record = wire.DNSRecord

// records gives what a domain should publish so that its mail is taken for its own.
func records(s *sqlite.Store, rt *runtimeEnv) ([]record, error) {
	var m web.Mail
	setting(rt.ctx, s, web.SettingMail, &m)
	o := outOf(rt.ctx, s)
	domain := domainOf(m.From)
	if domain == "" {
		domain = o.DKIM.Domain
	}
	if domain == "" {
		return nil, nil
	}
	out := []record{{Name: domain, Type: "TXT", Value: spf(m.Host), Why: "which servers may send for the domain"}}
	if o.DKIM.Domain != "" {
		keys, err := o.DKIM.Records()
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			out = append(out, record{Name: k.Name, Type: "TXT", Value: k.Value, Why: "verifies the desk's signatures"})
		}
	}
	out = append(out, record{Name: "_dmarc." + domain, Type: "TXT", Value: "v=DMARC1; p=none; rua=mailto:postmaster@" + domain, Why: "begin with p=none, read the reports, then quarantine"})
	if d := domainOf(o.Bounces); d != "" {
		if d != domain { // SPF is asked of the domain that failures come back to
			out = append(out, record{Name: d, Type: "TXT", Value: spf(m.Host), Why: "which servers may send with this return address"})
		}
		out = append(out, record{Name: d, Type: "MX", Value: "10 the server where " + o.Bounces + " is read", Why: "where failed mail comes back to"})
	}
	return append(out, record{Name: "_smtp._tls." + domain, Type: "TXT", Value: "v=TLSRPTv1; rua=mailto:postmaster@" + domain,
		Why: "good to have: others report when TLS to this domain fails; MTA-STS (RFC 8461) for its own server goes with it", Optional: true}), nil
}

func spf(host string) string {
	switch ip := net.ParseIP(host); {
	case host == "" || ip != nil && ip.IsLoopback() || host == "localhost":
		return "v=spf1 a mx ~all"
	case ip != nil && ip.To4() != nil:
		return "v=spf1 ip4:" + host + " ~all"
	case ip != nil:
		return "v=spf1 ip6:" + host + " ~all"
	}
	return "v=spf1 a:" + host + " ~all"
}

func (rt *runtimeEnv) showRecords(s *sqlite.Store, asJSON bool) error {
	rs, err := records(s, rt)
	if err != nil {
		return err
	}
	if len(rs) == 0 {
		return usage("no mail is set up: nothing has to be published yet")
	}
	for _, r := range rs {
		if err := rt.print(asJSON, r, func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "; %s\n%s. IN %s %s\n\n", r.Why, r.Name, r.Type, quotedTXT(r))
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// quotedTXT writes a record's value as a zone file has it: strings of at most 255 bytes.
func quotedTXT(r record) string {
	if r.Type != "TXT" {
		return r.Value
	}
	var parts []string
	for v := r.Value; v != ""; {
		n := min(len(v), 250)
		parts, v = append(parts, strconv.Quote(v[:n])), v[n:]
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "( " + strings.Join(parts, " ") + " )"
}

type mailBouncesCmd struct {
	JSON     bool   `help:"Print one JSON object."`
	Address  string `arg:"" help:"Where failed mail comes back to, such as bounces@desk.example; the server must deliver bounces+anything@ there too."`
	Maildir  string `help:"A Maildir on this machine that the address is delivered into." type:"path"`
	Mbox     string `help:"An mbox file on this machine that the address is delivered into; it is only read." type:"path"`
	Imap     string `help:"host:port of an IMAP server." placeholder:"HOST:PORT"`
	Security string `help:"tls, starttls or none (loopback alone)." default:"tls" enum:"tls,starttls,none"`
	User     string `help:"IMAP user."`
	Password string `help:"File that holds the IMAP password." type:"existingfile" placeholder:"FILE"`
	Token    string `help:"File with a token that stands for the IMAP password (OAuth); another program keeps it fresh." type:"path" placeholder:"FILE"`
	Folder   string `help:"IMAP folder; INBOX if empty."`
}

func (mailBouncesCmd) Help() string {
	return `Examples:
  marsad mail bounces bounces@desk.example --maildir /var/mail/bounces
  marsad mail bounces bounces@desk.example --mbox /var/mail/bounces
  marsad mail bounces bounces@desk.example --imap mail.desk.example:993 --user bounces --password password.txt
  marsad mail bounces bounces@desk.example --imap mail.desk.example:993 --user bounces --token /run/marsad/imap.token`
}

func (c mailBouncesCmd) Run(rt *runtimeEnv) error {
	address, err := mailpkg.Envelope(c.Address)
	if err != nil {
		return usage("%v", err)
	}
	if at := strings.LastIndexByte(address, '@'); at > 18 { // a tag of 45 characters stands behind it, and 64 are allowed
		return usage("%s is too long before the @: at most 18 characters", c.Address)
	}
	box := mailbox{Path: c.Maildir, Security: c.Security, User: c.User, Token: c.Token, Folder: c.Folder}
	if c.Mbox != "" {
		if c.Maildir != "" || c.Imap != "" {
			return usage("give one of a Maildir, an mbox file and an IMAP server")
		}
		box.Path, box.Mbox = c.Mbox, true
	}
	if c.Imap != "" {
		host, port, err := net.SplitHostPort(c.Imap)
		if err != nil {
			return usage("--imap: %v; write host:port, such as mail.desk.example:993", err)
		}
		if box.Host = host; c.Maildir != "" {
			return usage("give a Maildir or an IMAP server, not both")
		}
		if box.Port, err = strconv.Atoi(port); err != nil {
			return usage("--imap: %q is no port", port)
		}
		if err := usableToken(c.Token); err != nil {
			return err
		}
		if c.Password != "" {
			b, err := os.ReadFile(c.Password)
			if err != nil {
				return err
			}
			box.Password = strings.TrimRight(string(b), "\r\n")
		}
	}
	if box.Path == "" && box.Host == "" {
		return usage("say where the mail can be read: --maildir, --mbox or --imap")
	}
	return rt.withStore(func(s *sqlite.Store) error {
		o := outOf(rt.ctx, s)
		o.Bounces, o.Mailbox = address, box
		if err := keepOut(rt.ctx, s, o); err != nil {
			return err
		}
		return rt.done(c.JSON, wire.Done{Did: "changed", What: "mailbox", Name: address}, "failed mail comes back to %s", address)
	})
}

type mailPaceCmd struct {
	JSON      bool `help:"Print one JSON object."`
	PerDomain *int `help:"Mails to one domain at once; 0: any number." placeholder:"N"`
	PerMinute *int `help:"Mails to one domain in a minute; 0: any number." placeholder:"N"`
}

func (mailPaceCmd) Help() string {
	return `Where a provider answers that mail comes too fast, give it less at a time. Without a flag it says what holds.

Example:
  marsad mail pace --per-domain 4 --per-minute 60`
}

// mostMails is more than any provider takes, at once or in a minute.
const mostMails = 1_000_000

func (c mailPaceCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error {
		o := outOf(rt.ctx, s)
		for _, f := range []struct {
			flag string
			said *int
			kept *int
		}{{"--per-domain", c.PerDomain, &o.PerDomain}, {"--per-minute", c.PerMinute, &o.PerMinute}} {
			if f.said == nil {
				continue
			}
			if err := within(f.flag, *f.said, 0, mostMails); err != nil {
				return err
			}
			*f.kept = *f.said
		}
		if c.PerDomain != nil || c.PerMinute != nil {
			if err := keepOut(rt.ctx, s, o); err != nil {
				return err
			}
		}
		return rt.print(c.JSON, wire.Pace{PerDomain: o.PerDomain, PerMinute: o.PerMinute}, func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "to one domain: %s at once, %s in a minute\n", atMost(o.PerDomain), atMost(o.PerMinute))
			return err
		})
	})
}

func atMost(n int) string {
	if n == 0 {
		return "any number"
	}
	return fmt.Sprint("at most ", n)
}
