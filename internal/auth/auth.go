// Package auth says who a visitor is and what they may do: accounts, passwords, sessions, tokens, the set-up token of a new desk,
// and the guard that stands before every handler.
//
// It keeps no page and no wording. It will not send mail or trust a forwarded address: whoever runs the desk hands a link to whom it is for.
//
// Until an account exists whoever is on the loopback interface may read, and whoever holds the set-up token may do everything. From
// the first account on everybody signs in.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"marsad/internal/fault"
	"marsad/internal/store"
)

// Role is what an account may do; each includes the one before it.
type Role int

// The roles.
const (
	Nobody Role = iota // public pages alone: signing in, confirming, unsubscribing
	Reader             // may read everything but settings
	Editor             // may change watches, sources and notices
	Admin              // may change settings and accounts
)

var roleNames = [...]string{"nobody", "reader", "editor", "admin"}

func (r Role) String() string { return roleNames[r] }

// ParseRole gives the role of a name, Nobody for an unknown one.
func ParseRole(name string) Role {
	for i, n := range roleNames {
		if n == name {
			return Role(i)
		}
	}
	return Nobody
}

// The kinds of session: a browser, a program with an API token, and the links that let somebody in once.
const (
	Browser    = "browser"
	Program    = "api"
	invitation = "invite"
	reset      = "reset"
)

// The scopes of an API token that may do less than its account.
const (
	Reads = "read" // reads, and changes nothing
	Marks = "mark" // reads, and marks what was read, stars and tags it
)

// SessionLife is how long a browser stays signed in.
const SessionLife = 30 * 24 * time.Hour

// Options makes a Keeper.
type Options struct {
	Store store.Accounts
	// Setup is the set-up token of a desk without accounts; "" makes a random one.
	Setup string
	// Hosts are the names besides localhost, 127.0.0.1 and [::1] under which the desk may be addressed, without port.
	Hosts []string
	Now   func() time.Time
}

// Keeper answers who a visitor is. It is safe for concurrent use.
type Keeper struct {
	store   store.Accounts
	setup   string
	hosts   map[string]bool
	now     func() time.Time
	claimed atomic.Bool // an account is known to exist: the last admin's is never taken away
	tries   *limiter
}

// New makes a keeper.
func New(o Options) *Keeper {
	k := &Keeper{store: o.Store, setup: o.Setup, now: o.Now, hosts: map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}}
	if k.now == nil {
		k.now = time.Now
	}
	if k.setup == "" {
		k.setup = token()
	}
	for _, h := range o.Hosts {
		k.hosts[strings.ToLower(strings.Trim(h, "[] "))] = true
	}
	k.tries = newLimiter(k.now)
	return k
}

// SetupToken gives the token that stands in the address that the start prints.
func (k *Keeper) SetupToken() string { return k.setup }

// Claimed tells whether the desk has an account. An unreachable store counts as claimed: doubt must not open a door.
func (k *Keeper) Claimed(ctx context.Context) bool {
	if k.claimed.Load() {
		return true
	}
	as, err := k.store.Accounts(ctx)
	if err != nil {
		return true
	}
	if len(as) > 0 {
		k.claimed.Store(true)
	}
	return len(as) > 0
}

// Visitor is who makes a request.
type Visitor struct {
	Account *store.Account // nil: not signed in
	Role    Role
	CSRF    string // what a form of theirs must carry; "" for those who cannot change anything
	Setup   bool   // holds the set-up token of a desk without accounts
	API     bool   // came with an API token, so that no browser can be tricked into the request
	Scope   string // of that token: "" all that the account may, else Reads or Marks
}

// holder is the cookie of whoever showed the set-up token, and csrf what its forms carry; neither gives the token away.
func (k *Keeper) holder() string { return hash("holder:" + k.setup) }
func (k *Keeper) csrf() string   { return hash("csrf:" + k.setup) }

// TakeSetup checks the set-up token and gives the value of the cookie that stands for it.
func (k *Keeper) TakeSetup(ctx context.Context, given string) (cookie string, err error) {
	if k.Claimed(ctx) {
		return "", fault.New(fault.Denied, "the desk is set up already")
	}
	if !same(given, k.setup) {
		return "", fault.New(fault.Denied, "not the set-up token")
	}
	return k.holder(), nil
}

