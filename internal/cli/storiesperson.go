package cli

import (
	"fmt"
	"slices"
	"strings"

	"marsad/news"
)

// stories prints the stories of a list for reading in a terminal, those that began first first.
func (s *style) stories(all []*toldArticle, stories map[int64]news.Story) {
	members := map[int64][]*toldArticle{}
	var order []int64
	for _, t := range all {
		if t.err != nil {
			s.say("%s %d: %s (%s)\n", s.bold("no article:"), t.article.ID, isolate(safe(t.err.Error())), t.kind)
			continue
		}
		id := t.home(stories).ID
		if members[id] == nil {
			order = append(order, id)
		}
		members[id] = append(members[id], t)
	}
	slices.SortStableFunc(order, func(a, b int64) int { return stories[a].FirstAt.Compare(stories[b].FirstAt) })
	for _, id := range order {
		s.story(stories[id], members[id])
	}
}

func (s *style) story(st news.Story, members []*toldArticle) {
	s.say("\n%s\n", s.bold(isolate(safe(st.Headline))))
	note := strings.Join(st.Langs, " ")
	if st.Articles > 1 {
		note = fmt.Sprintf("%d articles, %d independent · %s", st.Articles, st.Independent, note)
	}
	if st.Disputed {
		note += " · disputed"
	}
	s.say("%s\n", s.faint(note))
	slices.SortStableFunc(members, func(a, b *toldArticle) int { return a.seen.Compare(b.seen) })
	for _, t := range members {
		s.member(t, st)
	}
}

func (s *style) member(t *toldArticle, st news.Story) {
	var notes []string
	if st.First == t.article.ID && st.Articles > 1 {
		notes = append(notes, "earliest in this list")
	}
	for _, l := range t.placed.Links {
		notes = append(notes, linkNote(l))
	}
	s.say("  %4d  %s  %s", t.article.ID, isolate(safe(t.outlet)), isolate(short(t.article.Headline)))
	if len(notes) > 0 {
		s.say("  %s", s.faint(strings.Join(notes, "; ")))
	}
	s.say("\n")
	if words := together(t.placed.Because); words != "" {
		s.say("        %s\n", s.faint("together because: "+words))
	}
}

// linkNote says how an article stands to another of the list, no surer than the window was.
func linkNote(l news.Link) string {
	what := map[news.LinkKind]string{
		news.Duplicate: "same text as", news.Copy: "copy of", news.Translation: "translation of", news.Update: "newer version of", news.Citation: "names as source",
	}[l.Kind]
	switch {
	case l.Direction == news.ToOther && l.Kind != news.Citation:
		what = map[news.LinkKind]string{news.Duplicate: "same text as", news.Copy: "copied by", news.Translation: "translated by", news.Update: "older version of"}[l.Kind]
	case l.Direction == news.Unknown && l.Kind == news.Copy:
		what = "shares text with"
	case l.Direction == news.Unknown && l.Kind == news.Translation:
		what = "translation of or by"
	}
	return fmt.Sprintf("%s %d", what, l.Other)
}

// together gives the words that an article and its story have in common.
func together(because []news.Reason) string {
	var words []string
	for _, r := range because {
		for _, w := range r.Words {
			if w = isolate(safe(w)); len(words) < 8 && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	return strings.Join(words, ", ")
}
