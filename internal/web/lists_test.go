package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/internal/ledger"
	"marsad/internal/list"
	"marsad/internal/sqlite"
	"marsad/news"

	"golang.org/x/net/html"
)

// openLists gives a desk the service of public lists, with a ledger of its own and no list yet.
func openLists(t testing.TB, s *sqlite.Store) *list.Service {
	t.Helper()
	l, err := ledger.Open(filepath.Join(t.TempDir(), "consents"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	lists, err := list.Open(t.Context(), list.Options{Store: s, Ledger: l, Secret: []byte("a secret that only the tests know"), Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	return lists
}

// The people of the list that the tests look at: one who agreed, one who was asked, and one nobody knows.
const agreed, askedOf, unknown = "agreed@reader.example", "asked@reader.example", "unknown@reader.example"

// aList gives the list that the tests look at, and makes it with its people and a letter that waits where it is not there.
func (w *world) aList(t testing.TB) news.PublicList {
	t.Helper()
	ctx, lists := t.Context(), w.options.Lists
	if l, err := lists.BySlug(ctx, "ports"); err == nil {
		return l
	}
	l, err := lists.Make(ctx, w.store, news.PublicList{Name: "موانئ Gulf (2026)", Slug: "ports", About: "What moves in the ports.", Imprint: "Desk, 1 Quay", Langs: []string{"ar", "en"}}, "port", true, "UTC", "sami")
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{agreed, askedOf} {
		if err := lists.Join(ctx, list.Request{Slug: l.Slug, Address: address, Lang: "en", Words: "yes", Form: "test", Remote: "192.0.2.1"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := lists.Confirm(ctx, lists.Link(list.Confirm, l.ID, agreed), "yes", "test"); err != nil {
		t.Fatal(err)
	}
	w.hold(t, l, "held-letter")
	return l
}

// hold plans a letter to a list that waits for somebody's word.
func (w *world) hold(t testing.TB, l news.PublicList, id string) {
	t.Helper()
	n := news.Notice{ID: id, Recipient: l.Recipient, Watch: l.Watch, Story: 1, Article: 1, Kind: news.Breaking, Planned: testNow(), Due: testNow()}
	if err := w.store.AddNotices(t.Context(), []news.Notice{n}); err != nil {
		t.Fatal(err)
	}
	letter := "From: a@example.org\r\nSubject: =?utf-8?q?=D8=B3=D8=A4=D8=A7=D9=84?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nسؤال " + l.Name + "\r\n"
	if _, err := w.store.Freeze(t.Context(), id, []byte(letter)); err != nil {
		t.Fatal(err)
	}
	if err := w.store.Settle(t.Context(), news.Delivery{Notice: n, State: news.Held}); err != nil {
		t.Fatal(err)
	}
}

// listPages gives the pages of a list by name.
func (w *world) listPages(l news.PublicList) map[string]string {
	link := func(purpose, address string) string { return w.options.Lists.Link(purpose, l.ID, address) }
	return map[string]string{
		"lists": "/lists", "list-edit": "/lists/" + l.Slug + "/edit", "list-join": "/lists/" + l.Slug,
		"list-confirm": "/l/confirm/" + link(list.Confirm, askedOf), "list-confirmed": "/l/confirm/" + link(list.Confirm, agreed), "list-gone": "/l/confirm/" + link(list.Confirm, unknown),
		"list-leave": "/l/leave/" + link(list.Leave, agreed), "list-left": "/l/leave/" + link(list.Leave, unknown), "list-never": "/l/never/" + link(list.Never, agreed),
		"list-prefs": "/l/prefs/" + link(list.Prefs, agreed), "list-prefs-unknown": "/l/prefs/" + link(list.Prefs, unknown), "list-release": "/l/release/" + w.options.Lists.ReleaseLink("held-letter"),
	}
}

// step is a button of a list's pages and what the page behind it must hold.
type step struct {
	name, path string
	form       url.Values
	status     int
	holds      string
}

// steps are the buttons that strangers press, in an order in which each still does something.
func (w *world) steps(l news.PublicList) []step {
	link := func(purpose, address string) string { return w.options.Lists.Link(purpose, l.ID, address) }
	one := fmt.Sprint(l.ID)
	return []step{
		{"a bad address", "/lists/" + l.Slug + "/join", url.Values{"address": {`"><script>@`}}, 422, ".problem"},
		{"sign-up", "/lists/" + l.Slug + "/join", url.Values{"address": {"new@reader.example"}, "lang": {"ar"}}, 200, "main p"},
		{"consent", "/l/confirm/" + link(list.Confirm, askedOf), url.Values{}, 200, "main p"},
		{"preferences", "/l/prefs/" + link(list.Prefs, agreed), url.Values{"do": {"save"}, "lang": {"ar"}, "list": {one}}, 303, "input[name=list][checked]"},
		{"leaving", "/l/leave/" + link(list.Leave, askedOf), url.Values{"do": {"leave"}}, 200, "main p"},
		{"erasing", "/l/prefs/" + link(list.Prefs, agreed), url.Values{"do": {"erase"}}, 200, "main p"},
		{"never", "/l/never/" + link(list.Never, unknown), url.Values{}, 200, "main p"},
		{"release", "/l/release/" + w.options.Lists.ReleaseLink("held-letter"), url.Values{"do": {"look"}}, 200, ".letter"},
	}
}

// The pages of lists are well made in both directions, for whoever set the desk up and for strangers who hold a link, and so is what
// stands behind each button.
func TestListPagesAreWellMade(t *testing.T) {
	for _, d := range directions {
		w := newWorld(t)
		l := w.aList(t)
		if _, err := w.keeper.Create(t.Context(), "anna", "a long password", auth.Admin, "en"); err != nil {
			t.Fatal(err)
		}
		stranger, editor := w.serve(t).speak(d.lang), w.serve(t)
		editor.post("/signin", url.Values{"name": {"anna"}, "password": {"a long password"}, "next": {"/"}}).wants(303)
		editor.speak(d.lang)
		pages := w.listPages(l)
		for _, name := range slices.Sorted(maps.Keys(pages)) {
			t.Run(d.lang+" "+name, func(t *testing.T) {
				b := *stranger
				if name == "lists" || name == "list-edit" {
					stranger.get(pages[name]).wants(303) // to sign in
					b = *editor
				}
				b.t = t
				a := b.get(pages[name]).wants(200)
				a.wellMade(d.lang, d.dir)
				a.apart(l.Name)
			})
		}
		for _, s := range w.steps(l) {
			t.Run(d.lang+" "+s.name, func(t *testing.T) {
				b := *stranger
				b.t = t
				a := b.post(s.path, s.form).wants(s.status)
				if s.status == 303 {
					a = b.get(a.header.Get("Location")).wants(200)
				}
				a.wellMade(d.lang, d.dir)
				a.apart(l.Name)
				if len(a.all(s.holds)) == 0 {
					t.Errorf("the page holds no %s", s.holds)
				}
			})
		}
		stranger.t = t
		for _, below := range []string{"confirm", "leave", "prefs", "never", "release"} {
			stranger.get("/l/"+below+"/forged").wants(404).wellMade(d.lang, d.dir)
		}
	}
}

// apart checks that a name that somebody gave stands apart from the words around it, so that it cannot turn them around: alone in its
// element, which says or finds its direction, or between isolates.
func (a *reply) apart(name string) {
	a.t.Helper()
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode && n.Parent.Data != "title" && n.Parent.Data != "textarea" && n.Parent.Data != "pre" {
			for rest := n.Data; ; {
				before, after, found := strings.Cut(rest, name)
				if !found {
					break
				}
				alone := strings.TrimSpace(n.Data) == name && (n.Parent.Data == "bdi" || attr(n.Parent, "dir") != "")
				isolated := strings.HasSuffix(strings.TrimRight(before, "\u200e\u200f"), "\u2068") || strings.HasSuffix(before, "\u2066") || strings.HasSuffix(before, "\u2067")
				if !alone && !(isolated && strings.HasPrefix(after, "\u2069")) {
					a.t.Errorf("%q stands bare in <%s>: %q", name, n.Parent.Data, strings.TrimSpace(n.Data))
				}
				rest = after
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(a.doc)
}

// hostileList makes a list whose every word is a vector.
func (w *world) hostileList(t testing.TB, i int, v string) news.PublicList {
	t.Helper()
	l, err := w.options.Lists.Make(t.Context(), w.store, news.PublicList{Name: v, Slug: fmt.Sprintf("h%d", i), About: v, Imprint: v, Langs: []string{"en", "ar"}}, "port", false, "UTC", v)
	if err != nil {
		t.Fatalf("%q: %v", v, err)
	}
	return l
}

// A list may be called anything, and be asked for by anybody: no word of either becomes markup.
func TestHostileLists(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("ar")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	n := 0
	for i, v := range vectors() {
		l := w.hostileList(t, i, v)
		if i%12 != 0 {
			continue
		}
		id := fmt.Sprintf("held-%d", i)
		w.hold(t, l, id)
		pages := w.listPages(l)
		pages["list-release"] = "/l/release/" + w.options.Lists.ReleaseLink(id)
		for _, p := range pages {
			b.get(p).wants(200).harmless(p)
			n++
		}
		b.post("/lists/"+l.Slug+"/join", url.Values{"address": {v}, "consent": {v}, "lang": {v}}).wants(422).harmless("sign-up")
		b.get(pages["list-join"] + "?lang=" + url.QueryEscape(v)).harmless("sign-up")
	}
	t.Logf("measure web/list-pages-with-hostile-names %d - %d %s", n, n, map[bool]string{true: "short", false: "ok"}[t.Failed()])
}

// The ledger holds the words that were shown, in plain text: what stands around names on the page is not part of them.
func TestConsentIsRecordedAsShown(t *testing.T) {
	w := newWorld(t)
	l := w.aList(t)
	b := w.serve(t).speak("ar")
	path := w.listPages(l)["list-confirm"]
	shown := words(b.get(path).wants(200).all("form p")[0])
	b.post(path, url.Values{}).wants(200)
	r, err := w.options.Lists.Export(t.Context(), askedOf)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if want := plainWords(shown); !strings.Contains(want, l.Name) || !strings.Contains(string(kept), want) {
		t.Errorf("%q is not kept in %s", want, kept)
	}
}

// Where a hub is told of a watch, its feeds name the hub, and themselves by the address that the hub is told.
func TestFeedsNameTheirHub(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	hub := func(state news.RecipientState) {
		t.Helper()
		to := news.Recipient{Carrier: "websub", Address: "websub:https://hub.example/" + string(state), State: state, Created: start}
		id, err := w.store.SaveRecipient(t.Context(), to)
		if err != nil {
			t.Fatal(err)
		}
		watch, err := w.store.Watch(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		watch.Recipients = append(watch.Recipients, id)
		if _, err := w.store.SaveWatch(t.Context(), watch); err != nil {
			t.Fatal(err)
		}
	}
	hub(news.Unconfirmed)
	if a := b.get("/watches/1/feed.atom").wants(200); strings.Contains(a.body, "hub") || len(a.header["Link"]) > 0 {
		t.Errorf("a hub that nobody confirmed is named: %v", a.header["Link"])
	}
	hub(news.Confirmed)
	if err := w.store.SetSetting(t.Context(), "desk", []byte(`{"address":"https://desk.example"}`)); err != nil {
		t.Fatal(err)
	}
	self := "https://desk.example/watches/1/feed."
	for _, form := range []string{"atom", "json"} {
		a := b.get("/watches/1/feed." + form + "?x=1").wants(200)
		if got, want := a.header["Link"], []string{`<https://hub.example/confirmed>; rel="hub"`, "<" + self + form + `>; rel="self"`}; !slices.Equal(got, want) {
			t.Errorf("the header says %q, want %q", got, want)
		}
		if form == "atom" {
			for _, want := range []string{`<link rel="hub" href="https://hub.example/confirmed">`, `<link rel="self" href="` + self + `atom">`} {
				if !strings.Contains(a.body, want) {
					t.Errorf("no %s in %s", want, clip(a.body, 600))
				}
			}
			continue
		}
		var f jsonFeed
		if err := json.Unmarshal([]byte(a.body), &f); err != nil || f.Self != self+"json" || !slices.Equal(f.Hubs, []jsonHub{{"WebSub", "https://hub.example/confirmed"}}) {
			t.Errorf("%v: self %s, hubs %v", err, f.Self, f.Hubs)
		}
	}
}
