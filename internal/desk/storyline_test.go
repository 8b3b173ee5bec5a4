package desk_test

import (
	"context"
	"fmt"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marsad/alert"
	"marsad/internal/desk"
	"marsad/internal/letter"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	mailpkg "marsad/mail"
	"marsad/news"
)

// evening is a reader, the story they are told of, and a clock that the test turns.
type evening struct {
	*testing.T
	store   *sqlite.Store
	desk    *desk.Desk
	watch   news.Watch
	reader  news.Recipient
	story   news.Story
	entries map[int64]store.Entry
	planned []news.Notice
	begin   time.Time
	clock   atomic.Int64 // seconds since
	letters []string
}

func (e *evening) now() time.Time { return e.begin.Add(time.Duration(e.clock.Load()) * time.Second) }

// Compose notes the letter as its reader sees it in the list of their mails, with the labelled lines that are about what is new.
func (e *evening) Compose(_ context.Context, n news.Notice, to news.Recipient) ([]byte, error) {
	a := letter.About{Notice: n, Recipient: to, Watch: e.watch, Story: e.story, Entry: e.entries[n.Article], First: "Harbour Post"}
	for _, also := range n.Also {
		a.Also = append(a.Also, letter.Told{Notice: also, Entry: e.entries[also.Article]})
	}
	d := letter.Desk{Base: "https://desk.example", From: mail.Address{Address: "desk@desk.example"}, Name: "Desk", Token: func(string, int64) string { return "tok" }}
	l := d.For(a)
	line := fmt.Sprintf("%d:%02d %s", e.clock.Load()/60, e.clock.Load()%60, l.Subject)
	if l.Kicker != strings.TrimSuffix(l.Subject, ": "+l.Headline) && l.Subject != l.Headline {
		line += " (" + l.Kicker + ")"
	}
	for _, f := range l.Facts {
		if f.Label == "Denied by" || f.Label == "Figure" || f.Label == "Coverage" {
			line += "; " + f.Label + " " + strings.NewReplacer("\u2066", "", "\u2069", "").Replace(f.Value)
		}
	}
	e.letters = append(e.letters, line)
	return mailpkg.Compose(l)
}

// article brings one to the desk, by which the story has so many independent sources: who denies something in it, and which figure it
// changes.
func (e *evening) article(sources int, outlet, words, denier, figure string) {
	e.Helper()
	id := int64(len(e.entries) + 1)
	entry := store.Entry{Article: news.Article{ID: id, Lang: "en", Text: words, Headline: "Ferry adrift off Porto", URL: fmt.Sprint("https://outlet.example/", id)}, Source: news.Source{Name: outlet}, Arrived: e.now()}
	in := alert.Input{Watch: e.watch, Recipients: []news.Recipient{e.reader}, Arrived: e.now(), Before: e.story, History: e.planned, Now: e.now()}
	if denier != "" {
		at := strings.Index(words, denier)
		who := news.Actor{Span: news.Span{Start: at, End: at + len(denier)}}
		entry.Analysis.Claims = []news.Claim{{Span: news.Span{Start: at, End: len(words)}, Stance: news.Denies, Claimant: &who}}
		in.Denials = alert.Denials(alert.Read{Article: entry.Article, Analysis: entry.Analysis})
	}
	if figure != "" {
		in.Figures = []string{figure}
	}
	e.entries[id] = entry
	e.story.Articles, e.story.Independent = e.story.Articles+1, sources
	if e.story.Breaking.IsZero() && sources > 1 {
		e.story.Breaking = e.now()
	}
	in.Article, in.Story = entry.Article, e.story
	due, _ := alert.Plan(in)
	e.planned = append(e.planned, due...)
	if err := e.store.AddNotices(context.Background(), due); err != nil {
		e.Fatal(err)
	}
}

// until turns the clock on, ten seconds at a time, and lets the desk send what is due.
func (e *evening) until(minute, second int64) {
	e.Helper()
	for ; e.clock.Load() < minute*60+second; e.clock.Add(10) {
		e.desk.WakeCopies()
		until(e, "all that is due is sent", 10*time.Second, func() bool {
			rows, err := e.store.Outbox(context.Background(), time.Time{}, 100)
			if err != nil {
				e.Fatal(err)
			}
			return !slices.ContainsFunc(rows, func(r store.OutboxRow) bool {
				return r.Delivery.State == news.Waiting && !r.Delivery.Notice.Due.After(e.now())
			})
		})
	}
}

