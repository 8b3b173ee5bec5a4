package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"marsad/internal/fault"
)

// Backup implements store.Store. The copy appears at path whole or not at all; a file that stands there already is a Conflict.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fault.New(fault.Conflict, "store: backup: %s exists already", path)
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fault.New(fault.Invalid, "store: backup: %w", err)
	}
	defer os.Remove(part) // gone already where all went well
	if err := s.copyTo(ctx, part); err != nil {
		return wrap("backup", err)
	}
	if err := settle(part, path); err != nil {
		return fault.New(fault.Invalid, "store: backup: %w", err)
	}
	return nil
}

// copyTo copies by a connection of its own, so that neither readers nor the writer wait.
func (s *Store) copyTo(ctx context.Context, path string) error {
	if err := private(path); err != nil {
		return err
	}
	db, err := connect(s.path, 1)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", path)
	return errors.Join(err, db.Close())
}

// Copy makes a new store at path of the one in the file from, which is only read. What is no sound store of this program is Invalid;
// a file that stands at path already is a Conflict.
func Copy(ctx context.Context, from, path string) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return fault.New(fault.Conflict, "store: copy: %s exists already", path)
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: from}).EscapedPath()+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		return fault.New(fault.Internal, "store: copy: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := sound(ctx, db); err != nil {
		return fault.New(fault.Invalid, "store: copy: %w", err)
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fault.New(fault.Invalid, "store: copy: %w", err)
	}
	defer os.Remove(part) // gone already where all went well
	if err := private(part); err != nil {
		return fault.New(fault.Invalid, "store: copy: %w", err)
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return wrap("copy", err)
	}
	if err := settle(part, path); err != nil {
		return fault.New(fault.Invalid, "store: copy: %w", err)
	}
	return nil
}

// sound tells whether a database is a store of this program that is whole.
func sound(ctx context.Context, db *sql.DB) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	var version, tables int
	var verdict string
	for ask, into := range map[string]any{
		"PRAGMA user_version": &version,
		"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('page', 'article', 'notice', 'recipient')": &tables,
		"PRAGMA quick_check(1)": &verdict,
	} {
		if err := db.QueryRowContext(ctx, ask).Scan(into); err != nil {
			return err
		}
	}
	switch {
	case version < 1 || tables < 4:
		return errors.New("the file is no desk")
	case version > steps[len(steps)-1].number:
		return fmt.Errorf("the file is of schema %d, this program knows %d: use the newer program", version, steps[len(steps)-1].number)
	case verdict != "ok":
		return errors.New("the file is damaged: " + verdict)
	}
	return ours(ctx, db, steps)
}

// ours refuses a file that does by itself what no store of this program does: a trigger or a view that somebody put in would run with every
// change from then on.
func ours(ctx context.Context, db *sql.DB, steps []migration) (err error) {
	var known strings.Builder
	for _, s := range steps {
		known.WriteString(s.sql)
	}
	rows, err := db.QueryContext(ctx, "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return err
		}
		if !strings.Contains(known.String(), text) {
			return fmt.Errorf("the file holds %q, which no desk makes: somebody changed it", name)
		}
	}
	return rows.Err()
}

// settle makes a written file durable and gives it its name.
func settle(part, path string) error {
	for _, step := range []func() error{
		func() error { return flush(part) },
		func() error { return os.Rename(part, path) },
		func() error { return flush(filepath.Dir(path)) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
