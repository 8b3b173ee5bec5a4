package query_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"marsad/query"

	"pgregory.net/rapid"
)

func ExampleParse() {
	q, err := query.Parse(`harbour (crane OR رافعة) -strike lang:ar "الميناء الجديد"`)
	fmt.Println(q, err)
	_, err = query.Parse("a AND b OR c")
	fmt.Println(err)
	// Output:
	// harbour (crane OR رافعة) NOT strike lang:ar "الميناء الجديد" <nil>
	// at 8: AND and OR stand side by side; say which you mean with parentheses: (a b) OR c   or   a (b OR c)
}

func TestReadings(t *testing.T) {
	for in, want := range map[string]string{
		"a b":                           "a b",
		"a AND b AND c":                 "a b c",
		"a OR b OR c":                   "a OR b OR c",
		"-a b":                          "NOT a b",
		"well-known":                    "well-known",
		"a - b":                         "a b",
		"a −b":                          "a NOT b",
		"port*":                         "port*",
		"wom?n":                         "wom?n",
		"=May":                          "=May",
		`="Big Port"`:                   `="Big Port"`,
		"(a OR b) NEAR/5 (c OR d)":      "(a OR b) NEAR/5 (c OR d)",
		"a SAME/p b":                    "a SAME/p b",
		"ATLEAST/3 a":                   "ATLEAST/3 a",
		"FIRST/50 (a OR b) c":           "(FIRST/50 (a OR b)) c",
		"title:(a OR b) lead:x":         "title:(a OR b) lead:x",
		"words:>300 sources:>=3":        "words:>300 sources:>=3",
		"on:2024-06 published:>=2024":   "on:2024-06 published:>=2024",
		`who:"Lina Haddad" is:breaking`: `who:"Lina Haddad" is:breaking`,
		"language:ar nodup:":            "lang:ar nodup:",
		"«порт» „Hafen“ 「港」 “x y”": `"порт" "Hafen" "港" "x y"`,
		"ميناء، رافعة؛ سفينة":      "ميناء رافعة سفينة",
		`צה"ל`:                     `צה"ל`,
		`"AND" b`:                  `"AND" b`,
		"a\u200fb":                 "a b",
	} {
		q, err := query.Parse(in)
		if err != nil || q.String() != want {
			t.Errorf("%s: got %s, %v; want %s", in, q, err, want)
		}
	}
}

