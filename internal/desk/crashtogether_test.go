package desk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"marsad/alert"
	"marsad/internal/sqlite"
	"marsad/news"
)

// TestCrashTogether kills a desk while it composes letters that tell several notices, each time after more of the same stories have come,
// and finds each notice told once: in a letter of its own or in the one that it names. MARSAD_KILLS says how often; without it, 40 times.
func TestCrashTogether(t *testing.T) {
	kills := killsOr(t, 40)
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	ctx, post := context.Background(), newPost(t, rnd.Uint64(), true)
	path := filepath.Join(t.TempDir(), "desk.db")
	s := open(t, path)
	var readers []int64
	for i := range 3 {
		id, err := s.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: fmt.Sprintf("reader%d@example.org", i), Lang: "en", State: news.Confirmed})
		if err != nil {
			t.Fatal(err)
		}
		readers = append(readers, id)
	}
	c := child{Path: path, Mail: post.address()}
	for round := range kills {
		addTogether(t, s, rnd, readers, round)
		c.Steps, c.Delay = 1+rnd.IntN(25), time.Duration(rnd.IntN(2000))*time.Microsecond
		life := c.start(t)
		end := time.AfterFunc(time.Second, func() { _ = life.Process.Kill() }) // it may have less to do than was drawn
		if err := life.Wait(); err == nil {
			t.Fatal("the child came to an end of its own")
		}
		end.Stop()
	}
	c.Steps = 0
	last := c.start(t)
	until(t, "all is settled", 2*time.Minute, func() bool { return settled(t, s) })
	if err := last.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := last.Wait(); err != nil {
		t.Fatal(err)
	}
	judgeTogether(t, s, post, kills)
}

// addTogether plans some facts of some stories, old and new ones, for every reader.
func addTogether(t *testing.T, s *sqlite.Store, rnd *rand.Rand, readers []int64, round int) {
	t.Helper()
	var ns []news.Notice
	now := time.Now()
	for range 2 {
		story := int64(1 + rnd.IntN(4+round))
		for fact := range 1 + rnd.IntN(4) {
			kind := []news.ReasonKind{news.Denial, news.NewSources, news.NewNumber, news.NewHeadline, news.Correction}[rnd.IntN(5)]
			for _, r := range readers {
				n := news.Notice{Recipient: r, Story: story, Kind: kind, Fact: fmt.Sprint(round, ".", fact), Planned: now, Due: now.Add(time.Duration(rnd.IntN(120)-60) * time.Minute)}
				n.ID = alert.ID(n)
				ns = append(ns, n)
			}
		}
	}
	if err := s.AddNotices(context.Background(), ns); err != nil {
		t.Fatal(err)
	}
}

// settled tells whether nothing waits.
func settled(t *testing.T, s *sqlite.Store) bool {
	t.Helper()
	rows, err := s.Outbox(context.Background(), time.Time{}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Delivery.State == news.Waiting {
			return false
		}
	}
	return true
}

// judgeTogether finds every notice told, alone or in the letter that it names.
func judgeTogether(t *testing.T, s *sqlite.Store, post *post, kills int) {
	t.Helper()
	rows, err := s.Outbox(context.Background(), time.Time{}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	told, letters := 0, 0
	for _, r := range rows {
		n, copies := r.Delivery.Notice, post.copies(r.Delivery.Notice.ID)
		switch {
		case r.Delivery.State == news.Told:
			if judgeTold(t, s, post, r.Delivery); n.Kind == news.Correction {
				t.Errorf("the correction %s is told among other things", n.ID)
			}
			told++
			continue
		case r.Delivery.State != news.Sent || copies == 0:
			t.Errorf("notice %s ended as %s after %d copies: %s", n.ID, r.Delivery.State, copies, r.Delivery.Reply)
		case post.tellings(n.ID) != copies:
			t.Errorf("notice %s has a letter of its own and is told in another's", n.ID)
		case copies-1 > r.Delivery.Repeats:
			t.Errorf("notice %s arrived %d times, and only %d repeats are counted", n.ID, copies, r.Delivery.Repeats)
		}
		letters++
	}
	t.Logf("%d kills: %d notices in %d letters, %d told in another's", kills, len(rows), letters, told)
	if told == 0 {
		t.Error("nothing was told together: nothing was tried")
	}
}
