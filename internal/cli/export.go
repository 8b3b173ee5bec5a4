package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"time"

	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/wire"
)

// exportCmd streams the archive.
type exportCmd struct {
	From    string `help:"First day, YYYY-MM-DD." default:""`
	To      string `help:"Day after the last, YYYY-MM-DD." default:""`
	Placed  bool   `help:"Print each article with its story, its links and the earlier stories that it speaks of." xor:"what"`
	Lessons bool   `help:"Print what people said of stories instead, with the articles meant: to learn from." xor:"what"`
}

func (exportCmd) Help() string {
	return `Prints every article of the archive as a record, one JSON object a line.

With --placed a line is the article as the API gives it: its record under
"article", beside it "story", "because", "links" and "references".

With --lessons a line is one word of a person's on stories: the articles of
"left" and those of "right" tell one happening ("same": true) or two. What
was taken back is left out; what the desk did by itself is in it only where a
person took it back.

Examples:
  marsad export >archive.jsonl
  marsad export --from 2026-03-01 --to 2026-04-01
  marsad export --lessons >lessons.jsonl`
}

func (c exportCmd) Run(rt *runtimeEnv) error {
	from, to := time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, d := range []struct {
		said string
		at   *time.Time
	}{{c.From, &from}, {c.To, &to}} {
		if d.said == "" {
			continue
		}
		t, err := time.Parse(time.DateOnly, d.said)
		if err != nil {
			return usage("%q is no day; write YYYY-MM-DD", d.said)
		}
		*d.at = t
	}
	out := bufio.NewWriter(rt.stdout)
	bar := rt.progress(true)
	defer bar.end()
	return errors.Join(rt.withStore(func(s *sqlite.Store) error {
		if c.Lessons {
			return lessons(rt.ctx, s, from, to, func(l wire.Lesson) error {
				bar.step()
				return line(out, l)
			})
		}
		var failed error
		err := s.Articles(rt.ctx, from, to, func(e store.Entry) bool {
			bar.step()
			if c.Placed {
				failed = line(out, entryOf(e))
			} else {
				failed = line(out, wire.Of(e.Article, e.Analysis))
			}
			return failed == nil
		})
		return errors.Join(err, failed)
	}), out.Flush())
}

// line writes a value as one line of JSON.
func line(w io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err == nil {
		_, err = w.Write(append(b, '\n'))
	}
	return err
}

func entryOf(e store.Entry) wire.Entry {
	return wire.EntryOf(e.Article, e.Analysis, e.Placement, e.Source.Name, e.Arrived)
}
