package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"marsad/bench/world"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/text"

	"github.com/blevesearch/bleve/v2"
)

// archive is the store under measure.
type archive struct {
	world *world.World
	store *sqlite.Store
	path  string
	text  int64 // bytes
	// Articles a second, until all was on the disk, and until the index was put together into one; its size before that.
	rate, merged float64
	apart        int64
}

// batch is how many articles are brought in by one transaction.
const batch = 2000

// outlets is how many sources the articles come from.
const outlets = 97

// article draws the article of a number: 300 to 500 words, most in English by name, over a year.
func article(w *world.World, id int64, n int) news.Article {
	a := w.Article(id, 300+int(id*7919%201))
	a.PageID, a.URL = id, fmt.Sprintf("https://outlet%d.example/%d", id%outlets+1, id)
	a.SourceID = id%outlets + 1
	a.Lang = []string{"en", "en", "en", "en", "en", "en", "en", "fr", "fr", "ar"}[id%10]
	a.Published.Time = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(id) * (365 * 24 * time.Hour / time.Duration(n+1)))
	return a
}

// build brings articles in up to the number n, each as drawn, where from-1 are there already.
func (a *archive) build(from int64, n int, drawn func(id int64) news.Article) error {
	ctx := context.Background()
	if from == 1 {
		if err := errors.Join(a.pages(n), a.sources()); err != nil {
			return err
		}
	}
	done, err := a.store.Bulk(ctx)
	if err != nil {
		return err
	}
	memory := match.NewMemory()
	began, last := processor(), time.Now()
	english := pack.For("en")
	for id := from; id <= int64(n); {
		var rs []store.Result
		for ; len(rs) < batch && id <= int64(n); id++ {
			x := drawn(id)
			a.text += int64(len(x.Headline) + len(x.Text))
			r := store.Result{Cursor: store.MainCursor, Page: id, Article: x, Placement: news.Placement{Article: id, Story: 1},
				Tokens: match.NewDoc(x, news.Analysis{}, text.Analyze(x.Text, english), news.Source{}).TokensBy(memory)}
			rs = append(rs, r)
		}
		rs[0].Stories = []news.Story{{ID: 1, Headline: "all", Lead: 1, First: 1, Articles: n}}
		if err := a.store.CommitAll(ctx, rs); err != nil {
			return err
		}
		if time.Since(last) > 20*time.Second {
			last = time.Now()
			fmt.Fprintf(os.Stderr, "%d articles, %.0f a second\n", id-1, float64(id-from)/(processor()-began).Seconds())
		}
	}
	many := float64(int64(n) - from + 1)
	a.rate = many / (processor() - began).Seconds()
	if a.apart, err = a.bytes(); err != nil {
		return err
	}
	if err := done(ctx); err != nil {
		return err
	}
	a.merged = many / (processor() - began).Seconds()
	return nil
}

// bytes gives the size of the index of words.
func (a *archive) bytes() (n int64, err error) {
	db, err := sql.Open("sqlite", "file:"+a.path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow("SELECT sum(length(block)) FROM words_data").Scan(&n)
	return n, err
}

// sources makes the outlets.
func (a *archive) sources() error {
	for i := range outlets {
		src := news.Source{Name: fmt.Sprintf("Outlet %d", i+1), Country: []string{"de", "fr", "eg", "gb", "us"}[i%5]}
		if _, err := a.store.AddSource(context.Background(), src, nil); err != nil {
			return err
		}
	}
	return nil
}

// last gives the number of the last article.
func (a *archive) last() (id int64, err error) {
	db, err := sql.Open("sqlite", "file:"+a.path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow("SELECT coalesce(max(id), 0) FROM article").Scan(&id)
	return id, err
}

// pages makes the rows that articles hang on.
func (a *archive) pages(n int) error {
	db, err := sql.Open("sqlite", "file:"+a.path)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(`INSERT INTO page (id, source, feed, url, final, status, content_type, body, hash, fetched, item)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
SELECT i, 0, 0, 'https://outlet.example/' || i, '', 200, 'text/html', NULL, x'00', 1700000000000000 + i, x'' FROM n`, n)
	return err
}

// report prints how large the index of words is, beside the text.
func (a *archive) report() error {
	db, err := sql.Open("sqlite", "file:"+a.path)
	if err != nil {
		return err
	}
	defer db.Close()
	var articles int64
	index, err := a.bytes()
	if err != nil {
		return err
	}
	if err := db.QueryRow("SELECT count(*) FROM article").Scan(&articles); err != nil {
		return err
	}
	if a.text == 0 { // an archive of an earlier run
		fmt.Printf("# %d articles, %d bytes of index an article\n", articles, index/articles)
		return nil
	}
	share := float64(index) / float64(a.text)
	line("search.index-of-text", share, "times", "-", share <= 1.2, "<=1.2")
	fmt.Printf("# %d articles of %d bytes of text, brought in at %.0f a second, %.0f with the index put together into one\n", articles, a.text/articles, a.rate, a.merged)
	return nil
}

// besideBleve indexes n articles with bleve and with a store of ours, and compares speed and size. Both are given the same articles, drawn
// beforehand; both times end when all is on the disk. Ours has rows of the articles beside the
// index, for search and for the desk; bleve has the index alone.
func besideBleve(w *world.World, n int, dir string) error {
	var as []news.Article
	size := int64(0)
	for id := range int64(n) {
		x := article(w, id+1, n)
		as = append(as, x)
		size += int64(len(x.Headline) + len(x.Text))
	}
	for _, old := range []string{dir, dir + ".db", dir + ".db-wal", dir + ".db-shm"} {
		if err := os.RemoveAll(old); err != nil {
			return err
		}
	}
	theirs, theirSize, err := inBleve(as, dir)
	if err != nil {
		return err
	}
	s, err := sqlite.Open(context.Background(), dir+".db")
	if err != nil {
		return err
	}
	defer s.Close()
	own := &archive{world: w, store: s, path: dir + ".db"}
	if err := own.build(1, n, func(id int64) news.Article { return as[id-1] }); err != nil {
		return err
	}
	ours, err := own.bytes()
	if err != nil {
		return err
	}
	line("search.indexing", own.rate, "articles/s", fmt.Sprintf("bleve=%.0f/s", theirs), own.rate > theirs, "faster")
	line("search.index-bytes-an-article", float64(own.apart)/float64(n), "B", fmt.Sprintf("bleve=%d", theirSize/int64(n)), own.apart < theirSize, "smaller")
	fmt.Printf("# put together into one: %.0f articles a second, %d B an article\n", own.merged, ours/int64(n))
	return nil
}

func inBleve(as []news.Article, dir string) (rate float64, size int64, err error) {
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = "en"
	mapping.StoreDynamic, mapping.DocValuesDynamic = false, false
	began := processor()
	x, err := bleve.New(dir, mapping)
	if err != nil {
		return 0, 0, err
	}
	for len(as) > 0 {
		b := x.NewBatch()
		for _, a := range as[:min(batch, len(as))] {
			if err := b.Index(fmt.Sprint(a.ID), map[string]string{"title": a.Headline, "text": a.Text, "lang": a.Lang}); err != nil {
				return 0, 0, err
			}
			rate++
		}
		if err := x.Batch(b); err != nil {
			return 0, 0, err
		}
		as = as[min(batch, len(as)):]
	}
	if err := x.Close(); err != nil {
		return 0, 0, err
	}
	rate /= (processor() - began).Seconds()
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return rate, size, err
}
