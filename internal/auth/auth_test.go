package auth

import (
	"context"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
)

// book keeps accounts and sessions in memory.
type book struct {
	accounts []store.Account
	sessions map[string]store.Session
}

func (b *book) SaveAccount(_ context.Context, a store.Account) (int64, error) {
	if a.ID != 0 {
		b.accounts[a.ID-1] = a
		return a.ID, nil
	}
	a.ID = int64(len(b.accounts) + 1)
	b.accounts = append(b.accounts, a)
	return a.ID, nil
}

func (b *book) Account(_ context.Context, name string) (store.Account, error) {
	for _, a := range b.accounts {
		if a.Name == name {
			return a, nil
		}
	}
	return store.Account{}, fault.New(fault.NotFound, "no account")
}

func (b *book) AccountByID(_ context.Context, id int64) (store.Account, error) {
	if id < 1 || int(id) > len(b.accounts) {
		return store.Account{}, fault.New(fault.NotFound, "no account")
	}
	return b.accounts[id-1], nil
}

func (b *book) Accounts(context.Context) ([]store.Account, error) { return b.accounts, nil }

func (b *book) SaveSession(_ context.Context, s store.Session) error {
	b.sessions[s.TokenHash] = s
	return nil
}

func (b *book) Session(_ context.Context, hash string) (store.Session, error) {
	s, ok := b.sessions[hash]
	if !ok {
		return s, fault.New(fault.NotFound, "no session")
	}
	return s, nil
}

func (b *book) DeleteSession(_ context.Context, hash string) error {
	delete(b.sessions, hash)
	return nil
}

func newKeeper(now *time.Time) (*Keeper, *book) {
	b := &book{sessions: map[string]store.Session{}}
	return New(Options{Store: b, Now: func() time.Time { return *now }}), b
}

func TestPasswords(t *testing.T) {
	phc, err := Hash("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is %s", phc)
	}
	if !Verify(phc, "correct horse battery") || Verify(phc, "correct horse batterz") {
		t.Error("the password is not told from another")
	}
	again, err := Hash("correct horse battery")
	if err != nil || again == phc {
		t.Error("two hashes of one password are the same")
	}
	for _, bad := range []string{"", "plain", "$argon2id$v=19$m=4294967295,t=2,p=1$YWJjZGVmZ2hpag$YWJjZGVmZ2hpamtsbW5vcA", "$argon2id$v=19$m=19456,t=2,p=1$$", "$argon2i$v=19$m=19456,t=2,p=1$YWJjZGVmZ2hpag$YWJjZGVmZ2hpamtsbW5vcA"} {
		if Verify(bad, "") || Verify(bad, "plain") {
			t.Errorf("%q counts as a hash", bad)
		}
	}
}

