package list_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/list"
	"marsad/internal/store"
	"marsad/news"
)

// filled gives a list with n subscribers and a story that it is owed.
func filled(t testing.TB, n int) (h *house, l news.PublicList, master news.Notice) {
	h = furnished(t)
	var rows strings.Builder
	for i := range n {
		fmt.Fprintf(&rows, "x%d@reader.example\n", i)
	}
	_, err := h.Import(h.ctx, h.ports.ID, strings.NewReader(rows.String()), "a test's basis", "")
	h.must(err)
	id := article(h, "https://outlet.example/1")
	return h, h.ports, news.Notice{ID: "master", Recipient: h.ports.Recipient, Watch: h.ports.Watch, Story: id, Article: id, Kind: news.FirstMatch, Planned: h.now, Due: h.now}
}

// article commits an article at an address, in a story of its own.
func article(h *house, url string) int64 {
	h.Helper()
	p := news.Page{URL: url, Final: url, Status: 200, Body: []byte(url), Fetched: h.now}
	id, err := h.store.KeepPage(h.ctx, p)
	h.must(err)
	h.must(h.store.Commit(h.ctx, store.Result{Cursor: store.MainCursor, Page: id, Article: news.Article{ID: id, PageID: id, URL: url, Headline: "Harbour opens", Lang: "en", Text: "x"},
		Placement: news.Placement{Article: id, Story: id, New: true}, Stories: []news.Story{{ID: id, Headline: "Harbour opens", Lead: id, Articles: 1, First: id, Opened: h.now, Changed: h.now}}}))
	return id
}

func (h *house) expand(n news.Notice) int {
	h.Helper()
	got, err := h.Expand(h.ctx, n)
	h.must(err)
	return got
}

func TestExpand(t *testing.T) {
	h, l, master := filled(t, 2500)
	if n := h.expand(master); n != 2500 {
		t.Fatal(n)
	}
	if n := h.expand(master); n != 2500 { // cut off and called again
		t.Fatal(n)
	}
	c, err := h.store.Copies(h.ctx, master.ID)
	h.must(err)
	if c[news.Waiting] != 2500 {
		t.Fatal(c)
	}
	// A second list tells nobody twice.
	other := h.list("other")
	_, err = h.Import(h.ctx, other.ID, strings.NewReader("x1@reader.example\nnew@reader.example\n"), "a test's basis", "")
	h.must(err)
	second := master
	second.ID, second.Recipient = "second", other.Recipient
	h.expand(second)
	if c, _ := h.store.Copies(h.ctx, "second"); c[news.Waiting] != 1 {
		t.Fatalf("copies of the second list: %v", c)
	}
	// It goes on: later news of the story is no repetition.
	later := master
	later.ID, later.Kind = "later", news.Breaking
	if n := h.expand(later); n != 2500 {
		t.Fatal(n)
	}
	if why, err := h.Wanted(h.ctx, news.Notice{List: l.ID, Recipient: 1}); why == "" || err != nil {
		t.Error("a stranger is wanted", err)
	}
}

// TestCorrectionGoesToWhoWasTold subscribes somebody after a story was told: its correction is none of theirs.
func TestCorrectionGoesToWhoWasTold(t *testing.T) {
	h, l, master := filled(t, 3)
	h.expand(master)
	ds, err := h.store.LeaseCopies(h.ctx, h.now, 9, time.Minute)
	h.must(err)
	for i := range ds {
		ds[i].State, ds[i].Done = news.Sent, h.now
	}
	h.must(h.store.SettleAll(h.ctx, ds))
	_, err = h.Import(h.ctx, l.ID, strings.NewReader("late@reader.example\n"), "a test's basis", "")
	h.must(err)
	h.say(list.Leave, l, "x1@reader.example")
	fix := master
	fix.ID, fix.Kind, fix.Fact = "fix", news.Correction, "article 2"
	if n := h.expand(fix); n != 2 {
		t.Fatalf("corrected to %d, told were three of whom one left", n)
	}
}

