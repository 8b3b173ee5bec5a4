// Package post makes one HTTP request that tells somebody something, and says what the answer asks of whoever sent it: what webhooks,
// chats, hubs and push services have in common. It builds no message, keeps no queue, repeats nothing, and no error of its own holds an
// address: those who take messages this way put secrets into it.
package post

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"marsad/internal/fault"
)

// Request is http.NewRequestWithContext with a body in memory, its error Permanent and without the address. who names the carrier.
func Request(ctx context.Context, who, method, to, kind string, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, to, bytes.NewReader(body))
	if err != nil {
		return nil, fault.New(fault.Permanent, "%s: %w", who, bare(err))
	}
	req.Header.Set("Content-Type", kind)
	return req, nil
}

// MostWait bounds what the other side may ask for.
const MostWait = 6 * time.Hour

// Wait is a Temporary error that says when the other side wants to be asked again.
type Wait struct {
	For time.Duration // more than nothing, MostWait at most
	err error
}

func (w *Wait) Error() string { return w.err.Error() }
func (w *Wait) Unwrap() error { return w.err }

// RetryAfter gives how long the other side wants to be left alone.
func (w *Wait) RetryAfter() time.Duration { return w.For }

// Do sends a request and gives the other side's words: the status line and, behind it, what it asks for and why. 404 and 410 say that
// nobody is there, which is Permanent; 400, 413, 415 and 422 refuse this one message, which is Invalid; anything else may pass, which is
// Temporary, and where the answer says when, a *Wait.
func Do(c *http.Client, req *http.Request, who string, now time.Time) (reply string, err error) {
	resp, err := c.Do(req)
	if err != nil {
		return "", fault.New(fault.Temporary, "%s: %w", who, bare(err))
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10)) // what can be read of it; whole, the connection can be used again
	if resp.StatusCode < 300 {
		return resp.Status, nil
	}
	said := read(resp.Header, body)
	reply = resp.Status
	if said.words != "" && !secret(req, said.words) {
		reply += ": " + said.words
	}
	kind := kindOf(resp.StatusCode)
	err = fault.New(kind, "%s: the other side answers %s", who, resp.Status)
	if wait := said.wait(now); kind == fault.Temporary && wait > 0 {
		return reply + " (Retry-After: " + said.after + ")", &Wait{wait, err}
	}
	return reply, err
}

func kindOf(status int) fault.Kind {
	switch status {
	case http.StatusNotFound, http.StatusGone:
		return fault.Permanent
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		return fault.Invalid
	}
	return fault.Temporary
}

// said is what a refusal says besides its status.
type said struct {
	words string // for people, "" where it gives none that are meant for them
	after string // as Retry-After has it: seconds, or a date
}

// read takes a refusal's own words where its JSON has a place for them. Telegram and Matrix say there when to come back, too.
func read(h http.Header, body []byte) (s said) {
	s.after = tidy(h.Get("Retry-After"), 40)
	if kind, _, _ := mime.ParseMediaType(h.Get("Content-Type")); kind != "application/json" {
		return s
	}
	var j struct {
		Description string `json:"description"` // Telegram
		Error       any    `json:"error"`       // Matrix, ntfy
		After       int64  `json:"retry_after_ms"`
		Parameters  struct {
			After int64 `json:"retry_after"`
		} `json:"parameters"`
	}
	if json.Unmarshal(body, &j) != nil {
		return s
	}
	if s.words = j.Description; s.words == "" {
		s.words, _ = j.Error.(string)
	}
	s.words = tidy(s.words, 200)
	if s.after == "" && j.Parameters.After > 0 {
		s.after = strconv.FormatInt(j.Parameters.After, 10)
	} else if s.after == "" && j.After > 0 {
		s.after = strconv.FormatInt((j.After-1)/1000+1, 10)
	}
	return s
}

// secret tells whether words repeat something by which the other side knows the sender: its address, or the token.
func secret(req *http.Request, words string) bool {
	parts := append(strings.FieldsFunc(req.URL.EscapedPath()+"/"+req.URL.RawQuery, func(r rune) bool { return strings.ContainsRune("/&=", r) }),
		req.URL.Host, strings.TrimPrefix(req.Header.Get("Authorization"), "Bearer "))
	for _, p := range parts {
		if len(p) > 5 && strings.Contains(words, p) {
			return true
		}
	}
	return false
}

// wait gives how long the other side wants to be left alone, 0 where it does not say.
func (s said) wait(now time.Time) time.Duration {
	wait := time.Duration(0)
	if n, err := strconv.ParseUint(s.after, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		wait = time.Duration(min(n, uint64(MostWait/time.Second))) * time.Second
	} else if at, err := http.ParseTime(s.after); err == nil {
		wait = at.Sub(now)
	}
	return max(0, min(wait, MostWait))
}

// tidy makes one short line of a stranger's words.
func tidy(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// bare takes the address out of an error of net/http.
func bare(err error) error {
	var with *url.Error
	if errors.As(err, &with) {
		return with.Err
	}
	return err
}
