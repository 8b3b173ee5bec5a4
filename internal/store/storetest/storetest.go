// Package storetest is the suite that every store passes: what internal/store promises, said as tests against the interface alone.
// It does not test speed, nor what only one database does.
package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Open gives an empty store that goes by the given clock. It closes it when the test ends.
type Open func(t testing.TB, now func() time.Time) store.Store

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, *desk){
		"Sources":           sources,
		"Offers":            offers,
		"SourceHealth":      sourceHealth,
		"FeedLeases":        feedLeases,
		"MutedSource":       mutedSource,
		"Unseen":            unseen,
		"Updated":           updated,
		"Versions":          versions,
		"GivenUp":           givenUp,
		"PageKeptOnce":      pageKeptOnce,
		"PagesLetGo":        pagesLetGo,
		"Commit":            commit,
		"CommitIsWhole":     commitIsWhole,
		"References":        references,
		"Began":             began,
		"Renamed":           renamed,
		"Rejected":          rejected,
		"Reprocess":         reprocess,
		"Merge":             merge,
		"Corrections":       corrections,
		"Window":            window,
		"NoticePlannedOnce": noticePlannedOnce,
		"NoticeLeases":      noticeLeases,
		"EndLeases":         endLeases,
		"Freeze":            freeze,
		"Together":          together,
		"Because":           because,
		"LeaseThese":        leaseThese,
		"NeverBeside":       neverBesideEachOther,
		"Settle":            settle,
		"Unsubscribed":      unsubscribed,
		"Release":           release,
		"Replay":            replay,
		"Outbox":            outbox,
		"Silences":          silences,
		"SilencesGo":        silencesGo,
		"SilencesMoved":     silencesMoved,
		"Edits":             edits,
		"Stories":           stories,
		"Articles":          articles,
		"Rising":            rising,
		"Counts":            counts,
		"Watches":           watches,
		"Recipients":        recipients,
		"Settings":          settings,
		"Accounts":          accounts,
		"Admins":            admins,
		"Naming":            naming,
		"Tally":             tally,
		"ReadersRead":       readersRead,
		"ReadersStreams":    readersStreams,
		"ReadersChoices":    readersChoices,
		"Lists":             lists,
		"Consent":           consent,
		"Copies":            copies,
		"DigestTold":        digestTold,
		"Audits":            audits,
		"Backup":            backup,
		"Find":              find,
		"FindPages":         findPages,
	} {
		t.Run(name, func(t *testing.T) {
			d := &desk{T: t, ctx: context.Background(), now: Noon}
			d.Store = open(t, func() time.Time { return d.now })
			test(t, d)
		})
	}
}

// Noon is the moment at which every test begins.
var Noon = time.Date(2024, 6, 18, 12, 0, 0, 0, time.UTC)

// desk is a store with what the tests do to it over and over.
type desk struct {
	*testing.T
	store.Store
	ctx context.Context
	now time.Time
}

// must stops the test on an error.
func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// kind stops the test unless err is of a kind.
func (d *desk) kind(err error, want fault.Kind) {
	d.Helper()
	if fault.KindOf(err) != want {
		d.Fatalf("error %v is of kind %q, want %q", err, fault.KindOf(err), want)
	}
}

// same stops the test unless two values are alike; empty is like nil.
func (d *desk) same(what string, got, want any) {
	d.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.EquateApproxTime(time.Microsecond)); diff != "" {
		d.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// source adds a source with one feed.
func (d *desk) source(name string) int64 {
	d.Helper()
	home := "https://" + name + ".example/"
	id, err := d.AddSource(d.ctx, news.Source{Name: name, Home: home, Created: d.now}, []news.Feed{{URL: home + "feed", Every: time.Hour, Due: d.now}})
	d.must(err)
	return id
}

// page keeps a page of a source.
func (d *desk) page(source int64, n int) news.Page {
	d.Helper()
	url := fmt.Sprintf("https://outlet%d.example/%d", source, n)
	p := news.Page{SourceID: source, FeedID: source, URL: url, Final: url, Status: 200, ContentType: "text/html; charset=utf-8",
		Body: fmt.Appendf(nil, "<p>page %d", n), Fetched: d.now, Item: news.Item{URL: url, Title: fmt.Sprint("title ", n)}}
	id, err := d.KeepPage(d.ctx, p)
	d.must(err)
	p.ID = id
	return p
}

// result is a plausible outcome of a page, in a story of the given id; 0 opens one.
func (d *desk) result(p news.Page, story int64, text string) store.Result {
	isNew := story == 0
	if isNew {
		story = p.ID
	}
	a := news.Article{ID: p.ID, PageID: p.ID, SourceID: p.SourceID, URL: p.URL, Headline: fmt.Sprint("Headline ", p.ID), Lang: "en", Text: text,
		Blocks:    []news.Block{{Span: news.Span{Start: 0, End: len(text)}, Kind: news.Paragraph}},
		Removed:   []news.Removed{{Kind: news.AdSlot, Text: "[ad_1]"}},
		Published: news.Stamp{Time: p.Fetched.Add(-time.Hour), From: news.FromMeta, Zoned: true}}
	return store.Result{
		Cursor: store.MainCursor, Page: p.ID, Article: a, Tokens: text,
		Analysis: news.Analysis{ArticleID: p.ID, Version: 1, Rules: "r1", Mentions: []news.Mention{
			{Span: news.Span{Start: 0, End: 1}, Kind: news.Place, Entity: "Q1", Name: "One", Score: 1, Known: true, Rule: "names"}}},
		Placement: news.Placement{Article: p.ID, Story: story, New: isNew, Because: []news.Reason{{Kind: "names", Words: []string{"One"}, Value: 2}}},
		Stories: []news.Story{{ID: story, Headline: a.Headline, Lead: p.ID, Lang: "en", Articles: 1, Sources: 1, Independent: 1, Langs: []string{"en"},
			First: p.ID, FirstAt: a.Published.Time, Opened: p.Fetched, Changed: p.Fetched}},
	}
}

// article runs a page through Commit and gives the result.
func (d *desk) article(source int64, n int, story int64, text string) store.Result {
	d.Helper()
	r := d.result(d.page(source, n), story, text)
	d.must(d.Commit(d.ctx, r))
	return r
}

// notice is a notice due at the desk's now.
func (d *desk) notice(id string, recipient int64) news.Notice {
	return news.Notice{ID: id, Recipient: recipient, Kind: news.FirstMatch, Fact: "f", Planned: d.now, Due: d.now,
		Because: []news.Reason{{Kind: "query", Words: []string{"w"}, Value: 1}}}
}

// reader adds a confirmed recipient.
func (d *desk) reader(address string) int64 {
	d.Helper()
	id, err := d.SaveRecipient(d.ctx, news.Recipient{Carrier: "mail", Address: address, Lang: "en", Zone: "UTC", State: news.Confirmed, Created: d.now})
	d.must(err)
	return id
}
