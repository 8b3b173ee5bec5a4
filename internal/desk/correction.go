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

// wasTold tells whether a notice told of a story, alone, in a digest or in the letter of another, and was sent.
func (d *Desk) wasTold(ctx context.Context, n news.Notice, story int64) (bool, error) {
	of := n.Story == story
	if n.Kind == news.DigestSlot {
		for _, id := range alert.Stories(n) {
			s, err := d.Store.Story(ctx, id) // of one that was merged the one that it became part of
			if err != nil && !fault.Is(err, fault.NotFound) {
				return false, err
			}
			of = of || id == story || s.ID == story
		}
	}
	if !of {
		return false, nil
	}
	row, err := d.Store.Delivery(ctx, n.ID)
	if err == nil && row.Delivery.State == news.Told {
		row, err = d.Store.Delivery(ctx, row.Delivery.Reply)
	}
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return row.Delivery.State == news.Sent, err
}

// TellCorrection plans a correction in a person's own words, which the fact carries, to everybody who was sent something of a story, in
// whatever letter: the
// desk's own people at once, lists once somebody has released it. It tells how many. The same words are told once.
func (d *Desk) TellCorrection(ctx context.Context, story int64, fact string) (int, error) {
	ns, err := d.Store.History(ctx, d.Now().Add(-correctable))
	if err != nil {
		return 0, err
	}
	told := map[int64]bool{}
	var due []news.Notice
	for _, n := range ns {
		if told[n.Recipient] || n.Watch == 0 {
			continue
		}
		if told[n.Recipient], err = d.wasTold(ctx, n, story); err != nil {
			return 0, err
		} else if !told[n.Recipient] {
			continue
		}
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
