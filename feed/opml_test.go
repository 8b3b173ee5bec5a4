package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// outlines draws lists as a desk writes them: names hold anything that is printed, also what HTML would read otherwise.
func outlines(t *rapid.T) []Outline {
	name := rapid.StringMatching(`[\pL0-9<>&"' /.;,:!-]{1,30}`).Filter(func(s string) bool { return spaced(s) == s && s != "" })
	folder := name.Filter(func(s string) bool { return strings.Trim(s, "/") != "" })
	n := rapid.IntRange(0, 12).Draw(t, "n")
	var out []Outline
	for i := range n {
		o := Outline{Title: name.Draw(t, "title"), Feed: "https://h.example/" + strconv.Itoa(i) + "?a=1&b=<x>",
			Home: rapid.SampledFrom([]string{"", "https://h.example/"}).Draw(t, "home"), Lang: rapid.SampledFrom([]string{"", "ar", "zh-Hant", "es-419"}).Draw(t, "lang"),
			Country: rapid.SampledFrom([]string{"", "LB", "FR"}).Draw(t, "country"), Licence: rapid.SampledFrom([]string{"", "full"}).Draw(t, "licence"),
			Outlet: rapid.SampledFrom([]string{"", "7", "8"}).Draw(t, "outlet"), Paused: rapid.Bool().Draw(t, "paused"),
			Every: time.Duration(rapid.SampledFrom([]int{0, 5, 45, 1440, 7 * 1440}).Draw(t, "every")) * time.Minute}
		o.Feed = absolute("", o.Feed)
		for _, f := range rapid.SliceOfNDistinct(folder, 0, 3, rapid.ID).Draw(t, "folders") {
			o.file(f)
		}
		out = append(out, o)
	}
	return out
}

// What a desk writes is XML, and it reads it back as it was.
func TestOPMLRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := outlines(t)
		body := WriteOPML("<mine>", in)
		if err := xml.Unmarshal(body, new(struct {
			XMLName xml.Name `xml:"opml"`
		})); err != nil {
			t.Fatal(err)
		}
		got, err := ReadOPML(body)
		if err != nil || got.Short || got.Cut || got.Left != nil {
			t.Fatalf("%v %+v", err, got)
		}
		slices.SortStableFunc(got.Feeds, func(a, b Outline) int { return strings.Compare(a.Feed, b.Feed) })
		slices.SortStableFunc(in, func(a, b Outline) int { return strings.Compare(a.Feed, b.Feed) })
		if diff := cmp.Diff(in, got.Feeds); diff != "" {
			t.Fatalf("(-want +got)\n%s\n%s", diff, body)
		}
	})
}

// Lists as other programs write them.
func TestOPMLOfOthers(t *testing.T) {
	const feed = `xmlUrl="https://a.example/f"`
	for name, c := range map[string]struct {
		attrs string
		want  Outline
	}{
		"FreshRSS":             {`xmlns:frss="https://freshrss.org/opml" frss:ttl="3600"`, Outline{Every: time.Hour}},
		"FreshRSS, at rest":    {`xmlns:frss="https://freshrss.org/opml" frss:ttl="-7200"`, Outline{Every: 2 * time.Hour, Paused: true}},
		"its prefix is free":   {`xmlns:f="https://freshrss.org/opml" f:ttl="-1"`, Outline{Paused: true}},
		"Miniflux":             {`xmlns:miniflux="https://miniflux.app/opml" miniflux:disabled="true" miniflux:crawler="true"`, Outline{Paused: true}},
		"not their namespace":  {`xmlns:f="https://else.example/" f:ttl="60" f:disabled="true"`, Outline{}},
		"Tiny Tiny RSS":        {`ttrssSortOrder="3" ttrssUpdateInterval="30"`, Outline{Every: 30 * time.Minute}},
		"Tiny Tiny RSS, never": {`ttrssUpdateInterval="-1"`, Outline{Paused: true}},
		"Liferea":              {`updateInterval="720" sortColumn="time"`, Outline{Every: 12 * time.Hour}},
		"Liferea, as it likes": {`updateInterval="-1"`, Outline{}},
		"too often":            {`updateInterval="2"`, Outline{Every: LeastEvery}},
		"too seldom":           {`updateInterval="999999"`, Outline{Every: MostEvery}},
		"newsboat's tags":      {`category="/World/Gulf, economy"`, Outline{Folder: "World/Gulf", Also: []string{"economy"}}},
		"language unknown":     {`language="unknown"`, Outline{}},
		"nonsense":             {`marsad:every="x" marsad:paused="y" marsad:country="Lebanon" marsad:licence="all" frss:ttl="99999999999999999999"`, Outline{}},
	} {
		got, err := ReadOPML([]byte(`<opml version="1.0"><body><outline text="A" type="rss" ` + feed + " " + c.attrs + `/></body></opml>`))
		c.want.Title, c.want.Feed = "A", "https://a.example/f"
		if diff := cmp.Diff([]Outline{c.want}, got.Feeds); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got)\n%s", name, err, diff)
		}
	}
}

