package desk_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"marsad/internal/demo"
	"marsad/internal/desk"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// killsARound is how many times one desk is killed before its outcome is judged.
var killsARound = 30

// killsOr is how often a test kills: as MARSAD_KILLS says, else so often. A short run of tests kills nobody.
func killsOr(t *testing.T, otherwise int) int {
	t.Helper()
	s := os.Getenv("MARSAD_KILLS")
	if s == "" && testing.Short() {
		t.Skip("takes some ten seconds")
	}
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestCrash kills a desk with SIGKILL at many points of its work while the wire publishes, starts it again each time, and finds
// every article and every notice as in a run without kills. MARSAD_KILLS says how often; without it, 30 times.
func TestCrash(t *testing.T) {
	kills := killsOr(t, killsARound)
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	sum := tally{}
	for left := kills; left > 0; left -= killsARound {
		sum.add(crashRound(t, rnd, min(left, killsARound)))
	}
	t.Logf("%d kills: %d pages, %d notices, %d of them told in another's letter, %d answers lost by the server, %d second copies, %d of them counted", sum.kills, sum.pages, sum.notices, sum.told,
		sum.lost, sum.copies, min(sum.copies, sum.counted))
}

type tally struct{ kills, pages, notices, told, lost, copies, counted int }

func (t *tally) add(o tally) {
	t.kills, t.pages, t.notices = t.kills+o.kills, t.pages+o.pages, t.notices+o.notices
	t.told += o.told
	t.lost, t.copies, t.counted = t.lost+o.lost, t.copies+o.copies, t.counted+o.counted
}

// crashRound kills one desk some times, lets it end its work, and judges.
func crashRound(t *testing.T, rnd *rand.Rand, kills int) tally {
	t.Helper()
	dir := t.TempDir()
	w, post := wire(t, 2*time.Second), newPost(t, rnd.Uint64(), true)
	path := filepath.Join(dir, "desk.db")
	first := open(t, path)
	seed(t, first, w)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	c := child{Path: path, Hosts: w.Hosts(), Mail: post.address()}
	for range kills {
		// Some lives are long and some end at once; all of them together reach through the whole work.
		c.Steps, c.Delay = 1+rnd.IntN(60), time.Duration(rnd.IntN(3000))*time.Microsecond
		if err := c.start(t).Wait(); err == nil {
			t.Fatal("the child came to an end of its own")
		}
	}
	c.Steps = 0
	last := c.start(t)
	s := open(t, path)
	until(t, "done with everything", 3*time.Minute, func() bool { return done(s, w) })
	if err := last.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := last.Wait(); err != nil {
		t.Fatalf("the last child: %v", err)
	}
	out := judge(t, s, w, post)
	out.kills = kills
	return out
}

// done tells whether every publication of the wire's day was read and every notice sent.
func done(s *sqlite.Store, w *demo.Wire) bool {
	ctx := context.Background()
	c, err := s.Counts(ctx)
	if err != nil || c.Backlog > 0 || c.Pages == 0 {
		return false
	}
	var items []news.Item
	for _, p := range w.Schedule() {
		items = append(items, news.Item{URL: p.URL})
	}
	if unseen, err := s.Unseen(ctx, 1, items); err != nil || len(unseen) > 0 {
		return false
	}
	rows, err := s.Outbox(ctx, time.Time{}, 1<<20)
	for _, r := range rows {
		if r.Delivery.State == news.Waiting && !later(r.Delivery) {
			return false
		}
	}
	return err == nil
}

// later tells whether a notice is due when the day is over: a summary of what the daily cap kept back.
func later(v news.Delivery) bool {
	return v.State == news.Waiting && v.Notice.Kind == news.DigestSlot && time.Until(v.Notice.Due) > time.Minute
}

// judge compares what the killed desk made with what a desk makes of the same pages that is never killed, and the mails that
// arrived with the notices.
func judge(t *testing.T, s *sqlite.Store, w *demo.Wire, post *post) (out tally) {
	t.Helper()
	ctx := context.Background()
	calm := replay(t, s, w)
	got, want := entries(t, s), entries(t, calm)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("articles (-without kills +with):\n%s", diff)
	}
	if diff := cmp.Diff(stories(t, calm), stories(t, s), cmpopts.EquateEmpty(), sameReason); diff != "" {
		t.Errorf("stories (-without kills +with):\n%s", diff)
	}
	if diff := cmp.Diff(notices(t, calm), notices(t, s), sameReason); diff != "" {
		t.Errorf("notices (-without kills +with):\n%s", diff)
	}
	urls := map[string]int{}
	for _, e := range got {
		urls[e.Article.URL]++
	}
	for u, n := range urls {
		if n > 1 {
			t.Errorf("%s is there %d times", u, n)
		}
	}
	rows, err := s.Outbox(ctx, time.Time{}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		n, copies := r.Delivery.Notice, post.copies(r.Delivery.Notice.ID)
		switch {
		case later(r.Delivery):
			continue
		case r.Delivery.State == news.Told:
			judgeTold(t, s, post, r.Delivery)
			out.told++
			continue
		case r.Delivery.State != news.Sent:
			t.Errorf("notice %s ended as %s: %s", n.ID, r.Delivery.State, r.Delivery.Reply)
		case copies == 0:
			t.Errorf("notice %s is said to be sent and never arrived", n.ID)
		case post.tellings(n.ID) != copies:
			t.Errorf("notice %s has a letter of its own and is told in another's", n.ID)
		case copies-1 > r.Delivery.Repeats:
			t.Errorf("notice %s arrived %d times, and only %d repeats are counted", n.ID, copies, r.Delivery.Repeats)
		}
		out.copies, out.counted = out.copies+copies-1, out.counted+r.Delivery.Repeats
	}
	if len(rows) == 0 || len(got) < len(w.Schedule()) {
		t.Errorf("only %d articles and %d notices: nothing was tried", len(got), len(rows))
	}
	c, _ := s.Counts(ctx)
	out.pages, out.notices, out.lost = c.Pages, len(rows), int(post.lost.Load())
	return out
}

