package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// node is an element with what stands in it.
type node struct {
	name  string // "title", or with a known namespace's usual prefix: "dc:creator"
	attrs []xml.Attr
	lang  string // xml:lang in force
	base  string // xml:base in force, absolute where the feed's address is
	text  strings.Builder
	inner []byte // its content as written, markup included: a part of the source, not a copy
	kids  []*node
	start int64
}

// maxNodes bounds what one item, or the head of a feed, may hold; maxNames the attributes of one element.
const (
	maxNodes = 5000
	maxAttrs = 64
)

// prefixes gives the usual prefix of each namespace that feeds use, as space writes it. Elements of the formats themselves have none.
var prefixes = map[string]string{
	"http://www.w3.org/2005/atom": "", "http://purl.org/atom/ns#": "", "http://purl.org/rss/1.0": "",
	"http://backend.userland.com/rss2": "", "http://my.netscape.com/rdf/simple/0.9": "", "http://channel.netscape.com/rdf/simple/0.9": "",
	"http://my.netscape.com/publish/formats/rss-0.91.dtd": "", "http://purl.org/net/rss1.1#": "", "http://blogs.law.harvard.edu/tech/rss": "",
	"http://www.sitemaps.org/schemas/sitemap/0.9": "", "http://www.google.com/schemas/sitemap/0.84": "",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf", "http://purl.org/dc/elements/1.1": "dc", "http://purl.org/dc/terms": "dcterms",
	"http://purl.org/rss/1.0/modules/content": "content", "http://search.yahoo.com/mrss": "media",
	"http://purl.org/rss/1.0/modules/syndication": "sy", "http://www.w3.org/1999/xhtml": "xhtml",
	"http://www.google.com/schemas/sitemap-news/0.9": "news", "http://www.google.com/schemas/sitemap-image/1.1": "image",
	"http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes", "http://www.w3.org/xml/1998/namespace": "xml", "xml": "xml",
}

// space writes a namespace as most feeds do: many name it with https, with other capitals or with a slash too many, and mean the same.
func space(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if rest, ok := strings.CutPrefix(s, "https://"); ok {
		s = "http://" + rest
	}
	return strings.TrimSuffix(s, "/")
}

// cased writes a name of the formats as they do where a program wrote all of it large or small.
func cased(name string) string {
	lower := strings.ToLower(name)
	switch lower {
	case "pubdate":
		return "pubDate"
	case "lastbuilddate":
		return "lastBuildDate"
	case "managingeditor":
		return "managingEditor"
	}
	if name == strings.ToUpper(name) && name != "RDF" {
		return lower
	}
	return name
}

// usual gives a name with its namespace's usual prefix. An unbound prefix stands for itself.
func usual(n xml.Name) string {
	local, space := cased(n.Local), space(n.Space)
	if space == "" {
		return local
	}
	prefix, known := prefixes[space]
	switch {
	case strings.HasPrefix(space, "http://backend.userland.com/rss"), strings.HasPrefix(space, "http://purl.org/atom/ns"):
		return local // one namespace a draft
	case !known && strings.ContainsAny(n.Space, ":/"):
		return "?:" + local
	case !known && n.Space != "atom" && n.Space != "rss":
		return strings.ToLower(n.Space) + ":" + local
	case prefix == "":
		return local
	}
	return prefix + ":" + local
}

// attr gives an attribute without a namespace, or with the given usual prefix.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if strings.EqualFold(usual(a.Name), name) {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// first gives the first child of any of the names, earlier names before later ones.
func (n *node) first(names ...string) *node {
	for _, name := range names {
		for _, k := range n.kids {
			if k.name == name {
				return k
			}
		}
	}
	return nil
}

