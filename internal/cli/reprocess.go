package cli

import (
	"errors"
	"fmt"
	"io"

	"marsad/analysis"
	"marsad/wire"
)

// reprocessCmd reads the archive again with the present rules.
type reprocessCmd struct {
	JSON bool `help:"Print one JSON object."`
}

func (reprocessCmd) Help() string {
	return `Reads again every page whose article an older version of Marsad understood. Nobody is told anything; it may run beside the desk,
be cut off, and goes on where it was.

Example:
  marsad reprocess`
}

func (c reprocessCmd) Run(rt *runtimeEnv) error {
	file, err := rt.storeFile()
	if err != nil {
		return err
	}
	h, err := rt.openBeside(plan{file: file})
	if err != nil {
		return err
	}
	bar, done := rt.progress(true), wire.Reread{}
	err = h.desk.Reprocess(rt.ctx, analysis.Version, func(page, _ int64, read int) {
		done.Pages, done.Articles = page, done.Articles+read
		bar.add(read)
	})
	bar.end()
	if err := errors.Join(err, h.Close()); err != nil {
		return err
	}
	return rt.print(c.JSON, done, func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%d articles were read again\n", done.Articles)
		return err
	})
}
