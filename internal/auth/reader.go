package auth

import (
	"context"
	"strings"
	"time"
)

// readerLife is how long a reading program stays signed in with a password.
const readerLife = 90 * 24 * time.Hour

// ReaderLogin signs a reading program in. An API token of the account in the password's place is given back as it is; with the
// password itself the program gets a token of its own, named after it. from names the caller for the limit on tries.
func (k *Keeper) ReaderLogin(ctx context.Context, name, password, from, program string) (token string, err error) {
	name = strings.TrimSpace(name)
	if s, err := k.store.Session(ctx, hash(password)); err == nil && s.Kind == Program && k.now().Before(s.Expires) {
		if a, err := k.store.AccountByID(ctx, s.Account); err == nil && a.Name == name {
			return password, nil
		}
	}
	a, err := k.check(ctx, name, password, from)
	if err != nil {
		return "", err
	}
	if program == "" {
		program = "Google Reader API"
	}
	return k.APIToken(ctx, a.ID, program, readerLife)
}

// mostTokens is how many tokens an account has at most: a program that signs in over and over lets its oldest go.
const mostTokens = 50

func (k *Keeper) room(ctx context.Context, account int64) error {
	ss, err := k.store.Sessions(ctx, account)
	if err != nil {
		return err
	}
	oldest, n := "", 0
	for _, s := range ss { // the newest first
		if s.Kind == Program {
			oldest, n = s.TokenHash, n+1
		}
	}
	if n < mostTokens {
		return nil
	}
	return k.store.DeleteSession(ctx, oldest)
}

// SetPassword gives an account another password and ends every session and token of it but the one named by keep, a session's token
// or "". Whoever has no right to another's account knows its old password.
func (k *Keeper) SetPassword(ctx context.Context, account int64, password, keep string) error {
	a, err := k.store.AccountByID(ctx, account)
	if err != nil {
		return err
	}
	if err := proper(a.Name, password); err != nil {
		return err
	}
	if a.Hash, err = Hash(password); err != nil {
		return err
	}
	if _, err := k.store.SaveAccount(ctx, a); err != nil {
		return err
	}
	if keep != "" {
		keep = hash(keep)
	}
	return k.store.DeleteSessions(ctx, account, keep)
}

// CheckPassword tells whether a password is the account's. The error is Denied for a wrong one, Temporary after too many tries.
func (k *Keeper) CheckPassword(ctx context.Context, name, password, from string) error {
	_, err := k.check(ctx, name, password, from)
	return err
}
