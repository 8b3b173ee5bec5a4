package api

import (
	"encoding/xml"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
)

type subscription struct {
	ID            string     `json:"id"`
	Title         string     `json:"title"`
	Categories    []category `json:"categories"`
	URL           string     `json:"url"`
	HTMLURL       string     `json:"htmlUrl"`
	IconURL       string     `json:"iconUrl"`
	SortID        string     `json:"sortid"`
	FirstItemMsec string     `json:"firstitemmsec"`
}

type category struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

func folderOf(name string) category { return category{labelName + name, name} }

// muted gives the sources that the reader hid: to them it looks as if they had never subscribed.
func (c *call) muted() (map[string]bool, error) {
	cs, err := c.Store.Choices(c.r.Context(), c.reader())
	out := map[string]bool{}
	for _, x := range cs {
		if x.Kind == "source" && x.What == "mute" {
			out[x.Key] = true
		}
	}
	return out, err
}

// mySubscriptions gives every source that the reader did not hide, in their folders, and every watch.
func (c *call) mySubscriptions() ([]subscription, error) {
	ctx := c.r.Context()
	list, err := c.Store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	hidden, err := c.muted()
	if err != nil {
		return nil, err
	}
	folders, err := c.Store.Folders(ctx, c.reader())
	if err != nil {
		return nil, err
	}
	out := []subscription{}
	for _, h := range list {
		id := i18n.ID(h.Source.ID)
		if hidden[id] {
			continue
		}
		s := subscription{ID: "feed/" + id, Title: h.Source.Name, Categories: []category{}, HTMLURL: h.Source.Home, SortID: id, FirstItemMsec: "0"}
		for _, f := range folders[h.Source.ID] {
			s.Categories = append(s.Categories, folderOf(f))
		}
		if len(h.Feeds) > 0 {
			s.URL = h.Feeds[0].URL
		}
		out = append(out, s)
	}
	ws, err := c.Store.Watches(ctx)
	for _, w := range ws {
		at := c.Base + "/watches/" + i18n.ID(w.ID)
		out = append(out, subscription{ID: "feed/" + watchFeed + i18n.ID(w.ID), Title: w.Name, Categories: []category{folderOf(c.watchesLabel())},
			URL: at + "/feed.atom", HTMLURL: at, SortID: watchFeed + i18n.ID(w.ID), FirstItemMsec: "0"})
	}
	return out, err
}

func (s *server) subscriptions(c *call) error {
	subs, err := c.mySubscriptions()
	if err != nil {
		return err
	}
	return c.plainJSON(map[string]any{"subscriptions": subs})
}

// subscriptionExport answers the subscriptions as OPML.
func (s *server) subscriptionExport(c *call) error {
	type outline struct {
		Text    string `xml:"text,attr"`
		Type    string `xml:"type,attr"`
		XMLURL  string `xml:"xmlUrl,attr"`
		HTMLURL string `xml:"htmlUrl,attr"`
	}
	doc := struct {
		XMLName xml.Name  `xml:"opml"`
		Version string    `xml:"version,attr"`
		Title   string    `xml:"head>title"`
		Body    []outline `xml:"body>outline"`
	}{Version: "2.0", Title: "Marsad"}
	subs, err := c.mySubscriptions()
	if err != nil {
		return err
	}
	for _, x := range subs {
		if x.URL != "" {
			doc.Body = append(doc.Body, outline{x.Title, "rss", x.URL, x.HTMLURL})
		}
	}
	body, err := xml.Marshal(doc)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "text/x-opml; charset=utf-8")
	_, _ = c.w.Write(append([]byte(xml.Header), body...))
	return nil
}

// tags lists the star, the folders and the reader's own tags.
func (s *server) tags(c *call) error {
	type tag struct {
		ID     string `json:"id"`
		Type   string `json:"type,omitempty"`
		SortID string `json:"sortid"`
	}
	out := []tag{{ID: stateName + "starred", SortID: "A"}, {labelName + c.watchesLabel(), "folder", "B"}}
	folders, err := c.Store.Folders(c.r.Context(), c.reader())
	if err != nil {
		return err
	}
	seen := map[string]bool{c.watchesLabel(): true}
	for _, names := range folders {
		for _, n := range names {
			if !seen[n] {
				seen[n] = true
				out = append(out, tag{labelName + n, "folder", n})
			}
		}
	}
	ls, err := c.Store.Labels(c.r.Context(), c.reader())
	for _, l := range ls {
		if !seen[l.Name] {
			out = append(out, tag{labelName + l.Name, "tag", l.Name})
		}
	}
	if err != nil {
		return err
	}
	return c.plainJSON(map[string]any{"tags": out})
}

// unreadCount counts what waits, by subscription, by folder and in all.
func (s *server) unreadCount(c *call) error {
	type count struct {
		ID     string `json:"id"`
		Count  int    `json:"count"`
		Newest string `json:"newestItemTimestampUsec"`
	}
	sources, watches, err := s.Store.Unread(c.r.Context(), c.reader())
	if err != nil {
		return err
	}
	hidden, err := c.muted()
	if err != nil {
		return err
	}
	folders, err := s.Store.Folders(c.r.Context(), c.reader())
	if err != nil {
		return err
	}
	out, sum := []count{}, map[string]store.Unread{}
	add := func(key string, u store.Unread) {
		have := sum[key]
		have.N += u.N
		if u.Newest.After(have.Newest) {
			have.Newest = u.Newest
		}
		sum[key] = have
	}
	const whole = stateName + "reading-list"
	for id, u := range sources {
		if hidden[i18n.ID(id)] || id == 0 {
			continue
		}
		add("feed/"+i18n.ID(id), u)
		add(whole, u)
		for _, f := range folders[id] {
			add(labelName+f, u)
		}
	}
	for id, u := range watches {
		add("feed/"+watchFeed+i18n.ID(id), u)
		add(labelName+c.watchesLabel(), u)
	}
	for id, u := range sum {
		out = append(out, count{id, u.N, usec(u.Newest)})
	}
	return c.plainJSON(map[string]any{"max": sum[whole].N, "unreadcounts": out})
}

func usec(t time.Time) string { return i18n.ID(t.UnixMicro()) }

// quickAdd adds a source by its address.
func (s *server) quickAdd(c *call) error {
	at := strings.TrimPrefix(c.r.FormValue("quickadd"), "feed/")
	id, name, err := s.subscribe(c, at)
	if fault.Is(err, fault.Invalid) {
		return c.plainJSON(map[string]any{"numResults": 0, "query": at, "error": err.Error()})
	} else if err != nil {
		return err
	}
	return c.plainJSON(map[string]any{"numResults": 1, "query": at, "streamId": "feed/" + i18n.ID(id), "streamName": name})
}

func (s *server) subscribe(c *call, at string) (int64, string, error) {
	if s.AddSources == nil || strings.TrimSpace(at) == "" || strings.ContainsAny(at, "\r\n") {
		return 0, "", fault.New(fault.Invalid, "nothing to add, or this desk takes no sources")
	}
	added, err := s.AddSources(c.r.Context(), Adding{Given: at, Reader: c.reader()})
	if err != nil {
		return 0, "", err
	}
	if len(added) == 0 || added[0].Source == 0 {
		return 0, "", fault.New(fault.Invalid, "%q cannot be added", at)
	}
	return added[0].Source, added[0].Name, nil
}
