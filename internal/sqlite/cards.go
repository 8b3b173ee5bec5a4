package sqlite

import (
	"context"

	"marsad/internal/store"
	"marsad/news"
)

// topPlaces is how many places a card carries.
const topPlaces = 5

// Stories implements store.Read.
func (s *Store) Stories(ctx context.Context, f store.StoryFilter) ([]store.Card, error) {
	if f.N <= 0 {
		f.N = 50
	}
	name := "stories"
	switch {
	case f.Source != 0:
		name = "stories-of-source"
	case f.Entity != "":
		name = "stories-of-name"
	}
	stories, err := all(ctx, reader{s}, name, readStory, f.Lang, micros(f.Before), f.Source, f.Entity, f.N, f.BeforeID)
	if err != nil {
		return nil, wrap("stories", err)
	}
	cards, err := s.cardsOf(ctx, stories)
	return cards, wrap("stories", err)
}

// cardsOf gives the cards of some stories, in their order.
func (s *Store) cardsOf(ctx context.Context, stories []news.Story) ([]store.Card, error) {
	cards := make([]store.Card, len(stories))
	byID := make(map[int64]*store.Card, len(stories))
	ids := make([]int64, len(stories))
	for i, st := range stories {
		cards[i] = store.Card{Story: st, Hourly: make([]int, 24)}
		ids[i], byID[st.ID] = st.ID, &cards[i]
	}
	list, err := jsonOf(ids)
	if err != nil {
		return nil, err
	}
	return cards, s.fillCards(ctx, list, byID)
}

// fillCards adds what several tables know of the stories in list, a JSON array of their ids.
func (s *Store) fillCards(ctx context.Context, list string, byID map[int64]*store.Card) error {
	on := reader{s}
	none := struct{}{}
	if _, err := all(ctx, on, "card-leads", func(sc scan) (struct{}, error) {
		var id int64
		var a news.Article
		var lead1, first string
		if err := sc(&id, object{&a}, &lead1, &first); err != nil {
			return none, err
		}
		c := byID[id]
		c.Lead, c.LeadSource, c.FirstSource = lead(a), lead1, first
		return none, nil
	}, list); err != nil {
		return err
	}
	copies, err := numbers(ctx, on, "card-copies", list)
	if err != nil {
		return err
	}
	for id, n := range copies {
		byID[id].Copies = int(n[0])
	}
	corrected, err := all(ctx, on, "card-corrected", column[int64], list)
	if err != nil {
		return err
	}
	for _, id := range corrected {
		byID[id].Corrected = true
	}
	if _, err := all(ctx, on, "card-renamed", func(sc scan) (struct{}, error) {
		var id, last int64
		var n int
		var was string
		err := sc(&id, &n, &was, &last)
		if err == nil {
			byID[id].Renamed, byID[id].Was = n, was
		}
		return none, err
	}, list); err != nil {
		return err
	}
	if _, err := all(ctx, on, "card-hours", func(sc scan) (struct{}, error) {
		var id int64
		var hour, n int
		err := sc(&id, &hour, &n)
		if err == nil && hour >= 0 && hour < 24 {
			byID[id].Hourly[23-hour] = n
		}
		return none, err
	}, list, micros(s.now())); err != nil {
		return err
	}
	_, err = all(ctx, on, "card-places", func(sc scan) (struct{}, error) {
		var id int64
		var entity string
		err := sc(&id, &entity)
		if c := byID[id]; err == nil && len(c.Places) < topPlaces {
			c.Places = append(c.Places, entity)
		}
		return none, err
	}, list)
	return err
}
