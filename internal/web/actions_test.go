package web

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"

	"golang.org/x/net/html"
)

// form is a form of a page as a browser without scripts sees it.
type form struct {
	page, action string
	values       url.Values
	parts        bool // sent in parts, as files are
}

// forms gives a page's forms that change something, one for each of their buttons, filled in as a person would.
func (a *reply) forms(page string) (fs []form) {
	a.t.Helper()
	for _, n := range a.all("form[method=post]") {
		one := reply{t: a.t, doc: n}
		filled := url.Values{}
		for _, field := range one.all("input, textarea, select") {
			one.fill(filled, field)
		}
		buttons := one.all("button")
		if len(buttons) == 0 {
			a.t.Errorf("%s: a form for %s has no button", page, attr(n, "action"))
		}
		for _, b := range buttons {
			f := form{page: page, action: attr(n, "action"), values: url.Values{}, parts: strings.HasPrefix(attr(n, "enctype"), "multipart/")}
			if f.action == "" {
				f.action = page
			}
			for k, vs := range filled {
				f.values[k] = slices.Clone(vs)
			}
			if name := attr(b, "name"); name != "" {
				f.values.Set(name, attr(b, "value"))
			}
			fs = append(fs, f)
		}
	}
	return fs
}

// fill gives a field the value that it has, or one of its kind where it is empty.
func (a *reply) fill(into url.Values, field *html.Node) {
	name, kind, value := attr(field, "name"), attr(field, "type"), attr(field, "value")
	if name == "" || kind == "file" {
		return
	}
	has := func(key string) bool {
		return slices.ContainsFunc(field.Attr, func(a html.Attribute) bool { return a.Key == key })
	}
	switch {
	case field.Data == "select":
		options := (&reply{t: a.t, doc: field}).all("option")
		for _, o := range options {
			if slices.ContainsFunc(o.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) {
				into.Add(name, attr(o, "value"))
				return
			}
		}
		if len(options) > 0 {
			into.Add(name, attr(options[0], "value"))
		}
		return
	case field.Data == "textarea":
		value = words(field)
	case kind == "checkbox" || kind == "radio":
		if has("checked") || !into.Has(name) {
			into.Add(name, value)
		}
		return
	case kind == "hidden":
		into.Add(name, value)
		return
	}
	if value == "" {
		value = typed[name]
	}
	if value == "" && has("required") {
		value = "typed by hand"
	}
	into.Add(name, value)
}

// typed is what a person would write into an empty field.
var typed = map[string]string{
	"q": "flood", "query": "flood", "password": "a long password", "old": "a long password", "fresh": "another long password", "new": "another long password", "address": "somebody@reader.example",
	"paste": "https://new.example.org/feed", "other": "2", "label": "to keep", "words": "The headline belongs to another article.", "slug": "harbours", "zone": "UTC", "token": secret, "basis": "They asked us in writing.",
	"host": "mail.example.org", "port": "587", "from": "desk@example.org", "digest": "07:00",
}

