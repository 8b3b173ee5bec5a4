package webpush

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/post"
)

// browser opens what is sealed for it, by the letters of RFC 8188 and RFC 8291 and with nothing of this package.
type browser struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newBrowser(t testing.TB) browser {
	k, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := browser{k, make([]byte, 16)}
	rand.Read(b.auth)
	return b
}

func (b browser) subscription(endpoint string) (s Subscription) {
	s.Endpoint = endpoint
	s.Keys.P256dh, s.Keys.Auth = raw64(b.key.PublicKey().Bytes()), raw64(b.auth)
	return s
}

func raw64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func sum(key []byte, parts ...[]byte) []byte {
	m := hmac.New(sha256.New, key)
	for _, p := range parts {
		m.Write(p)
	}
	return m.Sum(nil)
}

func (b browser) open(body []byte) ([]byte, error) {
	if len(body) < 86 || body[20] != 65 {
		return nil, errors.New("no header of aes128gcm")
	}
	salt, size, sender, record := body[:16], binary.BigEndian.Uint32(body[16:20]), body[21:86], body[86:]
	if int(size) <= len(record) {
		return nil, fmt.Errorf("record of %d bytes where %d are named", len(record), size)
	}
	from, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return nil, err
	}
	shared, err := b.key.ECDH(from)
	if err != nil {
		return nil, err
	}
	ikm := sum(sum(b.auth, shared), []byte("WebPush: info\x00"), b.key.PublicKey().Bytes(), sender, []byte{1})
	prk := sum(salt, ikm)
	block, err := aes.NewCipher(sum(prk, []byte("Content-Encoding: aes128gcm\x00\x01"))[:16])
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	padded, err := gcm.Open(nil, sum(prk, []byte("Content-Encoding: nonce\x00\x01"))[:12], record, nil)
	if err != nil {
		return nil, err
	}
	plain := bytes.TrimRight(padded, "\x00")
	if len(plain) == 0 || plain[len(plain)-1] != 2 {
		return nil, errors.New("not the last record")
	}
	return plain[:len(plain)-1], nil
}

