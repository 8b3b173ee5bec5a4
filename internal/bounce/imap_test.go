package bounce_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"marsad/internal/bounce"
)

const dovecotConf = `base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:%[1]s/mail
first_valid_uid = 1
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=%[2]s gid=%[3]s home=%[1]s/mail
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[4]d
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`

// dovecot starts a real IMAP server over a Maildir in folders of its own.
func dovecot(t *testing.T) (port int, maildir string) {
	if _, err := exec.LookPath("dovecot"); err != nil || os.Geteuid() != 0 {
		t.Skip("needs root and Dovecot (Debian package dovecot-imapd)")
	}
	u, err := user.Lookup("dovecot")
	if err != nil {
		t.Skip("needs the user that Debian's package dovecot-core makes")
	}
	home, err := os.MkdirTemp("", "marsad-dovecot-")
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	maildir = filepath.Join(home, "mail")
	for _, d := range []string{"", "run", "state", "mail", "mail/new", "mail/cur", "mail/tmp"} {
		if err := os.MkdirAll(filepath.Join(home, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(home, 0o755); err != nil {
		t.Fatal(err)
	}
	conf := filepath.Join(home, "conf")
	if err := os.WriteFile(conf, []byte(fmt.Sprintf(dovecotConf, home, u.Uid, u.Gid, port)), 0o644); err != nil {
		t.Fatal(err)
	}
	for i, m := range []string{"Action: failed\nStatus: 5.1.1\n", "Action: delayed\nStatus: 4.4.1\n"} {
		path := filepath.Join(maildir, "new", fmt.Sprintf("%d.1.x", i))
		if err := os.WriteFile(path, []byte(report("bounces+ab12@desk.example", m)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := filepath.WalkDir(maildir, func(p string, _ os.DirEntry, err error) error {
		if err == nil {
			err = os.Chown(p, uid, gid)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("dovecot", "-F", "-c", conf)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		_ = os.RemoveAll(home)
	})
	for range 1200 {
		if c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))); err == nil {
			c.Close()
			return port, maildir
		}
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(home, "log"))
	t.Fatalf("dovecot does not listen: %s\n%s", &out, log)
	return 0, ""
}

// TestIMAP reads what came back from a real server, once.
func TestIMAP(t *testing.T) {
	port, _ := dovecot(t)
	a := bounce.Account{Host: "127.0.0.1", Port: port, Security: "none", User: "desk", Password: "secret"}
	for round, want := range []int{2, 0} {
		n := 0
		err := bounce.IMAP(context.Background(), a, func(m []byte) error {
			n++
			r, err := bounce.Read(m, address)
			if r.Tag != "ab12" {
				t.Errorf("%+v", r)
			}
			return err
		})
		if err != nil || n != want {
			t.Fatalf("round %d: %d messages, want %d: %v", round, n, want, err)
		}
	}
	a.Password = "wrong"
	if err := bounce.IMAP(context.Background(), a, nil); err == nil {
		t.Error("signed in with a wrong password")
	}
	a.Host = "203.0.113.1"
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	if err := bounce.IMAP(ctx, a, nil); err == nil {
		t.Error("reached a host that is none")
	}
}
