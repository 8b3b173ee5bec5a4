package mcp

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	engine "marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
	"marsad/story"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

type desk struct{ Options }

const (
	usual, most = 20, 50 // hits
	excerpt     = 400    // bytes of a text where many are listed
	longest     = 40_000 // bytes of one text

	longestSearch = 30 * time.Second
	mostDays      = 60    // of a trial
	mostInStory   = 100   // articles listed
	mostSaid      = 200   // claims, or quotations, of one answer; those of the earliest reports first
	mostWords     = 2_000 // bytes of one claim or quotation
	mostName      = 400   // bytes of a headline, a name or an address
)

// failed words an error for the model: what is wrong with its question, and nothing of the desk's inside.
func failed(err error) error {
	var bad *query.Error
	switch {
	case errors.As(err, &bad):
		return errors.New("the query cannot be read: " + bad.Error())
	case fault.Is(err, fault.NotFound):
		return errors.New("there is nothing of this id")
	case fault.Is(err, fault.Invalid):
		return err
	}
	return errors.New("the desk could not answer; its log says more")
}

type searchIn struct {
	Query string `json:"query" jsonschema:"in the desk's query language"`
	From  string `json:"from,omitempty" jsonschema:"first day of publication, YYYY-MM-DD"`
	To    string `json:"to,omitempty" jsonschema:"last day of publication, YYYY-MM-DD"`
	Rank  bool   `json:"rank,omitempty" jsonschema:"the best first instead of the newest"`
	N     int    `json:"n,omitempty" jsonschema:"at most this many, 1 to 50; 20 where missing"`
	After string `json:"after,omitempty" jsonschema:"next of an earlier answer"`
}

type searchOut struct {
	Warning string `json:"warning"`
	ReadAs  string `json:"read_as"`
	Total   int    `json:"total"`
	Partial bool   `json:"partial"` // more exist than could be looked at: the newest alone
	Hits    []head `json:"hits"`
	Next    string `json:"next,omitempty"`
}

// head is an article where many are listed.
type head struct {
	ID        int64  `json:"id"`
	Story     int64  `json:"story"`
	URL       string `json:"page"` // the desk's
	Lang      string `json:"lang"`
	Published string `json:"published,omitempty"`
	Arrived   string `json:"arrived"`
	Follows   string `json:"follows,omitempty"` // "copy of 12": not an independent report
	Outlet    string `json:"untrusted_outlet"`
	Headline  string `json:"untrusted_headline"`
	Excerpt   string `json:"untrusted_excerpt,omitempty"`
	Address   string `json:"untrusted_address"`
}

func (d *desk) search(ctx context.Context, _ *sdk.CallToolRequest, in searchIn) (*sdk.CallToolResult, searchOut, error) {
	q, err := query.Parse(in.Query)
	if err != nil {
		return nil, searchOut{}, failed(err)
	}
	o := store.FindOptions{Rank: in.Rank, After: in.After, N: min(max(in.N, 0), most)}
	if o.N == 0 {
		o.N = usual
	}
	if o.From, err = dayOf(in.From); err == nil {
		o.To, err = dayOf(in.To)
	}
	if err != nil {
		return nil, searchOut{}, failed(err)
	}
	if !o.To.IsZero() {
		o.To = o.To.AddDate(0, 0, 1) // the last day counts
	}
	ctx, stop := context.WithTimeout(ctx, longestSearch)
	defer stop()
	found, err := d.Store.Find(ctx, q, o)
	if err != nil {
		return nil, searchOut{}, failed(err)
	}
	out := searchOut{Warning: warning, ReadAs: q.String(), Total: found.Total, Partial: found.Partial, Hits: []head{}, Next: found.Next}
	for _, h := range found.Hits {
		out.Hits = append(out.Hits, d.head(h.Entry))
	}
	return nil, out, nil
}

func dayOf(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, fault.New(fault.Invalid, "%q is no day such as 2024-06-18", s)
	}
	return t, nil
}

func (d *desk) head(e store.Entry) head {
	a := e.Article
	h := head{ID: a.ID, Story: e.Placement.Story, URL: d.Base + "/articles/" + strconv.FormatInt(a.ID, 10), Lang: a.Lang, Arrived: e.Arrived.UTC().Format(time.RFC3339),
		Outlet: cut(e.Source.Name, mostName), Headline: cut(a.Headline, mostName), Excerpt: cut(a.Text, excerpt), Address: cut(a.URL, mostWords)}
	if a.Published.Known() {
		h.Published = a.Published.Time.Format(time.RFC3339)
		if a.Published.DayOnly {
			h.Published = a.Published.Time.Format(time.DateOnly)
		}
	}
	for _, l := range e.Placement.Links {
		if l.Other != a.ID && story.Follower(l) == a.ID {
			h.Follows = string(l.Kind) + " of " + strconv.FormatInt(l.Other, 10)
		}
	}
	return h
}

