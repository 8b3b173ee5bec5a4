package smtp_test

import (
	"context"
	"crypto/tls"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/smtp"
)

func send(c *smtp.Carrier, to string) (string, *smtp.Error) {
	reply, err := c.Send(context.Background(), to, []byte(message))
	var e *smtp.Error
	if err != nil && !errors.As(err, &e) {
		panic(err)
	}
	return reply, e
}

// TestTogether sends the commands of a message in one write only where the server says that it may.
func TestTogether(t *testing.T) {
	for _, can := range [][]string{{"PIPELINING"}, {"8BITMIME"}} {
		f := &fake{can: can}
		if reply, e := send(f.start(t), "lina@reader.example"); e != nil || reply != "250 2.0.0 taken as 17" {
			t.Fatal(reply, e)
		}
		want := []string{"EHLO desk.example", "MAIL FROM:<desk@desk.example>", "RCPT TO:<lina@reader.example>", "DATA"}
		if got := f.commands(); !slices.Equal(got, want) {
			t.Error(got)
		}
		if f.together != (can[0] == "PIPELINING") {
			t.Errorf("%v: together is %v", can, f.together)
		}
	}
}

// TestReports asks a server that knows delivery reports for none of delays, and not to send the message back with a failure.
func TestReports(t *testing.T) {
	f := &fake{can: []string{"DSN", "SIZE"}}
	if _, e := send(f.start(t), "lina@reader.example"); e != nil {
		t.Fatal(e)
	}
	if got := f.commands()[1:3]; !slices.Equal(got, []string{"MAIL FROM:<desk@desk.example> SIZE=26 RET=HDRS", "RCPT TO:<lina@reader.example> NOTIFY=FAILURE"}) {
		t.Error(got)
	}
}

// TestTogetherEachHasItsAnswer finds the stage of a refusal although the commands behind it were sent, and the line fit for the next
// message: also where the server would take a message for nobody.
func TestTogetherEachHasItsAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		answers map[string]string
		stage   smtp.Stage
		code    int
		bodies  int
	}{
		"our address":         {map[string]string{"MAIL": "553 5.1.8 who?", "RCPT": "503 5.5.1 MAIL first", "DATA": "503 5.5.1 MAIL first"}, smtp.Sender, 553, 0},
		"theirs":              {map[string]string{"RCPT": "550 5.1.1 nobody", "DATA": "554 5.5.1 no valid recipients"}, smtp.Envelope, 550, 0},
		"a message to nobody": {map[string]string{"RCPT": "550 5.1.1 nobody", ".": "554 5.5.1 no valid recipients"}, smtp.Envelope, 550, 1},
		"not now":             {map[string]string{"DATA": "451 4.3.0 later"}, smtp.Data, 451, 0},
		"not this":            {map[string]string{".": "554 5.6.0 spam"}, smtp.Data, 554, 1},
	} {
		f := &fake{can: []string{"PIPELINING"}, answers: c.answers}
		carrier := f.start(t)
		for range 2 {
			_, e := send(carrier, "lina@reader.example")
			if e == nil || e.Stage != c.stage || e.Code != c.code || e.Lost {
				t.Fatalf("%s: %+v", name, e)
			}
			if last := e.Dialogue[len(e.Dialogue)-1]; len(e.Dialogue) < 4 || e.Dialogue[0] != "> MAIL FROM:<desk@desk.example>" || !strings.HasPrefix(last, "< ") {
				t.Errorf("%s: %q", name, e.Dialogue)
			}
		}
		if f.sessions != 1 || len(f.bodies) != 2*c.bodies || c.bodies > 0 && name == "a message to nobody" && f.bodies[0] != "" {
			t.Errorf("%s: %d sessions, messages %q", name, f.sessions, f.bodies)
		}
	}
}

// TestHungUpInTheMiddle tells a line that ended before the message from one that ended behind it: only behind it may there be a copy.
func TestHungUpInTheMiddle(t *testing.T) {
	for name, c := range map[string]struct {
		answers map[string]string
		stage   smtp.Stage
		lost    bool
	}{
		"421 to MAIL":    {map[string]string{"MAIL": "421 4.3.2 closing"}, smtp.Sender, false},
		"421 to RCPT":    {map[string]string{"RCPT": "421 4.3.2 closing"}, smtp.Envelope, false},
		"gone at RCPT":   {map[string]string{"RCPT": "hang up"}, smtp.Envelope, false},
		"gone at DATA":   {map[string]string{"DATA": "hang up"}, smtp.Data, false},
		"421 behind all": {map[string]string{".": "421 4.3.2 closing"}, smtp.Data, false},
		"gone":           {map[string]string{".": "hang up"}, smtp.Data, true},
	} {
		for _, can := range []string{"PIPELINING", "SIZE"} {
			f := &fake{can: []string{can}, answers: c.answers}
			_, e := send(f.start(t), "lina@reader.example")
			if e == nil || e.Stage != c.stage || e.Lost != c.lost || fault.KindOf(e) != fault.Temporary || f.sessions != 1 {
				t.Errorf("%s, %s: %+v, %d sessions", name, can, e, f.sessions)
			}
		}
	}
}

