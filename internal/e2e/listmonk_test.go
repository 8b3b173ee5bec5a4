package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// listmonk is another program for mailing lists, run beside ours from where somebody built it: bench/mail/listmonk.sh. Nothing of it is
// in this repository.
type listmonk struct {
	url     string
	process *os.Process
	db      string // its database's address
	server  string // and the process that serves it
}

// pace is how a listmonk may send.
type pace struct {
	name                   string
	workers, rate, sockets int
	recipients             int
}

// The paces at which it is measured: as it is installed, where ten workers send ten mails a second each, and with its brakes off.
func paces(n int) []pace {
	return []pace{{"as installed", 10, 10, 10, min(n, 1000)}, {"brakes off", 16, 1_000_000, 16, n}}
}

// besideListmonk mails as many with listmonk, through the same Postfix. It gives the messages a second of its best pace, 0 where there is
// no listmonk.
func besideListmonk(b *testing.B, p *postfix, n int) (best float64) {
	home := os.Getenv("MARSAD_LISTMONK")
	if home == "" {
		b.Log("no listmonk beside it: MARSAD_LISTMONK names no folder (see bench/mail/listmonk.sh)")
		return 0
	}
	for _, how := range paces(n) {
		l := startListmonk(b, home, p, how)
		before := l.worked(b)
		rate, peak := l.mail(b, p, how.recipients)
		b.Logf("listmonk %s: %d mails at %.0f a second, %.2f ms of processor time a mail with PostgreSQL, %.0f MB at its highest without it", how.name, how.recipients, rate,
			(l.worked(b)-before).Seconds()*1000/float64(how.recipients), peak)
		l.stop(b)
		best = max(best, rate)
	}
	return best
}

// asPostgres makes a command run as the user that may own a database.
func asPostgres(b *testing.B, dir, name string, args ...string) *exec.Cmd {
	owner, err := user.Lookup("postgres")
	if err != nil {
		b.Skip("listmonk needs PostgreSQL (Debian package postgresql)")
	}
	uid, _ := strconv.Atoi(owner.Uid) // numbers, on this system
	gid, _ := strconv.Atoi(owner.Gid)
	must(b, os.Chown(dir, uid, gid))
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(bins) == 0 {
		b.Skip("listmonk needs PostgreSQL (Debian package postgresql)")
	}
	cmd := exec.Command(bins[len(bins)-1], args...)
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return cmd
}

