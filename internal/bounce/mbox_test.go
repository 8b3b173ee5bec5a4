package bounce_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/internal/bounce"
	"marsad/internal/fault"
)

// entry is a message as it stands in an mbox file.
func entry(n int, body string) string {
	return fmt.Sprintf("From MAILER-DAEMON Tue Mar  3 09:00:%02d 2026\nSubject: %d\n\n%s\n\n", n%60, n, body)
}

// box is an mbox file that is read look by look.
type box struct {
	*testing.T
	path string
	mark bounce.Mark
}

func newBox(t *testing.T, text string) *box {
	b := &box{T: t, path: filepath.Join(t.TempDir(), "bounces")}
	b.write(text)
	return b
}

func (b *box) write(text string) {
	b.Helper()
	if err := os.WriteFile(b.path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}

// look gives the subjects of the messages that one look finds.
func (b *box) look() (found string) {
	b.Helper()
	var err error
	b.mark, err = bounce.Mbox(b.path, b.mark, func(m []byte) error {
		line, _, _ := bytes.Cut(m, []byte("\n"))
		found += strings.TrimPrefix(string(line), "Subject: ") + " "
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(b.path + ".lock"); err == nil {
		b.Fatal("the lock stays")
	}
	return strings.TrimSpace(found)
}

func (b *box) wants(want string) {
	b.Helper()
	if got := b.look(); got != want {
		b.Fatalf("%q, want %q", got, want)
	}
}

// TestMboxIsReadOnce reads a file while other programs add to it, rewrite it and empty it.
func TestMboxIsReadOnce(t *testing.T) {
	b := newBox(t, entry(1, "one")+entry(2, "two"))
	b.wants("1 2")
	b.wants("")
	b.write(entry(1, "one") + entry(2, "two") + entry(3, "three"))
	b.wants("3")
	b.write("")
	b.wants("")
	b.write(entry(4, "four"))
	b.wants("4")
	b.write(entry(5, strings.Repeat("longer than before\n", 100))) // as long as the mark, and another
	b.wants("5")
	b.write(entry(3, "three") + entry(5, "x") + entry(6, "six")) // somebody took two out
	b.wants("3 5 6")
	if err := os.Remove(b.path); err != nil {
		t.Fatal(err)
	}
	b.wants("")
}

func TestMboxMessages(t *testing.T) {
	var got []string
	b := newBox(t, "From a\r\nX: 1\r\n\r\n>From here\r\n>>From there\r\nFrom within\r\n\r\nFrom b\nX: 2\n\nlast, without an end")
	if _, err := bounce.Mbox(b.path, bounce.Mark{}, func(m []byte) error { got = append(got, string(m)); return nil }); err != nil {
		t.Fatal(err)
	}
	want := []string{"X: 1\r\n\r\nFrom here\r\n>From there\r\nFrom within\r\n\r\n", "X: 2\n\nlast, without an end"}
	if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("%q", got)
	}
}

// TestMboxStops: what cannot be dealt with now is handed out again, and what was is not.
func TestMboxStops(t *testing.T) {
	b := newBox(t, entry(1, "one")+entry(2, "two"))
	busy := errors.New("the store is busy")
	mark, err := bounce.Mbox(b.path, bounce.Mark{}, func(m []byte) error {
		if bytes.Contains(m, []byte("Subject: 2")) {
			return busy
		}
		return nil
	})
	if !errors.Is(err, busy) {
		t.Fatal(err)
	}
	b.mark = mark
	b.wants("2")
}

func TestMboxIsLocked(t *testing.T) {
	b := newBox(t, entry(1, "one"))
	if err := os.WriteFile(b.path+".lock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := bounce.Mbox(b.path, bounce.Mark{}, nil); fault.KindOf(err) != fault.Temporary {
		t.Fatal(err)
	}
	if err := os.Remove(b.path + ".lock"); err != nil {
		t.Fatal(err)
	}
	b.write("no mailbox at all\n")
	if _, err := bounce.Mbox(b.path, bounce.Mark{}, nil); fault.KindOf(err) != fault.Invalid {
		t.Fatal(err)
	}
	if _, err := bounce.Mbox(filepath.Dir(b.path), bounce.Mark{}, nil); fault.KindOf(err) != fault.Invalid {
		t.Fatal("a folder:", err)
	}
	before, _ := os.ReadFile(b.path)
	if string(before) != "no mailbox at all\n" {
		t.Error("the file was written to")
	}
}

// TestMboxBesideAnother reads while Python's mailbox module, which takes the same locks, adds messages.
func TestMboxBesideAnother(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3, whose mailbox module writes beside us")
	}
	b := newBox(t, "")
	writer := exec.Command(python, "-c", `
import mailbox, sys, time
for n in range(60):
    box = mailbox.mbox(sys.argv[1])
    while True:
        try:
            box.lock()
            break
        except mailbox.ExternalClashError:
            time.sleep(0.002)
    m = mailbox.mboxMessage()
    m["Subject"] = str(n)
    m.set_payload("From here on\n" * 200)
    box.add(m)
    box.flush()
    box.unlock()
    box.close()
`, b.path)
	var said bytes.Buffer
	writer.Stderr = &said
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- writer.Wait() }()
	var found []string
	for done := false; ; {
		mark, err := bounce.Mbox(b.path, b.mark, func(m []byte) error {
			subject, body, _ := bytes.Cut(m, []byte("\n"))
			found = append(found, strings.TrimPrefix(string(subject), "Subject: "))
			if n := bytes.Count(body, []byte("\nFrom here on")); n != 200 {
				t.Errorf("message %s has %d lines", subject, n)
			}
			return nil
		})
		if err != nil && fault.KindOf(err) != fault.Temporary {
			t.Fatal(err)
		}
		b.mark = mark
		time.Sleep(2 * time.Millisecond)
		if done && err == nil {
			break
		}
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("%v\n%s", err, &said)
			}
			done = true
		default:
		}
	}
	for i, s := range found {
		if s != fmt.Sprint(i) {
			t.Fatalf("message %d is %s: %v", i, s, found)
		}
	}
	if len(found) != 60 {
		t.Fatalf("%d of 60 were found", len(found))
	}
}

// FuzzMbox: whatever a file holds, reading it ends, hands out nothing twice, and comes to its end.
func FuzzMbox(f *testing.F) {
	for _, s := range []string{"", "From ", "From a\n", entry(1, "x"), entry(1, "x") + entry(2, ">From y"), "From a\n\nFrom b\n\n\nFrom c", "From a\r\n\r\nFrom b\r\n", "x"} {
		f.Add(s)
	}
	path := filepath.Join(f.TempDir(), "box")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		mark, err := bounce.Mbox(path, bounce.Mark{}, func(m []byte) error { n += len(m); return nil })
		if err != nil {
			return
		}
		if n > len(text) || mark.At != int64(len(text)) && strings.Count(text, "From ") < 500 {
			t.Fatalf("%d bytes of %d, read to %d", n, len(text), mark.At)
		}
		again := 0
		if next, err := bounce.Mbox(path, mark, func([]byte) error { again++; return nil }); err != nil || next != mark || again > 0 && mark.At == int64(len(text)) {
			t.Fatalf("%v %v: %d again", next, err, again)
		}
	})
}