// What breaks a list costs nothing but what cannot be told, and that is said.
func TestOPMLDamaged(t *testing.T) {
	const whole = `<?xml version="1.0" encoding="%"?><opml version="2.0"><head><title/></head><body><outline text="أخبار"><outline text="A" xmlUrl="https://a.example/1"/></outline><outline text="B" xmlUrl="https://a.example/2"/></body></opml>`
	want := []Outline{{Title: "A", Feed: "https://a.example/1", Folder: "أخبار"}, {Title: "B", Feed: "https://a.example/2"}}
	utf16 := func(order unicode.Endianness, bom unicode.BOMPolicy) []byte {
		b, err := unicode.UTF16(order, bom).NewEncoder().Bytes([]byte(strings.Replace(whole, "%", "utf-16", 1)))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	utf8 := strings.Replace(whole, "%", "utf-8", 1)
	for name, body := range map[string][]byte{
		"byte order mark": []byte("\ufeff" + utf8), "UTF-16, little": utf16(unicode.LittleEndian, unicode.UseBOM), "UTF-16, big": utf16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16 without a mark": utf16(unicode.LittleEndian, unicode.IgnoreBOM), "blank lines before": []byte("\n\n  " + utf8),
		"an end too many": []byte(strings.Replace(utf8, "</body>", "</outline></body>", 1)), "a bare &": []byte(strings.Replace(utf8, `text="B"`, `description="R&D < 3" text="B"`, 1)),
		"an attribute twice": []byte(strings.Replace(utf8, `text="B"`, `text="B" text="C"`, 1)), "no quotes": []byte(strings.Replace(utf8, `text="B"`, `text=B`, 1)),
	} {
		got, err := ReadOPML(body)
		if diff := cmp.Diff(want, got.Feeds); !IsOPML(body) || err != nil || diff != "" || got.Short || got.Left != nil {
			t.Errorf("%s: %v, short %v, left %v (-want +got)\n%s", name, err, got.Short, got.Left, diff)
		}
	}
	for at := len(utf8) - 8; at > strings.Index(utf8, "/2"); at-- {
		if got, err := ReadOPML([]byte(utf8[:at])); err != nil || !got.Short || len(got.Feeds) < 1 {
			t.Fatalf("cut at %d: %v %+v", at, err, got)
		}
	}
	if _, err := ReadOPML([]byte("<html>")); !errors.Is(err, ErrNotOPML) {
		t.Errorf("a page: %v", err)
	}
	if _, err := ReadOPML(make([]byte, MaxBytes+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}

// What is no feed is named with its reason; groups that are empty are not.
func TestOPMLLeavesOut(t *testing.T) {
	got, err := ReadOPML([]byte(`<opml><body><outline text="Empty"/><outline text="F"><outline text="G" xmlUrl="feed://a.example/1"/><outline text="again" xmlUrl="http://a.example/1"/></outline>
		<outline text="bare" xmlUrl="b.example/feed"/><outline text="H" xmlUrl="file:///etc/passwd"/><outline text="J" xmlUrl="javascript:alert(1)"/><outline text="K" type="rss"/><outline text="L" type="link" url="https://l.example/"/></body></opml>`))
	want := Subscriptions{Feeds: []Outline{{Title: "G", Feed: "http://a.example/1", Folder: "F"}, {Title: "bare", Feed: "https://b.example/feed"}},
		Left: []LeftOut{{"H", "file:///etc/passwd"}, {"J", "javascript:alert(1)"}, {"K", ""}, {"L", "https://l.example/"}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	var many bytes.Buffer
	many.WriteString("<opml>" + strings.Repeat("<outline text='x'>", 5000))
	for i := range MaxItems + 1 {
		many.WriteString(`<outline xmlUrl="https://a.example/` + strconv.Itoa(i) + `"/>`)
	}
	got, err = ReadOPML(many.Bytes())
	if err != nil || len(got.Feeds) != MaxItems || !got.Cut || len(got.Feeds[0].Folder) > MaxDepth*2 {
		t.Errorf("%d feeds, cut %v, %v", len(got.Feeds), got.Cut, err)
	}
}
