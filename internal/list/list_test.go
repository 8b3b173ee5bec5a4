package list_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/ledger"
	"marsad/internal/list"
	"marsad/internal/sqlite"
	"marsad/news"
)

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

// TB is what a test of either kind gives.
type TB interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// house is lists over a real store and ledger in one folder.
type house struct {
	TB
	*list.Service
	ctx    context.Context
	folder string
	store  *sqlite.Store
	ledger *ledger.Ledger
	now    time.Time
	ports  news.PublicList
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func open(t TB, folder string) *house {
	t.Helper()
	h := &house{TB: t, ctx: context.Background(), folder: folder, now: noon}
	var err error
	clock := func() time.Time { return h.now }
	h.store, err = sqlite.Open(h.ctx, filepath.Join(folder, "desk.db"), sqlite.Now(clock))
	h.must(err)
	h.ledger, err = ledger.Open(filepath.Join(folder, "consents"))
	h.must(err)
	h.Service, err = list.Open(h.ctx, list.Options{Store: h.store, Ledger: h.ledger, Secret: []byte("a secret of the desk"), Now: clock})
	h.must(err)
	return h
}

func (h *house) close() {
	h.must(h.store.Close())
	h.must(h.ledger.Close())
}

func (h *house) list(slug string) news.PublicList {
	h.Helper()
	l, err := h.Make(h.ctx, h.store, news.PublicList{Name: "Ports", Slug: slug, Langs: []string{"ar", "en"}}, "port", false, "UTC", "sami")
	h.must(err)
	return l
}

func furnished(t testing.TB) *house {
	h := open(t, t.TempDir())
	t.Cleanup(func() { h.store.Close(); h.ledger.Close() })
	h.ports = h.list("ports")
	return h
}

func (h *house) join(slug, address string) error {
	return h.Join(h.ctx, list.Request{Slug: slug, Address: address, Lang: "en", Words: "yes", Form: "test", Remote: "192.0.2.1"})
}

func (h *house) say(purpose string, l news.PublicList, address string) list.Person {
	h.Helper()
	token := h.Link(purpose, l.ID, address)
	var p list.Person
	var err error
	switch purpose {
	case list.Confirm:
		p, err = h.Confirm(h.ctx, token, "I agree", "test")
	case list.Leave:
		p, err = h.Leave(h.ctx, token, "test")
	case list.Never:
		err = h.Refuse(h.ctx, token, "test")
	}
	h.must(err)
	return p
}

// asked counts the questions that were planned.
func (h *house) asked() int {
	ns, err := h.store.History(h.ctx, time.Time{})
	h.must(err)
	n := 0
	for _, v := range ns {
		if v.Kind == news.Optin {
			n++
		}
	}
	return n
}

// told gives whom a notice to the list would go to.
func (h *house) told(l news.PublicList) (addresses []string) {
	ids, err := h.store.Subscribed(h.ctx, l.ID, 0, 0, 1000)
	h.must(err)
	for _, id := range ids {
		r, err := h.store.Recipient(h.ctx, id)
		h.must(err)
		addresses = append(addresses, r.Address)
	}
	slices.Sort(addresses)
	return addresses
}

func Example() {
	folder, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(folder)
	ctx := context.Background()
	store, _ := sqlite.Open(ctx, filepath.Join(folder, "desk.db"))
	book, _ := ledger.Open(filepath.Join(folder, "consents"))
	lists, err := list.Open(ctx, list.Options{Store: store, Ledger: book, Secret: []byte("secret")})
	ports, _ := lists.Make(ctx, store, news.PublicList{Name: "Ports", Slug: "ports", Langs: []string{"en"}}, "port", false, "UTC", "sami")
	_ = lists.Join(ctx, list.Request{Slug: "ports", Address: "lina@reader.example", Words: "I agree"})
	p, _ := lists.Confirm(ctx, lists.Link(list.Confirm, ports.ID, "lina@reader.example"), "I agree", "page")
	fmt.Println(p.State, err)
	p, _ = lists.Leave(ctx, lists.Link(list.Leave, ports.ID, "lina@reader.example"), "one-click")
	fmt.Println(p.State, store.Close(), book.Close())
	// Output:
	// confirmed <nil>
	// unsubscribed <nil> <nil>
}

func TestDoubleOptIn(t *testing.T) {
	h := furnished(t)
	h.must(h.join("ports", "Lina@Reader.example"))
	if len(h.told(h.ports)) != 0 || h.asked() != 1 {
		t.Fatal("told before they agreed, or not asked")
	}
	if p := h.say(list.Confirm, h.ports, "lina@reader.example"); p.State != news.Confirmed {
		t.Fatal(p.State)
	}
	if got := h.told(h.ports); len(got) != 1 || got[0] != "Lina@reader.example" {
		t.Fatal(got)
	}
	r, err := h.Export(h.ctx, "lina@reader.example")
	h.must(err)
	last := r.Ledger[len(r.Ledger)-1]
	if len(r.Ledger) != 2 || last.Words != "I agree" || last.Form != "test" || !last.At.Equal(noon) || last.Who != r.Hash || r.Subscriptions[0].Consent != "I agree" {
		t.Fatalf("%+v", r)
	}
	h.say(list.Leave, h.ports, "lina@reader.example")
	h.say(list.Leave, h.ports, "lina@reader.example") // as often as one likes
	if p := h.say(list.Confirm, h.ports, "lina@reader.example"); p.State != news.Unsubscribed || len(h.told(h.ports)) != 0 {
		t.Fatal("an old mail brought back somebody who left")
	}
	h.now = h.now.Add(48 * time.Hour)
	h.must(h.join("ports", "lina@reader.example"))
	if h.say(list.Confirm, h.ports, "lina@reader.example"); len(h.told(h.ports)) != 1 {
		t.Fatal("who comes back by themselves is not let in")
	}
}

// TestAskedSeldom signs one address up over and over, at one list and at many, and never asks it to again.
func TestAskedSeldom(t *testing.T) {
	h := furnished(t)
	for i := range 5 {
		h.list(fmt.Sprint("more-", i))
	}
	for hour := range 24 {
		h.now = noon.Add(time.Duration(hour) * time.Hour)
		for i := range 5 {
			h.must(h.join(fmt.Sprint("more-", i), "x@reader.example"))
			h.must(h.join("ports", "x@reader.example"))
		}
	}
	if n := h.asked(); n > 4 {
		t.Fatalf("%d questions in a day to one address", n)
	}
	before := h.asked()
	h.now = h.now.Add(48 * time.Hour)
	h.say(list.Never, h.ports, "x@reader.example")
	h.must(h.join("ports", "x@reader.example"))
	if h.asked() != before {
		t.Fatal("asked although they said never")
	}
}

func TestFloods(t *testing.T) {
	h := furnished(t)
	taken := 0
	for i := range 100 {
		err := h.Join(h.ctx, list.Request{Slug: "ports", Address: fmt.Sprintf("x%d@reader.example", i), Remote: fmt.Sprintf("192.0.2.%d", i)})
		if err == nil {
			taken++
		} else if fault.KindOf(err) != fault.Temporary {
			t.Fatal(err)
		}
	}
	if taken != 20 || h.asked() != 20 {
		t.Fatalf("%d sign-ups from one network, %d questions", taken, h.asked())
	}
	if err := h.Join(h.ctx, list.Request{Slug: "ports", Address: "y@reader.example", Remote: "198.51.100.1"}); err != nil {
		t.Fatal("another network waits with the first:", err)
	}
	h.ports.SubscriberCap = 1
	h.must(h.store.SaveList(h.ctx, h.ports))
	if err := h.Join(h.ctx, list.Request{Slug: "ports", Address: "z@reader.example", Remote: "203.0.113.1"}); fault.KindOf(err) != fault.Temporary {
		t.Fatal("over the list's cap:", err)
	}
}

func TestBadAddresses(t *testing.T) {
	h := furnished(t)
	for _, a := range []string{"", "x", "x@y", "a b@c.example", "<a@b.example>", "a@b.example\r\nBcc: c@d.example", "\"a b\"@c.example", "a@b.example, c@d.example",
		strings.Repeat("x", 65) + "@b.example", "a@b..example", "A <a@b.example>"} {
		if err := h.join("ports", a); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", a, err)
		}
	}
	for _, a := range []string{"لينا@موقع.example", "a+b@c.example", "O'Neil@x.example"} {
		if _, err := list.Address(a); err != nil {
			t.Error(err)
		}
	}
}

