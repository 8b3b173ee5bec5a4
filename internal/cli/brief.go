package cli

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// brief is the time that a command may take over a search: other than on the pages and in the API it may be made longer.
type brief struct {
	Within time.Duration `help:"Give up after this long." default:"30s"`
}

// run lets f search until the time is over.
func (b brief) run(rt *runtimeEnv, f func(context.Context) error) error {
	if b.Within <= 0 {
		return usage("--within is a time such as 30s or 5m")
	}
	ctx, cancel := context.WithTimeout(rt.ctx, b.Within)
	defer cancel()
	err := f(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("the search took longer than %v; narrow it by words, days or sources, or give it more time with --within", b.Within)
	}
	return err
}

// within refuses a number that makes no sense for a flag.
func within(flag string, n, least, most int) error {
	if n < least || n > most {
		return usage("%s is a number from %d to %d", flag, least, most)
	}
	return nil
}

// none says, beside the output and not in it, that there is nothing to list, and how that changes.
func (rt *runtimeEnv) none(n int, asJSON bool, words string) error {
	if n > 0 || asJSON {
		return nil
	}
	_, err := fmt.Fprintln(rt.stderr, words)
	return err
}
