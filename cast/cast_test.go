package cast_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"marsad/cast"
	"marsad/news"
)

// article makes an entry that names people and nothing else.
func article(id int64, lang string, names ...string) cast.Entry {
	e := cast.Entry{Article: news.Article{ID: id, Lang: lang}}
	for _, n := range names {
		from := len(e.Article.Text)
		e.Article.Text += n + "\n"
		e.Analysis.Mentions = append(e.Analysis.Mentions, news.Mention{Span: news.Span{Start: from, End: from + len(n)}, Kind: news.Person, Name: n})
	}
	return e
}

// people gives who was found, each with all of its names.
func people(es ...cast.Entry) (out []string) {
	c := cast.Of(es)
	for _, e := range es {
		for _, m := range e.Analysis.Mentions {
			var names []string
			for _, n := range c.Person(e.Article.ID, m.Span).Names {
				names = append(names, n.Words)
			}
			if s := strings.Join(names, " = "); !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

func TestTogether(t *testing.T) {
	for name, c := range map[string][]cast.Entry{
		"scripts":          {article(1, "en", "Danae Vasilaki"), article(2, "ru", "Даная Василаки"), article(3, "ar", "دانائي فاسيلاكي")},
		"Chinese":          {article(1, "es", "Amparo Etxeandia"), article(2, "zh", "安帕罗·埃切安迪亚")},
		"pinyin":           {article(1, "en", "Shen Ruolan"), article(2, "zh", "沈若澜"), article(3, "fr", "Ruolan Shen")},
		"two family names": {article(1, "en", "Noseken Vasquez-Ito"), article(2, "ar", "فاسكيث إيتو")},
		"a bridge":         {article(1, "zh", "埃利亚斯·马尔万"), article(2, "ru", "Элиас Марван"), article(3, "en", "Elias Marwan")},
		"case":             {article(1, "ru", "Элиас Марван"), article(2, "ru", "Элиаса Марвана")},
		"family name":      {article(1, "en", "Elias Marwan"), article(2, "ru", "Марван")},
		"two-fold name":    {article(1, "fr", "Fernand Dubrana-Sore", "Dubrana-Sore")},
		"Latin spellings":  {article(1, "en", "Sergei Lavrov"), article(2, "fr", "Sergueï Lavrov")},
		"family names":     {article(1, "en", "Vasilaki"), article(2, "ru", "Василаки")},
		"a second surname": {article(1, "es", "Lucía Ferrán Ortuño"), article(2, "en", "Lucia Ferran")},
	} {
		if got := people(c...); len(got) != 1 {
			t.Errorf("%s: %d people: %q", name, len(got), got)
		}
	}
}

// TestHomophones sees that a name in pinyin is nobody's where two are read alike.
func TestHomophones(t *testing.T) {
	if got := people(article(1, "zh", "王伟"), article(2, "zh", "王维"), article(3, "en", "Wang Wei")); len(got) != 3 {
		t.Errorf("%d people: %q", len(got), got)
	}
}

func TestApart(t *testing.T) {
	for name, c := range map[string][]cast.Entry{
		"Chinese of one family": {article(1, "zh", "王伟"), article(2, "en", "Wang Min")},
		"brothers":              {article(1, "en", "Samir Geagea", "Samer Geagea")},
		"brothers, elsewhere":   {article(1, "en", "Sami Gemayel"), article(2, "ar", "أمين الجميل")},
		"husband and wife":      {article(1, "ru", "Александр Петров"), article(2, "ru", "Александра Петрова")},
		"wife, other letters":   {article(1, "en", "Viktor Petrov"), article(2, "ru", "Виктория Петрова")},
		"wife, family name":     {article(1, "en", "Viktor Petrov"), article(2, "ru", "Петрова")},
		"same given name":       {article(1, "ru", "Саша Петров"), article(2, "ru", "Саша Петрова")},
		"daughter":              {article(1, "en", "Daniel Cohen"), article(2, "fr", "Danielle Cohen")},
		"one letter":            {article(1, "ar", "علي حسن"), article(2, "ar", "علي حسين")},
		"Chinese premiers":      {article(1, "zh", "李强"), article(2, "zh", "李克强")},
		"sister":                {article(1, "ko", "김정은"), article(2, "ko", "김여정")},
		"other given name":      {article(1, "en", "Ahmed Hassan"), article(2, "ar", "محمد حسن")},
		"unlike family names":   {article(1, "en", "Hassan Nasrallah"), article(2, "ar", "حسن فضل الله")},
		"Ivanov and Ivanenko":   {article(1, "en", "Ivanov"), article(2, "ru", "Иваненко")},
		"a given name borne by": {article(1, "en", "Paul Martin"), article(2, "en", "Paula Martin")},
	} {
		if got := people(c...); len(got) != 2 {
			t.Errorf("%s: %d people: %q", name, len(got), got)
		}
	}
}

// A word that two people bear means neither.
func TestTwoBearers(t *testing.T) {
	got := people(article(1, "en", "Sami Gemayel", "Amin Gemayel"), article(2, "ar", "الجميل"))
	if len(got) != 3 {
		t.Errorf("%q", got)
	}
}

func ExampleOf() {
	es := []cast.Entry{
		article(1, "en", "Danae Vasilaki"),
		article(2, "ru", "Василаки"),
	}
	p := cast.Of(es).Person(2, news.Span{Start: 0, End: len("Василаки")})
	fmt.Println(p.In("en"))
	// Output: Danae Vasilaki
}
