package list_test

import (
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/list"
	"marsad/news"
)

// TestLeavingWorksForEver follows a link that was mailed once through all that can happen to a list and to a person since: years, a list
// that is off, renamed or gone, an address written otherwise, a person forgotten. It ends what there is to end and tells nothing else.
func TestLeavingWorksForEver(t *testing.T) {
	for name, since := range map[string]func(*house){
		"nothing":     func(*house) {},
		"ten years":   func(h *house) { h.now = h.now.AddDate(10, 0, 0) },
		"list off":    func(h *house) { h.ports.Off = true; h.must(h.store.SaveList(h.ctx, h.ports)) },
		"list held":   func(h *house) { _, err := h.HoldList(h.ctx, h.ports, "a fault"); h.must(err) },
		"new address": func(h *house) { h.ports.Slug = "harbours"; h.must(h.store.SaveList(h.ctx, h.ports)) },
		"list gone":   func(h *house) { h.must(h.Delete(h.ctx, h.store, h.ports)) },
		"forgotten":   func(h *house) { h.must(h.Erase(h.ctx, "lina@reader.example", "sami")) },
		"bounced":     func(h *house) { h.must(h.Bounced(h.ctx, "lina@reader.example", "550")) },
		"complained":  func(h *house) { h.must(h.Complained(h.ctx, "lina@reader.example", "abuse")) },
		"left before": func(h *house) { h.say(list.Leave, h.ports, "lina@reader.example") },
		"written so":  func(h *house) { h.must(h.join("ports", "LINA@Reader.Example")) },
	} {
		t.Run(name, func(t *testing.T) {
			h := furnished(t)
			h.must(h.join("ports", "lina@reader.example"))
			h.say(list.Confirm, h.ports, "lina@reader.example")
			token := h.Link(list.Leave, h.ports.ID, "lina@reader.example")
			since(h)
			for range 2 {
				if p, err := h.Leave(h.ctx, token, "one click"); err != nil || p.State == news.Confirmed || p.State == news.Unconfirmed {
					t.Fatalf("%+v %v", p, err)
				}
			}
			if ids, err := h.store.Subscribed(h.ctx, h.ports.ID, 0, 0, 9); err != nil || len(ids) != 0 {
				t.Fatalf("still told: %v %v", ids, err)
			}
			h.close()
			again := open(t, h.folder) // after a restart
			defer again.close()
			if _, err := again.Leave(again.ctx, token, "one click"); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestALinkOfAnotherDesk opens nothing: not with another secret, another purpose or a letter changed.
func TestALinkOfAnotherDesk(t *testing.T) {
	h := furnished(t)
	h.must(h.join("ports", "lina@reader.example"))
	h.say(list.Confirm, h.ports, "lina@reader.example")
	token := h.Link(list.Leave, h.ports.ID, "lina@reader.example")
	other, err := list.Open(h.ctx, list.Options{Store: h.store, Ledger: h.ledger, Secret: []byte("another secret"), Now: time.Now})
	h.must(err)
	for _, forged := range []string{other.Link(list.Leave, h.ports.ID, "lina@reader.example"), h.Link(list.Prefs, h.ports.ID, "lina@reader.example"), strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		}
		return r
	}, token), token[:len(token)-1], ""} {
		if _, err := h.Leave(h.ctx, forged, "x"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", forged, err)
		}
	}
	if ids, err := h.store.Subscribed(h.ctx, h.ports.ID, 0, 0, 9); err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
}
