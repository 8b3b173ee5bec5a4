package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
)

// feed is a list for other programs, as Atom (RFC 4287) and as JSON Feed 1.1. Of each article it holds the headline and at most two
// sentences, which is what may leave the desk.
type feed struct {
	Title, Lang string
	Page        string   // path of the page that shows the same, with its query
	Hubs        []string // that push it (WebSub); with one, the feed goes by the address that its hubs are told of
	Entries     []store.Entry
	Open        string // path at which anybody may read it, and by which its hubs know it; "" for none
	Public      bool   // for readers from elsewhere: its links lead to the articles where they were published
}

const feedSize = 50

// The parts of an Atom feed.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr,omitempty"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Lang    string     `xml:"xml:lang,attr,omitempty"`
	Title   string     `xml:"title"`
	ID      string     `xml:"id"`
	Updated string     `xml:"updated"`
	Author  string     `xml:"author>name"`
	Links   []atomLink `xml:"link"`
	Summary string     `xml:"summary,omitempty"`
}

// The parts of a JSON Feed.
type jsonFeed struct {
	Version  string     `json:"version"`
	Title    string     `json:"title"`
	Language string     `json:"language,omitempty"`
	HomePage string     `json:"home_page_url"`
	Self     string     `json:"feed_url"`
	Hubs     []jsonHub  `json:"hubs,omitempty"`
	Items    []jsonItem `json:"items"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	External  string       `json:"external_url,omitempty"`
	Title     string       `json:"title"`
	Language  string       `json:"language,omitempty"`
	Text      string       `json:"content_text"`
	Published string       `json:"date_published"`
	Authors   []jsonAuthor `json:"authors"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

// feed answers a list in the form that the address ends in: feed.atom or feed.json.
func (s *site) feed(gather func(*visit) (feed, error)) func(*visit) error {
	return func(v *visit) error {
		f, err := gather(v)
		if err != nil {
			return err
		}
		slices.SortStableFunc(f.Entries, func(a, b store.Entry) int { return b.Arrived.Compare(a.Arrived) })
		f.Entries = f.Entries[:min(len(f.Entries), feedSize)]
		base, self := v.asBase(), v.r.URL.RequestURI()
		if len(f.Hubs) > 0 {
			base, self = v.home(), v.r.URL.Path
		}
		if f.Open != "" && len(f.Hubs) > 0 {
			self = strings.TrimSuffix(f.Open, ".atom") + self[strings.LastIndexByte(self, '.'):]
		}
		body, kind, err := f.atom(base, self)
		if strings.HasSuffix(v.r.URL.Path, ".json") {
			body, kind, err = f.json(base, self)
		}
		if err != nil {
			return err
		}
		v.discover(f.Hubs, base+self)
		v.sendTagged(kind, body)
		return nil
	}
}

// discover names the hubs of a feed, and the feed itself, in the header, where WebSub looks first.
func (v *visit) discover(hubs []string, self string) {
	for _, h := range hubs {
		v.w.Header().Add("Link", "<"+h+`>; rel="hub"`)
	}
	if len(hubs) > 0 {
		v.w.Header().Add("Link", "<"+self+`>; rel="self"`)
	}
}

// sendTagged sends an answer that programs ask for over and over: an unchanged one costs nothing.
func (v *visit) sendTagged(kind string, body []byte) {
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	v.w.Header().Set("ETag", tag)
	if unchanged(v.r, tag) {
		v.w.WriteHeader(http.StatusNotModified)
		return
	}
	v.send(kind, body)
}

func (f feed) atom(base, self string) ([]byte, string, error) {
	doc := atomFeed{Lang: f.Lang, Title: f.Title, ID: base + f.Page, Updated: feedTime(time.Unix(0, 0)), Links: []atomLink{{"alternate", base + f.Page}, {"self", base + self}}}
	for _, h := range f.Hubs {
		doc.Links = append(doc.Links, atomLink{"hub", h})
	}
	for _, e := range f.Entries {
		doc.Updated = max(doc.Updated, feedTime(e.Arrived))
		at := base + "/articles/" + i18n.ID(e.Article.ID)
		links := []atomLink{{"alternate", at}}
		if f.Public && webLink(e.Article.URL) {
			links[0].Href = e.Article.URL
		} else if webLink(e.Article.URL) {
			links = append(links, atomLink{"via", e.Article.URL})
		}
		doc.Entries = append(doc.Entries, atomEntry{Lang: e.Article.Lang, Title: e.Article.Headline, ID: at, Updated: feedTime(e.Arrived), Author: e.Source.Name,
			Summary: opening(e.Article.Text, e.Article.Lang), Links: links})
	}
	body, err := xml.Marshal(doc)
	return append([]byte(xml.Header), body...), "application/atom+xml; charset=utf-8", err
}

func (f feed) json(base, self string) ([]byte, string, error) {
	doc := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Language: f.Lang, HomePage: base + f.Page, Self: base + self, Items: []jsonItem{}}
	for _, h := range f.Hubs {
		doc.Hubs = append(doc.Hubs, jsonHub{"WebSub", h})
	}
	for _, e := range f.Entries {
		at := base + "/articles/" + i18n.ID(e.Article.ID)
		it := jsonItem{ID: at, URL: at, Title: e.Article.Headline, Language: e.Article.Lang, Text: opening(e.Article.Text, e.Article.Lang), Published: feedTime(e.Arrived), Authors: []jsonAuthor{{e.Source.Name}}}
		if f.Public && webLink(e.Article.URL) {
			it.URL = e.Article.URL
		} else if webLink(e.Article.URL) {
			it.External = e.Article.URL
		}
		doc.Items = append(doc.Items, it)
	}
	body, err := json.Marshal(doc)
	return body, "application/feed+json; charset=utf-8", err
}

