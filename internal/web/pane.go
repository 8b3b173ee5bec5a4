package web

import (
	"net/url"
	"strconv"

	"marsad/internal/i18n"
)

// views are the ways to look at the river: a list, cards with the first sentences, or three panes, of which the last shows the story
// that was chosen. All are made from the same stories.
var views = map[string]bool{"cards": true, "panes": true}

// view gives the reader's choice among them, "" for the list.
func (v *visit) view() string {
	if c := v.cookie("view"); views[c] {
		return c
	}
	return ""
}

// pane is the story beside the list.
type pane struct {
	storyPage
	Opening string
}

const paneReports = 8

// arrangeFor fits the cards to the view, and opens the story that the address names, or the first.
func (p *nowPage) arrangeFor(v *visit, cards []card) error {
	switch p.View {
	case "cards":
		for i := range cards {
			cards[i].Excerpt = cards[i].Opening()
			cards[i].Excerpt.Text = clip(cards[i].Excerpt.Text, 200)
		}
	case "panes":
		chosen, _ := strconv.ParseInt(v.query("at"), 10, 64) // an unreadable one is the first
		if chosen < 1 && len(cards) > 0 {
			chosen = cards[0].Story.ID
		}
		for i := range cards {
			q := url.Values{"at": {i18n.ID(cards[i].Story.ID)}}
			for _, k := range []string{"in", "only", "before"} {
				if x := v.query(k); x != "" {
					q.Set(k, x)
				}
			}
			cards[i].At, cards[i].Open = "/?"+q.Encode()+"#pane", cards[i].Story.ID == chosen
		}
		return p.open(v, chosen)
	}
	return nil
}

func (p *nowPage) open(v *visit, id int64) error {
	if id < 1 {
		return nil
	}
	st, err := v.s.Store.Story(v.r.Context(), id)
	if err != nil {
		return err
	}
	es, err := v.s.Store.StoryEntries(v.r.Context(), st.ID)
	if err != nil {
		return err
	}
	p.Pane = &pane{storyPage: v.storyPage(st, arrange(es))}
	if l := p.Pane.Lead; l != nil {
		p.Pane.Opening = opening(l.Article.Text, l.Article.Lang)
	}
	p.Pane.Reports = p.Pane.Reports[:min(len(p.Pane.Reports), paneReports)]
	return nil
}
