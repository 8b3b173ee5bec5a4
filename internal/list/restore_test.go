package list_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/list"
	"marsad/internal/sqlite"
	"marsad/news"

	"pgregory.net/rapid"
)

// TestErase looks for the address in every file that is left.
func TestErase(t *testing.T) {
	h := furnished(t)
	h.must(h.join("ports", "gone@reader.example"))
	h.say(list.Confirm, h.ports, "gone@reader.example")
	h.must(h.Erase(h.ctx, "gone@reader.example", "sami"))
	h.close()
	for _, name := range []string{"consents", "desk.db"} {
		b, err := os.ReadFile(filepath.Join(h.folder, name))
		h.must(err)
		if bytes.Contains(b, []byte("gone@reader")) || bytes.Contains(b, []byte(`"sealed"`)) {
			t.Errorf("%s still knows the address", name)
		}
	}
	again := open(t, h.folder)
	defer again.close()
	out, err := again.Import(again.ctx, h.ports.ID, strings.NewReader("gone@reader.example\n"), "an old file", "sami")
	if err != nil || out.Suppressed != 1 {
		t.Fatalf("brought back by an import: %+v %v", out, err)
	}
	if p := again.say(list.Leave, h.ports, "gone@reader.example"); p.State != news.Unsubscribed {
		t.Error("the link in an old mail does not work any more")
	}
}

// TestRestore puts yesterday's database beside today's ledger: it learns what was said since. Without the ledger nobody is mailed until
// an operator says so.
func TestRestore(t *testing.T) {
	h := furnished(t)
	for _, a := range []string{"stays", "leaves", "erased"} {
		h.must(h.join("ports", a+"@reader.example"))
		h.say(list.Confirm, h.ports, a+"@reader.example")
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	h.must(h.store.Backup(h.ctx, backup))
	h.say(list.Leave, h.ports, "leaves@reader.example")
	h.must(h.Erase(h.ctx, "erased@reader.example", ""))
	h.must(h.join("ports", "new@reader.example"))
	h.say(list.Confirm, h.ports, "new@reader.example")
	h.close()
	for _, with := range []bool{true, false} {
		folder := t.TempDir()
		h.must(sqlite.Copy(h.ctx, backup, filepath.Join(folder, "desk.db")))
		if with {
			b, err := os.ReadFile(filepath.Join(h.folder, "consents"))
			h.must(err)
			h.must(os.WriteFile(filepath.Join(folder, "consents"), b, 0o600))
		}
		back := open(t, folder)
		got := back.told(h.ports)
		if hold := back.OnHold(h.ctx) != ""; hold == with {
			t.Errorf("with the ledger %v: on hold %v", with, hold)
		}
		if with && !slices.Equal(got, []string{"new@reader.example", "stays@reader.example"}) {
			t.Errorf("told after the restore: %v", got)
		}
		if !with {
			back.say(list.Leave, h.ports, "stays@reader.example") // leaving works on hold too
			if back.Waits(h.ctx, h.ports, news.Delivery{Released: noon}) == "" {
				t.Error("a release lifts the hold")
			}
			h.must(back.Adopt(h.ctx, "sami"))
			if back.OnHold(h.ctx) != "" {
				t.Error("the hold stays")
			}
			back.close()
			back = open(t, folder)
			if back.OnHold(h.ctx) != "" || slices.Contains(back.told(h.ports), "stays@reader.example") {
				t.Error("after the next start the hold is back, or who left is")
			}
		}
		back.close()
	}
}

// TestNobodyWithoutConsent does anything in any order, with restores in between, and compares who would be mailed with who agreed last.
func TestNobodyWithoutConsent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		folder, err := os.MkdirTemp("", "lists")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder)
		h := open(t, folder)
		defer func() { h.close() }()
		h.ports = h.list("ports")
		agreed, banned, waiting := map[string]bool{}, map[string]bool{}, map[string]bool{}
		backup := ""
		defer func() { os.Remove(backup) }()
		for i := range rapid.IntRange(1, 14).Draw(t, "steps") {
			a := rapid.SampledFrom([]string{"a@r.example", "b@r.example"}).Draw(t, "who")
			h.now = h.now.Add(40 * 24 * time.Hour)
			switch do := rapid.SampledFrom([]string{"join", "confirm", "confirm", "leave", "never", "erase", "import", "bounce", "backup", "restore"}).Draw(t, "do"); do {
			case "join":
				h.must(h.join("ports", a))
				waiting[a] = !agreed[a] && !banned[a] || waiting[a]
			case "confirm":
				before := waiting[a]
				p, err := h.Confirm(h.ctx, h.Link(list.Confirm, h.ports.ID, a), "yes", "test")
				h.must(err)
				if (p.State == news.Confirmed) != (before || agreed[a]) {
					t.Fatalf("%s is %s; waited %v, agreed %v", a, p.State, before, agreed[a])
				}
				agreed[a], waiting[a] = agreed[a] || before, false
			case "leave":
				h.say(list.Leave, h.ports, a)
				agreed[a], waiting[a] = false, false
			case "never":
				h.say(list.Never, h.ports, a)
				agreed[a], waiting[a], banned[a] = false, false, true
			case "bounce":
				h.must(h.Bounced(h.ctx, a, "550"))
				agreed[a], waiting[a], banned[a] = false, false, true
			case "erase":
				h.must(h.Erase(h.ctx, a, ""))
				agreed[a], waiting[a], banned[a] = false, false, false
			case "import":
				why, err := h.store.Suppressed(h.ctx, hashOf(h, a), h.ports.ID)
				h.must(err)
				_, err = h.Import(h.ctx, h.ports.ID, strings.NewReader(a+"\n"), "a stated basis", "")
				h.must(err)
				if why == "" {
					agreed[a], waiting[a] = true, false
				}
			case "backup":
				os.Remove(backup)
				backup = filepath.Join(folder, fmt.Sprint("backup", i))
				h.must(h.store.Backup(h.ctx, backup))
			case "restore":
				if backup == "" {
					continue
				}
				now := h.now
				h.close()
				for _, f := range []string{"desk.db", "desk.db-wal", "desk.db-shm"} {
					os.Remove(filepath.Join(folder, f))
				}
				h.must(sqlite.Copy(h.ctx, backup, filepath.Join(folder, "desk.db")))
				ports := h.ports
				h = open(t, folder)
				h.ports, h.now = ports, now
				if why := h.OnHold(h.ctx); why != "" {
					t.Fatal(why)
				}
			}
			var want []string
			for a, yes := range agreed {
				if yes {
					want = append(want, a)
				}
			}
			slices.Sort(want)
			if got := h.told(h.ports); !slices.Equal(got, want) {
				t.Fatalf("would be mailed: %v, agreed: %v", got, want)
			}
		}
	})
}

func hashOf(h *house, address string) string {
	r, err := h.Export(h.ctx, address)
	h.must(err)
	return r.Hash
}
