package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/store"
	"marsad/news"
)

// TestDecided shows what the archive's watch told and did not tell, filtered, and of a story.
func TestDecided(t *testing.T) {
	w := newWorld(t)
	ds, err := w.store.Decisions(t.Context(), store.DecisionFilter{Watch: 1, N: 1000})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(ds, func(d store.Decision) bool { return d.Delivery == nil && d.Entry != nil })
	told := slices.IndexFunc(ds, func(d store.Decision) bool { return d.Delivery != nil && d.Story != 0 })
	if i < 0 || told < 0 {
		t.Fatalf("%d decisions, no silence or no notice among them", len(ds))
	}
	for _, d := range directions {
		b := w.serve(t).speak(d.lang)
		for _, p := range []string{"/watches/1/told", "/watches/1/told?only=silent", "/watches/1/told?kind=old", fmt.Sprint("/stories/", ds[i].Story, "/told"), "/watches"} {
			b.get(p).wants(200).wellMade(d.lang, d.dir)
		}
		all := b.get("/watches/1/told").all(".decided")
		if len(all) != min(len(ds), decidedSize) {
			t.Errorf("%d rows of %d", len(all), len(ds))
		}
		silent := b.get("/watches/1/told?only=silent")
		if n := len(silent.all(".decided")); n == 0 || n != len(silent.all(".state.silent")) {
			t.Errorf("%d silences, %d of them marked as such", n, len(silent.all(".state.silent")))
		}
		of := b.get(fmt.Sprint("/stories/", ds[told].Story, "/told"))
		if len(of.all(`a[href^="/outbox/"]`)) == 0 || len(of.all(`a[href="/watches/1/told"]`)) == 0 {
			t.Error("the story's page leads neither to the letter nor to the watch")
		}
	}
	b := w.serve(t)
	if already := b.get("/watches/1/told?kind=told"); len(already.all(".decided")) != len(already.all(`.decided a[href$="/told?whose=all"]`)) {
		t.Error("what was told already does not lead to who was told")
	}
	off, err := w.store.SaveWatch(t.Context(), news.Watch{Name: "Off", Query: "off", Zone: "UTC", Off: true})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(words(b.get(fmt.Sprint("/watches/", off, "/told")).wants(200).one(".warn")), "switched off") {
		t.Error("a watch that is switched off does not say so")
	}
	b.get("/watches/999/told").wants(404)
	b.get("/stories/999999/told").wants(404)
	b.get("/watches/1/told?after=nonsense").wants(422)
	story := fmt.Sprint("/stories/", ds[told].Story)
	if len(b.get(story).all(`a[href="`+story+`/told"]`)) != 1 || len(b.get("/watches/1").all(`a[href="/watches/1/told"]`)) != 1 {
		t.Error("story and watch do not lead there")
	}
}

// TestDecidedPages goes through many decisions page by page and meets each once.
func TestDecidedPages(t *testing.T) {
	w := newWorld(t)
	var ns []news.Notice
	for i := range 120 {
		at := testNow().Add(-time.Duration(i/7) * time.Minute)
		ns = append(ns, news.Notice{ID: fmt.Sprint("n", i), Recipient: 1, Watch: 2, Story: 1, Article: 1, Kind: news.FirstMatch, Planned: at, Due: at})
	}
	if err := w.store.AddNotices(t.Context(), ns); err != nil {
		t.Fatal(err)
	}
	if _, err := w.store.SaveWatch(t.Context(), news.Watch{Name: "Two", Query: "two", Zone: "UTC"}); err != nil {
		t.Fatal(err)
	}
	b, seen := w.serve(t), map[string]bool{}
	for at, pages := "/watches/2/told?only=told", 0; at != ""; pages++ {
		a := b.get(at).wants(200)
		for _, l := range a.all(`.decided a[href^="/outbox/"]`) {
			if seen[attr(l, "href")] {
				t.Fatalf("%s stands on two pages", attr(l, "href"))
			}
			seen[attr(l, "href")] = true
		}
		if at = ""; len(a.all(".more a")) > 0 {
			at = attr(a.one(".more a"), "href")
		}
		if pages > 5 {
			t.Fatal("no end")
		}
	}
	if len(seen) != 120 {
		t.Errorf("%d of 120 met", len(seen))
	}
}

