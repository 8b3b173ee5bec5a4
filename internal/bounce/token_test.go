package bounce_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsad/internal/bounce"
)

// imapd is a mail server on loopback with an empty mailbox, which takes one token by one way.
func imapd(t *testing.T, way, token string) (port int) {
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
			go speak(c, way, token)
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

func speak(c net.Conn, way, token string) {
	defer c.Close()
	can := "CAPABILITY IMAP4rev1 SASL-IR AUTH=" + way
	fmt.Fprintf(c, "* OK [%s] here\r\n", can)
	for lines := bufio.NewScanner(c); lines.Scan(); {
		tag, command, _ := strings.Cut(lines.Text(), " ")
		switch word, rest, _ := strings.Cut(command, " "); strings.ToUpper(word) {
		case "CAPABILITY":
			fmt.Fprintf(c, "* %s\r\n%s OK done\r\n", can, tag)
		case "AUTHENTICATE":
			if rest == way+" "+token {
				fmt.Fprintf(c, "%s OK welcome\r\n", tag)
				continue
			}
			fmt.Fprint(c, "+ eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\r\n")
		case "SELECT":
			fmt.Fprintf(c, "* 0 EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 1] x\r\n%s OK [READ-WRITE] done\r\n", tag)
		case "UID":
			fmt.Fprintf(c, "* SEARCH\r\n%s OK done\r\n", tag)
		default:
			fmt.Fprintf(c, "%s OK done\r\n", tag)
		}
	}
}

// TestTokenForIMAP signs in with the token that a file holds, by whichever way the server offers, and says why one is refused.
func TestTokenForIMAP(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	for name, c := range map[string]struct{ way, takes, token, why string }{
		"as before there was a standard": {"XOAUTH2", "dXNlcj1kZXNrAWF1dGg9QmVhcmVyIHRvawEB", "tok", ""},
		"another":                        {"XOAUTH2", "dXNlcj1kZXNrAWF1dGg9QmVhcmVyIHRvawEB", "old", "(invalid_token)"},
		"the standard, another":          {"OAUTHBEARER", "", "tok", "(invalid_token)"},
		"no such way":                    {"PLAIN", "", "tok", "takes no token"},
		"no token":                       {"XOAUTH2", "", "", "holds no token"},
	} {
		if err := os.WriteFile(file, []byte(c.token), 0o600); err != nil {
			t.Fatal(err)
		}
		a := bounce.Account{Host: "127.0.0.1", Port: imapd(t, c.way, c.takes), Security: "none", User: "desk", TokenFile: file}
		err := bounce.IMAP(t.Context(), a, func([]byte) error { t.Error("a message"); return nil })
		if (err == nil) != (c.why == "") || err != nil && !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
