package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"marsad/corpus"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// archive fills a store with n generated articles in six languages, all in stories of their own, and gives it with its size.
func archive(b *testing.B, n int) (*Store, int64) {
	b.Helper()
	ctx, path := context.Background(), filepath.Join(b.TempDir(), "desk.db")
	s := open(b, path)
	id := int64(0)
	for p, err := range corpus.Generate(corpus.Shape{Seed: 1, Base: time.Now().AddDate(0, 0, -10), Days: 10, PerDay: n/10 + 1}) {
		if err != nil {
			b.Fatal(err)
		}
		if id == int64(n) {
			break
		}
		if err := p.Draw(); err != nil {
			b.Fatal(err)
		}
		if id, err = s.KeepPage(ctx, news.Page{URL: p.URL, ContentType: p.ContentType, Body: p.Body, Fetched: p.Published}); err != nil {
			b.Fatal(err)
		}
		a := p.Truth.Article
		a.ID, a.PageID, a.URL = id, id, p.URL
		n := news.Analysis{Mentions: p.Truth.Mentions}
		err = s.Commit(ctx, store.Result{Cursor: store.MainCursor, Page: id, Article: a, Analysis: n,
			Tokens:    match.NewDoc(a, n, text.Analyze(a.Text, pack.For(a.Lang)), news.Source{}).Tokens(),
			Placement: news.Placement{Article: id, Story: id, New: true},
			Stories:   []news.Story{{ID: id, Headline: a.Headline, Lead: id, First: id, Articles: 1, Independent: 1, FirstAt: p.Published, Changed: p.Published}}})
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := s.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return s, info.Size()
}

// BenchmarkFind asks an archive of 5,000 articles for its first page of 30, with all counts and facets.
func BenchmarkFind(b *testing.B) {
	const articles = 5000
	s, size := archive(b, articles)
	ctx := context.Background()
	for _, q := range []string{"fire", "lang:ar", "fire -port", `"in the port"`, "storm NEAR/5 coast", "brid*", "where:Valletta", "fire sources:>=1", "absent"} {
		parsed, err := query.Parse(q)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(q, func(b *testing.B) {
			hits := 0
			for b.Loop() {
				found, err := s.Find(ctx, parsed, store.FindOptions{})
				if err != nil {
					b.Fatal(err)
				}
				hits = found.Total
			}
			b.ReportMetric(float64(hits), "hits")
			b.ReportMetric(float64(size/articles), "bytes/article")
		})
	}
	b.Run("stories", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Stories(ctx, store.StoryFilter{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