// TestExampleOfTheRFC seals the message of RFC 8291, appendix A, with its keys and salt.
func TestExampleOfTheRFC(t *testing.T) {
	un := func(s string) []byte {
		b, err := decode(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	own, err := ecdh.P256().NewPrivateKey(un("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
	if err != nil {
		t.Fatal(err)
	}
	to, err := ecdh.P256().NewPublicKey(un("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := seal(to, own, un("BTBZMqHH6r4Tts7J_aSIgg"), un("DGv6ra1nlYgDCS1FRnbzlw"), []byte("When I grow up, I want to be a watermelon\x02"))
	want := "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
	if err != nil || raw64(got) != want {
		t.Fatalf("%v\ngot  %s\nwant %s", err, raw64(got), want)
	}
}

func TestSealedForOneBrowser(t *testing.T) {
	mine, other := newBrowser(t), newBrowser(t)
	sizes := map[int]bool{}
	for n := range 2000 {
		plain := bytes.Repeat([]byte{'x'}, n)
		if n%97 != 0 {
			continue
		}
		body, err := Seal(mine.subscription("https://push.example/1"), plain)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := mine.open(body); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%d: %q %v", n, got, err)
		}
		if _, err := other.open(body); err == nil {
			t.Fatal("another browser opens it")
		}
		sizes[len(body)] = true
	}
	if len(sizes) != 2 {
		t.Errorf("21 lengths show as %d sizes: %v", len(sizes), sizes)
	}
}

// verify checks a VAPID header as a service does, and gives the claims.
func verify(t *testing.T, header string) (claims struct {
	Aud, Sub string
	Exp      int64
}) {
	t.Helper()
	var token, key string
	if _, err := fmt.Sscanf(strings.ReplaceAll(header, ",", " "), "vapid t=%s k=%s", &token, &key); err != nil {
		t.Fatal(header, err)
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatal(token)
	}
	point, err := decode(key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := decode(parts[2])
	if err != nil || len(sig) != 64 {
		t.Fatal(err, len(sig))
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if !ecdsa.Verify(public, digest[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		t.Fatal("the signature does not hold")
	}
	b, err := decode(parts[1])
	if err != nil || json.Unmarshal(b, &claims) != nil {
		t.Fatal(err, string(b))
	}
	return claims
}

// service is a push service that answers as it is told.
type service struct {
	*httptest.Server
	status  int
	more    http.Header
	body    []byte
	headers http.Header
}

func newService(t *testing.T) *service {
	s := &service{status: http.StatusCreated}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.body, _ = io.ReadAll(r.Body)
		s.headers = r.Header
		for k, v := range s.more {
			w.Header()[k] = v
		}
		w.WriteHeader(s.status)
	}))
	t.Cleanup(s.Close)
	return s
}

func newCarrier(t *testing.T, s *service, now *time.Time) *Carrier {
	text, err := NewVAPID()
	if err != nil {
		t.Fatal(err)
	}
	v, err := ReadVAPID(text)
	if err != nil {
		t.Fatal(err)
	}
	return &Carrier{Client: s.Client(), VAPID: v, Now: func() time.Time { return *now }}
}

func TestSend(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	s, b := newService(t), newBrowser(t)
	c := newCarrier(t, s, &now)
	secret, _ := json.Marshal(b.subscription(s.URL + "/send/abc"))
	frozen, err := Message{ID: "0123456789abcdef0123456789abcdef", Title: "سفينة <تجنح>", Body: "عاجل", Link: "/stories/3", Lang: "ar", Dir: "rtl", Urgent: true}.Frozen()
	if err != nil {
		t.Fatal(err)
	}
	reply, err := c.Send(t.Context(), string(secret), "mailto:desk@desk.example", frozen)
	if err != nil || reply != "201 Created" {
		t.Fatal(reply, err)
	}
	got, err := b.open(s.body)
	if err != nil || !bytes.Equal(got, frozen) || !strings.Contains(string(got), "<تجنح>") {
		t.Fatalf("%s %v", got, err)
	}
	claims := verify(t, s.headers.Get("Authorization"))
	if claims.Aud != s.URL || claims.Sub != "mailto:desk@desk.example" || claims.Exp != now.Add(12*time.Hour).Unix() {
		t.Errorf("%+v", claims)
	}
	first := s.headers.Clone()
	for name, want := range map[string]string{"Content-Encoding": "aes128gcm", "Ttl": "86400", "Urgency": "high"} {
		if first.Get(name) != want {
			t.Errorf("%s: %q", name, first.Get(name))
		}
	}
	if n := len(first.Get("Topic")); n == 0 || n > 32 {
		t.Errorf("topic of %d letters", n)
	}
	if strings.Contains(first.Get("Topic"), "0123") {
		t.Error("the service is told of the notice")
	}
	now = now.Add(5 * time.Hour)
	if _, err := c.Send(t.Context(), string(secret), "mailto:desk@desk.example", frozen); err != nil {
		t.Fatal(err)
	}
	if s.headers.Get("Topic") != first.Get("Topic") || s.headers.Get("Authorization") != first.Get("Authorization") {
		t.Error("a second attempt has another topic, or was signed anew within half of the token's life")
	}
	now = now.Add(2 * time.Hour)
	if _, err := c.Send(t.Context(), string(secret), "mailto:desk@desk.example", frozen); err != nil || s.headers.Get("Authorization") == first.Get("Authorization") {
		t.Error("the token is not renewed", err)
	}
}

func TestAnswers(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	s, b := newService(t), newBrowser(t)
	c := newCarrier(t, s, &now)
	secret, _ := json.Marshal(b.subscription(s.URL + "/send/secret-part"))
	for _, x := range []struct {
		status int
		retry  string
		kind   fault.Kind
		wait   time.Duration
	}{
		{404, "", fault.Permanent, 0}, {410, "", fault.Permanent, 0}, {400, "", fault.Invalid, 0}, {413, "", fault.Invalid, 0}, {403, "", fault.Temporary, 0},
		{429, "120", fault.Temporary, 2 * time.Minute}, {503, "Tue, 10 Mar 2026 12:10:00 GMT", fault.Temporary, 10 * time.Minute}, {500, "-5", fault.Temporary, 0},
		{429, "99999999999", fault.Temporary, 6 * time.Hour}, {301, "", fault.Temporary, 0},
	} {
		s.status, s.more = x.status, http.Header{"Retry-After": {x.retry}}
		_, err := c.Send(t.Context(), string(secret), "", []byte(`{"id":"n"}`))
		var w *post.Wait
		if fault.KindOf(err) != x.kind || errors.As(err, &w) != (x.wait > 0) || w != nil && w.For != x.wait {
			t.Errorf("%d %s: %v %v", x.status, x.retry, err, w)
		}
		if err != nil && strings.Contains(err.Error(), "secret-part") {
			t.Errorf("the error holds the address: %v", err)
		}
	}
	s.Close()
	if _, err := c.Send(t.Context(), string(secret), "", []byte(`{"id":"n"}`)); fault.KindOf(err) != fault.Temporary || strings.Contains(err.Error(), "secret-part") {
		t.Error(err)
	}
	if _, err := c.Send(t.Context(), "", "", []byte(`{"id":"n"}`)); fault.KindOf(err) != fault.Permanent {
		t.Error("an ended subscription:", err)
	}
}

func TestFrozenFits(t *testing.T) {
	for _, one := range []string{"x", "م", "\U0001F6A2", "\"", "\u2028", "\x01"} {
		long := strings.Repeat(one, 5000)
		b, err := Message{ID: "n", Title: long, Body: long, Link: "/stories/1"}.Frozen()
		if err != nil || len(b) > mostPlain {
			t.Errorf("%q: %d bytes, %v", one, len(b), err)
			continue
		}
		if _, err := Seal(newBrowser(t).subscription("https://push.example/"), b); err != nil {
			t.Error(err)
		}
	}
}

// FuzzSubscription: whatever a browser says of itself, checking it ends, and what passes can be sealed for.
func FuzzSubscription(f *testing.F) {
	good, _ := json.Marshal(newBrowser(f).subscription("https://push.example/send/1"))
	f.Add(string(good))
	for _, s := range []string{"", "{}", `{"endpoint":"http://push.example"}`, `{"endpoint":"https://u@push.example","keys":{"p256dh":"AAAA","auth":"AAAA"}}`, `{"endpoint":"https:///x"}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s Subscription
		if json.Unmarshal([]byte(text), &s) != nil || s.Check() != nil {
			return
		}
		if !strings.HasPrefix(strings.ToLower(s.Endpoint), "https://") {
			t.Fatal(s.Endpoint)
		}
		if _, err := Seal(s, []byte("{}")); err != nil {
			t.Fatal(err)
		}
	})
}

func ExampleSeal() {
	var s Subscription
	s.Keys.P256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
	s.Keys.Auth = "BTBZMqHH6r4Tts7J_aSIgg"
	short, _ := Seal(s, []byte("fire"))
	long, _ := Seal(s, []byte("a fire in the harbour, and nobody was hurt"))
	fmt.Println(len(short), len(long))
	// Output: 1126 1126
}
