package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"marsad/internal/cli"
	"marsad/internal/sqlite"
)

// TestRestoreBesideADesk refuses to put a copy under a desk that runs: it would go on writing into a file that is gone.
func TestRestoreBesideADesk(t *testing.T) {
	folder := t.TempDir()
	desk, copied := filepath.Join(folder, "desk.db"), filepath.Join(folder, "copy.db")
	s, err := sqlite.Open(context.Background(), desk)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(context.Background(), copied); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(desk)
	if err != nil {
		t.Fatal(err)
	}
	held, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Flock(int(held.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	var out, problems bytes.Buffer
	code := cli.Main([]string{"--data", folder, "restore", copied}, strings.NewReader(""), &out, &problems)
	if after, err := os.Stat(desk); code == 0 || err != nil || !os.SameFile(before, after) {
		t.Fatalf("code %d, %v\n%s%s", code, err, &out, &problems)
	}
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	if code := cli.Main([]string{"--data", folder, "restore", copied}, strings.NewReader(""), &out, &problems); code != 0 {
		t.Fatalf("code %d\n%s%s", code, &out, &problems)
	}
	if i, err := os.Stat(desk); err != nil || i.Mode().Perm() != 0o600 {
		t.Fatal(i.Mode(), err)
	}
	if b, err := os.ReadDir(folder); err != nil || len(b) != 4 { // desk, copy, lock, what stood there
		t.Fatal(b, err)
	}
}

// TestRestoreOnANewMachine brings the ledger that lies beside the backup, and never over one that is there.
func TestRestoreOnANewMachine(t *testing.T) {
	old, fresh := t.TempDir(), t.TempDir()
	s, err := sqlite.Open(context.Background(), filepath.Join(old, "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(old, "consents.jsonl"), "ledger\n")
	backup := filepath.Join(old, "copy.db")
	marsad := func(args ...string) {
		t.Helper()
		var out bytes.Buffer
		if code := cli.Main(args, strings.NewReader(""), &out, &out); code != 0 {
			t.Fatalf("%v: %d\n%s", args, code, &out)
		}
	}
	marsad("--data", old, "backup", backup)
	marsad("--data", fresh, "restore", backup)
	has := func(want string) {
		t.Helper()
		if b, err := os.ReadFile(filepath.Join(fresh, "consents.jsonl")); err != nil || string(b) != want {
			t.Fatalf("%q %v", b, err)
		}
	}
	has("ledger\n")
	write(filepath.Join(fresh, "consents.jsonl"), "newer\n")
	marsad("--data", fresh, "restore", backup)
	has("newer\n")
}