// TestForged opens no link that this desk did not make, nor one made for something else.
func TestForged(t *testing.T) {
	h := furnished(t)
	good := h.Link(list.Leave, h.ports.ID, "lina@reader.example")
	for _, token := range []string{"", "x", good + "A", good[:len(good)-2] + "AA", h.Link(list.Confirm, h.ports.ID, "lina@reader.example"), strings.Repeat("A", 54)} {
		if _, err := h.Leave(h.ctx, token, ""); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", token, err)
		}
	}
	if _, err := h.OpenRelease(h.ReleaseLink("ab") + "x"); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
	tag := h.Bounce("00ff00ff00ff00ff00ff00ff00ff00ff")
	if n, ok := h.OpenBounce(strings.ToUpper(tag)); !ok || n != "00ff00ff00ff00ff00ff00ff00ff00ff" || len(tag) > 60 {
		t.Error(n, ok, len(tag))
	}
	if _, ok := h.OpenBounce("10" + tag[2:]); ok {
		t.Error("a forged tag was taken")
	}
}

func TestImport(t *testing.T) {
	h := furnished(t)
	h.must(h.join("ports", "left@reader.example"))
	h.say(list.Confirm, h.ports, "left@reader.example")
	h.say(list.Leave, h.ports, "left@reader.example")
	rows := "\ufeffa@reader.example\nb@reader.example, en\r\n# note\n\nnobody\nA@reader.example\nleft@reader.example\n"
	if _, err := h.Import(h.ctx, h.ports.ID, strings.NewReader(rows), "consent", "sami"); fault.KindOf(err) != fault.Invalid {
		t.Fatal("taken without a legal basis:", err)
	}
	out, err := h.Import(h.ctx, h.ports.ID, strings.NewReader(rows), "consent by the paper form of 3 March", "sami")
	h.must(err)
	if out.Added != 2 || out.Suppressed != 1 || len(out.Bad) != 1 || !slices.Equal(h.told(h.ports), []string{"a@reader.example", "b@reader.example"}) {
		t.Fatalf("%+v, told %v", out, h.told(h.ports))
	}
	again, err := h.Import(h.ctx, h.ports.ID, strings.NewReader(rows), "consent by the paper form of 3 March", "sami")
	h.must(err)
	if again.Added != 0 || again.Known != 3 {
		t.Fatalf("%+v", again)
	}
	r, _ := h.Export(h.ctx, "b@reader.example")
	if r.Subscriptions[0].Basis != "consent by the paper form of 3 March" || r.Subscriptions[0].Lang != "en" {
		t.Fatalf("%+v", r.Subscriptions)
	}
}
