package api

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
	"marsad/wire"
)

// ask makes a request as a role, with headers.
func (d *desk) ask(role auth.Role, method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Authorization", "Bearer "+d.tokens[role])
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	return w
}

func TestMethods(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"PUT", "/api/v1/stories", 405, "GET, HEAD, OPTIONS"}, {"OPTIONS", "/api/v1/watches/1", 204, "GET, HEAD, PATCH, DELETE, OPTIONS"}, {"OPTIONS", "/api/v1/nowhere", 404, ""},
		{"POST", "/api/v1/status", 405, "GET, HEAD, OPTIONS"}, {"GET", "/accounts/ClientLogin", 405, "POST, OPTIONS"}, {"DELETE", "/reader/api/0/token", 405, "GET, HEAD, OPTIONS"},
		{"GET", "/api/greader.php/reader/api/0/edit-tag", 405, "POST, OPTIONS"}, {"GET", "/api/v2/status", 404, ""}, {"HEAD", "/api/v1/status", 200, ""},
	} {
		w := d.ask(auth.Admin, c.method, c.path, "Origin", "https://elsewhere.example", "Access-Control-Request-Method", "GET")
		if w.Code != c.status || w.Header().Get("Allow") != c.allow {
			t.Errorf("%s %s: %d, allowed %q, want %d %q", c.method, c.path, w.Code, w.Header().Get("Allow"), c.status, c.allow)
		}
		if w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s %s lets other sites read", c.method, c.path)
		}
	}
}

// What is asked again costs nothing, however a proxy wrote the tag, and HEAD tells the same tag.
func TestAskedAgain(t *testing.T) {
	d := newDesk(t)
	tag := d.ask(auth.Reader, "GET", "/api/v1/stories").Header().Get("ETag")
	if tag == "" || d.ask(auth.Reader, "HEAD", "/api/v1/stories").Header().Get("ETag") != tag {
		t.Fatalf("tag %q", tag)
	}
	strong := strings.TrimPrefix(tag, "W/")
	for _, given := range []string{tag, strong, `"other", ` + tag, "*"} {
		if w := d.ask(auth.Reader, "GET", "/api/v1/stories", "If-None-Match", given); w.Code != 304 || w.Body.Len() > 0 {
			t.Errorf("%s: %d", given, w.Code)
		}
	}
	if w := d.ask(auth.Reader, "GET", "/api/v1/stories", "If-None-Match", `"other"`); w.Code != 200 {
		t.Errorf("another tag: %d", w.Code)
	}
}

func TestPacked(t *testing.T) {
	d := newDesk(t)
	const at = "/api/v1/openapi.json"
	plain := d.ask(auth.Reader, "GET", at)
	w := d.ask(auth.Reader, "GET", at, "Accept-Encoding", "br, gzip;q=0.5")
	if w.Header().Get("Content-Encoding") != "gzip" || w.Header().Get("Vary") != "Accept-Encoding" || w.Body.Len() > plain.Body.Len()/3 {
		t.Fatalf("%v, %d of %d bytes", w.Header(), w.Body.Len(), plain.Body.Len())
	}
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(z); err != nil || string(body) != plain.Body.String() {
		t.Errorf("unpacked it is another: %v", err)
	}
	for _, no := range []string{"", "identity", "gzip;q=0", "br"} {
		if w := d.ask(auth.Reader, "GET", at, "Accept-Encoding", no); w.Header().Get("Content-Encoding") != "" {
			t.Errorf("packed for %q", no)
		}
	}
	if w := d.ask(auth.Reader, "GET", "/api/v1/status", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" {
		t.Error("a few bytes are packed")
	}
}

