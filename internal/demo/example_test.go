package demo_test

import (
	"fmt"
	"time"

	"marsad/corpus"
	"marsad/internal/demo"
)

// Nine days are there at once; the tenth comes out within the hour that this wire is given.
func Example() {
	c, err := corpus.Load()
	if err != nil {
		panic(err)
	}
	start := time.Date(2024, 6, 20, 10, 0, 0, 0, time.UTC)
	w, err := demo.New(c, demo.Options{Start: start, Within: time.Hour, Now: func() time.Time { return start }})
	if err != nil {
		panic(err)
	}
	pages, live := w.Archive(), w.Schedule()
	fmt.Println(pages[0].Fetched.Format(time.DateOnly), pages[len(pages)-1].Fetched.Format(time.DateOnly))
	fmt.Println(live[0].Published.Sub(start) < 5*time.Minute, live[len(live)-1].Published.Sub(start) < time.Hour)
	fmt.Println(w.Sources()[0].Feed.URL)
	// Output:
	// 2024-06-11 2024-06-19
	// true true
	// http://courier.demo.test/rss.xml
}
