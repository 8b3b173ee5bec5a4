package sqlite

import (
	"database/sql"
	"path/filepath"
	"testing"

	"marsad/internal/fault"
)

// A backup into which somebody put a trigger or a view is not restored; one that is as it was made is.
func TestCopyOfAChangedFile(t *testing.T) {
	for name, change := range map[string]string{
		"":          "",
		"a trigger": "CREATE TRIGGER quiet AFTER INSERT ON notice BEGIN DELETE FROM notice; END",
		"ours, with another body": "DROP TRIGGER tally_article; CREATE TRIGGER tally_article AFTER INSERT ON article BEGIN " +
			"DELETE FROM account; END",
		"a view": "CREATE VIEW mine AS SELECT * FROM account",
	} {
		dir := t.TempDir()
		file, backup := filepath.Join(dir, "desk.db"), filepath.Join(dir, "backup.db")
		s, err := Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Backup(t.Context(), backup); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", backup)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(change); err != nil {
			t.Fatal(name, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := Copy(t.Context(), backup, filepath.Join(dir, "restored.db")); fault.Is(err, fault.Invalid) != (name != "") {
			t.Errorf("%q: %v", name, err)
		}
	}
}
