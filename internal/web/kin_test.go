package web

import (
	"slices"
	"testing"
	"time"

	"marsad/entity"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// told is an article that an outlet published so many minutes after the tests' beginning.
func told(id int64, minutes int, lang, text string, links ...news.Link) store.Entry {
	at := start.Add(time.Duration(minutes) * time.Minute)
	return store.Entry{Article: news.Article{ID: id, SourceID: id, Lang: lang, Headline: "Headline", Text: text, Published: news.Stamp{Time: at, Zoned: true}},
		Placement: news.Placement{Article: id, Story: 1, Links: links}, Source: news.Source{ID: id, Name: "Outlet " + string(rune('A'+id))}, Arrived: at}
}

func linked(kind news.LinkKind, article, other int64, d news.Direction, score float64) news.Link {
	return news.Link{Article: article, Other: other, Kind: kind, Direction: d, Score: score, Evidence: []news.Reason{{Kind: "shared-text", Value: score}, {Kind: "shared-text-other", Value: score}}}
}

// Who has a text from whom is a tree, whichever of the two was seen first, and a circle is none.
func TestKin(t *testing.T) {
	es := arrange([]store.Entry{
		told(1, 0, "en", "a"),
		told(2, 10, "en", "a", linked(news.Copy, 2, 1, news.FromOther, .9)),
		told(3, 20, "ar", "a", linked(news.Translation, 3, 2, news.FromOther, .9)),
		told(4, 30, "en", "a", linked(news.Copy, 4, 1, news.FromOther, .2)),
		told(5, 40, "en", "a", linked(news.Duplicate, 5, 6, news.ToOther, 1)), // 6 is the earlier by its clock, and follows all the same
		told(6, 35, "en", "a"),
		told(7, 50, "en", "a"),
		told(8, 60, "en", "a", linked(news.Duplicate, 8, 7, news.Unknown, 1)),
		told(9, 70, "fr", "a", linked(news.Translation, 9, 7, news.FromOther, .5)),
		told(10, 80, "en", "a", linked(news.Copy, 10, 11, news.FromOther, 1)),
		told(11, 90, "en", "a", linked(news.Copy, 11, 10, news.FromOther, 1)),
	})
	by := map[int64]*entry{}
	for _, e := range es {
		by[e.Article.ID] = e
	}
	for child, parent := range map[int64]int64{1: 0, 2: 1, 3: 2, 4: 0, 5: 0, 6: 5, 7: 0, 8: 7, 9: 0, 10: 0, 11: 10} {
		got := int64(0)
		if p := by[child].Parent; p != nil {
			got = p.Article.ID
			if !slices.Contains(p.Kids, by[child]) {
				t.Errorf("%d does not know that %d has its text", got, child)
			}
		}
		if got != parent {
			t.Errorf("%d has its text from %d, want %d", child, got, parent)
		}
	}
	if by[3].Origin != by[1] || by[3].Relation() != "translation" || by[2].Relation() != "copy" || !by[8].Unsure() || by[2].Unsure() {
		t.Error("a translation of a copy goes back to the first; what has no direction says so")
	}
	if len(by[4].Partly) != 1 || by[4].Partly[0].With != by[1] || len(by[9].Maybe) != 1 {
		t.Error("a fifth of a text and a half belief are told as what they are")
	}
}

// What copies and translates tells nothing new, and what came since the reader looked is said in the articles' own sentences.
func TestTellsWhatIsNew(t *testing.T) {
	first := "The port of Harrow was shut on Monday after a crane fell. Nobody was hurt, said Mirela Kuznetsova."
	second := "The port of Harrow is open again. Divers found 48 sunken containers under the pier, the operator said."
	es := arrange([]store.Entry{
		told(1, 0, "en", first),
		told(2, 60, "en", first, linked(news.Duplicate, 2, 1, news.FromOther, 1)),
		told(3, 90, "fr", "Le port est fermé. Quarante-huit blessés, 999 conteneurs.", linked(news.Translation, 3, 1, news.FromOther, .9)),
		told(4, 120, "en", second),
	})
	for i, e := range es {
		e.Analysis = analyse(e.Article, text.Analyze(e.Article.Text, pack.For(e.Article.Lang)))
		e.Fresh = i > 0
	}
	v := &visit{s: &site{}, words: i18n.New(i18n.Options{Lang: "en"})}
	p := storyPage{Story: news.Story{Lang: "en"}, Reports: reports(es)}
	p.tell(v, es)
	if len(p.News) != 1 || p.News[0].Article.ID != 4 {
		t.Fatalf("%d articles tell something new", len(p.News))
	}
	all := ""
	for _, s := range p.News[0].Said {
		all += s.Text() + "\n"
	}
	if !slices.ContainsFunc(p.News[0].Said, func(s passage) bool { return s.Article == 4 }) || len(all) == 0 {
		t.Errorf("new is said to be %q", all)
	}
	for _, b := range p.Brief {
		if b.Article == 2 || b.Article == 3 {
			t.Errorf("in short, article %d is quoted, which follows another", b.Article)
		}
	}
	if len(p.Brief) == 0 {
		t.Error("nothing is told in short")
	}
}

// Each claim says who told it first of those that were seen, and by how much; a copy is nobody's report, and who "did not accuse" accuses
// nobody.
func TestWhoClaimedFirst(t *testing.T) {
	claim := func(stance news.Stance, negated bool) []news.Claim {
		return []news.Claim{{Span: news.Span{End: 30}, Stance: stance, Negated: negated, Answers: -1}}
	}
	es := arrange([]store.Entry{
		told(1, 0, "en", "Harrow accuses Selma of dumping oil in the bay."),
		told(2, 5, "en", "Harrow accuses Selma of dumping oil in the bay.", linked(news.Duplicate, 2, 1, news.FromOther, 1)),
		told(3, 25, "en", "Harrow accuses Selma of dumping oil, officials said."),
		told(4, 40, "en", "Nothing of the kind was said of anybody that day."),
	})
	for i, e := range es {
		e.Analysis.Claims = claim(news.Accuses, i == 3)
	}
	v := &visit{s: &site{Options: Options{Names: entity.Default()}}, words: i18n.New(i18n.Options{Lang: "en"})}
	people, statements := whoSays(es)
	claims, _ := v.disputes(es, people, statements)
	if len(claims) != 1 {
		t.Fatalf("%d claims", len(claims))
	}
	if c := claims[0]; c.First() != es[0] || c.Next() != es[2] || c.Lead() != 25*time.Minute || c.Answered() != nil {
		t.Errorf("first %v, next %v", c.First(), c.Next())
	}
	es[2].Analysis.Claims = append(claim(news.Accuses, false), news.Claim{Span: news.Span{End: 30}, Stance: news.Denies, Answers: 0})
	people, statements = whoSays(es)
	claims, _ = v.disputes(es, people, statements)
	if c := claims[0]; len(claims) != 1 || c.Answered() != es[2] || c.Status() != "denied" {
		t.Errorf("%d claims, a denial by %v", len(claims), c.Answered())
	}
}
