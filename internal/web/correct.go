package web

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

// correcting is what an editor can say of a story against the desk's own judgement, and what was said already.
type correcting struct {
	Can  bool
	Near []news.Story // that name the same
	Said []said
}

// said is a correction in words.
type said struct {
	store.Correction
	Words template.HTML
	Back  string // the page that taking it back leads to
}

const (
	saidFor  = 60 * 24 * time.Hour // how far back corrections are shown
	nearMost = 6
)

func (v *visit) correcting(st news.Story, es []*entry) (c correcting, err error) {
	c.Can = v.s.Desk.Correct != nil && v.who.Role >= auth.Editor && v.who.CSRF != ""
	list, err := v.s.Store.Corrections(v.r.Context(), v.s.Now().Add(-saidFor))
	if err != nil {
		return c, err
	}
	for _, x := range list {
		if touches(x.Done, st.ID) {
			key := map[story.CorrectionKind]string{story.SplitStory: "split", story.MergeStories: "merge", story.DistinctStory: "apart"}[x.Done.Correction.Kind]
			by := x.By
			if by == "" { // the desk itself
				by = v.words.Text("brand")
			}
			c.Said = append(c.Said, said{x, v.words.T("correct.did-"+key, "name", by), "/stories/" + i18n.ID(st.ID)})
		}
	}
	if c.Can {
		c.Near, err = v.near(st, es)
	}
	return c, err
}

// touches tells whether a correction was about a story, or moved an article from it or to it.
func touches(d story.Corrected, id int64) bool {
	return slices.Contains(d.Correction.Stories, id) || slices.ContainsFunc(d.Moves, func(m story.Move) bool { return m.From == id || m.To == id })
}

// near gives the latest other stories that name what most of this story's articles name.
func (v *visit) near(st news.Story, es []*entry) ([]news.Story, error) {
	counts := map[string]int{}
	for _, e := range es {
		seen := map[string]bool{}
		for _, m := range e.Analysis.Mentions {
			if m.Entity != "" && m.Known && !seen[m.Entity] {
				seen[m.Entity] = true
				counts[m.Entity]++
			}
		}
	}
	names := sortedKeys(counts)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	var out []news.Story
	for _, n := range names[:min(len(names), 2)] {
		cards, err := v.s.Store.Stories(v.r.Context(), store.StoryFilter{Entity: n, N: nearMost})
		if err != nil {
			return nil, err
		}
		for _, c := range cards {
			known := slices.ContainsFunc(out, func(o news.Story) bool { return o.ID == c.Story.ID })
			if c.Story.ID != st.ID && !known && len(out) < nearMost {
				out = append(out, c.Story)
			}
		}
	}
	return out, nil
}

func (s *site) correctStory(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if s.Desk.Correct == nil {
		return fault.New(fault.Invalid, "this desk takes no corrections")
	}
	c := story.Correction{}
	switch v.form("do") {
	case "split":
		c.Kind = story.SplitStory
		for _, a := range v.r.PostForm["article"] {
			n, err := strconv.ParseInt(a, 10, 64)
			if err != nil {
				return fault.New(fault.Invalid, "%q is no article", a)
			}
			c.Articles = append(c.Articles, n)
		}
	case "merge", "apart":
		other, ok := storyNumber(v.form("other"))
		if !ok || other == id {
			return fault.New(fault.Invalid, "%s", v.words.Text("correct.choose"))
		}
		c.Kind, c.Stories = story.MergeStories, []int64{id, other}
		if v.form("do") == "apart" {
			c.Kind = story.DistinctStory
		}
	default:
		return fault.New(fault.Invalid, "a story cannot be corrected by %q", v.form("do"))
	}
	if _, err := s.Desk.Correct(v.r.Context(), v.by(), c); err != nil {
		return err
	}
	return v.done("/stories/"+i18n.ID(id), "corrected")
}

// storyNumber reads a story's number, alone or at the end of its address.
func storyNumber(s string) (int64, bool) {
	if u, err := url.Parse(s); err == nil && strings.Contains(u.Path, "/stories/") {
		s = strings.TrimRight(u.Path[strings.LastIndex(u.Path, "/stories/")+len("/stories/"):], "/")
	}
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	return n, err == nil && n > 0
}

func (s *site) undoCorrection(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if s.Desk.Uncorrect == nil {
		return fault.New(fault.Invalid, "this desk takes no corrections")
	}
	if err := s.Desk.Uncorrect(v.r.Context(), v.by(), id); err != nil {
		return err
	}
	return v.done(local(v.form("next")), "uncorrected")
}
