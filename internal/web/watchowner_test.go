package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/internal/store"
)

// TestWhoseAWatchIs shows whose each watch is, lets an administrator hand one over, and shows its owner what it told of a story and did not
// tell as their own.
func TestWhoseAWatchIs(t *testing.T) {
	w := newWorld(t)
	ds, err := w.store.Decisions(t.Context(), store.DecisionFilter{Watch: 1, N: 1000})
	if err != nil {
		t.Fatal(err)
	}
	told := slices.IndexFunc(ds, func(d store.Decision) bool { return d.Delivery != nil && d.Story != 0 })
	if told < 0 {
		t.Fatal("the archive's watch told nothing")
	}
	story := fmt.Sprint("/stories/", ds[told].Story, "/told")
	admin, editor := w.signedIn(t, auth.Admin).speak("en"), w.signedIn(t, auth.Editor).speak("en")
	if n := len(editor.get(story).wants(200).all("#whose")); n != 0 {
		t.Error("who has no watch is asked whose to show")
	}
	if len(editor.get(story).all(".decided")) == 0 {
		t.Fatal("nothing was told of the story")
	}
	editor.post("/watches", url.Values{"csrf": {editor.csrf()}, "q": {"zeppelin"}, "name": {"Zeppelins"}, "zone": {"UTC"}}).wants(303)
	whose := map[string]string{}
	for _, row := range admin.get("/watches").wants(200).all("li.story") {
		for _, s := range []string{"nobody’s in particular", "of the editor"} {
			if strings.Contains(words(row), s) {
				whose[s] += words(row)
			}
		}
	}
	if len(whose) != 2 || !strings.Contains(whose["of the editor"], "Zeppelins") || strings.Contains(whose["nobody’s in particular"], "Zeppelins") {
		t.Errorf("the watches are said to be %v", whose)
	}

	empty := editor.get(story).wants(200)
	if len(empty.all(".decided")) != 0 || !strings.Contains(words(empty.one(".empty")), "was for you") {
		t.Error("what others' watches told is shown as one's own")
	}
	if all := editor.get(story + "?whose=all").wants(200).all(".decided"); len(all) == 0 || !strings.Contains(words(all[0]), "nobody’s in particular") {
		t.Error("everybody's is not shown, or not whose it is")
	}

	if n := len(editor.get("/watches/1").wants(200).all("#w-owner")); n != 0 {
		t.Error("an editor is offered to hand over")
	}
	editor.post("/watches/1/owner", url.Values{"csrf": {editor.csrf()}, "to": {"1"}}).wants(403)
	admin.post("/watches/1/owner", url.Values{"csrf": {admin.csrf()}, "to": {"999"}}).wants(422)
	to := ""
	for _, o := range admin.get("/watches/1").wants(200).all("#w-owner option") {
		if words(o) == "the editor" {
			to = attr(o, "value")
		}
	}
	admin.post("/watches/1/owner", url.Values{"csrf": {admin.csrf()}, "to": {to}}).wants(303)
	if got := words(admin.get("/audit").wants(200).all("tbody tr")[0]); !strings.Contains(got, "handed a watch over") || !strings.Contains(got, "→ the editor") {
		t.Errorf("the audit reads %q", got)
	}
	if mine := editor.get(story).wants(200).all(".decided"); len(mine) == 0 || !strings.Contains(words(mine[0]), "yours") {
		t.Error("what one's watch told is not shown as one's own")
	}
	for _, d := range directions {
		admin.speak(d.lang).get("/watches/1").wants(200).wellMade(d.lang, d.dir)
		editor.speak(d.lang).get(story).wants(200).wellMade(d.lang, d.dir)
	}
}