// TestOtherHouses reads what people bring along from elsewhere: it is meant as one thing, or refused with what to write.
func TestOtherHouses(t *testing.T) {
	for in, want := range map[string]string{
		"cats and dogs":           "cats dogs",
		"cats and (dogs OR fish)": "cats (dogs OR fish)",
		"rock and":                `rock "and"`,
		"الحكومة و الميناء":       "الحكومة الميناء",
		"climate or weather":      "! OR at 8",
		"apple not fruit":         "! NOT at 6",
		"apple AND not fruit":     "! NOT at 10",
		"to be or not to be":      "! OR at 6",
		`"to be or not to be"`:    `"to be or not to be"`,
		`"Royal Dutch" w/5 shell`: `"Royal Dutch" NEAR/5 shell`,
		"a near5 b":               "a NEAR/5 b",
		"(a OR b) Near/10 c":      "(a OR b) NEAR/10 c",
		"a pre/3 b":               "a ONEAR/3 b",
		"a adj2 b":                "a ONEAR/2 b",
		"a w/s b":                 "a SAME/s b",
		"a /p b":                  "a SAME/p b",
		"a /5 b":                  "a NEAR/5 b",
		"coffee w/o milk":         "coffee w/o milk",
		"atleast5 merger":         "ATLEAST/5 merger",
		"a && b":                  "a b",
		"a || b":                  "a OR b",
		"organi!":                 "! organi* at 0",
		"a AROUND(5) b":           "a NEAR/5 b",
		"a NEAR(5) b":             "a NEAR/5 b",
		"a around(5) b":           "a around 5 b",
		"a w/para b":              "a SAME/p b",
		"a ADJ b":                 "a ONEAR/1 b",
		"a ANDNOT b AND-NOT c":    "a NOT b NOT c",
		"a BUT NOT b":             "a NOT b",
		"a BUT b":                 "a BUT b",
		"a XOR b":                 "! (a OR b) NOT (a b) at 2",
		"Putin UND Kim":           "Putin Kim",
		"Putin ODER Kim":          "Putin OR Kim",
		"Poutine et Kim":          "Poutine Kim",
		"Poutine ou Kim":          "! OR at 8",
		"Путин ИЛИ Ким":           "Путин OR Ким",
		"Путин и Ким НЕ Трамп":    "Путин Ким NOT Трамп",
		"بوتين أو كيم":            "! OR at 11",
		"بوتين ليس كيم":           "! NOT at 11",
		"普京 和 金正恩":                "普京 金正恩",
		"普京 或 金正恩":                "! OR at 7",
		"a －b ＡＮＤ c":              "a NOT b c",
		"lang:English lang:العربية language:(deutsch OR 中文)": "lang:en lang:ar (lang:de OR lang:zh)",
		"a|b c":        "! (a OR b) at 0",
		"words>300":    "! words:>300 at 0",
		"AT&T C++ R&D": "AT&T C++ R&D",
		"عنوان:بوتين مصدر:الجزيرة":                         "title:بوتين source:الجزيرة",
		"标题：普京 заголовок:Путин hl:x":                       "title:普京 title:Путин title:x",
		"date:[20240101 TO 20240131]":                      "published:2024-01-01..2024-01-31",
		"words:[100 TO *] published:[* TO 2024]":           "words:>=100 published:<=2024",
		"date:2024/6/1 on:13.6.2024":                       "published:2024-06-01 on:2024-06-13",
		"date:13/6/2024":                                   "published:2024-06-13",
		"date:12/6/2024":                                   "! day",
		"wom!n":                                            "! wom?n at 0",
		"storm !harbour":                                   "! -harbour at 6",
		"storm^2":                                          "! storm at 0",
		`"storm harbour"~5`:                                "! storm NEAR/5 harbour at 0",
		"hd=merger":                                        "! title:merger at 0",
		"headline(merger)":                                 "! title:(…) at 0",
		"nodup storm":                                      "! nodup: at 0",
		"https://x.example/a?b=c":                          "! domain:x.example at 0",
		`"https://x.example/a?b=c"`:                        `"https://x.example/a?b=c"`,
		"intitle:storm url:x.example":                      "title:storm domain:x.example",
		"date:2024 since:2024-02 before:2024-03":           "published:2024 published:>=2024-02 published:<2024-03",
		"lang:(en OR fr)":                                  "lang:en OR lang:fr",
		"-country:(us uk)":                                 "NOT (country:us country:gb)",
		"lang:en,fr storm":                                 "(lang:en OR lang:fr) storm",
		"lang:en, storm":                                   "lang:en storm",
		`who:(Putin OR "Lina May")`:                        `who:Putin OR who:"Lina May"`,
		"words:300..500":                                   "words:>=300 words:<=500",
		"words:>٣٠٠ published:٢٠٢٤":                        "words:>300 published:2024",
		"is:Breaking":                                      "is:breaking",
		`"prime minist*"`:                                  `"prime" ONEAR/1 minist*`,
		`title:"a wom?n speaks"`:                           `title:(("a" ONEAR/1 wom?n) ONEAR/1 "speaks")`,
		`"who won?"`:                                       `"who won?"`,
		"‘big port’ 'new port'":                            `"big port" "new port"`,
		"rock 'n' roll o'brien’s":                          "rock n' roll o'brien’s",
		"\"big port”":                                      `"big port"`,
		"1,000 dead":                                       "1,000 dead",
		"1,2 3,4567":                                       "1 2 3 4567",
		strings.Repeat("a OR ", 999) + "a":                 strings.Repeat("a OR ", 999) + "a",
		"=or =organi! AND* \"and\"":                        "=or =organi! AND* \"and\"",
		"(" + strings.Repeat("-", 40) + "a)":               strings.Repeat("NOT ", 40) + "a",
		"习近平 AND 拜登":                                       "习近平 拜登",
		"published:2024-01-01..2024-02-01 AND NOT lang:ar": "published:2024-01-01..2024-02-01 NOT lang:ar",
	} {
		q, err := query.Parse(in)
		got := q.String()
		var e *query.Error
		if errors.As(err, &e) {
			if got = "! " + e.Code; e.Code == "foreign" {
				got = fmt.Sprintf("! %s at %d", e.Args[0], e.Start)
			}
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestErrorsSayWhere(t *testing.T) {
	for in, want := range map[string]string{
		"":                                      "empty 0",
		"  ":                                    "empty 0",
		"a AND":                                 "dangling 2",
		"OR a":                                  "misplaced 0",
		"(a":                                    "unclosed 0",
		"a)":                                    "close-unopened 1",
		"()":                                    "empty-group 1",
		`"a`:                                    "unclosed-quote 0",
		`a "" b`:                                "empty-phrase 2",
		"*a":                                    "leading-wildcard 0",
		"?a":                                    "leading-wildcard 0",
		"a*b":                                   "inner-star 0",
		"=a*":                                   "exact-wildcard 0",
		"titl:x":                                "unknown-field 0",
		"http://x.example":                      "foreign 0",
		"lang: ar":                              "field-value 0",
		"words:many":                            "number 6",
		"on:yesterday":                          "day 3",
		"is:hot":                                "choice 3",
		"a NEAR b":                              "count 2",
		"a NEAR/0 b":                            "count 2",
		"a SAME/x b":                            "same-unit 2",
		"a NEAR/5 -b":                           "no-place 9",
		"a NEAR/5 lang:ar":                      "no-place 9",
		"a OR b c":                              "mixed 7",
		strings.Repeat("(", 99):                 "too-deep 61",
		`"` + strings.Repeat("the ", 600) + `"`: "too-long 0",
	} {
		_, err := query.Parse(in)
		var e *query.Error
		if !errors.As(err, &e) || fmt.Sprintf("%s %d", e.Code, e.Start) != want {
			t.Errorf("%s: got %v (%+v), want %s", in, err, e, want)
		}
	}
}

func TestMixedOffersBothReadings(t *testing.T) {
	_, err := query.Parse("a b OR c d")
	var e *query.Error
	if !errors.As(err, &e) || len(e.Args) != 2 {
		t.Fatal(err)
	}
	for _, a := range e.Args {
		if _, err := query.Parse(a); err != nil {
			t.Errorf("offered reading %q does not parse: %v", a, err)
		}
	}
}

func TestExplainWarns(t *testing.T) {
	stop := func(w string) bool { return w == "the" || w == "of" }
	for in, want := range map[string]string{
		"the port": "", `port "the of"`: "", "the": "everything", "the -port": "everything", "port OR the": "everything", `"the port" -port`: "never",
		"port -(crane OR port)": "never", "words:>5 words:<3": "never", "words:>=5 words:<6": "", "published:>2024 published:<2024-03": "never",
		"port words:<0": "never", "lang:elvish": "never", "country:Egypt": "never", "lang:zh-Hant country:eg": "", "lang:en lang:en-GB": "", "port -=Port": "",
		"port": "", "-port": "only-not", "…": "no-letters", `"the of"`: "everything", "a -a": "never", "lang:ar lang:en": "never", "a OR -b": "everything",
	} {
		q, err := query.Parse(in)
		if err != nil {
			t.Fatal(in, err)
		}
		_, ws := query.Explain(q, stop)
		codes := ""
		for _, w := range ws {
			codes += w.Code
		}
		if !strings.HasPrefix(codes, want) || want == "" && codes != "" {
			t.Errorf("%s: got %q want %q", in, codes, want)
		}
	}
}

// tree draws a random query in the printed form.
func tree(depth int) *rapid.Generator[string] {
	leaf := rapid.SampledFrom([]string{"port", "рейс", "ميناء", "港", "cran*", "wom?n", "=May", `"big port"`, "lang:ar", "words:>300", `who:"A B"`, "title:x", "nodup:"})
	if depth == 0 {
		return leaf
	}
	return rapid.Custom(func(t *rapid.T) string {
		sub := func() string { return "(" + tree(depth-1).Draw(t, "sub") + ")" }
		words := func() string { return rapid.SampledFrom([]string{"a", "(b OR c)", `"d e"`}).Draw(t, "words") }
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			return sub() + " AND " + sub()
		case 1:
			return sub() + " OR " + sub()
		case 2:
			return "-" + sub()
		case 3:
			return words() + " NEAR/3 " + words()
		case 4:
			return words() + " SAME/s " + words()
		case 5:
			return "ATLEAST/2 " + words()
		}
		return leaf.Draw(t, "leaf")
	})
}

func TestFrequentWordsOfAnyLanguage(t *testing.T) {
	for w, want := range map[string]bool{"The": true, "في": true, "der": true, "harbour": false, "ميناء": false} {
		if query.Frequent(w) != want {
			t.Error(w)
		}
	}
}

func TestPrintsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		again(t, tree(4).Draw(t, "query"))
	})
}

