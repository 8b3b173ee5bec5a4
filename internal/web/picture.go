package web

import (
	"net/http"
	"strconv"

	"marsad/internal/fault"
)

// maxPicture is what a picture may weigh.
const maxPicture = 6 << 20

// pictureTypes are the kinds that browsers draw without running anything.
var pictureTypes = map[string]bool{"image/jpeg": true, "image/png": true, "image/gif": true, "image/webp": true}

// picture fetches one picture of an article, because its reader asked for it, and passes it on as what it is and nothing else. What the
// publisher calls it is not believed.
func (s *site) picture(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if site := v.r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return fault.New(fault.Denied, "pictures are for the desk's own pages")
	}
	n, err := strconv.Atoi(v.r.PathValue("n"))
	if err != nil || s.Desk.Picture == nil {
		return fault.New(fault.NotFound, "no such picture")
	}
	e, err := s.Store.Entry(v.r.Context(), id)
	if err != nil {
		return err
	}
	if n < 0 || n >= len(e.Article.Media) || !webLink(e.Article.Media[n].URL) {
		return fault.New(fault.NotFound, "no such picture")
	}
	select { // a few at a time: publishers are asked politely
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-v.r.Context().Done():
		return nil
	}
	body, err := s.Desk.Picture(v.r.Context(), e.Article.Media[n].URL)
	if err != nil {
		return err
	}
	kind := http.DetectContentType(body)
	switch {
	case len(body) > maxPicture:
		return fault.New(fault.TooLarge, "the picture is too large")
	case !pictureTypes[kind]:
		return fault.New(fault.Invalid, "what the publisher sent is no picture")
	}
	h := v.w.Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", "inline")
	h.Set("Cache-Control", "private, max-age=86400")
	_, _ = v.w.Write(body) // the reader may have gone
	return nil
}

// shownPicture gives which picture of an article the reader asked to see, -1 for none.
func (v *visit) shownPicture() int {
	n, err := strconv.Atoi(v.query("picture"))
	if err != nil || v.s.Desk.Picture == nil {
		return -1
	}
	return n
}
