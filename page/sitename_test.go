package page

import (
	"testing"

	"marsad/news"
)

// TestSiteNames has what programs write where the site's name should stand: sections, slogans, titles, firms.
func TestSiteNames(t *testing.T) {
	for _, c := range []struct{ url, head, want string }{
		{"https://www.nordbote.example/a/1", `<meta property="og:site_name" content="Der Nordbote">`, "Der Nordbote"},
		{"https://esporte.folhanova.com.br/2020/a", `<title>Time vence - Esporte - Folha Nova</title><meta property="og:site_name" content="Esporte">`, "Folha Nova"},
		{"https://www.folhanova.com.br/diversao/a", `<title>Autora volta | Folha Nova</title><meta property="og:site_name" content="Diversão">`, "Folha Nova"},
		{"https://www.folhanova.com.br/2020/a", `<title>Autora volta | Folha Nova</title><meta property="og:site_name" content="Início">`, "Folha Nova"},
		{"https://lakepost.example/a", `<meta property="og:site_name" content="Lake Post - Harbour, Michigan">`, "Lake Post"},
		{"https://hoshipress.example/a", `<meta property="og:site_name" content="ニュース配信シェアNo.1｜HOSHI PRESS">`, "HOSHI PRESS"},
		{"https://blog.example.jp/a", `<title>鉄山の花が咲いています（7/2）山の上の小屋まで歩いた長い一日の記録 - 山の日々</title><meta property="og:site_name" content="鉄山の花が咲いています（7/2）山の上の小屋まで歩いた長い一日の記録 - 山の日々">`, "山の日々"},
		{"https://www.abendruf.example/a", `<meta name="publisher" content="Abendruf Verlag GmbH">`, "Abendruf Verlag"},
		{"https://gorod.example.ru/a", `<meta property="og:site_name" content="Город 24"><title>Мост открыт - gorod</title>`, "Город 24"},
		{"https://feeds.wirenews.com/a", `<meta property="og:site_name" content="U.S."><title>Ship sails - Wirenews</title>`, "Wirenews"},
	} {
		p := news.Page{URL: c.url, ContentType: "text/html", Body: []byte("<html><head>" + c.head + "</head><body><h1>A</h1></body></html>")}
		a, _ := Extract(p, nil)
		if a.Site != c.want {
			t.Errorf("%s %s: site %q, want %q", c.url, c.head, a.Site, c.want)
		}
	}
}
