package desk_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marsad/internal/desk"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
)

// editing is a desk whose pages and clock are the test's.
type editing struct {
	*testing.T
	store *sqlite.Store
	desk  *desk.Desk
	box   box
	clock atomic.Int64
	pages int64
	from  int64 // the source of the pages
}

func (e *editing) now() time.Time { return time.Unix(1_750_000_000+e.clock.Load(), 0).UTC() }

func edit(t *testing.T) *editing {
	e := &editing{T: t, store: open(t, filepath.Join(t.TempDir(), "desk.db"))}
	e.desk = desk.New(desk.Options{Store: e.store, Fetcher: nobody{}, Analyse: analyse, Compose: plainly{}, Tick: 5 * time.Millisecond, Alone: true, Now: e.now,
		Carrier: func(context.Context, string) desk.Carrier { return &e.box }})
	return e
}

// reader adds one with a watch.
func (e *editing) reader(address, q string) (to int64, w news.Watch) {
	e.Helper()
	to, err := e.store.SaveRecipient(e.Context(), news.Recipient{Carrier: "mail", Address: address, State: news.Confirmed})
	if err != nil {
		e.Fatal(err)
	}
	w = news.Watch{Name: address, Recipients: []int64{to}, Created: e.now().Add(-time.Hour)}
	e.ask(&w, q)
	return to, w
}

// ask changes a watch's query, and waits until the desk has gone through what it found.
func (e *editing) ask(w *news.Watch, q string) {
	e.Helper()
	w.Query = q
	id, err := e.store.SaveWatch(e.Context(), *w)
	if err != nil {
		e.Fatal(err)
	}
	w.ID = id
	if err := e.desk.Reload(e.Context()); err != nil {
		e.Fatal(err)
	}
	until(e, "what the watch found is gone through", 30*time.Second, func() bool {
		w, err := e.store.Watch(e.Context(), id)
		return err == nil && !w.Edited
	})
}

// page brings one, of an outlet of its own, and waits until it is read.
func (e *editing) page(body []byte) {
	e.Helper()
	e.pages++
	url := "https://outlet.example/" + strings.Repeat("x", int(e.pages))
	id, err := e.store.KeepPage(e.Context(), news.Page{SourceID: e.from, URL: url, Final: url, Status: 200, ContentType: "text/html", Body: body, Fetched: e.now()})
	if err != nil {
		e.Fatal(err)
	}
	until(e, "a page is read", 30*time.Second, func() bool { at, err := e.store.Cursor(e.Context(), store.MainCursor); return err == nil && at >= id })
}

// decided gives what was decided for a watch of the story of an article, sorted.
func (e *editing) decided(w news.Watch, article int64) (out []string) {
	e.Helper()
	ds, err := e.store.Decisions(e.Context(), store.DecisionFilter{Watch: w.ID, Story: storyOf(e.T, e.store, article)})
	if err != nil {
		e.Fatal(err)
	}
	for _, d := range ds {
		if d.Delivery != nil {
			out = append(out, string(d.Delivery.State)+" "+string(d.Delivery.Notice.Kind))
		} else {
			out = append(out, "silent "+d.Silence.Kind+" "+string(d.Silence.Because))
		}
	}
	slices.Sort(out)
	return out
}

func (e *editing) want(what string, w news.Watch, article int64, want ...string) {
	e.Helper()
	if got := e.decided(w, article); !slices.Equal(got, want) {
		e.Errorf("%s: %q, want %q", what, got, want)
	}
}

// TestAnEditedWatch changes queries while something waits to be told: what only the earlier query found is not told and is kept with its
// reason, what the present one finds too is, another watch of the same reader goes on asking, and an article that the present query finds
// tells the story after all.
func TestAnEditedWatch(t *testing.T) {
	e := edit(t)
	run(t, e.desk)
	strike, bridge := []byte(otherMatter), articlePage("Bridge").Body
	_, narrowed := e.reader("a@example.org", "tram OR bridge")
	both, twice := e.reader("b@example.org", "tram OR bridge")
	_, back := e.reader("c@example.org", "tram OR bridge")
	other := news.Watch{Name: "the same reader's", Recipients: []int64{both}, Created: e.now().Add(-time.Hour)}
	e.ask(&other, "drivers")
	e.page(strike) // article 1
	e.page(bridge) // article 2
	for _, w := range []news.Watch{narrowed, twice, back} {
		e.want("found", w, 1, "waiting first-match")
		e.want("found", w, 2, "waiting first-match")
	}

	for _, w := range []*news.Watch{&narrowed, &twice, &back} {
		e.ask(w, "bridge")
		e.want("still found", *w, 2, "waiting first-match")
	}
	e.want("found no more", narrowed, 1, "silent edited first-match")
	e.want("another watch asks for it", twice, 1, "waiting first-match")
	if ms, err := e.store.MatchesOf(t.Context(), narrowed.ID, 9); err != nil || len(ms) != 1 || ms[0].Article != 2 {
		t.Errorf("the watch finds %+v, %v", ms, err)
	}
	e.ask(&back, "tram")
	e.page([]byte(strings.Replace(otherMatter, "Tram drivers strike", "Strike of the tram drivers, again", 1))) // article 3
	if storyOf(t, e.store, 1) != storyOf(t, e.store, 3) {
		t.Fatal("the second report of the strike is another story")
	}
	e.want("nobody is told by what goes on", narrowed, 1, "silent edited first-match")
	e.want("the story is found again", back, 1, "silent edited first-match", "waiting first-match")

	e.clock.Add(3600)
	until(t, "all is sent", 30*time.Second, func() bool { return settled(t, e.store) })
	e.want("told no more", narrowed, 1, "silent edited first-match")
	e.want("told", narrowed, 2, "sent first-match")
	e.want("told for the other watch", twice, 1, "sent first-match", "silent told ")
	e.want("told after all", back, 1, "sent first-match", "silent edited first-match")
	e.want("dropped", back, 2, "silent edited first-match")
}

// TestAnEditWhileTheDeskWasDown goes through what a watch found when the desk lives again.
func TestAnEditWhileTheDeskWasDown(t *testing.T) {
	e := edit(t)
	stop := run(t, e.desk)
	_, w := e.reader("a@example.org", "tram OR bridge")
	e.page([]byte(otherMatter))
	stop()
	w.Query = "bridge"
	if _, err := e.store.SaveWatch(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	e.desk = desk.New(e.desk.Options)
	run(t, e.desk)
	until(t, "what the watch found is gone through", 30*time.Second, func() bool {
		w, err := e.store.Watch(t.Context(), w.ID)
		return err == nil && !w.Edited
	})
	e.want("found no more", w, 1, "silent edited first-match")
}

// TestADigestOfAnEditedWatch says of what a digest will not tell that it will not.
func TestADigestOfAnEditedWatch(t *testing.T) {
	e := edit(t)
	run(t, e.desk)
	_, w := e.reader("a@example.org", "tram OR bridge")
	at := e.now().Add(time.Hour)
	w.Digest = []int{at.Hour()*60 + at.Minute()}
	e.ask(&w, "tram OR bridge OR port")
	e.page([]byte(otherMatter))
	e.page(articlePage("Bridge").Body)
	e.want("goes into the digest", w, 1, "silent digest ")
	e.ask(&w, "bridge")
	e.want("does not any more", w, 1, "silent edited ")
	e.want("still does", w, 2, "silent digest ")
}