type failer interface {
	Fatalf(string, ...any)
}

func again(t failer, s string) {
	q, err := query.Parse(s)
	if err != nil {
		return
	}
	r, err := query.Parse(q.String())
	if err != nil || shape(r.Root) != shape(q.Root) {
		t.Fatalf("%q prints as %q, which reads as %q (%v)", s, q, r, err)
	}
}

// shape tells two trees apart whatever their places in the text.
func shape(n query.Node) string {
	var b strings.Builder
	query.Walk(n, func(k query.Node) bool {
		fmt.Fprintf(&b, "%T[", k)
		switch k := k.(type) {
		case *query.Word:
			fmt.Fprint(&b, k.Text, k.Prefix, k.Exact)
		case *query.Phrase:
			fmt.Fprint(&b, k.Text, k.Exact)
		case *query.Term:
			fmt.Fprint(&b, k.Name, k.Op, k.Value)
		case *query.And:
			fmt.Fprint(&b, len(k.Kids))
		case *query.Or:
			fmt.Fprint(&b, len(k.Kids))
		}
		return true
	})
	return b.String()
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a b", `"x`, "a OR (b -c)", "title:(a NEAR/2 b)", "=a", "((", "who:«x»", "on:2024..2025", "-=a*", "a:(b)", `צה"ל`, "lang:(a b),c", `"a b*"`, "‘a b’", "x w/5 y or", "words:1..2", "hd=x", "and and and", "since:>2024"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { again(t, s) })
}
