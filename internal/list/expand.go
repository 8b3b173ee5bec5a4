package list

import (
	"context"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/internal/ledger"
	"marsad/news"
)

// copiesAtOnce is how many copies are planned in one transaction.
const copiesAtOnce = 1000

// mostURLs is how many articles of a story are remembered as told.
const mostURLs = 100

// Expand plans the subscribers' copies of a list's notice and tells how many there are. It may be cut off anywhere and called again:
// a copy's identity is what is told to whom. A correction goes to those who were sent something of its story; what the list was
// mailed about before the database was restored goes to nobody, which is a Conflict.
func (s *Service) Expand(ctx context.Context, n news.Notice) (int, error) {
	l, err := s.ByRecipient(ctx, n.Recipient)
	if err != nil {
		return 0, err
	}
	urls, err := s.fresh(ctx, l, n)
	if err != nil {
		return 0, err
	}
	told := int64(0)
	if n.Kind == news.Correction {
		told = n.Story
	}
	total, after := 0, int64(0)
	for {
		ids, err := s.Store.Subscribed(ctx, l.ID, told, after, copiesAtOnce)
		if err != nil {
			return total, err
		}
		if err := s.Store.AddNotices(ctx, copies(n, l, ids, s.Now())); err != nil {
			return total, err
		}
		s.Wake()
		// Only now: were it written first, a crash between would leave a story that counts as told and was not.
		if after == 0 && len(urls) > 0 {
			if err := s.record(ctx, ledger.Entry{Do: ledger.Mailed, List: l.ID, Slug: l.Slug, URLs: urls}); err != nil {
				return total, err
			}
		}
		if total += len(ids); len(ids) < copiesAtOnce {
			return total, nil
		}
		after = ids[len(ids)-1]
	}
}

// fresh gives the addresses of the story's articles. It is a Conflict where the ledger says that the list had them before this notice
// was planned.
func (s *Service) fresh(ctx context.Context, l news.PublicList, n news.Notice) (urls []string, err error) {
	if n.Story == 0 {
		return nil, nil
	}
	es, err := s.Store.StoryEntries(ctx, n.Story)
	if err != nil {
		return nil, err
	}
	for _, e := range es[:min(len(es), mostURLs)] {
		if e.Article.URL != "" {
			urls = append(urls, e.Article.URL)
		}
	}
	if n.Kind != news.FirstMatch && n.Kind != news.Breaking {
		return urls, nil
	}
	begun, err := s.Store.Copies(ctx, n.ID)
	if err != nil || len(begun) > 0 {
		return urls, err
	}
	if told, err := s.Store.Subscribed(ctx, l.ID, n.Story, 0, 1); err != nil || len(told) > 0 { // this database told of it: the story goes on
		return urls, err
	}
	was, err := s.Store.WasMailed(ctx, l.ID, urls)
	if err == nil && len(was) > 0 {
		err = fault.New(fault.Conflict, "the list was told of this story before the database was restored")
	}
	return urls, err
}

func copies(n news.Notice, l news.PublicList, ids []int64, now time.Time) []news.Notice {
	out := make([]news.Notice, len(ids))
	for i, id := range ids {
		c := n
		c.Recipient, c.List, c.Cause, c.Due, c.Because = id, l.ID, n.ID, now, nil
		c.ID = alert.ID(c)
		out[i] = c
	}
	return out
}

// Wanted gives why a notice of a list is not sent to a subscriber by now, "" where it is.
func (s *Service) Wanted(ctx context.Context, n news.Notice) (string, error) {
	l, is, err := found(s.Store.List(ctx, n.List))
	if err != nil {
		return "", err
	}
	if !is {
		return "the list is gone", nil
	}
	if l.Off {
		return "the list is switched off", nil
	}
	want := news.Confirmed
	if n.Kind == news.Optin {
		want = news.Unconfirmed
	}
	v, is, err := found(s.Store.Subscription(ctx, n.List, n.Recipient))
	switch {
	case err != nil:
		return "", err
	case !is:
		return "not subscribed", nil
	case v.State != want:
		return "the subscription is " + string(v.State), nil
	}
	return "", nil
}

// defaultTimeOut is how long a letter waits for somebody to release it.
const defaultTimeOut = time.Hour

// TimeOut gives how long a list's letters wait for release.
func TimeOut(l news.PublicList) time.Duration {
	if l.TimeOut > 0 {
		return l.TimeOut
	}
	return defaultTimeOut
}

// Waits gives why a list's notice is not expanded yet, "" where it may be. A person's release does not lift a hold on all lists.
func (s *Service) Waits(ctx context.Context, l news.PublicList, d news.Delivery) string {
	switch why := s.OnHold(ctx); {
	case why != "":
		return "all lists are on hold: " + why
	case l.Hold != "":
		return "the list is on hold: " + l.Hold
	case d.Released.IsZero() && !l.AtOnce:
		return "waits for a person to release it"
	}
	return ""
}
