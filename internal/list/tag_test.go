package list_test

import (
	"strings"
	"testing"

	"marsad/internal/list"
	"marsad/news"
)

// TestExit ends a subscription by the tag of an address, logged out, once and for ever, as the link does; and nothing by any other tag.
func TestExit(t *testing.T) {
	h := furnished(t)
	_, err := h.Import(h.ctx, h.ports.ID, strings.NewReader("lina@reader.example\nomar@reader.example\n"), "a test's basis", "")
	h.must(err)
	tag := h.Exit(h.ports.ID, "lina@reader.example")
	if len(tag) != 45 || strings.ToLower(tag) != tag || strings.Trim(tag, "0123456789abcdefghijklmnopqrstuvwxyz") != "" {
		t.Fatalf("a tag that mail servers may change: %q", tag)
	}
	other := tag[:44] + "0"
	if other == tag {
		other = tag[:44] + "1"
	}
	for _, wrong := range []string{"", "x", tag[1:], tag + "0", "-" + tag[1:], "+" + tag[1:], strings.Repeat("z", 45), strings.Repeat("0", 45), other, h.Bounce(strings.Repeat("a", 32))} {
		if e, ok := h.OpenExit(wrong); ok {
			t.Errorf("%q opens %+v", wrong, e)
		}
	}
	if _, ok := h.OpenBounce(tag); ok {
		t.Error("a way out is taken for a failure")
	}
	for range 3 {
		e, ok := h.OpenExit(strings.ToUpper(tag)) // a server may have folded it either way
		if !ok || e.Recipient != 0 {
			t.Fatal(e, ok)
		}
		h.must(h.LeaveBy(h.ctx, e, "mail"))
	}
	r, err := h.Export(h.ctx, "lina@reader.example")
	h.must(err)
	if len(r.Ledger) != 2 || r.Ledger[1].Form != "mail" || len(r.Subscriptions) != 1 || r.Subscriptions[0].State != news.Unsubscribed {
		t.Errorf("%+v", r)
	}
	if r, err = h.Export(h.ctx, "omar@reader.example"); err != nil || r.Subscriptions[0].State != news.Confirmed {
		t.Errorf("somebody else: %+v %v", r, err)
	}
	h.must(h.Erase(h.ctx, "lina@reader.example", "test"))
	e, ok := h.OpenExit(tag)
	if !ok {
		t.Fatal("it hangs on a row")
	}
	h.must(h.LeaveBy(h.ctx, e, "mail"))
	if own, ok := h.OpenExit(h.OwnExit(1 << 40)); !ok || own.Recipient != 1<<40 {
		t.Error(own, ok)
	}
	if h.Exit(1<<56, "x@y.example") != "" || h.Exit(0, "x@y.example") != "" {
		t.Error("a list whose number does not fit has a tag")
	}
}

// FuzzTags opens whatever somebody writes behind the + of an address.
func FuzzTags(f *testing.F) {
	s := &list.Service{}
	f.Add(s.Exit(7, "lina@reader.example"))
	f.Add(s.OwnExit(3))
	f.Add(s.Bounce(strings.Repeat("0a", 16)))
	f.Add(strings.Repeat("z", 45))
	f.Fuzz(func(t *testing.T, tag string) {
		if e, ok := s.OpenExit(tag); ok && len(tag) != 45 {
			t.Errorf("%q opens %+v", tag, e)
		}
		if n, ok := s.OpenBounce(tag); ok && !strings.EqualFold(s.Bounce(n), tag) {
			t.Errorf("%q opens %q", tag, n)
		}
	})
}
