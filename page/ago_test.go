package page

import (
	"testing"
	"time"

	"marsad/news"
)

func TestAgo(t *testing.T) {
	for _, c := range []struct {
		lang, line string
		want       time.Duration
	}{
		{"ar", "منذ 3 ساعات", 3 * time.Hour},
		{"ar", "قبل ٤٥ دقيقة", 45 * time.Minute},
		{"en", "Published 3 hours ago", 3 * time.Hour},
		{"en", "4 days ago", 96 * time.Hour},
		{"ru", "5 ч назад", 5 * time.Hour},
		{"fr", "Il y a 12 min", 12 * time.Minute},
		{"fa", "۳ ساعت پیش", 3 * time.Hour},
		{"zh", "3小时前", 3 * time.Hour},
		{"ja", "10分前", 10 * time.Minute},
		{"ko", "2시간 전", 2 * time.Hour},
		{"ja", "午前10時30分", 0},
		{"ko", "오전 10시 30분", 0},
		{"en", "3 hours of driving", 0},
		{"en", "24 March 2020", 0},
		{"en", "70 years ago", 0},
		{"de", "Vor 3000 Zuschauern", 0},
	} {
		got, _ := lexiconOf(c.lang).ago(squash(c.line))
		if got != c.want {
			t.Errorf("%s %q: %v, not %v", c.lang, c.line, got, c.want)
		}
	}
}

// TestAgoOnPage: the distance counts back from the fetch, and only where nothing tells the moment.
func TestAgoOnPage(t *testing.T) {
	const text = `<p>Seven people were hurt early on Tuesday when two freight trains collided at the mouth of a tunnel, the railway authority said.</p>` +
		`<p>Three wagons loaded with grain left the rails and traffic was halted in both directions, it said in a statement.</p>`
	fetched := time.Date(2025, 3, 18, 13, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		line, head string
		feed       time.Time
		want       string
	}{
		{"<div>3 hours ago</div>", "", time.Time{}, "2025-03-18 10:00 text"},
		{"<div>3 hours ago</div>", `<meta property="article:published_time" content="2025-03-17T08:00:00+01:00">`, time.Time{}, "2025-03-17 08:00 meta"},
		{"<div>3 hours ago</div>", "", time.Date(2025, 3, 18, 9, 40, 0, 0, time.UTC), "2025-03-18 09:40 feed"},
	} {
		html := "<html><head><title>Seven hurt as trains collide</title>" + c.head + "</head><body><article><h1>Seven hurt as trains collide</h1>" + c.line + text + "</article></body></html>"
		a, err := Extract(news.Page{Body: []byte(html), Fetched: fetched, Item: news.Item{Published: c.feed}}, nil)
		if got := a.Published.Time.Format("2006-01-02 15:04 ") + string(a.Published.From); err != nil || got != c.want {
			t.Errorf("%s: %s, %v, not %s", c.line, got, err, c.want)
		}
	}
}
