package alert_test

import (
	"slices"
	"strings"
	"testing"

	"marsad/alert"
	"marsad/news"
)

func TestDenialsAreNamedByWhoDenies(t *testing.T) {
	words := "She denied it. The mayor denied it. Lina Haddad spoke."
	span := func(s string) news.Span {
		at := strings.Index(words, s)
		return news.Span{Start: at, End: at + len(s)}
	}
	named := span("Lina Haddad")
	denies := func(who *news.Actor) news.Claim { return news.Claim{Stance: news.Denies, Claimant: who} }
	a := news.Article{Lang: "en", Text: words}
	for name, c := range map[string]struct {
		who  *news.Actor
		want []string
	}{
		"a pronoun of nobody knows whom": {&news.Actor{Span: span("She")}, nil},
		"a pronoun with a name":          {&news.Actor{Span: span("She"), Named: &named}, []string{"denial lina haddad"}},
		"an entity":                      {&news.Actor{Span: span("She"), Entity: "Q1", Named: &named}, []string{"denial Q1"}},
		"words":                          {&news.Actor{Span: span("The mayor")}, []string{"denial the mayor"}},
	} {
		if got := alert.Denials(alert.Read{Article: a, Analysis: news.Analysis{Claims: []news.Claim{denies(c.who)}}}); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func read(lang, words string, quotes ...[2]string) alert.Read {
	r := alert.Read{Article: news.Article{Lang: lang, Text: words}}
	span := func(s string) news.Span {
		at := strings.Index(words, s)
		if at < 0 {
			panic(s + " is not in " + words)
		}
		return news.Span{Start: at, End: at + len(s)}
	}
	for _, q := range quotes {
		who := news.Actor{Span: span(q[0]), Entity: map[string]string{"Haddad": "Q1", "حداد": "Q1", "the minister": "Q2"}[q[0]]}
		r.Analysis.Quotations = append(r.Analysis.Quotations, news.Quotation{Span: span(q[1]), Type: news.Direct, Speaker: &who})
	}
	return r
}

// TestFigures finds what an update counts otherwise, and nothing in what it only says otherwise.
func TestFigures(t *testing.T) {
	for name, c := range map[string]struct {
		lang, was, now string
		want           []string
	}{
		"the same thing counted":  {"en", "A ferry sank. At least 12 people were killed in the harbour.", "A ferry sank. At least 15 people were killed in the harbour.", []string{"number 12 15"}},
		"in Arabic":               {"ar", "غرقت عبارة. أعلنت السلطات مقتل 12 شخصا في الميناء.", "غرقت عبارة. أعلنت السلطات مقتل 15 شخصا في الميناء.", []string{"number 12 15"}},
		"another form of noun":    {"ar", "أعلنت السلطات في الميناء مقتل 3 أشخاص على الأقل.", "أعلنت السلطات في الميناء مقتل 12 شخصا على الأقل.", []string{"number 3 12"}},
		"two in one sentence":     {"en", "It killed 12 people in 3 villages of the valley.", "It killed 15 people in 4 villages of the valley.", []string{"number 12 15", "number 3 4"}},
		"nothing changed":         {"en", "At least 12 people were killed in the harbour.", "At least 12 people were killed in the harbour.", nil},
		"only a word":             {"en", "At least 12 people were killed in the harbour.", "At least 12 persons were killed in the harbour.", nil},
		"a thousand with a comma": {"en", "Some 1,200 people were in the harbour.", "Some 1200 people were in the harbour.", nil},
		"a year":                  {"en", "The bridge was built in 1998 by the port.", "The bridge was built in 1999 by the port.", nil},
		"another sentence":        {"en", "At least 12 people were killed.", "At least 12 people were killed. Another 30 were hurt on the quay.", nil},
		"other things":            {"en", "The port has 12 cranes and a tower.", "The port has 40 ships and a tower.", nil},
	} {
		if got := alert.Figures(read(c.lang, c.was), read(c.lang, c.now)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if was, now, ok := alert.Numbers("number 12 15"); was != "12" || now != "15" || !ok {
		t.Error(was, now, ok)
	}
}

// TestQuotes finds who is quoted anew, not who is quoted again, cut otherwise or translated.
func TestQuotes(t *testing.T) {
	first := read("en", `"We will rebuild the harbour before the winter," Haddad said.`, [2]string{"Haddad", "We will rebuild the harbour before the winter,"})
	for name, c := range map[string]struct {
		now  alert.Read
		want int
	}{
		"the same words":     {read("en", `Haddad: "We will rebuild the harbour".`, [2]string{"Haddad", "We will rebuild the harbour"}), 0},
		"other words":        {read("en", `"Nobody asked the fishermen about any of this," Haddad said.`, [2]string{"Haddad", "Nobody asked the fishermen about any of this,"}), 1},
		"a term":             {read("en", `Haddad spoke of a "quiet winter".`, [2]string{"Haddad", "quiet winter"}), 0},
		"translated":         {read("ar", `قالت حداد "سنعيد بناء المرفأ قبل حلول الشتاء المقبل".`, [2]string{"حداد", "سنعيد بناء المرفأ قبل حلول الشتاء المقبل"}), 0},
		"nobody knows whose": {read("en", `"Nobody asked the fishermen about any of this," She said.`, [2]string{"She", "Nobody asked the fishermen about any of this,"}), 0},
		"twice in one":       {read("en", `"Nobody asked the fishermen about this," Haddad said. Again: "Nobody asked the fishermen".`, [2]string{"Haddad", "Nobody asked the fishermen about this,"}, [2]string{"Haddad", "Nobody asked the fishermen"}), 1},
	} {
		if got := alert.Quotes(c.now, []alert.Read{first}); len(got) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if a, b := alert.QuoteFact("We will rebuild, soon."), alert.QuoteFact("we will rebuild soon"); a != b {
		t.Error("punctuation makes another quote")
	}
}
