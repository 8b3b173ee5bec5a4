package auth

import (
	"context"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
)

func (b *book) TakeSession(_ context.Context, hash string) (store.Session, error) {
	s, ok := b.sessions[hash]
	if !ok {
		return s, fault.New(fault.NotFound, "no session")
	}
	delete(b.sessions, hash)
	return s, nil
}

func (b *book) UseSession(_ context.Context, hash string, at time.Time) error {
	s := b.sessions[hash]
	s.Used = at
	b.sessions[hash] = s
	return nil
}

func (b *book) SetRole(_ context.Context, id int64, role string) error {
	b.accounts[id-1].Role = role
	return nil
}

func (b *book) RemoveAccount(context.Context, int64) error { return nil }

var firstOfMarch = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func withAdmin(t *testing.T) (*Keeper, *book, *time.Time, int64) {
	t.Helper()
	now := firstOfMarch
	k, b := newKeeper(&now)
	id, err := k.Create(t.Context(), "anna", "a long password", Admin, "en")
	if err != nil {
		t.Fatal(err)
	}
	return k, b, &now, id
}

func TestInvitation(t *testing.T) {
	k, _, now, anna := withAdmin(t)
	invite := func() string {
		t.Helper()
		link, err := k.Invite(t.Context(), anna, Editor, "for Badr")
		if err != nil {
			t.Fatal(err)
		}
		return link
	}
	link := invite()
	for name, try := range map[string]struct {
		name, password string
		want           fault.Kind
	}{"taken": {"anna", "a long password", fault.Conflict}, "short": {"badr", "short", fault.Invalid}, "nameless": {" ", "a long password", fault.Invalid}, "invisible": {"an\u200bna", "a long password", fault.Invalid}} {
		if _, err := k.Accept(t.Context(), link, try.name, try.password, "ar"); !fault.Is(err, try.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	id, err := k.Accept(t.Context(), link, "badr", "a long password", "ar")
	if err != nil {
		t.Fatal(err)
	}
	if a, _ := k.store.AccountByID(t.Context(), id); a.Role != "editor" || a.Lang != "ar" {
		t.Errorf("made %+v", a)
	}
	if _, err := k.Accept(t.Context(), link, "carla", "a long password", "ar"); !fault.Is(err, fault.NotFound) {
		t.Errorf("used twice: %v", err)
	}
	old := invite()
	*now = now.Add(InviteLife)
	if _, err := k.Invited(t.Context(), old); !fault.Is(err, fault.NotFound) {
		t.Errorf("after its time: %v", err)
	}
	left := invite()
	if err := k.store.SetRole(t.Context(), anna, "editor"); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Invited(t.Context(), left); !fault.Is(err, fault.NotFound) {
		t.Errorf("by somebody who is no admin any more: %v", err)
	}
	if _, err := k.Invite(t.Context(), anna, Nobody, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("to be nobody: %v", err)
	}
}

// A link opens nothing but what it is for.
func TestLinksAreNoSessions(t *testing.T) {
	k, _, _, anna := withAdmin(t)
	link, err := k.Invite(t.Context(), anna, Editor, "")
	if err != nil {
		t.Fatal(err)
	}
	forgot, err := k.ResetLink(t.Context(), anna)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{link, forgot} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		cookie := httptest.NewRequest("GET", "/", nil)
		cookie.AddCookie(Cookie(cookie, SessionCookie, token, 0))
		if k.Visitor(r).Role != Nobody || k.Visitor(cookie).Role != Nobody {
			t.Error("a link is taken for a session")
		}
	}
	if _, err := k.Invited(t.Context(), forgot); !fault.Is(err, fault.NotFound) {
		t.Error("a forgotten password invites")
	}
	if _, err := k.Forgotten(t.Context(), link); !fault.Is(err, fault.NotFound) {
		t.Error("an invitation sets a password")
	}
}

func TestReset(t *testing.T) {
	k, b, now, anna := withAdmin(t)
	if _, err := k.SignIn(t.Context(), "anna", "a long password", "here"); err != nil {
		t.Fatal(err)
	}
	first, err := k.ResetLink(t.Context(), anna)
	if err != nil {
		t.Fatal(err)
	}
	link, err := k.ResetLink(t.Context(), anna)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Forgotten(t.Context(), first); !fault.Is(err, fault.NotFound) {
		t.Errorf("an earlier link still opens: %v", err)
	}
	if _, err := k.Reset(t.Context(), link, "short"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a short password: %v", err)
	}
	if a, err := k.Reset(t.Context(), link, "another password"); err != nil || a.Name != "anna" {
		t.Fatal(a, err)
	}
	if len(b.sessions) != 0 {
		t.Errorf("%d sessions are left", len(b.sessions))
	}
	if err := k.CheckPassword(t.Context(), "anna", "another password", "here"); err != nil {
		t.Error(err)
	}
	if _, err := k.Reset(t.Context(), link, "a third password"); !fault.Is(err, fault.NotFound) {
		t.Errorf("used twice: %v", err)
	}
	late, err := k.ResetLink(t.Context(), anna)
	if err != nil {
		t.Fatal(err)
	}
	*now = now.Add(ResetLife)
	if _, err := k.Reset(t.Context(), late, "a third password"); !fault.Is(err, fault.NotFound) {
		t.Errorf("after its time: %v", err)
	}
}

func TestScopes(t *testing.T) {
	k, b, now, anna := withAdmin(t)
	for scope, want := range map[string]struct {
		role   Role
		change bool
	}{"": {Admin, true}, Reads: {Reader, false}, Marks: {Reader, true}} {
		token, err := k.ScopedToken(t.Context(), anna, "x", scope, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", "/", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		v := k.Visitor(r)
		if err := v.May(Reader, r); v.Role != want.role || (err == nil) != want.change {
			t.Errorf("scope %q: role %s, changing something: %v", scope, v.Role, err)
		}
		if used := b.sessions[hash(token)].Used; !used.Equal(*now) {
			t.Errorf("last used %s", used)
		}
	}
	if _, err := k.ScopedToken(t.Context(), anna, "x", "all", time.Hour); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown scope: %v", err)
	}
}

// Of many who use one invitation at once one gets in.
func TestInvitationAtOnce(t *testing.T) {
	now := firstOfMarch
	b := &locked{book: book{sessions: map[string]store.Session{}}}
	k := New(Options{Store: b, Now: func() time.Time { return now }})
	anna, err := k.Create(t.Context(), "anna", "a long password", Admin, "en")
	if err != nil {
		t.Fatal(err)
	}
	link, err := k.Invite(t.Context(), anna, Reader, "")
	if err != nil {
		t.Fatal(err)
	}
	var in atomic.Int32
	var all sync.WaitGroup
	for _, name := range []string{"b", "c", "d", "e"} {
		all.Go(func() {
			if _, err := k.Accept(t.Context(), link, name, "a long password", "en"); err == nil {
				in.Add(1)
			}
		})
	}
	all.Wait()
	if in.Load() != 1 {
		t.Errorf("%d got in", in.Load())
	}
}

// locked is a book that several may use at once.
type locked struct {
	mu sync.Mutex
	book
}

func (l *locked) SaveAccount(ctx context.Context, a store.Account) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.SaveAccount(ctx, a)
}

func (l *locked) Account(ctx context.Context, name string) (store.Account, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.Account(ctx, name)
}

func (l *locked) AccountByID(ctx context.Context, id int64) (store.Account, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.AccountByID(ctx, id)
}

func (l *locked) Session(ctx context.Context, hash string) (store.Session, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.Session(ctx, hash)
}

func (l *locked) TakeSession(ctx context.Context, hash string) (store.Session, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.TakeSession(ctx, hash)
}

func (l *locked) SaveSession(ctx context.Context, s store.Session) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.SaveSession(ctx, s)
}
