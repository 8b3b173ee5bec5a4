package web

import (
	"strings"
	"testing"
)

// The views show the same stories: all of one list, in another shape.
func TestViews(t *testing.T) {
	w := newWorld(t)
	b := w.serve(t).speak("ar")
	ids := func(view string) map[string]bool {
		b.get("/prefs?view=" + view + "&next=/").wants(303)
		a := b.get("/").wants(200)
		a.wellMade("ar", "rtl")
		out := map[string]bool{}
		for _, n := range a.all(".story, .lead") {
			out[attr(n, "id")] = true
		}
		for _, n := range a.all(".also a") {
			out["s"+strings.TrimPrefix(attr(n, "href"), "/stories/")] = true
		}
		return out
	}
	list := ids("")
	for _, view := range []string{"cards", "panes"} {
		got := ids(view)
		if len(got) != len(list) {
			t.Errorf("%s shows %d stories, the list %d", view, len(got), len(list))
		}
	}
	a := b.get("/").wants(200)
	open := a.one(`.story a[aria-current]`)
	if words(a.one(".pane h2")) != words(open) {
		t.Errorf("the pane shows %q beside %q", words(a.one(".pane h2")), words(open))
	}
	other := a.all(".story h3 a")[5]
	next := b.get(strings.Split(attr(other, "href"), "#")[0]).wants(200)
	if words(next.one(".pane h2")) != words(other) || words(next.one(".story a[aria-current]")) != words(other) {
		t.Error("choosing another does not open it")
	}
	b.get("/?at=999999").wants(404)
	b.get("/prefs?view=upside-down&next=/").wants(303)
	b.get("/").wants(200).one(".pane")
}
