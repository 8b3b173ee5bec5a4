// Package carrier takes notices to where people talk: ntfy, Telegram, Matrix, Slack, and to the hubs that push feeds (WebSub). Each is
// one plain HTTP request of a documented interface. It keeps no queue and puts nothing into words. No error holds an address or a token.
package carrier

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"marsad/internal/fault"
	"marsad/internal/post"
)

// Names are the carriers of this package, as recipients name them.
var Names = []string{"ntfy", "telegram", "matrix", "slack", "websub"}

// Message is what is told, in plain text.
type Message struct {
	ID     string `json:"id"` // of the notice: where the other side knows repeats, a second attempt is none
	Title  string `json:"title"`
	Text   string `json:"text"`
	Link   string `json:"link"`
	Urgent bool   `json:"urgent"`
	Feed   string `json:"feed"` // of the watch, for hubs
}

// Of takes an address apart as people type it: the carrier's name, a colon, where to, and behind a # the token that opens it. It tells
// false for what names none of these carriers.
func Of(typed string) (name, address, token string, ok bool, err error) {
	name, rest, found := strings.Cut(strings.TrimSpace(typed), ":")
	if !found || !slices.Contains(Names, name) {
		return "", "", "", false, nil
	}
	address, token, _ = strings.Cut(rest, "#")
	if name == "telegram" {
		if address == "" || token == "" || strings.ContainsAny(address+token, "/?# \r\n") {
			err = fault.New(fault.Invalid, "write telegram:CHAT#TOKEN, with the chat's number and the bot's token")
		}
		return name, name + ":" + address, token, true, err
	}
	u, e := url.Parse(address)
	if e != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return name, "", "", true, fault.New(fault.Invalid, "write %s:https://… and, where one is needed, #TOKEN behind it", name)
	}
	if name == "matrix" && (token == "" || !strings.HasPrefix(u.Path, "/!") && !strings.HasPrefix(u.Path, "/#")) {
		return name, "", "", true, fault.New(fault.Invalid, "write matrix:https://SERVER/!ROOM:SERVER#TOKEN")
	}
	return name, name + ":" + u.String(), token, true, nil
}

// Carrier sends. Client must refuse private addresses unless they are allowed.
type Carrier struct {
	Client   *http.Client
	Now      func() time.Time
	Telegram string // address of its interface; empty: Telegram's own
}

// Send takes a frozen Message, as JSON, to an address that Of gave, and gives the other side's words. What its answer asks for is the
// error's kind, as [post.Do] says.
func (c *Carrier) Send(ctx context.Context, address, token string, frozen []byte) (reply string, err error) {
	var m Message
	if err := json.Unmarshal(frozen, &m); err != nil {
		return "", fault.New(fault.Invalid, "carrier: %w", err)
	}
	name, to, _ := strings.Cut(address, ":")
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	req, err := c.request(ctx, name, to, token, m)
	if err != nil {
		return "", fault.New(fault.Permanent, "%s: the address cannot be used", name)
	}
	return post.Do(c.Client, req, name, c.Now())
}

func (c *Carrier) request(ctx context.Context, name, to, token string, m Message) (*http.Request, error) {
	switch name {
	case "ntfy":
		return ntfy(ctx, to, token, m)
	case "telegram":
		base := cmp.Or(c.Telegram, "https://api.telegram.org")
		return asJSON(ctx, http.MethodPost, base+"/bot"+url.PathEscape(token)+"/sendMessage", map[string]any{"chat_id": to, "text": m.within(mostTelegram)})
	case "matrix":
		return matrix(ctx, to, token, m)
	case "slack":
		return asJSON(ctx, http.MethodPost, to, map[string]any{"text": slackText(m)})
	case "websub":
		form := url.Values{"hub.mode": {"publish"}, "hub.url": {m.Feed}}.Encode()
		return post.Request(ctx, name, http.MethodPost, to, "application/x-www-form-urlencoded", []byte(form))
	}
	return nil, errors.New("no such carrier")
}

func asJSON(ctx context.Context, method, to string, body any) (*http.Request, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return post.Request(ctx, "carrier", method, to, "application/json", b)
}

// plain gives title, text and link in lines.
func (m Message) plain() string {
	var parts []string
	for _, s := range []string{m.Title, m.Text, m.Link} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n\n")
}

// mostTelegram is how long a message of Telegram's may be, in units of UTF-16.
const mostTelegram = 4096

// within gives plain, its text cut so that all fits; title and link stay whole.
func (m Message) within(most int) string {
	for over := len(utf16.Encode([]rune(m.plain()))) - most; over > 0 && m.Text != ""; over = len(utf16.Encode([]rune(m.plain()))) - most {
		r := []rune(m.Text)
		m.Text = string(r[:max(0, len(r)-over/2-2)]) // a letter takes one unit or two
		if m.Text = strings.TrimSpace(m.Text); m.Text != "" {
			m.Text += "…"
		}
	}
	return m.plain()
}

// ntfy posts to the server's root with the topic in the body, which takes text of any script.
func ntfy(ctx context.Context, to, token string, m Message) (*http.Request, error) {
	u, err := url.Parse(to)
	if err != nil {
		return nil, err
	}
	topic := strings.Trim(u.Path, "/")
	u.Path, u.RawQuery = "/", ""
	priority := 3
	if m.Urgent {
		priority = 5
	}
	req, err := asJSON(ctx, http.MethodPost, u.String(), map[string]any{"topic": topic, "title": m.Title, "message": m.Text, "click": m.Link, "priority": priority})
	if err == nil && token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return req, err
}

// matrix sends under the notice's own transaction number: a server takes a second attempt for the first.
func matrix(ctx context.Context, to, token string, m Message) (*http.Request, error) {
	u, err := url.Parse(to)
	if err != nil {
		return nil, err
	}
	room := strings.TrimPrefix(u.Path, "/")
	at := u.Scheme + "://" + u.Host + "/_matrix/client/v3/rooms/" + url.PathEscape(room) + "/send/m.room.message/" + url.PathEscape(m.ID)
	req, err := asJSON(ctx, http.MethodPut, at, map[string]any{"msgtype": "m.text", "body": m.plain()})
	if err == nil {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return req, err
}

// slackText keeps headlines from speaking Slack's markup: mentions and links begin with <.
func slackText(m Message) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(m.plain())
}
