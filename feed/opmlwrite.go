package feed

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"time"
)

// WriteOPML gives an OPML 2.0 list of feeds, from which ReadOPML gives them again. Feeds of one folder stand together where they do in the
// input; a feed stands in every folder that it has.
func WriteOPML(title string, feeds []Outline) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<opml version=\"2.0\" xmlns:marsad=\"" + ourSpace + "\">\n  <head><title>" + escape(title) + "</title></head>\n  <body>\n")
	folder := ""
	for _, o := range inFolders(feeds) {
		if o.Folder != folder {
			if folder != "" {
				b.WriteString("    </outline>\n")
			}
			if folder = o.Folder; folder != "" {
				b.WriteString("    <outline")
				name(&b, folder)
				b.WriteString(">\n")
			}
		}
		o.write(&b)
	}
	if folder != "" {
		b.WriteString("    </outline>\n")
	}
	b.WriteString("  </body>\n</opml>\n")
	return b.Bytes()
}

// inFolders repeats what stands in several folders, behind everything else.
func inFolders(feeds []Outline) []Outline {
	out := feeds[:len(feeds):len(feeds)]
	for _, o := range feeds {
		for _, o.Folder = range o.Also {
			out = append(out, o)
		}
	}
	return out
}

func (o Outline) write(b *bytes.Buffer) {
	b.WriteString(`    <outline type="rss"`)
	name(b, o.Title)
	every := ""
	if o.Every > 0 {
		every = strconv.FormatInt(int64(o.Every/time.Minute), 10)
	}
	paused := ""
	if o.Paused {
		paused = "true"
	}
	for _, a := range [][2]string{{"xmlUrl", o.Feed}, {"htmlUrl", o.Home}, {"language", o.Lang}, {"marsad:outlet", o.Outlet}, {"marsad:country", o.Country},
		{"marsad:licence", o.Licence}, {"marsad:every", every}, {"marsad:paused", paused}} {
		if a[1] != "" {
			fmt.Fprintf(b, ` %s="%s"`, a[0], escape(a[1]))
		}
	}
	b.WriteString("/>\n")
}

// name writes an outline's text, which readers take for HTML, and ours beside it where that would change it.
func name(b *bytes.Buffer, s string) {
	fmt.Fprintf(b, ` text="%s"`, escape(s))
	if plain(s) != s {
		fmt.Fprintf(b, ` marsad:name="%s"`, escape(s))
	}
}

func escape(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // into memory: cannot fail
	return b.String()
}
