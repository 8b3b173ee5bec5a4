package match_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
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
	x := match.Build([]match.Entry{{ID: 1, Query: q}}, match.Options{})
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

var vocabulary = []string{"port", "ports", "crane", "ميناء", "والميناء", "بالميناء", "рейс", "рейсы", "港", "口", "Élysée", "may", "May", "נמל", "בנמל", "강", "12"}

// random draws queries and articles from a seed; it is cheaper than rapid, so that a billion pairs can be tried.
type random struct{ *rand.Rand }

func (r random) word() string { return vocabulary[r.IntN(len(vocabulary))] }

func (r random) query(depth int) string {
	if depth == 0 {
		switch r.IntN(9) {
		case 0:
			return `"` + r.word() + " " + r.word() + `"`
		case 1:
			return []string{"por*", "p?rt", "рей*", "m?y*", "ال*", "c*"}[r.IntN(6)]
		case 2:
			return "=" + r.word()
		case 3:
			return []string{"title:", "text:", "lead:", "caption:"}[r.IntN(4)] + r.word()
		case 4:
			return []string{"lang:ar", "lang:en", "words:>5", "nodup:", "sources:>=2", "is:first"}[r.IntN(6)]
		}
		return r.word()
	}
	sub := func() string { return "(" + r.query(depth-1) + ")" }
	switch r.IntN(9) {
	case 0, 1:
		return sub() + " AND " + sub()
	case 2, 3:
		return sub() + " OR " + sub()
	case 4:
		return "-" + sub()
	case 5:
		return r.word() + []string{" NEAR/3 ", " ONEAR/2 ", " SAME/s ", " SAME/p "}[r.IntN(4)] + "(" + r.word() + " OR " + r.word() + ")"
	case 6:
		return "ATLEAST/2 (" + r.word() + " OR " + r.word() + ")"
	case 7:
		return "FIRST/4 " + r.word()
	}
	return sub() + " " + sub() + " " + r.query(0)
}

func (r random) doc() *match.Doc {
	var b strings.Builder
	for range r.IntN(25) {
		if b.WriteString(r.word()); r.IntN(6) == 0 {
			b.WriteString([]string{".", "\n\n", ", "}[r.IntN(3)])
		}
		b.WriteByte(' ')
	}
	d := doc([]string{"en", "ar", "ru", "zh", "fr", "he", "und"}[r.IntN(7)], r.word(), b.String())
	d.SetState(match.State{Sources: r.IntN(4), First: r.IntN(2) == 0, Copy: r.IntN(2) == 0})
	return d
}

// TestIndexAgainstTheTrivialMatcher holds the index, and the superset filter, to trying every query. MARSAD_PAIRS sets how many pairs
// of query and article are tried.
func TestIndexAgainstTheTrivialMatcher(t *testing.T) {
	pairs, matched := 200_000, 0
	if n, err := strconv.Atoi(os.Getenv("MARSAD_PAIRS")); err == nil {
		pairs = n
	}
	const queries, docs = 500, 40
	for round := 0; round*queries*docs < pairs; round++ {
		r := random{rand.New(rand.NewPCG(uint64(round), 6))}
		entries := make([]match.Entry, queries)
		programs := make([]match.Program, 20)
		for i := range entries {
			entries[i] = match.Entry{ID: int64(i), Query: parse(t, r.query(r.IntN(4)))}
			if i < len(programs) {
				programs[i] = match.Compile(entries[i].Query, nil)
			}
		}
		x := match.Build(entries[:queries-2], match.Options{}).With(entries[queries-2]).With(entries[queries-1]).Without(3)
		for range docs {
			d := r.doc()
			ms, _ := x.Match(d)
			var got, want []int64
			for _, m := range ms {
				got = append(got, m.Watch)
				for _, s := range m.Spans {
					if s.Start < 0 || s.End > len(d.Article.Text) || s.End <= s.Start {
						t.Fatalf("span %v outside", s)
					}
				}
			}
			for _, e := range entries {
				if match.Satisfies(e.Query, d) && e.ID != 3 {
					want = append(want, e.ID)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("round %d: index %v, every query %v\n%q", round, got, want, d.Article.Text)
			}
			matched += len(got)
			for i, p := range programs {
				ok, _ := p.Run(d)
				if ok != match.Satisfies(entries[i].Query, d) {
					t.Fatalf("%s alone says %v", entries[i].Query, ok)
				}
				if ok && !satisfied(p.Need(), strings.Fields(d.Tokens())) {
					t.Fatalf("%s matches but its need %+v excludes it", entries[i].Query, p.Need())
				}
			}
		}
	}
	if matched == 0 {
		t.Fatal("nothing matched: the test tests nothing")
	}
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
