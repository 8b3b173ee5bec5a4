package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
	"marsad/wire"
)

// searchCmd asks the archive.
type searchCmd struct {
	brief
	JSON  bool     `help:"Print one record a line."`
	Most  int      `help:"At most this many." default:"20"`
	Rank  bool     `help:"Best first instead of newest first."`
	Query []string `arg:"" help:"The query; put it in quotes."`
}

func (searchCmd) Help() string {
	return `Words must all stand in an article, in any form that its language has. docs/query.md has the whole language: "phrases", OR, - for
NOT, NEAR/5, prefix*, title: lang: source: who: org: where: on:2026-03 and more. A query that begins with - stands behind --.

Examples:
  marsad search 'harbour crane'
  marsad search '(ميناء OR harbour) lang:ar -strike'
  marsad search --json 'who:"Lina Haddad"' | jq .headline`
}

// mostHits caps one search: whoever wants everything exports it.
const mostHits = 10_000

func (c searchCmd) Run(rt *runtimeEnv) error {
	q, err := query.Parse(strings.Join(c.Query, " "))
	if err != nil {
		return badQuery(err)
	}
	if err := within("--most", c.Most, 1, mostHits); err != nil {
		return err
	}
	return rt.withStore(func(s *sqlite.Store) error {
		return c.run(rt, func(ctx context.Context) error { return c.show(ctx, rt, s, q) })
	})
}

func (c searchCmd) show(ctx context.Context, rt *runtimeEnv, s *sqlite.Store, q query.Query) error {
	found, err := s.Find(ctx, q, store.FindOptions{N: c.Most, Rank: c.Rank})
	if err != nil {
		return err
	}
	for _, h := range found.Hits {
		if err := rt.print(c.JSON, wire.Of(h.Entry.Article, h.Entry.Analysis), func(w io.Writer) error { return sayHit(&style{w: w, color: rt.color}, h) }); err != nil {
			return err
		}
	}
	if !c.JSON {
		shown := ""
		if n := len(found.Hits); n < found.Total {
			shown = fmt.Sprintf(", %d shown; --most shows more", n)
		}
		if _, err := fmt.Fprintf(rt.stdout, "%d found%s\n", found.Total, shown); err != nil {
			return err
		}
	}
	return rt.sayPartial(found.Partial)
}

func sayHit(s *style, h store.Hit) error {
	a := h.Entry.Article
	s.say("%-16s  %s  %s\n", when(h.Entry), isolate(safe(h.Entry.Source.Name)), isolate(s.bold(safe(a.Headline))))
	s.say("      %s\n", isolate(s.around(a.Text, h.Spans)))
	return s.err
}

// when gives the time that answers are in the order of: that of publication, or of arrival where it is not known.
func when(e store.Entry) string {
	switch p := e.Article.Published; {
	case !p.Known():
		return e.Arrived.Local().Format("2006-01-02 15:04")
	case p.DayOnly:
		return p.Time.Format(time.DateOnly)
	default:
		return p.Time.Local().Format("2006-01-02 15:04")
	}
}

// The words shown of an article, in characters: before its first hit, and in all.
const (
	shownBefore = 40
	shownInAll  = 110
)

// around gives the words near the first hit, with the hits in them bold.
func (s *style) around(text string, spans []news.Span) string {
	from := 0
	if len(spans) > 0 {
		from = before(text, spans[0].Start)
	}
	to := from
	for n := 0; n < shownInAll && to < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
	}
	at := from
	for _, hit := range spans {
		if hit.Start < at || hit.End > to {
			continue
		}
		b.WriteString(flat(text[at:hit.Start]) + s.bold(flat(text[hit.Start:hit.End])))
		at = hit.End
	}
	b.WriteString(flat(text[at:to]))
	if to < len(text) {
		b.WriteString("…")
	}
	return b.String()
}

// before gives where to begin so that a word at i is seen with what leads to it: at a word's or a line's begin where there is one.
func before(text string, i int) int {
	from := i
	for n := 0; n < shownBefore && from > 0; n++ {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if r == '\n' {
			return from
		}
		from -= size
	}
	if from == 0 {
		return 0
	}
	if space := strings.IndexByte(text[from:i], ' '); space >= 0 {
		return from + space + 1
	}
	return from
}

// flat makes one line of a stranger's words, which keeps the spaces at its ends.
func flat(t string) string {
	return safe(strings.NewReplacer("\n\n", " ", "\n", " ", "\t", " ", "\r", " ").Replace(t))
}

func badQuery(err error) error {
	var e *query.Error
	if errors.As(err, &e) {
		return usage("the query: at byte %d: %s", e.Start, e.Message)
	}
	return err
}
