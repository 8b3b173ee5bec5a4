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
	he := doc("he", "", "נמל חדש נפתח בעיר.")
	zh := doc("zh", "新港口", "港口将于下周开放。")
	fr := doc("fr", "Le port", "L'Ukraine et l’Élysée ont parlé aux grutières.")
	for _, c := range []struct {
		d    *match.Doc
		q    string
		want bool
	}{
		{en, "crane harbor", false}, {en, "crane harbour", true}, {en, "running", true}, {en, `"porto harbour"`, false}, {en, `"Porto's harbour"`, true},
		{en, "=May", true}, {en, "=may", false}, {en, "may", true}, {en, "strike -june", false}, {en, "ATLEAST/2 strike text:over", true},
		{en, "ATLEAST/4 strike", false}, {en, "title:strike", true}, {en, "title:cranes", false}, {en, "title:(strike cranes)", false}, {en, "title:(strike harbour)", true}, {en, "text:(ATLEAST/3 strike)", false}, {en, "ATLEAST/3 strike", true}, {en, "text:(mayor OR queen)", true},
		{en, "cranes ONEAR/4 harbour", true}, {en, "harbour ONEAR/4 cranes", false}, {en, "harbour NEAR/4 cranes", true}, {en, "cranes NEAR/2 harbour", false},
		{en, "cranes SAME/s harbour", true}, {en, "cranes SAME/s mayor", false}, {en, "cranes SAME/p mayor", true}, {en, "cranes SAME/p strike", false},
		{en, "FIRST/3 cranes", true}, {en, "FIRST/3 mayor", false}, {en, "cran*", true}, {en, "cr?nes", true}, {en, "cr?ne", false}, {en, "m?y*", true},
		{en, "lang:en domain:harbour.example country:pt", true}, {en, "source:post", true}, {en, "source:pos", false}, {en, "words:>10 words:<100", true}, {en, "published:2024-06", true},
		{en, "published:<2024-06-18", false}, {en, "on:2024", false}, {en, "is:breaking", false}, {en, "nodup:", true}, {en, "…", false}, {en, "-absent", true},
		{ar, "الميناء", true}, {ar, "ميناء", true}, {ar, "قالت", true}, {ar, `"الميناء سيفتح"`, true}, {ar, "رافعة", false},
		{ar, "رافعتان", true}, {ar, "الرافعتان", true}, {ar, "=الرافعتان", false}, {ar, `"الميناء سيفتح"`, true}, {ar, `"ميناء سيفتح"`, true},
		{ar, "=ميناء", false}, {ar, "=الميناء", true}, {ar, "الجو", false}, {he, "הנמל", true}, {he, "נמל", true}, {he, "העיר", true}, {he, "=הנמל", false},
		{he, "מנמל", false}, {zh, "港口*", true}, {zh, "港?将", true}, {zh, "港?开", false}, {en, "porto-harb*", false}, {en, "run-agai*", true}, {en, "domain:other.example", false},
		{zh, "港口", true}, {zh, "口港", false}, {zh, `"下周"`, true},
		{fr, "ukraine elysee", true}, {fr, "l'Ukraine", true}, {fr, "grutière", true},
	} {
		got, _ := match.Compile(parse(t, c.q), nil).Run(c.d)
		if got != c.want {
			t.Errorf("%s: got %v", c.q, got)
		}
	}
}

var vocabulary = []string{"port", "ports", "crane", "ميناء", "والميناء", "بالميناء", "рейс", "рейсы", "港", "口", "Élysée", "may", "May", "נמל", "בנמל", "הנמל", "강", "12",
	"الميناء", "λιμάνι", "ท", "のり", "reported", "reports"}

// random draws queries and articles from a seed; it is cheaper than rapid, so that a hundred million pairs can be tried.
type random struct{ *rand.Rand }

func (r random) word() string { return vocabulary[r.IntN(len(vocabulary))] }

