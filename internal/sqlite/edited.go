package sqlite

import (
	"context"
	"time"

	"marsad/news"
)

// MatchesEver implements store.Edits.
func (s *Store) MatchesEver(ctx context.Context, watch int64, since time.Time, n int) ([]int64, error) {
	ids, err := all(ctx, reader{s}, "matches-ever", column[int64], watch, micros(since), n)
	return ids, wrap("matches ever", err)
}

// Outgrown implements store.Edits.
func (s *Store) Outgrown(ctx context.Context, watch int64, still []int64) error {
	list, err := jsonOf(append([]int64{}, still...))
	if err != nil {
		return wrap("outgrown", err)
	}
	_, err = s.exec(ctx, "outgrown", "match-former", watch, list)
	return err
}

// Unwritten implements store.Edits.
func (s *Store) Unwritten(ctx context.Context, recipients []int64, now time.Time) ([]news.Notice, error) {
	list, err := jsonOf(append([]int64{}, recipients...))
	if err != nil {
		return nil, wrap("unwritten", err)
	}
	ns, err := all(ctx, reader{s}, "notices-unwritten", readNotice, list, micros(now))
	return ns, wrap("unwritten", err)
}

// Judged implements store.Edits.
func (s *Store) Judged(ctx context.Context, v news.Watch, ns []news.Notice, now time.Time) (gone []news.Notice, err error) {
	err = s.within(ctx, "judged", func(w writer) error {
		gone = nil
		var silent []news.Silence
		for _, n := range ns {
			dropped, err := w.exec(ctx, "notice-drop", n.ID, micros(now))
			if err != nil {
				return err
			}
			if dropped == 1 {
				gone = append(gone, n)
				silent = append(silent, news.Silence{Story: n.Story, Watch: v.ID, Recipient: n.Recipient, Kind: news.Edited, Because: n.Kind, Article: n.Article, First: now, Last: now})
			}
		}
		if err := saveSilences(ctx, w, silent); err != nil {
			return err
		}
		if _, err := w.exec(ctx, "silence-undigested", v.ID, micros(now)); err != nil {
			return err
		}
		_, err := w.exec(ctx, "watch-judged", v.ID, v.Query)
		return err
	})
	return gone, err
}
