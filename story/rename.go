package story

import "marsad/news"

// rewritten is how much of both texts an update under another address shares with the older one where the two are one article under a new
// headline, and not a second article.
const rewritten = .6

// Rewrites gives the article of the same outlet that a placed one is by its links a newer text of, though it stands at another address;
// 0 for none.
func Rewrites(article int64, links []news.Link) int64 {
	for _, l := range links {
		if l.Article != article || l.Kind != news.Update || l.Direction == news.ToOther {
			continue
		}
		ours, _ := sharedText(l, true)
		theirs, _ := sharedText(l, false)
		if min(ours, theirs) >= rewritten {
			return l.Other
		}
	}
	return 0
}

// Reworded tells whether two headlines differ in more than marks, spaces and case.
func Reworded(a, b string) bool {
	x, y := plainName(a), plainName(b)
	return x != "" && y != "" && x != y
}

// Follower gives that one of a link's two articles that has its text or its facts from the other, 0 where neither has enough of them to
// count as following. Where nothing says who has it from whom, the one that was placed later counts as following, as it does in a window.
func Follower(l news.Link) int64 {
	if l.Direction == news.Unknown {
		l.Direction = news.FromOther
	}
	id := l.Article
	if l.Direction == news.ToOther {
		id = l.Other
	}
	if Follows(id, []news.Link{l}) {
		return id
	}
	return 0
}
