package api

import (
	"context"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
)

// few is an archive of which a search sees the newest three alone.
type few struct {
	Store
	published []time.Time // of the articles 1, 2, …
	asked     int
}

func (f *few) Find(_ context.Context, _ query.Query, o store.FindOptions) (found store.Found, err error) {
	f.asked++
	for i, at := range f.published {
		if (o.From.IsZero() || !at.Before(o.From)) && (o.To.IsZero() || at.Before(o.To)) {
			found.Hits = append(found.Hits, store.Hit{Entry: store.Entry{Article: news.Article{ID: int64(i + 1), Published: news.Stamp{Time: at}}, Arrived: at}})
		}
	}
	slices.SortFunc(found.Hits, func(a, b store.Hit) int { return b.Entry.Arrived.Compare(a.Entry.Arrived) })
	if len(found.Hits) > 3 {
		found.Hits, found.Partial = found.Hits[:3], true
	}
	return found, nil
}

// An export holds all hits, each once, the newest first, also where one search does not see them all.
func TestWholeSearch(t *testing.T) {
	d := newDesk(t)
	f := &few{Store: d.store}
	for i := range 50 {
		f.published = append(f.published, day.Add(-time.Duration(i*i)*7*time.Minute))
	}
	d.http = New(Options{Store: f, Auth: d.keeper})
	var want, got []string
	for i := range f.published {
		want = append(want, fmt.Sprint(i+1))
	}
	for line := range strings.Lines(d.call(auth.Reader, "GET", "/api/v1/search?q=word&format=csv", "").Body.String()) {
		got = append(got, strings.Split(line, ",")[0])
	}
	if !slices.Equal(got[1:], want) {
		t.Errorf("got %v", got)
	}
	if f.asked > 200 {
		t.Errorf("%d searches for 50 articles", f.asked)
	}
}

// slow is an archive that never answers.
type slow struct{ Store }

func (slow) Find(ctx context.Context, _ query.Query, _ store.FindOptions) (store.Found, error) {
	return store.Found{}, context.DeadlineExceeded
}

func TestSearchEnds(t *testing.T) {
	d := newDesk(t)
	d.http = New(Options{Store: slow{d.store}, Auth: d.keeper})
	for _, w := range []*httptest.ResponseRecorder{d.call(auth.Reader, "GET", "/api/v1/search?q=word", ""), d.call(auth.Reader, "POST", "/api/v1/watches/test", `{"query":"word"}`)} {
		if w.Code != 503 || !strings.Contains(w.Body.String(), "narrow it") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
}

// More at one moment than a search sees end the export with what there is; it does not go on for ever.
func TestWholeSearchEnds(t *testing.T) {
	d := newDesk(t)
	f := &few{Store: d.store, published: []time.Time{day, day, day, day, day}}
	d.http = New(Options{Store: f, Auth: d.keeper})
	d.call(auth.Reader, "GET", "/api/v1/search?q=word&format=jsonl", "")
	if f.asked > 100 {
		t.Errorf("%d searches", f.asked)
	}
}
