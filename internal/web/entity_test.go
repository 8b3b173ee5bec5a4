package web

import (
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"marsad/entity"
	"marsad/internal/store"
	"marsad/news"
)

// claiming gives the page of somebody who takes a part in a claim of the invented archive.
func (w *world) claiming(t *testing.T, of func(news.Claim) *news.Actor) string {
	t.Helper()
	found := ""
	err := w.store.Articles(t.Context(), time.Time{}, time.Time{}, func(e store.Entry) bool {
		for _, c := range e.Analysis.Claims {
			if a := of(c); a != nil && a.Entity != "" && c.Stance != news.Says && !c.Negated {
				found = a.Entity
			}
		}
		return found == ""
	})
	if err != nil || found == "" {
		t.Fatalf("nobody claims: %v", err)
	}
	return "/entities/" + found
}

// What is claimed by and about a name stands on its page, each with the sentence and its article.
func TestEntityClaims(t *testing.T) {
	w := newWorld(t)
	for section, of := range map[string]func(news.Claim) *news.Actor{
		"h-by":    func(c news.Claim) *news.Actor { return c.Claimant },
		"h-about": func(c news.Claim) *news.Actor { return c.Target },
	} {
		path := w.claiming(t, of)
		for _, d := range directions {
			a := w.serve(t).speak(d.lang).get(path).wants(200)
			a.wellMade(d.lang, d.dir)
			rows := a.all(`section[aria-labelledby=` + section + `] > ul > li`)
			if len(rows) == 0 || len(rows) > statedMost {
				t.Fatalf("%s %s: %d claims", path, section, len(rows))
			}
			for _, row := range rows {
				one := &reply{t: t, doc: row}
				if len(one.all("mark")) == 0 || len(one.all("a[href^='/articles/']")) == 0 || len(one.all(".badge")) == 0 {
					t.Errorf("a claim without its words: %s", words(row))
				}
			}
		}
	}
}

// mostNamed gives the page of the name that most articles give.
func (w *world) mostNamed(t *testing.T) string {
	t.Helper()
	n, most := map[string]int{}, ""
	err := w.store.Articles(t.Context(), time.Time{}, time.Time{}, func(e store.Entry) bool {
		for _, m := range e.Analysis.Mentions {
			if n[m.Entity]++; m.Entity != "" && n[m.Entity] > n[most] {
				most = m.Entity
			}
		}
		return true
	})
	if err != nil || most == "" {
		t.Fatalf("no name: %v", err)
	}
	return "/entities/" + most
}

func TestEntityIsCountedAndNamedBeside(t *testing.T) {
	w := newWorld(t)
	path := w.mostNamed(t)
	list, err := w.store.Naming(t.Context(), strings.TrimPrefix(path, "/entities/"), entityNamings)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range directions {
		b := w.serve(t).speak(d.lang)
		a := b.get(path).wants(200)
		if len(a.all("aside a[href^='/entities/']")) == 0 || len(a.all(".hist rect")) == 0 {
			t.Error("no names beside, or no days")
		}
		if d.lang == "en" && !strings.Contains(words(a.all(".meta")[0]), "named in "+strconv.Itoa(len(list))+" articles") {
			t.Errorf("the count reads %q, want %d", words(a.all(".meta")[0]), len(list))
		}
		for _, n := range a.all("aside a[href^='/entities/']") {
			b.get(attr(n, "href")).wants(200)
		}
	}
}

// A person whom an article may not mean is said to be a possible match, unless another article says the same for certain.
func TestPossibleMatch(t *testing.T) {
	w := newWorld(t)
	s := &site{Options: w.options}
	s.Names = entity.Default()
	v := s.visit(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	const text = "The minister accused the port of fraud."
	at := func(source int64, score float64) *entry {
		e := &entry{Entry: store.Entry{Article: news.Article{ID: source, Lang: "en", Text: text}, Source: news.Source{ID: source, Name: "S"}}}
		e.Analysis.Mentions = []news.Mention{{Span: news.Span{Start: 4, End: 12}, Kind: news.Person, Entity: "Q1", Known: true, Score: score}}
		e.Analysis.Claims = []news.Claim{{Span: news.Span{Start: 0, End: len(text)}, Stance: news.Accuses, Claimant: &news.Actor{Span: news.Span{Start: 4, End: 12}, Entity: "Q1"}, Answers: -1}}
		return e
	}
	p := &entityPage{ID: "Q1", Kind: news.Person}
	for _, c := range []struct {
		es   []*entry
		want bool
	}{{[]*entry{at(1, 0.6)}, true}, {[]*entry{at(1, 0.95)}, false}, {[]*entry{at(1, 0.6), at(2, 0.95)}, false}} {
		by, about := p.claims(v, c.es)
		if len(by) != 1 || len(about) != 0 || by[0].Maybe != c.want || by[0].Outlets != len(c.es) {
			t.Errorf("%d articles: %+v %v", len(c.es), by, about)
		}
	}
}
