package web

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/desk"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// manySources adds n sources of two languages, of which some fail, and gives how many there then are.
func (w *world) manySources(t testing.TB, n int) int {
	t.Helper()
	ctx := context.Background()
	for i := range n {
		src := news.Source{Name: fmt.Sprintf("Outlet %04d", i), Home: "https://example.org/", Lang: []string{"en", "ar"}[i%2], Country: []string{"EG", "", "FR"}[i%3], Created: start}
		id, err := w.store.AddSource(ctx, src, []news.Feed{{URL: fmt.Sprintf("https://example.org/%d/feed", i), Due: testNow()}})
		if err != nil {
			t.Fatal(err)
		}
		if i%10 > 1 {
			continue
		}
		h, err := w.store.Source(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		f := h.Feeds[0]
		f.Failures, f.Problem, f.Checked = []int{5, 1}[i%10], "temporary", start
		if err := w.store.SaveFeed(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	return n + 15
}

// Every source stands on one page and one only, what needs a person first comes first, and what changes meanwhile makes none be lost.
func TestSourcesByPages(t *testing.T) {
	w := newWorld(t)
	all := w.manySources(t, 200)
	for _, d := range directions {
		b := w.serve(t).speak(d.lang)
		seen := map[string]bool{}
		var states []string
		at := "/sources"
		for pages := 0; at != ""; pages++ {
			if pages > 9 {
				t.Fatal("the pages do not end")
			}
			a := b.get(at).wants(200)
			a.wellMade(d.lang, d.dir)
			for _, row := range a.all(".sources tbody tr") {
				one := &reply{t: t, doc: row}
				href := attr(one.one("th a"), "href")
				if seen[href] {
					t.Errorf("%s stands twice", href)
				}
				seen[href] = true
				states = append(states, strings.TrimPrefix(attr(one.one(".state"), "class"), "state "))
			}
			at = ""
			if next := a.all("a[rel=next]"); len(next) == 1 {
				at = attr(next[0], "href")
			}
		}
		if len(seen) != all {
			t.Errorf("%d sources on all pages, want %d", len(seen), all)
		}
		if !slices.IsSortedFunc(states, func(a, b string) int { return stateOrder[a] - stateOrder[b] }) || states[0] != "failing" {
			t.Errorf("the order is %v", slices.Compact(states))
		}
	}
}

func TestSourcesAreFiltered(t *testing.T) {
	w := newWorld(t)
	w.manySources(t, 60)
	b := w.serve(t).speak("en")
	rows := func(query string) int { return len(b.get("/sources?" + query).wants(200).all(".sources tbody tr")) }
	for query, want := range map[string]int{
		"q=outlet+0007": 1, "q=OUTLET+0007": 1, "q=example.org%2F7%2Ffeed": 1, "q=nobody": 0, "state=failing": 6, "state=look": 6, "state=none": 60,
		"country=eg&q=outlet": 20, "country=-&q=outlet": 20, "lang=ar&q=outlet": 30, "lang=ar&q=outlet&state=failing": 0, "after=nonsense": 60, "after=9.9.9": 60,
	} {
		if got := rows(query); got != want {
			t.Errorf("%s: %d rows, want %d", query, got, want)
		}
	}
	a := b.get("/sources?q=outlet&lang=en").wants(200)
	a.one("select[name=lang] option[value=en][selected]")
	if got := words(a.one("select[name=lang] option[value=ar]")); !strings.HasSuffix(got, "(30)") {
		t.Errorf("choosing Arabic would show %s", got)
	}
	if got := attr(a.one("a.state.failing"), "href"); got != "/sources?lang=en&q=outlet&state=failing" {
		t.Errorf("the failing ones are at %s", got)
	}
}

func TestSourceIsChanged(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Editor).speak("en")
	csrf := b.csrf()
	form := url.Values{"csrf": {csrf}, "name": {"قناة الخبر"}, "home": {"https://example.com/"}, "lang": {"ar"}, "country": {"eg"}, "every": {"180"}, "licence": {"full"}}
	b.post("/sources/2", form).wants(303)
	h, err := w.store.Source(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if s := h.Source; s.Name != "قناة الخبر" || s.Home != "https://example.com/" || s.Lang != "ar" || s.Country != "EG" || s.Every != 3*time.Hour || s.Licence != "full" || s.Muted {
		t.Errorf("saved %+v", s)
	}
	a := b.get("/sources/2").wants(200)
	a.wellMade("en", "ltr")
	a.one("#s-every option[value='180'][selected]")
	a.one("#s-licence option[value=full][selected]")
	for field, bad := range map[string]string{"lang": "Arabic language", "country": "EGY", "home": "javascript:alert(1)", "every": "7"} {
		wrong := url.Values{}
		for k, v := range form {
			wrong[k] = v
		}
		wrong.Set(field, bad)
		b.post("/sources/2", wrong).wants(422)
	}
	b.post("/sources/2", url.Values{"csrf": {csrf}, "do": {"pause"}}).wants(303)
	if again, _ := w.store.Source(t.Context(), 2); !again.Source.Muted || again.Source.Name != h.Source.Name || again.Source.Every != h.Source.Every {
		t.Errorf("pausing changes more: %+v", again.Source)
	}
	if got := words(b.get("/sources?state=muted").wants(200).one(".sources tbody tr")); !strings.Contains(got, "nothing is fetched") {
		t.Errorf("the list says %q", got)
	}
	b.get("/sources/2").wants(200).one("button[value=resume]")
	b.post("/sources/2", url.Values{"csrf": {csrf}, "do": {"resume"}}).wants(303)
	if again, _ := w.store.Source(t.Context(), 2); again.Source.Muted {
		t.Error("it is paused still")
	}
	if got := words(b.get("/sources/2").wants(200).one("form.danger")); !strings.Contains(got, "articles") {
		t.Errorf("what becomes of its articles is not said: %q", got)
	}
	b.post("/sources/2/delete", url.Values{"csrf": {csrf}}).wants(303)
	if n := len(b.get("/sources?q=" + url.QueryEscape("قناة الخبر")).wants(200).all(".sources tbody tr")); n != 0 {
		t.Error("a removed source is listed")
	}
}

// A list that was saved here and is read again gives the same sources in the same folders.
func TestOPMLThereAndBack(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Editor)
	csrf := b.csrf()
	for source, folders := range map[string][]string{"1": {"Wires", "مفضلة"}, "2": {"Wires"}, "3": {"Gulf/Daily & \"co\" 5 < 6"}} {
		for _, f := range folders {
			b.post("/sources/"+source+"/mark", url.Values{"csrf": {csrf}, "do": {"file"}, "folder": {f}}).wants(303)
		}
	}
	saved := b.get("/sources.opml").wants(200).body

	other := newWorld(t, func(o *Options) {
		st := o.Store.(store.Store)
		o.Desk.AddSources = func(ctx context.Context, in Adding) ([]Added, error) { return addAsDesk(ctx, st, in) }
	})
	was, err := w.store.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range was {
		if err := other.store.RemoveSource(t.Context(), h.Source.ID); err != nil {
			t.Fatal(err)
		}
	}
	c := other.signedIn(t, auth.Editor).speak("en")
	page := c.post("/sources", url.Values{"csrf": {c.csrf()}, "paste": {saved}}).wants(200)
	if got := words(page.one("section[role=status] > p")); got != "15 added." {
		t.Errorf("the sum reads %q", got)
	}
	if again := c.get("/sources.opml").wants(200).body; again != saved {
		t.Errorf("the list came back as\n%s\nwas\n%s", again, saved)
	}
	page = c.post("/sources", url.Values{"csrf": {c.csrf()}, "paste": {saved}}).wants(200)
	if got := words(page.one("section[role=status] > p")); got != "15 were here already." {
		t.Errorf("once more the sum reads %q", got)
	}
	if stranger := other.signedIn(t, auth.Reader).get("/sources.opml").wants(200).body; strings.Contains(stranger, "Wires") {
		t.Error("another reader gets the folders")
	}
}

// addAsDesk adds sources as the running desk does.
func addAsDesk(ctx context.Context, st store.Store, in Adding) (out []Added, err error) {
	to := desk.Adding{Given: in.Given, Reader: in.Reader}
	if in.Each != nil {
		to.Each = func(a desk.Added) { in.Each(Added(a)) }
	}
	added, err := desk.New(desk.Options{Store: st, Fetcher: noFetcher{}, Now: testNow}).AddSources(ctx, to)
	for _, a := range added {
		out = append(out, Added(a))
	}
	return out, err
}

// What stands in a source's way is said in a sentence of its own, with what to do, in both languages; and each state comes from what is
// known of the feed and of what it brought.
func TestHealthInWords(t *testing.T) {
	w := newWorld(t)
	v := &visit{s: &site{Options: w.options}, words: i18n.New(i18n.Options{Lang: "ar", Now: testNow(), Zone: time.UTC})}
	now := testNow()
	at := func(problem string, failures int) news.Feed {
		return news.Feed{Checked: now, Changed: now.Add(-time.Hour), Due: now.Add(time.Hour), Problem: problem, Failures: failures}
	}
	fresh := now.Add(-time.Hour)
	for name, c := range map[string]struct {
		health     store.SourceHealth
		state, why string
	}{
		"well":                     {store.SourceHealth{Feeds: []news.Feed{at("", 0)}, Articles: 3, LastArticle: fresh}, "well", ""},
		"new":                      {store.SourceHealth{Feeds: []news.Feed{{Due: now}}}, "well", "waiting"},
		"gone":                     {store.SourceHealth{Feeds: []news.Feed{{Checked: now, Gone: true, Problem: "not-found", Failures: 1}}}, "failing", "gone"},
		"once":                     {store.SourceHealth{Feeds: []news.Feed{at("timeout", 1)}, LastArticle: fresh}, "look", "failed"},
		"often":                    {store.SourceHealth{Feeds: []news.Feed{at("", 0), at("dns", 3)}, LastArticle: fresh}, "failing", "failed"},
		"double":                   {store.SourceHealth{Feeds: []news.Feed{at("conflict", 0)}, LastArticle: fresh}, "look", "double"},
		"pages":                    {store.SourceHealth{Feeds: []news.Feed{{Checked: now, Problem: "pages-robots"}}}, "look", "pages"},
		"pages, for a moment":      {store.SourceHealth{Feeds: []news.Feed{at("pages-timeout", 0)}, Articles: 3, LastArticle: fresh}, "well", ""},
		"empty":                    {store.SourceHealth{Feeds: []news.Feed{{Checked: now}}}, "look", "empty"},
		"unreadable":               {store.SourceHealth{Feeds: []news.Feed{at("", 0)}, Rejected: 2}, "look", "unreadable"},
		"quiet":                    {store.SourceHealth{Feeds: []news.Feed{at("", 0)}, Articles: 3, LastArticle: now.Add(-100 * time.Hour)}, "look", "quiet"},
		"paused, though it failed": {store.SourceHealth{Source: news.Source{Muted: true}, Feeds: []news.Feed{at("dns", 9)}}, "muted", "muted"},
	} {
		if s := stateOf(c.health, now); s.name != c.state || s.why != c.why {
			t.Errorf("%s is %s because of %q, want %s, %q", name, s.name, s.why, c.state, c.why)
		}
		row := v.health(c.health)
		if row.State != "well" && (row.Words == "" || (row.Do == "") != (row.State == "muted")) {
			t.Errorf("%s: %q, %q", name, row.Words, row.Do)
		}
	}
	for _, problem := range []string{desk.NoName, desk.NoTrust, desk.NoAnswer, desk.NoHost, desk.Private, desk.Robots, desk.Forbidden, desk.Busy, desk.Faulty, desk.Circle, "not-found", "invalid", "denied", "permanent", "too-large", "temporary", "internal"} {
		if !v.words.Has("health.problem." + problem) {
			t.Errorf("no words for %s", problem)
		}
		if row := v.health(store.SourceHealth{Feeds: []news.Feed{at(problem, 4)}}); row.Words == "" || row.Do == "" || strings.Contains(string(row.Words), problem+")") {
			t.Errorf("%s: %q %q", problem, row.Words, row.Do)
		}
	}
}