// startDatabase starts PostgreSQL in a folder, as safe as it is installed, and gives its port.
func startDatabase(b *testing.B, dir string) int {
	port := freePort(b)
	run := func(name string, args ...string) {
		if out, err := asPostgres(b, dir, name, args...).CombinedOutput(); err != nil {
			b.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	data := filepath.Join(dir, "data")
	run("initdb", "-D", data, "-A", "trust", "-U", "listmonk", "-E", "UTF8")
	run("pg_ctl", "-D", data, "-w", "-l", filepath.Join(dir, "log"), "-o", fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s", port, dir), "start")
	b.Cleanup(func() {
		if out, err := asPostgres(b, dir, "pg_ctl", "-D", data, "-m", "fast", "stop").CombinedOutput(); err != nil {
			b.Errorf("PostgreSQL does not stop: %v\n%s", err, out)
		}
	})
	run("createdb", "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-U", "listmonk", "listmonk")
	return port
}

func freePort(b *testing.B) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(b, err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// startListmonk sets it up on an empty database, with a list of recipients, and starts it.
func startListmonk(b *testing.B, home string, p *postfix, how pace) *listmonk {
	dir, err := os.MkdirTemp("", "marsad-listmonk-")
	must(b, err)
	b.Cleanup(func() { must(b, os.RemoveAll(dir)) })
	must(b, os.Chmod(dir, 0o755))
	base := filepath.Join(dir, "pg")
	must(b, os.Mkdir(base, 0o700))
	db, web := startDatabase(b, base), freePort(b)
	config := filepath.Join(dir, "config.toml")
	must(b, os.WriteFile(config, fmt.Appendf(nil, "[app]\naddress = \"127.0.0.1:%d\"\nadmin_username = \"\"\nadmin_password = \"\"\n[db]\nhost = \"127.0.0.1\"\nport = %d\nuser = \"listmonk\"\npassword = \"\"\ndatabase = \"listmonk\"\nssl_mode = \"disable\"\nmax_open = 25\nmax_idle = 25\nmax_lifetime = \"300s\"\n", web, db), 0o644))
	program := filepath.Join(home, "listmonk")
	install := exec.Command(program, "--config", config, "--install", "--yes")
	install.Dir = filepath.Join(home, "src")
	if out, err := install.CombinedOutput(); err != nil {
		b.Fatalf("listmonk --install: %v\n%s", err, out)
	}
	l := &listmonk{url: fmt.Sprintf("http://127.0.0.1:%d", web), db: fmt.Sprintf("postgres://listmonk@127.0.0.1:%d/listmonk", db)}
	pid, err := os.ReadFile(filepath.Join(base, "data", "postmaster.pid"))
	must(b, err)
	l.server, _, _ = strings.Cut(string(pid), "\n")
	l.sql(b, fmt.Sprintf(`UPDATE settings SET value = '%d' WHERE key = 'app.concurrency'; UPDATE settings SET value = '%d' WHERE key = 'app.message_rate';
UPDATE settings SET value = 'false' WHERE key = 'app.check_updates'; UPDATE settings SET value = '["ops@%s"]' WHERE key = 'app.notify_emails';
UPDATE settings SET value = '[{"enabled":true,"host":"127.0.0.1","port":%d,"auth_protocol":"none","username":"","password":"","hello_hostname":"desk.example","max_conns":%d,"idle_timeout":"15s","wait_timeout":"5s","max_msg_retries":2,"tls_enabled":false,"tls_skip_verify":false,"email_headers":[]}]' WHERE key = 'smtp';
DELETE FROM subscriber_lists; DELETE FROM subscribers;
INSERT INTO subscribers (uuid, email, name) SELECT gen_random_uuid(), 'reader' || i || '@%s', 'reader' || i FROM generate_series(1, %d) i;
INSERT INTO subscriber_lists (subscriber_id, list_id, status) SELECT id, 1, 'confirmed' FROM subscribers; ANALYZE;`, how.workers, how.rate, domain, p.port, how.sockets, domain, how.recipients))
	cmd := exec.Command(program, "--config", config)
	cmd.Dir = filepath.Join(home, "src")
	log, err := os.Create(filepath.Join(dir, "log"))
	must(b, err)
	cmd.Stdout, cmd.Stderr = log, log
	must(b, cmd.Start())
	l.process = cmd.Process
	for range 100 {
		if resp, err := http.Get(l.url + "/api/lists"); err == nil {
			resp.Body.Close()
			return l
		}
		time.Sleep(100 * time.Millisecond)
	}
	said, _ := os.ReadFile(log.Name())
	b.Fatalf("listmonk does not answer\n%s", said)
	return nil
}

func (l *listmonk) sql(b *testing.B, text string) {
	if out, err := exec.Command("psql", "-q", "-v", "ON_ERROR_STOP=1", l.db, "-c", text).CombinedOutput(); err != nil {
		b.Fatalf("psql: %v\n%s", err, out)
	}
}

// worked gives the processor time of listmonk and of its database's server, whose connections stay open while it runs.
func (l *listmonk) worked(b *testing.B) time.Duration {
	return workedBy(b, strconv.Itoa(l.process.Pid), l.server)
}

// worked gives the processor time of Postfix, also of what has ended.
func (p *postfix) worked(b *testing.B) time.Duration {
	pid, err := os.ReadFile(filepath.Join(filepath.Dir(p.maildir), "queue", "pid", "master.pid"))
	must(b, err)
	return workedBy(b, strings.TrimSpace(string(pid)))
}

// workedBy gives the processor time of processes and of their children, also of those that have ended.
func workedBy(b *testing.B, pids ...string) (all time.Duration) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	must(b, err)
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it ended
		}
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:])) // state, parent, …
		times := fields[11:13]
		if slices.Contains(pids, filepath.Base(filepath.Dir(path))) {
			times = fields[11:15] // and its children's that ended
		} else if !slices.Contains(pids, fields[1]) {
			continue
		}
		for _, f := range times { // in ticks of a hundredth of a second
			n, err := strconv.Atoi(f)
			must(b, err)
			all += time.Duration(n) * 10 * time.Millisecond
		}
	}
	return all
}

