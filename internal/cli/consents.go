package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// consentsOf gives the ledger beside a desk's file; consentsWith the copy of it that lies beside a backup.
func consentsOf(file string) string   { return filepath.Join(filepath.Dir(file), consentsFile) }
func consentsWith(file string) string { return file + "." + consentsFile }

// copyConsents copies a ledger to a new file, durably. It is copied behind the database: a ledger may know more, never less. One that is
// not there is no error.
func copyConsents(from, to string) (err error) {
	in, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// bringConsents puts the ledger that lies beside a backup in the desk's folder where there is none: on a new machine. One that is there
// knows more.
func bringConsents(backup, file string) error {
	if exists(consentsOf(file)) {
		return nil
	}
	return copyConsents(consentsWith(backup), consentsOf(file))
}
