package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"marsad/internal/fault"
	"marsad/internal/sqlite"
	"marsad/wire"
)

// restoreCmd puts a backup in place.
type restoreCmd struct {
	JSON bool   `help:"Print one JSON object."`
	File string `arg:"" help:"A file made by marsad backup." type:"existingfile"`
}

func (restoreCmd) Help() string {
	return `Puts a backup in the place of the desk. The desk must not be running; what stood there is kept beside it.
Who unsubscribed since the backup stays unsubscribed: the ledger of consents beside the desk knows. Where there is none, the one that
lies beside the backup is put in its place.

Example:
  marsad restore marsad-backup.db`
}

func (c restoreCmd) Run(rt *runtimeEnv) (err error) {
	file, err := rt.ownFile()
	if err != nil {
		return err
	}
	unlock, err := lock(filepath.Dir(file)) // a desk that runs would go on writing into what is no longer there
	if err != nil {
		return err
	}
	defer unlock()
	if same(c.File, file) {
		return usage("%s is the desk itself; name a file made by marsad backup", c.File)
	}
	fresh := file + ".restoring" // whole and checked before anything is touched
	if err := remove(fresh, fresh+"-wal", fresh+"-shm"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove(fresh, fresh+"-wal", fresh+"-shm")) }()
	if err := sqlite.Copy(rt.ctx, c.File, fresh); err != nil {
		if fault.Is(err, fault.Invalid) {
			return usage("%s is no backup of a desk: %v", c.File, err)
		}
		return err
	}
	if err := rt.setAside(file, fresh); err != nil {
		return err
	}
	if err := os.Rename(fresh, file); err != nil {
		return err
	}
	if err := bringConsents(c.File, file); err != nil {
		return err
	}
	return rt.done(c.JSON, wire.Done{Did: "restored", What: "desk", Name: file}, "restored to %s", file)
}

// setAside copies the desk that stands at file, if any, and takes the companions of its file away, whose content is in the copy. Who
// has unsubscribed since the backup stays so in fresh, and what was sent since is not sent again.
func (rt *runtimeEnv) setAside(file, fresh string) error {
	if !exists(file) {
		return nil
	}
	kept := file + ".before-restore-" + time.Now().UTC().Format("20060102T150405")
	s, err := readable(rt.ctx, file)
	if err != nil {
		return rt.moveAside(file, kept, err)
	}
	if err := errors.Join(s.Backup(rt.ctx, kept), s.Close()); err != nil {
		return rt.moveAside(file, kept, err)
	}
	if s, err = sqlite.Open(rt.ctx, fresh); err != nil { // brings its schema up to date
		return err
	}
	if err := errors.Join(s.KeepRefusals(rt.ctx, kept), s.Close()); err != nil {
		return err
	}
	fmt.Fprintln(rt.stderr, "what stood there is kept in", kept)
	return remove(file+"-wal", file+"-shm")
}

// readable opens a desk that can be.
func readable(ctx context.Context, file string) (*sqlite.Store, error) {
	if err := isStore(file); err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, file)
}

// moveAside keeps a desk that cannot be read as it is. Who unsubscribed since the backup is known by the ledger beside it.
func (rt *runtimeEnv) moveAside(file, kept string, why error) error {
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(file+end, kept+end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	_, err := fmt.Fprintf(rt.stderr, "what stood there cannot be read (%v); it is kept in %s\n", why, kept)
	return err
}

// same tells whether two paths lead to one file.
func same(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// remove takes files away; one that is not there is no error.
func remove(files ...string) error {
	for _, f := range files {
		if err := os.Remove(f); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}
