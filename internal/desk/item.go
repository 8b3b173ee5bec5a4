package desk

import (
	"context"
	"html"
	"net/url"
	"strings"

	"marsad/internal/fault"
	"marsad/news"
)

// fullText is how many bytes of markup in a feed are taken for the whole article when its page cannot be had.
const fullText = 1500

// fetchItem gives the page of an item: what stands at its address or, where that cannot be had for good, what the feed itself
// carries of it. The answer says what is known of an error.
func (d *Desk) fetchItem(ctx context.Context, f news.Feed, it news.Item) (news.Page, Response, error) {
	p := news.Page{SourceID: f.SourceID, FeedID: f.ID, URL: it.URL, Item: it}
	if it.URL == "" {
		p.URL = f.URL + "#" + url.QueryEscape(it.GUID)
		p, err := d.fromFeed(p, it, fault.New(fault.NotFound, "desk: the item has no address"))
		return p, Response{}, err
	}
	resp, err := d.Fetcher.Get(ctx, Request{URL: it.URL, Page: true})
	if err != nil {
		if !isTemporary(err) && len(it.Content) >= fullText {
			p, err = d.fromFeed(p, it, err)
			return p, resp, err
		}
		return p, resp, err
	}
	p.Final, p.Status, p.ContentType, p.Body, p.Fetched = resp.Final, resp.Status, resp.ContentType, resp.Body, d.Now()
	return p, resp, nil
}

// fromFeed makes a page of what a feed says. An item that says too little is why.
func (d *Desk) fromFeed(p news.Page, it news.Item, why error) (news.Page, error) {
	body := it.Content
	if len(body) < len(it.Summary) {
		body = it.Summary
	}
	if strings.TrimSpace(body) == "" {
		return p, why
	}
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html")
	if it.Lang != "" {
		b.WriteString(` lang="` + html.EscapeString(it.Lang) + `"`)
	}
	b.WriteString("><head><meta charset=\"utf-8\"><title>" + html.EscapeString(it.Title) + "</title></head><body><article><h1>" +
		html.EscapeString(it.Title) + "</h1>\n" + body + "\n</article></body></html>\n")
	p.Final, p.Status, p.ContentType, p.Body, p.Fetched = p.URL, 200, "text/html; charset=utf-8", []byte(b.String()), d.Now()
	return p, nil
}
