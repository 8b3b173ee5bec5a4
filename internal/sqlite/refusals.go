package sqlite

import (
	"context"
	"errors"
	"net/url"
)

// refusals carry what people decided over into a store that was restored from an older copy.
var refusals = []string{
	// The same number, so that the links in their letters go on to mean them and nobody else.
	`INSERT OR IGNORE INTO recipient SELECT * FROM later.recipient`,
	`UPDATE recipient SET state = l.state FROM later.recipient AS l
	 WHERE l.carrier = recipient.carrier AND l.address = recipient.address AND l.state IN ('unsubscribed', 'bounced')`,
	`UPDATE notice SET state = l.state, message = l.message, attempts = l.attempts, repeats = l.repeats, done = l.done, reply = l.reply
	 FROM later.notice AS l
	 WHERE l.id = notice.id AND l.planned = notice.planned AND notice.state IN ('waiting', 'held') AND l.state IN ('sent', 'failed', 'cancelled')`,
	`UPDATE notice SET state = 'cancelled', leased = 0
	 WHERE state IN ('waiting', 'held') AND recipient IN (SELECT id FROM recipient WHERE state IN ('unsubscribed', 'bounced'))`,
}

// KeepRefusals takes over from the store in the file later, of the same schema, who is not to be told any more, and which notices
// are settled: for a store that was restored from a copy older than that.
func (s *Store) KeepRefusals(ctx context.Context, later string) (err error) {
	c, err := s.write.Conn(ctx)
	if err != nil {
		return wrap("keep refusals", err)
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if _, err := c.ExecContext(ctx, "ATTACH DATABASE ? AS later", "file:"+(&url.URL{Path: later}).EscapedPath()+"?mode=ro"); err != nil {
		return wrap("keep refusals", err)
	}
	defer func() {
		_, detach := c.ExecContext(context.WithoutCancel(ctx), "DETACH DATABASE later")
		err = errors.Join(err, detach)
	}()
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return wrap("keep refusals", err)
	}
	defer tx.Rollback()
	for _, do := range refusals {
		if _, err := tx.ExecContext(ctx, do); err != nil {
			return wrap("keep refusals", err)
		}
	}
	return wrap("keep refusals", tx.Commit())
}
