package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"marsad/news"
)

// TestToldInAnotherLetter shows of a notice that ended in another's letter which one, and how that fares, and of the letter all it tells.
func TestToldInAnotherLetter(t *testing.T) {
	w := newWorld(t)
	id, err := w.store.SaveRecipient(t.Context(), news.Recipient{Carrier: "mail", Address: "reader@example.org", State: news.Confirmed})
	if err != nil {
		t.Fatal(err)
	}
	of := func(name string, kind news.ReasonKind) news.Notice {
		return news.Notice{ID: name, Recipient: id, Story: 1, Kind: kind, Fact: name, Planned: start, Due: start}
	}
	letter := of("letter", news.Denial)
	if err := w.store.AddNotices(t.Context(), []news.Notice{letter, of("inside", news.NewNumber)}); err != nil {
		t.Fatal(err)
	}
	if err := w.store.TellIn(t.Context(), "letter", []string{"inside"}, start); err != nil {
		t.Fatal(err)
	}
	if err := w.store.Settle(t.Context(), news.Delivery{Notice: letter, State: news.Failed, Done: start.Add(time.Second), Reply: "550 no"}); err != nil {
		t.Fatal(err)
	}
	b := w.serve(t).speak("en")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	inside := b.get("/outbox/inside").wants(200)
	if a := inside.one(`td a[href="/outbox/letter"]`); words(a) != "told in this letter" || !strings.Contains(words(inside.one("table.figures")), "failed") {
		t.Errorf("what is told in a letter that failed reads %q", words(inside.one("table.figures")))
	}
	if a := b.get("/outbox/letter").wants(200).one(`td a[href="/outbox/inside"]`); words(a) != "a figure changes" {
		t.Errorf("the letter tells %q", words(a))
	}
	if got := words(b.get("/outbox").wants(200).one("ul.plain")); !strings.Contains(got, "told in another letter") || !strings.Contains(got, "told in this letter") {
		t.Errorf("the outbox reads %q", got)
	}
}

// TestDialogueWithTheMailServer shows the last words beside the state, and the whole of what was said where somebody asks for it.
func TestDialogueWithTheMailServer(t *testing.T) {
	w := newWorld(t)
	n := news.Notice{ID: "letter", Recipient: 1, Kind: news.TestMail, Planned: start, Due: start}
	if err := w.store.AddNotices(t.Context(), []news.Notice{n}); err != nil {
		t.Fatal(err)
	}
	said := "550 5.1.1 nobody <b>here</b>\n> RCPT TO:<lina@reader.example>\n< 550 5.1.1 nobody <b>here</b>"
	if err := w.store.Settle(t.Context(), news.Delivery{Notice: n, State: news.Failed, Done: start, Reply: said}); err != nil {
		t.Fatal(err)
	}
	b := w.serve(t).speak("en")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	page := b.get("/outbox/letter").wants(200)
	if got := words(page.one("table.figures")); !strings.Contains(got, "550 5.1.1 nobody <b>here</b>") || strings.Contains(got, "RCPT") {
		t.Errorf("the state reads %q", got)
	}
	if got := words(page.one("details pre")); !strings.Contains(got, "> RCPT TO:<lina@reader.example>") {
		t.Errorf("the dialogue reads %q", got)
	}
}

// TestPostAgain lets an editor post to a webhook again what it was sent, and nobody send a person the same letter twice.
func TestPostAgain(t *testing.T) {
	w := newWorld(t)
	for i, carrier := range []string{"webhook", "mail"} {
		id, err := w.store.SaveRecipient(t.Context(), news.Recipient{Carrier: carrier, Address: "https://hook.example/" + carrier, State: news.Confirmed})
		if err != nil {
			t.Fatal(err)
		}
		n := news.Notice{ID: carrier, Recipient: id, Story: int64(i + 1), Kind: news.Breaking, Planned: start, Due: start}
		if err := w.store.AddNotices(t.Context(), []news.Notice{n}); err != nil {
			t.Fatal(err)
		}
		if err := w.store.SettleAll(t.Context(), []news.Delivery{{Notice: n, State: news.Sent, Attempts: 1, Done: start, Reply: "200 OK"}}); err != nil {
			t.Fatal(err)
		}
	}
	b := w.serve(t).speak("en")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	if forms := b.get("/outbox/mail").wants(200).all(`form[action="/outbox/mail/retry"]`); len(forms) != 0 {
		t.Error("a letter that was read can be sent again")
	}
	page := b.get("/outbox/webhook").wants(200)
	if got := words(page.one(`form[action="/outbox/webhook/retry"] button`)); got != "Post it again" {
		t.Errorf("the button reads %q", got)
	}
}

// TestAskedToComeBack shows the words of whoever wants to be left alone, and when they are asked again.
func TestAskedToComeBack(t *testing.T) {
	w := newWorld(t)
	n := news.Notice{ID: "hook", Recipient: 1, Kind: news.TestMail, Planned: start, Due: start}
	if err := w.store.AddNotices(t.Context(), []news.Notice{n}); err != nil {
		t.Fatal(err)
	}
	v := news.Delivery{Notice: n, State: news.Waiting, Attempts: 1, Next: start.Add(2 * time.Hour), Reply: "429 Too Many Requests (Retry-After: 7200)"}
	if err := w.store.Settle(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	b := w.serve(t).speak("en")
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	if got := words(b.get("/outbox/hook").wants(200).one("table.figures")); !strings.Contains(got, "(Retry-After: 7200)") || !strings.Contains(got, "Next attempt") {
		t.Errorf("the notice reads %q", got)
	}
	if got := words(b.get("/outbox").wants(200).one("ul.plain")); !strings.Contains(got, "Next attempt: ") {
		t.Errorf("the outbox reads %q", got)
	}
}
