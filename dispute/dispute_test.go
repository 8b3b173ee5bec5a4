package dispute_test

import (
	"fmt"
	"strings"
	"testing"

	"marsad/cast"
	"marsad/dispute"
	"marsad/news"
)

// said is a claim of a test article: who, what he does, of whom, and what.
type said struct {
	who     string
	stance  news.Stance
	whom    string
	what    string
	answers int // index, -1 for none
}

// article makes an entry out of claims; parties are known by their names in small letters.
func article(id int64, lang string, claims ...said) dispute.Entry {
	e := dispute.Entry{Article: news.Article{ID: id, Lang: lang}}
	put := func(words string) news.Span {
		from := len(e.Article.Text)
		e.Article.Text += words + " "
		return news.Span{Start: from, End: from + len(words)}
	}
	actor := func(name string) *news.Actor {
		if name == "" {
			return nil
		}
		at, id := put(name), strings.ToLower(name)
		e.Analysis.Mentions = append(e.Analysis.Mentions, news.Mention{Span: at, Kind: news.Org, Entity: id, Name: name})
		return &news.Actor{Span: at, Entity: id}
	}
	for _, s := range claims {
		c := news.Claim{Stance: s.stance, Claimant: actor(s.who), Target: actor(s.whom), Span: put(s.what), Answers: s.answers}
		e.Analysis.Claims = append(e.Analysis.Claims, c)
	}
	return e
}

// statements gives what was found, each statement its claims as article.claim.
func statements(es ...dispute.Entry) (out []string) {
	for _, s := range dispute.Of(es, cast.Of(nil)) {
		var parts []string
		for _, side := range [][]dispute.Told{s.Asserts, s.Denies, s.Confirms} {
			var told []string
			for _, t := range side {
				told = append(told, fmt.Sprint(t.Article, ".", t.Claim))
			}
			parts = append(parts, strings.Join(told, " "))
		}
		out = append(out, strings.TrimRight(strings.Join(parts, "|"), "|"))
	}
	return out
}

func TestOf(t *testing.T) {
	accuses, denies, says := news.Accuses, news.Denies, news.Says
	for name, c := range map[string]struct {
		entries []dispute.Entry
		want    string
	}{
		"a denial in the same article": {[]dispute.Entry{
			article(1, "en", said{"Harrow", accuses, "Selma", "of dumping oil in the bay", -1}, said{"Selma", denies, "", "it", 0}),
		}, "1.0|1.1"},
		"the same words": {[]dispute.Entry{
			article(1, "en", said{"", accuses, "", "of dumping heavy oil in the northern bay", -1}),
			article(2, "en", said{"", accuses, "", "of dumping heavy oil in the bay", -1}),
		}, "1.0 2.0"},
		"the same words, another figure": {[]dispute.Entry{
			article(1, "en", said{"", accuses, "", "of hiding 38 complaints from patients", -1}),
			article(2, "en", said{"", accuses, "", "of hiding 52 complaints from patients", -1}),
		}, "1.0;2.0"},
		"the same parties in two languages": {[]dispute.Entry{
			article(1, "en", said{"Harrow", accuses, "Selma", "of dumping oil in the bay", -1}),
			article(2, "fr", said{"Harrow", accuses, "Selma", "d’avoir déversé du pétrole", -1}),
		}, "1.0 2.0"},
		"the same parties, told apart by one writer": {[]dispute.Entry{
			article(1, "en", said{"Harrow", accuses, "Selma", "of dumping oil in the bay", -1}, said{"Harrow", accuses, "Selma", "of bribing port inspectors", -1}),
			article(2, "fr", said{"Harrow", accuses, "Selma", "d’avoir corrompu des inspecteurs", -1}),
		}, "1.0 2.0;1.1"},
		"the same parties, other words of one language": {[]dispute.Entry{
			article(1, "en", said{"Harrow", accuses, "Selma", "of dumping oil in the bay", -1}),
			article(2, "en", said{"Harrow", accuses, "Selma", "of bribing port inspectors", -1}),
		}, "1.0;2.0"},
		"a denial in another article": {[]dispute.Entry{
			article(1, "en", said{"Harrow", accuses, "Selma", "of dumping oil in the bay", -1}),
			article(2, "ru", said{"Selma", denies, "", "сброс нефти", -1}),
		}, "1.0|2.0"},
		"a denial by one accused of two things": {[]dispute.Entry{
			article(1, "en", said{"Harrow", accuses, "Selma", "of dumping oil in the bay", -1}, said{"Miro", accuses, "Selma", "of bribing port inspectors", -1}),
			article(2, "ru", said{"Selma", denies, "", "сброс нефти", -1}),
		}, "1.0;1.1;|2.0"},
		"a denial by somebody else": {[]dispute.Entry{
			article(1, "en", said{"Harrow", accuses, "Selma", "of dumping oil in the bay", -1}),
			article(2, "ru", said{"Miro", denies, "", "сброс нефти", -1}),
		}, "1.0;|2.0"},
		"one accusation and its denial each, in two languages": {[]dispute.Entry{
			article(1, "en", said{"", accuses, "", "of dumping oil in the bay", -1}, said{"Selma", denies, "", "it", 0}),
			article(2, "ru", said{"", accuses, "Selma", "в сбросе нефти", -1}, said{"", denies, "", "это", 0}),
		}, "1.0 2.0|1.1 2.1"},
		"the same, of nobody": {[]dispute.Entry{
			article(1, "en", said{"", accuses, "", "of dumping oil in the bay", -1}, said{"", denies, "", "it", 0}),
			article(2, "ru", said{"", accuses, "", "в сбросе нефти", -1}, said{"", denies, "", "это", 0}),
		}, "1.0|1.1;2.0|2.1"},
		"one accusation and a denial behind it": {[]dispute.Entry{
			article(1, "en", said{"Harrow", accuses, "", "the guild of selling air", -1}, said{"Selma", denies, "", "any cheating by bakers", -1}),
		}, "1.0|1.1"},
		"who accuses denies something else": {[]dispute.Entry{
			article(1, "en", said{"Harrow", accuses, "", "the guild of selling air", -1}, said{"Harrow", denies, "", "any plan to step down", -1}),
		}, "1.0;|1.1"},
		"the same, of other parties": {[]dispute.Entry{
			article(1, "en", said{"", accuses, "Selma", "of dumping oil in the bay", -1}, said{"", denies, "", "it", 0}),
			article(2, "ru", said{"", accuses, "Miro", "в сбросе нефти", -1}, said{"", denies, "", "это", 0}),
		}, "1.0|1.1;2.0|2.1"},
		"plain statements": {[]dispute.Entry{
			article(1, "en", said{"Harrow", says, "", "that the bay is clean", -1}),
		}, ""},
	} {
		if got := strings.Join(statements(c.entries...), ";"); got != c.want {
			t.Errorf("%s: %s, not %s", name, got, c.want)
		}
	}
}