// webLink tells whether an address is one that a reader may follow.
func webLink(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

func (s *site) storyFeed(v *visit) (f feed, err error) {
	id, err := v.id()
	if err != nil {
		return f, err
	}
	st, err := s.Store.Story(v.r.Context(), id)
	if err != nil {
		return f, err
	}
	es, err := s.Store.StoryEntries(v.r.Context(), st.ID)
	return feed{Title: st.Headline, Lang: st.Lang, Page: "/stories/" + i18n.ID(st.ID), Entries: es}, err
}

func (s *site) watchFeed(v *visit) (f feed, err error) {
	id, err := v.id()
	if err != nil {
		return f, err
	}
	w, err := s.Store.Watch(v.r.Context(), id)
	if err != nil {
		return f, err
	}
	ms, err := s.Store.MatchesOf(v.r.Context(), id, feedSize)
	if err != nil {
		return f, err
	}
	ids := make([]int64, len(ms))
	for i, m := range ms {
		ids[i] = m.Article
	}
	hubs, err := s.hubs(v.r.Context(), w)
	if err != nil {
		return f, err
	}
	es, err := s.Store.Entries(v.r.Context(), ids)
	return feed{Title: w.Name, Page: "/watches/" + i18n.ID(w.ID), Entries: es, Hubs: hubs, Open: OpenFeed(w)}, err
}

// hubs gives the addresses of the hubs that are told of a watch.
func (s *site) hubs(ctx context.Context, w news.Watch) (addresses []string, err error) {
	for _, id := range w.Recipients {
		r, err := s.Store.Recipient(ctx, id)
		if err != nil {
			return nil, err
		}
		if r.Carrier == "websub" && r.State == news.Confirmed {
			addresses = append(addresses, strings.TrimPrefix(r.Address, "websub:"))
		}
	}
	return addresses, nil
}

// nowFeed is the lead articles of the stories that changed last, narrowed as the page is.
func (s *site) nowFeed(v *visit) (f feed, err error) {
	in, only := v.query("in"), v.query("only")
	list, err := v.river60(store.StoryFilter{Lang: in, N: feedSize}, only)
	if err != nil {
		return f, err
	}
	var ids []int64
	for _, c := range list {
		if only == "disputed" && !c.Story.Disputed || only == "single" && c.Story.Independent > 1 {
			continue
		}
		ids = append(ids, c.Story.Lead)
	}
	es, err := s.Store.Entries(v.r.Context(), ids)
	return feed{Title: v.words.Text("brand") + " · " + v.words.Text("now.title"), Page: "/" + strings.TrimSuffix("?"+v.r.URL.RawQuery, "?"), Entries: es}, err
}

func (s *site) sourceFeed(v *visit) (f feed, err error) {
	id, err := v.id()
	if err != nil {
		return f, err
	}
	src, err := s.Store.Outlet(v.r.Context(), id)
	if err != nil {
		return f, err
	}
	items, err := s.Store.Stream(v.r.Context(), 0, store.Stream{Source: id, N: feedSize})
	if err != nil {
		return f, err
	}
	ids := make([]int64, len(items))
	for i, it := range items {
		ids[i] = it.Article
	}
	es, err := s.Store.Entries(v.r.Context(), ids)
	return feed{Title: src.Name, Lang: src.Lang, Page: "/sources/" + i18n.ID(id), Entries: es}, err
}

func (s *site) searchFeed(v *visit) (f feed, err error) {
	q, err := query.Parse(v.query("q"))
	if err != nil {
		return f, fault.New(fault.Invalid, "%w", err)
	}
	ctx, stop := context.WithTimeout(v.r.Context(), longestSearch)
	defer stop()
	found, err := s.Store.Find(ctx, q, store.FindOptions{N: feedSize})
	for _, h := range found.Hits {
		f.Entries = append(f.Entries, h.Entry)
	}
	f.Title, f.Page = v.words.Text("search.title-of", "q", v.query("q")), "/search?"+v.r.URL.RawQuery
	return f, err
}
