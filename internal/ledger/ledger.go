// Package ledger keeps who agreed to what, and who does not want to be written to, in a file that is only ever added to. It stands
// beside the database and outlives it: a database that was restored from an older copy learns from it what was said since.
//
// An entry is one line of JSON. Each holds the sum of the one before, so that a line that was changed, left out or put in shows. A
// person is named by a keyed hash; their address stands there sealed, outside of the sums, and is taken away when they ask to be
// forgotten. An entry that [Ledger.Append] acknowledged is on the disk. The ledger decides nothing and sends nothing.
package ledger

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"marsad/internal/fault"
)

// What an entry can say.
const (
	Ask         = "ask"         // somebody typed the address into a form
	Confirm     = "confirm"     // its owner agreed
	Import      = "import"      // an operator says on which legal basis the address may be written to
	Unsubscribe = "unsubscribe" // List 0: from everything
	Suppress    = "suppress"    // the address is not to be written to: Why says bounced or never
	Erase       = "erase"       // forgotten: what stays is the hash
	Mailed      = "mailed"      // the list was mailed about articles: URLs
	Adopt       = "adopt"       // an operator takes the database as it is, although the ledger does not fit it
)

// Entry is one line. Fields that say nothing are left out.
type Entry struct {
	N      int64     `json:"n"`
	At     time.Time `json:"at"`
	Do     string    `json:"do"`
	List   int64     `json:"list,omitempty"`
	Slug   string    `json:"slug,omitempty"`
	Who    string    `json:"who,omitempty"` // hex of a keyed hash of the address
	Lang   string    `json:"lang,omitempty"`
	Words  string    `json:"words,omitempty"` // as shown
	Form   string    `json:"form,omitempty"`  // where they were shown
	Basis  string    `json:"basis,omitempty"`
	Why    string    `json:"why,omitempty"`
	By     string    `json:"by,omitempty"` // the account, where a person of the desk did it
	URLs   []string  `json:"urls,omitempty"`
	Sum    string    `json:"sum"`              // of the entry before and this one, without Sum and Sealed
	Sealed string    `json:"sealed,omitempty"` // the address, encrypted

	Address string `json:"-"` // in the clear, for whoever follows the ledger; never written
}

// Head is where a ledger, or a database that follows one, stands.
type Head struct {
	N   int64  `json:"n"`
	Sum string `json:"sum"`
}

// maxLine is the longest line that is read.
const maxLine = 1 << 20

// Ledger is an open file. It is safe for concurrent use within one process, and no other has it open.
type Ledger struct {
	mu   sync.Mutex
	path string
	file *os.File
	head Head
	size int64
}

// Open opens the file at path, or makes it, and reads it through: a sum that does not fit is Invalid. A last line that was not
// written whole, and therefore never acknowledged, is cut off. A ledger has one writer: where another has it open, that is a Conflict.
func Open(path string) (*Ledger, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fault.New(fault.Invalid, "ledger: %w", err)
	}
	l := &Ledger{path: path, file: f}
	if err = alone(f); err == nil {
		err = still(f, path)
	}
	if err == nil {
		err = l.begin()
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return l, nil
}

// alone holds a file for this process until it is closed; the system lets go of it however the process ends.
func alone(f *os.File) error {
	switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return fault.New(fault.Conflict, "ledger: another program writes to %s", f.Name())
	case err != nil:
		return fault.New(fault.Internal, "ledger: %w", err)
	}
	return nil
}

// still tells whether a path leads to a file that was opened there: Forget may have put another in its place meanwhile.
func still(f *os.File, path string) error {
	mine, err := f.Stat()
	there, e := os.Stat(path)
	if err := errors.Join(err, e); err != nil {
		return fault.New(fault.Internal, "ledger: %w", err)
	}
	if !os.SameFile(mine, there) {
		return fault.New(fault.Conflict, "ledger: another program writes to %s", path)
	}
	return nil
}

func (l *Ledger) begin() error {
	size, err := l.read(func(e Entry) error { l.head = Head{e.N, e.Sum}; return nil })
	if err != nil {
		return err
	}
	if err := errors.Join(l.file.Truncate(size), l.file.Sync(), flushFolder(l.path)); err != nil {
		return fault.New(fault.Internal, "ledger: %w", err)
	}
	l.size = size
	return nil
}

