package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"compress/gzip"
	"io"

	"marsad/news"
)

// unaccounted gives the text nodes of the article's column whose words are neither in the text nor in the metadata nor among what
// was removed.
func unaccounted(p news.Page) []string {
	s := decode(p.Body, p.ContentType)
	r := begin(&p, s)
	shipped().look(r.scene)
	a, _ := Extract(p, nil)
	var kept strings.Builder
	for _, part := range []string{a.Text, a.Headline, a.Subtitle} {
		kept.WriteString(" " + squash(part) + " ")
	}
	for _, x := range a.Removed {
		kept.WriteString(" " + squash(x.Text) + " ")
	}
	all := strings.ReplaceAll(kept.String(), " ", "")
	var lost []string
	for at := range r.tree.nodes {
		n := &r.tree.nodes[at]
		if n.tag != tagText || !r.scene.holds(r.scene.column, int32(at)) || unread(r.tree, int32(at)) {
			continue
		}
		if f := strings.ReplaceAll(squash(unescape(n.text)), " ", ""); f != "" && !strings.Contains(all, f) {
			lost = append(lost, strings.TrimSpace(n.text))
		}
	}
	return lost
}

// unread tells whether a text stands where no reader sees words: in scripts, styles, templates, lists to choose from.
func unread(t *tree, at int32) bool {
	for at = t.nodes[at].parent; at > 0; at = t.nodes[at].parent {
		switch t.nodes[at].tag {
		case tagScript, tagStyle, tagTemplate, tagSvg, tagSelect, tagTextarea, tagRaw, tagHead, tagTitle, tagObject, tagAudio, tagIframe:
			return true
		}
	}
	return false
}

func TestNothingVanishes(t *testing.T) {
	pages := map[string]news.Page{}
	for _, c := range cases(t) {
		if c.html {
			pages[c.name] = c.page
		}
	}
	root := os.Getenv("MARSAD_DATA") // our own cases are enough where there is none
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	files, _ := filepath.Glob(filepath.Join(root, "page", "aeb", "html", "*.gz"))
	for i, name := range files {
		if i%3 == 0 {
			pages[filepath.Base(name)[:8]] = news.Page{Body: unzip(t, name), URL: "https://news.example/"}
		}
	}
	if len(pages) == 0 {
		t.Fatal("no sample pages")
	}
	for name, p := range pages {
		if lost := unaccounted(p); len(lost) > 0 {
			t.Errorf("%s: %d text nodes of the column are unaccounted for, the first %.200q", name, len(lost), lost[0])
		}
	}
}

func unzip(t testing.TB, name string) []byte {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
