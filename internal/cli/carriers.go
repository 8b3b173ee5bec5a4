package cli

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"marsad/internal/carrier"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/web"
	mailpkg "marsad/mail"
	"marsad/news"
)

// chatMessage puts a letter into a few lines of plain text.
func chatMessage(l mailpkg.Letter, n news.Notice, w news.Watch, base string) carrier.Message {
	text := append([]string{}, l.Summary...)
	for _, f := range slices.Concat(l.By, l.Facts) {
		if f.Label != "" {
			text = append(text, strings.TrimSpace(f.Label+": "+f.Value+" "+f.More))
		}
	}
	m := carrier.Message{ID: n.ID, Title: l.Subject, Text: strings.Join(text, "\n"), Link: l.Link, Urgent: n.Kind == news.Breaking}
	if n.Watch != 0 {
		m.Feed = base + "/watches/" + i18n.ID(n.Watch) + "/feed.atom"
		if open := web.OpenFeed(w); open != "" {
			m.Feed = base + open
		}
	}
	return m
}

// chatCarrier joins the carriers of chats and hubs to the desk.
type chatCarrier struct{ carrier.Carrier }

// Send implements desk.Carrier.
func (c *chatCarrier) Send(ctx context.Context, d news.Delivery, to news.Recipient) (string, error) {
	return c.Carrier.Send(ctx, to.Address, to.Secret, d.Message)
}

// onlyHere lets requests to this machine through and no other: what the demo tells is invented, and nobody outside is told it.
type onlyHere struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (o onlyHere) RoundTrip(r *http.Request) (*http.Response, error) {
	if !loopback(r.URL.Hostname()) {
		return nil, fault.New(fault.Denied, "the demo tells nobody outside of this machine")
	}
	return o.next.RoundTrip(r)
}
