package sqlite

import (
	"encoding/json"
	"strings"
	"testing"

	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// FuzzLiterally holds what is found without taking an article apart to what package match says.
func FuzzLiterally(f *testing.F) {
	for _, s := range []string{"The prime minister said", "the prime, minister. Said so", "subprime minister's prime", "Prime\n\nMinister", `a "prime minister"? yes`,
		"prime minister", `x\n prime minister`, "prime  minister", "Prime minister-elect", "prime minister... then"} {
		f.Add(s, "prime minister")
		f.Add(s, "minister said")
	}
	q := func(phrase string) (query.Query, bool) {
		parsed, err := query.Parse(`"` + strings.ReplaceAll(phrase, `"`, "") + `"`)
		return parsed, err == nil
	}
	f.Fuzz(func(t *testing.T, body, phrase string) {
		parsed, ok := q(phrase)
		p, isPhrase := parsed.Root.(*query.Phrase)
		if !ok || !isPhrase || !latin(p.Text) {
			return
		}
		for _, lang := range []string{"en", "tr", "ar", "zh"} {
			a := news.Article{Lang: lang, Text: body, Removed: []news.Removed{{Text: "prime minister said"}}}
			packed, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			var read news.Article // bytes that are no UTF-8 are lost on the way
			if err := json.Unmarshal(packed, &read); err != nil {
				t.Fatal(err)
			}
			if !literally(packed, [][]string{strings.Fields(text.Normalize(p.Text))}) {
				continue
			}
			if ok, _ := match.Compile(parsed, nil).Run(match.NewDoc(read, news.Analysis{}, text.Analyze(read.Text, pack.For(lang)), news.Source{})); !ok {
				t.Errorf("%s: %q is found literally in %q", lang, p.Text, read.Text)
			}
		}
	})
}