// send sends a form as a browser does.
func (f form) send(b *browser) *reply {
	b.t.Helper()
	if !f.parts {
		return b.post(f.action, f.values)
	}
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for k, vs := range f.values {
		for _, v := range vs {
			if err := m.WriteField(k, v); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	if err := m.Close(); err != nil {
		b.t.Fatal(err)
	}
	r, err := http.NewRequest("POST", b.url+f.action, &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", m.FormDataContentType())
	return b.send(r)
}

// byRoute finds which route a form leads to.
func (w *world) byRoute() func(action string) string {
	mux := http.NewServeMux()
	for _, rt := range (&site{Options: w.options}).routes() {
		mux.Handle(rt.pattern, http.NotFoundHandler())
	}
	return func(action string) string {
		_, pattern := mux.Handler(&http.Request{Method: "POST", URL: &url.URL{Path: strings.SplitN(action, "?", 2)[0]}})
		return pattern
	}
}

// byScript are the actions that only a script can take, because it is the browser that gives them their content.
var byScript = []string{"POST /settings/push"}

// onceShown is what shown finds in the archive, which is the same for every world.
var onceShown map[string]string

// visitor makes a world of its own with somebody who visits it, and the pages that they can come to.
type visitor func(t *testing.T) (w *world, b *browser, pages map[string]string)

// visitors are an admin of a desk in full work, whoever sets up a demo and a desk of their own, and a stranger.
var visitors = map[string]visitor{
	"admin": func(t *testing.T) (*world, *browser, map[string]string) {
		w := newWorld(t, willing)
		b := w.signedIn(t, auth.Admin)
		if onceShown == nil {
			onceShown = shown(t, w)
		}
		pages := maps.Clone(onceShown)
		maps.Copy(pages, w.listPages(w.aList(t)))
		w.everyState(t, b, pages)
		return w, b, pages
	},
	"demo": func(t *testing.T) (*world, *browser, map[string]string) {
		w := newWorld(t, willing)
		b := w.serve(t)
		b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
		return w, b, map[string]string{"now": "/", "setup": "/setup"}
	},
	"owner": func(t *testing.T) (*world, *browser, map[string]string) {
		w := newWorld(t, willing, func(o *Options) { o.Demo = false })
		b := w.serve(t)
		b.get("/setup?token=" + url.QueryEscape(secret)).wants(303)
		return w, b, map[string]string{"1": "/setup?step=1", "2": "/setup?step=2", "3": "/setup?step=3"}
	},
	"newcomer": func(t *testing.T) (*world, *browser, map[string]string) {
		w := newWorld(t, willing)
		return w, w.serve(t), map[string]string{"locked": "/setup"}
	},
	"stranger": func(t *testing.T) (*world, *browser, map[string]string) {
		w := newWorld(t, willing)
		pages := w.listPages(w.aList(t))
		admin := w.signedIn(t, auth.Admin)
		asked, err := w.store.SaveRecipient(t.Context(), news.Recipient{Carrier: "mail", Address: "new@example.org", State: news.Unconfirmed, Created: start})
		if err != nil {
			t.Fatal(err)
		}
		pages["signin"], pages["unsubscribe"], pages["confirm"] = "/signin", "/unsubscribe/"+w.signer.Sign("unsubscribe", 1), "/confirm/"+w.signer.Sign("confirm", asked)
		sent := admin.post("/settings/invitations", url.Values{"csrf": {admin.csrf()}, "role": {"reader"}}).body + admin.post("/settings/accounts/1", url.Values{"csrf": {admin.csrf()}, "do": {"reset"}}).body
		pages["invited"], pages["forgotten"] = regexp.MustCompile(`/invited/[\w-]+`).FindString(sent), regexp.MustCompile(`/forgotten/[\w-]+`).FindString(sent)
		return w, w.serve(t), pages
	},
}

// answers tells as the desk does: of each as it goes, and of all at the end.
func answers(in Adding, all ...Added) ([]Added, error) {
	for _, a := range all {
		if in.Each != nil {
			in.Each(a)
		}
	}
	return all, nil
}

// willing lets the desk do all that pages ask of it.
func willing(o *Options) {
	ok := func(context.Context, string) error { return nil }
	one := func(context.Context, int64) error { return nil }
	o.Desk.AddSources = func(_ context.Context, in Adding) ([]Added, error) {
		return answers(in, Added{Line: in.Given, Source: 1, Name: "One"})
	}
	o.Desk.FetchNow, o.Desk.Ask, o.Desk.TestMail, o.Desk.Release, o.Desk.Cancel, o.Desk.Retry = one, one, one, ok, ok, ok
	o.Desk.ReleaseHeld = func(context.Context) (int, int, error) { return 1, 0, nil }
	o.Desk.TellCorrection = func(context.Context, int64, string) (int, error) { return 1, nil }
	o.Desk.TryWatch = func(context.Context, news.Watch, time.Time) ([]Trial, bool, error) { return nil, false, nil }
	o.Desk.Correct = func(context.Context, string, story.Correction) (int64, error) { return 1, nil }
	o.Desk.Uncorrect = func(context.Context, string, int64) error { return nil }
	o.Desk.Reload, o.Desk.StartClean = func(context.Context) error { return nil }, func(context.Context) error { return nil }
}

// everyState brings about what only some states of a desk offer: letters that wait, failed and went out, a correction, a browser that is told.
func (w *world) everyState(t *testing.T, b *browser, pages map[string]string) {
	t.Helper()
	ctx := t.Context()
	for id, state := range map[string]news.DeliveryState{"waits": news.Waiting, "failed": news.Failed, "held": news.Held, "sent": news.Sent} {
		n := news.Notice{ID: id, Recipient: 1, Story: 1, Article: 1, Kind: news.Breaking, Fact: id, Planned: start, Due: start}
		if err := w.store.AddNotices(ctx, []news.Notice{n}); err != nil {
			t.Fatal(err)
		}
		if state != news.Waiting {
			if err := w.store.Settle(ctx, news.Delivery{Notice: n, State: state, Done: start.Add(time.Second), Reply: "550 no"}); err != nil {
				t.Fatal(err)
			}
		}
		pages["notice-"+id] = "/outbox/" + id
	}
	if _, err := w.store.Correct(ctx, store.Correction{Said: start, By: "sami", Done: story.Corrected{Correction: story.Correction{Kind: story.DistinctStory, Stories: []int64{1, 2}}}}, store.Effect{}); err != nil {
		t.Fatal(err)
	}
	if err := w.options.Lists.Hold(ctx, "restored"); err != nil {
		t.Fatal(err)
	}
	pages["corrected"], pages["told"] = "/stories/1", "/stories/1/told"
	unasked, err := w.store.SaveRecipient(ctx, news.Recipient{Carrier: "mail", Address: "new@example.org", State: news.Unconfirmed, Created: start})
	if err != nil {
		t.Fatal(err)
	}
	asking := news.Notice{ID: "asks", Recipient: unasked, Kind: news.Optin, Planned: start, Due: start}
	if err := errors.Join(w.store.AddNotices(ctx, []news.Notice{asking}), w.store.Settle(ctx, news.Delivery{Notice: asking, State: news.Held})); err != nil {
		t.Fatal(err)
	}
	pages["notice-asks"] = "/outbox/asks"
	pages["notice-list"] = "/outbox/held-letter"
	if _, err := w.keeper.Create(ctx, "another", "a long password", auth.Reader, "en"); err != nil {
		t.Fatal(err)
	}
	token := b.csrf()
	with := func(form url.Values, keys ...string) url.Values {
		form.Set("csrf", token)
		for i := 0; i < len(keys); i += 2 {
			form.Set(keys[i], keys[i+1])
		}
		return form
	}
	b.post("/settings/mail", with(url.Values{}, "host", "mail.example.org", "port", "587", "security", "starttls", "from", "desk@example.org")).wants(303)
	b.post("/settings/push", with(subscription(t, "https://push.example/send/one")))
	b.post("/stories/1/mark", with(url.Values{}, "do", "follow"))
	b.post("/settings/invitations", with(url.Values{}, "role", "reader"))
	b.post("/signin", url.Values{"name": {"another"}, "password": {"a long password"}})
	b.post("/signin", url.Values{"name": {"the admin"}, "password": {"a long password"}})
	b.post("/settings/tokens", with(url.Values{"csrf": {b.csrf()}}, "csrf", b.csrf(), "name", "a program"))
	pages["accounts"], pages["account"], pages["new-watch"], pages["watch-told"] = "/settings/accounts", "/settings/accounts/2", "/watches/new", "/watches/1/told"
}

// TestEveryActionHasAForm goes through all routes that change something: each has a form on some page that a browser without scripts can
// send, and sending it, its empty fields filled in, is answered with no fault.
func TestEveryActionHasAForm(t *testing.T) {
	type seen struct {
		by, name string
		n        int
		form
	}
	found := map[string]seen{}
	for _, who := range sortedKeys(visitors) {
		w, b, pages := visitors[who](t)
		route := w.byRoute()
		for _, name := range sortedKeys(pages) {
			for n, f := range b.get(pages[name]).forms(pages[name]) {
				if p := route(f.action); found[p].page == "" {
					found[p] = seen{who, name, n, f}
				}
			}
		}
	}
	actions, work := 0, 0
	for _, rt := range (&site{Options: newWorld(t, willing).options}).routes() {
		if !strings.HasPrefix(rt.pattern, "POST ") || slices.Contains(byScript, rt.pattern) {
			continue
		}
		actions++
		at := found[rt.pattern]
		if at.page == "" {
			t.Errorf("%s has no form on any page", rt.pattern)
			continue
		}
		w, b, pages := visitors[at.by](t) // where nothing was sent yet
		fs := b.get(pages[at.name]).wants(200).forms(pages[at.name])
		if at.n >= len(fs) || w.byRoute()(fs[at.n].action) != rt.pattern {
			t.Errorf("%s: its form on %s is not there again", rt.pattern, at.page)
			continue
		}
		if rt.pattern == "POST /signin" {
			fs[at.n].values.Set("name", "the admin")
		}
		if a := fs[at.n].send(b); a.status != 200 && a.status != 303 {
			t.Errorf("%s, sent from %s with %v: status %d: %s", rt.pattern, at.page, fs[at.n].values, a.status, clip(words(a.one("main")), 300))
			continue
		}
		work++
	}
	t.Logf("measure web/actions-without-scripts %d - %d %s", work, actions, map[bool]string{true: "ok", false: "short"}[work == actions])
}
