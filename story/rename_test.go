package story_test

import (
	"testing"

	"marsad/news"
	"marsad/story"
)

func TestRewrites(t *testing.T) {
	link := func(kind news.LinkKind, ours, theirs float64) []news.Link {
		return []news.Link{{Article: 2, Other: 1, Kind: kind, Direction: news.FromOther, Evidence: []news.Reason{
			{Kind: "shared-text", Value: ours}, {Kind: "shared-text-other", Value: theirs}}}}
	}
	if story.Rewrites(2, link(news.Update, .8, .7)) != 1 {
		t.Error("what keeps most of a text is that text anew")
	}
	if story.Rewrites(2, link(news.Update, .9, .3)) != 0 || story.Rewrites(2, link(news.Copy, 1, 1)) != 0 || story.Rewrites(1, link(news.Update, 1, 1)) != 0 {
		t.Error("a third of a text, another outlet's and the older side are no rewriting")
	}
}

func TestReworded(t *testing.T) {
	for _, same := range [][2]string{{"Ten hurt", "TEN hurt!"}, {"«Десять» ранены", "Десять ранены"}, {"", "x"}, {"x", ""}} {
		if story.Reworded(same[0], same[1]) {
			t.Errorf("%q", same)
		}
	}
	if !story.Reworded("Ten hurt", "Twelve hurt") || !story.Reworded("عشرة جرحى", "12 جريحا") {
		t.Error("other words are other words")
	}
}

func TestFollower(t *testing.T) {
	for _, c := range []struct {
		kind  news.LinkKind
		d     news.Direction
		share float64
		want  int64
	}{
		{news.Duplicate, news.FromOther, 1, 2}, {news.Duplicate, news.ToOther, 1, 1}, {news.Duplicate, news.Unknown, 1, 2},
		{news.Copy, news.FromOther, .9, 2}, {news.Copy, news.FromOther, .2, 0}, {news.Copy, news.ToOther, .9, 1}, {news.Update, news.FromOther, 1, 0}, {news.Citation, news.FromOther, 1, 0},
	} {
		l := news.Link{Article: 2, Other: 1, Kind: c.kind, Direction: c.d, Evidence: []news.Reason{{Kind: "shared-text", Value: c.share}, {Kind: "shared-text-other", Value: c.share}}}
		if got := story.Follower(l); got != c.want {
			t.Errorf("%s %s %g: %d follows, want %d", c.kind, c.d, c.share, got, c.want)
		}
	}
}
