package web

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/webpush"
	"marsad/news"

	permissions "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"
)

// aKey is a desk's public key, of nobody's pair.
const aKey = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"

// pushes gives a world whose browsers can be told, with the key that they subscribe for.
func pushes(t testing.TB) *world {
	pair, err := webpush.NewVAPID()
	if err != nil {
		t.Fatal(err)
	}
	v, err := webpush.ReadVAPID(pair)
	if err != nil {
		t.Fatal(err)
	}
	return newWorld(t, func(o *Options) { o.Push = v.Public() })
}

// subscription is what a browser says of itself, as the page's form sends it.
func subscription(t testing.TB, endpoint string) url.Values {
	k, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret := make([]byte, 16)
	rand.Read(secret)
	return url.Values{"endpoint": {endpoint}, "p256dh": {base64.RawURLEncoding.EncodeToString(k.PublicKey().Bytes())}, "auth": {base64.RawURLEncoding.EncodeToString(secret)}}
}

func (w *world) told(t testing.TB) (rs []news.Recipient) {
	all, err := w.store.Recipients(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.Carrier == webpush.Name {
			rs = append(rs, r)
		}
	}
	return rs
}

// TestBrowserOfOnesOwn subscribes the browsers of two readers and does to each what only its reader may.
func TestBrowserOfOnesOwn(t *testing.T) {
	w := pushes(t)
	mine, other := w.signedIn(t, auth.Reader), w.signedIn(t, auth.Editor)
	send := func(b *browserOf, path string, form url.Values) *reply {
		form.Set("csrf", b.token)
		return b.post(path, form)
	}
	me, them := &browserOf{mine, mine.csrf()}, &browserOf{other, other.csrf()}
	first := subscription(t, "https://push.example/send/one")
	send(me, "/settings/push", first).wants(303)
	r := w.told(t)[0]
	if r.State != news.Confirmed || r.Consent == "" || strings.Contains(r.Address, "push.example") || !strings.Contains(r.Address, "the reader") {
		t.Fatalf("%+v", r)
	}
	id := fmt.Sprint(r.ID)
	send(me, "/settings/push/watches", url.Values{"browser": {id}, "watch": {"1"}}).wants(303)
	if watch, err := w.store.Watch(t.Context(), 1); err != nil || !contains(watch.Recipients, r.ID) || len(watch.Recipients) != 2 {
		t.Fatal(watch.Recipients, err)
	}
	for _, do := range []string{"end", "test", "watches"} {
		send(them, "/settings/push/"+do, url.Values{"browser": {id}}).wants(404)
	}
	if page := mine.get("/settings/push").wants(200); len(page.all(`input[name=watch][checked]`)) != 1 || page.one(".badge") == nil {
		t.Error("the page does not know this browser")
	}
	for _, path := range []string{"/watches", "/watches/1", "/outbox", "/settings/push", "/settings"} {
		if body := other.get(path).wants(200).body; strings.Contains(body, "push.example/send") {
			t.Errorf("%s shows the endpoint of a browser", path)
		}
	}
	// The browser's own service gave it another address: the recipient and its watches stay.
	fresh := subscription(t, "https://push.example/send/two")
	fresh.Set("was", "https://push.example/send/one")
	send(me, "/settings/push", fresh).wants(303)
	if all := w.told(t); len(all) != 1 || all[0].ID != r.ID || !strings.Contains(all[0].Secret, "send/two") {
		t.Fatalf("%+v", all)
	}
	// Somebody else signs in on the same browser: it is theirs from then on, and no longer told of the first reader's.
	send(them, "/settings/push", fresh).wants(303)
	all := w.told(t)
	if len(all) != 2 || all[0].State != news.Unsubscribed || all[0].Secret != "" || all[1].State != news.Confirmed {
		t.Fatalf("%+v", all)
	}
	send(them, "/settings/push/end", url.Values{"browser": {fmt.Sprint(all[1].ID)}}).wants(303)
	if all := w.told(t); all[1].State != news.Unsubscribed || all[1].Secret != "" {
		t.Fatalf("%+v", all[1])
	}
}

// browserOf is a reader's browser with the token of its forms.
type browserOf struct {
	*browser
	token string
}