// TestAnEveningOfAStory follows one reader through forty minutes of a story that breaks, is taken up, denied twice and counted anew.
func TestAnEveningOfAStory(t *testing.T) {
	e := &evening{T: t, begin: time.Date(2026, 3, 3, 19, 0, 0, 0, time.UTC), entries: map[int64]store.Entry{}}
	e.store = open(t, filepath.Join(t.TempDir(), "desk.db"))
	e.reader = news.Recipient{Carrier: "mail", Address: "lina@reader.example", Lang: "en", State: news.Confirmed}
	var err error
	if e.reader.ID, err = e.store.SaveRecipient(t.Context(), e.reader); err != nil {
		t.Fatal(err)
	}
	e.watch = news.Watch{Name: "Ports", Query: "ferry", Zone: "UTC", Recipients: []int64{e.reader.ID}, Created: e.begin.Add(-time.Hour),
		Tell: []news.ReasonKind{news.Breaking, news.Denial, news.NewNumber, news.NewSources, news.NewHeadline}}
	if e.watch.ID, err = e.store.SaveWatch(t.Context(), e.watch); err != nil {
		t.Fatal(err)
	}
	e.story = news.Story{ID: 3, Headline: "Ferry adrift off Porto", Independent: 1, FirstAt: e.begin}
	b := &box{}
	e.desk = desk.New(desk.Options{Store: e.store, Fetcher: nobody{}, Analyse: analyse, Compose: e, Now: e.now, Tick: time.Millisecond, Carrier: func(context.Context, string) desk.Carrier { return b }})
	run(t, e.desk)

	e.article(1, "Harbour Post", "A ferry drifts off Porto. Twelve people are aboard.", "", "")
	e.until(0, 20)
	e.article(2, "Sea News", "A ferry drifts off Porto, the coast guard says.", "", "")
	e.until(4, 0)
	e.article(4, "Port Times", "The ferry off Porto has no power.", "", "")
	e.until(6, 0)
	e.article(4, "Quay Gazette", "The search goes on. The ministry denied that the ferry was overloaded.", "The ministry", "")
	e.until(7, 0)
	e.article(4, "Sea News", "The ferry company denied that its engine had failed before.", "The ferry company", "")
	e.until(8, 30)
	e.article(4, "Harbour Post", "A ferry drifts off Porto. Some 15 people are hurt.", "", "number 12 15")
	e.until(22, 0)
	e.article(4, "Port Times", "Again the ministry denied that the ferry was overloaded.", "the ministry", "") // told already
	e.until(26, 0)
	e.article(7, "Harbour Post", "A ferry drifts off Porto. Some 18 people are hurt.", "", "number 15 18")
	e.until(40, 0)

	want := []string{
		"0:20 Breaking: Ferry adrift off Porto; Coverage 2 articles, 2 independent sources",
		"5:30 More sources: Ferry adrift off Porto; Coverage 3 articles, 4 independent sources",
		"10:30 Denied: Ferry adrift off Porto (Denied · New figure); Coverage 6 articles, 4 independent sources; Denied by The ministry; Denied by The ferry company; Figure from 12 to 15",
		"26:30 New figure: Ferry adrift off Porto (New figure · More sources); Coverage 8 articles, 7 independent sources; Figure from 15 to 18",
	}
	if !slices.Equal(e.letters, want) || b.count() != len(want) {
		t.Errorf("the reader got %d letters:\n%s\nwant\n%s", b.count(), strings.Join(e.letters, "\n"), strings.Join(want, "\n"))
	}
	// More things were planned than letters went out; each of the others says in which it was told.
	rows, err := e.store.Outbox(t.Context(), time.Time{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, r := range rows {
		if r.Delivery.State == news.Told {
			told++
		}
	}
	if told != len(rows)-len(want) || told == 0 {
		t.Errorf("%d of %d notices are told in another's letter", told, len(rows))
	}
}
