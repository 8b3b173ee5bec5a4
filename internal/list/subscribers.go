package list

import (
	"context"

	"marsad/news"
)

// pageOfPeople is how many subscribers are read at a time.
const pageOfPeople = 500

// Subscribers gives everybody who agreed to a list and has not left, until yield fails, whose error comes back. Who leaves meanwhile may
// be among them.
func (s *Service) Subscribers(ctx context.Context, list int64, yield func(address string, sub news.Subscription) error) error {
	after := int64(0)
	for {
		ids, err := s.Store.Subscribed(ctx, list, 0, after, pageOfPeople)
		if err != nil {
			return err
		}
		for _, id := range ids {
			sub, is, err := found(s.Store.Subscription(ctx, list, id))
			if err != nil {
				return err
			}
			if !is || sub.State != news.Confirmed {
				continue
			}
			to, is, err := found(s.Store.Recipient(ctx, id))
			if err != nil {
				return err
			}
			if !is {
				continue
			}
			if err := yield(to.Address, sub); err != nil {
				return err
			}
		}
		if len(ids) < pageOfPeople {
			return nil
		}
		after = ids[len(ids)-1]
	}
}

// HoldList keeps everything of one list back until it is called with "". What waits for release then goes on waiting.
func (s *Service) HoldList(ctx context.Context, l news.PublicList, why string) (news.PublicList, error) {
	l.Hold = clip(why, 300)
	return l, s.Store.SaveList(ctx, l)
}
