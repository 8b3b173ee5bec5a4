package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"

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