// read goes through all whole entries and gives the size that they take.
func (l *Ledger) read(each func(Entry) error) (size int64, err error) {
	in := bufio.NewReaderSize(io.NewSectionReader(l.file, 0, 1<<62), maxLine)
	var last Head
	for {
		line, err := in.ReadSlice('\n')
		if err == io.EOF {
			return size, nil // what stands behind the last line's end was cut off while it was written
		}
		if err != nil && err != bufio.ErrBufferFull {
			return 0, fault.New(fault.Internal, "ledger: %w", err)
		}
		var e Entry
		if err != nil || json.Unmarshal(line, &e) != nil {
			return 0, fault.New(fault.Invalid, "ledger: the line after entry %d cannot be read", last.N)
		}
		if e.Sum != sum(last.Sum, e) || e.N <= last.N {
			return 0, fault.New(fault.Invalid, "ledger: entry %d does not follow the one before: the file was changed", e.N)
		}
		if err := each(e); err != nil {
			return 0, err
		}
		last, size = Head{e.N, e.Sum}, size+int64(len(line))
	}
}

// sum binds an entry to the one before it.
func sum(before string, e Entry) string {
	e.Sum, e.Sealed = "", ""
	b, err := json.Marshal(e)
	if err != nil {
		panic(err) // strings, numbers and a time
	}
	h := sha256.Sum256(append([]byte(before), b...))
	return hex.EncodeToString(h[:16])
}

// Head gives where the ledger stands.
func (l *Ledger) Head() Head {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.head
}

// Append writes entries, numbers them after the last one and after the number after, and gives them back when they are on the disk.
func (l *Ledger) Append(after int64, es ...Entry) ([]Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	head, out := l.head, make([]Entry, len(es))
	var lines bytes.Buffer
	for i, e := range es {
		e.N, e.At = max(head.N, after)+1, e.At.UTC().Truncate(time.Microsecond)
		e.Sum = sum(head.Sum, e)
		head, out[i] = Head{e.N, e.Sum}, e
		if err := json.NewEncoder(&lines).Encode(e); err != nil {
			return nil, fault.New(fault.Internal, "ledger: %w", err)
		}
	}
	_, err := l.file.WriteAt(lines.Bytes(), l.size)
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil { // a full disk: what was written of it must not stand before the next entry
		return nil, fault.New(fault.Temporary, "ledger: %w", errors.Join(err, l.file.Truncate(l.size)))
	}
	l.head, l.size = head, l.size+int64(lines.Len())
	return out, nil
}

// After gives the entries behind one, in order. It tells false where the ledger does not hold that one: then it is not the ledger of
// whoever asks.
func (l *Ledger) After(at Head, each func(Entry) error) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known := at.N == 0
	if !known {
		if _, err := l.read(func(e Entry) error { known = known || e.N == at.N && e.Sum == at.Sum; return nil }); err != nil || !known {
			return false, err
		}
	}
	_, err := l.read(func(e Entry) error {
		if e.N <= at.N {
			return nil
		}
		return each(e)
	})
	return true, err
}

// Of gives all entries about a person.
func (l *Ledger) Of(who string) (es []Entry, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err = l.read(func(e Entry) error {
		if e.Who == who {
			es = append(es, e)
		}
		return nil
	})
	return es, err
}

// Forget takes the sealed address out of all entries about a person. The sums go on to fit, for they never held it.
func (l *Ledger) Forget(who string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	part := l.path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return fault.New(fault.Internal, "ledger: %w", err)
	}
	if err := alone(f); err != nil {
		return errors.Join(err, f.Close())
	}
	out := bufio.NewWriter(f)
	_, err = l.read(func(e Entry) error {
		if e.Who == who {
			e.Sealed = ""
		}
		return json.NewEncoder(out).Encode(e)
	})
	err = errors.Join(err, out.Flush(), f.Sync())
	if err == nil {
		err = os.Rename(part, l.path)
	}
	if err != nil {
		return fault.New(fault.Temporary, "ledger: %w", errors.Join(err, f.Close(), os.Remove(part)))
	}
	old := l.file
	l.file = f
	info, err := f.Stat()
	if err == nil {
		l.size = info.Size()
	}
	return errors.Join(err, old.Close(), flushFolder(l.path))
}

// Close closes the file.
func (l *Ledger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.Close()
}

func flushFolder(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}
