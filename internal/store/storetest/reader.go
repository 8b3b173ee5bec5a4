package storetest

import (
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// shelf is a desk with four articles, an hour apart: two of source a in story 1, one each of b and c in stories 3 and 4.
func (d *desk) shelf() (a, b, c int64) {
	d.Helper()
	a, b, c = d.source("a"), d.source("b"), d.source("c")
	d.article(a, 1, 0, "one")
	d.now = d.now.Add(time.Hour)
	d.article(a, 2, 1, "two")
	d.now = d.now.Add(time.Hour)
	d.article(b, 3, 0, "three")
	d.now = d.now.Add(time.Hour)
	d.article(c, 4, 0, "four")
	return a, b, c
}

// stream gives the articles of a stream.
func (d *desk) stream(reader int64, s store.Stream) []int64 {
	d.Helper()
	items, err := d.Stream(d.ctx, reader, s)
	d.must(err)
	var ids []int64
	for _, it := range items {
		ids = append(ids, it.Article)
	}
	return ids
}

func readersRead(t *testing.T, d *desk) {
	a, _, _ := d.shelf()
	const me, other = 7, 8
	unread := store.Stream{Unread: true, Oldest: true}
	d.same("all unread at first", d.stream(me, unread), []int64{1, 2, 3, 4})
	d.must(d.SetRead(d.ctx, me, []int64{2, 99}, true))
	d.same("one read", d.stream(me, unread), []int64{1, 3, 4})
	d.same("the read one", d.stream(me, store.Stream{Read: true}), []int64{2})
	d.same("another's", d.stream(other, unread), []int64{1, 2, 3, 4})

	d.must(d.CatchUp(d.ctx, me, store.Stream{Source: a}, d.now))
	d.same("source caught up", d.stream(me, unread), []int64{3, 4})
	d.must(d.SetRead(d.ctx, me, []int64{1}, false))
	d.same("kept unread", d.stream(me, unread), []int64{1, 3, 4})
	sources, _, err := d.Unread(d.ctx, me)
	d.must(err)
	d.same("unread of a", sources[a], store.Unread{N: 1, Newest: Noon})
	d.must(d.Look(d.ctx, me, 1, d.now))
	d.must(d.Look(d.ctx, me, 3, d.now.Add(-2*time.Hour))) // before its article came
	d.same("looked", d.stream(me, unread), []int64{3, 4})
	st, err := d.OfStories(d.ctx, me, []int64{1, 3, 4})
	d.must(err)
	d.same("of stories", st, map[int64]store.StoryState{1: {Looked: d.now}, 3: {Looked: d.now.Add(-2 * time.Hour), Unread: 1}, 4: {Unread: 1}})
	d.must(d.CatchUp(d.ctx, me, store.Stream{}, Noon.Add(2*time.Hour)))
	d.same("all until three", d.stream(me, unread), []int64{4})
	d.must(d.CatchUp(d.ctx, me, store.Stream{}, Noon))
	d.same("catching up never goes back", d.stream(me, unread), []int64{4})

	id, err := d.SaveAccount(d.ctx, store.Account{Name: "late", Created: Noon.Add(26*time.Hour + time.Minute)})
	d.must(err)
	d.same("a new account owes a day", d.stream(id, unread), []int64{4})
}

func readersStreams(t *testing.T, d *desk) {
	a, b, c := d.shelf()
	const me = 7
	d.same("newest first", d.stream(me, store.Stream{N: 3}), []int64{4, 3, 2})
	page := store.StreamItem{Article: 2, Arrived: Noon.Add(time.Hour)}
	d.same("next page", d.stream(me, store.Stream{After: page}), []int64{1})
	d.same("next page, oldest first", d.stream(me, store.Stream{After: page, Oldest: true}), []int64{3, 4})
	d.same("half open", d.stream(me, store.Stream{From: Noon.Add(time.Hour), To: Noon.Add(3 * time.Hour)}), []int64{3, 2})
	d.same("a source", d.stream(me, store.Stream{Source: a}), []int64{2, 1})

	d.must(d.SetStar(d.ctx, me, []int64{1, 4}, true, Noon))
	d.same("starred", d.stream(me, store.Stream{Starred: true}), []int64{4, 1})
	cards, err := d.Chosen(d.ctx, me, "star", news.Story{}, 0)
	d.must(err)
	d.same("starred stories", []int64{cards[0].Story.ID, cards[1].Story.ID}, []int64{4, 1})
	d.must(d.UnstarStory(d.ctx, me, 1))
	d.same("story unstarred", d.stream(me, store.Stream{Starred: true}), []int64{4})

	d.must(d.SetLabel(d.ctx, me, []int64{1, 3}, "ميناء", true))
	d.must(d.SetLabel(d.ctx, me, []int64{3}, "b", true))
	d.same("label", d.stream(me, store.Stream{Label: "ميناء"}), []int64{3, 1})
	d.must(d.Rename(d.ctx, me, "b", "ميناء"))
	ls, err := d.Labels(d.ctx, me)
	d.must(err)
	d.same("joined labels", ls, []store.Labelled{{Name: "ميناء", N: 2}})

	d.must(d.File(d.ctx, me, a, "wires", true))
	d.must(d.File(d.ctx, me, c, "wires", true))
	d.must(d.File(d.ctx, me, b, "wires", true))
	d.must(d.File(d.ctx, me, b, "wires", false))
	d.same("folder", d.stream(me, store.Stream{Folder: "wires", Oldest: true}), []int64{1, 2, 4})
	d.must(d.CatchUp(d.ctx, me, store.Stream{Folder: "wires"}, d.now))
	d.same("folder caught up", d.stream(me, store.Stream{Unread: true}), []int64{3})
	d.must(d.CatchUp(d.ctx, me, store.Stream{Label: "ميناء"}, d.now))
	d.same("label caught up", d.stream(me, store.Stream{Unread: true}), []int64{})
	states, err := d.OfArticles(d.ctx, me, []int64{3, 4, 99})
	d.must(err)
	d.same("of articles", states, map[int64]store.ArticleState{3: {Read: true, Labels: []string{"ميناء"}}, 4: {Read: true, Starred: Noon}})

	d.must(d.Adopt(d.ctx, me, 9))
	d.same("adopted", d.stream(9, store.Stream{Starred: true}), []int64{4})
	d.same("given away", d.stream(me, store.Stream{Starred: true}), []int64{})
	d.must(d.Rename(d.ctx, 9, "wires", ""))
	fs, err := d.Folders(d.ctx, 9)
	d.must(err)
	d.same("folders", fs, map[int64][]string{})
	es, err := d.Entries(d.ctx, []int64{4, 99, 1})
	d.must(err)
	if len(es) != 2 || es[0].Article.ID != 1 || es[1].Article.ID != 4 {
		t.Fatalf("entries: %d", len(es))
	}
}

func readersChoices(t *testing.T, d *desk) {
	a, b, _ := d.shelf()
	const me = 7
	state := func(story int64) store.StoryState {
		t.Helper()
		m, err := d.OfStories(d.ctx, me, []int64{story})
		d.must(err)
		return m[story]
	}
	choose := func(kind, key, what string) {
		t.Helper()
		d.must(d.Choose(d.ctx, me, store.Choice{Kind: kind, Key: key, What: what, At: Noon}))
	}
	choose("source", "1", "mute")
	if !state(1).Muted || state(3).Muted {
		t.Fatal("muting a source hides what it alone tells, and nothing else")
	}
	d.article(b, 5, 1, "five")
	if state(1).Muted {
		t.Fatal("a story that another tells too is hidden")
	}
	choose("source", "1", "")
	choose("name", "Q1", "mute")
	if !state(3).Muted {
		t.Fatal("a muted name shows")
	}
	choose("story", "3", "follow")
	if s := state(3); s.Muted || !s.Followed {
		t.Fatal("a story's own choice is not above its name's")
	}
	cards, err := d.Chosen(d.ctx, me, "follow", news.Story{}, 9)
	d.must(err)
	if len(cards) != 1 || cards[0].Story.ID != 3 {
		t.Fatalf("%d followed", len(cards))
	}
	choose("source", "1", "follow")
	cards, err = d.Chosen(d.ctx, me, "follow", news.Story{}, 1)
	d.must(err)
	next, err := d.Chosen(d.ctx, me, "follow", cards[0].Story, 9)
	d.must(err)
	if len(cards) != 1 || len(next) != 1 || cards[0].Story.ID == next[0].Story.ID {
		t.Fatalf("pages of %d and %d", len(cards), len(next))
	}
	cs, err := d.Choices(d.ctx, me)
	d.must(err)
	if len(cs) != 3 || a != 1 {
		t.Fatalf("choices %v", cs)
	}
	d.kind(d.Choose(d.ctx, me, store.Choice{Kind: "name", Key: "x", What: "hate"}), fault.Invalid)
}
