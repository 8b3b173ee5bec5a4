package sqlite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"marsad/internal/ledger"
	"marsad/news"
)

// disk is what the files of a store hold at one moment.
type disk struct{ db, wal []byte }

// logHeader is the size of what stands before the log's first frame.
const logHeader = 32

func diskOf(t *testing.T, path string) (d disk) {
	t.Helper()
	var err error
	if d.db, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	if d.wal, err = os.ReadFile(path + "-wal"); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return d
}

// torn gives what stands on the disk when the power fails while the next step is written: all that was flushed before, some of what
// was not, and perhaps rubbish in the place of the last of it.
func (d disk) torn(next disk, rnd *rand.Rand) disk {
	if rnd.IntN(4) == 0 {
		return next // all of it got there, and nobody was told
	}
	// The log grows, or begins anew over its own old frames: what changed is between the first and the last byte that differ.
	from := 0
	for from < min(len(d.wal), len(next.wal)) && d.wal[from] == next.wal[from] {
		from++
	}
	to := len(next.wal)
	for len(d.wal) == len(next.wal) && to > from && d.wal[to-1] == next.wal[to-1] {
		to--
	}
	if to <= from {
		return d
	}
	cut := from + rnd.IntN(to-from)
	out := disk{d.db, append([]byte{}, next.wal[:cut]...)}
	if from < logHeader { // a log begins anew only when all that it held is flushed into the file
		out.db = next.db
	}
	for i := range min(cut-from, 512) { // rubbish in the place of the last sector, half of the time
		if cut%2 == 0 {
			out.wal[cut-1-i] ^= byte(rnd.Uint32())
		}
	}
	if cut < len(d.wal) {
		out.wal = append(out.wal, d.wal[cut:]...)
	}
	return out
}

// TestPowerLoss cuts the power at many moments of a store's work: everything that was acknowledged is there afterwards, and the step
// under way is there whole or not at all. MARSAD_STATES says how often; without it, 50 times.
func TestPowerLoss(t *testing.T) {
	states := 50
	if s := os.Getenv("MARSAD_STATES"); s != "" {
		var err error
		if states, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	} else if testing.Short() {
		t.Skip("takes some seconds")
	}
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "desk.db")
	s := open(t, path)
	whole := 0
	before := diskOf(t, path)
	for step := range states {
		work(t, ctx, s, step)
		after := diskOf(t, path)
		lost := before.torn(after, rnd)
		again := filepath.Join(t.TempDir(), "again.db")
		for name, b := range map[string][]byte{"": lost.db, "-wal": lost.wal} {
			if err := os.WriteFile(again+name, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		whole += examine(t, ctx, again, step)
		before = after
	}
	if whole == 0 || whole == states {
		t.Errorf("%d of %d: the moments were not different ones", whole, states)
	}
	t.Logf("%d losses of power, %d of them after the step under way was whole", states, whole)
}

// work makes one change of each kind that a desk acknowledges: a notice planned and sent, a consent, an unsubscribing.
func work(t *testing.T, ctx context.Context, s *Store, step int) {
	t.Helper()
	now := time.Unix(1_750_000_000, 0)
	id := fmt.Sprint("n", step/3)
	var err error
	switch step % 3 {
	case 0:
		err = s.AddNotices(ctx, []news.Notice{{ID: id, Recipient: 1, Kind: news.FirstMatch, Planned: now, Due: now}})
	case 1:
		err = s.Follow(ctx, ledger.Entry{N: int64(step), At: now, Do: ledger.Confirm, List: 7, Who: id, Words: "yes", Address: id + "@reader.example"})
	case 2:
		err = s.Follow(ctx, ledger.Entry{N: int64(step), At: now, Do: ledger.Unsubscribe, List: 7, Who: id})
		if err == nil {
			err = s.SettleAll(ctx, []news.Delivery{{Notice: news.Notice{ID: id}, State: news.Sent, Done: now}})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// examine opens a store after a loss of power during a step, and gives 1 where that step is there.
func examine(t *testing.T, ctx context.Context, path string, step int) int {
	t.Helper()
	s, err := Open(ctx, path)
	if err != nil {
		t.Fatalf("step %d: %v", step, err)
	}
	defer s.Close()
	var verdict string
	if err := s.read.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Fatalf("step %d: %s %v", step, verdict, err)
	}
	for done := range step {
		if !there(ctx, s, done) {
			t.Fatalf("lost in step %d: step %d was acknowledged", step, done)
		}
	}
	if there(ctx, s, step) {
		return 1
	}
	return 0
}

func there(ctx context.Context, s *Store, step int) bool {
	id := fmt.Sprint("n", step/3)
	switch step % 3 {
	case 0:
		_, err := s.Delivery(ctx, id)
		return err == nil
	case 1:
		r, err := s.Subscriber(ctx, id)
		return err == nil && r.State != news.Unconfirmed
	}
	why, err := s.Suppressed(ctx, id, 7)
	row, _ := s.Delivery(ctx, id)
	return err == nil && why == "unsubscribed" && row.Delivery.State == news.Sent
}
