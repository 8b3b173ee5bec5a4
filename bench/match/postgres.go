package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"marsad/bench/world"
	"marsad/news"
	"marsad/query"
)

// server is a PostgreSQL of its own in a temporary folder, reached by a socket.
type server struct {
	dir  string
	attr *syscall.SysProcAttr // PostgreSQL refuses to run as root: it then runs as the user postgres
}

func bin(name string) (string, error) {
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name); len(found) > 0 {
		return found[len(found)-1], nil
	}
	return exec.LookPath(name)
}

func startPostgres() (*server, error) {
	initdb, err := bin("initdb")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL is not installed: %w", err)
	}
	dir, err := os.MkdirTemp("", "marsad-bench-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir}
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			return nil, err
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		s.attr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
	}
	if _, err := s.run(nil, initdb, "-D", filepath.Join(dir, "data"), "-U", "bench", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"); err != nil {
		return nil, err
	}
	ctl, err := bin("pg_ctl")
	if err != nil {
		return nil, err
	}
	_, err = s.run(nil, ctl, "-D", filepath.Join(dir, "data"), "-w", "-l", filepath.Join(dir, "log"), "-o",
		"-k "+dir+" -c listen_addresses='' -c fsync=off -c jit=off -c max_parallel_workers_per_gather=0 -c shared_buffers=512MB -c work_mem=64MB", "start")
	return s, err
}

func (s *server) stop() {
	if ctl, err := bin("pg_ctl"); err == nil {
		_, _ = s.run(nil, ctl, "-D", filepath.Join(s.dir, "data"), "-m", "immediate", "stop")
	}
	_ = os.RemoveAll(s.dir)
}

func (s *server) run(in *bytes.Buffer, name string, args ...string) (string, error) {
	c := exec.Command(name, args...)
	c.Dir, c.SysProcAttr = s.dir, s.attr
	if in != nil {
		c.Stdin = bufio.NewReader(in)
	}
	out, err := c.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %.500s", filepath.Base(name), err, out)
	}
	return string(out), nil
}

func (s *server) sql(script string) (string, error) {
	psql, err := bin("psql")
	if err != nil {
		return "", err
	}
	return s.run(bytes.NewBufferString(script), psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", s.dir, "-U", "bench", "postgres")
}

// match stores the queries, each under words of which an article must have one, in a GIN index, and gives the articles a second that are
// matched with it, and how many queries match an article. NEAR, SAME and fields are asked as AND, in its favour, so that it may find more
// than we do. The analysis of the article is part of the time.
func (s *server) match(w *world.World, qs []query.Query, articles []news.Article) (rate, found float64, err error) {
	var b strings.Builder
	b.WriteString("DROP TABLE IF EXISTS raw, watch, article;\nCREATE TABLE raw (q text, anchors text);\nCOPY raw FROM STDIN;\n")
	for _, q := range qs {
		ts, anchors, _ := asker{w}.tsquery(q.Root)
		fmt.Fprintf(&b, "%s\t%s\n", ts, strings.Join(anchors, " "))
	}
	b.WriteString("\\.\nCREATE TABLE watch AS SELECT to_tsquery('english', q) q, tsvector_to_array(to_tsvector('english', anchors)) anchors FROM raw;\n")
	b.WriteString("CREATE INDEX ON watch USING gin (anchors);\nANALYZE watch;\nCREATE TABLE article (body text);\nCOPY article FROM STDIN;\n")
	for _, a := range articles {
		fmt.Fprintf(&b, "%s\n", strings.ReplaceAll(a.Headline+" "+a.Text, "\n", " "))
	}
	b.WriteString("\\.\nANALYZE article;\n")
	if _, err := s.sql(b.String()); err != nil {
		return 0, 0, err
	}
	ask := `SET enable_seqscan = off;
SELECT sum(n) FROM article a, LATERAL (SELECT to_tsvector('english', a.body) v OFFSET 0) t,
	LATERAL (SELECT count(*) n FROM watch w WHERE w.anchors && tsvector_to_array(t.v) AND t.v @@ w.q) c;`
	const times = 5
	out, err := s.sql(ask + clock + strings.Repeat(ask, times) + clock)
	if err != nil {
		return 0, 0, err
	}
	first, _, _ := strings.Cut(out, "\n")
	all, err := strconv.Atoi(first)
	if err != nil {
		return 0, 0, fmt.Errorf("PostgreSQL counts %q: %w", first, err)
	}
	took, err := between(out)
	return float64(times*len(articles)) / took.Seconds(), float64(all) / float64(len(articles)), err
}

// clock has the server say what processor time the session has used, so that what else the machine does counts against nobody.
const clock = "\nSELECT 'stat ' || pg_read_file('/proc/self/stat', 0, 2000);\n"

// between gives the processor time between two looks at the clock. A tick is 10 ms.
func between(out string) (time.Duration, error) {
	var ticks []int
	for line := range strings.SplitSeq(out, "\n") {
		if !strings.HasPrefix(line, "stat ") {
			continue
		}
		_, rest, _ := strings.Cut(line, ") ")
		f := strings.Fields(rest)
		if len(f) < 13 {
			return 0, fmt.Errorf("no processor time in %q", line)
		}
		user, err := strconv.Atoi(f[11])
		if err != nil {
			return 0, err
		}
		system, err := strconv.Atoi(f[12])
		if err != nil {
			return 0, err
		}
		ticks = append(ticks, user+system)
	}
	if len(ticks) != 2 || ticks[1] <= ticks[0] {
		return 0, fmt.Errorf("processor time %v of the server", ticks)
	}
	return time.Duration(ticks[1]-ticks[0]) * 10 * time.Millisecond, nil
}

// asker writes the queries of a world for PostgreSQL.
type asker struct{ *world.World }

// tsquery writes a query for PostgreSQL, with words of which an article must have one and what they cost.
func (w asker) tsquery(n query.Node) (ts string, anchors []string, cost float64) {
	switch n := n.(type) {
	case *query.Word:
		if n.Prefix {
			return "'" + n.Text + "':*", nil, 9
		}
		return "'" + n.Text + "'", []string{n.Text}, w.Share(n.Text)
	case *query.Phrase:
		var parts []string
		cost = 9
		for _, word := range strings.Fields(n.Text) {
			parts = append(parts, "'"+word+"'")
			if c := w.Share(word); c < cost {
				anchors, cost = []string{word}, c
			}
		}
		return "(" + strings.Join(parts, " <-> ") + ")", anchors, cost
	case *query.And:
		return w.allOf(n.Kids...)
	case *query.Near:
		return w.allOf(n.Left, n.Right)
	case *query.Same:
		return w.allOf(n.Left, n.Right)
	case *query.Or:
		var parts []string
		for _, k := range n.Kids {
			s, more, c := w.tsquery(k)
			parts, anchors, cost = append(parts, s), append(anchors, more...), cost+c
		}
		return "(" + strings.Join(parts, " | ") + ")", anchors, cost
	case *query.Not:
		s, _, _ := w.tsquery(n.Kid)
		return "!" + s, nil, 9
	case *query.Field:
		return w.tsquery(n.Kid)
	}
	return "", nil, 9 // lang: all articles of the bench are in one language
}

func (w asker) allOf(kids ...query.Node) (ts string, anchors []string, cost float64) {
	var parts []string
	cost = 10
	for _, k := range kids {
		s, as, c := w.tsquery(k)
		if s != "" {
			parts = append(parts, s)
		}
		if len(as) > 0 && c < cost {
			anchors, cost = as, c
		}
	}
	return "(" + strings.Join(parts, " & ") + ")", anchors, cost
}
