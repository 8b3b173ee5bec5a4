package web

import (
	"bufio"
	"context"
	"net/url"
	"strings"
	"testing"

	"marsad/internal/auth"
	"marsad/internal/fault"

	"golang.org/x/net/html"
)

// What becomes of each address of a pasted list is on the page as soon as it is known; the sum and what can be tried again stand at its
// end.
func TestAddingTellsAsItGoes(t *testing.T) {
	read := make(chan struct{})
	w := newWorld(t, func(o *Options) {
		o.Desk.AddSources = func(_ context.Context, in Adding) ([]Added, error) {
			in.Each(Added{Line: "one.example", Source: 1, Name: "One"})
			<-read // the rest is not known before the first was read
			in.Each(Added{Line: "two.example", Problem: "tls"})
			in.Each(Added{Line: "three.example", Problem: "failed", Detail: "<b>odd</b>"})
			in.Each(Added{Line: "one.example", Problem: "twice"})
			return nil, nil
		}
	})
	b := w.signedIn(t, auth.Editor)
	for _, d := range directions {
		b.speak(d.lang)
		answer, err := b.PostForm(b.url+"/sources", url.Values{"csrf": {b.csrf()}, "paste": {"one.example\ntwo.example\nthree.example\none.example"}})
		if err != nil {
			t.Fatal(err)
		}
		lines, whole := bufio.NewScanner(answer.Body), ""
		for lines.Scan() {
			whole += lines.Text() + "\n"
			if strings.Contains(lines.Text(), "one.example") {
				break
			}
		}
		if strings.Contains(whole, "</html>") || !strings.Contains(whole, `href="/sources/1"`) {
			t.Fatalf("the first is told with the rest:\n%s", whole)
		}
		read <- struct{}{}
		for lines.Scan() {
			whole += lines.Text() + "\n"
		}
		answer.Body.Close()
		doc, err := html.Parse(strings.NewReader(whole))
		if err != nil {
			t.Fatal(err)
		}
		a := &reply{t: t, doc: doc, body: whole}
		a.wellMade(d.lang, d.dir)
		if rows := a.all("ol.notes li"); len(rows) != 4 || len(a.all("ol.notes b")) != 0 {
			t.Errorf("%d rows", len(rows))
		}
		if again := words(a.one("textarea")); again != "two.example three.example" {
			t.Errorf("to be tried again: %q", again)
		}
		if sum := words(a.one("section[role=status] p")); d.lang == "en" && sum != "1 added. 1 was here already. 2 not added." {
			t.Errorf("the sum reads %q", sum)
		}
	}
}

// A list that is long and one that ends early are told in groups, with nothing lost.
func TestAddingInGroups(t *testing.T) {
	var all []Added
	for range 1000 {
		all = append(all, Added{Line: "https://known.example/", Source: 1, Name: "Known", Problem: "known"}, Added{Line: "file:///x", Name: "Bad", Problem: "bad-address"})
	}
	all = append(all, Added{Problem: "short"}, Added{Line: "https://new.example/", Source: 2, Name: "New"})
	var failed error
	w := newWorld(t, func(o *Options) {
		o.Desk.AddSources = func(_ context.Context, in Adding) ([]Added, error) {
			if failed != nil {
				return nil, failed
			}
			return answers(in, all...)
		}
	})
	b := w.signedIn(t, auth.Editor).speak("en")
	form := url.Values{"csrf": {b.csrf()}, "paste": {"<opml>"}}
	a := b.post("/sources", form).wants(200)
	a.wellMade("en", "ltr")
	if sum := words(a.one("section[role=status] > p:first-child")); sum != "1 added. 1,000 were here already. 1,000 not added." {
		t.Errorf("the sum reads %q", sum)
	}
	if n := len(a.all("details")); n != 3 || len(a.all("details[open]")) != 1 || len(a.all("details li")) != 2*(mostAdded+1)+1 {
		t.Errorf("%d groups, %d rows", n, len(a.all("details li")))
	}
	if n := strings.Count(a.one("textarea").FirstChild.Data, "file:///x"); n != 1000 {
		t.Errorf("%d lines to be tried again", n)
	}
	if len(a.all("section .problem")) != 1 {
		t.Error("nobody says that the list breaks off")
	}
	failed = fault.New(fault.Invalid, "too much")
	b.post("/sources", form).wants(422)
}
