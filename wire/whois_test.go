package wire_test

import (
	"encoding/json"
	"testing"

	"marsad/cast"
	"marsad/dispute"
	"marsad/news"
	"marsad/wire"
)

// The people of a story stand in its JSON with the places where they are named, its statements with what put each claim there.
func TestWhoSays(t *testing.T) {
	name := func(id int64, lang, words string) cast.Entry {
		return cast.Entry{Article: news.Article{ID: id, Lang: lang, Text: words},
			Analysis: news.Analysis{Mentions: []news.Mention{{Span: news.Span{End: len(words)}, Kind: news.Person, Name: words}}}}
	}
	people, err := json.Marshal(wire.PeopleOf(cast.Of([]cast.Entry{name(1, "en", "Danae Vasilaki"), name(2, "ru", "Даная Василаки")})))
	if want := `[{"entity":null,"names":[{"words":"Danae Vasilaki","lang":"en","known":false},{"words":"Даная Василаки","lang":"ru","known":false}],` +
		`"at":[{"article":1,"start":0,"end":14},{"article":2,"start":0,"end":27}]}]`; err != nil || string(people) != want {
		t.Errorf("%s %v", people, err)
	}
	said, err := json.Marshal(wire.StatementsOf([]dispute.Statement{{Stance: news.Accuses,
		Asserts: []dispute.Told{{Article: 1, Claim: 0}}, Denies: []dispute.Told{{Article: 2, Claim: 3, Because: dispute.Accused}}}}))
	if want := `[{"stance":"accuses","asserts":[{"article":1,"claim":0,"because":"first"}],"denies":[{"article":2,"claim":3,"because":"accused"}],"confirms":[]}]`; err != nil || string(said) != want {
		t.Errorf("%s %v", said, err)
	}
}
