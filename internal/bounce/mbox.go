package bounce

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"syscall"

	"marsad/internal/fault"
)

// Mark says how far an mbox file was read: up to a byte, and what stood before it, so that a file that another program has rewritten is
// known for another one. The zero Mark is the beginning.
type Mark struct {
	At  int64  `json:"at"`
	Of  int    `json:"of"`  // bytes before At that Sum is of
	Sum string `json:"sum"` // hex
}

const (
	markBytes = 1024
	mboxRead  = 32 << 20 // read in one go; more than one message of the largest size
)

// Mbox hands the messages of an mbox file (RFC 4155) behind a mark to each, and gives the mark behind the last for which it returned
// nil. The file is only read: other programs keep it, rewrite it, or empty it, and then it is read from the beginning, so that each may
// be handed a message again. While it is read it is locked in the three ways that programs know; a file that another holds is Temporary.
// A file that is not there has no messages.
func Mbox(path string, from Mark, each func([]byte) error) (Mark, error) {
	text, from, err := mboxTail(path, from)
	if err != nil || len(text) == 0 {
		return from, err
	}
	at := 0
	for n := 0; at < len(text) && n < atOnce; n++ {
		end := nextMessage(text, at)
		whole := end < len(text) || len(text) < mboxRead
		if !whole && at > 0 {
			break // the rest of it was not read: the next time begins with it
		}
		if message := unquoted(text[at:end]); len(message) > 0 && len(message) <= maxMessage {
			if err := each(message); err != nil {
				return from.behind(text[:at]), err
			}
		}
		at = end
	}
	return from.behind(text[:at]), nil
}

// behind moves a mark over bytes that were dealt with.
func (m Mark) behind(done []byte) Mark {
	if len(done) == 0 {
		return m
	}
	last := done[max(0, len(done)-markBytes):]
	return Mark{m.At + int64(len(done)), len(last), sumOf(last)}
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// mboxTail reads what stands behind a mark, under lock. Where the mark does not fit any more, it reads from the beginning and gives the
// zero Mark.
func mboxTail(path string, from Mark) ([]byte, Mark, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Mark{}, nil
	}
	if err != nil {
		return nil, from, fault.New(fault.Temporary, "bounce: %w", err)
	}
	defer f.Close()
	unlock, err := lockMbox(f, path)
	if err != nil {
		return nil, from, err
	}
	defer unlock()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, from, fault.New(fault.Invalid, "bounce: %s is no mbox file", path)
	}
	if !from.fits(f, info.Size()) {
		from = Mark{}
	}
	text, err := io.ReadAll(io.NewSectionReader(f, from.At, mboxRead))
	if err != nil {
		return nil, from, fault.New(fault.Temporary, "bounce: %w", err)
	}
	if from.At == 0 && len(text) > 0 && !bytes.HasPrefix(text, fromLine) {
		return nil, from, fault.New(fault.Invalid, "bounce: %s is no mbox file: it does not begin with a line \"From \"", path)
	}
	return text, from, nil
}

// fits tells whether what stands before the mark is what stood there, and a message or nothing behind it.
func (m Mark) fits(f *os.File, size int64) bool {
	if m.At == 0 {
		return true
	}
	if m.At > size || m.Of <= 0 || m.Of > markBytes || int64(m.Of) > m.At {
		return false
	}
	before := make([]byte, m.Of)
	if _, err := f.ReadAt(before, m.At-int64(m.Of)); err != nil {
		return false
	}
	next := make([]byte, len(fromLine))
	n, _ := f.ReadAt(next, m.At) // short at the end of the file
	return sumOf(before) == m.Sum && (n == 0 || bytes.Equal(next[:n], fromLine))
}

var fromLine = []byte("From ")

// nextMessage gives where the message after the one at a place begins: at the next line "From " that follows an empty one.
func nextMessage(text []byte, at int) int {
	for {
		i := bytes.Index(text[at+1:], []byte("\nFrom "))
		if i < 0 {
			return len(text)
		}
		at += 1 + i
		if at > 0 && text[at-1] == '\n' || at > 1 && text[at-1] == '\r' && text[at-2] == '\n' {
			return at + 1
		}
	}
}

// unquoted gives a message without its line "From ", and lines ">From " as they were before the file was written.
func unquoted(text []byte) []byte {
	_, text, _ = bytes.Cut(text, []byte("\n"))
	var out []byte
	for line := range bytes.Lines(text) {
		if bare := bytes.TrimLeft(line, ">"); len(bare) < len(line) && bytes.HasPrefix(bare, fromLine) {
			line = line[1:]
		}
		out = append(out, line...)
	}
	return out
}

// lockMbox takes the locks that delivery programs respect: fcntl and flock on the file, and a file beside it whose name ends in .lock.
// Where the folder may not be written to, the first two have to do.
func lockMbox(f *os.File, path string) (unlock func(), err error) {
	shared := syscall.Flock_t{Type: syscall.F_RDLCK, Whence: io.SeekStart}
	err = syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &shared)
	if err == nil {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	}
	if err != nil {
		return nil, fault.New(fault.Temporary, "bounce: another program holds %s: %w", path, err)
	}
	beside := path + ".lock"
	l, err := os.OpenFile(beside, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return func() {}, nil
	case errors.Is(err, fs.ErrExist):
		return nil, fault.New(fault.Temporary, "bounce: another program holds %s", beside)
	case err != nil:
		return nil, fault.New(fault.Temporary, "bounce: %w", err)
	}
	_, err = l.WriteString(strconv.Itoa(os.Getpid()) + "\n")
	if err = errors.Join(err, l.Close()); err != nil {
		return nil, errors.Join(fault.New(fault.Temporary, "bounce: %w", err), os.Remove(beside))
	}
	return func() { _ = os.Remove(beside) }, nil // one that stays is seen at the next look
}
