package api

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/ledger"
	"marsad/internal/list"
	"marsad/news"
	"marsad/wire"
)

func (d *desk) openLists(now func() time.Time) {
	d.t.Helper()
	book, err := ledger.Open(filepath.Join(d.t.TempDir(), "consents"))
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = book.Close() })
	if d.lists, err = list.Open(d.t.Context(), list.Options{Store: d.store, Ledger: book, Secret: []byte("of the tests"), Now: now}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) release(ctx context.Context, notice string) error {
	_, err := d.store.Release(ctx, notice, time.Time{})
	return err
}

func (d *desk) cancel(ctx context.Context, notice string) error {
	return d.store.Cancel(ctx, notice, "a test")
}

// wants makes a call and wants a status; what the answer holds is read into a value.
func (d *desk) wants(status int, role auth.Role, method, path, body string, into any) {
	d.t.Helper()
	w := d.call(role, method, "/api/v1"+path, body)
	if w.Code != status {
		d.t.Fatalf("%s %s as %s: %d, want %d: %s", method, path, role, w.Code, status, w.Body)
	}
	if into != nil {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			d.t.Fatal(err, w.Body)
		}
	}
}

const aList = `{"name":"Ports","slug":"ports","langs":["en","ar"],"query":"port","breaking":true,"imprint":"1 Quay"}`

// TestLists makes a list, changes it, brings people in, gives them out, holds it, decides about a letter, and deletes it.
func TestLists(t *testing.T) {
	d := newDesk(t)
	var l wire.List
	d.wants(200, auth.Editor, "POST", "/lists", aList, &l)
	if l.Slug != "ports" || l.TimeOut != 60 || l.Watch == 0 || l.People["confirmed"] != 0 {
		t.Fatalf("%+v", l)
	}
	if w, err := d.store.Watch(t.Context(), l.Watch); err != nil || w.Query != "(port) is:breaking" {
		t.Fatal(w, err)
	}
	d.wants(200, auth.Editor, "PATCH", "/lists/ports", `{"time_out": 30, "at_once": true}`, &l)
	if l.TimeOut != 30 || !l.AtOnce || l.Name != "Ports" || l.Imprint != "1 Quay" || len(l.Langs) != 2 {
		t.Fatalf("a change of two things changed others: %+v", l)
	}
	d.wants(200, auth.Editor, "PATCH", "/lists/ports", `{"at_once": false}`, &l)
	var in struct {
		Added, Known, Suppressed int
		Bad                      []string
	}
	d.wants(422, auth.Admin, "POST", "/lists/ports/import", `{"basis":"","rows":["a@reader.example"]}`, nil)
	d.wants(200, auth.Admin, "POST", "/lists/ports/import", `{"basis":"paper form of 3 March","rows":["a@reader.example","b@reader.example,ar","nobody"]}`, &in)
	if in.Added != 2 || len(in.Bad) != 1 {
		t.Fatalf("%+v", in)
	}
	d.wants(200, auth.Editor, "GET", "/lists/ports", "", &l)
	if l.People["confirmed"] != 2 {
		t.Fatal(l.People)
	}
	out := d.call(auth.Admin, "GET", "/api/v1/lists/ports/subscribers", "").Body.String()
	if strings.Count(out, "\n") != 2 || !strings.Contains(out, `"address":"b@reader.example","lang":"ar"`) || !strings.Contains(out, "paper form of 3 March") {
		t.Fatal(out)
	}
	d.wants(200, auth.Editor, "POST", "/lists/ports/hold", `{"why":"a doubt"}`, &l)
	if stored, err := d.lists.BySlug(t.Context(), "ports"); err != nil || !strings.Contains(d.lists.Waits(t.Context(), stored, news.Delivery{}), "a doubt") {
		t.Fatal(stored, err)
	}
	d.wants(422, auth.Editor, "POST", "/lists/ports/hold", `{}`, nil)
	d.wants(200, auth.Editor, "POST", "/lists/ports/hold", `{"why":""}`, &l)
	d.letters("ports", "one", "two")
	var all listsAnswer
	d.wants(200, auth.Editor, "GET", "/lists", "", &all)
	if w := all.Lists[0].Waiting; len(w) != 2 || w[0].Headline != "Harbour reopens" || w[0].Until != "2026-03-10T12:30:00Z" {
		t.Fatalf("%+v", w)
	}
	d.wants(404, auth.Editor, "POST", "/lists/ports/release", `{"notice":"three"}`, nil)
	d.wants(200, auth.Editor, "POST", "/lists/ports/release", `{"notice":"one"}`, &l)
	d.wants(200, auth.Editor, "POST", "/lists/ports/release", `{"notice":"two","cancel":true}`, &l)
	d.wants(404, auth.Editor, "POST", "/lists/ports/release", `{"notice":"one"}`, nil)
	for id, want := range map[string]news.DeliveryState{"one": news.Waiting, "two": news.Cancelled} {
		if r, err := d.store.Delivery(t.Context(), id); err != nil || r.Delivery.State != want {
			t.Errorf("%s is %s, %v", id, r.Delivery.State, err)
		}
	}
	d.wants(200, auth.Admin, "DELETE", "/lists/ports", "", nil)
	d.wants(404, auth.Editor, "GET", "/lists/ports", "", nil)
	d.wrote("/lists", "/lists/ports", "/lists/ports/import", "/lists/ports/subscribers", "/lists/ports/hold", "/lists/ports/release")
}

