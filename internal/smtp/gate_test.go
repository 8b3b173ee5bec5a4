package smtp_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"marsad/internal/smtp"
)

func TestGate(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	g := &smtp.Gate{AtOnce: 2, PerMinute: 3, Now: func() time.Time { return now }}
	enter := func(name string) func() {
		leave, until, why := g.Enter(name)
		if leave == nil && (why == "" || !until.After(now)) {
			t.Fatalf("refused until %v: %q", until, why)
		}
		return leave
	}
	a, b := enter("x.example"), enter("x.example")
	if a == nil || b == nil || enter("x.example") != nil {
		t.Fatal("two at once")
	}
	if enter("y.example") == nil {
		t.Fatal("another domain waits with the first")
	}
	a()
	c := enter("x.example")
	if c == nil {
		t.Fatal("the third of the minute")
	}
	b()
	c()
	if enter("x.example") != nil {
		t.Fatal("a fourth in the minute")
	}
	now = now.Add(21 * time.Second)
	if enter("x.example") == nil {
		t.Fatal("a third of a minute is one more")
	}
	first := g.Unwanted("x.example")
	if again := g.Unwanted("x.example"); !again.Equal(first) || len(g.Closed()) != 1 {
		t.Fatal("refusals at once count as several")
	}
	now = first
	if second := g.Unwanted("x.example"); second.Sub(now) != 2*first.Sub(now.Add(-15*time.Minute)) {
		t.Fatalf("the second pause is %v", second.Sub(now))
	}
	g.Welcome("x.example")
	now = now.Add(time.Hour)
	if len(g.Closed()) != 0 || enter("x.example") == nil {
		t.Fatal("still closed to whoever took a message")
	}
	if d := smtp.Domain("a@B.Example"); d != "b.example" {
		t.Fatal(d)
	}
}

func TestPolicyIsNotThePerson(t *testing.T) {
	for code, want := range map[error]bool{answer(550, 5, 7, 1): true, answer(550, 5, 1, 1): false, answer(451, 4, 7, 1): false} {
		_, err := start(t, &server{rcpt: code}).Send(context.Background(), "lina@reader.example", []byte(message))
		var e *smtp.Error
		if !errors.As(err, &e) || e.Policy() != want {
			t.Errorf("%v: %v", code, err)
		}
	}
}
