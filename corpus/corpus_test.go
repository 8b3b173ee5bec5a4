package corpus_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"marsad/corpus"
)

var bases = []time.Time{
	time.Date(2024, 6, 11, 15, 0, 0, 0, time.UTC),
	time.Date(2024, 2, 24, 0, 0, 0, 0, time.UTC),
	time.Date(2025, 12, 26, 0, 0, 0, 0, time.UTC),
	time.Date(2026, 3, 27, 23, 59, 0, 0, time.UTC),
}

func archive(t testing.TB, base time.Time) []corpus.Publication {
	t.Helper()
	c, err := corpus.Load()
	if err != nil {
		t.Fatal(err)
	}
	pubs, err := c.At(base)
	if err != nil {
		t.Fatal(err)
	}
	return pubs
}

func TestEveryItemRenders(t *testing.T) {
	for _, base := range bases {
		for _, p := range archive(t, base) {
			a := p.Truth.Article
			if a.Headline == "" || a.Text == "" || len(p.Body) < len(a.Text)/3 {
				t.Errorf("%s: headline %q, %d bytes of text, %d of page", p.Item.ID, a.Headline, len(a.Text), len(p.Body))
			}
			for _, s := range []string{a.Headline, a.Text, a.Subtitle} {
				if strings.ContainsAny(s, "{}") || strings.Contains(s, "%!") {
					t.Errorf("%s: an unresolved slot in %q", p.Item.ID, s)
				}
			}
			if p.Outlet.Charset == "" && strings.Contains(p.ContentType, "plain") && !bytes.Contains(p.Body, []byte(a.Headline)) {
				t.Errorf("%s: the page lacks the headline", p.Item.ID)
			}
		}
	}
}

func TestSameBaseSameBytes(t *testing.T) {
	a, b := archive(t, bases[0]), archive(t, bases[0])
	for i := range a {
		if !bytes.Equal(a[i].Body, b[i].Body) || a[i].URL != b[i].URL {
			t.Fatalf("%s differs between two renderings", a[i].Item.ID)
		}
	}
}

func TestReportsRender(t *testing.T) {
	c, err := corpus.Whole()
	if err != nil {
		t.Fatal(err)
	}
	for _, base := range bases {
		pubs, err := c.At(base)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pubs {
			if a := p.Truth.Article; a.Headline == "" || a.Text == "" || strings.ContainsAny(a.Headline+a.Text, "{}") || strings.Contains(a.Text, "%!") {
				t.Errorf("%s: headline %q, text %q", p.Item.ID, a.Headline, a.Text)
			}
		}
	}
}
