package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"marsad/analysis"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
	"marsad/wire"
)

const (
	lessonWeight = 8        // of all pairs of one lesson together: a person's word counts, however many articles it was about
	longestLine  = 64 << 20 // bytes of a lesson
)

// lessons adds what people said of stories: lines of `marsad export --lessons`, each of which says that every article of its left side
// and every one of its right tell one happening, or another. Articles are analysed anew. It gives the rows that it added.
func (r *rows) lessons(in io.Reader) (added rows, err error) {
	ls, err := readLessons(in)
	if err != nil {
		return rows{}, err
	}
	w := story.NewWindow(story.Options{})
	placed := map[int64]story.Input{}
	var all []story.Input
	for _, l := range ls {
		for _, e := range slices.Concat(l.Left, l.Right) {
			if _, ok := placed[e.ID]; !ok {
				placed[e.ID] = inputOf(e)
				all = append(all, placed[e.ID])
			}
		}
	}
	slices.SortStableFunc(all, func(a, b story.Input) int {
		return cmp.Or(a.Arrived.Compare(b.Arrived), cmp.Compare(a.Article.ID, b.Article.ID))
	})
	for _, in := range all {
		w.Place(in)
	}
	for _, l := range ls {
		added.lesson(w, l, placed)
	}
	r.within, r.across = append(r.within, added.within...), append(r.across, added.across...)
	return added, nil
}

// lesson adds the pairs of one lesson, which share its weight.
func (r *rows) lesson(w *story.Window, l wire.Lesson, of map[int64]story.Input) {
	each := lessonWeight / float64(len(l.Left)*len(l.Right))
	for _, a := range l.Right {
		for _, b := range l.Left {
			pair, _ := w.Pair(of[a.ID], b.ID)
			switch {
			case pair == nil || a.ID == b.ID: // too old to lie beside the others
			case of[a.ID].Article.Lang == of[b.ID].Article.Lang:
				r.within = append(r.within, row{pair, l.Same, each})
			default:
				r.across = append(r.across, row{pair, l.Same, each})
			}
		}
	}
}

// readLessons reads lessons, one a line. Lines without an article on either side teach nothing.
func readLessons(in io.Reader) (out []wire.Lesson, err error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		var l wire.Lesson
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("lesson in line %d: %w", n, err)
		}
		if l.Version != wire.Version {
			return nil, fmt.Errorf("lesson in line %d: version %d, not %d", n, l.Version, wire.Version)
		}
		if len(l.Left) > 0 && len(l.Right) > 0 {
			out = append(out, l)
		}
	}
	return out, lines.Err()
}

// inputOf makes an exported article one that a window takes. Times that cannot be read are unknown.
func inputOf(e wire.Entry) story.Input {
	str := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	r := e.Article
	a := news.Article{ID: e.ID, URL: str(r.URL), Canonical: str(r.CanonicalURL), Headline: str(r.Headline), Lang: str(r.Lang), Text: r.Text}
	if r.Source != nil {
		a.SourceID = *r.Source
	}
	if t, err := time.Parse(time.RFC3339, str(r.Published)); err == nil {
		a.Published = news.Stamp{Time: t, Zoned: true}
	} else if t, err := time.Parse(time.DateOnly, str(r.Published)); err == nil {
		a.Published = news.Stamp{Time: t, DayOnly: true}
	}
	arrived, err := time.Parse(time.RFC3339, e.Arrived)
	if err != nil {
		arrived = a.Published.Time
	}
	doc := text.Analyze(a.Text, pack.For(a.Lang))
	return story.Input{
		Article: a, Doc: doc, Analysis: analysis.Of(a, doc, entity.Default()), Arrived: arrived, Source: news.Source{ID: a.SourceID, Name: e.Outlet},
	}
}

// belief is what a model makes of a pair.
func (f fitted) belief(x []float64) float64 {
	z := f.bias
	for i, w := range f.weights {
		z += w * x[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// right counts of how many pairs a model says what a person said.
func (f fitted) right(rs []row) (n int) {
	for _, r := range rs {
		if (f.belief(r.x) >= story.Joins) == r.yes {
			n++
		}
	}
	return n
}
