package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"marsad/internal/fault"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// wrap gives an error its kind, and says once what was being done. An error that has a kind keeps it.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	if kind := fault.KindOf(err); kind != fault.Internal {
		return fault.New(kind, "store: %s: %w", what, err)
	}
	return fault.New(kindOf(err), "store: %s: %w", what, err)
}

func kindOf(err error) fault.Kind {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.NotFound
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fault.Temporary
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return fault.Internal
	}
	switch e.Code() {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return fault.Conflict
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return fault.NotFound
	}
	switch e.Code() & 0xff { // the primary code
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_IOERR, lib.SQLITE_FULL, lib.SQLITE_NOMEM, lib.SQLITE_INTERRUPT:
		return fault.Temporary
	}
	return fault.Internal
}
