package list

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"regexp"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
)

// People is what making a list asks of a store besides.
type People interface {
	store.Recipients
	store.Watches
}

var slug = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,50}$`)

// reserved are slugs that the pages use themselves.
var reserved = map[string]bool{"new": true, "hold": true, "adopt": true}

// Check tells what is wrong with a list; Invalid.
func Check(l news.PublicList) error {
	switch {
	case l.Name == "" || len(l.Name) > 200 || len(l.About) > 2000 || len(l.Imprint) > 1000:
		return fault.New(fault.Invalid, "a list needs a name")
	case !slug.MatchString(l.Slug) || reserved[l.Slug]:
		return fault.New(fault.Invalid, "a list's address is of small letters, digits and hyphens")
	case len(l.Langs) == 0:
		return fault.New(fault.Invalid, "a list needs a language")
	}
	return nil
}

// Make makes a list with the watch that feeds it, and the recipient that stands for it there. breaking narrows it to what breaks.
func (s *Service) Make(ctx context.Context, people People, l news.PublicList, q string, breaking bool, zone, by string) (news.PublicList, error) {
	if err := Check(l); err != nil {
		return l, err
	}
	if _, err := s.BySlug(ctx, l.Slug); !fault.Is(err, fault.NotFound) {
		if err == nil {
			err = fault.New(fault.Conflict, "another list is called %s", l.Slug)
		}
		return l, err
	}
	if breaking && q == "" {
		q = "is:breaking"
	} else if breaking {
		q = "(" + q + ") is:breaking"
	}
	if _, err := query.Parse(q); err != nil {
		return l, fault.New(fault.Invalid, "the query cannot be read: %w", err)
	}
	now := s.Now()
	recipient := news.Recipient{Carrier: news.ListCarrier, Address: l.Slug, Lang: l.Langs[0], Zone: zone, State: news.Confirmed, Created: now,
		Consent: "made by " + by, Consented: now}
	var err error
	if l.Recipient, err = people.SaveRecipient(ctx, recipient); err != nil {
		return l, err
	}
	w := news.Watch{Name: l.Name, Query: q, Recipients: []int64{l.Recipient}, Tell: []news.ReasonKind{news.Breaking, news.Correction}, Zone: zone, Created: now}
	if l.Watch, err = people.SaveWatch(ctx, w); err != nil {
		return l, err
	}
	l.ID, l.Created = drawn(), now
	return l, s.Store.SaveList(ctx, l)
}

// drawn gives a random number that JSON holds exactly.
func drawn() int64 {
	var b [8]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	return int64(binary.BigEndian.Uint64(b[:])>>11) | 1
}

// Delete takes a list away with its watch. Who left it stays known by their hash.
func (s *Service) Delete(ctx context.Context, people People, l news.PublicList) error {
	if err := s.Store.DeleteList(ctx, l.ID); err != nil {
		return err
	}
	if err := people.DeleteWatch(ctx, l.Watch); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	// The recipient stays for the outbox, under a name that a new list does not meet.
	r, err := people.Recipient(ctx, l.Recipient)
	if err != nil {
		return err
	}
	r.State, r.Address = news.Unsubscribed, r.Address+" "+r.Created.UTC().Format("20060102150405")
	_, err = people.SaveRecipient(ctx, r)
	return err
}
