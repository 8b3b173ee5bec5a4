package web

import (
	"strconv"

	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// besides is an article and another outlet's version of it in another language, paragraph beside paragraph.
type besides struct {
	relation
	Rows []besideRow
}

type besideRow struct{ Left, Right []string }

// beside lays the version that the reader asked for beside an article: one that a link calls its translation or its original. Another is
// not shown: two texts side by side say that they are one.
func (p *articlePage) beside(v *visit) {
	id, err := strconv.ParseInt(v.query("beside"), 10, 64)
	if err != nil {
		return
	}
	for _, r := range p.Same {
		if r.Entry.Article.ID == id && r.Link.Kind == news.Translation {
			p.Beside = &besides{relation: r, Rows: besideRows(p.Entry, r.Entry)}
		}
	}
}

func besideRows(a, b store.Entry) (rows []besideRow) {
	entry := func(e store.Entry) story.Entry {
		return story.Entry{Article: e.Article, Analysis: e.Analysis, Doc: text.Analyze(e.Article.Text, pack.For(e.Article.Lang)), Arrived: e.Arrived}
	}
	words := func(t string, spans []news.Span) (out []string) {
		for _, s := range spans {
			out = append(out, cut(t, s))
		}
		return out
	}
	for _, p := range story.Beside(entry(a), entry(b)) {
		rows = append(rows, besideRow{words(a.Article.Text, p.Left), words(b.Article.Text, p.Right)})
	}
	return rows
}
