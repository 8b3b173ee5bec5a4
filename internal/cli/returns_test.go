package cli

import (
	"bytes"
	"context"
	"log/slog"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/entity"
	"marsad/internal/auth"
	"marsad/internal/ledger"
	"marsad/internal/list"
	"marsad/news"
)

// TestReturnsFromMbox reads a failed delivery out of an mbox file, which marks the recipient, and reads it again once another program has
// rewritten the file, which does not mark them again though they agreed anew.
func TestReturnsFromMbox(t *testing.T) {
	ctx, box := t.Context(), filepath.Join(t.TempDir(), "bounces")
	h := openHouse(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(keepOut(ctx, h.store, outgoing{Bounces: "bounces@desk.example", Mailbox: mailbox{Path: box, Mbox: true}}))
	id, err := h.store.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "lina@reader.example", State: news.Confirmed, Created: time.Now()})
	must(err)
	n := news.Notice{ID: "0123456789abcdef0123456789abcdef", Recipient: id, Kind: news.TestMail, Planned: time.Now(), Due: time.Now()}
	must(h.store.AddNotices(ctx, []news.Notice{n}))
	must(h.store.Settle(ctx, news.Delivery{Notice: n, State: news.Sent, Done: time.Now()}))
	report := "From MAILER-DAEMON Tue Mar  3 09:00:00 2026\nDelivered-To: bounces+" + h.lists.Bounce(n.ID) + "@desk.example\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n" +
		"Final-Recipient: rfc822; lina@reader.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n\n--b--\n\n"
	look := func(file string, want news.RecipientState) {
		t.Helper()
		must(os.WriteFile(box, []byte(file), 0o600))
		must((&returns{house: h, log: slog.New(slog.DiscardHandler)}).read(ctx))
		if r, err := h.store.Recipient(ctx, id); err != nil || r.State != want {
			t.Fatalf("%s, want %s: %v", r.State, want, err)
		}
	}
	look("", news.Confirmed)
	look(report, news.Bounced)
	if row, err := h.store.Delivery(ctx, n.ID); err != nil || row.Delivery.State != news.Failed {
		t.Fatal(row.Delivery.State, err)
	}
	must(h.store.SetRecipientState(context.WithoutCancel(ctx), id, news.Confirmed, "again", time.Now()))
	look("From somebody\nSubject: spam\n\nx\n\n"+report, news.Confirmed)
}

// TestComplaint takes a reader's word that mail is unwanted: one of the desk's own and a subscriber get no more of it, and a subscriber is
// not even asked again.
func TestComplaint(t *testing.T) {
	ctx := t.Context()
	h := openHouse(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	own, err := h.store.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "lina@reader.example", State: news.Confirmed, Created: time.Now()})
	must(err)
	l, err := h.lists.Make(ctx, h.store, news.PublicList{Name: "Ports", Slug: "ports", Langs: []string{"en"}}, "port", true, "UTC", "test")
	must(err)
	_, err = h.lists.Import(ctx, l.ID, strings.NewReader("omar@reader.example\n"), "consent on paper", "test")
	must(err)
	people, err := h.store.Subscribed(ctx, l.ID, 0, 0, 9)
	must(err)
	back := &returns{house: h, log: slog.New(slog.DiscardHandler)}
	for i, to := range []int64{own, people[0]} {
		n := news.Notice{ID: strings.Repeat(string("ab"[i]), 32), Recipient: to, Kind: news.TestMail, Planned: time.Now(), Due: time.Now()}
		must(h.store.AddNotices(ctx, []news.Notice{n}))
		must(h.store.Settle(ctx, news.Delivery{Notice: n, State: news.Sent, Done: time.Now()}))
		for _, tag := range []string{"forged" + h.lists.Bounce(n.ID), h.lists.Bounce(n.ID), h.lists.Bounce(n.ID)} {
			must(back.take(ctx, "bounces@desk.example", []byte("To: bounces@desk.example\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"+
				"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: X/1\r\nVersion: 1\r\nOriginal-Mail-From: <bounces+"+tag+"@desk.example>\r\n\r\n--b--\r\n")))
			r, err := h.store.Recipient(ctx, to)
			must(err)
			if heard := tag[:6] != "forged"; (r.State == news.Unsubscribed) != heard {
				t.Errorf("%s: %s after a complaint with the tag %s", r.Address, r.State, tag)
			}
		}
		row, err := h.store.Delivery(ctx, n.ID)
		if must(err); row.Delivery.State != news.Sent || row.Delivery.Reply != "complained of: X/1" {
			t.Errorf("%+v", row.Delivery)
		}
	}
	person, err := h.lists.Export(ctx, "omar@reader.example")
	if must(err); person.Suppressed != "complained" {
		t.Errorf("%+v", person)
	}
	must(h.lists.Join(ctx, list.Request{Slug: "ports", Address: "omar@reader.example", Words: "yes", Form: "x", Remote: "192.0.2.1"}))
	if again, err := h.lists.Export(ctx, "omar@reader.example"); err != nil || len(again.Ledger) != len(person.Ledger) {
		t.Errorf("asked again: %+v %v", again, err)
	}
	if done, err := h.lists.Import(ctx, l.ID, strings.NewReader("omar@reader.example\n"), "consent on paper", "test"); err != nil || done.Suppressed != 1 {
		t.Errorf("%+v %v", done, err)
	}
}

