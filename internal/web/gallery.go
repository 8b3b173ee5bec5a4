package web

import (
	"slices"
	"strings"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
	"marsad/timex"
)

// picture is a picture of one of a story's articles.
type picture struct {
	news.Media
	Lang  string
	From  *entry
	N     int      // its place in the article
	Days  []string // that its caption names, in order, YYYY-MM-DD
	Ready bool     // the desk can fetch it
	words map[string]bool
	names map[string]bool
}

// pair is two pictures of one place at two times, or one that is put together of two: then After is nil.
type pair struct {
	Before, After *picture
	Days          [2]string
}

// figure is a picture as one of a page's figures.
type figure struct {
	*picture
	Shown bool
	Label string
}

// Figure makes a figure of a picture.
func (p storyPage) Figure(k *picture, label string) figure { return figure{k, p.Shown, label} }

// Both makes a figure of a picture whose label names its days.
func (p storyPage) Both(k *picture, label string) figure {
	bare := *k
	bare.Days = nil
	return p.Figure(&bare, label)
}

// Single gives the pictures that stand in no pair.
func (p storyPage) Single() (out []*picture) {
	for i := range p.Pictures {
		k := &p.Pictures[i]
		if !slices.ContainsFunc(p.Pairs, func(o pair) bool { return o.Before == k || o.After == k }) {
			out = append(out, k)
		}
	}
	return out
}

const (
	galleryMost = 24
	sameView    = .34 // of the telling words of two captions
)

// gallery gathers the pictures, and finds those that show a place before and after. They are fetched when the reader asks, not before.
func (p *storyPage) gallery(v *visit, es []*entry) {
	p.CanShow, p.Shown = v.s.Desk.Picture != nil, v.s.Desk.Picture != nil && v.query("pictures") == "show"
	for _, e := range es {
		for n, m := range e.Article.Media {
			p.addPicture(m, e, n)
		}
	}
	p.Pairs = pairs(p.Pictures)
}

// addPicture keeps a picture that says what it shows, once: outlets share pictures with their captions.
func (p *storyPage) addPicture(m news.Media, e *entry, n int) {
	if len(p.Pictures) == galleryMost || m.Caption == "" && m.Credit == "" {
		return
	}
	if slices.ContainsFunc(p.Pictures, func(o picture) bool { return o.Caption == m.Caption && o.Credit == m.Credit }) {
		return
	}
	k := picture{Media: m, Lang: e.Article.Lang, From: e, N: n, Ready: webLink(m.URL)}
	doc := text.Analyze(m.Caption, pack.For(k.Lang))
	dates := timex.Find(doc, news.Stamp{Time: e.At, Zoned: true})
	k.Days = captionDays(dates, m.Date)
	k.words = content(m.Caption, k.Lang)
	for _, t := range dates { // the date is what two pictures of a pair do not share
		for w := range content(cut(m.Caption, t.Span), k.Lang) {
			delete(k.words, w)
		}
	}
	k.names = map[string]bool{}
	for _, x := range e.Analysis.Mentions {
		if words := cut(e.Article.Text, x.Span); x.Kind == news.Place && words != "" && strings.Contains(m.Caption, words) {
			k.names[x.Entity+x.Name] = true
		}
	}
	p.Pictures = append(p.Pictures, k)
}

// captionDays gives the days that a caption names.
func captionDays(dates []news.Timex, said string) (days []string) {
	for _, t := range dates {
		if t.Type == news.Date && t.Granularity == "day" && t.Certainty >= .6 && !t.From.IsZero() {
			if d := t.From.Format(time.DateOnly); !slices.Contains(days, d) {
				days = append(days, d)
			}
		}
	}
	if len(days) == 0 && said != "" {
		days = []string{said}
	}
	slices.Sort(days)
	return days
}

// pairs finds before and after: one picture whose caption names two days, or two with a day each that show one thing by their words, or
// one place. A picture stands in one pair at most.
func pairs(ps []picture) (out []pair) {
	used := map[int]bool{}
	for i := range ps {
		if a := &ps[i]; len(a.Days) == 2 {
			used[i] = true
			out = append(out, pair{Before: a, Days: [2]string(a.Days)})
		}
	}
	for i := range ps {
		for j := i + 1; j < len(ps) && !used[i]; j++ {
			a, b := &ps[i], &ps[j]
			if used[j] || len(a.Days) != 1 || len(b.Days) != 1 || a.Days[0] == b.Days[0] || !sameThing(a, b) {
				continue
			}
			if a.Days[0] > b.Days[0] {
				a, b = b, a
			}
			used[i], used[j] = true, true
			out = append(out, pair{a, b, [2]string{a.Days[0], b.Days[0]}})
		}
	}
	return out
}

// sameThing tells whether two captions describe one view: in one language by their words, and in any case with a place in common where both
// name one.
func sameThing(a, b *picture) bool {
	shared := false
	for n := range a.names {
		shared = shared || b.names[n]
	}
	if len(a.names) > 0 && len(b.names) > 0 && !shared {
		return false
	}
	return a.Lang == b.Lang && alike(a.words, b.words) >= sameView
}
