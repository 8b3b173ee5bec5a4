package page_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"marsad/news"
	"marsad/page"
)

// benchPages reads the labelled pages, and skips where there are none.
func benchPages(b *testing.B) (pages [][]byte, size int) {
	root := os.Getenv("MARSAD_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	files, _ := filepath.Glob(filepath.Join(root, "page", "aeb", "html", "*.gz"))
	if len(files) == 0 {
		b.Skip("no labelled pages (MARSAD_DATA says where they are)")
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			b.Fatal(err)
		}
		body, err := io.ReadAll(z)
		if err != nil {
			b.Fatal(err)
		}
		f.Close()
		pages, size = append(pages, body), size+len(body)
	}
	return pages, size
}

func BenchmarkExtract(b *testing.B) {
	pages, size := benchPages(b)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, body := range pages {
			page.Extract(news.Page{URL: "https://example.org/", Body: body}, nil)
		}
	}
	b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
}
