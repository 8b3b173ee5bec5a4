package marsad_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// order is the import order of the house: a package may import only packages on lines above its own. Changing it needs an ADR.
var order = []string{
	"news",
	"lang/pack",
	"text",
	"lang feed query sketch timex entity clause",
	"page quote cast",
	"claim",
	"analysis corpus",
	"story match",
	"alert dispute",
	"mail wire",
	"internal/fault internal/config internal/i18n",
	"internal/ledger internal/post internal/bearer",
	"internal/store",
	"internal/store/storetest internal/desk internal/auth internal/letter internal/list internal/quality/press internal/quality/kiosk internal/quality/shingle",
	"internal/sqlite internal/postgres internal/fetch internal/smtp internal/webhook internal/webpush internal/dkim internal/dmarc internal/spf internal/bounce internal/carrier internal/demo internal/quality",
	"internal/web internal/api internal/mcp",
	"internal/cli",
	"cmd/marsad tools",
}

// worldly are the imports that no computing package has, because what it says must depend on its arguments alone.
var worldly = map[string]bool{
	"os": true, "net": true, "net/http": true, "database/sql": true, "log": true, "log/slog": true, "context": true,
	"math/rand": true, "math/rand/v2": true, "os/exec": true, "syscall": true,
}

// modules are the third-party modules that the product may use, each with its reason.
var modules = map[string]string{
	"code.dny.dev/ssrf":                        "the ranges that are not public, kept to IANA's registries",
	"github.com/BurntSushi/toml":               "language packs and configuration",
	"github.com/alecthomas/kong":               "the command line",
	"github.com/andybalholm/cascadia":          "tests assert pages by selector",
	"github.com/blevesearch/snowballstem":      "stems for search in nine languages",
	"github.com/chromedp/cdproto":              "tests drive Chromium",
	"github.com/chromedp/chromedp":             "tests drive Chromium",
	"github.com/clipperhouse/uax29/v2":         "word boundaries of UAX #29 without allocation",
	"github.com/emersion/go-imap/v2":           "the mailbox that bounces come back to",
	"github.com/emersion/go-msgauth":           "a verifier of DKIM signatures for tests",
	"github.com/emersion/go-sasl":              "AUTH for mail servers",
	"github.com/emersion/go-smtp":              "mail server in tests",
	"github.com/gogs/chardet":                  "a page's encoding where nothing names it",
	"github.com/google/go-cmp":                 "differences in tests",
	"github.com/mmcdole/gofeed":                "tests read the demo's feeds with a second reader",
	"github.com/modelcontextprotocol/go-sdk":   "the protocol by which language models ask for tools, by its makers",
	"github.com/rogpeppe/go-internal":          "txtar and testscript: tests that are texts",
	"github.com/santhosh-tekuri/jsonschema/v6": "tests hold records to the JSON Schema",
	"github.com/wneessen/go-mail":              "MIME with guarded headers",
	"github.com/zeebo/xxh3":                    "fast hash of token sequences",
	"golang.org/x/crypto":                      "argon2id",
	"golang.org/x/net":                         "HTML tokenizer, charsets, IDNA",
	"golang.org/x/text":                        "NFKC, legacy encodings",
	"modernc.org/sqlite":                       "SQLite in pure Go",
	"pgregory.net/rapid":                       "property tests",
}

type source struct {
	file    string
	pkg     string // folder relative to the root
	test    bool
	imports []string
}

// foreign tells whether a folder holds what is not the module's: hidden ones, data of tests, and what a benchmark leaves behind.
func foreign(folder string) bool {
	n := filepath.Base(folder)
	return folder != "." && strings.HasPrefix(n, ".") || n == "testdata" || strings.HasPrefix(folder, "bench-")
}

// sources reads the imports of every Go file of the module.
func sources(t *testing.T) (all []source) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if foreign(path) || path == "bench" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{path, filepath.ToSlash(filepath.Dir(path)), strings.HasSuffix(path, "_test.go"), nil}
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, name)
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func level(pkg string) int {
	for i, line := range order {
		for _, p := range strings.Fields(line) {
			if pkg == p || (p == "tools" || p == "cmd/marsad" || p == "internal/web" || p == "internal/sqlite") && strings.HasPrefix(pkg, p+"/") {
				return i
			}
		}
	}
	return -1
}

func TestImportsGoUpward(t *testing.T) {
	for _, s := range sources(t) {
		if s.pkg == "." || s.test {
			continue // a test may look at the house from anywhere
		}
		own := level(s.pkg)
		if own < 0 {
			t.Errorf("%s: package %s is in no line of the import order", s.file, s.pkg)
			continue
		}
		for _, name := range s.imports {
			pkg, ours := strings.CutPrefix(name, "marsad/")
			if !ours {
				continue
			}
			if l := level(pkg); l < 0 || l >= own && !strings.HasPrefix(pkg, s.pkg+"/") {
				t.Errorf("%s imports %s, which is not above it", s.file, pkg)
			}
		}
	}
}

func TestTheCoreTouchesNothing(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || s.pkg == "." || strings.HasPrefix(s.pkg, "internal/") || strings.HasPrefix(s.pkg, "cmd/") || strings.HasPrefix(s.pkg, "tools/") {
			continue
		}
		for _, name := range s.imports {
			if worldly[name] {
				t.Errorf("%s imports %s", s.file, name)
			}
		}
	}
}

var required = regexp.MustCompile(`(?m)^\s*(?:require\s+)?(\S+\.\S+/\S+|\S+\.\S+)\s+v\S+( // indirect)?$`)

func TestEveryModuleHasItsReason(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, m := range required.FindAllStringSubmatch(string(mod), -1) {
		if m[2] != "" {
			continue
		}
		listed[m[1]] = true
		if modules[m[1]] == "" {
			t.Errorf("go.mod requires %s, for which deps_test.go knows no reason", m[1])
		}
	}
	for m := range modules {
		if !listed[m] {
			t.Errorf("deps_test.go lists %s, which go.mod does not require", m)
		}
	}
}
