package story

import (
	"errors"
	"slices"

	"marsad/news"
)

// CorrectionKind is what a person says about stories.
type CorrectionKind string

// The kinds of correction.
const (
	MergeStories  CorrectionKind = "merge" // these stories are one
	SplitStory    CorrectionKind = "split" // these articles, all of one story, are a story of their own
	DistinctStory CorrectionKind = "apart" // these two stories are not one, whatever comes
)

// Correction is a person's word against the window's. It holds until it is undone.
type Correction struct {
	Kind     CorrectionKind
	Stories  []int64       // of a merge two or more, of apart two
	Articles []int64       // of a split
	Why      []news.Reason // what speaks for it; none where a person just says so
}

// Move is an article that a correction took from one story to another.
type Move struct{ Article, From, To int64 }

// Corrected is what a correction did: to be stored, shown, remembered after a restart, and undone by.
type Corrected struct {
	Correction Correction
	Moves      []Move
	Apart      [][2]int64 // stories that are never merged, the lesser id first
	Broke      []Broke    `json:",omitempty"` // stories that a merge ended and that had broken
}

// Broke is when a story broke, and why: it breaks once, also where it is another's part for a while.
type Broke struct {
	Story int64
	At    int64 // unix seconds
	Why   []news.Reason
}

// What can be wrong with a correction.
var (
	ErrNotHeld = errors.New("story: the window no longer holds that story or article")
	ErrMeant   = errors.New("story: a correction needs two stories, or some but not all articles of one story")
)

// Correct does what a person says. Placements tell where the moved articles now are, stories all that changed.
func (w *Window) Correct(c Correction) (done Corrected, ps []news.Placement, ss []news.Story, err error) {
	done.Correction = c
	switch c.Kind {
	case MergeStories:
		done.Moves, err = w.mergeMoves(c.Stories)
	case SplitStory:
		done.Moves, err = w.splitMoves(c.Articles)
		if err == nil {
			done.Apart = [][2]int64{pairOf(done.Moves[0].From, done.Moves[0].To)}
		}
	case DistinctStory:
		if len(c.Stories) != 2 || c.Stories[0] == c.Stories[1] {
			return done, nil, nil, ErrMeant
		}
		done.Apart = [][2]int64{pairOf(c.Stories[0], c.Stories[1])}
	default:
		err = ErrMeant
	}
	if err != nil {
		return done, nil, nil, err
	}
	w.Remember(done)
	done.Broke = w.broke(c)
	ps, ss = w.move(done.Moves, c.Why)
	return done, ps, ss, nil
}

// broke gives those stories of a merge that had broken, and lets the first have broken with the earliest of them.
func (w *Window) broke(c Correction) (out []Broke) {
	if c.Kind != MergeStories {
		return nil
	}
	to := w.stories[c.Stories[0]]
	for _, id := range c.Stories {
		from := w.stories[id]
		if from.broke != 0 {
			out = append(out, Broke{id, from.broke, from.why})
		}
		to.inherit(from)
	}
	return out
}

// Undo takes a correction back: what it moved and is still where it was moved to returns, and its word no longer binds.
func (w *Window) Undo(done Corrected) ([]news.Placement, []news.Story) {
	for _, p := range done.Apart {
		delete(w.apart, p)
	}
	if done.Correction.Kind == MergeStories && len(done.Correction.Stories) > 0 {
		delete(w.whole, done.Correction.Stories[0])
	}
	var back []Move
	for _, m := range done.Moves {
		if a := w.find(m.Article); a != nil && a.story.id == m.To {
			back = append(back, Move{m.Article, m.To, m.From})
		}
	}
	ps, ss := w.move(back, nil)
	for _, b := range done.Broke {
		c := w.stories[b.Story]
		if c == nil || b.Story == done.Correction.Stories[0] {
			continue
		}
		c.broke, c.why = b.At, b.Why
		for i := range ss {
			if ss[i].ID == b.Story {
				ss[i] = w.storyOf(c)
			}
		}
	}
	return ps, ss
}

// Remember makes a stored correction bind again, after a window was rebuilt from placements that it has changed already.
func (w *Window) Remember(done Corrected) {
	for _, p := range done.Apart {
		w.apart[p] = true
	}
	if done.Correction.Kind == MergeStories && len(done.Correction.Stories) > 0 {
		w.whole[done.Correction.Stories[0]] = true
	}
}

func pairOf(a, b int64) [2]int64 { return [2]int64{min(a, b), max(a, b)} }

// mergeMoves takes all articles of the stories into the first.
func (w *Window) mergeMoves(stories []int64) (out []Move, err error) {
	if len(stories) < 2 {
		return nil, ErrMeant
	}
	for i, id := range stories {
		c := w.stories[id]
		switch {
		case c == nil:
			return nil, ErrNotHeld
		case slices.Contains(stories[:i], id):
			return nil, ErrMeant
		case i == 0:
			continue
		}
		for _, n := range c.members {
			out = append(out, Move{w.art(n).id, id, stories[0]})
		}
	}
	return out, nil
}

// splitMoves takes articles out of their story into a new one.
func (w *Window) splitMoves(articles []int64) (out []Move, err error) {
	var from *cluster
	for i, id := range articles {
		a := w.find(id)
		if a == nil {
			return nil, ErrNotHeld
		}
		if i == 0 {
			from = a.story
		}
		if a.story != from || slices.Contains(articles[:i], id) {
			return nil, ErrMeant
		}
		out = append(out, Move{id, from.id, w.next})
	}
	if len(out) == 0 || len(out) == len(from.members) {
		return nil, ErrMeant
	}
	w.next++
	return out, nil
}

// move carries out moves and tells what they changed.
func (w *Window) move(moves []Move, why []news.Reason) (ps []news.Placement, ss []news.Story) {
	if len(why) == 0 {
		why = []news.Reason{{Kind: "person"}}
	}
	var touched []*cluster
	touch := func(c *cluster) {
		if !slices.Contains(touched, c) {
			touched = append(touched, c)
		}
	}
	for _, m := range moves {
		a := w.find(m.Article)
		from, to := a.story, w.stories[m.To]
		opens := to == nil
		if opens {
			to = &cluster{id: m.To, opened: a.arrived}
			w.stories[m.To] = to
		}
		from.lose(a.number)
		to.members = append(to.members, a.number)
		slices.Sort(to.members)
		to.opened = min(to.opened, a.arrived)
		a.story = to
		touch(from)
		touch(to)
		ps = append(ps, news.Placement{Article: a.id, Story: to.id, New: opens, Because: why})
	}
	for _, c := range touched {
		if len(c.members) > 0 {
			ss = append(ss, w.storyOf(c))
			continue
		}
		delete(w.stories, c.id)
		ss = append(ss, news.Story{ID: c.id, Merged: moves[len(moves)-1].To, Opened: moment(c.opened), Changed: moment(w.now)})
	}
	return ps, ss
}
