package main

import (
	"sort"
	"strings"
	"time"

	"marsad/corpus"
	"marsad/news"
)

// The corpus has few happenings that are easily confused, and a desk has many. So some are made: an item is rewritten with the
// people, firms and places of another happening, and must not be taken for that one (the same people, something else), nor, with
// other figures and some days later, for its own (the same kind of thing elsewhere).

// swap is what to write in place of what.
type swap struct{ from, to string }

// swaps pairs the names of two happenings in a language, kind by kind, full names before their last words.
func swaps(from, to *corpus.Happening, lang string, kinds string) (out []swap) {
	others := map[news.MentionKind][]string{}
	for _, a := range actors(to) {
		others[a.Kind] = append(others[a.Kind], a.Names[lang])
	}
	for _, a := range actors(from) {
		list := others[a.Kind]
		if !strings.Contains(kinds, string(a.Kind)) || len(list) == 0 || a.Names[lang] == "" || list[0] == "" {
			continue
		}
		out = append(out, swap{a.Names[lang], list[0]})
		if x, y := strings.Fields(a.Names[lang]), strings.Fields(list[0]); a.Kind == news.Person && len(x) > 1 && len(y) > 1 {
			out = append(out, swap{x[len(x)-1], y[len(y)-1]})
		}
		others[a.Kind] = append(list[1:], list[0])
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].from) > len(out[j].from) })
	return out
}

func actors(h *corpus.Happening) (out []*corpus.Actor) {
	for _, a := range h.Actors {
		out = append(out, a)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// graft rewrites a publication. Days are added to its publication, and with figures every number is another.
func graft(p corpus.Publication, to *corpus.Happening, kinds string, days int, figures bool) corpus.Publication {
	var pairs []string
	for _, s := range swaps(p.Item.Happening, to, p.Outlet.Lang, kinds) {
		pairs = append(pairs, s.from, s.to)
	}
	r := strings.NewReplacer(pairs...)
	a := &p.Truth.Article
	a.Text, a.Headline, a.Blocks = r.Replace(a.Text), r.Replace(a.Headline), nil
	if figures {
		a.Text, a.Headline = strings.Map(otherDigit, a.Text), strings.Map(otherDigit, a.Headline)
	}
	shift := time.Duration(days) * 24 * time.Hour
	a.Published.Time = a.Published.Time.Add(shift)
	p.Published = p.Published.Add(shift)
	return p
}

func otherDigit(r rune) rune {
	if r >= '1' && r <= '9' {
		return '1' + (r-'1'+4)%9
	}
	return r
}
