package web

import (
	"cmp"
	"strconv"

	"marsad/internal/auth"
	"marsad/internal/store"
)

// audited names the changes that are written down, by the route that makes them; the words stand under "audit.". What a reader does
// for themselves alone is theirs.
var audited = map[string]string{
	"POST /watches": "watch-saved", "POST /watches/{id}": "watch-saved", "POST /watches/{id}/feed": "watch-saved", "POST /watches/{id}/hush": "watch-saved", "POST /watches/{id}/delete": "watch-deleted", "POST /watches/{id}/owner": "watch-owner",
	"POST /sources": "source-added", "POST /sources/pack": "source-added", "POST /sources/{id}": "source-changed", "POST /sources/{id}/fetch": "source-changed", "POST /sources/{id}/delete": "source-removed",
	"POST /outbox/{id}/confirm": "consent", "POST /outbox/{id}/release": "notice", "POST /outbox/{id}/cancel": "notice", "POST /outbox/{id}/retry": "notice", "POST /outbox/held": "notice", "POST /outbox/{id}/correct": "notice",
	"POST /settings/desk": "settings", "POST /settings/mail": "mail", "POST /settings/accounts": "account", "POST /settings/accounts/{id}": "account-changed", "POST /settings/invitations": "invited", "POST /settings/invitations/end": "invited-ended", "POST /settings/tokens": "token", "POST /settings/tokens/end": "token-ended",
	"POST /settings/password": "password", "POST /settings/test": "test", "POST /setup/account": "account", "POST /setup/sources": "source-added", "POST /setup/watch": "watch-saved", "POST /setup/clean": "clean", "POST /signout": "signout",
	"POST /stories/{id}/correct": "story", "POST /corrections/{id}/undo": "story",
	"POST /lists": "list", "POST /lists/adopt": "list", "POST /lists/{slug}/edit": "list", "POST /lists/{slug}/delete": "list", "POST /lists/{slug}/import": "list", "POST /lists/person": "list",
}

// audited is an entry by whoever visits.
func (v *visit) audited(action, object string) store.Audit {
	a := store.Audit{At: v.s.Now(), Action: action, Object: object}
	if v.who.Account != nil {
		a.Account, a.Name = v.who.Account.ID, v.who.Account.Name
	}
	return a
}

// note writes a change down. It was made whether or not this succeeds.
func (v *visit) note(action, object string) {
	if err := v.s.Store.Note(v.r.Context(), v.audited(action, clip(object, 200))); err != nil {
		v.s.Log.Error("a change could not be written down", "action", action, "err", err)
	}
}

// noteRoute writes down what a route did, if it is one that is written down and did it.
func (v *visit) noteRoute(pattern string) {
	key := audited[pattern]
	if key == "" && v.need >= auth.Editor && v.r.Method != "GET" && v.r.Method != "HEAD" {
		key = "list" // what else editors change
	}
	if key != "" && v.status < 400 {
		v.note(cmp.Or(v.act, key), cmp.Or(v.about, v.r.URL.Path))
	}
}

type auditPage struct {
	Rows  []auditRow
	Older string
}

const auditSize = 100

func (s *site) audit(v *visit) error {
	below, _ := strconv.ParseInt(v.query("below"), 10, 64) // an unreadable one is the beginning
	rows, err := s.Store.Audit(v.r.Context(), max(below, 0), auditSize)
	if err != nil {
		return err
	}
	var p auditPage
	for _, a := range rows {
		p.Rows = append(p.Rows, auditRowOf(a))
	}
	if len(rows) == auditSize {
		p.Older = "/audit?below=" + strconv.FormatInt(rows[len(rows)-1].ID, 10)
	}
	v.show("audit", v.words.Text("audit.title"), "settings", p)
	return nil
}
