package cli

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"path/filepath"
	"strings"
	"time"

	"marsad/analysis"
	"marsad/lang"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/page"
	"marsad/text"
	"marsad/wire"
)

// readCmd takes pages apart.
type readCmd struct {
	JSON bool     `help:"Print one JSON object a line (the record, see docs/record.md)."`
	List string   `help:"Read one job a line from FILE (- for standard input): path<TAB>url, or a JSON object with path or text, and url, published, lang." placeholder:"FILE"`
	Jobs int      `help:"How many pages to read at a time; 0 = one a core." default:"0"`
	What []string `arg:"" optional:"" help:"Files, addresses, or - for standard input." name:"file|url"`
}

func (readCmd) Help() string {
	return `Reads pages or text files and shows the true text, what was taken out and why, names, dates, quotes and claims.

Examples:
  marsad read article.html
  marsad read --json https://example.org/news/1
  curl -s https://example.org/news/1 | marsad read -
  ls pages/*.html | marsad read --json --list -`
}

// maxPage caps what is read of one page.
const maxPage = 64 << 20

// job is one page or text to read.
type job struct {
	Path      string  `json:"path"`
	Text      *string `json:"text"`
	URL       string  `json:"url"`
	Published string  `json:"published"`
	Lang      string  `json:"lang"`
	Headline  string  `json:"headline"` // these three are for the stories of a list
	Outlet    string  `json:"outlet"`
	Seen      string  `json:"seen"`
	bad       error   // the line that should have said what to read could not be understood
}

func (c *readCmd) Run(rt *runtimeEnv) error {
	if c.List == "" && len(c.What) == 0 {
		return usage("nothing to read: name a file, an address, or - for standard input")
	}
	out := bufio.NewWriterSize(rt.stdout, 1<<16)
	defer out.Flush()
	show := func(r wire.Record) error {
		if !c.JSON {
			return person(out, rt.color, r)
		}
		line, err := r.Line()
		if err != nil {
			return err
		}
		_, err = out.Write(append(line, '\n'))
		return err
	}
	failed := 0
	bar := rt.progress(c.List != "" || len(c.What) > 20)
	defer bar.end()
	each := func(r wire.Record) error {
		bar.step()
		if r.Error != nil {
			failed++
		}
		return show(r)
	}
	jobs, err := rt.jobs(c.List, c.What)
	if err != nil {
		return err
	}
	if err := inOrder(jobs, c.Jobs, rt.read, each); err != nil {
		return err
	}
	if failed > 0 && c.List == "" {
		return errSilent // the reason stands in the output
	}
	return nil
}

// jobs gives the pages to read, as a sequence that ends when the list does.
func (rt *runtimeEnv) jobs(list string, what []string) (func(yield func(job) bool), error) {
	if list == "" {
		return func(yield func(job) bool) {
			for _, w := range what {
				if !yield(named(w)) {
					return
				}
			}
		}, nil
	}
	in := rt.stdin
	if list != "-" {
		f, err := os.Open(list)
		if err != nil {
			return nil, usage("cannot open the list: %v", err)
		}
		in = f // read to its end below; the process is short-lived
	}
	return func(yield func(job) bool) {
		s := bufio.NewReaderSize(in, 1<<16)
		for {
			line, err := s.ReadString('\n')
			if t := strings.TrimRight(line, "\r\n"); strings.TrimSpace(t) != "" && !yield(parseJob(t)) {
				return
			}
			if err != nil {
				return
			}
		}
	}, nil
}

func named(what string) job {
	if isURL(what) {
		return job{URL: what}
	}
	return job{Path: what}
}

