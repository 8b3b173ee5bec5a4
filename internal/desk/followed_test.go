package desk_test

import (
	"bytes"
	"testing"
	"time"

	"marsad/news"
)

// TestWhatANewOutletBringsIsHistory adds an outlet whose feed holds what it published in the last days: only what is new when the desk begins
// to follow it is told, and of the rest it can be asked why not.
func TestWhatANewOutletBringsIsHistory(t *testing.T) {
	e := edit(t)
	var err error
	if e.from, err = e.store.AddSource(t.Context(), news.Source{Name: "Tram Times", Created: e.now()}, nil); err != nil {
		t.Fatal(err)
	}
	run(t, e.desk)
	_, w := e.reader("a@example.org", "tram OR bridge")
	published := func(body []byte, ago time.Duration) []byte {
		tag := `</title><meta property="article:published_time" content="` + e.now().Add(-ago).Format(time.RFC3339) + `">`
		return bytes.Replace(body, []byte("</title>"), []byte(tag), 1)
	}
	e.page(published([]byte(otherMatter), 20*time.Hour))
	e.page(published(articlePage("Bridge").Body, time.Hour))
	e.want("yesterday's", w, 1, "silent before-source ")
	e.want("an hour old", w, 2, "waiting first-match")
}