// TestLeaveByMail takes a mail to the address in List-Unsubscribe for what the page's button is: a subscriber and one of the desk's own get
// no more, the ledger says how; and no answering machine does that for them, nor a tag that this desk did not make.
func TestLeaveByMail(t *testing.T) {
	ctx, box := t.Context(), filepath.Join(t.TempDir(), "bounces")
	h := openHouse(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(keepOut(ctx, h.store, outgoing{Bounces: "bounces@desk.example", Mailbox: mailbox{Path: box, Mbox: true}}))
	l, err := h.lists.Make(ctx, h.store, news.PublicList{Name: "Ports", Slug: "ports", Langs: []string{"en"}}, "port", true, "UTC", "test")
	must(err)
	_, err = h.lists.Import(ctx, l.ID, strings.NewReader("omar@reader.example\n"), "consent on paper", "test")
	must(err)
	own, err := h.store.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "lina@reader.example", State: news.Confirmed, Created: time.Now()})
	must(err)
	people, err := h.store.Subscribed(ctx, l.ID, 0, 0, 9)
	must(err)
	sub, err := h.store.Recipient(ctx, people[0])
	must(err)
	to, err := h.store.Recipient(ctx, own)
	must(err)
	c := &composer{store: h.store, signer: auth.NewSigner(make([]byte, 32)), base: "https://desk.example", lists: h.lists}
	ways := map[int64]string{sub.ID: stopMail(t, c, news.Notice{ID: "c", Recipient: sub.ID, List: l.ID, Kind: news.Breaking, Planned: time.Now()}, sub),
		own: stopMail(t, c, news.Notice{ID: "d", Recipient: own, Kind: news.Breaking, Planned: time.Now()}, to)}
	file := ""
	write := func(way, header string) {
		t.Helper()
		file += "From x Tue Mar  3 09:00:00 2026\nDelivered-To: " + way + "\nFrom: somebody@reader.example\n" + header + "Subject: unsubscribe\n\n\n"
		must(os.WriteFile(box, []byte(file), 0o600))
		must((&returns{house: h, log: slog.New(slog.DiscardHandler)}).read(ctx))
	}
	state := func(id int64) news.RecipientState {
		t.Helper()
		if id == own {
			r, err := h.store.Recipient(ctx, id)
			must(err)
			return r.State
		}
		v, err := h.store.Subscription(ctx, l.ID, id)
		must(err)
		return v.State
	}
	for id, way := range ways {
		write(way, "Auto-Submitted: auto-replied\n")
		write(strings.Replace(way, "+", "+0", 1), "")
		if s := state(id); s != news.Confirmed {
			t.Errorf("%s is %s after an answering machine and a forged tag", way, s)
		}
		write(way, "")
		write(way, "")
		if s := state(id); s != news.Unsubscribed {
			t.Errorf("%s is %s", way, s)
		}
	}
	r, err := h.lists.Export(ctx, "omar@reader.example")
	if must(err); len(r.Ledger) != 2 || r.Ledger[1].Do != ledger.Unsubscribe || r.Ledger[1].Form != "mail" {
		t.Errorf("%+v", r.Ledger)
	}
}

// stopMail gives the mail address of List-Unsubscribe in a notice's message.
func stopMail(t *testing.T, c *composer, n news.Notice, to news.Recipient) string {
	t.Helper()
	raw, err := c.Compose(t.Context(), n, to)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	page, way, _ := strings.Cut(m.Header.Get("List-Unsubscribe"), ">, <mailto:")
	way, _, ok := strings.Cut(way, "?subject=unsubscribe>")
	if !ok || !strings.HasPrefix(page, "<https://desk.example/") || len(way) > 64+len("@desk.example") {
		t.Fatalf("List-Unsubscribe: %q", m.Header.Get("List-Unsubscribe"))
	}
	return way
}

// openHouse opens a desk with nothing in it.
func openHouse(t *testing.T) *house {
	t.Helper()
	rt := &runtimeEnv{ctx: t.Context(), known: func() (*entity.Names, error) { return entity.Default(), nil }}
	h, err := rt.open(t.Context(), plan{file: filepath.Join(t.TempDir(), "desk.db"), base: "https://desk.example", log: slog.New(slog.DiscardHandler), alone: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}
