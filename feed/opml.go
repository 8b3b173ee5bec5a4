package feed

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// Outline is a feed in an OPML list.
type Outline struct {
	Title  string
	Feed   string // address
	Home   string // the site's address, or ""
	Lang   string
	Folder string   // names of the groups around it, "/" between
	Also   []string // further folders in which the list has it again
}

// IsOPML tells whether a body looks like an OPML list.
func IsOPML(body []byte) bool {
	return bytes.Contains(bytes.ToLower(body[:min(len(body), 2<<10)]), []byte("<opml"))
}

// ReadOPML gives the feeds of an OPML list in order, each address once, with all folders that it stands in.
func ReadOPML(body []byte) ([]Outline, error) {
	if len(body) > MaxBytes {
		return nil, ErrTooLarge
	}
	if !IsOPML(body) {
		return nil, fmt.Errorf("feed: not an OPML list")
	}
	d := newDecoder(decode(body, ""))
	var out []Outline
	var folders []string
	seen := map[string]int{} // places in out, from one
	for len(out) < MaxItems {
		tok, err := d.Token()
		if err != nil {
			break // the end; of a damaged list, what was read so far
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			o, isFeed := outline(tok)
			if isFeed {
				o.Folder = strings.Trim(strings.Join(folders, "/"), "/")
				if at := seen[o.Feed]; at > 0 {
					out[at-1].fileToo(o.Folder)
				} else {
					out = append(out, o)
					seen[o.Feed] = len(out)
				}
			}
			if folders = append(folders, ""); !isFeed && tok.Name.Local == "outline" {
				folders[len(folders)-1] = o.Title
			}
			if len(folders) > MaxDepth {
				return out, fmt.Errorf("feed: OPML nests more than %d deep", MaxDepth)
			}
		case xml.EndElement:
			folders = folders[:max(0, len(folders)-1)]
		}
	}
	return out, nil
}

// mostFolders is in how many folders an address may stand.
const mostFolders = 20

// fileToo notes a further folder.
func (o *Outline) fileToo(folder string) {
	if folder != "" && folder != o.Folder && !slices.Contains(o.Also, folder) && len(o.Also) < mostFolders {
		o.Also = append(o.Also, folder)
	}
}

func outline(e xml.StartElement) (o Outline, isFeed bool) {
	var text string
	for _, a := range e.Attr {
		switch strings.ToLower(a.Name.Local) {
		case "title":
			o.Title = plain(a.Value)
		case "text":
			text = plain(a.Value)
		case "xmlurl":
			o.Feed = absolute("", a.Value)
		case "htmlurl":
			o.Home = absolute("", a.Value)
		case "language":
			o.Lang = a.Value
		}
	}
	if o.Title == "" {
		o.Title = text
	}
	return o, e.Name.Local == "outline" && isWeb(o.Feed)
}

// WriteOPML gives an OPML 2.0 list of feeds. Feeds of one folder stand together where they do in the input.
func WriteOPML(title string, feeds []Outline) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<opml version=\"2.0\">\n  <head><title>" + escape(title) + "</title></head>\n  <body>\n")
	folder := ""
	for _, o := range feeds {
		if o.Folder != folder {
			if folder != "" {
				b.WriteString("    </outline>\n")
			}
			if folder = o.Folder; folder != "" {
				fmt.Fprintf(&b, "    <outline text=\"%s\">\n", escape(folder))
			}
		}
		fmt.Fprintf(&b, "    <outline type=\"rss\" text=\"%s\" xmlUrl=\"%s\"", escape(o.Title), escape(o.Feed))
		if o.Home != "" {
			fmt.Fprintf(&b, " htmlUrl=\"%s\"", escape(o.Home))
		}
		if o.Lang != "" {
			fmt.Fprintf(&b, " language=\"%s\"", escape(o.Lang))
		}
		b.WriteString("/>\n")
	}
	if folder != "" {
		b.WriteString("    </outline>\n")
	}
	b.WriteString("  </body>\n</opml>\n")
	return b.Bytes()
}

func escape(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // into memory: cannot fail
	return b.String()
}
