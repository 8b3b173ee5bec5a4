package web

import (
	"crypto/rand"
	"crypto/subtle"
	"strings"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/news"
)

// openFeedRoutes are the addresses at which a watch's feed is read without signing in, by hubs and by those whom hubs tell. The key in
// them opens this one feed and nothing else, until somebody changes or closes it.
func (s *site) openFeedRoutes() []route {
	return []route{
		{"GET /f/{id}/{token}/feed.atom", auth.Nobody, false, s.feed(s.openFeed)},
		{"GET /f/{id}/{token}/feed.json", auth.Nobody, false, s.feed(s.openFeed)},
		{"POST /watches/{id}/feed", auth.Editor, false, s.saveOpenFeed},
	}
}

// OpenFeed gives the path of a watch's open feed, "" where it has none. It begins the address that hubs are told of.
func OpenFeed(w news.Watch) string {
	if w.FeedKey == "" {
		return ""
	}
	return "/f/" + i18n.ID(w.ID) + "/" + w.FeedKey + "/feed.atom"
}

// openFeed gathers the feed of a watch for whoever holds its key. A wrong key, a closed feed and a watch that never was answer alike.
func (s *site) openFeed(v *visit) (feed, error) {
	closed := fault.New(fault.NotFound, "no such feed")
	id, err := v.id()
	if err != nil {
		return feed{}, closed
	}
	w, err := s.Store.Watch(v.r.Context(), id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return feed{}, err
	}
	if err != nil || w.FeedKey == "" || subtle.ConstantTimeCompare([]byte(w.FeedKey), []byte(v.r.PathValue("token"))) != 1 {
		return feed{}, closed
	}
	v.w.Header().Set("X-Robots-Tag", "noindex")
	f, err := s.watchFeed(v)
	f.Public = true
	return f, err
}

// saveOpenFeed opens a watch's feed under a new key, which ends the one before, or closes it.
func (s *site) saveOpenFeed(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	w, err := s.Store.Watch(v.r.Context(), id)
	if err != nil {
		return err
	}
	switch v.form("do") {
	case "open":
		w.FeedKey = strings.ToLower(rand.Text()) // 130 bits
	case "close":
		w.FeedKey = ""
	default:
		return fault.New(fault.Invalid, "say open or close")
	}
	if _, err := s.Store.SaveWatch(v.r.Context(), w); err != nil {
		return err
	}
	if err := v.reload(); err != nil {
		return err
	}
	return v.done("/watches/"+i18n.ID(id), "watch-saved")
}

// OpenFeed gives the whole address at which anybody may read the watch's feed, for the page to show.
func (p watchPage) OpenFeed() string {
	if path := OpenFeed(p.Watch); path != "" {
		return p.Home + path
	}
	return ""
}
