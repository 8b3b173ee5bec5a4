package store

import (
	"context"
	"time"

	"marsad/internal/ledger"
	"marsad/news"
)

// Lists keeps the public lists, who is subscribed to them, and who must not be written to. What changes a person's consent comes as an
// entry of the ledger, which is on the disk before the store hears of it; the store remembers how far it has followed.
type Lists interface {
	// SaveList keeps a list under its number. Another list with the same slug is a Conflict.
	SaveList(ctx context.Context, l news.PublicList) error
	Lists(ctx context.Context) ([]news.PublicList, error)
	List(ctx context.Context, id int64) (news.PublicList, error)
	// DeleteList forgets a list and its subscriptions. Who unsubscribed from it stays known by their hash.
	DeleteList(ctx context.Context, id int64) error

	// Follow makes entries of the ledger true here, in one transaction with the note that they were followed. An entry that was followed
	// already changes nothing.
	Follow(ctx context.Context, es ...ledger.Entry) error
	// Followed gives the last entry that was followed.
	Followed(ctx context.Context) (ledger.Head, error)

	// Subscriber gives the person behind a hash.
	Subscriber(ctx context.Context, who string) (news.Recipient, error)
	Subscriptions(ctx context.Context, subscriber int64) ([]news.Subscription, error)
	Subscription(ctx context.Context, list, subscriber int64) (news.Subscription, error)
	// Subscribed gives up to n subscribers of a list who agreed, with a number above after, in order. told narrows them to those who were
	// sent something of a story; 0 does not.
	Subscribed(ctx context.Context, list, told, after int64, n int) ([]int64, error)
	// Suppressed gives why an address is not to be written to by a list (0: by any), "" where nothing speaks against it.
	Suppressed(ctx context.Context, who string, list int64) (string, error)
	// Tallies counts the subscriptions of each list by their state.
	Tallies(ctx context.Context) (map[int64]map[news.RecipientState]int, error)
	// WasMailed tells which of the addresses of articles a list was mailed about.
	WasMailed(ctx context.Context, list int64, urls []string) ([]string, error)

	// FreezeLetter stores what a list's notice says in one language, once: a later call changes nothing and gives the stored one. nil only
	// asks; NotFound where there is none.
	FreezeLetter(ctx context.Context, cause, lang string, letter []byte) ([]byte, error)
	// LeaseCopies does for subscribers' copies what LeaseNotices does for all other notices.
	LeaseCopies(ctx context.Context, now time.Time, n int, lease time.Duration) ([]news.Delivery, error)
	// SettleAll stores the outcomes of several attempts at once.
	SettleAll(ctx context.Context, ds []news.Delivery) error
	// Copies counts the copies of a list's notice by their state.
	Copies(ctx context.Context, cause string) (map[news.DeliveryState]int, error)
	// Unreleased lists the notices to lists that a person has to release, oldest first.
	Unreleased(ctx context.Context) ([]OutboxRow, error)
	// CopiesOf lists copies of a list's notice in a state ("" for all), at most n, after the one with the given id.
	CopiesOf(ctx context.Context, cause string, state news.DeliveryState, after string, n int) ([]OutboxRow, error)
}
