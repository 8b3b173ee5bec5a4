package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/text"
)

// Cursor implements store.Process.
func (s *Store) Cursor(ctx context.Context, name string) (int64, error) {
	at, err := one(ctx, reader{s}, "cursor", column[int64], name)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return at, wrap("cursor", err)
}

// SiteMemory implements store.Process.
func (s *Store) SiteMemory(ctx context.Context, source int64) ([]byte, error) {
	b, err := one(ctx, reader{s}, "site-memory", column[[]byte], source)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return b, wrap("site memory", err)
}

// LastStory implements store.Process.
func (s *Store) LastStory(ctx context.Context) (int64, error) {
	n, err := one(ctx, reader{s}, "story-last", column[int64])
	return n, wrap("last story", err)
}

// Latest implements store.Process.
func (s *Store) Latest(ctx context.Context, story int64, n int) ([]store.Entry, error) {
	entries, err := s.entriesWith(ctx, "entries-latest", "links-latest", story, n)
	return entries, wrap("latest of story", err)
}

// StoryWatches implements store.Process.
func (s *Store) StoryWatches(ctx context.Context, stories []int64) (now, once []int64, err error) {
	list, err := jsonOf(stories)
	if err != nil {
		return nil, nil, wrap("story watches", err)
	}
	type found struct {
		watch  int64
		former bool
	}
	rows, err := all(ctx, reader{s}, "story-watches", func(sc scan) (f found, err error) { return f, sc(&f.watch, &f.former) }, list)
	for _, f := range rows {
		if f.former {
			once = append(once, f.watch)
		} else {
			now = append(now, f.watch)
		}
	}
	return now, once, wrap("story watches", err)
}

// Version implements store.Process.
func (s *Store) Version(ctx context.Context, url string, before int64) (store.Entry, error) {
	e, err := one(ctx, reader{s}, "entry-of-address", readEntry, url, before)
	return e, wrap("earlier version", err)
}

// Commit implements store.Process.
func (s *Store) Commit(ctx context.Context, r store.Result) error {
	return s.CommitAll(ctx, []store.Result{r})
}

