package web

import (
	"encoding/xml"
	"time"

	"marsad/internal/i18n"
	"marsad/internal/store"
)

// The parts of an Atom feed (RFC 4287).
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

func (s *site) storyFeed(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	st, err := s.Store.Story(v.r.Context(), id)
	if err != nil {
		return err
	}
	es, err := s.Store.StoryEntries(v.r.Context(), st.ID)
	if err != nil {
		return err
	}
	return v.atom(st.Headline, st.Lang, "/stories/"+i18n.ID(st.ID), es)
}

func (s *site) watchFeed(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	w, err := s.Store.Watch(v.r.Context(), id)
	if err != nil {
		return err
	}
	ms, err := s.Store.MatchesOf(v.r.Context(), id, 50)
	if err != nil {
		return err
	}
	var es []store.Entry
	for _, m := range ms {
		e, err := s.Store.Entry(v.r.Context(), m.Article)
		if err != nil {
			return err
		}
		es = append(es, e)
	}
	return v.atom(w.Name, "", "/watches/"+i18n.ID(w.ID), es)
}

// atom writes entries as a feed: the headline and at most two sentences of each, which is what may leave the desk.
func (v *visit) atom(title, lang, path string, es []store.Entry) error {
	base := "http://" + v.r.Host
	if v.r.TLS != nil {
		base = "https://" + v.r.Host
	}
	f := atomFeed{Lang: lang, Title: title, ID: base + path, Updated: feedTime(time.Unix(0, 0)),
		Links: []atomLink{{"alternate", base + path}, {"self", base + path + "/feed.atom"}}}
	for i := len(es) - 1; i >= 0 && len(f.Entries) < 50; i-- {
		e := es[i]
		if t := feedTime(e.Arrived); t > f.Updated {
			f.Updated = t
		}
		f.Entries = append(f.Entries, atomEntry{Lang: e.Article.Lang, Title: e.Article.Headline, ID: base + "/articles/" + i18n.ID(e.Article.ID),
			Updated: feedTime(e.Arrived), Author: e.Source.Name, Summary: opening(e.Article.Text, e.Article.Lang),
			Links: []atomLink{{"alternate", base + "/articles/" + i18n.ID(e.Article.ID)}, {"via", e.Article.URL}}})
	}
	body, err := xml.Marshal(f)
	if err != nil {
		return err
	}
	v.send("application/atom+xml; charset=utf-8", append([]byte(xml.Header), body...))
	return nil
}
