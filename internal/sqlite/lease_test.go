package sqlite

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/news"
)

// TestALeaseThatIsNotOnTheDiskIsNone lets every commit fail whose transaction leased something, as on a full disk: whoever asked for work
// gets none of it, for a second desk would be given the same.
func TestALeaseThatIsNotOnTheDiskIsNone(t *testing.T) {
	ctx, now := context.Background(), time.Unix(1_750_000_000, 0)
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	id, err := s.AddSource(ctx, news.Source{Name: "Quay Gazette"}, []news.Feed{{URL: "https://quay.example/feed", Due: now}})
	if err != nil {
		t.Fatal(err)
	}
	n := news.Notice{ID: "n1", Recipient: 1, Kind: news.FirstMatch, Planned: now, Due: now}
	c := n
	c.ID, c.Cause, c.List = "c1", "n0", 7
	if err := s.AddNotices(ctx, []news.Notice{n, c}); err != nil || id == 0 {
		t.Fatal(id, err)
	}
	exec := func(sql string) {
		t.Helper()
		if _, err := s.write.ExecContext(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	exec("PRAGMA foreign_keys = ON")
	exec("CREATE TABLE there (id INTEGER PRIMARY KEY)")
	exec("CREATE TABLE owed (id INTEGER REFERENCES there DEFERRABLE INITIALLY DEFERRED)") // it is looked for when the transaction ends
	exec("CREATE TRIGGER feed_owes AFTER UPDATE ON feed BEGIN INSERT INTO owed VALUES (1); END")
	exec("CREATE TRIGGER notice_owes AFTER UPDATE ON notice BEGIN INSERT INTO owed VALUES (1); END")
	leases := map[string]func() (int, error){
		"feeds":   func() (int, error) { fs, err := s.LeaseFeeds(ctx, now, 9, time.Minute); return len(fs), err },
		"notices": func() (int, error) { ds, err := s.LeaseNotices(ctx, now, 9, time.Minute); return len(ds), err },
		"these": func() (int, error) {
			ds, err := s.LeaseThese(ctx, []string{"n1"}, now, time.Minute)
			return len(ds), err
		},
		"copies": func() (int, error) { ds, err := s.LeaseCopies(ctx, now, 9, time.Minute); return len(ds), err },
	}
	for what, lease := range leases {
		if n, err := lease(); n != 0 || err == nil {
			t.Errorf("%s: %d leased although the commit failed: %v", what, n, err)
		}
	}
	exec("DROP TRIGGER feed_owes")
	exec("DROP TRIGGER notice_owes")
	for what, lease := range leases {
		n, err := lease()
		if want := 1; err != nil || what != "these" && what != "notices" && n != want {
			t.Errorf("%s: %d, %v after the disk is well again", what, n, err)
		}
	}
}

// TestLeasesLookAtFew keeps what is done for every letter from growing with what waits: each step finds its rows by an index.
func TestLeasesLookAtFew(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	named, err := queries()
	if err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]any{"notice-lease": {1, 2, 3}, "notice-lease-these": {1, 2, "[]"}, "notice-together": {"n", 1, 1, 1}, "copy-lease": {1, 2, 3}, "subscribed": {1, 1, 1, 1}} {
		rows, err := s.read.QueryContext(ctx, "EXPLAIN QUERY PLAN "+named[name], args...)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(step, "AUTOMATIC") || strings.HasPrefix(step, "SCAN ") && !strings.HasPrefix(step, "SCAN whole") && !strings.HasPrefix(step, "SCAN CONSTANT") && !strings.HasPrefix(step, "SCAN b ") && !strings.HasPrefix(step, "SCAN json_each ") {
				t.Errorf("%s: %s", name, step)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
