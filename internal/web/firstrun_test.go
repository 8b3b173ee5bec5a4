package web

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"marsad/internal/auth"
)

// TestFirstSteps goes through the three steps: sources, a watch, an account. Each can be skipped and each leaves something of use.
func TestFirstSteps(t *testing.T) {
	var pasted string
	w := newWorld(t, func(o *Options) {
		o.Demo = false
		o.Desk.AddSources = func(_ context.Context, in Adding) ([]Added, error) {
			if pasted += in.Given + "\n"; strings.Contains(in.Given, "two") {
				return answers(in, Added{Line: "https://one.example/", Source: 1, Name: "One"}, Added{Line: "two", Problem: "bad-address"})
			}
			return nil, nil
		}
	})
	b := w.serve(t)
	b.post("/setup/sources", url.Values{"paste": {"https://one.example/"}}).wants(303)
	if pasted != "" {
		t.Fatal("without the token anybody may add sources")
	}
	b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
	first := b.get("/setup").wants(200)
	if n := len(first.all(`input[name=pack][value="global/en"]`)); n != 1 || len(first.all(`.steps [aria-current=step]`)) != 1 {
		t.Errorf("the first step offers %d packs in English", n)
	}
	csrf := attr(first.all("form[action='/setup/sources'] input[name=csrf]")[0], "value")
	second := b.post("/setup/sources", url.Values{"csrf": {csrf}, "paste": {"https://one.example/\ntwo"}, "pack": {"global/en", "no/such"}}).wants(200)
	if !strings.HasPrefix(pasted, "https://one.example/\ntwo\nhttps://") || len(second.all("details.fold li")) != 2 || len(second.all("#f-q")) != 1 {
		t.Errorf("sources and a pack: pasted %q", pasted)
	}
	if a := b.post("/setup/sources", url.Values{"csrf": {csrf}}).wants(303); a.header.Get("Location") != "/setup?step=2" {
		t.Errorf("nothing leads to %s", a.header.Get("Location"))
	}
	if a := b.post("/setup/watch", url.Values{"csrf": {csrf}, "q": {"(flood"}}).wants(422); len(a.all("[role=alert]")) == 0 || a.all("#f-q")[0].FirstChild.Data != "(flood" {
		t.Error("a query that cannot be read is taken or lost")
	}
	b.post("/setup/watch", url.Values{"csrf": {csrf}, "q": {"flood"}, "address": {"not an address"}}).wants(422)
	if a := b.post("/setup/watch", url.Values{"csrf": {csrf}}).wants(303); a.header.Get("Location") != "/setup?step=3" {
		t.Errorf("no watch leads to %s", a.header.Get("Location"))
	}
	b.post("/setup/watch", url.Values{"csrf": {csrf}, "q": {"flood"}, "address": {"anna@example.org"}}).wants(303)
	ws, err := w.store.Watches(t.Context())
	if err != nil || len(ws) == 0 {
		t.Fatal(ws, err)
	}
	if made := ws[len(ws)-1]; made.Query != "flood" || len(made.Recipients) != 1 || len(made.Tell) == 0 {
		t.Errorf("made %+v", made)
	}
	b.post("/setup/account", url.Values{"csrf": {csrf}, "name": {"anna"}, "password": {"a long password"}}).wants(303)
	if len(b.get("/settings").wants(200).all("form[action='/signout']")) != 1 {
		t.Error("the account is made and not signed in")
	}
	ws, err = w.store.Watches(t.Context())
	if made := ws[len(ws)-1]; err != nil || made.By == 0 {
		t.Errorf("the watch of the first run is nobody's: %v", err)
	}
	if role := w.signedIn(t, auth.Admin); role.post("/setup/watch", url.Values{"csrf": {role.csrf()}, "q": {"late"}}).status != 409 {
		t.Error("the first run goes on after the desk has an account")
	}
}
