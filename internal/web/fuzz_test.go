package web

import (
	"strings"
	"testing"
	"unicode/utf8"

	"marsad/news"

	"golang.org/x/net/html"
)

// FuzzReadLetter: a message of any bytes is read to its end, into text of bounded size.
func FuzzReadLetter(f *testing.F) {
	f.Add("From: a@example.org\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b--")
	f.Add("From: a\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!")
	f.Add("{\"version\":1}")
	f.Fuzz(func(t *testing.T, raw string) {
		if l := readLetter([]byte(raw)); len(l.Text) > 1<<20+len(raw) {
			t.Errorf("%d bytes became %d", len(raw), len(l.Text))
		}
	})
}

// FuzzBody: whatever the marks, the text that a reader sees is the text, and nothing of it becomes markup.
func FuzzBody(f *testing.F) {
	f.Add("قال <b>أحد</b> 2024-06-18 &amp;", 0, 5, 3, 9)
	f.Add("a\n\nb\nc", -1, 99, 2, 3)
	f.Fuzz(func(t *testing.T, s string, a, b, c, d int) {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r\f") {
			return
		}
		marks := []mark{{Span: news.Span{Start: a, End: b}, Class: "quo", ID: "q1"}, {Span: news.Span{Start: c, End: d}, Class: "per", ID: "n1"}, {Span: news.Span{Start: a, End: d}, Class: "date", ID: "d1"}}
		out := string(body(news.Article{Text: s}, marks))
		doc, err := html.Parse(strings.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Join(strings.Fields(words(doc)), ""), strings.Join(strings.Fields(s), ""); got != want {
			t.Errorf("%q shows as %q", want, got)
		}
		(&reply{t: t, doc: doc}).harmless("body")
	})
}

// FuzzLocal: no address that a visitor gives leads to another site.
func FuzzLocal(f *testing.F) {
	for _, s := range []string{"/", "//x", "/\\x", "/%2f/x", "https:///x", "/?next=//x", "\t//x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := local(s)
		if !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.HasPrefix(got, "/\\") || strings.ContainsAny(got, "\r\n") {
			t.Errorf("%q leads to %q", s, got)
		}
	})
}
