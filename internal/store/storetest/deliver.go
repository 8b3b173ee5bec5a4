package storetest

import (
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/news"
)

func noticePlannedOnce(t *testing.T, d *desk) {
	n := d.notice("n", d.reader("x@example.org"))
	d.must(d.AddNotices(d.ctx, []news.Notice{n}))
	again := n
	again.Fact, again.Due = "other", Noon.Add(time.Hour)
	d.must(d.AddNotices(d.ctx, []news.Notice{again}))
	ns, err := d.History(d.ctx, Noon)
	d.must(err)
	d.same("history", ns, []news.Notice{n})
	ns, err = d.History(d.ctx, Noon.Add(time.Second))
	d.must(err)
	d.same("history of later", ns, []news.Notice{})
}

func noticeLeases(t *testing.T, d *desk) {
	to := d.reader("x@example.org")
	later := d.notice("b", to)
	later.Due = Noon.Add(time.Hour)
	d.must(d.AddNotices(d.ctx, []news.Notice{d.notice("a", to), later}))
	got, err := d.LeaseNotices(d.ctx, Noon, 9, time.Minute)
	d.must(err)
	if len(got) != 1 || got[0].Notice.ID != "a" || got[0].State != news.Waiting || got[0].Repeats != 0 {
		t.Fatalf("leased %+v", got)
	}
	d.same("notice", got[0].Notice, d.notice("a", to))
	if got, _ := d.LeaseNotices(d.ctx, Noon, 9, time.Minute); len(got) != 0 {
		t.Fatal("a leased notice was leased again")
	}
	// The lease ran out before there was a message: nothing can have been sent.
	got, err = d.LeaseNotices(d.ctx, Noon.Add(2*time.Minute), 9, time.Minute)
	d.must(err)
	if len(got) != 1 || got[0].Repeats != 0 {
		t.Fatalf("leased %+v", got)
	}
	_, err = d.Freeze(d.ctx, "a", []byte("m"))
	d.must(err)
	got, err = d.LeaseNotices(d.ctx, Noon.Add(4*time.Minute), 9, time.Minute)
	d.must(err)
	if len(got) != 1 || got[0].Repeats != 1 || string(got[0].Message) != "m" {
		t.Fatalf("a lease that ran out with a message composed: %+v", got)
	}
}

func endLeases(t *testing.T, d *desk) {
	d.source("a")
	to := d.reader("x@example.org")
	d.must(d.AddNotices(d.ctx, []news.Notice{d.notice("composed", to), d.notice("new", to)}))
	lease := func() []news.Delivery {
		fs, err := d.LeaseFeeds(d.ctx, Noon, 9, time.Hour)
		d.must(err)
		ns, err := d.LeaseNotices(d.ctx, Noon, 9, time.Hour)
		d.must(err)
		if len(fs) != 1 || len(ns) != 2 {
			t.Fatalf("leased %d feeds and %d notices", len(fs), len(ns))
		}
		return ns
	}
	lease()
	_, err := d.Freeze(d.ctx, "composed", []byte("m"))
	d.must(err)
	d.must(d.EndLeases(d.ctx))
	for _, n := range lease() {
		if want := map[string]int{"composed": 1, "new": 0}[n.Notice.ID]; n.Repeats != want {
			t.Errorf("%s counts %d repeats, want %d", n.Notice.ID, n.Repeats, want)
		}
	}
}

func freeze(t *testing.T, d *desk) {
	d.must(d.AddNotices(d.ctx, []news.Notice{d.notice("a", 1)}))
	m, err := d.Freeze(d.ctx, "a", []byte("first"))
	d.must(err)
	d.same("first", string(m), "first")
	m, err = d.Freeze(d.ctx, "a", []byte("second"))
	d.must(err)
	d.same("second", string(m), "first")
	_, err = d.Freeze(d.ctx, "none", []byte("x"))
	d.kind(err, fault.NotFound)
}

