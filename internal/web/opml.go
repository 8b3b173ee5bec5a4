package web

import (
	"encoding/xml"
)

// outline is an entry of an OPML file.
type outline struct {
	Text    string `xml:"text,attr"`
	Title   string `xml:"title,attr"`
	Type    string `xml:"type,attr"`
	XMLURL  string `xml:"xmlUrl,attr"`
	HTMLURL string `xml:"htmlUrl,attr,omitempty"`
}

type opmlDoc struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

// opml lists the feeds for other programs to read.
func (s *site) opml(v *visit) error {
	list, err := s.Store.Sources(v.r.Context())
	if err != nil {
		return err
	}
	doc := opmlDoc{Version: "2.0", Title: "Marsad"}
	for _, h := range list {
		for _, f := range h.Feeds {
			doc.Body = append(doc.Body, outline{h.Source.Name, h.Source.Name, "rss", f.URL, h.Source.Home})
		}
	}
	body, err := xml.MarshalIndent(doc, "", " ")
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Disposition", `attachment; filename="marsad.opml"`)
	v.send("text/x-opml; charset=utf-8", append([]byte(xml.Header), body...))
	return nil
}
