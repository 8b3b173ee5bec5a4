package ledger_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/ledger"
)

var noon = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, path string) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// filled gives a ledger of n entries about two people in turn, and its file.
func filled(t testing.TB, n int) (*ledger.Ledger, string) {
	path := filepath.Join(t.TempDir(), "consents")
	l := open(t, path)
	for i := range n {
		if _, err := l.Append(0, ledger.Entry{At: noon, Do: ledger.Ask, List: 7, Who: fmt.Sprint("p", i%2), Words: "yes <b>\r\n", Sealed: "secret"}); err != nil {
			t.Fatal(err)
		}
	}
	return l, path
}

func Example() {
	folder, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(folder)
	l, _ := ledger.Open(filepath.Join(folder, "consents"))
	es, err := l.Append(0, ledger.Entry{At: noon, Do: ledger.Confirm, List: 7, Who: "ab"})
	fmt.Println(es[0].N, err)
	_, err = l.After(ledger.Head{}, func(e ledger.Entry) error { fmt.Println(e.Do, e.Who); return nil })
	fmt.Println(err, l.Close())
	// Output:
	// 1 <nil>
	// confirm ab
	// <nil> <nil>
}

// TestCutOffAnywhere opens the ledger after its file was cut at every byte: whole entries stay, nothing else does, and it goes on.
func TestCutOffAnywhere(t *testing.T) {
	l, path := filled(t, 3)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := range len(whole) {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := ledger.Open(path)
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		want := int64(bytes.Count(whole[:cut], []byte("\n")))
		if l.Head().N != want {
			t.Fatalf("cut at %d: %d entries, want %d", cut, l.Head().N, want)
		}
		if es, err := l.Append(0, ledger.Entry{At: noon, Do: ledger.Unsubscribe}); err != nil || es[0].N != want+1 {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if l, err = ledger.Open(path); err != nil || l.Head().N != want+1 {
			t.Fatalf("cut at %d and gone on: %v", cut, err)
		}
		_ = l.Close()
	}
}

// TestOneWriter lets nobody else open a ledger that is open, also after its file was made anew; whoever comes after its end is let in.
func TestOneWriter(t *testing.T) {
	l, path := filled(t, 3)
	for range 2 {
		if _, err := ledger.Open(path); !fault.Is(err, fault.Conflict) {
			t.Fatalf("opened twice: %v", err)
		}
		if err := l.Forget("p0"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.Append(0, ledger.Entry{At: noon, Do: ledger.Unsubscribe}); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if n := open(t, path).Head().N; n != 4 {
		t.Errorf("%d entries", n)
	}
}

// TestTampering finds a line that was changed, left out or put twice.
func TestTampering(t *testing.T) {
	l, path := filled(t, 4)
	_ = l.Close()
	whole, _ := os.ReadFile(path)
	lines := bytes.SplitAfter(whole, []byte("\n"))[:4]
	for name, made := range map[string][]byte{
		"changed":  bytes.Replace(whole, []byte(`"list":7`), []byte(`"list":8`), 1),
		"left out": bytes.Join([][]byte{lines[0], lines[2], lines[3]}, nil),
		"twice":    bytes.Join([][]byte{lines[0], lines[0], lines[1]}, nil),
		"swapped":  bytes.Join([][]byte{lines[0], lines[2], lines[1]}, nil),
		"nonsense": append([]byte("{\n"), whole...),
	} {
		if err := os.WriteFile(path, made, 0o600); err != nil {
			t.Fatal(err)
		}
		if l, err := ledger.Open(path); err == nil {
			t.Errorf("%s: opened at %d", name, l.Head().N)
		}
	}
}

func TestAfter(t *testing.T) {
	l, _ := filled(t, 5)
	var heads []ledger.Head
	if _, err := l.After(ledger.Head{}, func(e ledger.Entry) error { heads = append(heads, ledger.Head{N: e.N, Sum: e.Sum}); return nil }); err != nil {
		t.Fatal(err)
	}
	for i, h := range heads {
		n := 0
		if known, err := l.After(h, func(ledger.Entry) error { n++; return nil }); !known || err != nil || n != 4-i {
			t.Errorf("after %d: %d entries, %v %v", h.N, n, known, err)
		}
	}
	for _, h := range []ledger.Head{{N: 9, Sum: heads[4].Sum}, {N: 2, Sum: heads[2].Sum}} {
		if known, err := l.After(h, func(ledger.Entry) error { t.Error("an entry for a stranger"); return nil }); known || err != nil {
			t.Errorf("%v is known (%v)", h, err)
		}
	}
	// A ledger that takes over a database which is further on goes on behind it.
	if es, err := l.Append(20, ledger.Entry{At: noon, Do: ledger.Adopt}); err != nil || es[0].N != 21 {
		t.Error(es, err)
	}
}

func TestForget(t *testing.T) {
	l, path := filled(t, 6)
	if err := l.Forget("p1"); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(0, ledger.Entry{At: noon, Do: ledger.Erase, Who: "p1"}); err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	b, _ := os.ReadFile(path)
	if n := strings.Count(string(b), "secret"); n != 3 {
		t.Errorf("%d sealed addresses are left", n)
	}
	again := open(t, path) // and the sums still fit
	es, err := again.Of("p1")
	if err != nil || len(es) != 4 || es[3].Do != ledger.Erase {
		t.Error(es, err)
	}
}

// TestNotWritten acknowledges nothing that did not get onto the disk.
func TestNotWritten(t *testing.T) {
	l, _ := filled(t, 1)
	_ = l.Close()
	if _, err := l.Append(0, ledger.Entry{At: noon, Do: ledger.Ask}); err == nil || l.Head().N != 1 {
		t.Errorf("acknowledged, and the head is at %d", l.Head().N)
	}
}

func FuzzOpen(f *testing.F) {
	_, path := filled(f, 2)
	b, _ := os.ReadFile(path)
	f.Add(b)
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "l")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := ledger.Open(path)
		if err != nil {
			return
		}
		if _, err := l.Append(0, ledger.Entry{At: noon, Do: ledger.Ask}); err != nil {
			t.Fatal(err)
		}
		_ = l.Close()
		if _, err := ledger.Open(path); err != nil {
			t.Fatalf("does not open again: %v", err)
		}
	})
}