func (l *listmonk) stop(b *testing.B) {
	must(b, l.process.Kill())
	_, err := l.process.Wait()
	must(b, err)
}

// ask makes a call of its interface and gives the number of what was made.
func (l *listmonk) ask(b *testing.B, method, path string, body any) int {
	text, err := json.Marshal(body)
	must(b, err)
	req, err := http.NewRequest(method, l.url+path, bytes.NewReader(text))
	must(b, err)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	must(b, err)
	defer resp.Body.Close()
	said, err := io.ReadAll(resp.Body)
	must(b, err)
	var made struct{ Data struct{ ID int } }
	if resp.StatusCode != http.StatusOK || json.Unmarshal(said, &made) != nil {
		b.Fatalf("listmonk: %s %s: %s\n%s", method, path, resp.Status, said)
	}
	return made.Data.ID
}

// mail sends one campaign and gives the messages a second from the first that Postfix has to the last, and listmonk's memory in MB.
func (l *listmonk) mail(b *testing.B, p *postfix, n int) (rate, peak float64) {
	id := l.ask(b, "POST", "/api/campaigns", map[string]any{"name": "Ports", "subject": "عاجل: سفينة شحن تجنح عند مدخل الميناء الكبير", "lists": []int{1}, "from_email": "News <desk@desk.example>", "type": "regular",
		"content_type": "html", "messenger": "email", "template_id": 1, "altbody": strings.Repeat("جنحت سفينة شحن فجر اليوم عند مدخل الميناء الكبير. ", 6),
		"body": `<h1>سفينة شحن تجنح عند مدخل الميناء الكبير</h1><p>` + strings.Repeat("جنحت سفينة شحن فجر اليوم عند مدخل الميناء الكبير. ", 6) + `</p><p><a href="https://outlet.example/1">اقرأه</a></p>`})
	taken := p.follow(b)
	l.ask(b, "PUT", fmt.Sprintf("/api/campaigns/%d/status", id), map[string]string{"status": "running"})
	var began time.Time
	var last time.Time
	got := 0
	for waited := time.Now(); got < n; time.Sleep(20 * time.Millisecond) {
		more := taken()
		if got += more; more > 0 {
			if last = time.Now(); began.IsZero() {
				began = last
			}
			waited = last
		}
		if time.Since(waited) > time.Minute {
			b.Logf("listmonk: %d of %d never came", n-got, n)
			break
		}
	}
	took := last.Sub(began)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", l.process.Pid))
	must(b, err)
	for line := range strings.Lines(string(status)) {
		if kb, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			peak, err = strconv.ParseFloat(strings.Fields(kb)[0], 64)
			must(b, err)
		}
	}
	return float64(got) / took.Seconds(), peak / 1e3
}

// follow gives how many messages Postfix has taken since it was last asked.
func (p *postfix) follow(b *testing.B) func() int {
	f, err := os.Open(filepath.Join(filepath.Dir(p.maildir), "log"))
	must(b, err)
	b.Cleanup(func() { f.Close() })
	_, err = f.Seek(0, io.SeekEnd)
	must(b, err)
	r, part := bufio.NewReader(f), ""
	return func() (n int) {
		for {
			line, err := r.ReadString('\n')
			part += line
			if errors.Is(err, io.EOF) {
				return n
			}
			must(b, err)
			if strings.Contains(part, "message-id=") {
				n++
			}
			part = ""
		}
	}
}
