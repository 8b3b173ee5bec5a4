package storetest

import (
	"fmt"
	"testing"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/internal/ledger"
	"marsad/news"
)

// book follows a ledger whose entries it numbers.
type book struct {
	*desk
	n int64
}

func (b *book) follow(e ledger.Entry, address string) {
	b.Helper()
	b.n++
	e.N, e.At, e.Sum = b.n, b.now, fmt.Sprint("s", b.n)
	e.Address = address
	b.must(b.Follow(b.ctx, e))
}

func lists(t *testing.T, d *desk) {
	l := news.PublicList{ID: 7, Slug: "ports", Name: "Ports", Langs: []string{"ar", "en"}, Watch: 3, Created: Noon, TimeOut: time.Hour}
	d.must(d.SaveList(d.ctx, l))
	d.kind(d.SaveList(d.ctx, news.PublicList{ID: 8, Slug: "ports"}), fault.Conflict)
	l.Name = "Harbours"
	d.must(d.SaveList(d.ctx, l))
	got, err := d.List(d.ctx, 7)
	d.must(err)
	d.same("list", got, l)
	_, err = d.List(d.ctx, 0)
	d.kind(err, fault.NotFound)
	all, err := d.Lists(d.ctx)
	d.must(err)
	d.same("lists", all, []news.PublicList{l})
	d.must(d.DeleteList(d.ctx, 7))
	d.kind(d.DeleteList(d.ctx, 7), fault.NotFound)
}

func consent(t *testing.T, d *desk) {
	b := &book{desk: d}
	who := func(state news.RecipientState, subs int) news.Recipient {
		t.Helper()
		r, err := d.Subscriber(d.ctx, "h1")
		d.must(err)
		ss, err := d.Subscriptions(d.ctx, r.ID)
		d.must(err)
		if r.State != state || len(ss) != subs {
			t.Fatalf("%s with %d subscriptions, want %s with %d", r.State, len(ss), state, subs)
		}
		return r
	}
	b.follow(ledger.Entry{Do: ledger.Ask, List: 7, Who: "h1", Lang: "ar", Words: "yes"}, "x@example.org")
	r := who(news.Unconfirmed, 1)
	if r.Carrier != news.SubscriberCarrier || r.Address != "x@example.org" || r.Lang != "ar" {
		t.Fatalf("subscriber %+v", r)
	}
	if rs, _ := d.Recipients(d.ctx); len(rs) != 0 {
		t.Fatal("a subscriber stands among the desk's own people")
	}
	b.follow(ledger.Entry{Do: ledger.Ask, List: 7, Who: "h1"}, "x@example.org")
	if s, err := d.Subscription(d.ctx, 7, r.ID); err != nil || s.Asks != 2 || s.State != news.Unconfirmed {
		t.Fatalf("%+v %v", s, err)
	}
	b.follow(ledger.Entry{Do: ledger.Confirm, List: 7, Who: "h1", Words: "I agree", Form: "page"}, "")
	who(news.Confirmed, 1)
	if s, _ := d.Subscription(d.ctx, 7, r.ID); s.Consent != "I agree" || s.Asks != 0 || s.Basis != "opt-in" || !s.Since.Equal(Noon) {
		t.Fatalf("%+v", s)
	}
	b.follow(ledger.Entry{Do: ledger.Import, List: 8, Who: "h1", Basis: "contract"}, "x@example.org")
	who(news.Confirmed, 2)
	b.follow(ledger.Entry{Do: ledger.Unsubscribe, List: 7, Who: "h1"}, "")
	who(news.Confirmed, 2)
	for list, want := range map[int64]string{7: "unsubscribed", 8: ""} {
		if why, err := d.Suppressed(d.ctx, "h1", list); err != nil || why != want {
			t.Fatalf("list %d is %q: %v", list, why, err)
		}
	}
	b.follow(ledger.Entry{Do: ledger.Unsubscribe, Who: "h1"}, "")
	who(news.Unsubscribed, 2)
	b.follow(ledger.Entry{Do: ledger.Ask, List: 7, Who: "h1"}, "x@example.org")
	b.follow(ledger.Entry{Do: ledger.Confirm, List: 7, Who: "h1", Words: "again"}, "")
	who(news.Confirmed, 2)
	if why, _ := d.Suppressed(d.ctx, "h1", 7); why != "" {
		t.Fatalf("who came back by themselves is %s", why)
	}
	b.follow(ledger.Entry{Do: ledger.Suppress, Who: "h1", Why: "bounced"}, "")
	who(news.Bounced, 2)
	b.follow(ledger.Entry{Do: ledger.Erase, Who: "h1"}, "")
	_, err := d.Subscriber(d.ctx, "h1")
	d.kind(err, fault.NotFound)
	if why, _ := d.Suppressed(d.ctx, "h1", 9); why != "erased" {
		t.Fatalf("who was erased is %q", why)
	}
	if h, err := d.Followed(d.ctx); err != nil || h.N != b.n || h.Sum != fmt.Sprint("s", b.n) {
		t.Fatalf("%+v %v", h, err)
	}
	// An old entry that comes again changes nothing.
	d.must(d.Follow(d.ctx, ledger.Entry{N: 1, Do: ledger.Ask, List: 7, Who: "h1", Address: "x@example.org"}))
	_, err = d.Subscriber(d.ctx, "h1")
	d.kind(err, fault.NotFound)
}

