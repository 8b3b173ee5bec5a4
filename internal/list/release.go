package list

import (
	"context"
	"strings"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/news"
)

// Desk is what the lists ask of the desk when a letter waits.
type Desk struct {
	Release func(ctx context.Context, notice string) error
	Cancel  func(ctx context.Context, notice string) error
}

// Attend looks after the letters that wait for release: it asks who releases at once, their delegate when half of the time is over,
// and does what the list says when it is over. It may be called as often as one likes.
func (s *Service) Attend(ctx context.Context, d Desk) error {
	rows, err := s.Store.Unreleased(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	var asks []news.Notice
	for _, r := range rows {
		n := r.Delivery.Notice
		l, is, err := found(s.ByRecipient(ctx, n.Recipient))
		if err != nil {
			return err
		}
		now, out := s.Now(), TimeOut(l)
		switch over := now.Sub(n.Due); {
		case !is || l.Off:
			err = d.Cancel(ctx, n.ID)
		case over >= out && l.SendLate && l.Hold == "" && s.OnHold(ctx) == "":
			err = d.Release(ctx, n.ID)
		case over >= out:
			err = d.Cancel(ctx, n.ID)
		default:
			asks = append(asks, asking(n, l.Releaser, now)...)
			if over >= out/2 {
				asks = append(asks, asking(n, l.Delegate, now)...)
			}
		}
		if err != nil && !fault.Is(err, fault.NotFound) { // somebody was faster
			return err
		}
	}
	if len(asks) > 0 {
		err = s.Store.AddNotices(ctx, asks)
		s.Wake()
	}
	return err
}

// asking gives the notice that asks somebody to decide about another, none for nobody. It is the same each time.
func asking(about news.Notice, who int64, now time.Time) []news.Notice {
	if who == 0 {
		return nil
	}
	n := news.Notice{Recipient: who, Story: about.Story, Article: about.Article, Kind: news.Release, Fact: about.ID + " waits", Planned: now, Due: now}
	n.ID = alert.ID(n)
	return []news.Notice{n}
}

// Asked gives the notice that a notice of kind Release is about.
func Asked(n news.Notice) string {
	id, _, _ := strings.Cut(n.Fact, " ")
	return id
}