// cut shortens a text between characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimSpace(s[:n]) + " …"
}

type idIn struct {
	ID int64 `json:"id" jsonschema:"the number that search and story give"`
}

type storyOut struct {
	Warning     string   `json:"warning"`
	ID          int64    `json:"id"`
	Page        string   `json:"page"`
	Headline    string   `json:"untrusted_headline"`
	Lang        string   `json:"lang"`
	Langs       []string `json:"langs"`
	Articles    int      `json:"articles"`
	Outlets     int      `json:"outlets"`
	Independent int      `json:"independent_outlets"`
	First       int64    `json:"first_article"`
	Lag         int      `json:"seconds_until_second_outlet"`
	Disputed    bool     `json:"disputed"`
	Broke       string   `json:"broke,omitempty"`
	Changed     string   `json:"changed"`
	Reports     []head   `json:"reports"`
	Claims      []claim  `json:"claims"`
	More        int      `json:"claims_left_out,omitempty"`
}

// claim is a statement with who makes it.
type claim struct {
	Article  int64  `json:"article"`
	Matter   int    `json:"matter,omitempty"` // claims of one number are one statement, its denials and its confirmations
	Stance   string `json:"stance"`
	Negated  bool   `json:"negated,omitempty"`
	Hedged   bool   `json:"hedged,omitempty"`
	Claimant string `json:"untrusted_claimant,omitempty"`
	Words    string `json:"untrusted_words"`
	Answers  string `json:"untrusted_answers,omitempty"` // the claim that this one denies or confirms
}

func (d *desk) story(ctx context.Context, _ *sdk.CallToolRequest, in idIn) (*sdk.CallToolResult, storyOut, error) {
	st, err := d.Store.Story(ctx, in.ID)
	if err != nil {
		return nil, storyOut{}, failed(err)
	}
	es, err := d.Store.StoryEntries(ctx, st.ID)
	if err != nil {
		return nil, storyOut{}, failed(err)
	}
	out := storyOut{Warning: warning, ID: st.ID, Page: d.Base + "/stories/" + strconv.FormatInt(st.ID, 10), Headline: cut(st.Headline, mostName), Lang: st.Lang, Langs: append([]string{}, st.Langs...),
		Articles: st.Articles, Outlets: st.Sources, Independent: st.Independent, First: st.First, Lag: int(st.Lag / time.Second), Disputed: st.Disputed,
		Changed: st.Changed.UTC().Format(time.RFC3339), Reports: []head{}, Claims: []claim{}}
	if !st.Breaking.IsZero() {
		out.Broke = st.Breaking.UTC().Format(time.RFC3339)
	}
	matters := mattersOf(es)
	for i, e := range es {
		if i == mostInStory {
			break
		}
		h := d.head(e)
		out.Reports = append(out.Reports, h)
		if h.Follows == "" {
			out.Claims = append(out.Claims, contested(e, matters)...)
		}
	}
	out.Claims, out.More = atMost(out.Claims, mostSaid)
	return nil, out, nil
}

// atMost gives the first n of a list, and how many it leaves out.
func atMost[T any](list []T, n int) ([]T, int) {
	return list[:min(len(list), n)], max(0, len(list)-n)
}

// contested gives an article's claims but for what is merely said.
func contested(e store.Entry, matters map[[2]int64]int) (out []claim) {
	for i, c := range e.Analysis.Claims {
		if c.Stance != news.Says {
			k := claimOf(e, c)
			k.Matter = matters[[2]int64{e.Article.ID, int64(i)}]
			out = append(out, k)
		}
	}
	return out
}

// mattersOf numbers the statements of a story, from one, by article and claim.
func mattersOf(es []store.Entry) map[[2]int64]int {
	out := map[[2]int64]int{}
	_, statements := engine.WhoSays(es)
	for n, s := range statements {
		for _, t := range slices.Concat(s.Asserts, s.Denies, s.Confirms) {
			out[[2]int64{t.Article, int64(t.Claim)}] = n + 1
		}
	}
	return out
}

