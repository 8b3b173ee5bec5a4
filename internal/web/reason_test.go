package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"marsad/internal/i18n"
)

// TestReasonsHaveWords reads the kinds of evidence out of the packages that give it: each has words, so that no key stands on a page.
func TestReasonsHaveWords(t *testing.T) {
	p := i18n.New(i18n.Options{Lang: "en"})
	n := 0
	for _, dir := range []string{"story", "alert", "internal/desk"} {
		files, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, kind := range reasonKinds(t, name) {
				n++
				if !p.Has("reason."+kind) && !p.Has("reason."+kind+"-bare") {
					t.Errorf("%s gives the evidence %q, for which there are no words", name, kind)
				}
			}
		}
	}
	if n < 15 {
		t.Errorf("found only %d kinds", n)
	}
}

// reasonKinds gives the literal kinds of the news.Reason values that a file makes.
func reasonKinds(t *testing.T, name string) (kinds []string) {
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		c, ok := n.(*ast.CompositeLit)
		if !ok || !isReason(c.Type) {
			return true
		}
		for _, e := range append(c.Elts, ast.Expr(c)) {
			kinds = append(kinds, kindOf(e)...)
		}
		return true
	})
	return kinds
}

func isReason(e ast.Expr) bool {
	if a, ok := e.(*ast.ArrayType); ok {
		e = a.Elt
	}
	s, ok := e.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Reason"
}

// kindOf reads the Kind of a composite literal with named fields.
func kindOf(e ast.Expr) (kinds []string) {
	c, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, e := range c.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := kv.Key.(*ast.Ident); !ok || key.Name != "Kind" {
			continue
		}
		if lit, ok := kv.Value.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil {
				kinds = append(kinds, s)
			}
		}
	}
	return kinds
}
