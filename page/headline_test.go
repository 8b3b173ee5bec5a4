package page

import (
	"testing"

	"marsad/news"
)

// TestHeadlines finds the headline among the forms in which sites write it: with their names, sections, kickers, cut short, twice
// encoded.
func TestHeadlines(t *testing.T) {
	const body = `<p>The last wooden ferry of the port will carry books instead of passengers from this spring, the council decided on Monday.</p>
<p>Shelves are being fitted below deck, and a reading room with forty seats will replace the engine hall, said the retired pilot.</p>
<p>The library opens on the first Sunday of April, and entry will be free for everybody who lives in the town.</p>`
	og := func(s string) string { return `<meta property="og:title" content="` + s + `">` }
	ld := func(s string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"` + s + `"}</script>`
	}
	for _, c := range []struct{ name, url, head, top, want string }{
		{"title alone, section and site", "https://www.hafenkurier.example/a", "<title>Old ferry becomes a library - Local - Hafenkurier</title>", "<h1>Old ferry becomes a library</h1>", "Old ferry becomes a library"},
		{"title alone, no h1", "https://www.hafenkurier.example/a", "<title>Old ferry becomes a library | Hafenkurier</title>", "", "Old ferry becomes a library"},
		{"site first", "https://www.hafenkurier.example/a", "<title>Hafenkurier | Old ferry becomes a library</title>", "", "Old ferry becomes a library"},
		{"site first with a colon", "https://www.hafenkurier.example/a", `<title>Hafenkurier: Old ferry becomes a library</title><meta property="og:site_name" content="Hafenkurier">`, "<h1>Old ferry becomes a library</h1>", "Old ferry becomes a library"},
		{"two colons", "https://www.hafenkurier.example/a", "<title>Old ferry becomes a library :: Hafenkurier</title>" + og("Old ferry becomes a library :: Hafenkurier"), "", "Old ferry becomes a library"},
		{"French quotation marks with spaces", "https://a.example/a", "<title>Retrouvé au port, le « Vieux Passeur » devient une bibliothèque » Culture</title>" + og("Retrouvé au port, le « Vieux Passeur » devient une bibliothèque"), "<h1>Retrouvé au port, le « Vieux Passeur » devient une bibliothèque</h1>", "Retrouvé au port, le « Vieux Passeur » devient une bibliothèque"},
		{"kicker in the h1", "https://a.example/a", og("Old ferry becomes a library"), `<h1><small class="kicker">Culture</small> Old ferry becomes a library</h1>`, "Old ferry becomes a library"},
		{"kicker without a class", "https://a.example/a", og("Old ferry becomes a library"), `<h1><span>Culture afloat</span> <span>Old ferry becomes a library</span></h1>`, "Old ferry becomes a library"},
		{"second line in the h1", "https://a.example/a", og("Old ferry becomes a library"), `<h1>Old ferry becomes a library<br><span>Council votes for shelves</span></h1>`, "Old ferry becomes a library"},
		{"machines agree", "https://a.example/a", og("Culture: Old ferry becomes a library") + ld("Culture: Old ferry becomes a library"), `<h1>Old ferry becomes a library</h1>`, "Culture: Old ferry becomes a library"},
		{"JSON-LD and h1 agree", "https://a.example/a", og("You will not believe what this ferry carries") + ld("Old ferry becomes a library"), `<h1>Old ferry becomes a library</h1>`, "Old ferry becomes a library"},
		{"cut short", "https://a.example/a", og("The last wooden ferry of the port will carry books instead of passengers from this spring on, as the council…") + ld("The last wooden ferry of the port will carry books instead of passengers from this spring on, as the council…"), `<h1>The last wooden ferry of the port will carry books instead of passengers from this spring on, as the council decided</h1>`, "The last wooden ferry of the port will carry books instead of passengers from this spring on, as the council decided"},
		{"logo in an h1", "https://www.hafenkurier.example/a", og("Old ferry becomes a library"), `<h1><a href="/">Hafenkurier</a></h1><h2>Old ferry becomes a library</h2>`, "Old ferry becomes a library"},
		{"written twice", "https://a.example/a", og("&amp;quot;Old ferry&amp;quot; becomes a library &amp;amp; more"), `<h1>"Old ferry" becomes a library &amp; more</h1>`, `"Old ferry" becomes a library & more`},
		{"markup in a title", "https://a.example/a", ld(`Old <em>ferry</em> becomes a library`) + og("Old ferry becomes a library"), "", "Old ferry becomes a library"},
		{"a hyphen of its own", "https://www.sport.example/a", og("Linden - Eastbank 3:1 after a late goal - Sport") + ld("Linden - Eastbank 3:1 after a late goal"), "<h1>Linden - Eastbank 3:1 after a late goal</h1>", "Linden - Eastbank 3:1 after a late goal"},
		{"Japanese", "https://www.minato.example/a", "<title>古い渡し船が水上図書館に｜港日報</title>" + og("古い渡し船が水上図書館に｜港日報") + `<meta property="og:site_name" content="港日報">`, "<h1>古い渡し船が水上図書館に</h1>", "古い渡し船が水上図書館に"},
		{"Chinese", "https://www.gangkou.example/a", "<title>旧渡船变身水上图书馆_本地新闻_港口网</title>", "<h1>旧渡船变身水上图书馆</h1>", "旧渡船变身水上图书馆"},
		{"Korean", "https://www.hanggu.example/a", "<title>낡은 나룻배, 물 위의 도서관으로 - 항구일보</title>" + og("[속보] 낡은 나룻배, 물 위의 도서관으로") + ld("[속보] 낡은 나룻배, 물 위의 도서관으로"), "<h1>[속보] 낡은 나룻배, 물 위의 도서관으로</h1>", "[속보] 낡은 나룻배, 물 위의 도서관으로"},
		{"Arabic", "https://www.almina.example/a", "<title>العبّارة القديمة تصبح مكتبة عائمة | صحيفة الميناء</title>" + og("العبّارة القديمة تصبح مكتبة عائمة - صحيفة الميناء") + `<meta property="og:site_name" content="صحيفة الميناء">`, "", "العبّارة القديمة تصبح مكتبة عائمة"},
		{"Russian", "https://portvestnik.example/a", "<title>Старый паром станет библиотекой — Портовый вестник</title>" + `<meta property="og:site_name" content="Портовый вестник">` + og("Старый паром станет библиотекой — Портовый вестник"), "<h1>Старый паром станет библиотекой</h1>", "Старый паром станет библиотекой"},
		{"Twitter alone", "https://www.hafenkurier.example/a", `<meta name="twitter:title" content="Old ferry becomes a library · Hafenkurier"><title>Hafenkurier</title>`, "", "Old ferry becomes a library"},
		{"Parse.ly", "https://a.example/a", `<meta name="parsely-title" content="Old ferry becomes a library"><title>Loading</title>`, "", "Old ferry becomes a library"},
	} {
		html := "<html lang=en><head>" + c.head + "</head><body><article>" + c.top + body + "</article></body></html>"
		a, _ := Extract(news.Page{URL: c.url, Body: []byte(html)}, nil)
		if a.Headline != c.want {
			t.Errorf("%s: %q, want %q", c.name, a.Headline, c.want)
		}
	}
}