// TestNotMailedAgainAfterRestore tells of an article again in a story that has no notices, as in a database that was restored.
func TestNotMailedAgainAfterRestore(t *testing.T) {
	h, l, master := filled(t, 3)
	h.expand(master)
	urls, err := h.store.WasMailed(h.ctx, l.ID, []string{"https://outlet.example/1"})
	h.must(err)
	if len(urls) != 1 {
		t.Fatal("what the list was mailed about is not remembered")
	}
	// The same article comes again in another story, which this database has told nobody of.
	fresh := master
	fresh.ID, fresh.Story, fresh.Article = "fresh", 99, 99
	h.must(h.store.Commit(h.ctx, store.Result{Cursor: store.MainCursor, Page: keep(h), Article: news.Article{ID: 2, PageID: 2, URL: "https://outlet.example/1", Headline: "x", Lang: "en", Text: "x"},
		Placement: news.Placement{Article: 2, Story: 99, New: true}, Stories: []news.Story{{ID: 99, Headline: "x", Lead: 2, Articles: 1, First: 2, Opened: h.now, Changed: h.now}}}))
	if _, err := h.Expand(h.ctx, fresh); fault.KindOf(err) != fault.Conflict {
		t.Fatalf("mailed again: %v", err)
	}
}

func keep(h *house) int64 {
	id, err := h.store.KeepPage(h.ctx, news.Page{URL: "https://outlet.example/1", Final: "x", Status: 200, Body: []byte("another"), Fetched: h.now})
	h.must(err)
	return id
}

// TestRelease asks whoever releases, then their delegate, and ends what nobody released.
func TestRelease(t *testing.T) {
	for _, late := range []bool{false, true} {
		h, l, master := filled(t, 1)
		l.TimeOut, l.SendLate, l.Releaser, l.Delegate = time.Hour, late, 71, 72
		h.must(h.store.SaveList(h.ctx, l))
		h.must(h.store.AddNotices(h.ctx, []news.Notice{master}))
		ds, err := h.store.LeaseNotices(h.ctx, h.now, 1, time.Minute)
		h.must(err)
		if h.Waits(h.ctx, l, ds[0]) == "" {
			t.Fatal("goes out without a person's word")
		}
		ds[0].State = news.Held
		h.must(h.store.Settle(h.ctx, ds[0]))
		var released, cancelled int
		desk := list.Desk{
			Release: func(ctx context.Context, id string) error {
				released++
				n, err := h.store.Release(ctx, id, time.Time{})
				if n != 1 {
					err = errors.Join(err, errors.New("not released"))
				}
				return err
			},
			Cancel: func(ctx context.Context, id string) error { cancelled++; return h.store.Cancel(ctx, id, "late") },
		}
		for i, want := range []int{1, 1, 2, 2, 2} { // asked so far, every twenty minutes
			h.must(h.Attend(h.ctx, desk))
			ns, err := h.store.History(h.ctx, time.Time{})
			h.must(err)
			asked := 0
			for _, n := range ns {
				if n.Kind == news.Release && list.Asked(n) == master.ID {
					asked++
				}
			}
			if asked != want {
				t.Fatalf("after %d minutes %d were asked", i*20, asked)
			}
			h.now = h.now.Add(20 * time.Minute)
		}
		if released+cancelled != 1 || (released == 1) != late {
			t.Errorf("late %v: released %d, cancelled %d", late, released, cancelled)
		}
	}
}

func TestPreferences(t *testing.T) {
	h := furnished(t)
	other := h.list("other")
	h.must(h.join("ports", "x@reader.example"))
	token := h.Link(list.Prefs, h.ports.ID, "x@reader.example")
	p, err := h.Choose(h.ctx, token, "en", []int64{h.ports.ID, other.ID}, "yes", "test")
	h.must(err)
	if len(h.told(other)) != 0 || p.State == news.Confirmed {
		t.Fatal("a mailbox that never confirmed took a list")
	}
	h.say(list.Confirm, h.ports, "x@reader.example")
	_, err = h.Choose(h.ctx, token, "en", []int64{other.ID}, "yes", "test")
	h.must(err)
	if len(h.told(other)) != 1 || len(h.told(h.ports)) != 0 {
		t.Fatal(h.told(other), h.told(h.ports))
	}
	r, err := h.Own(h.ctx, token)
	h.must(err)
	if r.Address != "x@reader.example" || len(r.Subscriptions) != 2 {
		t.Fatalf("%+v", r)
	}
	h.must(h.EraseOwn(h.ctx, token))
	if p, err := h.Behind(h.ctx, list.Prefs, token); err != nil || p.Address != "" {
		t.Fatal(p, err)
	}
	h.must(h.Delete(h.ctx, h.store, other))
	if _, err := h.Make(h.ctx, h.store, news.PublicList{Name: "Other", Slug: "other", Langs: []string{"en"}}, "x", true, "UTC", "sami"); err != nil {
		t.Fatal("the name of a list that is gone is not free:", err)
	}
}
