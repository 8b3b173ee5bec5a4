package page

import (
	"errors"
	"strings"
	"testing"

	"marsad/news"
)

// TestForeign holds that a page whose article is not on it says so, and that a short report stays.
func TestForeign(t *testing.T) {
	for _, c := range []struct {
		headline, body string
		article        bool
	}{
		{"Harbour bridge closes for repairs", "<p>The bridge over the harbour will be closed on Monday and Tuesday, the town said.</p>", true},
		{"Old soldier beats fever, nurses cheer", "<p>Invalid postcode. Sorry, that place could not be found. Please try again.</p>", false},
		{"В городе наградили лучших учителей", "<p>Использование материалов, опубликованных на сайте, допускается только с разрешения правообладателя.</p>", false},
		{"В городе наградили лучших учителей", "<p>Лучшим учителям области вручили награды в среду, сообщила мэрия.</p>", true},
		{"港の橋が月曜日に閉鎖", "<p>修理のため、橋は月曜と火曜に通れなくなると市が発表した。迂回路は川の上流にある。</p>", true},
		{"Gammal färja får böcker", "<p>Traktens sista träfärja slipper skroten.</p>", true},                         // within another word
		{"Storm", "<p>Rain and wind are due on Monday night, the weather office said. Schools stay shut.</p>", true}, // one word says too little
	} {
		p := news.Page{URL: "https://post.example/a", ContentType: "text/html; charset=utf-8",
			Body: []byte("<html><head><title>" + c.headline + "</title></head><body><h1>" + c.headline + "</h1>" + c.body + "</body></html>")}
		a, err := Extract(p, nil)
		var none *NoArticle
		if errors.As(err, &none) == c.article || (a.Text != "") != c.article {
			t.Errorf("%s: text %q, error %v", c.headline, a.Text, err)
		}
		if !c.article && (a.Headline != c.headline || len(a.Removed) == 0) {
			t.Errorf("%s: headline %q, removed %d", c.headline, a.Headline, len(a.Removed))
		}
	}
}

// TestCarousel holds that notices in a carousel are not the article, however long they are together.
func TestCarousel(t *testing.T) {
	notice := "<div class=\"swiper-slide\">It is with deep sorrow that the family tells of the passing of their beloved father, who was known to all in the valley as a good man. The service is held on Friday at the old chapel above the river, and all who knew him are welcome.</div>"
	report := "<p>The council of the town said on Monday that the bridge over the river would be closed for two weeks, since two of its four piers were found to be worn by water. Buses will take the road through the valley.</p>"
	p := news.Page{URL: "https://post.example/a", ContentType: "text/html", Body: []byte("<html><head><title>Bridge closes</title></head><body><div><h1>Bridge closes</h1><div class=\"wrap\">" +
		report + strings.ReplaceAll(report, "council", "mayor") + strings.ReplaceAll(report, "Monday", "Tuesday") +
		"</div></div><div class=\"swiper-container\">" + notice + strings.ReplaceAll(notice, "father", "mother") + strings.ReplaceAll(notice, "father", "aunt") + strings.ReplaceAll(notice, "father", "uncle") + strings.ReplaceAll(notice, "Friday", "Sunday") + "</div></body></html>")}
	a, err := Extract(p, nil)
	if err != nil || !strings.Contains(a.Text, "four piers") || strings.Contains(a.Text, "sorrow") {
		t.Errorf("text %q, error %v", a.Text, err)
	}
}
