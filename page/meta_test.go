package page

import (
	"testing"
	"time"

	"marsad/news"
)

func TestStamps(t *testing.T) {
	for _, c := range []struct {
		in, lang, want string
		us             bool
	}{
		{"2020-06-07", "en", "2020-06-07", false},
		{"2020-06-07T10:05:00+02:00", "en", "2020-06-07T10:05+02:00", false},
		{"2020-06-07 10:05:33", "en", "2020-06-07T10:05 unzoned", false},
		{"2020-06-07T23:30:00.000Z", "en", "2020-06-07T23:30Z", false},
		{"20200607", "en", "2020-06-07", false},
		{"20200607101500", "en", "2020-06-07", false},
		{"1591524300", "en", "2020-06-07T10:05Z", false},
		{"Sun, 07 Jun 2020 10:05:00 GMT", "en", "2020-06-07T10:05Z", false},
		{"June 7, 2020 at 10:05 pm EDT", "en", "2020-06-07T22:05-04:00", false},
		{"Published: 7th of June 2020", "en", "2020-06-07", false},
		{"6/7/2020", "en", "2020-06-07", true},
		{"6/7/2020", "en", "2020-07-06", false},
		{"25/12/2020", "en", "2020-12-25", true},
		{"07.06.20, 10:05 Uhr", "de", "2020-06-07T10:05 unzoned", false},
		{"7. Juni 2020", "de", "2020-06-07", false},
		{"le 7 juin 2020 à 10:05", "fr", "2020-06-07T10:05 unzoned", false},
		{"7 de junio de 2020", "es", "2020-06-07", false},
		{"7 июня 2020, 10:05", "ru", "2020-06-07T10:05 unzoned", false},
		{"7 червня 2020", "uk", "2020-06-07", false},
		{"7 czerwca 2020", "pl", "2020-06-07", false},
		{"7 Haziran 2020 Pazar", "tr", "2020-06-07", false},
		{"الأحد 7 حزيران/يونيو 2020", "ar", "2020-06-07", false},
		{"٧ يونيو ٢٠٢٠", "ar", "2020-06-07", false},
		{"7 تشرين الأول 2020", "ar", "2020-10-07", false},
		{"2020年6月7日 10:05", "zh", "2020-06-07T10:05 unzoned", false},
		{"2020년 6월 7일", "ko", "2020-06-07", false},
		{"7 ביוני 2020", "he", "2020-06-07", false},
		{"7 जून 2020", "hi", "2020-06-07", false},
		{"18 خرداد 1399", "fa", "2020-06-07", false},
		{"1 فروردین 1403", "fa", "2024-03-20", false},
		{"1 فروردین 1400", "fa", "2021-03-21", false},
		{"30 اسفند 1399", "fa", "2021-03-20", false},
		{"2020.06.07. 오후 3:10", "ko", "2020-06-07T15:10 unzoned", false},
		{"2020年6月7日下午3:10", "zh", "2020-06-07T15:10 unzoned", false},
		{"2020.06.07 08:15", "ko", "2020-06-07T08:15 unzoned", false},
		{"31 June 2020", "en", "", false},
		{"Call 0800 123 456", "en", "", false},
		{"page 12 of 2020", "en", "", false},
	} {
		d := dateReader{lex: lexiconOf(c.lang), monthDay: c.us}
		st, ok := d.stamp(c.in, news.FromText)
		got := ""
		switch {
		case !ok:
		case st.DayOnly:
			got = st.Time.Format("2006-01-02")
		case st.Zoned:
			got = st.Time.Format("2006-01-02T15:04Z07:00")
		default:
			got = st.Time.Format("2006-01-02T15:04") + " unzoned"
		}
		if got != c.want {
			t.Errorf("%q (%s): %q, want %q", c.in, c.lang, got, c.want)
		}
	}
}

