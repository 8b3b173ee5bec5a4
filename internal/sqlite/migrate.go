package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"

	"marsad/internal/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// migration is one numbered step forward.
type migration struct {
	number int
	name   string
	sql    string
}

// migrations gives the steps in order: schema/0001_x.sql, schema/0002_y.sql, … without a gap, since a step that came late would not be
// taken by a file that is past it.
func migrations() ([]migration, error) {
	files, err := fs.Glob(schemaFiles, "schema/*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	var out []migration
	for _, file := range files {
		digits, _, _ := strings.Cut(strings.TrimPrefix(file, "schema/"), "_")
		n, err := strconv.Atoi(digits)
		if err != nil || n != len(out)+1 {
			return nil, fmt.Errorf("%s: want number %04d", file, len(out)+1)
		}
		body, err := schemaFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		out = append(out, migration{n, file, string(body)})
	}
	return out, nil
}

// migrate takes the steps that the file has not taken yet, each in a transaction with the note that it was taken. A file from a
// newer program is refused: going on would lose what only that program knows.
func migrate(ctx context.Context, db *sql.DB) error {
	steps, err := migrations()
	if err != nil {
		return fault.New(fault.Internal, "store: migrations: %w", err)
	}
	at := 0
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil {
		return wrap("migrate", err)
	}
	if at > len(steps) {
		return fault.New(fault.Invalid, "store: the file is of schema %d, this program knows %d: use the newer program", at, len(steps))
	}
	for _, m := range steps[at:] {
		if err := m.take(ctx, db); err != nil {
			return wrap(m.name, err)
		}
	}
	return nil
}

func (m migration) take(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	// Another process may have taken the step between our look and our lock.
	at := 0
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil {
		return err
	}
	if at >= m.number {
		return nil
	}
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", m.number)); err != nil {
		return err
	}
	return tx.Commit()
}
