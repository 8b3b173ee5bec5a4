package page

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// shape writes a tree down: names of elements with their content in brackets, text as it is.
func shape(t *tree, at int32, b *strings.Builder) {
	for c := t.nodes[at].first; c != 0; c = t.nodes[c].next {
		n := &t.nodes[c]
		if n.tag == tagText {
			b.WriteString(strings.TrimSpace(n.text))
			continue
		}
		for name, tag := range tagNames {
			if tag == n.tag && len(name) < 6 && name != "dir" && name != "menu" {
				b.WriteString(name)
				break
			}
		}
		b.WriteByte('(')
		shape(t, c, b)
		b.WriteByte(')')
	}
}

func TestTreeShapes(t *testing.T) {
	for in, want := range map[string]string{
		"<p>a<p>b":                                 "p(a)p(b)",
		"<p>a<ul><li>b<li>c</ul>d":                 "p(a)ul(li(b)li(c))d",
		"<ul><li>a<ul><li>b</ul><li>c</ul>":        "ul(li(aul(li(b)))li(c))",
		"<p><a>x<p>y</a>z":                         "p(a(x))p(yz)",
		"<a><p>x</a>y</p>z":                        "a(p(xy))z",
		"<p>a</span>b":                             "p(ab)",
		"<td>a<td>b":                               "td(a)td(b)",
		"<table><tr><td>a<tr><td>b</table>c":       "table(tr(td(a))tr(td(b)))c",
		"<table><tr><td><table><tr><td>a</table>b": "table(tr(td(table(tr(td(a)))b)))",
		"<dl><dt>a<dd>b<dt>c</dl>":                 "dl(dt(a)dd(b)dt(c))",
		"a<!-- <p>b -->c":                          "ac",
		"a<!-->b":                                  "ab",
		"<p>1 < 2 <p>3":                            "p(1 < 2)p(3)",
		"<h1>a<h2>b</h2>":                          "h1(a)h2(b)",
		"<p a='>'>b":                               "p(b)",
		"<P>a</P><BR/>b":                           "p(a)br()b",
	} {
		var b strings.Builder
		shape(parse(in), 0, &b)
		if got := b.String(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// words counts the words of a text.
func words(s string) map[string]int {
	m := map[string]int{}
	for _, w := range strings.Fields(squash(s)) {
		m[w]++
	}
	return m
}

// TestTreeAgainstOracle compares the words that our tree holds with those that the HTML standard's algorithm finds, as
// golang.org/x/net/html implements it.
func TestTreeAgainstOracle(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(data(t, "page", "aeb", "html"), "*.gz"))
	for _, name := range files {
		s := decode(unzip(t, name), "")
		doc, err := html.ParseWithOptions(strings.NewReader(s), html.ParseOptionEnableScripting(false))
		if err != nil {
			continue
		}
		var theirs strings.Builder
		oracle(doc, &theirs)
		tree := parse(s)
		var ours strings.Builder
		for at := range tree.nodes {
			if n := &tree.nodes[at]; n.tag == tagText && !unread(tree, int32(at)) {
				ours.WriteString(unescape(n.text) + " ")
			}
		}
		a, b := words(ours.String()), words(theirs.String())
		all, off := 0, 0
		for w, n := range b {
			all += n
			off += max(0, n-a[w])
		}
		for w, n := range a {
			off += max(0, n-b[w])
		}
		if off*100 > all {
			t.Errorf("%s: %d of %d words differ", filepath.Base(name)[:8], off, all)
		}
	}
}

func oracle(n *html.Node, b *strings.Builder) {
	if n.Type == html.ElementNode {
		switch n.Data {
		case "script", "style", "template", "svg", "select", "textarea", "xmp", "noembed", "noframes", "title", "object", "audio", "iframe", "math":
			return
		}
	}
	if n.Type == html.TextNode {
		b.WriteString(n.Data + " ")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		oracle(c, b)
	}
}
