package marsad_test

import (
	"bufio"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// documents gives every Markdown file with its text.
func documents(t *testing.T) map[string]string {
	docs := map[string]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && foreign(path) {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".md") {
			b, err := os.ReadFile(path)
			docs[path] = string(b)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

var (
	fence       = regexp.MustCompile("(?s)```.*?```")
	codeSpan    = regexp.MustCompile("`([^`\n]+)`")
	imageRef    = regexp.MustCompile(`!\[[^\]]*\]\(([^)]+)\)`)
	symbol      = regexp.MustCompile(`^\(?\*?([a-z][a-z0-9/]*)\.([A-Z]\w*)(?:\.([A-Z]\w*))?(?:\(.*\))?$`)
	placeholder = regexp.MustCompile(`\b(ID|NNNN|STEM|NAME)\b|NNNN`)
	filePath    = regexp.MustCompile(`^\.?[\w.-]+(/[\w.{}*-]+)+/?$|^[\w-]+\.(go|md|toml|txt|json|html)$`)
)

// TestDocumentsNameWhatExists resolves every path and every pkg.Symbol that a document puts into code marks.
func TestDocumentsNameWhatExists(t *testing.T) {
	symbols := exported(t)
	for file, body := range documents(t) {
		for _, m := range imageRef.FindAllStringSubmatch(body, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), m[1])); err != nil {
				t.Errorf("%s shows %s, which does not exist", file, m[1])
			}
		}
		for _, m := range codeSpan.FindAllStringSubmatch(fence.ReplaceAllString(body, ""), -1) {
			s := strings.TrimSuffix(m[1], "()")
			if k := symbol.FindStringSubmatch(s); k != nil {
				pkg := k[1][strings.LastIndexByte(k[1], '/')+1:]
				if have, ours := symbols[pkg]; ours && !(have[k[2]] && (k[3] == "" || have[k[2]+"."+k[3]])) {
					t.Errorf("%s names %s, which does not exist", file, s)
				}
				continue
			}
			s = placeholder.ReplaceAllString(s, "*") // world/ID.txt, schema/NNNN_*.sql
			if filePath.MatchString(s) && !there(filepath.Dir(file), s) {
				t.Errorf("%s names the path %s, which does not exist", file, s)
			}
		}
	}
}

// TestArchitectureNamesEveryPackage holds the table of packages to the tree: those of the top level and of internal/.
func TestArchitectureNamesEveryPackage(t *testing.T) {
	table := documents(t)["ARCHITECTURE.md"]
	for _, s := range sources(t) {
		dir := filepath.ToSlash(filepath.Dir(s.file))
		top, _, deep := strings.Cut(strings.TrimPrefix(dir, "internal/"), "/")
		if dir == "." || deep && strings.HasPrefix(dir, "internal/") || top == "cmd" || top == "tools" || top == "bench" {
			continue // parts of a package that is named, and programs
		}
		if !strings.Contains(table, "`"+dir+"`") {
			t.Errorf("ARCHITECTURE.md does not name %s", dir)
		}
	}
}

// there looks for a path from the root and beside the document; a * stands for anything. A first part that is no folder of ours is no
// path of ours (a media type, a module).
func there(beside, path string) bool {
	for _, base := range []string{".", beside} {
		if found, err := filepath.Glob(filepath.Join(base, path)); err == nil && len(found) > 0 {
			return true
		}
	}
	first, _, more := strings.Cut(path, "/")
	if !more {
		return false
	}
	if _, err := os.Stat(first); err != nil {
		_, err = os.Stat(filepath.Join(beside, first))
		return err != nil
	}
	return false
}

// exported gives the exported names of each package by its last path element: types, functions, constants, variables, and members as
// Type.Member.
func exported(t *testing.T) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), s.file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name.Name] == nil {
			all[f.Name.Name] = map[string]bool{}
		}
		for _, d := range f.Decls {
			declare(all[f.Name.Name], d)
		}
	}
	return all
}

