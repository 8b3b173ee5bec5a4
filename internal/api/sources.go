package api

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"marsad/feed"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/wire"
)

// Lists that are short by nature come whole unless somebody asks for less; the cap bounds an answer all the same.
const (
	usualList = 500
	mostList  = 1000
)

// listed gives the part of a list, in order of its ids, that a request asks for, and the cursor of the next: the last id of this one. What
// is added meanwhile comes at the end, so that no page repeats or skips anything.
func listed[T any](c *call, all []T, id func(T) int64) (part []T, next *string, err error) {
	n, err := c.number("n", usualList, mostList)
	if err != nil {
		return nil, nil, err
	}
	after := int64(0)
	if s := c.r.URL.Query().Get("after"); s != "" {
		if after, err = strconv.ParseInt(s, 10, 64); err != nil {
			return nil, nil, fault.New(fault.Invalid, "after is the next of an earlier answer")
		}
	}
	all = slices.DeleteFunc(slices.Clone(all), func(x T) bool { return id(x) <= after })
	slices.SortFunc(all, func(a, b T) int { return cmp.Compare(id(a), id(b)) })
	if len(all) > n {
		all = all[:n]
		last := strconv.FormatInt(id(all[n-1]), 10)
		next = &last
	}
	return all, next, nil
}

type sourcesAnswer struct {
	Version int           `json:"version"`
	Sources []wire.Source `json:"sources"`
	Next    *string       `json:"next"`
}

func sourceOf(h store.SourceHealth) wire.Source {
	return wire.SourceOf(h.Source, h.Feeds, h.Articles, h.LastArticle)
}

func (s *server) sources(c *call) error {
	all, err := s.Store.Sources(c.r.Context())
	if err != nil {
		return err
	}
	all, next, err := listed(c, all, func(h store.SourceHealth) int64 { return h.Source.ID })
	if err != nil {
		return err
	}
	a := sourcesAnswer{wire.Version, []wire.Source{}, next}
	for _, h := range all {
		a.Sources = append(a.Sources, sourceOf(h))
	}
	return c.json(a)
}

func (s *server) source(c *call) error {
	h, err := c.theSource()
	if err != nil {
		return err
	}
	return c.json(sourceOf(h))
}

// theSource gives the source that the path names.
func (c *call) theSource() (store.SourceHealth, error) {
	id, err := c.id()
	if err != nil {
		return store.SourceHealth{}, err
	}
	return c.Store.Source(c.r.Context(), id)
}

type sourcesRequest struct {
	Paste string `json:"paste"`
}

func (s *server) addSources(c *call) error {
	var in sourcesRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if s.AddSources == nil || strings.TrimSpace(in.Paste) == "" {
		return fault.New(fault.Invalid, "nothing to add, or this desk takes no sources")
	}
	added, err := s.AddSources(c.r.Context(), Adding{Given: in.Paste, Reader: c.shelf()})
	if err != nil {
		return err
	}
	out := []wire.Added{}
	for _, a := range added {
		out = append(out, wire.Added(a))
	}
	return c.json(out)
}

// sourceRequest is what a body may say of a source; what it does not name stays.
type sourceRequest struct {
	Name    *string `json:"name"`
	Country *string `json:"country"`
	Home    *string `json:"home"`
	Lang    *string `json:"lang"`
	Licence *string `json:"licence"`
	Every   *int    `json:"every"` // minutes
	Muted   *bool   `json:"muted"`
}

func (s *server) changeSource(c *call) error {
	var in sourceRequest
	if err := c.body(&in); err != nil {
		return err
	}
	h, err := c.theSource()
	if err != nil {
		return err
	}
	src := h.Source
	if err := in.change(&src); err != nil {
		return err
	}
	if err := s.Store.UpdateSource(c.r.Context(), src); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	h.Source = src
	return c.json(sourceOf(h))
}

// change makes of a source what the body says. The error is Invalid.
func (in sourceRequest) change(src *news.Source) (err error) {
	if in.Name != nil {
		if src.Name, err = title(*in.Name, "a source"); err != nil {
			return err
		}
	}
	if in.Country != nil {
		if src.Country = strings.ToUpper(*in.Country); src.Country != "" && !isCountry(src.Country) {
			return fault.New(fault.Invalid, "country is a code of two letters, such as LB, or empty")
		}
	}
	set(&src.Home, in.Home)
	set(&src.Lang, in.Lang)
	set(&src.Licence, in.Licence)
	if in.Every != nil {
		src.Every = time.Duration(*in.Every) * time.Minute
	}
	set(&src.Muted, in.Muted)
	switch {
	case in.Home != nil && *in.Home != "" && !isPage(*in.Home):
		return fault.New(fault.Invalid, "home is the address of a page, beginning with https:// or http://, or empty")
	case in.Lang != nil && *in.Lang != "" && !feed.IsLang(*in.Lang):
		return fault.New(fault.Invalid, "lang is the code of a language, such as ar or zh-Hant, or empty")
	case in.Licence != nil && *in.Licence != "" && *in.Licence != "full":
		return fault.New(fault.Invalid, "licence is full, where the text may be passed on, or empty")
	case in.Every != nil && *in.Every != 0 && (src.Every < feed.LeastEvery || src.Every > feed.MostEvery):
		return fault.New(fault.Invalid, "every is of minutes, from %d to %d, or 0 for about as often as it changes", feed.LeastEvery/time.Minute, feed.MostEvery/time.Minute)
	}
	return nil
}

// isPage tells whether an address is a page's on the web.
func isPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= 500
}

// title checks a name that a person gives to something.
func title(s, of string) (string, error) {
	if s = strings.Join(strings.Fields(s), " "); s == "" || len(s) > 400 || !utf8.ValidString(s) {
		return "", fault.New(fault.Invalid, "%s needs a name of at most 400 bytes", of)
	}
	return s, nil
}

func isCountry(s string) bool {
	return len(s) == 2 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// deleted names what is gone.
type deleted struct {
	Deleted int64 `json:"deleted"`
}

func (s *server) deleteSource(c *call) error {
	h, err := c.theSource()
	if err != nil {
		return err
	}
	if err := s.Store.RemoveSource(c.r.Context(), h.Source.ID); err != nil {
		return err
	}
	if err := c.reload(); err != nil {
		return err
	}
	return c.json(deleted{h.Source.ID})
}

type fetched struct {
	Due int64 `json:"due"` // the source whose feeds are asked next
}

func (s *server) fetchSource(c *call) error {
	h, err := c.theSource()
	if err != nil {
		return err
	}
	if s.FetchNow == nil {
		return fault.New(fault.Invalid, "this desk fetches nothing")
	}
	if err := s.FetchNow(c.r.Context(), h.Source.ID); err != nil {
		return err
	}
	return c.json(fetched{h.Source.ID})
}
