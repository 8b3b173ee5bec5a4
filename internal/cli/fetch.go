package cli

import (
	"context"
	"net/netip"
	"os"
	"strings"
	"time"

	"marsad/internal/desk"
	"marsad/internal/fetch"
	"marsad/news"
)

// allowed gives the networks that may be reached though they are not public: those that MARSAD_ALLOW names, separated by commas.
func allowed() (nets []netip.Prefix, err error) {
	for _, s := range strings.Split(os.Getenv("MARSAD_ALLOW"), ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, usage("MARSAD_ALLOW: %v; write networks such as 127.0.0.0/8, separated by commas", err)
		}
		nets = append(nets, p)
	}
	return nets, nil
}

// fetch brings one page that a person named.
func (rt *runtimeEnv) fetch(ctx context.Context, url string) (news.Page, error) {
	nets, err := allowed()
	if err != nil {
		return news.Page{}, err
	}
	r, err := fetch.New(fetch.Options{Allow: nets}).Get(ctx, desk.Request{URL: url, Page: true})
	if err != nil {
		return news.Page{}, err
	}
	return news.Page{URL: url, Final: r.Final, Status: r.Status, ContentType: r.ContentType, Body: r.Body, Fetched: time.Now()}, nil
}