func declare(names map[string]bool, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names[d.Name.Name] = true
			return
		}
		names[receiver(d.Recv.List[0].Type)+"."+d.Name.Name] = true
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names[s.Name.Name] = true
				members(names, s)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					names[n.Name] = true
				}
			}
		}
	}
}

func members(names map[string]bool, s *ast.TypeSpec) {
	var fields *ast.FieldList
	switch t := s.Type.(type) {
	case *ast.StructType:
		fields = t.Fields
	case *ast.InterfaceType:
		fields = t.Methods
	default:
		return
	}
	for _, f := range fields.List {
		for _, n := range f.Names {
			names[s.Name.Name+"."+n.Name] = true
		}
	}
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

var shell = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestTheReadmesCommandsRun runs every command of the README's shell blocks in one folder, in order. A server is started, asked and
// stopped; ./check, which runs this very test, is left out.
func TestTheReadmesCommandsRun(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(work, "marsad"), "./cmd/marsad").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.Symlink(filepath.Join(root, "docs"), filepath.Join(work, "docs")); err != nil {
		t.Fatal(err)
	}
	environ := append(os.Environ(), "PATH="+work+":"+os.Getenv("PATH"), "MARSAD_DATA_DIR="+filepath.Join(work, "data"), "MARSAD_DEMO_WITHIN=20s")
	stop := serve(t, work, environ) // `go run ./cmd/marsad`, on a free port; the other commands find its desk
	defer stop()
	ran := 0
	for _, block := range shell.FindAllStringSubmatch(string(readme), -1) {
		for line := range strings.Lines(block[1]) {
			line = strings.TrimSpace(line)
			if line == "" || line == "./check" || line == "go run ./cmd/marsad" {
				continue
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			cmd := exec.CommandContext(ctx, "sh", "-c", line)
			cmd.Dir, cmd.Env = work, environ
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", line, err, out)
			}
			cancel()
			ran++
		}
	}
	if ran < 10 {
		t.Errorf("only %d commands were found", ran)
	}
}

func serve(t *testing.T, work string, environ []string) (stop func()) {
	cmd := exec.Command(filepath.Join(work, "marsad"), "--listen", "127.0.0.1:0")
	cmd.Dir, cmd.Env = work, environ
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	address := ""
	for address == "" && lines.Scan() {
		if f := strings.Fields(lines.Text()); len(f) == 1 && strings.HasPrefix(f[0], "http://") {
			address = f[0]
		}
	}
	go io.Copy(io.Discard, out)
	stories := false
	for range 100 {
		if r, err := http.Get(address); err == nil {
			b, _ := io.ReadAll(r.Body)
			r.Body.Close()
			if stories = strings.Contains(string(b), `href="/stories/`); stories {
				break
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	if !stories {
		t.Error("the first page shows no story within ten seconds")
	}
	return func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("the server ended badly: %v", err)
		}
	}
}

// TestTheArabicReadmeKeepsStep holds the Arabic README to the English one: the same commands in the same order, and no picture, table row
// or section more or less than it needs.
func TestTheArabicReadmeKeepsStep(t *testing.T) {
	docs := documents(t)
	english, arabic := docs["README.md"], docs["README.ar.md"]
	rest := strings.Join(fence.FindAllString(english, -1), "\n")
	for _, block := range fence.FindAllString(arabic, -1) {
		for _, line := range strings.Split(block, "\n") {
			_, after, ok := strings.Cut(rest, line)
			if !ok {
				t.Errorf("README.ar.md runs %q, README.md does not, or earlier", line)
				continue
			}
			if !strings.HasPrefix(line, "```") {
				rest = after
			}
		}
	}
	for what, mark := range map[string]string{"sections": "\n## ", "rows": "\n| "} {
		if a, b := strings.Count(english, mark), strings.Count(arabic, mark); b > a || b < a-3 { // pictures stand in a table in one, below it in the other
			t.Errorf("README.ar.md has %d %s, README.md %d", b, what, a)
		}
	}
}