func isURL(s string) bool { return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") }

func parseJob(line string) (j job) {
	if strings.HasPrefix(strings.TrimSpace(line), "{") {
		if err := json.Unmarshal([]byte(line), &j); err != nil {
			return job{bad: fmt.Errorf("this line is no JSON object: %w", err)}
		}
		if j.Path == "" && j.Text == nil && j.URL == "" {
			return job{bad: errors.New("a job needs path, text or url")}
		}
		return j
	}
	path, url, _ := strings.Cut(line, "\t")
	if path == "" && url == "" {
		return job{bad: errors.New("a line holds path<TAB>url")}
	}
	return job{Path: path, URL: url}
}

// taken is the article of a job, or why there is none; what was found of its metadata stands all the same.
type taken struct {
	article news.Article
	kind    string // of err
	err     error
}

// take brings a job's article.
func (rt *runtimeEnv) take(j job) taken {
	if j.bad != nil {
		return taken{kind: "invalid", err: j.bad}
	}
	published := parseStamp(j.Published)
	if j.Text != nil {
		return taken{article: plainArticle(*j.Text, j.URL, j.Lang, published)}
	}
	p, err := rt.load(j)
	if err != nil {
		return taken{article: news.Article{URL: j.URL}, kind: "unreadable", err: err}
	}
	a, err := page.Extract(p, nil)
	if !a.Published.Known() && published.Known() {
		a.Published = published
	}
	if a.Lang == "" && j.Lang != "" {
		a.Lang = j.Lang
	}
	return taken{a, "no-article", err}
}

// read takes one job apart. It always gives a record; one that holds no article says why.
func (rt *runtimeEnv) read(j job) wire.Record {
	t := rt.take(j)
	switch {
	case t.err == nil:
		return rt.understand(t.article)
	case t.kind == "no-article":
		r := wire.Of(t.article, news.Analysis{Version: analysis.Version})
		r.Error = &wire.Error{Kind: t.kind, Message: t.err.Error()}
		return r
	}
	r := wire.Failed(t.kind, t.err.Error())
	r.URL = some(t.article.URL)
	return r
}

func (rt *runtimeEnv) understand(a news.Article) wire.Record {
	names, err := rt.names()
	if err != nil {
		return wire.Failed("invalid", err.Error())
	}
	doc := text.Analyze(a.Text, pack.For(a.Lang))
	return wire.Of(a, analysis.Of(a, doc, names))
}

// plainArticle is text that is an article already: it is analysed as it is, byte for byte.
func plainArticle(s, url, tag string, published news.Stamp) news.Article {
	if tag == "" {
		tag, _ = lang.Detect(s)
	}
	a := news.Article{URL: url, Lang: tag, RTL: text.RTL(s), Text: s, Published: published}
	at := 0
	for _, para := range strings.SplitAfter(s, "\n\n") {
		if body := strings.TrimSpace(para); body != "" {
			start := at + strings.Index(para, body)
			a.Blocks = append(a.Blocks, news.Block{Span: news.Span{Start: start, End: start + len(body)}, Kind: news.Paragraph})
		}
		at += len(para)
	}
	return a
}

func parseStamp(s string) news.Stamp {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return news.Stamp{Time: t, Zoned: layout == time.RFC3339Nano, From: news.FromJob}
		}
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return news.Stamp{Time: t, DayOnly: true, From: news.FromJob}
	}
	return news.Stamp{}
}

// load brings a job's bytes from a file, standard input or an address.
func (rt *runtimeEnv) load(j job) (news.Page, error) {
	if j.Path == "" {
		return rt.fetch(context.Background(), j.URL)
	}
	var in io.Reader = rt.stdin
	if j.Path != "-" {
		f, err := os.Open(j.Path)
		if err != nil {
			return news.Page{}, err
		}
		defer f.Close()
		in = f
	}
	body, err := readCapped(in, maxPage)
	if err != nil {
		return news.Page{}, err
	}
	name := j.Path
	if strings.HasSuffix(name, ".gz") || bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		name = strings.TrimSuffix(name, ".gz")
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return news.Page{}, fmt.Errorf("%s: %w", j.Path, err)
		}
		if body, err = readCapped(z, maxPage); err != nil {
			return news.Page{}, fmt.Errorf("%s: %w", j.Path, err)
		}
	}
	return news.Page{URL: j.URL, Final: j.URL, Status: 200, ContentType: contentType(name), Body: body}, nil
}

// contentType goes by a file's name; what cannot be told is left to the bytes.
func contentType(name string) string {
	switch t, _, _ := mime.ParseMediaType(mime.TypeByExtension(filepath.Ext(name))); t {
	case "text/plain", "text/html", "application/xhtml+xml":
		return t
	}
	return ""
}

func readCapped(r io.Reader, most int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(b)) > most {
		return nil, fmt.Errorf("larger than %d MB", most>>20)
	}
	return b, err
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