// CommitAll commits several results in one transaction: for who brings in an archive, where a transaction for each would wait for the disk
// most of the time.
func (s *Store) CommitAll(ctx context.Context, rs []store.Result) error {
	rows := make([][]any, len(rs))
	for i := range rs {
		var err error
		if rows[i], err = articleRow(rs[i]); err != nil {
			return wrap("commit", err)
		}
	}
	err := s.within(ctx, "commit", func(w writer) error {
		for i := range rs {
			if err := commit(ctx, w, rs[i], rows[i]); err != nil {
				return err
			}
		}
		// The words come last: the index writes what it has gathered whenever another table is written to.
		for i := range rs {
			if err := index(ctx, w, rs[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.keepUp(ctx, articlesOf(rs))
	}
	return err
}

// articlesOf gives the numbers of the articles of results.
func articlesOf(rs []store.Result) (ids []int64) {
	for i := range rs {
		if rs[i].Rejected == "" {
			ids = append(ids, rs[i].Article.ID)
		}
	}
	return ids
}

// index stores the words of an article in place of those of an earlier reading.
func index(ctx context.Context, w writer, r store.Result) error {
	if r.Rejected != "" {
		return nil
	}
	if _, err := w.exec(ctx, "article-forget-words", r.Article.ID); err != nil {
		return err
	}
	_, err := w.exec(ctx, "article-words", r.Article.ID, words(r))
	return err
}

func commit(ctx context.Context, w writer, r store.Result, row []any) error {
	if r.Rejected != "" {
		if _, err := w.exec(ctx, "reject", r.Page, r.Rejected); err != nil {
			return err
		}
	} else if err := commitArticle(ctx, w, r, row); err != nil {
		return err
	}
	if r.Site != nil {
		if _, err := w.exec(ctx, "site-memory-save", r.Article.SourceID, r.Site); err != nil {
			return err
		}
	}
	_, err := w.exec(ctx, "cursor-move", r.Cursor, r.Page)
	return err
}

// placed is what an article's row keeps of its placement; its links have rows of their own.
type placed struct {
	New     bool
	Because []news.Reason
	Merged  []int64
}

// articleRow encodes the article outside of the transaction: it is the costly part.
func articleRow(r store.Result) ([]any, error) {
	if r.Rejected != "" {
		return nil, nil
	}
	a := r.Article
	body, err := packedJSON(a)
	if err != nil {
		return nil, err
	}
	analysis, err := packedJSON(r.Analysis)
	if err != nil {
		return nil, err
	}
	how, err := jsonOf(placed{r.Placement.New, r.Placement.Because, r.Placement.Merged})
	if err != nil {
		return nil, err
	}
	return []any{a.ID, a.PageID, a.SourceID, r.Placement.Story, a.Lang, micros(a.Published.Time), r.Analysis.Version, body, analysis, how}, nil
}

// commitArticle stores an article with all that hangs on it. What an earlier reading of the same page said is replaced.
func commitArticle(ctx context.Context, w writer, r store.Result, row []any) error {
	for _, st := range r.Stories {
		if err := saveStory(ctx, w, st); err != nil {
			return err
		}
	}
	n, err := w.exec(ctx, "article-save", row...)
	if err := missing(n, err, "page %d", r.Article.PageID); err != nil {
		return err
	}
	for _, forget := range []string{"article-forget-links", "article-forget-names", "article-forget-matches", "article-forget-references",
		"article-forget-renamed"} {
		if _, err := w.exec(ctx, forget, r.Article.ID); err != nil {
			return err
		}
	}
	if _, err := w.exec(ctx, "reject-not", r.Article.PageID); err != nil {
		return err
	}
	for _, m := range r.Analysis.Mentions {
		if m.Entity == "" {
			continue
		}
		if _, err := w.exec(ctx, "article-name", r.Article.ID, m.Entity, string(m.Kind), m.Name); err != nil {
			return err
		}
	}
	return commitPlacement(ctx, w, r)
}

// words gives the words of an article's index. Tokens without marks are given them, because searches rest on them.
func words(r store.Result) string {
	if !strings.Contains(r.Tokens, match.Marked) {
		a := r.Article
		r.Tokens += " " + match.NewDoc(a, r.Analysis, text.Analyze(a.Text, pack.For(a.Lang)), news.Source{}).Tokens()
	}
	return r.Tokens + named(r.Article, r.Analysis) + statedOf(r.Article, r.Analysis)
}

// commitPlacement stores links, merged stories, matches, notices and silences.
func commitPlacement(ctx context.Context, w writer, r store.Result) error {
	for _, l := range r.Placement.Links {
		evidence, err := jsonOf(l.Evidence)
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "article-link", r.Article.ID, l.Other, string(l.Kind), string(l.Direction), l.Score, evidence); err != nil {
			return err
		}
	}
	if err := noteFollowers(ctx, w, r); err != nil {
		return err
	}
	if err := saveReferences(ctx, w, r); err != nil {
		return err
	}
	for _, id := range r.Placement.Merged {
		for _, move := range []string{"article-merge", "story-merge"} {
			if _, err := w.exec(ctx, move, id, r.Placement.Story); err != nil {
				return err
			}
		}
	}
	if err := saveMatches(ctx, w, r.Matches); err != nil {
		return err
	}
	if err := addNotices(ctx, w, r.Notices); err != nil {
		return err
	}
	return saveSilences(ctx, w, r.Silences)
}

func saveMatches(ctx context.Context, w writer, ms []news.Match) error {
	for _, m := range ms {
		spans, err := jsonOf(m.Spans)
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "article-match", m.Watch, m.Article, spans); err != nil {
			return err
		}
	}
	return nil
}

func saveStory(ctx context.Context, w writer, st news.Story) error {
	why, err := jsonOf(st.BreakingWhy)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, "story-save", st.ID, st.Headline, st.Lead, st.Lang, st.Articles, st.Sources, st.Independent,
		strings.Join(st.Langs, " "), st.First, micros(st.FirstAt), st.Lag.Microseconds(), micros(st.Opened), micros(st.Changed),
		st.Disputed, micros(st.Breaking), why, st.Merged)
	return err
}

func readStory(s scan) (st news.Story, err error) {
	var langs string
	err = s(&st.ID, &st.Headline, &st.Lead, &st.Lang, &st.Articles, &st.Sources, &st.Independent, &langs, &st.First,
		moment{&st.FirstAt}, span{&st.Lag}, moment{&st.Opened}, moment{&st.Changed}, &st.Disputed, moment{&st.Breaking},
		object{&st.BreakingWhy}, &st.Merged)
	st.Langs = strings.Fields(langs)
	return st, err
}

// Window implements store.Process.
func (s *Store) Window(ctx context.Context, since time.Time) (all []store.Entry, err error) {
	err = s.Replay(ctx, since, func(e store.Entry) bool {
		all = append(all, e)
		return true
	})
	return all, err
}

// Replay implements store.Process. No connection is held while yield runs.
func (s *Store) Replay(ctx context.Context, since time.Time, yield func(store.Entry) bool) error {
	for after := int64(0); ; {
		entries, err := s.entriesWith(ctx, "entries-window", "links-window", micros(since), after, batch)
		if err != nil {
			return wrap("replay", err)
		}
		for _, e := range entries {
			if after = e.Article.ID; !yield(e) {
				return nil
			}
		}
		if len(entries) < batch {
			return nil
		}
	}
}

// History implements store.Process.
func (s *Store) History(ctx context.Context, since time.Time) ([]news.Notice, error) {
	notices, err := all(ctx, reader{s}, "notices-since", readNotice, micros(since))
	return notices, wrap("history", err)
}

// Strayed implements store.Process.
func (s *Store) Strayed(ctx context.Context, since time.Time) ([]news.Notice, error) {
	notices, err := all(ctx, reader{s}, "notices-strayed", readNotice, micros(since))
	return notices, wrap("strayed notices", err)
}
