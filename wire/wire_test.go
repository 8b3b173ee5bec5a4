package wire_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"marsad/news"
	"marsad/wire"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func example() (news.Article, news.Analysis) {
	text := "“We open today,” Lina May said on 18 June."
	span := func(s string) news.Span {
		i := strings.Index(text, s)
		return news.Span{Start: i, End: i + len(s)}
	}
	day := time.Date(2024, 6, 18, 0, 0, 0, 0, time.UTC)
	a := news.Article{Headline: "Harbour opens", Lang: "en", Text: text, Published: news.Stamp{Time: day, DayOnly: true, From: news.FromMeta},
		Blocks:  []news.Block{{Span: news.Span{End: len(text)}, Kind: news.Paragraph}},
		Removed: []news.Removed{{Kind: news.AdSlot, Text: "[ad_1]"}}, Media: []news.Media{{Caption: "Cranes", Credit: "Harbour Post"}}}
	who := &news.Actor{Span: span("Lina May")}
	cue := &news.Cue{Span: span("said"), Lemma: "say"}
	return a, news.Analysis{Version: 1,
		Mentions:   []news.Mention{{Span: span("Lina May"), Kind: news.Person, Score: .9}},
		Timexes:    []news.Timex{{Span: span("18 June"), Type: news.Date, Value: "2024-06-18", From: day, To: day.AddDate(0, 0, 1), DayOnly: true, Granularity: "day", Certainty: 1}},
		Quotations: []news.Quotation{{Span: span("We open today,"), Type: news.Direct, Cue: cue, Speaker: who}},
		Claims:     []news.Claim{{Span: span("We open today"), Stance: news.Says, Cue: cue, Claimant: who, Answers: -1}}}
}

func ExampleOf() {
	r := wire.Of(example())
	fmt.Println(*r.Headline, *r.Published, r.Timexes[0].Text, *r.Timexes[0].To, r.Claims[0].Answers == nil)
	// Output: Harbour opens 2024-06-18 18 June 2024-06-19 true
}

func schema(t *testing.T) *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(wire.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("record.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("record.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRecordsFitTheSchema(t *testing.T) {
	s := schema(t)
	for name, r := range map[string]wire.Record{"example": wire.Of(example()), "empty": wire.Of(news.Article{}, news.Analysis{}), "failed": wire.Failed("unreadable", "no such file")} {
		line, err := r.Line()
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	var bad any
	if err := json.Unmarshal([]byte(`{"version":1}`), &bad); err != nil || s.Validate(bad) == nil {
		t.Error("the schema takes anything")
	}
}

// TestNothingIsAbsent holds the promise that a field without a value is null or [].
func TestNothingIsAbsent(t *testing.T) {
	line, err := wire.Of(news.Article{}, news.Analysis{}).Line()
	if err != nil {
		t.Fatal(err)
	}
	var got, want map[string]any
	if err := json.Unmarshal(line, &got); err != nil {
		t.Fatal(err)
	}
	var s struct{ Properties map[string]any }
	if err := json.Unmarshal(wire.Schema, &s); err != nil {
		t.Fatal(err)
	}
	want = s.Properties
	for k := range want {
		if _, ok := got[k]; !ok {
			t.Errorf("%s is absent", k)
		}
	}
	for k := range got {
		if _, ok := want[k]; !ok {
			t.Errorf("%s is not in the schema", k)
		}
	}
}
