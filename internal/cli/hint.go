package cli

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
)

// hint says what to do about what the system refused, "" where the error says it all.
func hint(err error) string {
	said := err.Error()
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "; run this as the user who owns the data folder, or name another folder with --data"
	case errors.Is(err, syscall.ENOSPC) || strings.Contains(said, "disk is full"):
		return "; make room on the disk"
	case errors.Is(err, syscall.EROFS) || strings.Contains(said, "readonly database"):
		return "; the folder must be writable, also for commands that only read"
	}
	return ""
}
