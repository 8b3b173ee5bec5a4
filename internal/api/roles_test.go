package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"marsad/internal/auth"
)

// Every operation refuses whoever lacks its role, and a change that comes with a session but without the session's form token.
func TestOperationsByRole(t *testing.T) {
	d := newDesk(t)
	cookies := map[auth.Role]string{}
	for _, role := range []auth.Role{auth.Reader, auth.Editor, auth.Admin} {
		token, err := d.keeper.SignIn(t.Context(), role.String(), "a long password", "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		cookies[role] = token
	}
	for _, rt := range (&server{Options: Options{Lists: d.lists}}).all() {
		path := prefix + strings.NewReplacer("{id}", "999", "{slug}", "none").Replace(rt.path)
		for role := auth.Nobody; role <= auth.Admin; role++ {
			want := http.StatusForbidden
			if role == auth.Nobody {
				want = http.StatusUnauthorized
			}
			if w := d.call(role, rt.method, path, "{}"); (role < rt.need) != (w.Code == want) {
				t.Errorf("%s %s as %s: %d", rt.method, rt.path, role, w.Code)
			}
			if role < rt.need || rt.method == "GET" || rt.pure || role == auth.Nobody {
				continue
			}
			for _, csrf := range []string{"", "wrong"} {
				r := httptest.NewRequest(rt.method, path, strings.NewReader("{}"))
				r.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: cookies[role]})
				r.Header.Set("X-CSRF-Token", csrf)
				w := httptest.NewRecorder()
				if d.http.ServeHTTP(w, r); w.Code != http.StatusForbidden {
					t.Errorf("%s %s with a session and the form token %q: %d", rt.method, rt.path, csrf, w.Code)
				}
			}
		}
	}
}
