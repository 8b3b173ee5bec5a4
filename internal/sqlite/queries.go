package sqlite

import (
	"bufio"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"marsad/internal/fault"
)

//go:embed queries/*.sql
var queryFiles embed.FS

const queryMark = "-- name: "

// queries reads every named statement: a line "-- name: X", then SQL up to the next name or the file's end.
func queries() (map[string]string, error) {
	all := map[string]string{}
	names, err := fs.Glob(queryFiles, "queries/*.sql")
	if err != nil {
		return nil, err
	}
	for _, file := range names {
		body, err := queryFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := ""
		for lines := bufio.NewScanner(strings.NewReader(string(body))); lines.Scan(); {
			line := lines.Text()
			if after, ok := strings.CutPrefix(line, queryMark); ok {
				if name = strings.TrimSpace(after); all[name] != "" {
					return nil, fmt.Errorf("%s: two queries are called %s", file, name)
				}
				continue
			}
			if name != "" && !strings.HasPrefix(line, "--") {
				all[name] += line + "\n"
			}
		}
	}
	for name, text := range all {
		all[name] = strings.TrimRight(text, "; \n") // the driver keeps only a statement prepared that has nothing behind it
	}
	return all, nil
}

// prepare prepares the named statements that begin with a word, all of them for "".
func prepare(ctx context.Context, db *sql.DB, begin string) (map[string]*sql.Stmt, error) {
	all, err := queries()
	if err != nil {
		return nil, fault.New(fault.Internal, "store: queries: %w", err)
	}
	prepared := make(map[string]*sql.Stmt, len(all))
	for name, text := range all {
		if !strings.HasPrefix(strings.TrimSpace(text), begin) {
			continue
		}
		if prepared[name], err = db.PrepareContext(ctx, text); err != nil {
			return nil, fault.New(fault.Internal, "store: query %s: %w", name, err)
		}
	}
	return prepared, nil
}

// statements gives a prepared statement by its name, alone or within a transaction.
type statements interface {
	statement(ctx context.Context, name string) *sql.Stmt
}

// reader runs on the readers' connections.
type reader struct{ *Store }

func (r reader) statement(_ context.Context, name string) *sql.Stmt { return known(r.toRead, name) }

// writer is a transaction on the writer's connection.
type writer struct {
	store *Store
	tx    *sql.Tx
}

func (w writer) statement(ctx context.Context, name string) *sql.Stmt {
	return w.tx.StmtContext(context.WithoutCancel(ctx), known(w.store.toWrite, name))
}

func known(prepared map[string]*sql.Stmt, name string) *sql.Stmt {
	s := prepared[name]
	if s == nil {
		panic("store: no query " + name) // a name in the code without its SQL: found by any test that calls it
	}
	return s
}

// within runs do in one transaction: all of it is kept, or nothing. Waiting for the turn ends with ctx; what has begun is ended.
func (s *Store) within(ctx context.Context, what string, do func(writer) error) error {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return wrap(what, err)
	}
	defer conn.Close() // back to the pool
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return wrap(what, err)
	}
	defer tx.Rollback() // after Commit it does nothing
	if err := do(writer{s, tx}); err != nil {
		return wrap(what, err)
	}
	return wrap(what, tx.Commit())
}

// exec runs a statement and tells how many rows it touched.
func (w writer) exec(ctx context.Context, name string, args ...any) (int64, error) {
	r, err := w.statement(ctx, name).ExecContext(context.WithoutCancel(ctx), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// exec runs one statement in a transaction of its own.
func (s *Store) exec(ctx context.Context, what, name string, args ...any) (touched int64, err error) {
	err = s.within(ctx, what, func(w writer) error {
		touched, err = w.exec(ctx, name, args...)
		return err
	})
	return touched, err
}

// scan reads the columns of one row.
type scan func(into ...any) error

// all gives every row of a query.
func all[T any](ctx context.Context, on statements, name string, read func(scan) (T, error), args ...any) ([]T, error) {
	rows, err := on.statement(ctx, name).QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := read(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one gives the first row of a query, sql.ErrNoRows where there is none.
func one[T any](ctx context.Context, on statements, name string, read func(scan) (T, error), args ...any) (T, error) {
	var none T
	vs, err := all(ctx, on, name, read, args...)
	if err != nil {
		return none, err
	}
	if len(vs) == 0 {
		return none, sql.ErrNoRows
	}
	return vs[0], nil
}

// column reads a row of one column.
func column[T any](s scan) (v T, err error) {
	err = s(&v)
	return v, err
}
