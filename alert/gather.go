package alert

import (
	"slices"

	"marsad/news"
)

// strength orders what a letter can tell besides other things, the strongest first: its first is what the letter is called by.
// What is not in it is told alone: a correction must not be missed among other news, a digest has its own stories, and a question is none.
var strength = []news.ReasonKind{news.Breaking, news.Denial, news.NewNumber, news.NewQuote, news.NewSources, news.NewHeadline, news.FirstMatch}

// Gather gives those of the notices that wait which the letter of n tells as well when it is composed: everything else of its story to
// its recipient, by whichever watch and however late it is due, so that nobody gets two letters on one story where one would do. They
// come in the order in which they were planned. What is Told so has the fate of n.
func Gather(n news.Notice, waiting []news.Notice) (with []news.Notice) {
	if !gathers(n) {
		return nil
	}
	for _, w := range waiting {
		if w.ID != n.ID && w.Recipient == n.Recipient && w.Story == n.Story && gathers(w) {
			with = append(with, w)
		}
	}
	slices.SortStableFunc(with, planned)
	return with
}

func gathers(n news.Notice) bool {
	return n.Story != 0 && n.Cause == "" && n.List == 0 && slices.Contains(strength, n.Kind)
}

func planned(a, b news.Notice) int {
	if c := a.Planned.Compare(b.Planned); c != 0 {
		return c
	}
	if a.ID < b.ID {
		return -1
	}
	return 1
}

// Kinds gives what a notice's letter tells, the strongest kind first, each once.
func Kinds(n news.Notice) (kinds []news.ReasonKind) {
	for _, k := range strength {
		if n.Kind == k || slices.ContainsFunc(n.Also, func(a news.Notice) bool { return a.Kind == k }) {
			kinds = append(kinds, k)
		}
	}
	if len(kinds) == 0 {
		return []news.ReasonKind{n.Kind}
	}
	return kinds
}

// storyMark is the kind of a reason that names a story which a digest tells.
const storyMark = "story"

// Tells gives the reason that makes it known that a digest tells a story.
func Tells(story int64, headline string) news.Reason {
	return news.Reason{Kind: storyMark, Words: []string{headline}, Value: float64(story)}
}

// Stories gives the stories that a notice tells: its own, or those of a digest that was composed.
func Stories(n news.Notice) (stories []int64) {
	if n.Story != 0 {
		return []int64{n.Story}
	}
	for _, r := range n.Because {
		if r.Kind == storyMark {
			stories = append(stories, int64(r.Value))
		}
	}
	return stories
}
