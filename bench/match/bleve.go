package main

import (
	"marsad/news"
	"marsad/query"

	"github.com/blevesearch/bleve/v2"
	bq "github.com/blevesearch/bleve/v2/search/query"
)

// besideBleve runs every query against an index of one article, which is how percolation is done with a library that has none, and
// gives articles a second. NEAR and SAME are asked as AND, in its favour.
func besideBleve(qs []query.Query, articles []news.Article) (float64, error) {
	asked := make([]bq.Query, len(qs))
	for i, q := range qs {
		asked[i] = bleveOf(q.Root, "text")
	}
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = "en"
	began := processor()
	for _, a := range articles {
		x, err := bleve.NewMemOnly(mapping)
		if err != nil {
			return 0, err
		}
		if err := x.Index("a", map[string]string{"title": a.Headline, "text": a.Text, "lang": a.Lang}); err != nil {
			return 0, err
		}
		for _, q := range asked {
			if _, err := x.Search(bleve.NewSearchRequestOptions(q, 0, 0, false)); err != nil {
				return 0, err
			}
		}
		if err := x.Close(); err != nil {
			return 0, err
		}
	}
	return float64(len(articles)) / (processor() - began).Seconds(), nil
}

func bleveOf(n query.Node, field string) bq.Query {
	all := func(ns ...query.Node) []bq.Query {
		out := make([]bq.Query, len(ns))
		for i, k := range ns {
			out[i] = bleveOf(k, field)
		}
		return out
	}
	switch n := n.(type) {
	case *query.Word:
		if n.Prefix {
			p := bleve.NewPrefixQuery(n.Text)
			p.SetField(field)
			return p
		}
		m := bleve.NewMatchQuery(n.Text)
		m.SetField(field)
		return m
	case *query.Phrase:
		m := bleve.NewMatchPhraseQuery(n.Text)
		m.SetField(field)
		return m
	case *query.And:
		var must, not []bq.Query
		for _, k := range n.Kids {
			if k, ok := k.(*query.Not); ok {
				not = append(not, bleveOf(k.Kid, field))
				continue
			}
			must = append(must, bleveOf(k, field))
		}
		return bq.NewBooleanQuery(must, nil, not)
	case *query.Or:
		return bleve.NewDisjunctionQuery(all(n.Kids...)...)
	case *query.Near:
		return bleve.NewConjunctionQuery(all(n.Left, n.Right)...)
	case *query.Same:
		return bleve.NewConjunctionQuery(all(n.Left, n.Right)...)
	case *query.Field:
		return bleveOf(n.Kid, n.Name)
	case *query.Term:
		t := bleve.NewMatchQuery(n.Value)
		t.SetField(n.Name)
		return t
	}
	return bleve.NewMatchNoneQuery()
}
