package bounce

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"marsad/internal/fault"
)

// atOnce is how many messages are read in one go.
const atOnce = 500

// Maildir hands the new messages of a Maildir to each and marks those as seen for which it returned nil. One that it cannot deal with
// stays new and is tried again.
func Maildir(path string, each func([]byte) error) error {
	entries, err := os.ReadDir(filepath.Join(path, "new"))
	if errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.Invalid, "bounce: %s is no Maildir: %w", path, err)
	}
	if err != nil {
		return fault.New(fault.Temporary, "bounce: %w", err)
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	for _, e := range entries[:min(len(entries), atOnce)] {
		if !e.Type().IsRegular() {
			continue
		}
		from := filepath.Join(path, "new", e.Name())
		message, err := readFile(from)
		if err != nil {
			return fault.New(fault.Temporary, "bounce: %w", err)
		}
		if err := each(message); err != nil {
			return err
		}
		if err := os.Rename(from, filepath.Join(path, "cur", e.Name()+":2,S")); err != nil {
			return fault.New(fault.Temporary, "bounce: %w", err)
		}
	}
	return nil
}

// readFile reads a message, one byte more than is taken of one that is too large.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(f, maxMessage+1))
	return b, errors.Join(err, f.Close())
}
