package page

import (
	"marsad/news"
)

// dates finds when the article was published and changed.
func dates(a *news.Article, p *news.Page, w *walk, h *head, ld linked, lex *lexicon) {
	d := &dateReader{lex: lex, monthDay: a.Lang == "en"}
	try := func(s string, from news.Evidence) {
		if a.Published.Known() || s == "" {
			return
		}
		if st, ok := d.stamp(s, from); ok {
			a.Published = st
		}
	}
	try(ld.published, news.FromJSONLD)
	try(h.get("article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "date", "dc.date.issued", "dc.date", "sailthru.date", "parsely-pub-date"), news.FromMeta)
	for _, at := range h.times {
		try(w.tree.attr(at, "datetime"), news.FromTime)
	}
	if st, ok := d.stamp(ld.modified, news.FromJSONLD); ok {
		a.Modified = st
	}
}