func TestBrowsersThatAreNone(t *testing.T) {
	w := pushes(t)
	b := w.signedIn(t, auth.Reader)
	csrf := b.csrf()
	for _, endpoint := range []string{"", "http://push.example/1", "https://", "javascript:alert(1)", "https://user@push.example/", "https://push.example/" + strings.Repeat("x", 3000)} {
		form := subscription(t, endpoint)
		form.Set("csrf", csrf)
		b.post("/settings/push", form).wants(422)
	}
	form := subscription(t, "https://push.example/1")
	form.Set("csrf", csrf)
	form.Set("p256dh", form.Get("auth"))
	b.post("/settings/push", form).wants(422)
	at, err := url.Parse(b.url)
	if err != nil {
		t.Fatal(err)
	}
	for i := range webpush.MostBrowsers + 1 {
		form := subscription(t, fmt.Sprintf("https://push.example/%d", i))
		form.Set("csrf", csrf)
		b.post("/settings/push", form).wants(map[bool]int{true: 303, false: 422}[i < webpush.MostBrowsers])
		b.Jar.SetCookies(at, []*http.Cookie{{Name: "marsad-push", Path: "/", MaxAge: -1}}) // a browser each
	}
}

func TestWhatBrowserItIs(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0":                                                           "Firefox, Linux",
		"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36":                "Chrome, Android",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0":            "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile Safari/604.1": "Safari, iPhone",
		"": "Browser",
	} {
		if got := browserName(agent); got != want {
			t.Errorf("%q: %q", agent, got)
		}
	}
}

// TestNewsInChromium presses the button in a real browser, whose push service is made up, and hands its service worker what the desk
// would tell it: the notification stands in the direction of its headline, and a second copy of it takes the first one's place.
func TestNewsInChromium(t *testing.T) {
	w := pushes(t)
	b := w.serve(t)
	c := openChromium(t, b.url)
	c.do(allow("notifications", b.url))
	c.enter()
	c.look("/settings/push", "ar", "light", 390)
	s := subscription(t, "https://push.example/send/chromium")
	said, _ := json.Marshal(map[string]any{"endpoint": s.Get("endpoint"), "keys": map[string]string{"p256dh": s.Get("p256dh"), "auth": s.Get("auth")}})
	c.act(fmt.Sprintf(`PushManager.prototype.subscribe = async (o) => { if (!o.userVisibleOnly || o.applicationServerKey.length !== 87) throw o; return { toJSON: () => (%s) }; }`, said))
	awaited(c, `navigator.serviceWorker.ready.then(() => "")`) // the page has registered it; whoever begins to listen is told what there is
	registered, err := chromedp.Run(c.ctx, chromedp.WaitEvent(serviceworker.WorkerRegistrationUpdated, func(e serviceworker.EventWorkerRegistrationUpdated) bool { return len(e.Registrations) > 0 }, listen))
	if err != nil {
		t.Fatal(err)
	}
	c.do(chromedp.Click(chromedp.CSS("#push button")), chromedp.WaitVisible(chromedp.CSS(".badge")))
	if all := w.told(t); len(all) != 1 || !strings.Contains(all[0].Secret, "send/chromium") || all[0].Lang != "ar" {
		t.Fatalf("%+v", all)
	}
	var m webpush.Message
	for range 2 {
		m = webpush.Message{ID: "n1", Title: "سفينة تجنح عند الميناء", Body: "عاجل", Link: "/stories/1", Lang: "ar", Dir: "rtl"}
		told, err := m.Frozen()
		if err != nil {
			t.Fatal(err)
		}
		c.do(func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
			_, err := cdp.Call(ctx, target, serviceworker.DeliverPushMessage, serviceworker.DeliverPushMessageParams{Origin: b.url, RegistrationID: registered.Registrations[0].RegistrationID, Data: string(told)})
			return chromedp.Void{}, err
		})
	}
	var shown []struct{ Title, Body, Dir, Lang, Data, Tag string }
	for range 50 {
		text := awaited(c, `navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => JSON.stringify(all.map((n) => ({Title: n.title, Body: n.body, Dir: n.dir, Lang: n.lang, Data: n.data, Tag: n.tag}))))`)
		if err := json.Unmarshal([]byte(text), &shown); err != nil {
			t.Fatal(err)
		}
		if len(shown) > 0 {
			break
		}
		time.Sleep(pause)
	}
	if len(shown) != 1 || shown[0].Title != m.Title || shown[0].Dir != "rtl" || shown[0].Lang != "ar" || shown[0].Data != "/stories/1" || shown[0].Body != "عاجل" {
		t.Fatalf("%+v", shown)
	}
}

// listen makes the browser tell of its service workers, also of those that are there.
func listen(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, serviceworker.Enable, cdp.Empty{})
	return chromedp.Void{}, err
}

// allow answers for the reader what a browser asks them about a site.
func allow(what, origin string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, permissions.SetPermission, permissions.SetPermissionParams{Permission: &permissions.PermissionDescriptor{Name: what}, Setting: permissions.PermissionSettingGranted, Origin: origin})
		return chromedp.Void{}, err
	}
}

func awaited(c *chromium, expression string) string {
	c.t.Helper()
	v, err := chromedp.Run(c.ctx, chromedp.Evaluate[string](expression, func(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }))
	if err != nil {
		c.t.Fatal(err)
	}
	return v
}