func TestURLDays(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/2020/06/07/story":        "2020-06-07",
		"https://a.example/news/2020-06-07-story":   "2020-06-07",
		"https://a.example/20200607_story.html":     "2020-06-07",
		"https://a.example/world/2020/jun/07/story": "2020-06-07",
		"https://a.example/2020/6/7/story":          "2020-06-07",
		"https://a.example/id/1202006071":           "",
		"https://a.example/2020/06/story":           "",
		"https://a.example/a?d=2020-06-07":          "",
		"https://a.example/2020-21-season":          "",
	} {
		got := ""
		if st, ok := urlDay(in); ok {
			got = st.Time.Format("2006-01-02")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ in, lang, want string }{
		{"By Jane Doe and John Roe", "en", "Jane Doe|John Roe"},
		{"JANE DOE, Political Correspondent", "en", "Jane Doe"},
		{"By Jane Doe, Reuters", "en", "Jane Doe"},
		{"Reuters Staff", "en", ""},
		{"Von Anna Berg und Jan Harms", "de", "Anna Berg|Jan Harms"},
		{"Par Claire Montel (avec AFP)", "fr", "Claire Montel"},
		{"بقلم سلمى الحداد", "ar", "سلمى الحداد"},
		{"Автор: Анна Верещагина", "ru", "Анна Верещагина"},
		{"Ludwig van der Rohe", "en", "Ludwig van der Rohe"},
		{"https://www.facebook.com/jane", "en", ""},
		{"Published on Monday", "en", ""},
		{"admin", "en", ""},
		{"TOM KRISHER, AP Auto Writer", "en", "Tom Krisher"},
		{"JILL LAWLESS Associated Press", "en", "Jill Lawless"},
		{"Rachael Link, MS, RD", "en", "Rachael Link"},
		{"Finian Cunningham. The Paper", "en", "Finian Cunningham"},
		{"European Space Agency", "en", ""},
		{"J. R. Stone", "en", "J. R. Stone"},
	} {
		r := &reading{page: &news.Page{}, scene: &scene{lex: lexiconOf(c.lang)}}
		a := &news.Article{}
		(&byliner{r: r, a: a}).take(c.in, false)
		got := ""
		for i, n := range a.Byline {
			if i > 0 {
				got += "|"
			}
			got += n
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestCredits(t *testing.T) {
	for _, c := range []struct{ in, lang, caption, credit string }{
		{"The ferry last summer (Reuters)", "en", "The ferry last summer", "Reuters"},
		{"The ferry last summer. Photo: Lena Ortiz/AFP", "en", "The ferry last summer.", "Lena Ortiz/AFP"},
		{"The ferry last summer © Getty Images", "en", "The ferry last summer", "Getty Images"},
		{"العبّارة في المرسى (غيتي)", "ar", "العبّارة في المرسى", "غيتي"},
		{"Паром у причала. Фото: РИА Новости", "ru", "Паром у причала.", "РИА Новости"},
		{"The ferry (left) at her berth", "en", "The ferry (left) at her berth", ""},
		{"Die Fähre am Kai | Bildquelle: dpa", "de", "Die Fähre am Kai", "dpa"},
	} {
		caption, credit := splitCredit(lexiconOf(c.lang), c.in)
		if caption != c.caption || credit != c.credit {
			t.Errorf("%q: %q, %q", c.in, caption, credit)
		}
	}
}

func TestCharsets(t *testing.T) {
	for name, b := range map[string][]byte{
		"utf-8 undeclared":        []byte("<p>Größe, размер"),
		"utf-8 declared latin":    []byte("<meta charset=iso-8859-1><p>Größe, размер"),
		"windows-1251 undeclared": append([]byte("<p>"), 0xCF, 0xE0, 0xF0, 0xEE, 0xEC, ' ', 0xE1, 0xF3, 0xE4, 0xE5, 0xF2, ' ', 0xF1, 0xF2, 0xEE, 0xFF, 0xF2, 0xFC, ' ', 0xF3, ' ', 0xEF, 0xF0, 0xE8, 0xF7, 0xE0, 0xEB, 0xE0),
		"utf-16":                  {0xFF, 0xFE, '<', 0, 'p', 0, '>', 0, 'G', 0, 'r', 0, 0xF6, 0},
	} {
		s := decode(b, "")
		want := map[string]string{"utf-8 undeclared": "Größe, размер", "utf-8 declared latin": "Größe, размер", "windows-1251 undeclared": "Паром будет стоять у причала", "utf-16": "Grö"}[name]
		if len(s) < len(want) || s[len(s)-len(want):] != want {
			t.Errorf("%s: %q", name, s)
		}
	}
}

func TestDatesDisagree(t *testing.T) {
	page := func(url, head, body string) news.Article {
		a, _ := Extract(news.Page{URL: url, Fetched: time.Date(2024, 3, 20, 0, 0, 0, 0, time.UTC), Body: []byte("<html lang=en><head>" + head + "</head><body><h1>Old ferry becomes a library</h1>" + body +
			"<p>The last wooden ferry of Port Linden will carry books instead of passengers, the council decided on Monday.</p><p>Shelves are being fitted below deck, and a reading room will replace the engine hall.</p></body></html>")}, nil)
		return a
	}
	ld := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Old ferry becomes a library","datePublished":"%"}</script>`
	with := func(s string) string {
		out := []byte{}
		for i := range len(ld) {
			if ld[i] == '%' {
				out = append(out, s...)
			} else {
				out = append(out, ld[i])
			}
		}
		return string(out)
	}
	for _, c := range []struct{ name, url, head, body, want string }{
		{"json-ld before meta", "https://a.example/x", with("2024-03-12T08:00:00Z") + `<meta property="article:published_time" content="2024-03-14T08:00:00Z">`, "", "2024-03-12 json-ld"},
		{"the address corrects a stamp in UTC", "https://a.example/2024/03/12/x", with("2024-03-13T02:00:00Z"), "", "2024-03-12 url"},
		{"but not by more than a day", "https://a.example/2024/03/08/x", with("2024-03-13T02:00:00Z"), "", "2024-03-13 json-ld"},
		{"a day to come is no day of publication", "https://a.example/x", with("2031-01-01"), "<p>March 12, 2024</p>", "2024-03-12 text"},
		{"a time element", "https://a.example/x", "", `<time datetime="2024-03-12T09:00+01:00">today</time>`, "2024-03-12 time"},
		{"modified is better than nothing", "https://a.example/x", `<meta property="article:modified_time" content="2024-03-12T08:00:00Z">`, "", "2024-03-12 meta"},
	} {
		a := page(c.url, c.head, c.body)
		if got := a.Published.Time.Format("2006-01-02") + " " + string(a.Published.From); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestDatelines(t *testing.T) {
	for _, c := range []struct{ text, lang, place, cites string }{
		{"MOSCOW (Reuters) - The ferry will carry books.", "en", "MOSCOW", "Reuters"},
		{"موسكو (رويترز) - ستحمل العبّارة الكتب.", "ar", "موسكو", "رويترز"},
		{"Berlin (dpa) – Die Fähre trägt Bücher.", "de", "Berlin", "dpa"},
		{"PORT LINDEN, March 12 — The ferry will carry books.", "en", "PORT LINDEN", ""},
		{"The ferry - now a library - will carry books.", "en", "", ""},
	} {
		a := &news.Article{Text: c.text}
		dateline(a, lexiconOf(c.lang))
		cites := ""
		for _, x := range a.Cites {
			cites += x.Name
		}
		if a.Dateline != c.place || cites != c.cites {
			t.Errorf("%q: %q, %q", c.text, a.Dateline, cites)
		}
	}
}

func TestFeedFillsIn(t *testing.T) {
	day := time.Date(2024, 3, 12, 8, 0, 0, 0, time.UTC)
	p := news.Page{Body: []byte("<html lang=en><body><p>The last wooden ferry of Port Linden will carry books instead of passengers, the council decided on Monday, and nobody objected.</p></body></html>"), Item: news.Item{Title: "Old ferry becomes a library", Author: "By Mira Solano", Published: day}}
	a, err := Extract(p, nil)
	if err != nil || a.Headline != p.Item.Title || len(a.Byline) != 1 || a.Byline[0] != "Mira Solano" || !a.Published.Time.Equal(day) || a.Published.From != news.FromFeed {
		t.Errorf("%v %q %q %v", err, a.Headline, a.Byline, a.Published)
	}
}
