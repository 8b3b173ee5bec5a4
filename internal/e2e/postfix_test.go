package e2e

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// postfix is a real mail server in folders of its own: it listens on loopback, takes mail for two domains and lays it in a Maildir.
type postfix struct {
	port    int
	maildir string
	etc     string
}

const domain = "reader.example"

// startPostfix starts Postfix, which takes root and Debian's package; without them the test is skipped and says so.
// With "discard" it takes mail and drops it.
func startPostfix(t testing.TB, more ...string) *postfix {
	if _, err := exec.LookPath("postfix"); err != nil || os.Geteuid() != 0 {
		t.Skip("needs root and Postfix (Debian package postfix)")
	}
	owner, err := user.Lookup("postfix")
	if err != nil {
		t.Skip("needs the user that Debian's package postfix makes")
	}
	uid, _ := strconv.Atoi(owner.Uid)
	home, err := os.MkdirTemp("", "marsad-postfix-") // not t.TempDir: its long name leaves no room for socket paths
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postfix{port: l.Addr().(*net.TCPAddr).Port, maildir: filepath.Join(home, "mail")}
	l.Close()
	for _, d := range []string{"etc", "queue", "data", "mail"} {
		must(t, os.MkdirAll(filepath.Join(home, d), 0o755))
	}
	must(t, os.Chmod(home, 0o755))
	must(t, os.Chown(filepath.Join(home, "data"), uid, -1))
	must(t, os.Chown(p.maildir, uid, -1))
	conf := fmt.Sprintf(mainCF, home, uid)
	if len(more) > 0 {
		conf += "virtual_transport = " + more[0] + ":\n"
	}
	must(t, os.WriteFile(filepath.Join(home, "etc", "answers"), nil, 0o644))
	must(t, os.WriteFile(filepath.Join(home, "etc", "main.cf"), []byte(conf), 0o644))
	must(t, os.WriteFile(filepath.Join(home, "etc", "master.cf"), []byte(fmt.Sprintf(masterCF, p.port)), 0o644))
	etc := filepath.Join(home, "etc")
	p.etc = etc
	if out, err := exec.Command("postfix", "-c", etc, "start").CombinedOutput(); err != nil {
		t.Fatalf("postfix start: %v\n%s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("postfix", "-c", etc, "stop").CombinedOutput(); err != nil {
			t.Errorf("postfix stop: %v\n%s", err, out)
		}
		must(t, os.RemoveAll(home))
	})
	for range 1200 {
		if c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port))); err == nil {
			c.Close()
			return p
		}
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(home, "log"))
	t.Fatalf("postfix does not listen\n%s", log)
	return nil
}

// answers makes Postfix answer RCPT for some addresses as told (access(5)), and nobody else any more.
func (p *postfix) answers(t testing.TB, of map[string]string) {
	var rows strings.Builder
	for address, answer := range of {
		fmt.Fprintf(&rows, "%s@%s %s\n", address, domain, answer)
	}
	must(t, os.WriteFile(filepath.Join(p.etc, "answers"), []byte(rows.String()), 0o644))
	if out, err := exec.Command("postfix", "-c", p.etc, "reload").CombinedOutput(); err != nil {
		t.Fatalf("postfix reload: %v\n%s", err, out)
	}
}

const mainCF = `compatibility_level = 3.6
queue_directory = %[1]s/queue
data_directory = %[1]s/data
maillog_file = %[1]s/log
maillog_file_prefixes = %[1]s
myhostname = mail.reader.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = reader.example example.org
virtual_mailbox_base = %[1]s/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:%[2]d
virtual_gid_maps = static:%[2]d
virtual_minimum_uid = 1
local_recipient_maps =
default_transport = error:nobody outside is mailed by a test
smtpd_recipient_restrictions = check_recipient_access texthash:%[1]s/etc/answers, permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtp_tls_security_level = none
smtpd_tls_security_level = none
alias_maps =
alias_database =
`

const masterCF = `127.0.0.1:%[1]d inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// letters gives the messages that arrived, oldest first.
func (p *postfix) letters(t testing.TB) (all []string) {
	err := filepath.WalkDir(p.maildir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "/new/") {
			return nil // Postfix renames while we look
		}
		b, err := os.ReadFile(path)
		if err == nil {
			all = append(all, string(b))
		}
		return nil
	})
	must(t, err)
	return all
}

// BenchmarkThroughPostfix runs the desk's bench of the way from the wire to the mail with Postfix at its end.
func BenchmarkThroughPostfix(b *testing.B) {
	p := startPostfix(b)
	for b.Loop() {
		cmd := exec.Command("go", "test", "-run", "^$", "-bench", "WireToMail", "-benchtime", "1x", "marsad/internal/desk")
		cmd.Env = append(os.Environ(), "MARSAD_SMTP="+net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port)))
		out, err := cmd.CombinedOutput()
		if err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		b.Logf("%s", out)
	}
}