func copies(t *testing.T, d *desk) {
	b := &book{desk: d}
	ids := map[string]int64{}
	for _, w := range []string{"h1", "h2", "h3"} {
		b.follow(ledger.Entry{Do: ledger.Import, List: 7, Who: w, Basis: "test"}, w+"@example.org")
		r, err := d.Subscriber(d.ctx, w)
		d.must(err)
		ids[w] = r.ID
	}
	got, err := d.Subscribed(d.ctx, 7, 0, ids["h1"], 9)
	d.must(err)
	d.same("subscribed", got, []int64{ids["h2"], ids["h3"]})
	copy := func(id string, to int64) news.Notice {
		n := d.notice(id, to)
		n.List, n.Cause, n.Story = 7, "master", 5
		return n
	}
	d.must(d.AddNotices(d.ctx, []news.Notice{d.notice("own", 1), copy("a", ids["h1"]), copy("b", ids["h2"]), copy("c", ids["h3"])}))
	own, err := d.LeaseNotices(d.ctx, Noon, 9, time.Minute)
	d.must(err)
	ls, err := d.LeaseCopies(d.ctx, Noon, 9, time.Minute)
	d.must(err)
	if len(own) != 1 || len(ls) != 3 || ls[0].Notice.Cause != "master" || ls[0].Notice.List != 7 {
		t.Fatalf("leased %d and %+v", len(own), ls)
	}
	b.follow(ledger.Entry{Do: ledger.Unsubscribe, List: 7, Who: "h3"}, "")
	ls[0].State, ls[0].Done = news.Sent, Noon
	ls[1].State, ls[1].Attempts, ls[1].Next = news.Waiting, 1, Noon.Add(time.Hour)
	ls[2].State, ls[2].Attempts = news.Waiting, 1
	d.must(d.SettleAll(d.ctx, ls))
	n, err := d.Copies(d.ctx, "master")
	d.must(err)
	d.same("copies", n, map[news.DeliveryState]int{news.Sent: 1, news.Waiting: 1, news.Cancelled: 1})
	rows, err := d.CopiesOf(d.ctx, "master", news.Sent, "", 9)
	d.must(err)
	if len(rows) != 1 || rows[0].Recipient.Address == "" {
		t.Fatalf("%+v", rows)
	}
	told, err := d.Subscribed(d.ctx, 7, 5, 0, 9)
	d.must(err)
	d.same("told", told, []int64{ids["h1"], ids["h2"]})
	if box, _ := d.Outbox(d.ctx, time.Time{}, 9); len(box) != 1 {
		t.Fatalf("the outbox shows %d rows", len(box))
	}
	if h, _ := d.History(d.ctx, time.Time{}); len(h) != 1 {
		t.Fatalf("history holds %d notices", len(h))
	}
	for i, want := range []string{"first", "first"} {
		if got, err := d.FreezeLetter(d.ctx, "master", "ar", []byte([]string{"first", "second"}[i])); err != nil || string(got) != want {
			t.Fatalf("%s %v", got, err)
		}
	}
	_, err = d.FreezeLetter(d.ctx, "master", "en", nil)
	d.kind(err, fault.NotFound)
	b.follow(ledger.Entry{Do: ledger.Mailed, List: 7, URLs: []string{"u1", "u2"}}, "")
	was, err := d.WasMailed(d.ctx, 7, []string{"u0", "u2"})
	d.must(err)
	d.same("mailed", was, []string{"u2"})
	if err := d.Cancel(d.ctx, "b", "by hand"); err != nil {
		t.Fatal(err)
	}
	d.kind(d.Cancel(d.ctx, "b", "again"), fault.NotFound)
	d.kind(d.Retry(d.ctx, "b"), fault.NotFound)
}