func (r random) query(depth int) string {
	if depth == 0 {
		switch r.IntN(11) {
		case 10:
			return []string{"港口*", "口?", "port-cr*", "May-p?rt", "l'ukr*", `="May 12"`, "בנ*", "Port", "ﬁne"}[r.IntN(9)]
		case 9:
			return []string{"who:may", "who:port", `org:"may crane"`, "where:ميناء", "speaker:may", "denies:port", "domain:harbour.example", "domain:example",
				"domain:other.example", "source:post", "source:harbour", "country:pt", "country:fr", "on:2024-06", "on:2024-06-18..2024-07-02", "on:>2024", "is:breaking"}[r.IntN(17)]
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
		return r.group() + []string{" NEAR/3 ", " ONEAR/2 ", " SAME/s ", " SAME/p ", " NEAR/1 ", " ONEAR/9 "}[r.IntN(6)] + r.group()
	case 6:
		return fmt.Sprintf("ATLEAST/%d %s", 1+r.IntN(4), r.group())
	case 7:
		if r.IntN(2) == 0 {
			return []string{"title:", "text:", "lead:", "caption:"}[r.IntN(4)] + r.group()
		}
		return fmt.Sprintf("FIRST/%d %s", 1+r.IntN(9), r.group())
	}
	return sub() + " " + sub() + " " + r.query(0)
}

// group draws what may stand beside an operator of places.
func (r random) group() string {
	switch r.IntN(8) {
	case 0:
		return "(" + r.word() + " OR " + r.word() + ")"
	case 1:
		return "(" + r.word() + " OR " + r.word() + ` OR "` + r.word() + " " + r.word() + `")`
	case 2:
		return "(" + r.word() + " " + r.word() + ")"
	case 3:
		return `"` + r.word() + " " + r.word() + `"`
	case 4:
		return "(" + r.group() + []string{" NEAR/4 ", " ONEAR/3 ", " SAME/s "}[r.IntN(3)] + r.group() + ")"
	case 5:
		return "=" + r.word()
	}
	return r.word()
}

func (r random) doc() *match.Doc {
	var b strings.Builder
	for range r.IntN(25) {
		if b.WriteString(r.word()); r.IntN(6) == 0 {
			b.WriteString([]string{".", "\n\n", ", "}[r.IntN(3)])
		}
		b.WriteByte(' ')
	}
	a := news.Article{ID: 7, Headline: r.word() + " " + r.word(), Text: b.String(), Lang: []string{"en", "ar", "ru", "zh", "fr", "he", "und"}[r.IntN(7)],
		URL: []string{"https://www.harbour.example/a", "http://other.example", "::"}[r.IntN(3)], Site: []string{"", "Port News"}[r.IntN(2)]}
	if r.IntN(3) == 0 {
		a.Media = []news.Media{{Caption: r.word() + " " + r.word()}, {}}
	}
	body := text.Analyze(a.Text, pack.For(a.Lang))
	n := r.analysis(body)
	d := match.NewDoc(a, n, body, news.Source{Name: []string{"Harbour Post", "Crane"}[r.IntN(2)], Country: []string{"PT", "FR", ""}[r.IntN(3)]})
	d.SetState(match.State{Sources: r.IntN(4), First: r.IntN(2) == 0, Copy: r.IntN(2) == 0, Breaking: r.IntN(3) == 0})
	return d
}

// analysis makes up names, speakers, denials and dates over words of the text.
func (r random) analysis(doc *text.Doc) (n news.Analysis) {
	for i := range doc.Tokens {
		sp := doc.Tokens[i].Span
		switch r.IntN(12) {
		case 0:
			n.Mentions = append(n.Mentions, news.Mention{Span: sp, Kind: []news.MentionKind{news.Person, news.Org, news.Place}[r.IntN(3)], Name: r.word() + " " + r.word()})
		case 1:
			n.Quotations = append(n.Quotations, news.Quotation{Span: sp, Speaker: &news.Actor{Span: sp}})
		case 2:
			n.Claims = append(n.Claims, news.Claim{Span: sp, Stance: news.Denies, Claimant: &news.Actor{Span: sp}})
		case 3:
			from := time.Date(2024, time.Month(5+r.IntN(4)), 1+r.IntN(28), 22, 0, 0, 0, time.FixedZone("", 3*3600))
			n.Timexes = append(n.Timexes, news.Timex{Span: sp, From: from, To: from.AddDate(r.IntN(2)*r.IntN(9), r.IntN(3), 0)}, news.Timex{Span: sp})
		}
	}
	return n
}

// TestIndexAgainstTheTrivialMatcher holds the index, and the superset filter, to trying every query. MARSAD_PAIRS sets how many pairs
// of query and article are tried.
func TestIndexAgainstTheTrivialMatcher(t *testing.T) {
	pairs, matched := 200_000, 0
	if n, err := strconv.Atoi(os.Getenv("MARSAD_PAIRS")); err == nil {
		pairs = n
	}
	const queries, docs = 500, 100
	asked, memory := match.NewAsked(), match.NewMemory()
	for round := 0; round*queries*docs < pairs; round++ {
		r := random{rand.New(rand.NewPCG(uint64(round), 6))}
		entries := make([]match.Entry, queries)
		programs := make([]match.Program, 20)
		for i := range entries {
			entries[i] = match.Entry{ID: int64(i), Query: parse(t, r.query(r.IntN(4)))}
			if i < len(programs) {
				if programs[i] = match.Compile(entries[i].Query, nil); i%2 == 0 {
					programs[i] = programs[i].With(memory)
				}
			}
		}
		x := match.Build(entries[:queries-2], match.Options{}).With(entries[queries-2]).With(entries[queries-1]).Without(3)
		for range docs {
			d := r.doc()
			satisfies := match.Trivial(d, asked)
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
				if e.ID != 3 && satisfies(e.Query) {
					want = append(want, e.ID)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("round %d: index %v, every query %v\n%q", round, got, want, d.Article.Text)
			}
			matched += len(got)
			for i, p := range programs {
				ok, _ := p.Run(d)
				if ok != satisfies(entries[i].Query) {
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
	t.Logf("%d pairs, %d of them matches", pairs, matched)
}

func satisfied(n match.Need, forms []string) bool {
	switch {
	case n.Everything():
		return true
	case n.Form != "" || n.Mark != "":
		return slices.Contains(forms, n.Form+n.Mark)
	case n.Prefix != "" || n.Marks != "":
		return slices.ContainsFunc(forms, func(f string) bool { return strings.HasPrefix(f, n.Prefix+n.Marks) })
	case len(n.Any) > 0:
		return slices.ContainsFunc(n.Any, func(k match.Need) bool { return satisfied(k, forms) })
	}
	return !slices.ContainsFunc(n.All, func(k match.Need) bool { return !satisfied(k, forms) })
}

// TestMarksOfPairs sees that a phrase asks for pairs that an article has which satisfies it: also where a word stands behind others that are
// written in front of it, and pairs by the stem of what remains.
func TestMarksOfPairs(t *testing.T) {
	arabic := strings.Fields(doc("ar", "ميناء", "وقعت الانفجارات بالميناء وبموانئ أخرى.").Tokens())
	for _, q := range []string{`"انفجارات بالميناء"`, `"انفجار ميناء"`, `"الانفجار الميناء"`, `"وقعت انفجارات"`, `"ميناء وبموانئ"`, `"موانئ ميناء"`} {
		if n := match.Compile(parse(t, q), nil).Need(); !satisfied(n, arabic) {
			t.Errorf("%s: %+v not in %v", q, n, arabic)
		}
	}
	if n := match.Compile(parse(t, `"ميناء انفجار"`), nil).Need(); satisfied(n, arabic) {
		t.Errorf("the words the other way round: %+v in %v", n, arabic)
	}
	tokens := strings.Fields(doc("de", "Neue Häuser", "Neue Häuser am Hafen.").Tokens())
	for _, q := range []string{`"neue hauser"`, `"neues haus"`, `title:"neue häuser"`, `lang:de`, `title:hau*`} {
		if n := match.Compile(parse(t, q), nil).Need(); !satisfied(n, tokens) {
			t.Errorf("%s: %+v not in %v", q, n, tokens)
		}
	}
	for _, q := range []string{`"häuser neue"`, `title:hafen`, `lang:en`, `title:haf*`} {
		if n := match.Compile(parse(t, q), nil).Need(); satisfied(n, tokens) {
			t.Errorf("%s is not excluded by %v", q, n)
		}
	}
}

func TestEdits(t *testing.T) {
	d := doc("en", "", "Two cranes of the harbour fell.")
	entry := func(id int64, q string) match.Entry { return match.Entry{ID: id, Query: parse(t, q)} }
	x := match.Build([]match.Entry{entry(1, "crane"), entry(2, "harbour"), entry(2, "fell")}, match.Options{})
	found := func(x *match.Index) (ids []int64) {
		ms, _ := x.Match(d)
		for _, m := range ms {
			ids = append(ids, m.Watch)
		}
		return ids
	}
	changed := x.With(entry(1, "ship")).With(entry(3, "harbour fell")).With(entry(4, "two")).Without(4).Without(99)
	fork := changed.With(entry(3, "ship"))
	for _, c := range []struct {
		x    *match.Index
		want []int64
		n    int
	}{{x, []int64{1, 2, 2}, 3}, {changed, []int64{2, 2, 3}, 4}, {fork, []int64{2, 2}, 4}, {changed.Without(2), []int64{3}, 2}, {changed.With(entry(1, "crane")), []int64{1, 2, 2, 3}, 4}} {
		if got := found(c.x); !slices.Equal(got, c.want) || c.x.Len() != c.n {
			t.Errorf("got %v, %d queries; want %v, %d", got, c.x.Len(), c.want, c.n)
		}
	}
}

// TestNothingInIt matches an article without words, which has statements only.
func TestNothingInIt(t *testing.T) {
	x := match.Build([]match.Entry{{ID: 1, Query: parse(t, "crane NEAR/3 harbour")}, {ID: 2, Query: parse(t, "lang:en")}}, match.Options{})
	if ms, _ := x.Match(doc("en", "", "")); len(ms) != 1 || ms[0].Watch != 2 {
		t.Errorf("%v, want the query of its language", ms)
	}
}

// ids is a gazetteer for which every name means the same.
type ids []string

func (is ids) IDs(string) []string { return is }

// TestRenamed wants what was stored under an id that has been replaced to be found by the name of the entity.
func TestRenamed(t *testing.T) {
	b, err := os.ReadFile("../entity/data/renamed.tsv")
	if err != nil {
		t.Fatal(err)
	}
	row, _, _ := strings.Cut(string(b), "\n")
	old, now, ok := strings.Cut(row, "\t")
	if !ok {
		t.Fatalf("no ids in %q", row)
	}
	const body = "The president spoke."
	article := func(id string) *match.Doc {
		sp := news.Span{Start: 4, End: 13}
		actor := &news.Actor{Span: sp, Entity: id}
		n := news.Analysis{Mentions: []news.Mention{{Span: sp, Kind: news.Person, Entity: id}}, Quotations: []news.Quotation{{Speaker: actor}}}
		return match.NewDoc(news.Article{Text: body}, n, text.Analyze(body, pack.For("en")), news.Source{})
	}
	for _, q := range []string{"who:somebody", "speaker:somebody"} {
		x := match.Build([]match.Entry{{ID: 1, Query: parse(t, q)}}, match.Options{Names: ids{now}})
		for id, want := range map[string]int{old: 1, now: 1, "another": 0} {
			if ms, _ := x.Match(article(id)); len(ms) != want {
				t.Errorf("%s of %s: %d matches, want %d", q, id, len(ms), want)
			}
		}
	}
}

// TestStatementsNarrow wants queries of statements alone to be filed under marks, so that most articles do not look at them.
func TestStatementsNarrow(t *testing.T) {
	for _, q := range []string{"source:reuters", "domain:example.com", "country:fr", "who:somebody", "on:2024-06", "is:breaking", "lang:ar", "source:reuters OR domain:example.com"} {
		if c := match.CostOf(parse(t, q), match.Options{}); c.Always || c.Postings == 0 {
			t.Errorf("%s is verified on every article: %+v", q, c)
		}
	}
	x := match.Build([]match.Entry{{ID: 1, Query: parse(t, "source:reuters")}}, match.Options{})
	for name, want := range map[string]match.Counts{"Reuters": {Tried: 1, Verified: 1, Matched: 1}, "AFP": {}} {
		d := match.NewDoc(news.Article{}, news.Analysis{}, text.Analyze("", pack.For("en")), news.Source{Name: name})
		if _, c := x.Match(d); c != want {
			t.Errorf("an article of %s cost %+v, want %+v", name, c, want)
		}
	}
}

func TestExpensive(t *testing.T) {
	es := []match.Entry{{ID: 1, Query: parse(t, "harbour")}, {ID: 2, Query: parse(t, "words:>5")}, {ID: 3, Query: parse(t, "a")}, {ID: 4, Query: parse(t, "who:may")}}
	got := match.Build(es, match.Options{}).Expensive(2)
	if len(got) != 2 || got[0].ID != 2 || !got[0].Always || got[1].ID != 3 || got[1].Looked < 0.5 {
		t.Errorf("%+v", got)
	}
	o := match.Options{Share: func(f string) float64 { return map[string]float64{"harbour": 0.01, "the": 1}[f] }}
	for q, want := range map[string]float64{"harbour": 0.01, "the harbour": 0.01, "-harbour": 0.99, "harbour OR the": 1, "crane": 0} {
		if got := match.Expect(parse(t, q), o); got < want-1e-6 || got > want+1e-6 {
			t.Errorf("%s: expect %v, want %v", q, got, want)
		}
	}
}

// pooled tells whether what an article needs comes back from a pool.
var pooled = true

func TestNoAllocationForACandidate(t *testing.T) {
	if !pooled {
		t.Skip("the race detector lets pools forget")
	}
	var es []match.Entry
	for i := range 200 {
		es = append(es, match.Entry{ID: int64(i), Query: parse(t, []string{"cranes NEAR/1 fell", "crane SAME/s absent", "ATLEAST/3 crane", `"harbour cranes"`, "title:crane fell", "crane -harbour"}[i%6])})
	}
	x := match.Build(es, match.Options{})
	d := doc("en", "Storm", "Two cranes of the harbour fell.")
	x.Match(d)
	if n := testing.AllocsPerRun(100, func() { x.Match(d) }); n > 0 {
		t.Errorf("%v allocations for an article that satisfies nothing", n)
	}
}
