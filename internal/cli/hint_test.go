package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"
)

// TestHints adds what to do to what the system says, and nothing where that is known.
func TestHints(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("store: %w", &fs.PathError{Op: "open", Path: "desk.db", Err: syscall.EACCES}), "the user who owns"}, {syscall.EPERM, "the user who owns"},
		{fmt.Errorf("backup: %w", syscall.ENOSPC), "make room"}, {errors.New("database or disk is full (13)"), "make room"},
		{syscall.EROFS, "must be writable"}, {errors.New("attempt to write a readonly database (8)"), "must be writable"}, {usage("no name"), ""},
	} {
		if got := hint(c.err); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}
