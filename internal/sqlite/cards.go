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
	name, err := s.wayTo(ctx, f)
	if err != nil {
		return nil, wrap("stories", err)
	}
	stories, err := all(ctx, reader{s}, name, readStory, f.Lang, micros(f.Before), f.Source, f.Entity, f.N, f.BeforeID)
	if err != nil {
		return nil, wrap("stories", err)
	}
	cards, err := s.cardsOf(ctx, stories)
	return cards, wrap("stories", err)
}

// wayTo names the query that finds some stories sooner. Those of one source or name are gathered from its articles and put in order, which
// costs as much as it has articles; or all stories are gone through from the last, which costs the less the more of them are its own.
func (s *Store) wayTo(ctx context.Context, f store.StoryFilter) (string, error) {
	of, have, cost := "", int64(0), int64(1)
	var err error
	switch {
	case f.Source != 0:
		of = "stories-of-source"
		have, err = one(ctx, reader{s}, "source-many", column[int64], f.Source)
	case f.Entity != "":
		of, cost = "stories-of-name", 4 // each article's names are looked at
		have, err = one(ctx, reader{s}, "naming-many", column[int64], f.Entity, 20_000)
	default:
		return "stories", nil
	}
	if err != nil {
		return "", err
	}
	all, err := one(ctx, reader{s}, "find-last", column[int64])
	if err == nil && have > 500 && have*have > cost*int64(f.N)*all {
		of = "stories"
	}
	return of, err
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
