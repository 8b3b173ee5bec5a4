package auth

import (
	"context"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
)

// How long the links live that let somebody in once.
const (
	InviteLife = 7 * 24 * time.Hour
	ResetLife  = 24 * time.Hour
)

// Invite makes the token of a link by which one person makes an account of a role for themselves. It needs no mail: by, an admin, hands
// it over. It ends when it was used, after InviteLife, or when by is no admin any more.
func (k *Keeper) Invite(ctx context.Context, by int64, role Role, name string) (token string, err error) {
	if role <= Nobody || role > Admin {
		return "", fault.New(fault.Invalid, "unknown role")
	}
	token, _, err = k.open(ctx, store.Session{Account: by, Kind: invitation, Name: name, Scope: role.String()}, InviteLife)
	return token, err
}

// Invited tells whom a link invites. The error is NotFound for one that has ended or never was.
func (k *Keeper) Invited(ctx context.Context, token string) (store.Session, error) {
	return k.link(ctx, token, invitation)
}

// Accept makes the account that a link invites to. A name that is taken is a Conflict, one or a password that may not be Invalid; the
// invitation then stays.
func (k *Keeper) Accept(ctx context.Context, token, name, password, lang string) (int64, error) {
	s, err := k.Invited(ctx, token)
	if err != nil {
		return 0, err
	}
	if name = strings.TrimSpace(name); proper(name, password) != nil {
		return 0, proper(name, password)
	}
	if _, err := k.store.Account(ctx, name); err == nil {
		return 0, fault.New(fault.Conflict, "the name is taken")
	} else if !fault.Is(err, fault.NotFound) {
		return 0, err
	}
	if s, err = k.store.TakeSession(ctx, s.TokenHash); err != nil { // of two who use it at once one makes an account
		return 0, err
	}
	id, err := k.Create(ctx, name, password, ParseRole(s.Scope), lang)
	if err != nil {
		_ = k.store.SaveSession(ctx, s) // where even this fails, the admin invites again
	}
	return id, err
}

// ResetLink makes the token of a link by which an account gets another password once, for somebody who forgot it. Earlier links of the
// account end with it.
func (k *Keeper) ResetLink(ctx context.Context, account int64) (token string, err error) {
	ss, err := k.store.Sessions(ctx, account)
	if err != nil {
		return "", err
	}
	for _, s := range ss {
		if s.Kind != reset {
			continue
		}
		if err := k.store.DeleteSession(ctx, s.TokenHash); err != nil {
			return "", err
		}
	}
	token, _, err = k.open(ctx, store.Session{Account: account, Kind: reset}, ResetLife)
	return token, err
}

// Forgotten tells whose password a link sets. The error is NotFound for one that has ended or never was.
func (k *Keeper) Forgotten(ctx context.Context, token string) (store.Account, error) {
	s, err := k.link(ctx, token, reset)
	if err != nil {
		return store.Account{}, err
	}
	return k.store.AccountByID(ctx, s.Account)
}

// Reset gives the account of a link another password and ends its sessions, tokens and links.
func (k *Keeper) Reset(ctx context.Context, token, password string) (store.Account, error) {
	a, err := k.Forgotten(ctx, token)
	if err != nil {
		return a, err
	}
	if err := proper(a.Name, password); err != nil {
		return a, err
	}
	if _, err := k.store.TakeSession(ctx, hash(token)); err != nil {
		return a, err
	}
	return a, k.SetPassword(ctx, a.ID, password, "")
}

// link gives what stands behind a link that has not ended.
func (k *Keeper) link(ctx context.Context, token, kind string) (store.Session, error) {
	s, err := k.store.Session(ctx, hash(token))
	if err == nil && (s.Kind != kind || !k.now().Before(s.Expires)) {
		err = fault.New(fault.NotFound, "the link has ended")
	}
	if err != nil {
		return store.Session{}, err
	}
	if kind == invitation {
		if a, err := k.store.AccountByID(ctx, s.Account); err != nil || ParseRole(a.Role) < Admin {
			return store.Session{}, fault.New(fault.NotFound, "who invited may not any more")
		}
	}
	return s, nil
}

// IsInvitation tells whether a session is the link of an invitation.
func IsInvitation(s store.Session) bool { return s.Kind == invitation }
