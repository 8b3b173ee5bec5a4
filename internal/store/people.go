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
	// TakeSession ends one and gives it: of several that take it at once one gets it, the others NotFound.
	TakeSession(ctx context.Context, tokenHash string) (Session, error)
	// UseSession remembers when a session was last used.
	UseSession(ctx context.Context, tokenHash string, at time.Time) error
	// SetRole gives an account another role. The last admin stays one: Conflict.
	SetRole(ctx context.Context, account int64, role string) error
	// RemoveAccount takes an account away with its sessions, tokens and links, and with all that it did as a reader. What stands in the
	// audit stays. The last admin stays: Conflict.
	RemoveAccount(ctx context.Context, account int64) error
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

// Session is a signed-in browser, an API token, or a link that lets somebody in once.
type Session struct {
	TokenHash string // SHA-256 of the token, hex: the token itself is not kept
	Account   int64  // whose; of an invitation, who invites
	Kind      string // "browser", "api", "invite" or "reset"
	Name      string // what an API token or an invitation is for; which browser
	CSRF      string
	Scope     string // of an API token, what it may do: "" all that its account may; of an invitation, the role
	Created   time.Time
	Expires   time.Time
	Used      time.Time // last, to an hour; zero: never
}

// Local is the reader of a desk that has no account yet.
const Local int64 = -1
