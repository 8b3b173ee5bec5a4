package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsad/news"
)

// bodyOf gives the paragraphs of a test page's text.
func bodyOf(t *testing.T, lang string) string {
	b, err := os.ReadFile(filepath.Join("testdata", "plain-"+lang+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	_, s, _ := strings.Cut(string(b), "-- text --\n")
	s, _, _ = strings.Cut(s, "-- want --")
	return "<p>" + strings.Join(strings.Split(strings.TrimSpace(s), "\n\n"), "</p><p>") + "</p>"
}

// TestWordsAlone reads authors and days of pages that have neither JSON-LD nor a meta tag for them: from the lines above and below the
// text.
func TestWordsAlone(t *testing.T) {
	for _, c := range []struct{ lang, head, top, end, byline, day string }{
		{"ar", "", "<div class='author'>كتب: أحمد النجار</div><span class='date'>12 مارس 2024 02:30 م</span>", "", "أحمد النجار", "2024-03-12"},
		{"ar", "", "<div class='writer'><a href='/writer/55'>أحمد النجار</a></div><time>12-03-2024 | 10:30</time>", "", "أحمد النجار", "2024-03-12"},
		{"ko", "", "<span class='txt'>입력 2024.03.12 10:30</span>", "<p>김하늘 기자 sky@hanggu.example</p>", "김하늘", "2024-03-12"},
		{"ko", "", "<div class='byline'><span>김하늘 기자</span><span>승인 2024.03.12 10:30</span></div>", "", "김하늘", "2024-03-12"},
		{"ko", "", "<p>2024-03-12 10:30</p>", "<p>(항구=뉴시스) 김하늘 기자 = sky@hanggu.example</p>", "김하늘", "2024-03-12"},
		{"ja", "", "<p class='date'>2024/03/12 10:30</p>", "<p>（山田花子）</p>", "山田花子", "2024-03-12"},
		{"ja", "<meta name='author' content='港日報'>", "<div class='article-author'>山田花子 記者</div><time datetime='2024-03-12T10:30:00+09:00'></time>", "", "山田花子", "2024-03-12"},
		{"zh", "", "<div>2024-03-12 10:30 来源：港口日报 作者：王晓明</div>", "", "王晓明", "2024-03-12"},
		{"zh", "", "<div>2024年03月12日10:30 | 来源：港口网</div>", "<p>（责编：王晓明、李若华）</p>", "王晓明|李若华", "2024-03-12"},
		{"zh", "", "<span class='date'>2024/03/12 10:30</span><span class='author'>記者王曉明／台北報導</span>", "", "王曉明", "2024-03-12"},
		{"ru", "", "<div class='article__date'>12 марта 2024, 10:30</div>", "<p class='article__author'>Анна Верещагина, Казань</p>", "Анна Верещагина", "2024-03-12"},
		{"ru", "", "<div class='author'><a href='/author/12/'>Анна Верещагина</a></div><div class='date'>12.03.2024 в 10:30</div>", "", "Анна Верещагина", "2024-03-12"},
		{"ru", "", "<div>12.03.2024</div>", "<p style='text-align:right'><em>Анна Верещагина</em></p>", "Анна Верещагина", "2024-03-12"},
		{"tr", "", "<div class='author'>Ayşe Demirel</div><div>Giriş Tarihi: 12.03.2024 10:30 Son Güncelleme: 13.03.2024 09:00</div>", "", "Ayşe Demirel", "2024-03-12"},
		{"fa", "", "<div>کد خبر: 1234567 | ۲۲ اسفند ۱۴۰۲ - ۱۰:۳۰</div>", "<p>نویسنده: مریم کاظمی</p>", "مریم کاظمی", "2024-03-12"},
		{"he", "", "<div class='authors'>דנה לויתן | 12.03.2024 | 10:30</div>", "", "דנה לויתן", "2024-03-12"},
		{"de", "", "<p class='autor'>Von Anna Bergholt</p><p>12.03.2024, 10:30 Uhr</p>", "", "Anna Bergholt", "2024-03-12"},
		{"de", "", "<p>Stand: 12.03.2024 10:30 Uhr</p><div class='authorline'>Von Anna Bergholt, ARD Rom</div>", "", "Anna Bergholt", "2024-03-12"},
		{"fr", "", "<p>Par <a href='/auteur/claire-montel'>Claire Montel</a> avec AFP<br>Publié le 12 mars 2024 à 10h30, mis à jour le 13 mars 2024 à 9h00</p>", "", "Claire Montel", "2024-03-12"},
		{"fr", "", "<p class='author'>Par La rédaction avec AFP</p><p>Publié hier</p><p>12/03/2024</p>", "", "", "2024-03-12"},
		{"es", "", "<div class='firma'>LUCÍA ARENALES</div><div class='ciudad'>Madrid</div><time datetime='2024-03-12'>12 MAR 2024 - 10:30 CET</time>", "", "Lucía Arenales", "2024-03-12"},
		{"it", "", "<p>di Marta Rinaldi</p><p>12 marzo 2024 alle 10:30</p>", "", "Marta Rinaldi", "2024-03-12"},
		{"it", "", "<p>12 marzo 2024</p>", "<p>© RIPRODUZIONE RISERVATA</p>", "", "2024-03-12"},
		{"nl", "", "<p>Door: <strong>Sanne de Wit</strong></p><p>12 mrt. 2024 om 10:30</p>", "", "Sanne de Wit", "2024-03-12"},
		{"pt", "", "<p>Por Beatriz Lemos — Porto Claro</p><p>12/03/2024 10h30 Atualizado há 3 horas</p>", "", "Beatriz Lemos", "2024-03-12"},
		{"uk", "", "<div class='post__author'>Олена Гайова — 12 березня 2024, 10:30</div>", "", "Олена Гайова", "2024-03-12"},
		{"en", "", "<p class='byline'>By <span>Maren Holloway</span>, <span>Maritime correspondent</span></p><p>12th March 2024</p>", "", "Maren Holloway", "2024-03-12"},
	} {
		html := "<html lang=" + c.lang + "><head><meta charset=utf-8><title>XXIV</title>" + c.head + "</head><body><nav><a href=/>I</a></nav><article><h1>XXIV</h1>" +
			c.top + "<div class=content>" + bodyOf(t, c.lang) + c.end + "</div></article><aside><a href=/a>II</a></aside></body></html>"
		a, err := Extract(news.Page{URL: "https://www.x.example/a/1", Body: []byte(html)}, nil)
		if err != nil {
			t.Errorf("%s: %v", c.lang, err)
		}
		if got := strings.Join(a.Byline, "|"); got != c.byline {
			t.Errorf("%s %s: byline %q, want %q", c.lang, c.top+c.end, got, c.byline)
		}
		if got := a.Published.Time.Format("2006-01-02"); got != c.day {
			t.Errorf("%s %s: %s, want %s", c.lang, c.top+c.end, got, c.day)
		}
	}
}
