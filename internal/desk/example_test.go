package desk_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"marsad/internal/desk"
	"marsad/internal/sqlite"
	"marsad/news"
)

// A desk over one page that was kept before it started.
func Example() {
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	s, err := sqlite.Open(ctx, filepath.Join(dir, "desk.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	page := articlePage("Ferry runs again")
	if _, err := s.KeepPage(ctx, news.Page{URL: "https://post.example/1", ContentType: page.ContentType, Body: page.Body, Fetched: time.Now()}); err != nil {
		fmt.Println(err)
		return
	}

	d := desk.New(desk.Options{Store: s, Fetcher: nobody{}, Analyse: analyse, Alone: true})
	changed, done := d.Events(ctx), make(chan error)
	go func() { done <- d.Run(ctx) }()
	fmt.Println((<-changed).Stories, "story")
	stop()
	fmt.Println(<-done)
	e, err := s.Entry(context.Background(), 1)
	fmt.Println(e.Article.Headline, err)
	// Output:
	// 1 story
	// <nil>
	// Ferry runs again <nil>
}
