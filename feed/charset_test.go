package feed

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
)

// words of news in several scripts, long enough for a guess.
var words = map[string]string{
	"windows-1256": "أعلن وزير الخارجية في مؤتمر صحفي عقده مساء الثلاثاء أن المفاوضات ستستأنف الأسبوع المقبل في العاصمة",
	"koi8-r":       "Министр иностранных дел сообщил на пресс-конференции во вторник, что переговоры возобновятся на следующей неделе",
	"windows-1251": "Министр иностранных дел сообщил на пресс-конференции во вторник, что переговоры возобновятся на следующей неделе",
	"gb18030":      "外交部长星期二晚上在新闻发布会上宣布，谈判将于下周在首都恢复，各方代表团已经确认出席会议",
	"shift_jis":    "外務大臣は火曜日の夜の記者会見で、交渉は来週首都で再開されると発表した。各国の代表団は出席を確認している",
	"euc-kr":       "외교부 장관은 화요일 저녁 기자회견에서 협상이 다음 주 수도에서 재개될 것이라고 발표했다",
	"windows-1255": "שר החוץ הודיע במסיבת עיתונאים ביום שלישי בערב כי המשא ומתן יתחדש בשבוע הבא בבירה",
}

func encoded(t *testing.T, label, s string) []byte {
	t.Helper()
	e, _ := charset.Lookup(label)
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(label, err)
	}
	return b
}

// Whatever the labels say, the words are read: a right one in either place, a wrong one, or none.
func TestCharsetLabels(t *testing.T) {
	for label, w := range words {
		for name, c := range map[string]struct{ declared, header string }{
			"declared":                    {label, ""},
			"in the header":               {"", "text/xml; charset=" + label},
			"the header names Latin":      {label, "text/xml; charset=ISO-8859-1"},
			"declared as UTF-8":           {"UTF-8", ""},
			"UTF-8 in the header":         {"", "application/rss+xml; charset=utf-8"},
			"UTF-8 there, right declared": {label, "application/rss+xml; charset=utf-8"},
			"none":                        {"", ""},
		} {
			head := "<?xml version='1.0'?>"
			if c.declared != "" {
				head = "<?xml version='1.0' encoding='" + c.declared + "'?>"
			}
			body := append([]byte(head+"<rss version='2.0'><channel><title>"), encoded(t, label, w)...)
			body = append(body, "</title></channel></rss>"...)
			f, err := Parse(body, c.header, "")
			if err != nil || f.Title != w {
				t.Errorf("%s, %s: %q %v", label, name, f.Title, err)
			}
		}
	}
}

// A byte that is damaged in a feed of UTF-8 costs that letter alone.
func TestDamagedUTF8(t *testing.T) {
	body := "<?xml version='1.0' encoding='UTF-8'?><rss><channel><title>" + words["windows-1256"] + " \xe9\xff caf\xe9</title></channel></rss>"
	f, err := Parse([]byte(body), "", "")
	if err != nil || !strings.HasPrefix(f.Title, words["windows-1256"]) {
		t.Errorf("%q %v", f.Title, err)
	}
}

func TestUTF16WithoutMark(t *testing.T) {
	s := "<rss><channel><title>خبر</title></channel></rss>"
	for name, b := range map[string]string{"little": utf16(s), "big": swapped(utf16(s))} {
		if f, err := Parse([]byte(b), "", ""); err != nil || f.Title != "خبر" {
			t.Errorf("%s endian: %q %v", name, f.Title, err)
		}
	}
}

func swapped(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// Sitemaps are often kept packed; a bomb is cut off.
func TestPackedFeeds(t *testing.T) {
	pack := func(s string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	f, err := Parse(pack("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://post.example/1</loc></url></urlset>"), "application/gzip", "https://post.example/map.xml.gz")
	if err != nil || len(f.Items) != 1 {
		t.Errorf("%+v %v", f, err)
	}
	bomb := pack("<rss><channel><title>t</title>" + strings.Repeat(" ", 40<<20))
	if len(bomb) > 200<<10 {
		t.Fatal("no bomb")
	}
	if f, err := Parse(bomb, "", ""); err != nil || f.Title != "t" {
		t.Errorf("%q %v", f.Title, err)
	}
}

// A namespace is known in whichever way it is written.
func TestNamespaces(t *testing.T) {
	for _, ns := range []string{"http://www.sitemaps.org/schemas/sitemap/0.9", "https://www.sitemaps.org/schemas/sitemap/0.9", "HTTPS://www.sitemaps.org/schemas/sitemap/0.9/"} {
		f, err := Parse(fmt.Appendf(nil, "<urlset xmlns=%q xmlns:n='https://www.google.com/schemas/sitemap-news/0.9/'><url><loc>https://post.example/1</loc><n:news><n:title>T</n:title></n:news></url></urlset>", ns), "", "")
		if err != nil || len(f.Items) != 1 || f.Items[0].Title != "T" {
			t.Errorf("%s: %+v %v", ns, f.Items, err)
		}
	}
	for _, ns := range []string{"http://www.w3.org/2005/Atom", "https://www.w3.org/2005/Atom", "http://www.w3.org/2005/Atom/"} {
		f, err := Parse(fmt.Appendf(nil, "<feed xmlns=%q><title>A</title><entry><id>1</id><title>E</title><link href='https://post.example/1'/></entry></feed>", ns), "", "")
		if err != nil || f.Title != "A" || len(f.Items) != 1 || f.Items[0].URL != "https://post.example/1" {
			t.Errorf("%s: %+v %v", ns, f, err)
		}
	}
	f, err := Parse([]byte("<rss xmlns:dc='https://purl.org/dc/elements/1.1' xmlns:content='https://purl.org/rss/1.0/modules/content/'><channel><item><guid>1</guid><dc:creator>Me</dc:creator><content:encoded>C</content:encoded></item></channel></rss>"), "", "")
	if err != nil || len(f.Items) != 1 || f.Items[0].Author != "Me" || f.Items[0].Content != "C" {
		t.Errorf("%+v %v", f.Items, err)
	}
}
