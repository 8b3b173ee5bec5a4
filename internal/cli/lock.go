package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// lock keeps a second desk from working in the same folder. The system lets go of it when the process ends, however it ends.
func lock(folder string) (unlock func(), err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = usage("another Marsad works in %s; stop it, or choose another folder with --data", folder)
		}
		return nil, errors.Join(err, f.Close())
	}
	return func() {
		if err := f.Close(); err != nil {
			fmt.Fprintln(os.Stderr, "marsad:", err)
		}
	}, nil
}
