package desk

import (
	"context"
	"sync"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/news"
)

// gather lets a notice's letter tell all that waits of its story for the same reader. Those others have ended before the letter is
// composed: a desk that dies in between composes it, when it lives again, of the same and of what has come since, so that nothing is
// lost and nothing told twice.
func (d *Desk) gather(ctx context.Context, n news.Notice, to news.Recipient) (news.Notice, error) {
	if n.Kind == news.DigestSlot && n.Cause == "" {
		return d.list(ctx, n)
	}
	if n.Story == 0 || n.Cause != "" || to.Carrier == "webhook" { // a program gets each notice for itself
		return n, nil
	}
	waiting, told, err := d.Store.Together(ctx, n, d.Now())
	if err != nil {
		return n, err
	}
	if with := alert.Gather(n, waiting); len(with) > 0 {
		ids := make([]string, len(with))
		for i, w := range with {
			ids[i] = w.ID
		}
		if err := d.Store.TellIn(ctx, n.ID, ids, d.Now()); err != nil {
			return n, err
		}
		if _, told, err = d.Store.Together(ctx, n, d.Now()); err != nil { // some may have been taken by another worker
			return n, err
		}
	}
	n.Also = told
	return n, nil
}

// list fixes which stories a digest tells, before it is composed: whoever reads them there is told when one is corrected.
func (d *Desk) list(ctx context.Context, n news.Notice) (news.Notice, error) {
	lists, ok := d.Compose.(Digester)
	if !ok || len(alert.Stories(n)) > 0 {
		return n, nil
	}
	stories, err := lists.Stories(ctx, n)
	if err != nil {
		return n, err
	}
	n.Because = stories
	if err := d.Store.Because(ctx, n.ID, stories); err != nil {
		return n, err
	}
	d.listed.add(n)
	return n, nil
}

// noticeBox holds notices that one goroutine leaves for another.
type noticeBox struct {
	mu sync.Mutex
	ns []news.Notice
}

func (b *noticeBox) add(n news.Notice) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ns = append(b.ns, n)
}

func (b *noticeBox) take() []news.Notice {
	b.mu.Lock()
	defer b.mu.Unlock()
	ns := b.ns
	b.ns = nil
	return ns
}

// overtaken gives the breaking news that tells of the same story as a first match, which waits until its story has gathered, and that did
// not take it into its letter: to a public list or a program each notice goes by itself. "" for any other.
func (d *Desk) overtaken(ctx context.Context, n news.Notice) (string, error) {
	if n.Kind != news.FirstMatch || n.Story == 0 || n.Cause != "" {
		return "", nil
	}
	b := n
	b.Kind, b.Fact = news.Breaking, ""
	b.ID = alert.ID(b)
	row, err := d.Store.Delivery(ctx, b.ID)
	switch {
	case fault.Is(err, fault.NotFound):
		return "", nil
	case err != nil:
		return "", err
	case row.Delivery.State != news.Sent && (row.Delivery.State != news.Waiting || row.Delivery.Message == nil):
		return "", nil
	}
	if _, told, err := d.Store.Together(ctx, n, d.Now()); err != nil || len(told) > 0 { // its letter has to tell more than that
		return "", err
	}
	return b.ID, nil
}
