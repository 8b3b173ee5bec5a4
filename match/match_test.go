package match_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"

	"pgregory.net/rapid"
)

func doc(lang, headline, body string) *match.Doc {
	a := news.Article{ID: 7, Headline: headline, Text: body, Lang: lang, URL: "https://www.harbour.example/a",
		Published: news.Stamp{Time: time.Date(2024, 6, 18, 9, 0, 0, 0, time.UTC)}}
	return match.NewDoc(a, news.Analysis{}, text.Analyze(body, pack.For(lang)), news.Source{Name: "Harbour Post", Country: "PT"})
}

func parse(t interface{ Fatal(...any) }, s string) query.Query {
	q, err := query.Parse(s)
	if err != nil {
		t.Fatal(s, err)
	}
	return q
}

func ExampleIndex() {
	q, _ := query.Parse(`crane* NEAR/3 harbour`)
	x := match.Build([]match.Entry{{ID: 1, Query: q}}, nil)
	body := "Two cranes of the harbour fell."
	ms, _ := x.Match(doc("en", "Storm", body))
	for _, s := range ms[0].Spans {
		fmt.Println(body[s.Start:s.End])
	}
	// Output: cranes of the harbour
}

func TestMeaning(t *testing.T) {
	en := doc("en", "Harbour strike ends", "The cranes of Porto's harbour run again. Mayor Lina May spoke.\n\nShe said that the strike was over; the strike of June.")
	ar := doc("ar", "الميناء الجديد", "وقالت الوزيرة إن الميناء سيفتح. وللميناء رافعتان.")
	zh := doc("zh", "新港口", "港口将于下周开放。")
	fr := doc("fr", "Le port", "L'Ukraine et l’Élysée ont parlé aux grutières.")
	for _, c := range []struct {
		d    *match.Doc
		q    string
		want bool
	}{
		{en, "crane harbor", false}, {en, "crane harbour", true}, {en, "running", true}, {en, `"porto harbour"`, false}, {en, `"Porto's harbour"`, true},
		{en, "=May", true}, {en, "=may", false}, {en, "may", true}, {en, "strike -june", false}, {en, "ATLEAST/2 strike text:over", true},
		{en, "ATLEAST/4 strike", false}, {en, "title:strike", true}, {en, "title:cranes", false}, {en, "text:(mayor OR queen)", true},
		{en, "cranes ONEAR/4 harbour", true}, {en, "harbour ONEAR/4 cranes", false}, {en, "harbour NEAR/4 cranes", true}, {en, "cranes NEAR/2 harbour", false},
		{en, "cranes SAME/s harbour", true}, {en, "cranes SAME/s mayor", false}, {en, "cranes SAME/p mayor", true}, {en, "cranes SAME/p strike", false},
		{en, "FIRST/3 cranes", true}, {en, "FIRST/3 mayor", false}, {en, "cran*", true}, {en, "cr?nes", true}, {en, "cr?ne", false}, {en, "m?y*", true},
		{en, "lang:en domain:harbour.example country:pt", true}, {en, "source:post", true}, {en, "source:pos", false}, {en, "words:>10 words:<100", true}, {en, "published:2024-06", true},
		{en, "published:<2024-06-18", false}, {en, "on:2024", false}, {en, "is:breaking", false}, {en, "nodup:", true}, {en, "…", false}, {en, "-absent", true},
		{ar, "الميناء", true}, {ar, "ميناء", true}, {ar, "قالت", true}, {ar, `"الميناء سيفتح"`, true}, {ar, "رافعة", false},
		{zh, "港口", true}, {zh, "口港", false}, {zh, `"下周"`, true},
		{fr, "ukraine elysee", true}, {fr, "l'Ukraine", true}, {fr, "grutière", true},
	} {
		got, _ := match.Compile(parse(t, c.q), nil).Run(c.d)
		if got != c.want {
			t.Errorf("%s: got %v", c.q, got)
		}
	}
}

var vocabulary = []string{"port", "ports", "crane", "ميناء", "والميناء", "рейс", "рейсы", "港", "口", "Élysée", "may", "May"}

// queries draws a random query as text.
func queries(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		w := func() string { return rapid.SampledFrom(vocabulary).Draw(t, "w") }
		if depth == 0 {
			return rapid.SampledFrom([]string{w(), `"` + w() + " " + w() + `"`, "por*", "p?rt", "=May", "title:" + w(), "lang:ar", "words:>5"}).Draw(t, "leaf")
		}
		sub := func() string { return "(" + queries(depth-1).Draw(t, "sub") + ")" }
		return rapid.SampledFrom([]string{sub() + " AND " + sub(), sub() + " OR " + sub(), "-" + sub(), w() + " NEAR/3 " + w(), w() + " ONEAR/2 (" + w() + " OR " + w() + ")", w() + " SAME/s " + w(), "ATLEAST/2 " + w(), "FIRST/4 " + w()}).Draw(t, "node")
	})
}

// TestIndexAgainstTryingEveryQuery is the oracle: filing must lose nothing.
func TestIndexAgainstTryingEveryQuery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []match.Entry
		for i, s := range rapid.SliceOfN(queries(2), 1, 30).Draw(t, "queries") {
			entries = append(entries, match.Entry{ID: int64(i), Query: parse(t, s)})
		}
		x := match.Build(entries, nil)
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(vocabulary, ".", "\n\n")), 0, 25).Draw(t, "body"), " ")
		d := doc(rapid.SampledFrom([]string{"en", "ar", "ru", "zh", "fr", "und"}).Draw(t, "lang"), rapid.SampledFrom(vocabulary).Draw(t, "headline"), body)
		got, _ := x.Match(d)
		var want []int64
		for _, e := range entries {
			p := match.Compile(e.Query, nil)
			ok, spans := p.Run(d)
			for _, s := range spans {
				if s.Start < 0 || s.End > len(body) || s.End <= s.Start {
					t.Fatalf("span %v outside", s)
				}
			}
			if ok {
				want = append(want, e.ID)
			}
			if ok && !satisfied(p.Need(), strings.Fields(d.Tokens())) {
				t.Fatalf("%s matches but its need %+v excludes it", e.Query, p.Need())
			}
		}
		var ids []int64
		for _, m := range got {
			ids = append(ids, m.Watch)
		}
		if !slices.Equal(ids, want) {
			t.Fatalf("index %v, every query %v", ids, want)
		}
	})
}

func satisfied(n match.Need, forms []string) bool {
	switch {
	case n.Everything():
		return true
	case n.Form != "":
		return slices.Contains(forms, n.Form)
	case n.Prefix != "":
		return slices.ContainsFunc(forms, func(f string) bool { return strings.HasPrefix(f, n.Prefix) })
	case len(n.Any) > 0:
		return slices.ContainsFunc(n.Any, func(k match.Need) bool { return satisfied(k, forms) })
	}
	return !slices.ContainsFunc(n.All, func(k match.Need) bool { return !satisfied(k, forms) })
}
