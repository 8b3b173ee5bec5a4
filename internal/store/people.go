package store

import (
	"context"
	"time"

	"marsad/news"
)

// Recipients keeps who may be told. Every change of state or consent is durable before the call returns.
type Recipients interface {
	SaveRecipient(ctx context.Context, r news.Recipient) (int64, error)
	// Recipients gives the desk's own people and the lists, not the lists' subscribers.
	Recipients(ctx context.Context) ([]news.Recipient, error)
	Recipient(ctx context.Context, id int64) (news.Recipient, error)
	// SetRecipientState moves a recipient, with the words agreed to where the state is Confirmed.
	SetRecipientState(ctx context.Context, id int64, to news.RecipientState, consent string, at time.Time) error
}

// Settings keeps small named values: the SMTP account, the mail secret, the desk's name. Get gives NotFound for an unset one.
type Settings interface {
	Setting(ctx context.Context, key string) ([]byte, error)
	SetSetting(ctx context.Context, key string, value []byte) error
}

// Accounts keeps who may sign in.
type Accounts interface {
	SaveAccount(ctx context.Context, a Account) (int64, error)
	Account(ctx context.Context, name string) (Account, error)
	AccountByID(ctx context.Context, id int64) (Account, error)
	Accounts(ctx context.Context) ([]Account, error)
	SaveSession(ctx context.Context, s Session) error
	Session(ctx context.Context, tokenHash string) (Session, error)
	DeleteSession(ctx context.Context, tokenHash string) error
	// Sessions lists an account's sessions and tokens that have not ended at now, the newest first.
	Sessions(ctx context.Context, account int64) ([]Session, error)
	// DeleteSessions ends all of an account's but the one of a hash, "" for none.
	DeleteSessions(ctx context.Context, account int64, keep string) error
}

// Account is somebody who may sign in.
type Account struct {
	ID      int64
	Name    string
	Hash    string // argon2id, PHC string
	Role    string // reader, editor, admin
	Lang    string
	Created time.Time
}

// Session is a signed-in browser or an API token.
type Session struct {
	TokenHash string // SHA-256 of the token, hex: the token itself is not kept
	Account   int64
	Kind      string // "browser" or "api"
	Name      string // of an API token
	CSRF      string
	Created   time.Time
	Expires   time.Time
}

// Local is the reader of a desk that has no account yet.
const Local int64 = -1
