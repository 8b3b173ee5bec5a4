package web

import (
	"cmp"
	"slices"

	syndication "marsad/feed"
	"marsad/internal/i18n"
)

// opml lists the feeds for other programs to read, and to be read here again: each in all of the reader's folders that its source is in.
func (s *site) opml(v *visit) error {
	list, err := s.Store.Sources(v.r.Context())
	if err != nil {
		return err
	}
	folders := map[int64][]string{}
	if who := v.reader(); who != 0 {
		if folders, err = s.Store.Folders(v.r.Context(), who); err != nil {
			return err
		}
	}
	var out []syndication.Outline
	for _, h := range list {
		o := syndication.Outline{Title: h.Source.Name, Home: h.Source.Home, Lang: h.Source.Lang, Country: h.Source.Country, Licence: h.Source.Licence,
			Every: h.Source.Every, Paused: h.Source.Muted}
		if len(h.Feeds) > 1 {
			o.Outlet = i18n.ID(h.Source.ID)
		}
		if in := folders[h.Source.ID]; len(in) > 0 {
			o.Folder, o.Also = in[0], in[1:]
		}
		for _, f := range h.Feeds {
			o.Feed = f.URL
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b syndication.Outline) int { return cmp.Compare(a.Folder, b.Folder) })
	v.w.Header().Set("Content-Disposition", `attachment; filename="marsad-`+v.words.Now().Format("2006-01-02")+`.opml"`)
	v.send("text/x-opml; charset=utf-8", syndication.WriteOPML(cmp.Or(v.desk().Name, "Marsad"), out))
	return nil
}
