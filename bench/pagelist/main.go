// Command pagelist writes the list of pages that tools/pageweights learns from, one JSON object a line, to standard output.
//
// The pages are those of public packages in the module cache (go-trafilatura's evaluation with its snippets, go-readability's test
// pages) and the labelled sets of MARSAD_DATA (article-extraction-benchmark with whole texts, the dated pages). Where a page has no
// whole text, what the two extractors say of it stands in the list, and counts where they agree.
//
//	go run ./pagelist > ../pages.jsonl
//	cd .. && go run ./tools/pageweights -pages pages.jsonl -folds 3
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"
)

// page is a line of the list.
type page struct {
	Path    string   `json:"path"`
	URL     string   `json:"url"`
	Body    string   `json:"body,omitempty"`
	With    []string `json:"with,omitempty"`
	Without []string `json:"without,omitempty"`
	Texts   []string `json:"texts,omitempty"`
}

func main() {
	log.SetFlags(0)
	data := os.Getenv("MARSAD_DATA")
	if data == "" {
		data = filepath.Join("..", "..", "shared", "data")
	}
	data, err := filepath.Abs(data)
	check(err)
	out := json.NewEncoder(os.Stdout)
	for _, list := range [][]page{
		benchmark(filepath.Join(data, "page", "aeb")),
		snippets(module("github.com/markusmobius/go-trafilatura")),
		dated(filepath.Join(data, "page", "dates")),
		testPages(module("codeberg.org/readeck/go-readability/v2")),
	} {
		for _, p := range list {
			if p.Body == "" {
				ask(&p)
			}
			check(out.Encode(p))
		}
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// module gives the folder of a module in the cache.
func module(name string) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", name).Output()
	check(err)
	return strings.TrimSpace(string(out))
}

// ask adds what the two extractors say.
func ask(p *page) {
	body, err := os.ReadFile(p.Path)
	check(err)
	p.Texts = make([]string, 2)
	if r, err := trafilatura.Extract(bytes.NewReader(body), trafilatura.Options{EnableFallback: true}); err == nil {
		p.Texts[0] = r.ContentText
	}
	if r, err := readability.FromReader(bytes.NewReader(body), nil); err == nil && r.Node != nil {
		var b strings.Builder
		if r.RenderText(io.Writer(&b)) == nil {
			p.Texts[1] = b.String()
		}
	}
}

// benchmark lists the pages whose whole text is known.
func benchmark(home string) (list []page) {
	truth := map[string]struct{ ArticleBody, URL string }{}
	raw, err := os.ReadFile(filepath.Join(home, "ground-truth.json"))
	check(err)
	check(json.Unmarshal(raw, &truth))
	for _, key := range keys(truth) {
		list = append(list, page{Path: filepath.Join(home, "html", key+".html.gz"), URL: truth[key].URL, Body: truth[key].ArticleBody})
	}
	return list
}

func dated(home string) (list []page) {
	truth := map[string]struct{ File string }{}
	raw, err := os.ReadFile(filepath.Join(home, "eval_mediacloud_2020.json"))
	check(err)
	check(json.Unmarshal(bytes.ReplaceAll(raw, []byte(": NaN"), []byte(`: ""`)), &truth))
	for _, url := range keys(truth) {
		path := filepath.Join(home, "pages", truth[url].File)
		if _, err := os.Stat(path); err == nil {
			list = append(list, page{Path: path, URL: url})
		}
	}
	return list
}

func testPages(home string) (list []page) {
	paths, err := filepath.Glob(filepath.Join(home, "test-pages", "*", "source.html"))
	check(err)
	for _, path := range paths {
		name := filepath.Base(filepath.Dir(path))
		list = append(list, page{Path: path, URL: fmt.Sprintf("http://%s.com/%s", name, name)})
	}
	return list
}

// snippets reads trafilatura's evaluation out of the source of the program that runs it: a map of literals by address.
func snippets(home string) (list []page) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(home, "scripts", "comparison", "data.go"), nil, 0)
	check(err)
	ast.Inspect(file, func(n ast.Node) bool {
		entry, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		fields, ok := entry.Value.(*ast.CompositeLit)
		if !ok {
			return true
		}
		p := page{URL: word(entry.Key)}
		name := ""
		for _, e := range fields.Elts {
			f, ok := e.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			switch fmt.Sprint(f.Key) {
			case "File":
				name = word(f.Value)
			case "With":
				p.With = words(f.Value)
			case "Without":
				p.Without = words(f.Value)
			}
		}
		path := filepath.Join(home, "test-files", "comparison", name)
		if _, err := os.Stat(path); name != "" && err == nil {
			p.Path = path
			list = append(list, p)
		}
		return false
	})
	sort.Slice(list, func(i, j int) bool { return list[i].URL < list[j].URL })
	return list
}

func word(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	s, _ := strconv.Unquote(lit.Value)
	return s
}

func words(e ast.Expr) (out []string) {
	if lit, ok := e.(*ast.CompositeLit); ok {
		for _, x := range lit.Elts {
			if s := word(x); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