// all gives the children of a name.
func (n *node) all(name string) []*node {
	var out []*node
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// value gives the text of the first child of any of the names that has one, without the space around it.
func (n *node) value(names ...string) string {
	for _, name := range names {
		for _, k := range n.kids {
			if k.name == name {
				if s := k.content(); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

// content gives an element's text; where markup stands in it unescaped, the markup.
func (n *node) content() string {
	if n == nil {
		return ""
	}
	if len(n.kids) > 0 {
		return strings.TrimSpace(string(n.inner))
	}
	return strings.TrimSpace(n.text.String())
}

// reader builds nodes out of a document, one item at a time.
type treeReader struct {
	src   []byte
	d     *xml.Decoder
	from  int64 // where in src the decoder began
	stack []*node
	count int
	item  func(*node) bool // called for each whole item; false ends the reading
	root  *node
}

// errDone ends a reading that has enough.
var errDone = errors.New("done")

func newDecoder(src []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(src))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 already
	return d
}

// isItem tells which elements are an entry of their own.
func isItem(name string) bool {
	return name == "item" || name == "entry" || name == "url" || name == "sitemap"
}

// read reads the document, going on at the next item after damage. It tells whether there was any.
func (t *treeReader) read(base string) (damaged bool) {
	t.root = &node{name: "/", base: base}
	t.d, t.stack = newDecoder(t.src), []*node{t.root}
	for tries := 0; tries < 200; tries++ {
		err := t.run()
		if err == io.EOF && len(t.stack) == 1 || err == errDone {
			return damaged
		}
		damaged = true
		if !t.resume() {
			return true
		}
	}
	return true
}

// resume goes on at the next item behind the damage, as a child of the element that the damaged item was a child of.
func (t *treeReader) resume() bool {
	at := t.from + t.d.InputOffset()
	next := nextItem(t.src, int(at))
	if next < 0 {
		return false
	}
	for i, n := range t.stack {
		if isItem(n.name) {
			t.stack = t.stack[:i]
			break
		}
	}
	t.from, t.d, t.count = int64(next), newDecoder(t.src[next:]), 0
	return true
}

func nextItem(src []byte, at int) int {
	best := -1
	for _, tag := range []string{"<item", "<entry", "<url>"} {
		if i := bytes.Index(src[min(at, len(src)):], []byte(tag)); i >= 0 && (best < 0 || at+i < best) {
			best = at + i
		}
	}
	return best
}

func (t *treeReader) run() error {
	for {
		before := t.d.InputOffset()
		tok, err := t.d.Token()
		if err != nil {
			return err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			err = t.open(tok)
		case xml.EndElement:
			if usual(tok.Name) == t.stack[len(t.stack)-1].name {
				err = t.close(before)
			}
		case xml.CharData:
			if n := t.stack[len(t.stack)-1]; n.text.Len()+len(tok) <= MaxText {
				n.text.Write(tok)
			}
		}
		if err != nil {
			return err
		}
	}
}

func (t *treeReader) open(e xml.StartElement) error {
	if len(t.stack) > MaxDepth || len(e.Attr) > maxAttrs {
		return errors.New("too deep")
	}
	name := usual(e.Name)
	if last := t.stack[len(t.stack)-1]; isItem(name) && last.name == name {
		if err := t.close(t.d.InputOffset()); err != nil { // its end is missing
			return err
		}
	}
	parent := t.stack[len(t.stack)-1]
	n := &node{name: name, attrs: append([]xml.Attr(nil), e.Attr...), lang: parent.lang, base: parent.base, start: t.from + t.d.InputOffset()}
	for _, a := range n.attrs {
		switch usual(a.Name) {
		case "xml:lang":
			n.lang = strings.TrimSpace(a.Value)
		case "xml:base":
			n.base = absolute(parent.base, a.Value)
		}
	}
	t.stack = append(t.stack, n)
	return nil
}

func (t *treeReader) close(end int64) error {
	n, parent := t.stack[len(t.stack)-1], t.stack[len(t.stack)-2]
	t.stack = t.stack[:len(t.stack)-1]
	if end += t.from; end > n.start && end-n.start <= MaxText {
		n.inner = t.src[n.start:end]
	}
	// An item inside of another's markup is no item.
	if isItem(n.name) && len(t.stack) <= 3 {
		if t.count = 0; !t.item(n) {
			return errDone
		}
		return nil
	}
	if t.count++; t.count <= maxNodes {
		parent.kids = append(parent.kids, n)
	}
	return nil
}