// digestTold finds for a correction whom a list's digest told of a story, and nobody whom it did not: those who got another digest, a
// digest of another list, or a digest that failed.
func digestTold(t *testing.T, d *desk) {
	b := &book{desk: d}
	src := d.source("a")
	one, other := d.article(src, 1, 0, "one").Placement.Story, d.article(src, 2, 0, "two").Placement.Story
	lists := map[int64]news.PublicList{}
	for _, id := range []int64{7, 8} {
		r, err := d.SaveRecipient(d.ctx, news.Recipient{Carrier: news.ListCarrier, Address: fmt.Sprint("list-", id), State: news.Confirmed})
		d.must(err)
		lists[id] = news.PublicList{ID: id, Slug: fmt.Sprint("list-", id), Name: "x", Langs: []string{"en"}, Recipient: r}
		d.must(d.SaveList(d.ctx, lists[id]))
	}
	digest := func(id string, list, story int64) {
		n := d.notice(id, lists[list].Recipient)
		n.Kind, n.Story, n.Because = news.DigestSlot, 0, []news.Reason{alert.Tells(story, "headline")}
		d.must(d.AddNotices(d.ctx, []news.Notice{n}))
	}
	digest("of-one", 7, one)
	digest("of-other", 7, other)
	digest("elsewhere", 8, one)
	people := map[string]int64{}
	for _, who := range []struct {
		name, digest string
		list         int64
		state        news.DeliveryState
	}{
		{"got-it", "of-one", 7, news.Sent}, {"will-get-it", "of-one", 7, news.Waiting}, {"never-got-it", "of-one", 7, news.Failed},
		{"got-another", "of-other", 7, news.Sent}, {"got-it-elsewhere", "elsewhere", 8, news.Sent}, {"got-nothing", "", 7, ""},
	} {
		b.follow(ledger.Entry{Do: ledger.Import, List: 7, Who: who.name, Basis: "test"}, who.name+"@example.org")
		r, err := d.Subscriber(d.ctx, who.name)
		d.must(err)
		people[who.name] = r.ID
		if who.digest == "" {
			continue
		}
		c := d.notice("copy-"+who.name, r.ID)
		c.Kind, c.Story, c.List, c.Cause = news.DigestSlot, 0, who.list, who.digest
		d.must(d.AddNotices(d.ctx, []news.Notice{c}))
		d.must(d.SettleAll(d.ctx, []news.Delivery{{Notice: c, State: who.state}}))
	}
	told := func(story int64, names ...string) {
		t.Helper()
		var want []int64
		for _, n := range names {
			want = append(want, people[n])
		}
		got, err := d.Subscribed(d.ctx, 7, story, 0, 9)
		d.must(err)
		d.same("told", got, want)
	}
	told(one, "got-it", "will-get-it")
	told(other, "got-another")
	r := d.result(d.page(src, 3), one, "three")
	r.Placement.Merged = []int64{other}
	d.must(d.Commit(d.ctx, r))
	told(one, "got-it", "will-get-it", "got-another") // whoever was told of what became part of the story
}