func claimOf(e store.Entry, c news.Claim) claim {
	t := e.Article.Text
	k := claim{Article: e.Article.ID, Stance: string(c.Stance), Negated: c.Negated, Hedged: c.Hedged, Words: cut(within(t, c.Span), mostWords)}
	if c.Claimant != nil {
		k.Claimant = named(t, *c.Claimant)
	}
	if c.Answers >= 0 && c.Answers < len(e.Analysis.Claims) {
		k.Answers = cut(within(t, e.Analysis.Claims[c.Answers].Span), mostWords)
	}
	return k
}

func named(t string, a news.Actor) string {
	if a.Named != nil {
		return cut(within(t, *a.Named), mostName)
	}
	return cut(within(t, a.Span), mostName)
}

func within(t string, s news.Span) string {
	if s.Start < 0 || s.Start >= s.End || s.End > len(t) {
		return ""
	}
	return t[s.Start:s.End]
}

type articleOut struct {
	Warning string  `json:"warning"`
	Head    head    `json:"head"`
	Quotes  []quote `json:"quotes"`
	Claims  []claim `json:"claims"`
	More    int     `json:"left_out,omitempty"` // quotations and claims beyond those listed
	Text    string  `json:"untrusted_text"`
}

type quote struct {
	Type    string `json:"type"`
	Speaker string `json:"untrusted_speaker,omitempty"`
	Words   string `json:"untrusted_words"`
}

func (d *desk) article(ctx context.Context, _ *sdk.CallToolRequest, in idIn) (*sdk.CallToolResult, articleOut, error) {
	e, err := d.Store.Entry(ctx, in.ID)
	if err != nil {
		return nil, articleOut{}, failed(err)
	}
	out := articleOut{Warning: warning, Head: d.head(e), Quotes: []quote{}, Claims: []claim{}, Text: cut(e.Article.Text, longest)}
	out.Head.Excerpt = ""
	for _, q := range e.Analysis.Quotations {
		k := quote{Type: string(q.Type), Words: cut(within(e.Article.Text, q.Span), mostWords)}
		if q.Speaker != nil {
			k.Speaker = named(e.Article.Text, *q.Speaker)
		}
		out.Quotes = append(out.Quotes, k)
	}
	for _, c := range e.Analysis.Claims {
		out.Claims = append(out.Claims, claimOf(e, c))
	}
	var quotes, claims int
	out.Quotes, quotes = atMost(out.Quotes, mostSaid)
	out.Claims, claims = atMost(out.Claims, mostSaid)
	out.More = quotes + claims
	return nil, out, nil
}

type watchIn struct {
	Query string `json:"query" jsonschema:"in the desk's query language"`
	Days  int    `json:"days,omitempty" jsonschema:"how many days back, 1 to 60; 7 where missing"`
}

type watchOut struct {
	Warning  string  `json:"warning"`
	ReadAs   string  `json:"read_as"`
	Articles int     `json:"articles"`
	Partial  bool    `json:"partial"` // more would have been told than could be looked at
	Told     []trial `json:"told"`
}

type trial struct {
	At       string   `json:"at"`
	Story    int64    `json:"story"`
	Outcome  string   `json:"outcome"`
	Because  []string `json:"because"`
	Headline string   `json:"untrusted_headline"`
}

func (d *desk) watchTest(ctx context.Context, _ *sdk.CallToolRequest, in watchIn) (*sdk.CallToolResult, watchOut, error) {
	q, err := query.Parse(in.Query)
	if err != nil {
		return nil, watchOut{}, failed(err)
	}
	if in.Days == 0 {
		in.Days = 7
	}
	since := d.Now().AddDate(0, 0, -min(max(in.Days, 1), mostDays))
	found, err := d.Store.Find(ctx, q, store.FindOptions{From: since, N: 1})
	if err != nil {
		return nil, watchOut{}, failed(err)
	}
	out := watchOut{Warning: warning, ReadAs: q.String(), Articles: found.Total, Partial: found.Partial, Told: []trial{}}
	if d.TryWatch == nil {
		return nil, out, nil
	}
	trials, partial, err := d.TryWatch(ctx, news.Watch{Query: in.Query, Zone: "UTC"}, since)
	if err != nil {
		return nil, watchOut{}, failed(err)
	}
	out.Partial = out.Partial || partial || len(trials) > most
	for _, t := range trials[:min(len(trials), most)] {
		w := trial{At: t.At.UTC().Format(time.RFC3339), Story: t.Story, Outcome: t.Outcome, Because: []string{}, Headline: cut(t.Headline, mostName)}
		for _, r := range t.Because {
			w.Because = append(w.Because, r.Kind)
		}
		out.Told = append(out.Told, w)
	}
	return nil, out, nil
}
