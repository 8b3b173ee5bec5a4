package storetest

import (
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

func watches(t *testing.T, d *desk) {
	w := news.Watch{Name: "ports", Query: `"harbour fire" OR ميناء`, Recipients: []int64{3}, Tell: []news.ReasonKind{news.Denial},
		Every: time.Hour, Cap: 5, Quiet: news.QuietHours{From: 1380, To: 420}, Digest: []int{480}, Zone: "Asia/Beirut", Created: Noon}
	id, err := d.SaveWatch(d.ctx, w)
	d.must(err)
	w.ID = id
	got, err := d.Watch(d.ctx, id)
	d.must(err)
	d.same("watch", got, w)
	w.Name, w.Off, w.Query, w.Edited = "Ports", true, "port", true
	_, err = d.SaveWatch(d.ctx, w)
	d.must(err)
	all, err := d.Watches(d.ctx)
	d.must(err)
	d.same("watches", all, []news.Watch{w})

	r := d.result(d.page(d.source("a"), 1), 0, "port")
	r.Matches = []news.Match{{Watch: id, Article: r.Page, Spans: []news.Span{{Start: 0, End: 4}}}}
	d.must(d.Commit(d.ctx, r))
	n, err := d.MatchCounts(d.ctx, Noon)
	d.must(err)
	d.same("counts", n, map[int64]int{id: 1})
	ms, err := d.MatchesOf(d.ctx, id, 9)
	d.must(err)
	d.same("matches", ms, r.Matches)

	d.must(d.DeleteWatch(d.ctx, id))
	d.kind(d.DeleteWatch(d.ctx, id), fault.NotFound)
	_, err = d.Watch(d.ctx, id)
	d.kind(err, fault.NotFound)
	_, err = d.Watch(d.ctx, 0)
	d.kind(err, fault.NotFound)
	_, err = d.SaveWatch(d.ctx, w)
	d.kind(err, fault.NotFound)
	if ms, _ := d.MatchesIn(d.ctx, r.Page); len(ms) != 0 {
		t.Fatal("a deleted watch still matches")
	}
}

func recipients(t *testing.T, d *desk) {
	r := news.Recipient{Carrier: "mail", Address: "x@example.org", Lang: "ar", Zone: "Asia/Beirut", State: news.Unconfirmed, Created: Noon}
	id, err := d.SaveRecipient(d.ctx, r)
	d.must(err)
	r.ID = id
	_, err = d.SaveRecipient(d.ctx, news.Recipient{Carrier: "mail", Address: "x@example.org"})
	d.kind(err, fault.Conflict)
	d.must(d.SetRecipientState(d.ctx, id, news.Confirmed, "yes, tell me", Noon))
	r.State, r.Consent, r.Consented = news.Confirmed, "yes, tell me", Noon
	got, err := d.Recipient(d.ctx, id)
	d.must(err)
	d.same("confirmed", got, r)
	d.must(d.SetRecipientState(d.ctx, id, news.Bounced, "ignored", Noon.Add(time.Hour)))
	r.State = news.Bounced
	all, err := d.Recipients(d.ctx)
	d.must(err)
	d.same("bounced", all, []news.Recipient{r})
	d.kind(d.SetRecipientState(d.ctx, 99, news.Bounced, "", Noon), fault.NotFound)
	_, err = d.Recipient(d.ctx, 0)
	d.kind(err, fault.NotFound)
}

func settings(t *testing.T, d *desk) {
	_, err := d.Setting(d.ctx, "smtp")
	d.kind(err, fault.NotFound)
	for _, v := range []string{"one", "", "two"} {
		d.must(d.SetSetting(d.ctx, "smtp", []byte(v)))
		got, err := d.Setting(d.ctx, "smtp")
		d.must(err)
		d.same("setting", string(got), v)
	}
	d.must(d.SetSetting(d.ctx, "none", nil))
}

func accounts(t *testing.T, d *desk) {
	a := store.Account{Name: "sami", Hash: "$argon2id$…", Role: "admin", Lang: "ar", Created: Noon}
	id, err := d.SaveAccount(d.ctx, a)
	d.must(err)
	a.ID = id
	_, err = d.SaveAccount(d.ctx, store.Account{Name: "sami"})
	d.kind(err, fault.Conflict)
	a.Role = "reader"
	_, err = d.SaveAccount(d.ctx, a)
	d.must(err)
	for _, ask := range []func() (store.Account, error){
		func() (store.Account, error) { return d.Account(d.ctx, "sami") },
		func() (store.Account, error) { return d.AccountByID(d.ctx, id) },
	} {
		got, err := ask()
		d.must(err)
		d.same("account", got, a)
	}
	_, err = d.Account(d.ctx, "")
	d.kind(err, fault.NotFound)
	_, err = d.AccountByID(d.ctx, 99)
	d.kind(err, fault.NotFound)
	all, err := d.Accounts(d.ctx)
	d.must(err)
	d.same("accounts", all, []store.Account{a})

	v := store.Session{TokenHash: "ab", Account: id, Kind: "browser", CSRF: "c", Scope: "read", Created: Noon, Expires: Noon.Add(time.Hour)}
	d.must(d.SaveSession(d.ctx, v))
	d.must(d.UseSession(d.ctx, "ab", Noon.Add(time.Minute)))
	d.must(d.UseSession(d.ctx, "ab", Noon)) // late, and no news
	v.Used = Noon.Add(time.Minute)
	got, err := d.Session(d.ctx, "ab")
	d.must(err)
	d.same("session", got, v)
	got, err = d.TakeSession(d.ctx, "ab")
	d.must(err)
	d.same("session taken", got, v)
	_, err = d.TakeSession(d.ctx, "ab")
	d.kind(err, fault.NotFound)
	d.must(d.SaveSession(d.ctx, v))
	d.must(d.DeleteSession(d.ctx, "ab"))
	_, err = d.Session(d.ctx, "ab")
	d.kind(err, fault.NotFound)
	d.must(d.DeleteSession(d.ctx, "ab"))

	for i, hash := range []string{"a1", "a2", "a3"} {
		v.TokenHash, v.Created, v.Expires = hash, Noon.Add(time.Duration(i)*time.Minute), Noon.Add(time.Duration(i)*time.Hour)
		d.must(d.SaveSession(d.ctx, v))
	}
	ss, err := d.Sessions(d.ctx, id)
	d.must(err)
	if len(ss) != 2 || ss[0].TokenHash != "a3" || ss[1].TokenHash != "a2" {
		t.Fatalf("sessions %v", ss)
	}
	d.must(d.DeleteSessions(d.ctx, id, "a2"))
	ss, err = d.Sessions(d.ctx, id)
	d.must(err)
	if len(ss) != 1 || ss[0].TokenHash != "a2" {
		t.Fatalf("kept %v", ss)
	}
}

func audits(t *testing.T, d *desk) {
	for i, action := range []string{"a", "b", "c"} {
		d.must(d.Note(d.ctx, store.Audit{At: Noon.Add(time.Duration(i) * time.Minute), Account: 1, Name: "sami", Action: action, Object: "/sources/1"}))
	}
	as, err := d.Audit(d.ctx, 0, 2)
	d.must(err)
	if len(as) != 2 || as[0].Action != "c" || as[1].Action != "b" {
		t.Fatalf("audit %v", as)
	}
	rest, err := d.Audit(d.ctx, as[1].ID, 9)
	d.must(err)
	d.same("the rest", rest, []store.Audit{{ID: 1, At: Noon, Account: 1, Name: "sami", Action: "a", Object: "/sources/1"}})
}

// admins: there is always one, and an account that goes leaves nothing of its own behind.
func admins(t *testing.T, d *desk) {
	var ids []int64
	for _, a := range []store.Account{{Name: "amal", Role: "admin", Created: Noon}, {Name: "badr", Role: "editor", Created: Noon}} {
		id, err := d.SaveAccount(d.ctx, a)
		d.must(err)
		ids = append(ids, id)
	}
	amal, badr := ids[0], ids[1]
	d.kind(d.SetRole(d.ctx, amal, "reader"), fault.Conflict)
	d.must(d.SetRole(d.ctx, amal, "admin"))
	d.kind(d.RemoveAccount(d.ctx, amal), fault.Conflict)
	d.kind(d.SetRole(d.ctx, 99, "admin"), fault.NotFound)
	d.kind(d.RemoveAccount(d.ctx, 99), fault.NotFound)
	d.must(d.SetRole(d.ctx, badr, "admin"))
	d.must(d.SetRole(d.ctx, amal, "reader"))
	a, err := d.AccountByID(d.ctx, amal)
	d.must(err)
	d.same("role", a.Role, "reader")

	r := d.result(d.page(d.source("a"), 1), 0, "port")
	d.must(d.Commit(d.ctx, r))
	for _, id := range ids {
		d.must(d.SaveSession(d.ctx, store.Session{TokenHash: a.Name + string(rune('0'+id)), Account: id, Kind: "api", Created: Noon, Expires: Noon.Add(time.Hour)}))
		d.must(d.SetStar(d.ctx, id, []int64{r.Page}, true, Noon))
		d.must(d.SetLabel(d.ctx, id, []int64{r.Page}, "x", true))
		d.must(d.Look(d.ctx, id, r.Placement.Story, Noon))
		d.must(d.CatchUp(d.ctx, id, store.Stream{}, Noon))
		d.must(d.Choose(d.ctx, id, store.Choice{Kind: "name", Key: "Q1", What: "mute", At: Noon}))
		d.must(d.File(d.ctx, id, r.Article.SourceID, "f", true))
	}
	d.must(d.RemoveAccount(d.ctx, amal))
	_, err = d.AccountByID(d.ctx, amal)
	d.kind(err, fault.NotFound)
	for i, id := range ids {
		ss, err := d.Sessions(d.ctx, id)
		d.must(err)
		of, err := d.OfArticles(d.ctx, id, []int64{r.Page})
		d.must(err)
		ls, err := d.Labels(d.ctx, id)
		d.must(err)
		cs, err := d.Choices(d.ctx, id)
		d.must(err)
		fs, err := d.Folders(d.ctx, id)
		d.must(err)
		if n := len(ss) + len(ls) + len(cs) + len(fs); n != 4*i || of[r.Page].Starred.IsZero() != (i == 0) || of[r.Page].Read != (i == 1) {
			t.Fatalf("of account %d there are %d things, and %+v", id, n, of[r.Page])
		}
	}
}
