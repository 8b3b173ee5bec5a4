package cli

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marsad/entity"
	"marsad/internal/auth"
	"marsad/internal/desk"
	"marsad/internal/fetch"
	"marsad/internal/store"
	"marsad/internal/webpush"
	"marsad/news"
)

// pushed is a push service on loopback with one browser behind it, which opens what it gets as RFC 8291 says.
type pushed struct {
	*httptest.Server
	key    *ecdh.PrivateKey
	auth   []byte
	status atomic.Int64
	after  atomic.Value // string: of Retry-After
	told   chan webpush.Message
}

func newPushed(t *testing.T) *pushed {
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := &pushed{key: key, auth: make([]byte, 16), told: make(chan webpush.Message, 20)}
	rand.Read(p.auth)
	p.after.Store("")
	p.status.Store(http.StatusCreated)
	p.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var m webpush.Message
		if err := errors.Join(json.Unmarshal(p.open(t, body), &m), p.vouched(r.Header)); err != nil {
			t.Errorf("%v %v", r.Header, err)
		}
		if after := p.after.Load().(string); after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(int(p.status.Load()))
		p.told <- m
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *pushed) open(t *testing.T, body []byte) []byte {
	sender, err := ecdh.P256().NewPublicKey(body[21:86])
	if err != nil {
		t.Error(err)
		return nil
	}
	shared, _ := p.key.ECDH(sender) // both are points
	ikm, _ := hkdf.Key(sha256.New, shared, p.auth, "WebPush: info\x00"+string(p.key.PublicKey().Bytes())+string(sender.Bytes()), 32)
	key, _ := hkdf.Key(sha256.New, ikm, body[:16], "Content-Encoding: aes128gcm\x00", 16)
	nonce, _ := hkdf.Key(sha256.New, ikm, body[:16], "Content-Encoding: nonce\x00", 12)
	block, _ := aes.NewCipher(key)
	gcm, _ := cipher.NewGCM(block)
	plain, err := gcm.Open(nil, nonce, body[86:], nil)
	if err != nil {
		t.Error(err)
	}
	return []byte(strings.TrimRight(string(plain), "\x00\x02"))
}

// vouched checks by the letters of RFC 8292 that the request is from whoever holds the key that it names, for this service, and fresh.
func (p *pushed) vouched(h http.Header) error {
	var token, key string
	if _, err := fmt.Sscanf(h.Get("Authorization"), "vapid t=%s k=%s", &token, &key); err != nil {
		return err
	}
	parts := strings.Split(strings.TrimSuffix(token, ","), ".")
	point, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil || len(parts) != 3 {
		return fmt.Errorf("%d parts: %v", len(parts), err)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		return err
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if err != nil || len(signature) != 64 || !ecdsa.Verify(public, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		return errors.New("the token is not of this key")
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err := errors.Join(err, json.Unmarshal(text, &claims)); err != nil {
		return err
	}
	if left := time.Until(time.Unix(claims.Exp, 0)); claims.Aud != p.URL || left <= 0 || left > 24*time.Hour {
		return fmt.Errorf("the token is for %s and holds for %v", claims.Aud, left)
	}
	return nil
}

func (p *pushed) next(t *testing.T) webpush.Message {
	t.Helper()
	select {
	case m := <-p.told:
		return m
	case <-time.After(time.Minute):
		t.Fatal("nothing came")
		return webpush.Message{}
	}
}

// deskFor opens a desk whose push services are trusted on loopback, with somebody signed in.
func deskFor(t *testing.T, p *pushed) (h *house, do func(path string, form url.Values) int) {
	ctx := t.Context()
	rt := &runtimeEnv{ctx: ctx, known: func() (*entity.Names, error) { return entity.Default(), nil }}
	h, err := rt.open(ctx, plan{file: filepath.Join(t.TempDir(), "desk.db"), base: "https://desk.example", log: slog.New(slog.DiscardHandler), alone: true})
	if err != nil {
		t.Fatal(err)
	}
	client := fetch.Guarded(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	client.Transport.(*http.Transport).TLSClientConfig = p.Client().Transport.(*http.Transport).TLSClientConfig
	pushes := newPush(client, h.push, h.store)
	h.desk.Carrier = func(_ context.Context, name string) desk.Carrier {
		if name == webpush.Name {
			return pushes
		}
		return nil
	}
	if _, err := h.keeper.Create(ctx, "layla", "a long password", auth.Reader, "en"); err != nil {
		t.Fatal(err)
	}
	token, err := h.keeper.SignIn(ctx, "layla", "a long password", "test")
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path string, form url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: token})
		w := httptest.NewRecorder()
		h.pages.ServeHTTP(w, r)
		return w
	}
	var said struct{ Key, CSRF string }
	if err := json.Unmarshal(ask("GET", "/settings/push/key", nil).Body.Bytes(), &said); err != nil || said.Key != h.push.Public() {
		t.Fatal(said, err)
	}
	return h, func(path string, form url.Values) int {
		form.Set("csrf", said.CSRF)
		return ask("POST", path, form).Code
	}
}