// because says what a digest tells as long as it is not composed.
func because(t *testing.T, d *desk) {
	d.must(d.AddNotices(d.ctx, []news.Notice{d.notice("a", d.reader("x@example.org"))}))
	tells := []news.Reason{{Kind: "story", Words: []string{"h"}, Value: 7}}
	d.must(d.Because(d.ctx, "a", tells))
	_, err := d.Freeze(d.ctx, "a", []byte("m"))
	d.must(err)
	d.kind(d.Because(d.ctx, "a", nil), fault.NotFound)
	ns, err := d.History(d.ctx, Noon)
	d.must(err)
	d.same("because", ns[0].Because, tells)
}

func settle(t *testing.T, d *desk) {
	to := d.reader("x@example.org")
	d.must(d.AddNotices(d.ctx, []news.Notice{d.notice("a", to)}))
	got, err := d.LeaseNotices(d.ctx, Noon, 1, time.Minute)
	d.must(err)
	v := got[0]
	v.Attempts, v.Next, v.Reply = 1, Noon.Add(time.Hour), "451 later"
	d.must(d.Settle(d.ctx, v))
	if got, _ := d.LeaseNotices(d.ctx, Noon.Add(30*time.Minute), 1, time.Minute); len(got) != 0 {
		t.Fatal("leased before its next attempt")
	}
	got, err = d.LeaseNotices(d.ctx, Noon.Add(time.Hour), 1, time.Minute)
	d.must(err)
	if len(got) != 1 || got[0].Attempts != 1 || got[0].Repeats != 0 || got[0].Reply != "451 later" {
		t.Fatalf("leased %+v", got)
	}
	v.State, v.Attempts, v.Repeats, v.Done, v.Reply = news.Sent, 2, 1, Noon.Add(time.Hour), "250 ok"
	d.must(d.Settle(d.ctx, v))
	if got, _ := d.LeaseNotices(d.ctx, Noon.Add(9*time.Hour), 1, time.Minute); len(got) != 0 {
		t.Fatal("what was sent was leased again")
	}
	row, err := d.Delivery(d.ctx, "a")
	d.must(err)
	v.Leased = time.Time{}
	d.same("delivery", row.Delivery, v)
	v.Notice.ID = "none"
	d.kind(d.Settle(d.ctx, v), fault.NotFound)
}

func unsubscribed(t *testing.T, d *desk) {
	to, other := d.reader("x@example.org"), d.reader("y@example.org")
	d.must(d.AddNotices(d.ctx, []news.Notice{d.notice("a", to), d.notice("b", to), d.notice("c", other)}))
	got, err := d.LeaseNotices(d.ctx, Noon, 1, time.Minute)
	d.must(err)
	d.must(d.SetRecipientState(d.ctx, to, news.Unsubscribed, "", Noon))
	// The attempt under way ends with a temporary failure: it must not come back to life.
	got[0].Attempts = 1
	d.must(d.Settle(d.ctx, got[0]))
	rest, err := d.LeaseNotices(d.ctx, Noon.Add(time.Hour), 9, time.Minute)
	d.must(err)
	if len(rest) != 1 || rest[0].Notice.ID != "c" {
		t.Fatalf("still waiting: %+v", rest)
	}
	row, err := d.Delivery(d.ctx, "a")
	d.must(err)
	if row.Delivery.State != news.Cancelled || row.Recipient.State != news.Unsubscribed {
		t.Fatalf("delivery is %s, recipient %s", row.Delivery.State, row.Recipient.State)
	}
	d.must(d.SetRecipientState(d.ctx, row.Recipient.ID, news.Bounced, "", Noon))
	if r, err := d.Recipient(d.ctx, row.Recipient.ID); err != nil || r.State != news.Unsubscribed {
		t.Fatalf("who unsubscribed is %s after a bounce (%v)", r.State, err)
	}
}

