package sqlite

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// saveSilences keeps silences, all in one statement: an article of a story that many watches know gives as many of them.
func saveSilences(ctx context.Context, w writer, ss []news.Silence) error {
	if len(ss) == 0 {
		return nil
	}
	rows := make([][]any, len(ss))
	for i, s := range ss {
		rows[i] = []any{s.Story, s.Watch, s.Recipient, s.Kind, s.Because, s.Article, micros(s.First), micros(s.Last), max(s.Times, 1)}
	}
	list, err := jsonOf(rows)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, "silences-keep", list)
	return err
}

// Decisions implements store.Decisions. Notices and silences are asked for apart, each at most as many as are wanted, and put in order.
func (s *Store) Decisions(ctx context.Context, f store.DecisionFilter) ([]store.Decision, error) {
	if f.Watch == 0 && f.Story == 0 {
		return nil, fault.New(fault.Invalid, "store: decisions of a watch or of a story")
	}
	if f.N == 0 {
		f.N = 50
	}
	at, key, err := readKey(f.After)
	if err != nil {
		return nil, err
	}
	of, subject, args := "watch", f.Watch, []any{}
	if f.Story != 0 {
		st, err := s.Story(ctx, f.Story)
		if err != nil {
			return nil, err
		}
		watches, err := jsonOf(append([]int64{}, f.Watches...))
		if err != nil {
			return nil, wrap("decisions", err)
		}
		recipients, err := jsonOf(append([]int64{}, f.Recipients...))
		if err != nil {
			return nil, wrap("decisions", err)
		}
		of, subject, args = "story", st.ID, []any{f.Watch, watches, recipients}
	}
	args = append([]any{subject, at, key, f.Only, f.Kind, f.N}, args...)
	out, err := all(ctx, reader{s}, "notices-of-"+of, readTold, args...)
	if err != nil {
		return nil, wrap("decisions", err)
	}
	silent, err := all(ctx, reader{s}, "silences-of-"+of, readSilent, args...)
	if err != nil {
		return nil, wrap("decisions", err)
	}
	out = append(out, silent...)
	slices.SortFunc(out, func(a, b store.Decision) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		return strings.Compare(a.Key, b.Key)
	})
	return out[:min(len(out), f.N)], nil
}

// keyOf names a decision in the order of Decisions.
func keyOf(at time.Time, id string) string { return strconv.FormatInt(micros(at), 10) + "_" + id }

// readKey gives what a cursor means; "" means before everything.
func readKey(after string) (at int64, id string, err error) {
	if after == "" {
		return math.MaxInt64, "\U0010FFFF", nil
	}
	digits, id, ok := strings.Cut(after, "_")
	at, err = strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || len(id) > 200 {
		return 0, "", fault.New(fault.Invalid, "store: no such cursor")
	}
	return at, id, nil
}

// beside is what stands beside a decision, read with it.
type beside struct {
	story           int64
	headline, lang  string
	body            []byte
	source, watch   string
	spans           []news.Span
	id              sql.NullInt64
	way, address    sql.NullString
	tongue, zone    sql.NullString
	recipientsState sql.NullString
}

func (b *beside) into() []any {
	return []any{&b.story, &b.headline, &b.lang, &b.body, &b.source, object{&b.spans}, &b.watch, &b.id, &b.way, &b.address, &b.tongue, &b.zone, &b.recipientsState}
}

// put completes a decision about an article.
func (b *beside) put(d *store.Decision, watch, article int64) error {
	d.Watch = news.Watch{ID: watch, Name: b.watch}
	d.Story, d.Headline, d.Lang = b.story, b.headline, b.lang
	d.Recipient = news.Recipient{ID: b.id.Int64, Carrier: b.way.String, Address: b.address.String, Lang: b.tongue.String, Zone: b.zone.String,
		State: news.RecipientState(b.recipientsState.String)}
	if b.body == nil {
		return nil
	}
	var a news.Article
	if err := (object{&a}).Scan(b.body); err != nil {
		return err
	}
	d.Entry = &store.Brief{Article: article, Headline: a.Headline, Lang: a.Lang, Source: b.source, Words: wordsAt(a.Text, b.spans)}
	return nil
}

// mostWords is how many words are shown as the ones by which an article satisfies a watch.
const mostWords = 5

