package sqlite

import (
	"path/filepath"
	"testing"
	"time"

	"marsad/news"
)

// A clock that was set back does not keep feeds waiting until it has come as far again.
func TestClockSetBack(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	ahead := now.Add(30 * 24 * time.Hour)
	var feeds []news.Feed
	for _, u := range []string{"https://a.example/feed", "https://b.example/feed"} {
		feeds = append(feeds, news.Feed{URL: u, Every: time.Hour, Due: now})
	}
	if _, err := s.AddSource(t.Context(), news.Source{Name: "A"}, feeds); err != nil {
		t.Fatal(err)
	}
	leased, err := s.LeaseFeeds(t.Context(), now, 10, time.Minute)
	if err != nil || len(leased) != 2 {
		t.Fatal(leased, err)
	}
	for i, f := range leased {
		if f.Checked, f.Due = now.Add(-time.Minute), now.Add(time.Hour); i == 0 { // this one by a clock that runs ahead
			f.Checked, f.Due = ahead, ahead.Add(time.Hour)
		}
		if err := s.SaveFeed(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	due, err := s.LeaseFeeds(t.Context(), now, 10, time.Minute)
	if err != nil || len(due) != 1 || due[0].URL != leased[0].URL {
		t.Errorf("due are %+v, %v", due, err)
	}
}
