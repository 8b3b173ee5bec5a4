package sqlite

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/internal/store/storetest"
	"marsad/news"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite schema.sql")

func open(t testing.TB, path string, options ...Option) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t testing.TB, now func() time.Time) store.Store {
		return open(t, filepath.Join(t.TempDir(), "desk.db"), Now(now))
	})
}

// TestSchema keeps the schema that all migrations lead to in one file, to be read and reviewed.
func TestSchema(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	rows, err := s.read.Query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'words_%' AND name NOT LIKE 'sqlite_%' ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all strings.Builder
	for rows.Next() {
		var sql string
		if err := rows.Scan(&sql); err != nil {
			t.Fatal(err)
		}
		all.WriteString(sql + ";\n\n")
	}
	if *update {
		if err := os.WriteFile("schema.sql", []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), all.String()); diff != "" {
		t.Errorf("run go test -update and review (-committed +migrated):\n%s", diff)
	}
}

func TestOpenAgainKeepsAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "with ? and #.db")
	first, ctx := open(t, path), context.Background()
	if _, err := first.AddSource(ctx, news.Source{Name: "a"}, nil); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := open(t, path).Sources(ctx); err != nil || len(got) != 1 {
		t.Fatalf("%v %v", got, err)
	}
}

func TestNewerFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	s := open(t, path)
	if _, err := s.write.Exec("PRAGMA user_version = 9999"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := Open(context.Background(), path); !fault.Is(err, fault.Invalid) {
		t.Fatalf("got %v", err)
	}
}

func TestSettingsOfEveryConnection(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "desk.db"))
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
		var got string
		if err := s.write.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", pragma, got, want, err)
		}
	}
	if _, err := s.read.Exec("DELETE FROM source"); err == nil {
		t.Error("a reader's connection could write")
	}
}

func TestOlder(t *testing.T) {
	for _, v := range []struct {
		a, b string
		want bool
	}{{"3.51.2", "3.51.3", true}, {"3.51.3", "3.51.3", false}, {"3.9.0", "3.51.3", true}, {"3.54.1", "3.51.3", false}, {"4.0", "3.51.3", false}} {
		if got := older(v.a, v.b); got != v.want {
			t.Errorf("older(%s, %s) = %v", v.a, v.b, got)
		}
	}
}

func TestBackupIsAStore(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := open(t, filepath.Join(dir, "desk.db"))
	if _, err := s.AddSource(ctx, news.Source{Name: "a"}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, filepath.Join(dir, "copy.db")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"desk.db", "copy.db"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
	if got, err := open(t, filepath.Join(dir, "copy.db")).Sources(ctx); err != nil || len(got) != 1 || got[0].Source.Name != "a" {
		t.Fatalf("%v %v", got, err)
	}
}
