package carrier_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"marsad/internal/carrier"
	"marsad/internal/fault"
)

var message = carrier.Message{ID: "n1", Title: "عاجل: <!channel> harbour & quay", Text: "The first ship.", Link: "https://desk.example/stories/3", Urgent: true, Feed: "https://desk.example/watches/1/feed.atom"}

func frozen() []byte {
	b, _ := json.Marshal(message)
	return b
}

func Example() {
	name, address, token, ok, err := carrier.Of("ntfy:https://ntfy.example/ports#tk_1")
	fmt.Println(name, address, token, ok, err)
	// Output: ntfy ntfy:https://ntfy.example/ports tk_1 true <nil>
}

// TestRequests holds each request against what the other side's documentation asks for.
func TestRequests(t *testing.T) {
	var got *http.Request
	var body string
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got, body = r, string(b)
	}))
	defer srv.Close()
	c := &carrier.Carrier{Now: time.Now, Client: srv.Client(), Telegram: srv.URL}
	for typed, want := range map[string]struct{ line, auth, body string }{
		"ntfy:" + srv.URL + "/ports#tk":          {"POST /", "Bearer tk", `"topic":"ports"`},
		"telegram:-100123#12:AB":                 {"POST /bot12:AB/sendMessage", "", `"chat_id":"-100123"`},
		"matrix:" + srv.URL + "/!room:hs.org#tk": {"PUT /_matrix/client/v3/rooms/%21room:hs.org/send/m.room.message/n1", "Bearer tk", `"msgtype":"m.text"`},
		"slack:" + srv.URL + "/services/T/B/x":   {"POST /services/T/B/x", "", `\u0026lt;!channel\u0026gt;`},
		"websub:" + srv.URL + "/hub":             {"POST /hub", "", "hub.mode=publish&hub.url=https%3A%2F%2Fdesk.example%2Fwatches%2F1%2Ffeed.atom"},
	} {
		_, address, token, ok, err := carrier.Of(typed)
		if !ok || err != nil || token != "" && strings.Contains(address, token) {
			t.Errorf("%s: %s %v", typed, address, err)
			continue
		}
		if _, err := c.Send(context.Background(), address, token, frozen()); err != nil {
			t.Errorf("%s: %v", typed, err)
			continue
		}
		if line := got.Method + " " + got.URL.EscapedPath(); line != want.line && line != strings.ReplaceAll(want.line, "%21", "!") || got.Header.Get("Authorization") != want.auth || !strings.Contains(body, want.body) {
			t.Errorf("%s: %s\n%s\n%s", typed, line, got.Header.Get("Authorization"), body)
		}
	}
}

func TestAnswers(t *testing.T) {
	status := 200
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	defer srv.Close()
	c := &carrier.Carrier{Now: time.Now, Client: srv.Client()}
	for code, want := range map[int]fault.Kind{200: "", 202: "", 204: "", 400: fault.Invalid, 401: fault.Temporary, 404: fault.Permanent, 410: fault.Permanent, 413: fault.Invalid, 429: fault.Temporary, 500: fault.Temporary} {
		status = code
		if _, err := c.Send(context.Background(), "slack:"+srv.URL+"/s3cret", "", frozen()); fault.KindOf(err) != want || err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%d: %v", code, err)
		}
	}
	if _, err := c.Send(context.Background(), "slack:http://127.0.0.1:1/s3cret", "", frozen()); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Error(err)
	}
}

func TestBadAddresses(t *testing.T) {
	for _, typed := range []string{"ntfy:", "ntfy:ports", "slack:ftp://x/y", "telegram:1", "telegram:1/2#x", "matrix:https://hs.org/!r:hs.org", "matrix:https://hs.org/room#tk", "slack:https://u:p@x/y", "ntfy:https://x/y\x7f"} {
		if _, _, _, ok, err := carrier.Of(typed); !ok || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v %v", typed, ok, err)
		}
	}
	for _, typed := range []string{"", "lina@reader.example", "https://hook.example/", "mailto:x@y.example"} {
		if _, _, _, ok, err := carrier.Of(typed); ok || err != nil {
			t.Errorf("%q is taken for a chat: %v", typed, err)
		}
	}
}

// TestTooLongForTelegram cuts the text, not the link: a message that is too long is refused whole.
func TestTooLongForTelegram(t *testing.T) {
	var got struct{ Text string }
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _ = json.NewDecoder(r.Body).Decode(&got) }))
	defer srv.Close()
	for _, letter := range []string{"ا", "x", "🚢"} {
		m := message
		m.Text = strings.Repeat(letter, 5000)
		b, _ := json.Marshal(m)
		if _, err := (&carrier.Carrier{Now: time.Now, Client: srv.Client(), Telegram: srv.URL}).Send(context.Background(), "telegram:1", "12:AB", b); err != nil {
			t.Fatal(err)
		}
		if n := len(utf16.Encode([]rune(got.Text))); n > 4096 || n < 4000 || !strings.HasPrefix(got.Text, m.Title) || !strings.HasSuffix(got.Text, "…\n\n"+m.Link) {
			t.Errorf("%s: %d units, %.40q … %q", letter, n, got.Text, got.Text[len(got.Text)-60:])
		}
	}
}
