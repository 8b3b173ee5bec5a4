package web

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// reply is what the site said, as a document that can be asked by selector.
type reply struct {
	t      testing.TB
	status int
	header http.Header
	body   string
	doc    *html.Node
}

func (b *browser) send(r *http.Request) *reply {
	b.t.Helper()
	resp, err := b.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	return &reply{b.t, resp.StatusCode, resp.Header, string(body), doc}
}

func (a *reply) all(selector string) []*html.Node {
	a.t.Helper()
	s, err := cascadia.Compile(selector)
	if err != nil {
		a.t.Fatal(err)
	}
	return s.MatchAll(a.doc)
}

// one gives the single element that a selector names.
func (a *reply) one(selector string) *html.Node {
	a.t.Helper()
	found := a.all(selector)
	if len(found) != 1 {
		a.t.Fatalf("%d elements are %q, want one; the page:\n%s", len(found), selector, clip(a.body, 3000))
	}
	return found[0]
}

func (a *reply) wants(status int) *reply {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d; the page:\n%s", a.status, status, clip(a.body, 2000))
	}
	return a
}

func words(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
