package web

import (
	"testing"

	"marsad/internal/store"
	"marsad/news"
)

// Two pictures of one place on two days are before and after; one of another place, or of the same day, is neither.
func TestBeforeAndAfter(t *testing.T) {
	with := func(id int64, lang string, media ...news.Media) store.Entry {
		e := told(id, int(id), lang, "Words.")
		e.Article.Media = media
		return e
	}
	url := "https://pictures.example/1.jpg"
	es := arrange([]store.Entry{
		with(1, "en", news.Media{URL: url, Caption: "A satellite picture shows planes parked at Harrow airport on 6 June 2024", Credit: "Orbit"},
			news.Media{URL: url, Caption: "The mayor speaks to reporters on 7 June 2024", Credit: "Wire"}),
		with(2, "en", news.Media{URL: url, Caption: "A satellite picture shows Harrow airport without planes on 11 June 2024", Credit: "Orbit"},
			news.Media{URL: url, Caption: "A satellite picture shows Harrow airport without planes on 11 June 2024, seen from the east", Credit: "Orbit"}),
		with(3, "ar", news.Media{URL: url, Caption: "صورة مجمعة تظهر الطائرات في ساحة انتظار السيارات في مطار بيونغ يانغ الدولي في 6 حزيران/يونيو 2024 وساحة انتظار فارغة في 11 حزيران/يونيو 2024", Credit: "غيتي"}),
	})
	var p storyPage
	for _, e := range es {
		for n, m := range e.Article.Media {
			p.addPicture(m, e, n)
		}
	}
	p.Pairs = pairs(p.Pictures)
	if len(p.Pairs) != 2 {
		for _, k := range p.Pictures {
			t.Logf("%v %v", k.Days, k.words)
		}
		t.Fatalf("%d pairs", len(p.Pairs))
	}
	if both := p.Pairs[0]; both.After != nil || both.Days != [2]string{"2024-06-06", "2024-06-11"} {
		t.Errorf("one picture of two days: %+v", both.Days)
	}
	if two := p.Pairs[1]; two.After == nil || two.Before.From.Article.ID != 1 || two.Before.N != 0 || two.After.From.Article.ID != 2 || two.Days != [2]string{"2024-06-06", "2024-06-11"} {
		t.Errorf("two pictures: %+v", two)
	}
	if n := len(p.Single()); n != 2 {
		t.Errorf("%d pictures stand alone", n)
	}
}
