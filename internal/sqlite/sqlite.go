// Package sqlite keeps the desk's data in one SQLite file: pure Go, write-ahead log, synchronous=FULL, one writer beside many
// readers, full text through FTS5 over words that were prepared in Go. It passes store/storetest.
//
// It knows nothing of what the values mean and starts no goroutine of its own.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/match"

	_ "modernc.org/sqlite" // the driver, in pure Go
)

// Oldest is the first version of SQLite that is free of the fault by which a reset of the write-ahead log could lose commits.
const Oldest = "3.51.3"

// Store is a store.Store in one file.
type Store struct {
	path        string
	write, read *sql.DB
	toWrite     map[string]*sql.Stmt
	toRead      map[string]*sql.Stmt
	now         func() time.Time
	names       match.Namer
	memory      *match.Memory
	unmarked    int64 // articles up to this number were indexed without marks
	unstated    int64 // and those up to this one without what can be stated of them
	paces       paces
	facts       *facts // nil: another process may bring articles in
}

var _ store.Store = (*Store)(nil)

// Option changes how a store is opened.
type Option func(*Store)

// Now sets the clock by which items that were given up on are tried again; without it, the system's.
func Now(now func() time.Time) Option { return func(s *Store) { s.now = now } }

// Names lets searches for who:, org:, where: and the like find a name in every script; without it they compare words alone.
func Names(n match.Namer) Option { return func(s *Store) { s.names = n } }

// Open opens the file at path, makes it where there is none, and brings its schema up to date.
func Open(ctx context.Context, path string, options ...Option) (*Store, error) {
	s := &Store{path: path, now: time.Now, memory: match.NewMemory()}
	for _, o := range options {
		o(s)
	}
	if err := s.open(ctx, path); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string) (err error) {
	if err := private(path); err != nil {
		return fault.New(fault.Invalid, "store: %w", err)
	}
	if s.write, err = connect(path, 1, "foreign_keys(1)", "secure_delete(fast)", "cache_size(-8000)", "journal_size_limit(67108864)"); err != nil {
		return err
	}
	if err := checkVersion(ctx, s.write); err != nil {
		return err
	}
	if err := migrate(ctx, s.write); err != nil {
		return err
	}
	if s.toWrite, err = prepare(ctx, s.write, ""); err != nil {
		return err
	}
	if s.read, err = connect(path, 4, "query_only(1)", "cache_size(-4000)"); err != nil {
		return err
	}
	if s.toRead, err = prepare(ctx, s.read, "SELECT"); err != nil {
		return err
	}
	_, err = one(ctx, reader{s}, "find-unmarked", func(sc scan) (none struct{}, err error) { return none, sc(&s.unmarked, &s.unstated) })
	return err
}

// private makes a file that only its owner reads, where there is none: it will hold passwords and addresses. SQLite gives its
// companions the same mode.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// connect makes a pool of at most n connections to the file at path.
func connect(path string, n int, pragmas ...string) (*sql.DB, error) {
	v := url.Values{"_txlock": {"immediate"}}
	for _, p := range append([]string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)"}, pragmas...) {
		v.Add("_pragma", p)
	}
	// A question mark or a hash in the path would end it.
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+v.Encode())
	if err != nil {
		return nil, fault.New(fault.Internal, "store: open %s: %w", path, err)
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

func checkVersion(ctx context.Context, db *sql.DB) error {
	var have string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&have); err != nil {
		return wrap("open", err)
	}
	if older(have, Oldest) {
		return fault.New(fault.Internal, "store: SQLite %s has a fault in its write-ahead log; %s or newer is needed", have, Oldest)
	}
	return nil
}

// older compares two dotted versions number by number.
func older(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := 0; i < len(as) && i < len(bs); i++ {
		if len(as[i]) != len(bs[i]) {
			return len(as[i]) < len(bs[i])
		}
		if as[i] != bs[i] {
			return as[i] < bs[i]
		}
	}
	return len(as) < len(bs)
}

// Close ends all connections. The store is not to be used afterwards.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}