// wordsAt gives the words at some places of a text, each once.
func wordsAt(text string, spans []news.Span) (words []string) {
	for _, s := range spans {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End || s.End-s.Start > 120 || len(words) == mostWords {
			continue
		}
		if w := strings.Join(strings.Fields(text[s.Start:s.End]), " "); !slices.ContainsFunc(words, func(o string) bool { return strings.EqualFold(o, w) }) {
			words = append(words, w)
		}
	}
	return words
}

func readSilent(s scan) (d store.Decision, err error) {
	var b beside
	v := &d.Silence
	err = s(append([]any{moment{&d.At}, &d.Key, &v.Story, &v.Watch, &v.Recipient, &v.Kind, &v.Because, &v.Article, moment{&v.First}, &v.Times}, b.into()...)...)
	if err != nil {
		return d, err
	}
	v.Last, d.Key = d.At, keyOf(d.At, d.Key)
	return d, b.put(&d, v.Watch, v.Article)
}

func readTold(s scan) (d store.Decision, err error) {
	var b beside
	v := &news.Delivery{}
	d.Delivery = v
	n := &v.Notice
	err = s(append([]any{moment{&n.Planned}, &n.ID, &n.Recipient, &n.Watch, &n.Story, &n.Article, &n.Kind, &n.Fact, object{&n.Because}, moment{&n.Due}, &n.List, &n.Cause,
		&v.State, &v.Attempts, &v.Repeats, moment{&v.Next}, moment{&v.Done}, &v.Reply, moment{&v.Released}}, b.into()...)...)
	if err != nil {
		return d, err
	}
	d.At, d.Key = n.Planned, keyOf(n.Planned, n.ID)
	return d, b.put(&d, n.Watch, n.Article)
}

// Noise implements store.Decisions.
func (s *Store) Noise(ctx context.Context, watches []int64, since time.Time) (map[int64]store.Noise, error) {
	list, err := jsonOf(watches)
	if err != nil {
		return nil, wrap("noise", err)
	}
	out := make(map[int64]store.Noise, len(watches))
	for name, set := range map[string]func(*store.Noise, int){
		"noise-found": func(n *store.Noise, v int) { n.Found = v }, "noise-letters": func(n *store.Noise, v int) { n.Letters = v }, "noise-silent": func(n *store.Noise, v int) { n.Silent = v },
	} {
		rows, err := numbers(ctx, reader{s}, name, list, micros(since))
		if err != nil {
			return nil, wrap("noise", err)
		}
		for watch, n := range rows {
			one := out[watch]
			set(&one, int(n[0]))
			out[watch] = one
		}
	}
	return out, nil
}

// silencesAtOnce is how many are looked at in one transaction of forgetting: commits do not wait long.
const silencesAtOnce = 5000

// LetSilencesGo implements store.Decisions.
func (s *Store) LetSilencesGo(ctx context.Context, before time.Time, each, most int) (gone int, err error) {
	crowded, err := numbers(ctx, reader{s}, "silences-crowded", each)
	if err != nil {
		return 0, wrap("let silences go", err)
	}
	for watch := range crowded {
		mark, err := one(ctx, reader{s}, "silences-mark", column[int64], watch, each)
		if err != nil {
			return gone, wrap("let silences go", err)
		}
		n, err := s.exec(ctx, "let silences go", "silences-thin", watch, mark)
		if gone += int(n); err != nil {
			return gone, err
		}
	}
	limit := micros(before)
	if n, err := one(ctx, reader{s}, "silences-count", column[int]); err != nil {
		return gone, wrap("let silences go", err)
	} else if n > most {
		mark, err := one(ctx, reader{s}, "silences-mark-all", column[int64], most)
		if err != nil {
			return gone, wrap("let silences go", err)
		}
		limit = max(limit, mark+1)
	}
	n, err := s.forgetSilences(ctx, limit)
	return gone + n, err
}

// forgetSilences forgets those that last happened before a moment, story by story.
func (s *Store) forgetSilences(ctx context.Context, limit int64) (gone int, err error) {
	for story := int64(-1); ; {
		upto, err := one(ctx, reader{s}, "silences-next", column[sql.NullInt64], story, silencesAtOnce)
		if err != nil {
			return gone, wrap("let silences go", err)
		}
		if !upto.Valid {
			return gone, nil
		}
		n, err := s.exec(ctx, "let silences go", "silences-forget", story, upto.Int64, limit)
		if gone += int(n); err != nil {
			return gone, err
		}
		story = upto.Int64
	}
}
