// Package bearer signs in to mail servers with a token instead of a password, as large providers ask for: OAUTHBEARER (RFC 7628), and
// XOAUTH2, which came before it. The token stands in a file that another program keeps fresh, and is read anew each time; this package
// asks no provider for one. A command that fetches tokens is not among the settings on purpose: whoever may write into the desk's
// database could let it run anything.
package bearer

import (
	"encoding/json"
	"io"
	"os"
	"strings"

	"marsad/internal/fault"

	"github.com/emersion/go-sasl"
)

// mostToken is how long a token may be, in bytes; those with many claims have some thousands.
const mostToken = 16 << 10

// Token reads the token that a file holds, and nothing else but white space around it. An error is Denied and says what to do: a program
// beside the desk may mend it at any time.
func Token(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", fault.New(fault.Denied, "the token cannot be read: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, mostToken+1))
	if err != nil {
		return "", fault.New(fault.Denied, "the token cannot be read: %w", err)
	}
	token := strings.TrimSpace(string(b))
	switch {
	case token == "":
		return "", fault.New(fault.Denied, "%s holds no token: the program that renews it has to write one there", file)
	case len(b) > mostToken, strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", fault.New(fault.Denied, "%s holds more than a token: it should be the access token alone, on one line", file)
	}
	return token, nil
}

// Ways gives the ways to sign in as a user with a token, the better first. host and port are the server's.
func Ways(user, token, host string, port int) []sasl.Client {
	return []sasl.Client{
		&way{sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: user, Token: token, Host: host, Port: port}).Start},
		&way{func() (string, []byte, error) {
			return "XOAUTH2", []byte("user=" + user + "\x01auth=Bearer " + token + "\x01\x01"), nil
		}},
	}
}

// way is a mechanism that says everything at once; a challenge tells why that was refused.
type way struct {
	start func() (string, []byte, error)
}

func (w *way) Start() (name string, first []byte, err error) { return w.start() }

func (*way) Next(challenge []byte) ([]byte, error) {
	var why struct {
		Status string `json:"status"`
	}
	_ = json.Unmarshal(challenge, &why) // some say nothing
	status := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, why.Status)
	if len(status) > 40 || status == "" {
		status = "no reason given"
	}
	return nil, fault.New(fault.Denied, "the server refuses the token (%s): renew it, and see that it is for mail and for this user", status)
}
