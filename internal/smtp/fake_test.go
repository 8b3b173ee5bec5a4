package smtp_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"marsad/internal/smtp"
)

// fake is a mail server that says what a test tells it to, by the first word of a command, and keeps what it heard.
type fake struct {
	can     []string          // what it announces
	answers map[string]string // by the command's first word, in capitals; "greet" and "." too. An answer "hang up" ends the line
	tls     *tls.Config       // what STARTTLS begins
	inject  string            // said behind the answer to STARTTLS, as somebody on the way would

	mu       sync.Mutex
	sessions int
	atOnce   int      // sessions that are open
	most     int      // of them, ever
	heard    []string // commands
	bodies   []string
	together bool // a command came before the one before it was answered
}

func (f *fake) start(t *testing.T) *smtp.Carrier {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go f.serve(c)
		}
	}()
	host, port, _ := net.SplitHostPort(l.Addr().String())
	n, _ := strconv.Atoi(port)
	return &smtp.Carrier{Account: smtp.Account{Host: host, Port: n, Security: "none", From: "desk@desk.example"}, Helo: "desk.example", Timeout: time.Minute}
}

var usual = map[string]string{"greet": "220 fake", "HELO": "250 fake", "MAIL": "250 2.1.0 ok", "RCPT": "250 2.1.5 ok", "DATA": "354 go on", ".": "250 2.0.0 taken as 17",
	"RSET": "250 2.0.0 ok", "QUIT": "221 2.0.0 bye", "STARTTLS": "220 2.0.0 begin"}

func (f *fake) answer(word string) string {
	if a, ok := f.answers[word]; ok {
		return a
	}
	if word == "EHLO" {
		lines := append([]string{"fake"}, f.can...)
		return "250-" + strings.Join(lines[:len(lines)-1], "\r\n250-") + "\r\n250 " + lines[len(lines)-1]
	}
	if a, ok := usual[word]; ok {
		return a
	}
	return "502 5.5.2 what?"
}

func (f *fake) serve(c net.Conn) {
	defer func() { c.Close() }()
	f.mu.Lock()
	f.sessions++
	f.atOnce++
	f.most = max(f.most, f.atOnce)
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.atOnce--
	}()
	in := bufio.NewReader(c)
	say := func(a string) bool {
		f.mu.Lock()
		f.together = f.together || in.Buffered() > 0 && !strings.HasPrefix(a, "354")
		f.mu.Unlock()
		if a == "hang up" {
			return false
		}
		_, err := c.Write([]byte(a + "\r\n"))
		return err == nil && !strings.HasPrefix(a, "421")
	}
	if !say(f.answer("greet")) {
		return
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		word := strings.ToUpper(strings.SplitN(line, " ", 2)[0])
		f.mu.Lock()
		f.heard = append(f.heard, line)
		f.mu.Unlock()
		a := f.answer(word)
		if !say(a + f.behind(word)) {
			return
		}
		switch {
		case word == "STARTTLS" && f.tls != nil && strings.HasPrefix(a, "2"):
			c = tls.Server(c, f.tls)
			in = bufio.NewReader(c)
		case word == "DATA" && strings.HasPrefix(a, "354"):
			if !f.body(in) || !say(f.answer(".")) {
				return
			}
		case word == "QUIT":
			return
		}
	}
}

func (f *fake) behind(word string) string {
	if word == "STARTTLS" && f.inject != "" {
		return "\r\n" + f.inject
	}
	return ""
}

// body reads a message as it stands on the wire, to the line with the dot alone.
func (f *fake) body(in *bufio.Reader) bool {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.bodies = append(f.bodies, b.String())
			return true
		}
		b.WriteString(line)
	}
}

// commands gives what was heard, without EHLO and the like where a test does not care.
func (f *fake) commands() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string{}, f.heard...)
}

// certificate makes one for 127.0.0.1 and the pool that trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "fake"}, NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}