// article is a page that a watch for harbours finds.
func article(t *testing.T, h *house, source int64, n, headline string) {
	body := "<html><head><title>" + headline + "</title></head><body><article><h1>" + headline + "</h1><p>" + strings.Repeat("The harbour "+n+" was closed on Monday after a ship ran aground, officials said. ", 12) + "</p></article></body></html>"
	at := "https://outlet.example/" + n
	if _, err := h.store.KeepPage(t.Context(), news.Page{SourceID: source, FeedID: source, URL: at, Final: at, Status: 200, ContentType: "text/html", Body: []byte(body), Fetched: time.Now()}); err != nil {
		t.Fatal(err)
	}
}

// TestNewsToABrowser goes the whole way: a reader subscribes a browser and ticks a watch, a page arrives, and the browser is told once;
// a service that is busy is asked again when it says, and a browser that is gone is forgotten.
func TestNewsToABrowser(t *testing.T) {
	p := newPushed(t)
	h, do := deskFor(t, p)
	ctx := t.Context()
	form := url.Values{"endpoint": {p.URL + "/send/1"}, "p256dh": {base64.RawURLEncoding.EncodeToString(p.key.PublicKey().Bytes())}, "auth": {base64.RawURLEncoding.EncodeToString(p.auth)}}
	if code := do("/settings/push", form); code != http.StatusSeeOther {
		t.Fatal(code)
	}
	watch, err := h.store.SaveWatch(ctx, news.Watch{Name: "Harbours", Query: "harbour", Zone: "UTC", Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if code := do("/settings/push/watches", url.Values{"browser": {"1"}, "watch": {"1"}}); code != http.StatusSeeOther {
		t.Fatal(code)
	}
	source, err := h.store.AddSource(ctx, news.Source{Name: "Outlet", Created: time.Now()}, []news.Feed{{URL: "https://outlet.example/feed", Due: time.Now().Add(time.Hour)}})
	if err != nil {
		t.Fatal(err)
	}
	var ahead atomic.Int64 // the first notice of a watch waits half a minute for others
	h.desk.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- h.desk.Run(running) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}()
	p.status.Store(http.StatusTooManyRequests)
	p.after.Store("1")
	article(t, h, source, "one", "Ship blocks the great harbour")
	h.settled(t, news.Waiting, 0)
	ahead.Store(int64(time.Minute))
	busy := p.next(t)
	if busyRow := h.settled(t, news.Waiting, 1); busyRow.Delivery.Reply != "429 Too Many Requests (Retry-After: 1)" {
		t.Fatalf("%+v", busyRow)
	}
	p.status.Store(http.StatusCreated)
	ahead.Store(int64(10 * time.Minute))
	m := p.next(t)
	if m != busy || m.Title != "Ship blocks the great harbour" || m.Lang != "en" || m.Dir != "ltr" || !strings.HasPrefix(m.Link, "/stories/") || !strings.Contains(m.Body, "Harbours") {
		t.Fatalf("%+v", m)
	}
	sent := h.settled(t, news.Sent, 1)
	if sent.Delivery.Notice.Watch != watch || sent.Delivery.Reply != "201 Created" || strings.Contains(string(sent.Delivery.Message), p.URL) {
		t.Fatalf("%+v", sent)
	}
	p.status.Store(http.StatusGone)
	if err := h.desk.TestMail(ctx, 1); err != nil {
		t.Fatal(err)
	}
	p.next(t)
	h.settled(t, news.Failed, 1)
	r, err := h.store.Recipient(ctx, 1)
	if err != nil || r.State != news.Bounced || r.Secret != "" {
		t.Fatalf("%+v %v", r, err)
	}
	select {
	case m := <-p.told:
		t.Errorf("told again: %+v", m)
	default:
	}
}

// settled waits until the outbox holds a notice in a state, after so many attempts at least, and gives it.
func (h *house) settled(t *testing.T, state news.DeliveryState, least int) (found store.OutboxRow) {
	t.Helper()
	for range 1200 {
		rows, err := h.store.Outbox(t.Context(), time.Time{}, 20)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Delivery.State == state && r.Delivery.Attempts >= least {
				return r
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("nothing is %s", state)
	return found
}

// TestBrowserByProgram lets a program do with a reader's token what the page does: a browser is kept, told of what a watch finds, and told
// no more; and it is nobody else's.
func TestBrowserByProgram(t *testing.T) {
	p := newPushed(t)
	h, _ := deskFor(t, p)
	ctx := t.Context()
	defer h.Close()
	tokens := map[string]string{}
	for _, name := range []string{"omar", "nobody-else"} {
		id, err := h.keeper.Create(ctx, name, "a long password", auth.Reader, "en")
		if err != nil {
			t.Fatal(err)
		}
		if tokens[name], err = h.keeper.APIToken(ctx, id, "test", time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(who, method, path, body string, want int) (out struct {
		ID       int64
		Key      string
		State    string
		Watches  []int64
		Browsers []struct{ ID int64 }
	}) {
		t.Helper()
		r := httptest.NewRequest(method, "http://localhost/api/v1"+path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+tokens[who])
		w := httptest.NewRecorder()
		h.pages.ServeHTTP(w, r)
		if err := json.Unmarshal(w.Body.Bytes(), &out); w.Code != want || err != nil {
			t.Fatalf("%s %s: %d %v %s", method, path, w.Code, err, w.Body)
		}
		return out
	}
	if got := ask("omar", "GET", "/me/push", "", 200); got.Key != h.push.Public() || len(got.Browsers) != 0 {
		t.Fatalf("%+v", got)
	}
	watch, err := h.store.SaveWatch(ctx, news.Watch{Name: "Harbours", Query: "harbour", Zone: "UTC", Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	own := fmt.Sprintf(`"keys": {"p256dh": %q, "auth": %q}, "expirationTime": null}`, base64.RawURLEncoding.EncodeToString(p.key.PublicKey().Bytes()), base64.RawURLEncoding.EncodeToString(p.auth))
	b := ask("omar", "POST", "/me/push", fmt.Sprintf(`{"endpoint": %q, "name": "a kiosk", `, p.URL+"/send/1")+own, 200)
	if again := ask("omar", "POST", "/me/push", fmt.Sprintf(`{"endpoint": %q, "was": %q, `, p.URL+"/send/2", p.URL+"/send/1")+own, 200); again.ID != b.ID || b.State != "confirmed" {
		t.Fatalf("%+v, then %+v", b, again)
	}
	at := fmt.Sprint("/me/push/", b.ID)
	if got := ask("omar", "PATCH", at, fmt.Sprintf(`{"watches": [%d]}`, watch), 200); len(got.Watches) != 1 {
		t.Fatalf("%+v", got)
	}
	for _, c := range [][3]string{{"PATCH", at, `{"watches": []}`}, {"DELETE", at, ""}} {
		ask("nobody-else", c[0], c[1], c[2], 404)
	}
	ask("omar", "PATCH", at, `{"watches": [99]}`, 422)
	ask("omar", "POST", "/me/push", `{"endpoint": "http://push.example/", `+own, 422)
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- h.desk.Run(running) }()
	defer func() { stop(); <-ended }()
	if err := h.desk.TestMail(ctx, b.ID); err != nil {
		t.Fatal(err)
	}
	if m := p.next(t); m.Title == "" {
		t.Fatalf("%+v", m)
	}
	ask("omar", "DELETE", at, "", 200)
	if w, err := h.store.Watch(ctx, watch); err != nil || len(ask("omar", "GET", "/me/push", "", 200).Browsers) != 0 {
		t.Fatalf("%+v %v", w, err)
	}
	if r, err := h.store.Recipient(ctx, b.ID); err != nil || r.Secret != "" || r.State != news.Unsubscribed {
		t.Fatalf("%+v %v", r, err)
	}
}