func release(t *testing.T, d *desk) {
	to := d.reader("x@example.org")
	old := d.notice("old", to)
	old.Planned = Noon.Add(-48 * time.Hour)
	d.must(d.AddNotices(d.ctx, []news.Notice{old, d.notice("new", to)}))
	got, err := d.LeaseNotices(d.ctx, Noon, 9, time.Minute)
	d.must(err)
	for _, v := range got {
		_, err := d.Freeze(d.ctx, v.Notice.ID, []byte("from nobody"))
		d.must(err)
		if v.State = news.Held; v.Notice.ID == "old" {
			v.Attempts = 1
		}
		d.must(d.Settle(d.ctx, v))
	}
	n, err := d.Release(d.ctx, "", Noon.Add(-time.Hour))
	d.must(err)
	got, err = d.LeaseNotices(d.ctx, Noon, 9, time.Minute)
	d.must(err)
	if n != 1 || len(got) != 1 || got[0].Notice.ID != "new" {
		t.Fatalf("released %d: %+v", n, got)
	}
	if got[0].Message != nil {
		t.Fatalf("composed while nothing was set up, and not anew: %s", got[0].Message)
	}
	if n, _ = d.Release(d.ctx, "old", time.Time{}); n != 1 {
		t.Fatalf("released %d by id", n)
	}
	if row, err := d.Delivery(d.ctx, "old"); err != nil || string(row.Delivery.Message) != "from nobody" {
		t.Fatalf("a message that may be out already was let go: %v", err)
	}
}

// replay sends again what failed, and what a program was sent; never what a person was.
func replay(t *testing.T, d *desk) {
	hook, err := d.SaveRecipient(d.ctx, news.Recipient{Carrier: "webhook", Address: "https://hook.example", State: news.Confirmed})
	d.must(err)
	for _, c := range []struct {
		id    string
		to    int64
		state news.DeliveryState
		may   bool
	}{{"failed", d.reader("x@example.org"), news.Failed, true}, {"read", d.reader("y@example.org"), news.Sent, false}, {"posted", hook, news.Sent, true}, {"dropped", hook, news.Cancelled, false}} {
		d.must(d.AddNotices(d.ctx, []news.Notice{d.notice(c.id, c.to)}))
		_, err := d.Freeze(d.ctx, c.id, []byte("as it was"))
		d.must(err)
		d.must(d.SettleAll(d.ctx, []news.Delivery{{Notice: news.Notice{ID: c.id}, State: c.state, Attempts: 1, Done: Noon}}))
		if !c.may {
			d.kind(d.Retry(d.ctx, c.id), fault.NotFound)
			continue
		}
		d.must(d.Retry(d.ctx, c.id))
		got, err := d.LeaseThese(d.ctx, []string{c.id}, Noon, time.Minute)
		d.must(err)
		if len(got) != 1 || string(got[0].Message) != "as it was" {
			t.Fatalf("%s: %+v", c.id, got)
		}
	}
}

func outbox(t *testing.T, d *desk) {
	r := d.full()
	r.Notices[0].Watch, r.Notices[0].Story = r.Matches[0].Watch, r.Placement.Story
	d.must(d.Commit(d.ctx, r))
	d.now = d.now.Add(time.Minute)
	lost := d.notice("n2", 77) // its recipient is not there
	d.must(d.AddNotices(d.ctx, []news.Notice{lost}))
	rows, err := d.Outbox(d.ctx, time.Time{}, 9)
	d.must(err)
	if len(rows) != 2 || rows[0].Delivery.Notice.ID != "n2" || rows[1].Watch != "w" || rows[1].Headline != r.Article.Headline ||
		rows[1].Recipient.Address != "x@example.org" {
		t.Fatalf("outbox: %+v", rows)
	}
	rows, err = d.Outbox(d.ctx, d.now, 9)
	d.must(err)
	d.same("before", len(rows), 1)
	_, err = d.Delivery(d.ctx, "none")
	d.kind(err, fault.NotFound)
	_, err = d.Delivery(d.ctx, "")
	d.kind(err, fault.NotFound)
	outboxPages(d)
}

// outboxPages goes through notices that were planned at one moment, two at a time.
func outboxPages(d *desk) {
	d.Helper()
	for _, id := range []string{"p3", "p1", "p5", "p2", "p4"} {
		d.must(d.AddNotices(d.ctx, []news.Notice{d.notice(id, 77)}))
	}
	var all []string
	rows, err := d.Outbox(d.ctx, time.Time{}, 2)
	for ; err == nil && len(rows) > 0; rows, err = d.OutboxBehind(d.ctx, rows[len(rows)-1].Delivery.Notice, 2) {
		for _, r := range rows {
			all = append(all, r.Delivery.Notice.ID)
		}
	}
	d.must(err)
	if len(all) != 7 {
		d.Fatalf("all pages of the outbox: %v", all)
	}
}