func TestWatchesAreChanged(t *testing.T) {
	d := newDesk(t)
	to, err := d.store.SaveRecipient(t.Context(), news.Recipient{Carrier: "mail", Address: "a@example.org", State: news.Unconfirmed, Created: day})
	if err != nil {
		t.Fatal(err)
	}
	var made, changed wire.Watch
	d.wants(200, auth.Editor, "POST", "/watches", `{"name":"Water","query":"harbour"}`, &made)
	at := fmt.Sprintf("/watches/%d", made.ID)
	body := fmt.Sprintf(`{"query":"port","off":true,"recipients":[%d,%d],"tell":["denial"],"digest":["07:30"],"quiet":{"from":"22:00","to":"06:05"},"zone":"Asia/Beirut","cap":3}`, to, to)
	d.wants(200, auth.Editor, "PATCH", at, body, &changed)
	want := wire.Watch{ID: made.ID, Name: "Water", Query: "port", Off: true, Recipients: []int64{to}, Tell: []string{"denial"}, Digest: []string{"07:30"}, Quiet: &wire.Hours{From: "22:00", To: "06:05"}, Zone: "Asia/Beirut", Cap: 3, Muted: []int64{}, Created: made.Created, Owner: made.Owner}
	if a, b := asJSON(changed), asJSON(want); a != b {
		t.Errorf("got %s\nwant %s", a, b)
	}
	var again wire.Watch
	d.wants(200, auth.Reader, "GET", at, "", &again)
	if asJSON(again) != asJSON(changed) {
		t.Errorf("read again it is %s", asJSON(again))
	}
	for _, bad := range []string{`{"query":"(("}`, `{"zone":"Mars/Base"}`, `{"zone":"Local"}`, `{"cap":-1}`, `{"tell":["opt-in"]}`, `{"digest":["25:00"]}`, `{"quiet":{"from":"x","to":"y"}}`, `{"recipients":[99]}`, `{"name":" "}`, `{"name":"` + strings.Repeat("n", 500) + `"}`, `{"id":7}`, `[]`, `{} {}`} {
		d.wants(422, auth.Editor, "PATCH", at, bad, nil)
	}
	d.wants(403, auth.Reader, "PATCH", at, `{}`, nil)
	admin, err := d.store.Account(t.Context(), auth.Admin.String())
	if err != nil || made.Owner == nil || *made.Owner == admin.ID {
		t.Fatalf("%v, and whoever made the watch is %v", err, made.Owner)
	}
	give := fmt.Sprintf(`{"owner":%d}`, admin.ID)
	d.wants(403, auth.Editor, "PATCH", at, give, nil)
	d.wants(422, auth.Admin, "PATCH", at, `{"owner":999}`, nil)
	d.wants(200, auth.Admin, "PATCH", at, give, &again)
	if again.Owner == nil || *again.Owner != admin.ID {
		t.Errorf("handed over, it is of %v", again.Owner)
	}
	if notes, err := d.store.Audit(t.Context(), 0, 9); err != nil || !slices.ContainsFunc(notes, func(a store.Audit) bool { return a.Action == "watch-owner" && a.Account == admin.ID }) {
		t.Errorf("the handing over is not written down: %+v, %v", notes, err)
	}
	d.wants(200, auth.Editor, "DELETE", at, "", nil)
	d.wants(404, auth.Reader, "GET", at, "", nil)
	if w := d.call(auth.Editor, "GET", "/api/v1/recipients", ""); !strings.Contains(w.Body.String(), "a@example.org") {
		t.Error(w.Body)
	}
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func TestSourcesAreChanged(t *testing.T) {
	d := newDesk(t)
	var src wire.Source
	d.wants(200, auth.Editor, "PATCH", "/sources/1", `{"name":"The Desk","country":"lb","muted":true}`, &src)
	d.wants(200, auth.Editor, "PATCH", "/sources/1", `{"home":"https://desk.example/","lang":"ar","licence":"full","every":45}`, nil)
	d.wants(200, auth.Reader, "GET", "/sources/1", "", &src)
	if src.Name != "The Desk" || *src.Country != "LB" || !src.Muted || *src.Home != "https://desk.example/" || *src.Lang != "ar" || src.Licence != "full" || src.Every != 45 {
		t.Errorf("%+v", src)
	}
	d.wants(200, auth.Editor, "PATCH", "/sources/1", `{"licence":"","every":0,"home":""}`, &src)
	if src.Licence != "" || src.Every != 0 || src.Home != nil || *src.Lang != "ar" {
		t.Errorf("taken back: %+v", src)
	}
	for _, bad := range []string{`{"licence":"all"}`, `{"every":1}`, `{"every":-5}`, `{"every":99999}`, `{"lang":"Arabic!"}`, `{"home":"javascript:1"}`, `{"country":"Lebanon"}`, `{"country":"12"}`, `{"name":""}`} {
		d.wants(422, auth.Editor, "PATCH", "/sources/1", bad, nil)
	}
	d.wants(200, auth.Editor, "POST", "/sources/1/fetch", "", nil)
	d.wants(404, auth.Editor, "POST", "/sources/9/fetch", "", nil)
	d.wants(403, auth.Reader, "DELETE", "/sources/1", "", nil)
	d.wants(200, auth.Editor, "DELETE", "/sources/1", "", nil)
	d.wants(404, auth.Editor, "DELETE", "/sources/1", "", nil)
	d.wants(200, auth.Reader, "GET", "/articles/1", "", nil) // its articles stay
}

// A list is paged by id: nobody is skipped or told twice, whatever is added or taken away meanwhile.
func TestListsArePaged(t *testing.T) {
	d := newDesk(t)
	for i := range 7 {
		d.wants(200, auth.Editor, "POST", "/watches", fmt.Sprintf(`{"name":"W%d","query":"word%d"}`, i, i), nil)
	}
	var seen []int64
	after := ""
	for {
		var a watchesAnswer
		d.wants(200, auth.Reader, "GET", "/watches?n=3"+after, "", &a)
		for _, w := range a.Watches {
			seen = append(seen, w.ID)
		}
		if len(seen) == 3 {
			d.wants(200, auth.Editor, "DELETE", fmt.Sprint("/watches/", seen[2]), "", nil)
			d.wants(200, auth.Editor, "POST", "/watches", `{"name":"late","query":"late"}`, nil)
		}
		if a.Next == nil {
			break
		}
		after = "&after=" + *a.Next
	}
	if !slices.IsSorted(seen) || len(seen) != 8 || len(slices.Compact(slices.Clone(seen))) != 8 {
		t.Errorf("seen %v", seen)
	}
	d.wants(422, auth.Reader, "GET", "/watches?after=x", "", nil)
	d.wants(422, auth.Reader, "GET", "/sources?n=0", "", nil)
}

func TestCorrections(t *testing.T) {
	d := newDesk(t)
	var said []story.Correction
	d.http = New(Options{Store: d.store, Auth: d.keeper, Now: nil, Correct: func(_ context.Context, by string, c story.Correction) (int64, error) {
		if said = append(said, c); by != "editor" {
			t.Errorf("said by %q", by)
		}
		return 0, nil
	}, Uncorrect: func(context.Context, string, int64) error { return nil }})
	d.call(auth.Editor, "POST", "/api/v1/corrections", `{"kind":"split","articles":[2]}`)
	d.call(auth.Editor, "POST", "/api/v1/corrections", `{"kind":"merge","stories":[1,2,3]}`)
	if len(said) != 2 || said[0].Kind != story.SplitStory || len(said[1].Stories) != 3 {
		t.Errorf("said %v", said)
	}
	for _, bad := range []string{`{"kind":"split","stories":[1]}`, `{"kind":"merge","stories":[1]}`, `{"kind":"merge","stories":[1,1]}`, `{"kind":"apart","stories":[1,2,3]}`, `{"kind":"delete","stories":[1,2]}`, `{}`} {
		d.wants(422, auth.Editor, "POST", "/corrections", bad, nil)
	}
	d.wants(403, auth.Reader, "POST", "/corrections", `{"kind":"merge","stories":[1,2]}`, nil)
	d.wants(200, auth.Reader, "GET", "/corrections", "", nil)
	d.wants(422, auth.Reader, "GET", "/corrections?since=monday", "", nil)
}

func TestOnesOwn(t *testing.T) {
	d := newDesk(t)
	mine := func(role auth.Role, query string) (a streamAnswer) {
		d.wants(200, role, "GET", "/me/articles?"+query, "", &a)
		return a
	}
	if a := mine(auth.Reader, "only=unread"); len(a.Articles) != 2 {
		t.Fatalf("%d unread", len(a.Articles))
	}
	d.wants(200, auth.Reader, "POST", "/me/marks", `{"articles":[1],"read":true,"starred":true,"add_labels":["later"]}`, nil)
	if a := mine(auth.Reader, "only=starred"); len(a.Articles) != 1 || !a.Articles[0].Read || a.Articles[0].Starred == nil || a.Articles[0].Labels[0] != "later" {
		t.Errorf("starred: %+v", a.Articles)
	}
	if a := mine(auth.Editor, "only=starred"); len(a.Articles) != 0 {
		t.Error("another's stars are shown")
	}
	d.wants(200, auth.Reader, "POST", "/me/marks", `{"stories":[1],"read":false,"starred":false}`, nil)
	if a := mine(auth.Reader, "only=unread"); len(a.Articles) != 2 {
		t.Errorf("%d unread once the story is", len(a.Articles))
	}
	d.wants(200, auth.Reader, "POST", "/me/caught-up", `{}`, nil)
	if a := mine(auth.Reader, "only=unread"); len(a.Articles) != 0 {
		t.Errorf("%d unread after catching up", len(a.Articles))
	}
	first := mine(auth.Reader, "n=1")
	if second := mine(auth.Reader, "n=1&after="+*first.Next); len(second.Articles) != 1 || second.Articles[0].ID == first.Articles[0].ID {
		t.Errorf("the second page is %+v", second)
	}
	var c choicesAnswer
	d.wants(200, auth.Reader, "POST", "/me/choices", `{"kind":"story","key":"1","what":"follow"}`, &c)
	if len(c.Choices) != 1 || c.Choices[0].What != "follow" {
		t.Errorf("%+v", c)
	}
	d.wants(200, auth.Editor, "GET", "/me/choices", "", &c)
	if len(c.Choices) != 0 {
		t.Error("another's choices are shown")
	}
	d.wants(200, auth.Reader, "POST", "/me/choices", `{"kind":"story","key":"1","what":""}`, &c)
	if len(c.Choices) != 0 {
		t.Errorf("taken back: %+v", c)
	}
	for path, bodies := range map[string][]string{
		"/me/marks":     {`{}`, `{"articles":[1],"add_labels":[" "]}`, `{"articles":[1],"add_labels":["` + strings.Repeat("l", 300) + `"]}`, `{"articles":["x"]}`},
		"/me/caught-up": {`{"until":"soon"}`, `{"source":-1}`},
		"/me/choices":   {`{"kind":"story","key":"x","what":"follow"}`, `{"kind":"thing","key":"1","what":"follow"}`, `{"kind":"name","key":"","what":"mute"}`, `{"kind":"name","key":"Q1","what":"love"}`},
	} {
		for _, body := range bodies {
			d.wants(422, auth.Reader, "POST", path, body, nil)
		}
	}
	for _, bad := range []string{"only=all", "source=x", "source=1&label=x", "after=y", "from=never"} {
		d.wants(422, auth.Reader, "GET", "/me/articles?"+bad, "", nil)
	}
	d.wants(404, auth.Reader, "POST", "/me/marks", `{"stories":[99],"read":true}`, nil)
}

// Every form of an export is what it says it is.
func TestExportForms(t *testing.T) {
	d := newDesk(t)
	for _, path := range []string{"/api/v1/search?q=harbour", "/api/v1/articles?from=2026-03-01"} {
		atom := d.call(auth.Reader, "GET", path+"&format=atom", "")
		var f struct {
			XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			ID      string   `xml:"id"`
			Entries []struct {
				ID      string `xml:"id"`
				Updated string `xml:"updated"`
				Author  string `xml:"author>name"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(atom.Body.Bytes(), &f); err != nil || f.ID == "" || len(f.Entries) != 2 || f.Entries[0].ID == "" || f.Entries[0].Updated == "" || f.Entries[0].Author == "" {
			t.Errorf("%s as Atom: %v %+v", path, err, f)
		}
		var j struct {
			Version string `json:"version"`
			Items   []struct {
				ID   string `json:"id"`
				Text string `json:"content_text"`
			} `json:"items"`
		}
		feed := d.call(auth.Reader, "GET", path+"&format=jsonfeed", "")
		if err := json.Unmarshal(feed.Body.Bytes(), &j); err != nil || j.Version != "https://jsonfeed.org/version/1.1" || len(j.Items) != 2 || j.Items[0].ID == "" || j.Items[0].Text == "" {
			t.Errorf("%s as JSON Feed: %v %+v", path, err, j)
		}
		if w := d.call(auth.Reader, "GET", path+"&format=xls", ""); w.Code != 422 {
			t.Errorf("an unknown format: %d", w.Code)
		}
	}
	empty := d.call(auth.Reader, "GET", "/api/v1/search?q=nothingsuch&format=jsonfeed", "")
	if empty.Code != 200 || !json.Valid(empty.Body.Bytes()) {
		t.Errorf("an empty one: %d %s", empty.Code, empty.Body)
	}
}

// A day without a time is no midnight, in a table as in the record.
func TestDaysInTables(t *testing.T) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for want, s := range map[string]news.Stamp{"": {}, "2026-03-01": {Time: at, DayOnly: true}, "2026-03-01T00:00:00Z": {Time: at, Zoned: true}} {
		if got := publishedOf(s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Words of strangers never begin as a formula, whatever a spreadsheet passes over before it.
func TestFormulas(t *testing.T) {
	for _, s := range []string{"=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\u00a0=1", "\ufeff=1", "\u200f=1", "＝1", "|x", "%x"} {
		if got := cell(s); got == s {
			t.Errorf("%q gets out", s)
		}
	}
	for _, s := range []string{"", "a=1", "١-٢", "https://example.org/?a=1"} {
		if got := cell(s); got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
}

// gone is a caller who left after some bytes.
type gone struct {
	http.ResponseWriter
	left int
}

func (g *gone) Write(b []byte) (int, error) {
	if g.left -= len(b); g.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return g.ResponseWriter.Write(b)
}

func TestExportStopsWithItsReader(t *testing.T) {
	d := newDesk(t)
	r := httptest.NewRequest("GET", "/api/v1/articles?from=2026-03-01", nil)
	r.Header.Set("Authorization", "Bearer "+d.tokens[auth.Reader])
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("a broken answer looks whole")
		}
	}()
	d.http.ServeHTTP(&gone{httptest.NewRecorder(), 10}, r)
}

func TestMetrics(t *testing.T) {
	d := newDesk(t)
	for _, path := range []string{"/metrics", "/api/v1/metrics"} {
		w := d.ask(auth.Reader, "GET", path)
		if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain; version=0.0.4") {
			t.Fatalf("%s: %d %v", path, w.Code, w.Header())
		}
		line := regexp.MustCompile(`^(# (HELP|TYPE) marsad_[a-z_]+ .+|marsad_[a-z_]+ [0-9.e+-]+)$`)
		for l := range strings.Lines(w.Body.String()) {
			if !line.MatchString(strings.TrimSuffix(l, "\n")) {
				t.Errorf("%q is no line of figures", l)
			}
		}
		if !strings.Contains(w.Body.String(), "\nmarsad_articles 2\n") {
			t.Error(w.Body)
		}
		if w := d.call(auth.Nobody, "GET", path, ""); w.Code != 401 {
			t.Errorf("%s without a token: %d", path, w.Code)
		}
	}
}
