// Command peers runs the two Go extractors that Marsad is measured against over files named on standard input, one a line, and
// prints what each of them says as one JSON object a line.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"
)

// answer is what the peers say of one page; an empty text where they fail.
type answer struct {
	Path                                string
	Trafilatura, Readability            string
	TrafilaturaTitle, TrafilaturaAuthor string
	ReadabilityTitle, ReadabilityByline string
}

func main() {
	out := json.NewEncoder(os.Stdout)
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		a := answer{Path: in.Text()}
		body, err := os.ReadFile(a.Path)
		if err == nil {
			ask(&a, body)
		}
		if err := out.Encode(a); err != nil {
			panic(err)
		}
	}
}

func ask(a *answer, body []byte) {
	if r, err := trafilatura.Extract(bytes.NewReader(body), trafilatura.Options{EnableFallback: true}); err == nil {
		a.Trafilatura, a.TrafilaturaTitle, a.TrafilaturaAuthor = r.ContentText, r.Metadata.Title, r.Metadata.Author
	}
	if r, err := readability.FromReader(bytes.NewReader(body), nil); err == nil && r.Node != nil {
		var b strings.Builder
		if r.RenderText(io.Writer(&b)) == nil {
			a.Readability, a.ReadabilityTitle, a.ReadabilityByline = b.String(), r.Title(), r.Byline()
		}
	}
}
