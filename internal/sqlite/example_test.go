package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"marsad/internal/sqlite"
	"marsad/news"
)

func Example() {
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(dir, "desk.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()

	id, err := s.AddSource(ctx, news.Source{Name: "The Harbour Post"}, []news.Feed{{URL: "https://post.example/feed"}})
	fmt.Println(id, err)
	_, err = s.AddSource(ctx, news.Source{Name: "again"}, []news.Feed{{URL: "https://post.example/feed"}})
	fmt.Println(err)
	// Output:
	// 1 <nil>
	// store: add source: https://post.example/feed is known already, as feed 1 of source 1
}
