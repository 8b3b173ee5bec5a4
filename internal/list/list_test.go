package list_test

import (
	"bytes"
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

	"pgregory.net/rapid"
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

// TestErase looks for the address in every file that is left.
func TestErase(t *testing.T) {
	h := furnished(t)
	h.must(h.join("ports", "gone@reader.example"))
	h.say(list.Confirm, h.ports, "gone@reader.example")
	h.must(h.Erase(h.ctx, "gone@reader.example", "sami"))
	h.close()
	for _, name := range []string{"consents", "desk.db"} {
		b, err := os.ReadFile(filepath.Join(h.folder, name))
		h.must(err)
		if bytes.Contains(b, []byte("gone@reader")) || bytes.Contains(b, []byte(`"sealed"`)) {
			t.Errorf("%s still knows the address", name)
		}
	}
	again := open(t, h.folder)
	defer again.close()
	out, err := again.Import(again.ctx, h.ports.ID, strings.NewReader("gone@reader.example\n"), "an old file", "sami")
	if err != nil || out.Suppressed != 1 {
		t.Fatalf("brought back by an import: %+v %v", out, err)
	}
	if p := again.say(list.Leave, h.ports, "gone@reader.example"); p.State != news.Unsubscribed {
		t.Error("the link in an old mail does not work any more")
	}
}

// TestRestore puts yesterday's database beside today's ledger: it learns what was said since. Without the ledger nobody is mailed until
// an operator says so.
func TestRestore(t *testing.T) {
	h := furnished(t)
	for _, a := range []string{"stays", "leaves", "erased"} {
		h.must(h.join("ports", a+"@reader.example"))
		h.say(list.Confirm, h.ports, a+"@reader.example")
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	h.must(h.store.Backup(h.ctx, backup))
	h.say(list.Leave, h.ports, "leaves@reader.example")
	h.must(h.Erase(h.ctx, "erased@reader.example", ""))
	h.must(h.join("ports", "new@reader.example"))
	h.say(list.Confirm, h.ports, "new@reader.example")
	h.close()
	for _, with := range []bool{true, false} {
		folder := t.TempDir()
		h.must(sqlite.Copy(h.ctx, backup, filepath.Join(folder, "desk.db")))
		if with {
			b, err := os.ReadFile(filepath.Join(h.folder, "consents"))
			h.must(err)
			h.must(os.WriteFile(filepath.Join(folder, "consents"), b, 0o600))
		}
		back := open(t, folder)
		got := back.told(h.ports)
		if hold := back.OnHold(h.ctx) != ""; hold == with {
			t.Errorf("with the ledger %v: on hold %v", with, hold)
		}
		if with && !slices.Equal(got, []string{"new@reader.example", "stays@reader.example"}) {
			t.Errorf("told after the restore: %v", got)
		}
		if !with {
			back.say(list.Leave, h.ports, "stays@reader.example") // leaving works on hold too
			if back.Waits(h.ctx, h.ports, news.Delivery{Released: noon}) == "" {
				t.Error("a release lifts the hold")
			}
			h.must(back.Adopt(h.ctx, "sami"))
			if back.OnHold(h.ctx) != "" {
				t.Error("the hold stays")
			}
			back.close()
			back = open(t, folder)
			if back.OnHold(h.ctx) != "" || slices.Contains(back.told(h.ports), "stays@reader.example") {
				t.Error("after the next start the hold is back, or who left is")
			}
		}
		back.close()
	}
}

// TestNobodyWithoutConsent does anything in any order, with restores in between, and compares who would be mailed with who agreed last.
func TestNobodyWithoutConsent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		folder, err := os.MkdirTemp("", "lists")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder)
		h := open(t, folder)
		defer func() { h.close() }()
		h.ports = h.list("ports")
		agreed, banned, waiting := map[string]bool{}, map[string]bool{}, map[string]bool{}
		backup := ""
		defer func() { os.Remove(backup) }()
		for i := range rapid.IntRange(1, 25).Draw(t, "steps") {
			a := rapid.SampledFrom([]string{"a@r.example", "b@r.example"}).Draw(t, "who")
			h.now = h.now.Add(40 * 24 * time.Hour)
			switch do := rapid.SampledFrom([]string{"join", "confirm", "confirm", "leave", "never", "erase", "import", "bounce", "backup", "restore"}).Draw(t, "do"); do {
			case "join":
				h.must(h.join("ports", a))
				waiting[a] = !agreed[a] && !banned[a] || waiting[a]
			case "confirm":
				before := waiting[a]
				p, err := h.Confirm(h.ctx, h.Link(list.Confirm, h.ports.ID, a), "yes", "test")
				h.must(err)
				if (p.State == news.Confirmed) != (before || agreed[a]) {
					t.Fatalf("%s is %s; waited %v, agreed %v", a, p.State, before, agreed[a])
				}
				agreed[a], waiting[a] = agreed[a] || before, false
			case "leave":
				h.say(list.Leave, h.ports, a)
				agreed[a], waiting[a] = false, false
			case "never":
				h.say(list.Never, h.ports, a)
				agreed[a], waiting[a], banned[a] = false, false, true
			case "bounce":
				h.must(h.Bounced(h.ctx, a, "550"))
				agreed[a], waiting[a], banned[a] = false, false, true
			case "erase":
				h.must(h.Erase(h.ctx, a, ""))
				agreed[a], waiting[a], banned[a] = false, false, false
			case "import":
				why, err := h.store.Suppressed(h.ctx, hashOf(h, a), h.ports.ID)
				h.must(err)
				_, err = h.Import(h.ctx, h.ports.ID, strings.NewReader(a+"\n"), "a stated basis", "")
				h.must(err)
				if why == "" {
					agreed[a], waiting[a] = true, false
				}
			case "backup":
				os.Remove(backup)
				backup = filepath.Join(folder, fmt.Sprint("backup", i))
				h.must(h.store.Backup(h.ctx, backup))
			case "restore":
				if backup == "" {
					continue
				}
				now := h.now
				h.close()
				for _, f := range []string{"desk.db", "desk.db-wal", "desk.db-shm"} {
					os.Remove(filepath.Join(folder, f))
				}
				h.must(sqlite.Copy(h.ctx, backup, filepath.Join(folder, "desk.db")))
				ports := h.ports
				h = open(t, folder)
				h.ports, h.now = ports, now
				if why := h.OnHold(h.ctx); why != "" {
					t.Fatal(why)
				}
			}
			var want []string
			for a, yes := range agreed {
				if yes {
					want = append(want, a)
				}
			}
			slices.Sort(want)
			if got := h.told(h.ports); !slices.Equal(got, want) {
				t.Fatalf("would be mailed: %v, agreed: %v", got, want)
			}
		}
	})
}

func hashOf(h *house, address string) string {
	r, err := h.Export(h.ctx, address)
	h.must(err)
	return r.Hash
}