// What somebody did not accuse or deny takes no side.
func TestNegated(t *testing.T) {
	e := article(1, "en", said{"Harrow", news.Accuses, "Selma", "of dumping oil", -1}, said{"Selma", news.Denies, "", "it", 0})
	e.Analysis.Claims[1].Negated = true
	if got := statements(e); len(got) != 1 || got[0] != "1.0" {
		t.Errorf("%q", got)
	}
}

// The claims of a translation stand in its paragraphs as those of the text stand in its own.
func TestTranslation(t *testing.T) {
	left := article(1, "en", said{"", news.Accuses, "", "the guild of selling air instead of bread", -1})
	right := article(2, "fr", said{"", news.Accuses, "", "la guilde de vendre de l’air au lieu de pain", -1})
	if got := statements(left, right); len(got) != 2 {
		t.Errorf("unlinked: %q", got)
	}
	right.Links = []news.Link{{Article: 2, Other: 1, Kind: news.Translation, Direction: news.FromOther}}
	if got := statements(left, right); len(got) != 1 {
		t.Errorf("linked: %q", got)
	}
}

func ExampleOf() {
	for _, s := range dispute.Of([]dispute.Entry{
		article(1, "en", said{"Harrow", news.Accuses, "Selma", "of dumping oil in the bay", -1}),
		article(2, "ru", said{"Selma", news.Denies, "", "сброс нефти", -1}),
	}, cast.Of(nil)) {
		fmt.Println(s.Stance, len(s.Asserts), "denied by article", s.Denies[0].Article, "because", s.Denies[0].Because)
	}
	// Output: accuses 1 denied by article 2 because accused
}

// A story of claims without end is cut, not worked through.
func TestCaps(t *testing.T) {
	var es []dispute.Entry
	for i := range 40 {
		e := dispute.Entry{Article: news.Article{ID: int64(i + 1), Lang: "en", Text: strings.Repeat("they hid the reports again ", 2000)}}
		for range 100 {
			e.Analysis.Claims = append(e.Analysis.Claims, news.Claim{Span: news.Span{End: len(e.Article.Text)}, Stance: news.Accuses, Answers: -1})
		}
		es = append(es, e)
	}
	told := 0
	for _, s := range dispute.Of(es, cast.Of(nil)) {
		told += len(s.Asserts)
	}
	if told != 1500 {
		t.Errorf("%d claims", told)
	}
}
