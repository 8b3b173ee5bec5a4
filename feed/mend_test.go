package feed

import (
	"strings"
	"testing"
)

// Faults that many feeds have cost no item.
func TestFaultsCostNoItem(t *testing.T) {
	item := "<item><title>A &amp; B</title><link>https://post.example/1</link></item>"
	put := func(what string) string { return strings.Replace(item, "A", what, 1) }
	for name, c := range map[string]struct{ item, title string }{
		"a small heart":           {put("I <3 A"), "I <3 A & B"},
		"a comparison":            {put("1 < 2 A"), "1 < 2 A & B"},
		"a control character":     {put("A\x00\x08"), "A & B"},
		"its number":              {put("A&#8;&#x1F;&#0;&#xFFFF;"), "A & B"},
		"a lone half of a pair":   {put("A&#xD83D;"), "A & B"},
		"an ampersand":            {put("Q&A"), "Q&A & B"},
		"an entity of HTML":       {put("caf&eacute;&nbsp;A"), "café A & B"},
		"an entity of nobody":     {put("&foo; A"), "&foo; A & B"},
		"markup in CDATA":         {"<item><title><![CDATA[1 < 2 &#8; & <b>x</b>]]></title><link>https://post.example/1</link></item>", "1 < 2 & x"},
		"all large":               {strings.ToUpper(item), "A & B"},
		"a declaration twice":     {"<?xml version='1.0'?>" + item, "A & B"},
		"an external entity":      {put("&x; A"), "&x; A & B"},
		"a date in small letters": {strings.Replace(item, "</item>", "<pubdate>Tue, 10 Mar 2026 10:00:00 GMT</pubdate></item>", 1), "A & B"},
	} {
		body := "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss version='2.0'><channel><title>T</title>" + c.item + item + "</channel></rss>"
		f, err := Parse([]byte(body), "", "https://post.example/feed")
		if err != nil || len(f.Items) != 2 || strings.Join(strings.Fields(f.Items[0].Title), " ") != c.title {
			t.Errorf("%s: %v, %d items, %q", name, err, len(f.Items), f.Items)
		}
	}
	dated, _ := Parse([]byte("<RSS><CHANNEL><ITEM><LINK>https://post.example/1</LINK><PUBDATE>Tue, 10 Mar 2026 10:00:00 GMT</PUBDATE></ITEM></CHANNEL></RSS>"), "", "")
	if len(dated.Items) != 1 || dated.Items[0].Published.IsZero() {
		t.Errorf("%+v", dated.Items)
	}
}

// Mending a document that has no fault gives the same bytes, and mending twice what mending once does.
func FuzzMended(f *testing.F) {
	f.Add("<a>1 < 2 &#8; <![CDATA[ < &#0; ]]></a>")
	f.Add("<a>&#;&#x;&#99999999999;&#x41;&")
	f.Fuzz(func(t *testing.T, s string) {
		once := mended([]byte(s))
		if twice := mended(once); string(twice) != string(once) {
			t.Errorf("%q, %q, %q", s, once, twice)
		}
	})
}

// Deep markup costs as much memory as it is long, not as often as it is deep.
func TestDeepMarkup(t *testing.T) {
	deep := "<item><guid>1</guid><description>" + strings.Repeat("<b>", 50) + strings.Repeat("word ", 700_000) + strings.Repeat("</b>", 50) + "</description></item>"
	body := []byte("<rss><channel><title>t</title>" + deep + "</channel></rss>")
	bytes := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if f, err := Parse(body, "", ""); err != nil || len(f.Items) != 1 {
				b.Fatal(err, len(f.Items))
			}
		}
	}).AllocedBytesPerOp()
	if per := float64(bytes) / float64(len(body)); per > 12 {
		t.Errorf("%.1f bytes are allocated a byte", per)
	}
}