// judgeTold finds what ended in another's letter told there, as often as that letter arrived, and nowhere else.
func judgeTold(t *testing.T, s *sqlite.Store, post *post, v news.Delivery) {
	t.Helper()
	by, err := s.Delivery(context.Background(), v.Reply)
	if err != nil {
		t.Fatal(err)
	}
	of, want := by.Delivery.Notice, post.copies(v.Reply)
	if v.Notice.Kind == news.FirstMatch && of.Kind == news.Breaking && post.tellings(v.Notice.ID) == 0 {
		want = 0 // overtaken: breaking news of a story is news of it
	}
	if by.Delivery.State != news.Sent || post.copies(v.Notice.ID) != 0 || post.tellings(v.Notice.ID) != want || of.Recipient != v.Notice.Recipient {
		t.Errorf("notice %s is told in %s (%s): told %d times in %d copies, and %d times alone", v.Notice.ID, v.Reply, by.Delivery.State,
			post.tellings(v.Notice.ID), want, post.copies(v.Notice.ID))
	}
}

// replay gives a store that a desk made of the same pages, in one go.
func replay(t *testing.T, from *sqlite.Store, w *demo.Wire) *sqlite.Store {
	t.Helper()
	ctx := context.Background()
	to := open(t, filepath.Join(t.TempDir(), "calm.db"))
	seed(t, to, w)
	pages, err := from.PagesAfter(ctx, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if id, err := to.KeepPage(ctx, p); err != nil || id != p.ID {
			t.Fatalf("page %d became %d: %v", p.ID, id, err)
		}
	}
	d := desk.New(desk.Options{Store: noFeeds{to}, Fetcher: nobody{}, Analyse: analyse, Compose: plainly{}, Tick: 10 * time.Millisecond})
	stop := run(t, d)
	until(t, "the pages were processed again", time.Minute, func() bool {
		c, err := to.Counts(ctx)
		return err == nil && c.Backlog == 0
	})
	stop()
	return to
}

// noFeeds is a store whose feeds are never due.
type noFeeds struct{ *sqlite.Store }

func (noFeeds) LeaseFeeds(context.Context, time.Time, int, time.Duration) ([]news.Feed, error) {
	return nil, nil
}

// nobody fetches nothing.
type nobody struct{}

func (nobody) Get(context.Context, desk.Request) (desk.Response, error) {
	return desk.Response{}, errors.New("nothing is fetched in a replay")
}

// entries gives all articles with all that was said of them, in order.
func entries(t *testing.T, s *sqlite.Store) (all []store.Entry) {
	t.Helper()
	all, err := s.Window(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// stories gives all stories as they are told.
func stories(t *testing.T, s *sqlite.Store) (all []news.Story) {
	t.Helper()
	cards, err := s.Stories(context.Background(), store.StoryFilter{N: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cards {
		all = append(all, c.Story)
	}
	return all
}

// notices gives all notices by what makes them what they are; when they were planned differs from run to run.
func notices(t *testing.T, s *sqlite.Store) map[string]news.Notice {
	t.Helper()
	ns, err := s.History(context.Background(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]news.Notice{}
	for _, n := range ns {
		n.Planned, n.Due = time.Time{}, time.Time{}
		all[n.ID] = n
	}
	return all
}

// sameReason takes two reasons for one where only the rate that was to be expected differs a little: it is an estimate over the window,
// and a window that was rebuilt learns from stories as they were merged in the end.
var sameReason = cmp.Comparer(func(a, b news.Reason) bool {
	near := a.Value == b.Value || a.Kind == "expected" && b.Kind == "expected" && math.Abs(a.Value-b.Value) <= 0.25*math.Max(a.Value, b.Value)
	return a.Kind == b.Kind && slices.Equal(a.Words, b.Words) && near
})