// letters plans letters that wait for a person.
func (d *desk) letters(slug string, ids ...string) {
	d.t.Helper()
	ctx := d.t.Context()
	l, err := d.lists.BySlug(ctx, slug)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, id := range ids {
		n := news.Notice{ID: id, Recipient: l.Recipient, Watch: l.Watch, Story: 1, Article: 1, Kind: news.Breaking, Planned: day, Due: day}
		if err := d.store.AddNotices(ctx, []news.Notice{n}); err != nil {
			d.t.Fatal(err)
		}
		if err := d.store.Settle(ctx, news.Delivery{Notice: n, State: news.Held}); err != nil {
			d.t.Fatal(err)
		}
	}
}

// wrote wants each address among what was written down.
func (d *desk) wrote(paths ...string) {
	d.t.Helper()
	rows, err := d.store.Audit(d.t.Context(), 0, 100)
	if err != nil {
		d.t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range rows {
		if r.Action == "list" && r.Name != "" {
			seen[strings.TrimPrefix(r.Object, prefix)] = true
		}
	}
	for _, p := range paths {
		if !seen[p] {
			d.t.Errorf("%s was not written down", p)
		}
	}
}

// TestListsByRole: single people are for admins, the rest for editors.
func TestListsByRole(t *testing.T) {
	d := newDesk(t)
	d.wants(200, auth.Editor, "POST", "/lists", aList, nil)
	for _, rt := range (&server{Options: Options{Lists: d.lists}}).listRoutes() {
		path := strings.ReplaceAll(rt.path, "{slug}", "ports")
		for role := auth.Nobody; role < rt.need; role++ {
			want := 403
			if role == auth.Nobody {
				want = 401
			}
			d.wants(want, role, rt.method, path, "{}", nil)
		}
		if strings.Contains(rt.path, "import") || strings.Contains(rt.path, "people") || strings.Contains(rt.path, "subscribers") {
			if rt.need != auth.Admin {
				t.Errorf("%s is for %s", rt.path, rt.need)
			}
		}
	}
	if l, err := d.lists.BySlug(t.Context(), "ports"); err != nil || l.Name != "Ports" {
		t.Error("the list was changed by who may not", err)
	}
}

func TestListsRefuse(t *testing.T) {
	d := newDesk(t)
	d.wants(200, auth.Editor, "POST", "/lists", aList, nil)
	for body, status := range map[string]int{
		aList: 409, `{"slug":"x"}`: 422, `{"name":"X","slug":"New Ports","langs":["en"]}`: 422, `{"name":"X","slug":"x","langs":["xx"]}`: 422, `{"name":"X","slug":"x","langs":["en"],"query":"("}`: 422,
		`{"name":"X","slug":"x","langs":["en"],"query":"port","zone":"Nowhere"}`: 422, `{"name":"X","slug":"x","langs":["en"],"query":"port","releaser":99}`: 422, `{"nme":"X"}`: 422,
		`{"name":"X","slug":"x","langs":["en"],"query":"port","time_out":-1}`: 422, `{"name":"X","slug":"x","langs":["en"],"query":"port","time_out":99999999}`: 422,
	} {
		d.wants(status, auth.Editor, "POST", "/lists", body, nil)
	}
	d.wants(422, auth.Editor, "PATCH", "/lists/ports", `{"slug":"other"}`, nil)
	d.wants(422, auth.Editor, "PATCH", "/lists/ports", `{"name":""}`, nil)
	d.wants(404, auth.Editor, "PATCH", "/lists/none", `{"name":"x"}`, nil)
}

// TestPersonByAPI gives out and forgets one person, and no import brings them back.
func TestPersonByAPI(t *testing.T) {
	d := newDesk(t)
	d.wants(200, auth.Editor, "POST", "/lists", aList, nil)
	row := `{"basis":"a paper form","rows":["a@reader.example"]}`
	d.wants(200, auth.Admin, "POST", "/lists/ports/import", row, nil)
	var r list.Record
	d.wants(200, auth.Admin, "POST", "/people/export", `{"address":"A@reader.example"}`, &r)
	if r.Address == "" || len(r.Subscriptions) != 1 || len(r.Ledger) == 0 {
		t.Fatalf("%+v", r)
	}
	d.wants(200, auth.Admin, "POST", "/people/erase", `{"address":"a@reader.example"}`, nil)
	var in struct{ Added, Suppressed int }
	d.wants(200, auth.Admin, "POST", "/lists/ports/import", row, &in)
	if in.Added != 0 || in.Suppressed != 1 {
		t.Fatalf("%+v", in)
	}
	d.wants(422, auth.Admin, "POST", "/people/export", `{"address":"nobody"}`, nil)
	d.wrote("/people/export", "/people/erase")
}