// FuzzVerify: whatever stands in the store, checking it ends and opens nothing.
func FuzzVerify(f *testing.F) {
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$YWJjZGVmZ2hpag$YWJjZGVmZ2hpamtsbW5vcA")
	f.Add("$argon2id$v=19$m=8,t=1,p=1$YWJjZGVmZ2hpag$YWJjZGVmZ2hpamtsbW5vcA")
	f.Fuzz(func(t *testing.T, phc string) {
		if strings.Contains(phc, "m=19456") || strings.Count(phc, "$") != 5 {
			return // costly, or not near enough to be of interest
		}
		if Verify(phc, "no password anybody has") {
			t.Errorf("%q is passed", phc)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	k, b := newKeeper(&now)
	if _, err := k.Create(t.Context(), "anna", "a long password", Editor, "ar"); err != nil {
		t.Fatal(err)
	}
	token, err := k.SignIn(t.Context(), "anna", "a long password", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	if _, kept := b.sessions[token]; kept {
		t.Error("the token itself is kept")
	}
	for hash, s := range b.sessions {
		if s.Expires.Sub(now) != SessionLife || len(hash) != 64 {
			t.Errorf("session %s ends %s", hash, s.Expires)
		}
	}
}

func TestGuessingIsSlowedForNameAndPlace(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	k, _ := newKeeper(&now)
	if _, err := k.Create(t.Context(), "anna", "a long password", Editor, "ar"); err != nil {
		t.Fatal(err)
	}
	for range freeTries {
		if _, err := k.SignIn(t.Context(), "anna", "wrong", "192.0.2.1"); !fault.Is(err, fault.Denied) {
			t.Fatalf("got %v", err)
		}
	}
	if _, err := k.SignIn(t.Context(), "anna", "a long password", "192.0.2.99"); !fault.Is(err, fault.Temporary) {
		t.Errorf("another place gets through: %v", err)
	}
	if _, err := k.SignIn(t.Context(), "nobody", "x", "192.0.2.1"); !fault.Is(err, fault.Temporary) {
		t.Errorf("another name gets through: %v", err)
	}
	now = now.Add(2 * time.Second)
	if _, err := k.SignIn(t.Context(), "anna", "a long password", "192.0.2.1"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	for range freeTries + 30 {
		_, _ = k.SignIn(t.Context(), "anna", "wrong", "192.0.2.1")
		now = now.Add(longest)
	}
	if w := k.tries.take("192.0.2.1", "anna"); w > longest {
		t.Errorf("the wait grows to %s", w)
	}
}

// TestManyGuessesAtOnce has a hundred tries under way before the first is answered.
func TestManyGuessesAtOnce(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	k, _ := newKeeper(&now)
	let := 0
	for range 100 {
		if k.tries.take("192.0.2.1", "anna") <= 0 {
			let++
		}
	}
	if let != freeTries {
		t.Errorf("%d let through, want %d", let, freeTries)
	}
	if _, err := k.SignIn(t.Context(), strings.Repeat("n", 8<<20), "x", "192.0.2.2"); !fault.Is(err, fault.Denied) {
		t.Error(err)
	}
	for key := range k.tries.keys {
		if len(key) > 100 {
			t.Errorf("a key of %d bytes is kept", len(key))
		}
	}
}

func TestCookieBehindAProxy(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	if Cookie(r, "a", "b", 0).Secure {
		t.Error("secure without encryption")
	}
	r.Header.Set("X-Forwarded-Proto", "https")
	if !Cookie(r, "a", "b", 0).Secure {
		t.Error("a proxy speaks TLS, and the cookie may leave without")
	}
}

func TestSigner(t *testing.T) {
	s := NewSigner([]byte("0123456789abcdef0123456789abcdef"))
	token := s.Sign("unsubscribe", 42)
	if id, err := s.Open("unsubscribe", token); err != nil || id != 42 {
		t.Errorf("%d, %v", id, err)
	}
	other := NewSigner([]byte("another secret, another desk ....")).Sign("unsubscribe", 42)
	for _, bad := range []string{"", "x", token[:len(token)-1], token + "A", other, s.Sign("confirm", 42)} {
		if _, err := s.Open("unsubscribe", bad); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q opens: %v", bad, err)
		}
	}
}

func TestRoles(t *testing.T) {
	for _, r := range []Role{Nobody, Reader, Editor, Admin} {
		if ParseRole(r.String()) != r {
			t.Errorf("%s is read as %s", r, ParseRole(r.String()))
		}
	}
	if ParseRole("root") != Nobody {
		t.Error("an unknown role may do something")
	}
}

func ExampleSigner() {
	s := NewSigner([]byte("at least thirty-two random bytes"))
	id, _ := s.Open("unsubscribe", s.Sign("unsubscribe", 7))
	fmt.Println(id)
	// Output: 7
}

func (b *book) Sessions(_ context.Context, account int64) (out []store.Session, err error) {
	for _, s := range b.sessions {
		if s.Account == account {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(x, y store.Session) int { return y.Created.Compare(x.Created) })
	return out, nil
}

func (b *book) DeleteSessions(_ context.Context, account int64, keep string) error {
	for h, s := range b.sessions {
		if s.Account == account && h != keep {
			delete(b.sessions, h)
		}
	}
	return nil
}

func TestReaderLogin(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	b := &book{sessions: map[string]store.Session{}}
	k := New(Options{Store: b, Now: func() time.Time { now = now.Add(time.Second); return now }})
	id, err := k.Create(t.Context(), "anna", "a long password", Reader, "en")
	if err != nil {
		t.Fatal(err)
	}
	key, err := k.APIToken(t.Context(), id, "phone", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.ReaderLogin(t.Context(), "anna", key, "here", "x"); got != key || err != nil {
		t.Errorf("a token in the password's place gives %q, %v", got, err)
	}
	if _, err := k.ReaderLogin(t.Context(), "bert", key, "here", "x"); !fault.Is(err, fault.Denied) {
		t.Errorf("under another's name: %v", err)
	}
	for range mostTokens + 5 {
		if _, err := k.ReaderLogin(t.Context(), "anna", "a long password", "here", "newsboat"); err != nil {
			t.Fatal(err)
		}
	}
	if ss, _ := b.Sessions(t.Context(), id); len(ss) > mostTokens {
		t.Errorf("%d tokens", len(ss))
	}
	session, err := k.SignIn(t.Context(), "anna", "a long password", "here")
	if err != nil {
		t.Fatal(err)
	}
	if err := k.SetPassword(t.Context(), id, "short", session); !fault.Is(err, fault.Invalid) {
		t.Errorf("a short password: %v", err)
	}
	if err := k.SetPassword(t.Context(), id, "another password", session); err != nil {
		t.Fatal(err)
	}
	if ss, _ := b.Sessions(t.Context(), id); len(ss) != 1 || ss[0].TokenHash != hash(session) {
		t.Errorf("after a change of the password %d sessions are left", len(ss))
	}
	if err := k.CheckPassword(t.Context(), "anna", "a long password", "here"); !fault.Is(err, fault.Denied) {
		t.Errorf("the old password: %v", err)
	}
}
