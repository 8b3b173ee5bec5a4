package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/list"
	"marsad/news"
)

// joinFrom sends a sign-up from a network, and gives the answer without the address that it repeats, and how long it took.
func (w *world) joinFrom(t *testing.T, network int, address string) (status int, body string, took time.Duration) {
	t.Helper()
	begun := time.Now()
	a := w.with("POST", "/lists/ports/join", "localhost", fmt.Sprintf("198.51.%d.7:5000", network), func(r *http.Request) {
		r.PostForm = url.Values{"address": {address}, "lang": {"en"}}
		r.Form = r.PostForm
	})
	return a.Code, strings.ReplaceAll(a.Body.String(), address, "ADDRESS"), time.Since(begun)
}

// TestSignUpTellsNothing: whoever signs an address up learns nothing of it, neither by the answer nor by its time: not whether it is
// known, has agreed, was asked, left, refused for ever or was asked too often.
func TestSignUpTellsNothing(t *testing.T) {
	w := newWorld(t)
	l := w.aList(t)
	lists, ctx := w.options.Lists, t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := w.keeper.Create(ctx, "anna", "a long password", auth.Admin, "en")
	must(err)
	_, err = lists.Import(ctx, l.ID, strings.NewReader("left@reader.example\nbounced@reader.example\n"), "a test's basis", "")
	must(err)
	_, err = lists.Leave(ctx, lists.Link(list.Leave, l.ID, "left@reader.example"), "test")
	must(err)
	must(lists.Bounced(ctx, "bounced@reader.example", "550"))
	must(lists.Refuse(ctx, lists.Link(list.Never, l.ID, "never@reader.example"), "test"))
	must(lists.Complained(ctx, "complained@reader.example", "abuse"))
	states := map[string]string{"complained": "complained@reader.example", "unknown": "unknown%d@reader.example", "agreed": agreed, "asked": askedOf, "left": "left@reader.example", "bounced": "bounced@reader.example", "never": "never@reader.example"}
	bodies, times := map[string]bool{}, map[string][]time.Duration{}
	n := 0
	for range 3 {
		for state, address := range states {
			if n++; state == "unknown" {
				address = fmt.Sprintf(address, n)
			}
			status, body, took := w.joinFrom(t, n, address)
			if status != 200 || took < pace {
				t.Errorf("%s: %d after %v", state, status, took)
			}
			bodies[body] = true
			times[state] = append(times[state], took)
		}
	}
	if len(bodies) != 1 {
		t.Errorf("%d kinds of answer", len(bodies))
	}
	var best []time.Duration
	for state := range states {
		best = append(best, slices.Min(times[state]))
	}
	if d := slices.Max(best) - slices.Min(best); d > pace/2 {
		t.Errorf("the times differ by %v: %v", d, times)
	}
	// A mailbox that somebody floods through many networks is written to once; the answers stay the same.
	before := w.questions(t)
	for i := range 10 {
		if status, _, _ := w.joinFrom(t, 100+i, "victim@reader.example"); status != 200 {
			t.Fatal(status)
		}
	}
	if got := w.questions(t) - before; got != 1 {
		t.Errorf("%d letters to one mailbox", got)
	}
}

// questions counts the letters that ask for consent.
func (w *world) questions(t *testing.T) (n int) {
	t.Helper()
	rows, err := w.store.Outbox(t.Context(), time.Time{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Delivery.Notice.List != 0 && r.Delivery.Notice.Kind == news.Optin {
			n++
		}
	}
	return n
}
