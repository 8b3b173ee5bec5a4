package cli

import (
	"errors"
	"fmt"
	"io"

	"marsad/analysis"
)

// reprocessCmd reads the archive again with the present rules.
type reprocessCmd struct {
	JSON bool `help:"Print one JSON object."`
}

func (reprocessCmd) Help() string {
	return `Reads again every article that an older version of Marsad understood. Nobody is told anything; it may run beside the desk, be cut
off, and goes on where it was.

Example:
  marsad reprocess`
}

func (c reprocessCmd) Run(rt *runtimeEnv) error {
	file, err := rt.storeFile()
	if err != nil {
		return err
	}
	settings, err := rt.configured()
	if err != nil {
		return err
	}
	h, err := rt.open(rt.ctx, plan{file: file, config: settings, log: rt.logger("error", "")})
	if err != nil {
		return err
	}
	bar, n := rt.progress(true), 0
	err = h.desk.Reprocess(rt.ctx, analysis.Version, func(_, _ int64) {
		n++
		bar.step()
	})
	bar.end()
	if err := errors.Join(err, h.Close()); err != nil {
		return err
	}
	return rt.print(c.JSON, map[string]int{"articles": n}, func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%d articles were read again\n", n)
		return err
	})
}
