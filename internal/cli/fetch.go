package cli

import (
	"context"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fetch"
	"marsad/news"
)

// fetch brings one page that a person named.
func (rt *runtimeEnv) fetch(ctx context.Context, url string) (news.Page, error) {
	c, err := rt.configured()
	if err != nil {
		return news.Page{}, err
	}
	r, err := fetch.New(fetch.Options{Allow: c.Allow, About: c.About, Bytes: c.Bytes}).Get(ctx, desk.Request{URL: url, Page: true})
	if err != nil {
		return news.Page{}, err
	}
	return news.Page{URL: url, Final: r.Final, Status: r.Status, ContentType: r.ContentType, Body: r.Body, Fetched: time.Now()}, nil
}
