package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// static serves the style sheet, the script and the fonts from memory, under names that change with their content, so that
// browsers may keep them for ever.
type static struct {
	byName map[string]*asset
}

type asset struct {
	body, packed []byte
	kind, sum    string
}

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml",
	".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json", ".png": "image/png",
}

func loadStatic() *static {
	s := &static{byName: map[string]*asset{}}
	root := sub("static")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || kinds[path.Ext(name)] == "" {
			return err
		}
		body, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		a := &asset{body: body, kind: kinds[path.Ext(name)], sum: hex.EncodeToString(sum[:6])}
		if !strings.HasSuffix(name, ".woff2") && !strings.HasSuffix(name, ".png") {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			if _, err := z.Write(body); err != nil {
				return err
			}
			if err := z.Close(); err != nil {
				return err
			}
			a.packed = b.Bytes()
		}
		s.byName[name] = a
		return nil
	})
	if err != nil {
		panic(err) // embedded
	}
	return s
}

// url gives the address of an asset.
func (s *static) url(name string) string {
	if a := s.byName[name]; a != nil {
		return "/static/" + name + "?v=" + a.sum
	}
	return "/static/" + name
}

func (s *static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := s.byName[strings.TrimPrefix(r.URL.Path, "/static/")]
	if a == nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("ETag", `"`+a.sum+`"`)
	h.Set("Cache-Control", "public, max-age=86400")
	if r.URL.Query().Get("v") == a.sum || strings.HasSuffix(r.URL.Path, ".woff2") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if unchanged(r, `"`+a.sum+`"`) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.body
	if a.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		h.Add("Vary", "Accept-Encoding")
		body = a.packed
	}
	_, _ = w.Write(body) // the reader may have gone
}
