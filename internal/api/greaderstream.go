package api

import (
	"encoding/xml"
	"html"
	"slices"
	"strings"
	"time"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
	"marsad/text"
)

type grItem struct {
	ID            string   `json:"id"`
	CrawlTimeMsec string   `json:"crawlTimeMsec"`
	TimestampUsec string   `json:"timestampUsec"`
	Published     int64    `json:"published"`
	Updated       int64    `json:"updated"`
	Title         string   `json:"title"`
	Author        string   `json:"author,omitempty"`
	Canonical     []grLink `json:"canonical"`
	Alternate     []grLink `json:"alternate"`
	Summary       grText   `json:"summary"`
	Categories    []string `json:"categories"`
	Origin        grOrigin `json:"origin"`
	entry         store.Entry
}

type grLink struct {
	Href string `json:"href"`
	Type string `json:"type,omitempty"`
}

type grText struct {
	Direction string `json:"direction"`
	Content   string `json:"content"`
}

type grOrigin struct {
	StreamID string `json:"streamId"`
	Title    string `json:"title"`
	HTMLURL  string `json:"htmlUrl"`
}

// gather gives articles as the programs read them, in the order of ids.
func (c *call) gather(ids []int64) ([]grItem, error) {
	es, err := c.Store.Entries(c.r.Context(), ids)
	if err != nil {
		return nil, err
	}
	states, err := c.Store.OfArticles(c.r.Context(), c.reader(), ids)
	if err != nil {
		return nil, err
	}
	folders, err := c.Store.Folders(c.r.Context(), c.reader())
	if err != nil {
		return nil, err
	}
	at := make(map[int64]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	slices.SortFunc(es, func(a, b store.Entry) int { return at[a.Article.ID] - at[b.Article.ID] })
	items := []grItem{}
	for _, e := range es {
		items = append(items, itemOf(e, states[e.Article.ID], folders[e.Source.ID]))
	}
	return items, nil
}

func itemOf(e store.Entry, state store.ArticleState, folders []string) grItem {
	a := e.Article
	it := grItem{ID: longItemID(a.ID), CrawlTimeMsec: i18n.ID(e.Arrived.UnixMilli()), TimestampUsec: usec(e.Arrived), Published: published(e).Unix(), Updated: e.Arrived.Unix(),
		Title: a.Headline, Author: strings.Join(a.Byline, ", "), Summary: grText{text.Dir(a.Text), readable(a)}, Categories: []string{stateName + "reading-list"},
		Origin: grOrigin{"feed/" + i18n.ID(e.Source.ID), e.Source.Name, e.Source.Home}, Canonical: []grLink{}, Alternate: []grLink{}, entry: e}
	if strings.HasPrefix(a.URL, "http://") || strings.HasPrefix(a.URL, "https://") {
		it.Canonical, it.Alternate = []grLink{{Href: a.URL}}, []grLink{{a.URL, "text/html"}}
	}
	if state.Read {
		it.Categories = append(it.Categories, stateName+"read")
	}
	if !state.Starred.IsZero() {
		it.Categories = append(it.Categories, stateName+"starred")
	}
	for _, l := range append(slices.Clone(folders), state.Labels...) {
		it.Categories = append(it.Categories, labelName+l)
	}
	return it
}

// published gives when an article was published, its arrival where that is not known or later.
func published(e store.Entry) time.Time {
	if p := e.Article.Published; p.Known() && !p.Time.After(e.Arrived) {
		return p.Time
	}
	return e.Arrived
}

// readable gives an article's text as plain HTML: what was on the page stays on the page.
func readable(a news.Article) string {
	var b strings.Builder
	dir := text.Dir(a.Text)
	for _, k := range a.Blocks {
		if k.Start < 0 || k.Start >= k.End || k.End > len(a.Text) {
			continue
		}
		tag := map[news.BlockKind]string{news.Heading: "h3", news.Quote: "blockquote"}[k.Kind]
		if tag == "" {
			tag = "p"
		}
		words := strings.ReplaceAll(html.EscapeString(a.Text[k.Start:k.End]), "\n", "<br>")
		b.WriteString("<" + tag + ` dir="` + dir + `">` + words + "</" + tag + ">\n")
	}
	if len(a.Blocks) == 0 {
		for p := range strings.SplitSeq(a.Text, "\n\n") {
			b.WriteString(`<p dir="` + dir + `">` + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>") + "</p>\n")
		}
	}
	return b.String()
}

// place reads which stream a request asks for: in the path, or as s.
func (c *call) place() string {
	if p := c.r.PathValue("stream"); p != "" {
		return p
	}
	return c.r.FormValue("s")
}

// page gives one page of a stream and where the next begins, "" at the end.
func (c *call) page(most int) (items []store.StreamItem, next string, err error) {
	st, kept, err := c.stream(c.place())
	if err != nil || kept {
		return nil, "", err
	}
	if st, err = c.narrowed(st, most); err != nil {
		return nil, "", err
	}
	if items, err = c.Store.Stream(c.r.Context(), c.reader(), st); err != nil {
		return nil, "", err
	}
	if len(items) == st.N {
		next = continuation(items[len(items)-1])
	}
	return items, next, nil
}

func idsOf(items []store.StreamItem) []int64 {
	ids := make([]int64, len(items))
	for i, it := range items {
		ids[i] = it.Article
	}
	return ids
}

func (s *server) streamContents(c *call) error {
	items, next, err := c.page(1000)
	if err != nil {
		return err
	}
	list, err := c.gather(idsOf(items))
	if err != nil {
		return err
	}
	a := map[string]any{"id": c.place(), "direction": "ltr", "title": c.place(), "updated": s.Now().Unix(), "self": []grLink{{Href: c.Base + c.r.URL.Path}}, "items": list}
	if next != "" {
		a["continuation"] = next
	}
	return c.plainJSON(a)
}

// itemIDs lists articles by their number alone: programs compare these with what they have.
func (s *server) itemIDs(c *call) error {
	type ref struct {
		ID        string   `json:"id"`
		Streams   []string `json:"directStreamIds"`
		Timestamp string   `json:"timestampUsec"`
	}
	items, next, err := c.page(maxEdit)
	if err != nil {
		return err
	}
	refs := []ref{}
	for _, it := range items {
		refs = append(refs, ref{i18n.ID(it.Article), []string{}, usec(it.Arrived)})
	}
	a := map[string]any{"itemRefs": refs}
	if next != "" {
		a["continuation"] = next
	}
	return c.plainJSON(a)
}

func (s *server) itemCount(c *call) error {
	items, _, err := c.page(maxEdit)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = c.w.Write([]byte(i18n.ID(int64(len(items)))))
	return nil
}

// itemContents gives the articles that a program lacks.
func (s *server) itemContents(c *call) error {
	ids, err := c.items()
	if err != nil {
		return err
	}
	list, err := c.gather(ids[:min(len(ids), 1000)])
	if err != nil {
		return err
	}
	return c.plainJSON(map[string]any{"id": stateName + "reading-list", "direction": "ltr", "title": "Marsad", "updated": s.Now().Unix(), "items": list})
}

// The parts of the Atom feed that FeedHQ's programs read, with the marks as categories.
type grFeed struct {
	XMLName xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	GR      string    `xml:"xmlns:gr,attr"`
	Title   string    `xml:"title"`
	ID      string    `xml:"id"`
	Updated string    `xml:"updated"`
	Next    string    `xml:"gr:continuation,omitempty"`
	Entries []grEntry `xml:"entry"`
}

type grEntry struct {
	Lang       string       `xml:"xml:lang,attr,omitempty"`
	ID         string       `xml:"id"`
	Title      string       `xml:"title"`
	Published  string       `xml:"published"`
	Updated    string       `xml:"updated"`
	Author     string       `xml:"author>name"`
	Link       grAtomLink   `xml:"link"`
	Content    grAtomText   `xml:"content"`
	Categories []grCategory `xml:"category"`
}

type grAtomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type grAtomText struct {
	Type string `xml:"type,attr"`
	Body string `xml:",chardata"`
}

type grCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr"`
	Label  string `xml:"label,attr"`
}

// streamAtom answers a stream as the Atom feed that older programs ask for.
func (s *server) streamAtom(c *call) error {
	items, next, err := c.page(1000)
	if err != nil {
		return err
	}
	list, err := c.gather(idsOf(items))
	if err != nil {
		return err
	}
	f := grFeed{GR: "http://www.google.com/schemas/reader/atom/", Title: c.place(), ID: "tag:google.com,2005:reader/" + c.place(), Updated: s.Now().UTC().Format(time.RFC3339), Next: next}
	if len(list) > 0 && strings.HasPrefix(c.place(), "feed/") && !strings.HasPrefix(c.place(), "feed/"+watchFeed) {
		f.Title = list[0].Origin.Title
	}
	for _, it := range list {
		e := grEntry{Lang: it.entry.Article.Lang, ID: it.ID, Title: it.Title, Published: published(it.entry).UTC().Format(time.RFC3339), Updated: it.entry.Arrived.UTC().Format(time.RFC3339),
			Author: it.Author, Content: grAtomText{"html", it.Summary.Content}}
		if len(it.Canonical) > 0 {
			e.Link = grAtomLink{"alternate", it.Canonical[0].Href}
		}
		if e.Author == "" {
			e.Author = it.Origin.Title
		}
		for _, name := range it.Categories {
			label := name[strings.LastIndexByte(name, '/')+1:]
			e.Categories = append(e.Categories, grCategory{name, "http://www.google.com/reader/", label})
		}
		if !slices.Contains(it.Categories, stateName+"read") {
			e.Categories = append(e.Categories, grCategory{stateName + "fresh", "http://www.google.com/reader/", "fresh"})
		}
		f.Entries = append(f.Entries, e)
	}
	body, err := xml.Marshal(f)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	_, _ = c.w.Write(append([]byte(xml.Header), body...))
	return nil
}
