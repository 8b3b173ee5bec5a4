// Package fault holds the few kinds of error that callers act on: whether to try again, and which status to answer with.
// An error is wrapped once where it leaves a package, and is then either returned or logged.
package fault

import (
	"errors"
	"fmt"
)

// Kind decides what a caller does about an error.
type Kind string

// The kinds. An error without one is Internal.
const (
	Internal  Kind = "internal"  // a fault of ours
	NotFound  Kind = "not-found" // no such thing; do not ask again
	Invalid   Kind = "invalid"   // the input is wrong; the message says what to do
	Conflict  Kind = "conflict"  // it exists already, or was changed meanwhile
	Denied    Kind = "denied"    // not allowed: by robots.txt, by the address guard, by a missing right
	Temporary Kind = "temporary" // the same call may succeed later
	Permanent Kind = "permanent" // the other side refuses for good
	TooLarge  Kind = "too-large" // over a cap
)

type fault struct {
	kind Kind
	err  error
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

// New makes an error of a kind. The format is fmt.Errorf's, %w included.
func New(kind Kind, format string, args ...any) error {
	return &fault{kind, fmt.Errorf(format, args...)}
}

// KindOf gives the kind of the outermost fault in err's chain, Internal where there is none, "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var f *fault
	if errors.As(err, &f) {
		return f.kind
	}
	return Internal
}

// Is tells whether err is of a kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
