package web

import (
	"cmp"
	"slices"

	syndication "marsad/feed"
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
		for _, f := range h.Feeds {
			o := syndication.Outline{Title: h.Source.Name, Feed: f.URL, Home: h.Source.Home, Lang: h.Source.Lang}
			in := folders[h.Source.ID]
			if len(in) == 0 {
				in = []string{""}
			}
			for _, o.Folder = range in {
				out = append(out, o)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b syndication.Outline) int { return cmp.Compare(a.Folder, b.Folder) })
	v.w.Header().Set("Content-Disposition", `attachment; filename="marsad-`+v.words.Now().Format("2006-01-02")+`.opml"`)
	v.send("text/x-opml; charset=utf-8", syndication.WriteOPML(cmp.Or(v.desk().Name, "Marsad"), out))
	return nil
}