// TestHush mutes a story on a watch, and snoozes it, without scripts.
func TestHush(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, auth.Editor)
	watch := func() news.Watch {
		got, err := w.store.Watch(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	do := func(what string, more ...string) *reply {
		form := url.Values{"csrf": {b.csrf()}, "do": {what}, "next": {"/watches/1/told"}}
		if len(more) > 0 {
			form.Set("story", more[0])
		}
		return b.post("/watches/1/hush", form)
	}
	d := b.get("/watches/1/told").all(".decided input[name=story]")
	if len(d) == 0 {
		t.Fatal("no story can be muted")
	}
	story := attr(d[0], "value")
	do("mute", story).wants(303)
	do("mute", story).wants(303)
	if got := watch().Muted; len(got) != 1 || fmt.Sprint(got[0]) != story {
		t.Fatal(got)
	}
	if len(b.get("/watches/1/told").all("button[value=unmute]")) == 0 {
		t.Error("a muted story cannot be told again")
	}
	do("unmute", story).wants(303)
	do("day").wants(303)
	if got := watch(); len(got.Muted) != 0 || !got.Snoozed.Equal(testNow().Add(24*time.Hour)) {
		t.Fatal(got)
	}
	for _, p := range []string{"/watches", "/watches/1", "/watches/1/told"} {
		if !strings.Contains(b.get(p).body, "Snoozed until") {
			t.Errorf("%s does not say that the watch is snoozed", p)
		}
	}
	do("wake").wants(303)
	if !watch().Snoozed.IsZero() {
		t.Error("still asleep")
	}
	do("nonsense").wants(422)
	do("mute", "999999").wants(404)
}

// TestManyWatches finds a watch among many by its name, in whatever letters, and goes through all of them.
func TestManyWatches(t *testing.T) {
	w := newWorld(t)
	for i := range 100 {
		name := fmt.Sprint("Watch ", i)
		if i == 70 {
			name = "الميناء الجديد"
		}
		if _, err := w.store.SaveWatch(t.Context(), news.Watch{Name: name, Query: "port", Zone: "UTC", Created: testNow()}); err != nil {
			t.Fatal(err)
		}
	}
	b, seen := w.serve(t), 0
	for at := "/watches"; at != ""; {
		a := b.get(at).wants(200)
		seen += len(a.all(".story h2"))
		if at = ""; len(a.all(".more a")) > 0 {
			at = attr(a.one(".more a"), "href")
		}
	}
	if seen != 101 {
		t.Errorf("%d watches seen", seen)
	}
	for find, want := range map[string]int{"المِيناء": 1, "watch 7": 18, "flood": 1, "zzz": 0, "PORT": 100} {
		a := b.get("/watches?find=" + url.QueryEscape(find)).wants(200)
		if !strings.Contains(words(a.one(".filter")), fmt.Sprint(want, " watch")) && want > 0 {
			t.Errorf("%s: not %d found", find, want)
		}
		if want == 0 && len(a.all(".empty")) != 1 {
			t.Errorf("%s: it is not said that there is none", find)
		}
	}
}

// TestNoise says how much a watch tells and what it keeps to itself, and where that is more than anybody reads.
func TestNoise(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t)
	if a := b.get("/watches"); len(a.all(".story .warn")) != 0 || !strings.Contains(a.body, "without an alert") {
		t.Error("a calm watch is called loud, or its silences are not counted")
	}
	var ns []news.Notice
	for i := range 150 {
		at := testNow().Add(-time.Duration(i) * time.Hour)
		ns = append(ns, news.Notice{ID: fmt.Sprint("n", i), Recipient: 1, Watch: 1, Story: 1, Article: 1, Kind: news.FirstMatch, Planned: at, Due: at})
	}
	if err := w.store.AddNotices(t.Context(), ns); err != nil {
		t.Fatal(err)
	}
	if a := b.get("/watches"); !strings.Contains(a.one(".story .warn").FirstChild.Data, "letters a day") {
		t.Error("a loud watch is not called so")
	}
}
