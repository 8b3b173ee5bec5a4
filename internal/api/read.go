package api

import (
	"errors"
	"strconv"
	"strings"
	"time"

	engine "marsad/internal/desk"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/wire"
)

type statusAnswer struct {
	Version     int     `json:"version"`
	Sources     int     `json:"sources"`
	Healthy     int     `json:"healthy"`
	Articles    int     `json:"articles"`
	Stories     int     `json:"stories"`
	Watches     int     `json:"watches"`
	Pages       int     `json:"pages"`
	Backlog     int     `json:"backlog"`
	LastArticle *string `json:"last_article"`
}

func (s *server) status(c *call) error {
	n, err := s.Store.Counts(c.r.Context())
	if err != nil {
		return err
	}
	a := statusAnswer{wire.Version, n.Sources, n.Healthy, n.Articles, n.Stories, n.Watches, n.Pages, n.Backlog, nil}
	if !n.LastArticle.IsZero() {
		last := n.LastArticle.UTC().Format(time.RFC3339)
		a.LastArticle = &last
	}
	return c.json(a)
}

type storiesAnswer struct {
	Version int          `json:"version"`
	Stories []wire.Story `json:"stories"`
	Next    *string      `json:"next"` // cursor, null at the end
}

func (s *server) stories(c *call) error {
	q := c.r.URL.Query()
	f := store.StoryFilter{Lang: q.Get("lang"), Entity: q.Get("entity")}
	var err error
	if f.N, err = c.number("n", 50, 100); err != nil {
		return err
	}
	if q.Get("source") != "" {
		n, err := c.number("source", 0, 1<<40)
		if err != nil {
			return err
		}
		f.Source = int64(n)
	}
	if after := q.Get("after"); after != "" {
		if f.Before, f.BeforeID, err = place(after); err != nil {
			return err
		}
	}
	cards, err := s.Store.Stories(c.r.Context(), f)
	if err != nil {
		return err
	}
	a := storiesAnswer{Version: wire.Version, Stories: []wire.Story{}}
	for _, card := range cards {
		a.Stories = append(a.Stories, wire.StoryOf(card.Story, card.Copies, s.Base))
	}
	if len(cards) == f.N {
		last := cards[len(cards)-1].Story
		next := last.Changed.UTC().Format(time.RFC3339Nano) + "~" + strconv.FormatInt(last.ID, 10)
		a.Next = &next
	}
	return c.json(a)
}

// place reads a cursor of stories: when the last one changed and which it was. Cursors of earlier versions were the moment alone.
func place(cursor string) (time.Time, int64, error) {
	moment, number, numbered := strings.Cut(cursor, "~")
	at, err := time.Parse(time.RFC3339Nano, moment)
	var id int64
	if err == nil && numbered {
		id, err = strconv.ParseInt(number, 10, 64)
	}
	if err != nil {
		return time.Time{}, 0, fault.New(fault.Invalid, "after is the next of an earlier answer")
	}
	return at, id, nil
}

type storyAnswer struct {
	Version  int          `json:"version"`
	Story    wire.Story   `json:"story"`
	Articles []wire.Entry `json:"articles"`

	People     []wire.Person    `json:"people"`      // who is who in the articles, by what they are called and by how that sounds
	Statements []wire.Statement `json:"statements"`  // who claims and who denies what, across the articles
	ReferredBy []wire.Referral  `json:"referred_by"` // articles of other stories that speak of this one, the earliest first
}

// mostReferrals is how many of them an answer holds.
const mostReferrals = 50

func (s *server) story(c *call) error {
	id, err := c.id()
	if err != nil {
		return err
	}
	st, err := s.Store.Story(c.r.Context(), id)
	if err != nil {
		return err
	}
	es, err := s.Store.StoryEntries(c.r.Context(), st.ID)
	if err != nil {
		return err
	}
	later, err := s.Store.ReferredBy(c.r.Context(), st.ID, mostReferrals)
	if err != nil {
		return err
	}
	a := storyAnswer{Version: wire.Version, Articles: []wire.Entry{}, ReferredBy: []wire.Referral{}}
	for _, e := range later {
		a.ReferredBy = append(a.ReferredBy, wire.ReferralsOf(e.Article, e.Placement, e.Source.Name, st.ID)...)
	}
	copies := 0
	for _, e := range es {
		if follows(e) {
			copies++
		}
		a.Articles = append(a.Articles, entryOf(e))
	}
	a.Story = wire.StoryOf(st, copies, s.Base)
	people, statements := engine.WhoSays(es)
	a.People, a.Statements = wire.PeopleOf(people), wire.StatementsOf(statements)
	return c.json(a)
}

func entryOf(e store.Entry) wire.Entry {
	return wire.EntryOf(e.Article, e.Analysis, e.Placement, e.Source.Name, e.Arrived)
}

func (s *server) article(c *call) error {
	id, err := c.id()
	if err != nil {
		return err
	}
	e, err := s.Store.Entry(c.r.Context(), id)
	if err != nil {
		return err
	}
	return c.json(entryOf(e))
}

// export streams the articles of a stretch of time.
func (s *server) export(c *call) error {
	v := c.r.URL.Query()
	from, err1 := moment(v.Get("from"), time.Time{})
	to, err2 := moment(v.Get("to"), s.Now())
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if from.IsZero() {
		return fault.New(fault.Invalid, "from is needed: RFC 3339 or YYYY-MM-DD")
	}
	format := v.Get("format")
	if format == "" {
		format = "jsonl"
	}
	return c.pour(format, about{title: "Marsad", page: "/", formats: "jsonl, csv, atom or jsonfeed"}, func(yield func(store.Entry, any) bool) error {
		return s.Store.Articles(c.r.Context(), from, to, func(e store.Entry) bool { return yield(e, entryOf(e)) })
	})
}

func moment(s string, usual time.Time) (time.Time, error) {
	if s == "" {
		return usual, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fault.New(fault.Invalid, "%q is neither RFC 3339 nor YYYY-MM-DD", s)
}

type readRequest struct {
	URL  string `json:"url"`
	Text string `json:"text"`
	HTML string `json:"html"`
}

func (s *server) read(c *call) error {
	var in readRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if s.TakeApart == nil {
		return fault.New(fault.Invalid, "this desk takes nothing apart")
	}
	job := Reading{URL: in.URL, Pasted: in.Text}
	if in.HTML != "" {
		job = Reading{Body: []byte(in.HTML), ContentType: "text/html; charset=utf-8"}
	}
	if job.URL == "" && job.Pasted == "" && job.Body == nil {
		return fault.New(fault.Invalid, "give url, text or html")
	}
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-c.r.Context().Done():
		return nil
	}
	got, err := s.TakeApart(c.r.Context(), job)
	if err != nil {
		return err
	}
	return c.json(wire.Of(got.Article, got.Analysis))
}