func TestWhatTheServerCan(t *testing.T) {
	for name, c := range map[string]struct {
		can  []string
		to   string
		mail string // the command; "" where nothing of the message may be said
		kind fault.Kind
	}{
		"size":            {[]string{"SIZE 1000"}, "lina@reader.example", "MAIL FROM:<desk@desk.example> SIZE=26", ""},
		"too small":       {[]string{"SIZE 20"}, "lina@reader.example", "", fault.TooLarge},
		"any size":        {[]string{"SIZE"}, "lina@reader.example", "MAIL FROM:<desk@desk.example> SIZE=26", ""},
		"a domain's name": {[]string{"PIPELINING"}, "lina@موقع.example", "MAIL FROM:<desk@desk.example>", ""},
		"beyond ASCII":    {[]string{"SMTPUTF8", "8BITMIME"}, "لينا@موقع.example", "MAIL FROM:<desk@desk.example> SMTPUTF8", ""},
		"it cannot":       {[]string{"8BITMIME"}, "لينا@موقع.example", "", fault.Invalid},
	} {
		f := &fake{can: c.can}
		_, e := send(f.start(t), c.to)
		if e != nil && fault.KindOf(e) != c.kind || e == nil && c.kind != "" {
			t.Errorf("%s: %v", name, e)
		}
		got := f.commands()
		if c.mail == "" && len(got) > 1 || c.mail != "" && (len(got) < 3 || got[1] != c.mail) {
			t.Errorf("%s: %q", name, got)
		}
		if len(got) > 2 && strings.Contains(got[2], "موقع") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestBeyondASCIIInTheMessage asks for 8BITMIME where the message needs it, and tells plainly where there is none.
func TestBeyondASCIIInTheMessage(t *testing.T) {
	f := &fake{can: []string{"SMTPUTF8", "8BITMIME"}}
	text := []byte("To: <لينا@reader.example>\r\n\r\nx\r\n")
	if _, err := f.start(t).Send(context.Background(), "لينا@reader.example", text); err != nil || f.commands()[1] != "MAIL FROM:<desk@desk.example> BODY=8BITMIME SMTPUTF8" {
		t.Errorf("%v %q", err, f.commands())
	}
	f = &fake{can: []string{"SMTPUTF8"}}
	if _, err := f.start(t).Send(context.Background(), "لينا@reader.example", text); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "8BITMIME") {
		t.Error(err)
	}
}

// TestLines opens no more lines at once than the carrier may, however many want to send.
func TestLines(t *testing.T) {
	f := &fake{can: []string{"PIPELINING"}}
	c := f.start(t)
	c.Lines = 3
	defer c.Close()
	var all sync.WaitGroup
	for range 60 {
		all.Go(func() {
			if _, e := send(c, "lina@reader.example"); e != nil {
				t.Error(e)
			}
		})
	}
	all.Wait()
	if f.most != 3 || f.sessions > 3 {
		t.Errorf("%d at once, %d in all", f.most, f.sessions)
	}
	hold := &fake{answers: map[string]string{"DATA": "354"}}
	c = hold.start(t)
	c.Lines, c.Timeout = 1, 300*time.Millisecond
	leave, err := c.Enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	if _, e := send(c, "lina@reader.example"); e == nil || e.Stage != smtp.Connect || fault.KindOf(e) != fault.Temporary {
		t.Errorf("whoever waits for a line too long: %v", e)
	}
}

func TestOldServer(t *testing.T) {
	f := &fake{answers: map[string]string{"EHLO": "500 what?", "MAIL": "250 ok", ".": "250-well\r\n250 taken"}}
	reply, e := send(f.start(t), "lina@reader.example")
	if e != nil || reply != "250 well taken" || f.commands()[1] != "HELO desk.example" {
		t.Errorf("%q %v %q", reply, e, f.commands())
	}
}

func TestStartTLS(t *testing.T) {
	own, pool := certificate(t)
	trust := &tls.Config{ServerName: "127.0.0.1", RootCAs: pool}
	begin := func(security string, f *fake, trust *tls.Config) *smtp.Carrier {
		c := f.start(t)
		c.Account.Security, c.TLS = security, trust
		return c
	}
	f := &fake{can: []string{"STARTTLS", "PIPELINING"}, tls: &tls.Config{Certificates: []tls.Certificate{own}}}
	if _, e := send(begin("starttls", f, trust), "lina@reader.example"); e != nil || !slices.Equal(f.commands()[:3], []string{"EHLO desk.example", "STARTTLS", "EHLO desk.example"}) {
		t.Errorf("%v %q", e, f.commands())
	}
	if _, e := send(begin("starttls", f, nil), "lina@reader.example"); e == nil || e.Stage != smtp.Connect || !strings.Contains(e.Error(), "certificate") || fault.KindOf(e) != fault.Temporary {
		t.Errorf("a server whose name nobody vouches for: %v", e)
	}
	bare := &fake{can: []string{"PIPELINING"}}
	if _, e := send(begin("starttls", bare, trust), "lina@reader.example"); e == nil || e.Stage != smtp.Connect || len(bare.commands()) != 1 {
		t.Errorf("a server without STARTTLS: %v %q", e, bare.commands())
	}
	if _, e := send(begin("opportunistic", bare, trust), "lina@reader.example"); e != nil || bare.sessions != 2 {
		t.Errorf("the same where the account permits it: %v", e)
	}
	unknown := &fake{can: []string{"STARTTLS"}, tls: &tls.Config{Certificates: []tls.Certificate{own}}}
	if _, e := send(begin("opportunistic", unknown, nil), "lina@reader.example"); e != nil || unknown.sessions != 1 || unknown.commands()[2] != "EHLO desk.example" {
		t.Errorf("TLS that nobody vouches for is better than none, where the account permits none: %v, %d lines, %q", e, unknown.sessions, unknown.commands())
	}
	signs := begin("opportunistic", unknown, nil)
	signs.Account.User = "desk"
	if _, e := send(signs, "lina@reader.example"); e == nil || !strings.Contains(e.Error(), "certificate") {
		t.Errorf("a password for whoever it may be: %v", e)
	}
	broken := &fake{can: []string{"STARTTLS"}, tls: &tls.Config{}} // it has no certificate at all
	if _, e := send(begin("opportunistic", broken, nil), "lina@reader.example"); e != nil || broken.sessions != 2 {
		t.Errorf("TLS that fails, where the account permits none: %v, %d lines", e, broken.sessions)
	}
	between := &fake{can: []string{"STARTTLS"}, tls: &tls.Config{Certificates: []tls.Certificate{own}}, inject: "250 2.0.0 ok"}
	if _, e := send(begin("starttls", between, trust), "lina@reader.example"); e == nil || slices.ContainsFunc(between.commands(), func(s string) bool { return strings.HasPrefix(s, "MAIL") }) {
		t.Errorf("words put in before TLS began are believed: %v %q", e, between.commands())
	}
}

func TestSignIn(t *testing.T) {
	own, pool := certificate(t)
	for name, c := range map[string]struct {
		offers, answer string
		first          string // the command that signs in
		stage          smtp.Stage
	}{
		"plain":         {"AUTH LOGIN PLAIN", "235 2.7.0 welcome", "AUTH PLAIN AGRlc2sAc2VjcmV0", ""},
		"login alone":   {"AUTH LOGIN", "334 VXNlcm5hbWU6", "AUTH LOGIN", ""},
		"asks on":       {"AUTH PLAIN", "334 VXNlcm5hbWU6", "AUTH PLAIN AGRlc2sAc2VjcmV0", smtp.Sign},
		"written aside": {"AUTH=PLAIN", "235 2.7.0 welcome", "AUTH PLAIN AGRlc2sAc2VjcmV0", ""},
		"refused":       {"AUTH PLAIN", "535 5.7.8 wrong", "AUTH PLAIN AGRlc2sAc2VjcmV0", smtp.Sign},
		"no way known":  {"AUTH GSSAPI", "", "", smtp.Sign},
	} {
		f := &fake{can: []string{"STARTTLS", c.offers}, tls: &tls.Config{Certificates: []tls.Certificate{own}}, answers: map[string]string{"AUTH": c.answer,
			"ZGVZAW==": "334 UGFzc3dvcmQ6", "C2VJCMV0": "235 2.7.0 welcome"}} // "desk", "secret", in the capitals by which the fake knows words
		carrier := f.start(t)
		carrier.Account.Security, carrier.Account.User, carrier.Account.Password = "starttls", "desk", "secret"
		carrier.TLS = &tls.Config{ServerName: "127.0.0.1", RootCAs: pool}
		_, e := send(carrier, "lina@reader.example")
		if c.stage == "" && e != nil || c.stage != "" && (e == nil || e.Stage != c.stage) {
			t.Errorf("%s: %v", name, e)
		}
		if got := f.commands(); c.first != "" && (len(got) < 4 || got[3] != c.first) {
			t.Errorf("%s: %q", name, got)
		}
		if e != nil && strings.Contains(strings.Join(e.Dialogue, " ")+e.Error(), "AGRlc2") {
			t.Errorf("%s: the password is told: %v", name, e)
		}
	}
}

// TestSignInWithAToken reads the token anew for each line, takes the better way that the server offers, and says why a token is refused.
func TestSignInWithAToken(t *testing.T) {
	own, pool := certificate(t)
	file := filepath.Join(t.TempDir(), "token")
	for name, c := range map[string]struct {
		offers, answer, token string
		way, why              string
	}{
		"the standard": {"AUTH PLAIN XOAUTH2 OAUTHBEARER", "235 2.7.0 welcome", "tok", "AUTH OAUTHBEARER ", ""},
		"as before it": {"AUTH LOGIN XOAUTH2", "235 2.7.0 welcome", "tok", "AUTH XOAUTH2 dXNlcj1kZXNrAWF1dGg9QmVhcmVyIHRvawEB", ""},
		"too old":      {"AUTH XOAUTH2", "334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=", "tok", "AUTH XOAUTH2 ", "(401)"},
		"refused":      {"AUTH XOAUTH2", "535 5.7.8 no", "tok", "AUTH XOAUTH2 ", "5.7.8 no"},
		"no such way":  {"AUTH PLAIN LOGIN", "", "tok", "", "(PLAIN LOGIN) than this account has (OAUTHBEARER XOAUTH2)"},
		"no token":     {"AUTH XOAUTH2", "", "", "", "holds no token"},
	} {
		if err := os.WriteFile(file, []byte(c.token), 0o600); err != nil {
			t.Fatal(err)
		}
		f := &fake{can: []string{"STARTTLS", c.offers}, tls: &tls.Config{Certificates: []tls.Certificate{own}}, answers: map[string]string{"AUTH": c.answer}}
		carrier := f.start(t)
		carrier.Account.Security, carrier.Account.User, carrier.Account.Password, carrier.Account.TokenFile = "starttls", "desk", "not told", file
		carrier.TLS = &tls.Config{ServerName: "127.0.0.1", RootCAs: pool}
		_, e := send(carrier, "lina@reader.example")
		if c.why == "" && e != nil || c.why != "" && (e == nil || e.Stage != smtp.Sign || !strings.Contains(e.Error(), c.why) || strings.Contains(e.Error(), "tok ")) {
			t.Errorf("%s: %v", name, e)
		}
		if got := f.commands(); c.way != "" && (len(got) < 4 || !strings.HasPrefix(got[3], c.way)) || c.way == "" && len(got) > 3 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestNoMessageBecomesTwo finds every line whole and every dot doubled, also behind line ends that are none.
func TestNoMessageBecomesTwo(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\n.\r\nMAIL FROM:<evil@x.example>\r\n": "a\r\n..\r\nMAIL FROM:<evil@x.example>\r\n",
		"a\n.\nb":     "a\r\n..\r\nb\r\n",
		"a\r.\rb\r\n": "a\r\n..\r\nb\r\n",
		"a\r\n.\r.\n": "a\r\n..\r\n..\r\n",
		".":           "..\r\n",
		"":            "",
	} {
		f := &fake{can: []string{"PIPELINING"}}
		if _, err := f.start(t).Send(context.Background(), "lina@reader.example", []byte(in)); err != nil {
			t.Fatal(err)
		}
		if len(f.bodies) != 1 || f.bodies[0] != want {
			t.Errorf("%q went out as %q", in, f.bodies)
		}
	}
}

// TestWhatIsNoSMTP ends with an error, soon, whatever the server says.
func TestWhatIsNoSMTP(t *testing.T) {
	for _, a := range []string{"", "HTTP/1.1 400 Bad Request", "25", "250_ok", "999 ok", "-20 ok", "250-a\r\n550 b", strings.Repeat("250-x\r\n", 200) + "250 x", "250 " + strings.Repeat("x", 10000), "\x00\x00"} {
		f := &fake{answers: map[string]string{"MAIL": a}}
		c := f.start(t)
		if _, e := send(c, "lina@reader.example"); e == nil || e.Stage != smtp.Sender || fault.KindOf(e) != fault.Temporary || len(e.Error()) > 2000 {
			t.Errorf("%.40q: %v", a, e)
		}
	}
	f := &fake{answers: map[string]string{"RCPT": "550-5.1.1 no such\u202e \x07user\r\n550-5.1.1  here\r\n550 5.1.1 " + strings.Repeat("long ", 400)}}
	if _, e := send(f.start(t), "lina@reader.example"); e == nil || !strings.HasPrefix(e.Reply, "550 5.1.1 no such user here long") || len(e.Reply) > 700 {
		t.Errorf("%+v", e)
	}
}