// Create makes an account. The name is 1 to 64 characters without white space at its ends; the password at least 10.
func (k *Keeper) Create(ctx context.Context, name, password string, role Role, lang string) (int64, error) {
	name = strings.TrimSpace(name)
	if err := proper(name, password); err != nil {
		return 0, err
	}
	if role <= Nobody || role > Admin {
		return 0, fault.New(fault.Invalid, "unknown role")
	}
	phc, err := Hash(password)
	if err != nil {
		return 0, err
	}
	id, err := k.store.SaveAccount(ctx, store.Account{Name: name, Hash: phc, Role: role.String(), Lang: lang, Created: k.now()})
	if err == nil {
		k.claimed.Store(true)
	}
	return id, err
}

// proper tells whether an account may have a name and a password. The error is Invalid.
func proper(name, password string) error {
	switch {
	case name == "" || len(name) > 64 || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f || unicode.Is(unicode.Cf, r) }):
		return fault.New(fault.Invalid, "an account needs a name of at most 64 bytes")
	case len(password) < 10 || len(password) > 1024:
		return fault.New(fault.Invalid, "a password has at least 10 characters")
	}
	return nil
}

// SignIn checks a password and opens a session; from names the caller for the limit on tries. The token is shown once and not kept.
func (k *Keeper) SignIn(ctx context.Context, name, password, from string) (token string, err error) {
	return k.SignInWith(ctx, name, password, from, "")
}

// SignInWith is SignIn by a browser that the account's list of sessions is to name.
func (k *Keeper) SignInWith(ctx context.Context, name, password, from, browser string) (token string, err error) {
	a, err := k.check(ctx, name, password, from)
	if err != nil {
		return "", err
	}
	token, _, err = k.open(ctx, store.Session{Account: a.ID, Kind: Browser, Name: browser}, SessionLife)
	return token, err
}

// check gives the account of a name and its password. The error is Denied for a wrong one, Temporary after too many tries.
func (k *Keeper) check(ctx context.Context, name, password, from string) (store.Account, error) {
	name = strings.TrimSpace(name)
	if len(name) > 64 { // no account has it, and the table of tries stays small
		return store.Account{}, fault.New(fault.Denied, "wrong name or password")
	}
	if wait := k.tries.take(from, name); wait > 0 {
		return store.Account{}, fault.New(fault.Temporary, "too many tries; wait %s", wait.Round(time.Second))
	}
	a, err := k.store.Account(ctx, name)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return a, err
	}
	phc := a.Hash
	if phc == "" {
		phc = nobodysHash() // an unknown name costs as much time as a known one
	}
	if !Verify(phc, password) || a.Hash == "" {
		return store.Account{}, fault.New(fault.Denied, "wrong name or password")
	}
	k.tries.passed(from, name)
	return a, nil
}

// APIToken makes a token for programs that may do all that its account may. It is shown once and not kept.
func (k *Keeper) APIToken(ctx context.Context, account int64, name string, life time.Duration) (token string, err error) {
	return k.ScopedToken(ctx, account, name, "", life)
}

// ScopedToken makes a token for programs of a scope: "", Reads or Marks.
func (k *Keeper) ScopedToken(ctx context.Context, account int64, name, scope string, life time.Duration) (token string, err error) {
	if scope != "" && scope != Reads && scope != Marks {
		return "", fault.New(fault.Invalid, "unknown scope")
	}
	if err := k.room(ctx, account); err != nil {
		return "", err
	}
	token, _, err = k.open(ctx, store.Session{Account: account, Kind: Program, Name: name, Scope: scope}, life)
	return token, err
}

// open keeps a session with a token of its own.
func (k *Keeper) open(ctx context.Context, s store.Session, life time.Duration) (string, store.Session, error) {
	t := token()
	s.TokenHash, s.CSRF, s.Created, s.Expires = hash(t), token(), k.now(), k.now().Add(life)
	return t, s, k.store.SaveSession(ctx, s)
}

// SignOut ends the session of a token.
func (k *Keeper) SignOut(ctx context.Context, token string) error {
	return k.store.DeleteSession(ctx, hash(token))
}

func token() string {
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		panic(err) // crypto/rand does not fail on any system that we run on
	}
	return hex.EncodeToString(b)
}

func hash(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
