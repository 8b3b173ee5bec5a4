package cli

import (
	"errors"
	"fmt"

	"marsad/analysis"
)

// reprocessCmd reads the archive again with the present rules.
type reprocessCmd struct{}

func (reprocessCmd) Help() string {
	return `Reads again every article that an older version of Marsad understood. Nobody is told anything; it may run beside the desk, be cut
off, and goes on where it was.

Example:
  marsad reprocess`
}

func (reprocessCmd) Run(rt *runtimeEnv) error {
	file, err := rt.storeFile()
	if err != nil {
		return err
	}
	settings, err := rt.configured()
	if err != nil {
		return err
	}
	h, err := open(rt.ctx, plan{file: file, config: settings, log: rt.logger("error")})
	if err != nil {
		return err
	}
	bar, n := rt.progress(true), 0
	err = h.desk.Reprocess(rt.ctx, analysis.Version, func(_, _ int64) {
		n++
		bar.step()
	})
	bar.end()
	if err := errors.Join(err, h.store.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(rt.stdout, "%d articles were read again\n", n)
	return err
}
