package desk

import (
	"context"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/news"
)

// correctable is how far back somebody is looked for who was told of a story.
const correctable = 30 * 24 * time.Hour

// TellCorrection plans a correction in a person's own words, which the fact carries, to everybody who was sent something of a story: the
// desk's own people at once, lists once somebody has released it. It tells how many. The same words are told once.
func (d *Desk) TellCorrection(ctx context.Context, story int64, fact string) (int, error) {
	ns, err := d.Store.History(ctx, d.Now().Add(-correctable))
	if err != nil {
		return 0, err
	}
	told := map[int64]bool{}
	var due []news.Notice
	for _, n := range ns {
		if n.Story != story || told[n.Recipient] || n.Watch == 0 {
			continue
		}
		row, err := d.Store.Delivery(ctx, n.ID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return 0, err
		}
		if row.Delivery.State != news.Sent {
			continue
		}
		told[n.Recipient] = true
		c := news.Notice{Recipient: n.Recipient, Watch: n.Watch, Story: story, Article: n.Article, Kind: news.Correction, Fact: fact, Planned: d.Now(), Due: d.Now()}
		c.ID = alert.ID(c)
		due = append(due, c)
	}
	if err := d.Store.AddNotices(ctx, due); err != nil {
		return 0, err
	}
	d.due.ring()
	return len(due), nil
}
