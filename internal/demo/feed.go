package demo

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"time"

	"marsad/corpus"
)

// entries is how many items a feed shows.
const entries = 25

func feedPath(kind string) string {
	return map[string]string{"rss": "/rss.xml", "atom": "/atom.xml", "json": "/feed.json"}[kind]
}

func feedType(kind string) string {
	return map[string]string{"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8"}[kind]
}

// recent gives an outlet's released publications, newest first, as many as its feed shows.
func (w *Wire) recent(o *corpus.Outlet) []*corpus.Publication {
	var pubs []*corpus.Publication
	for _, list := range [][]corpus.Publication{w.live, w.past} {
		for i := len(list) - 1; i >= 0 && len(pubs) < entries; i-- {
			if p := &list[i]; p.Outlet.ID == o.ID && w.released(p) {
				pubs = append(pubs, p)
			}
		}
	}
	return pubs
}

func (w *Wire) feed(o *corpus.Outlet) (body []byte, latest time.Time, err error) {
	pubs := w.recent(o)
	if len(pubs) > 0 {
		latest = pubs[0].Published
	}
	switch o.Feed {
	case "rss":
		body, err = rss(o, pubs)
	case "atom":
		body, err = atom(o, pubs, latest)
	case "json":
		body, err = jsonFeed(o, pubs)
	default:
		err = fmt.Errorf("demo: outlet %s: no feed kind %q", o.ID, o.Feed)
	}
	return body, latest, err
}

type rssItem struct {
	Title   string `xml:"title"`
	Link    string `xml:"link"`
	Guid    guid   `xml:"guid"`
	Date    string `xml:"pubDate"`
	Creator string `xml:"http://purl.org/dc/elements/1.1/ creator,omitempty"`
	Summary string `xml:"description"`
}

type guid struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

func rss(o *corpus.Outlet, pubs []*corpus.Publication) ([]byte, error) {
	type channel struct {
		Title    string    `xml:"title"`
		Link     string    `xml:"link"`
		About    string    `xml:"description"`
		Language string    `xml:"language"`
		Items    []rssItem `xml:"item"`
	}
	doc := struct {
		XMLName xml.Name `xml:"rss"`
		Version string   `xml:"version,attr"`
		Channel channel  `xml:"channel"`
	}{Version: "2.0", Channel: channel{Title: o.Name, Link: "http://" + o.Host + "/", About: "An invented outlet of the Marsad demo", Language: o.Lang}}
	for _, p := range pubs {
		doc.Channel.Items = append(doc.Channel.Items, rssItem{
			Title: p.Entry.Title, Link: p.URL, Guid: guid{ID: p.Entry.GUID}, Date: p.Published.Format(time.RFC1123Z),
			Creator: p.Entry.Author, Summary: p.Entry.Summary,
		})
	}
	return withHeader(xml.MarshalIndent(doc, "", " "))
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title     string  `xml:"title"`
	Link      link    `xml:"link"`
	ID        string  `xml:"id"`
	Published string  `xml:"published"`
	Updated   string  `xml:"updated"`
	Author    *author `xml:"author"`
	Summary   string  `xml:"summary"`
}

type author struct {
	Name string `xml:"name"`
}

func atom(o *corpus.Outlet, pubs []*corpus.Publication, latest time.Time) ([]byte, error) {
	doc := struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Updated string      `xml:"updated"`
		Links   []link      `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}{Lang: o.Lang, Title: o.Name, ID: "tag:" + o.Host + ":feed", Updated: latest.Format(time.RFC3339), Links: []link{{"self", "http://" + o.Host + "/atom.xml"}}}
	for _, p := range pubs {
		e := atomEntry{
			Title: p.Entry.Title, Link: link{"alternate", p.URL}, ID: "tag:" + p.Entry.GUID, Summary: p.Entry.Summary,
			Published: p.Published.Format(time.RFC3339), Updated: p.Published.Format(time.RFC3339),
		}
		if p.Entry.Author != "" {
			e.Author = &author{p.Entry.Author}
		}
		doc.Entries = append(doc.Entries, e)
	}
	return withHeader(xml.MarshalIndent(doc, "", " "))
}

func withHeader(body []byte, err error) ([]byte, error) {
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return append([]byte(xml.Header), body...), nil
}

func jsonFeed(o *corpus.Outlet, pubs []*corpus.Publication) ([]byte, error) {
	type item struct {
		ID        string `json:"id"`
		URL       string `json:"url"`
		Title     string `json:"title"`
		Summary   string `json:"summary"`
		Text      string `json:"content_text"`
		Published string `json:"date_published"`
		Authors   []any  `json:"authors,omitempty"`
	}
	doc := struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Home    string `json:"home_page_url"`
		Feed    string `json:"feed_url"`
		Lang    string `json:"language"`
		Items   []item `json:"items"`
	}{"https://jsonfeed.org/version/1.1", o.Name, "http://" + o.Host + "/", "http://" + o.Host + "/feed.json", o.Lang, []item{}}
	for _, p := range pubs {
		it := item{ID: p.Entry.GUID, URL: p.URL, Title: p.Entry.Title, Summary: p.Entry.Summary, Text: p.Entry.Summary, Published: p.Published.Format(time.RFC3339)}
		for _, name := range p.Item.Byline {
			it.Authors = append(it.Authors, map[string]string{"name": name})
		}
		doc.Items = append(doc.Items, it)
	}
	body, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return body, nil
}
