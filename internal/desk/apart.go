package desk

import (
	"context"
	"errors"

	"marsad/internal/fault"
	"marsad/lang"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/page"
	"marsad/text"
)

// Reading is a page to take apart: one of URL, Body and Pasted is set.
type Reading struct {
	URL         string
	Body        []byte // a file
	ContentType string
	Pasted      string // article text or HTML
}

// Taken is a page taken apart.
type Taken struct {
	Article  news.Article
	Analysis news.Analysis
}

// TakeApart reads one page outside of the archive. An error of kind Invalid means that it holds no article; what was found of its
// metadata stands in Taken all the same.
func (d *Desk) TakeApart(ctx context.Context, in Reading) (Taken, error) {
	p := news.Page{URL: in.URL, Final: in.URL, ContentType: in.ContentType, Body: in.Body, Status: 200, Fetched: d.Now()}
	switch {
	case in.URL != "":
		at, ok := webAddress(in.URL)
		if !ok {
			return Taken{}, fault.New(fault.Invalid, "desk: %q is no web address", in.URL)
		}
		resp, err := d.Fetcher.Get(ctx, Request{URL: at, Page: true})
		if err != nil {
			return Taken{}, err
		}
		p.URL, p.Final, p.ContentType, p.Body = at, resp.Final, resp.ContentType, resp.Body
	case in.Pasted != "":
		p.Body, p.ContentType = []byte(in.Pasted), "text/plain; charset=utf-8" // markup is recognised by itself
	}
	a, err := page.Extract(p, nil)
	var none *page.NoArticle
	if errors.As(err, &none) {
		return Taken{Article: a}, fault.New(fault.Invalid, "desk: %w", err)
	} else if err != nil {
		return Taken{Article: a}, err
	}
	if len(a.Text) > longestText {
		return Taken{}, fault.New(fault.Invalid, "desk: %w", &page.NoArticle{Reason: page.TooLong})
	}
	if a.Lang == "" {
		a.Lang, _ = lang.Detect(a.Text)
	}
	return Taken{a, d.Analyse(a, text.Analyze(a.Text, pack.For(a.Lang)))}, nil
}
