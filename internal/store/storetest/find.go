package storetest

import (
	"slices"
	"testing"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/text"
)

// find asks a query as people type it.
func (d *desk) find(q string, o store.FindOptions) store.Found {
	d.Helper()
	parsed, err := query.Parse(q)
	d.must(err)
	found, err := d.Find(d.ctx, parsed, o)
	d.must(err)
	return found
}

// hits gives the ids of the articles that satisfy a query, as Find orders them.
func (d *desk) hits(q string) []int64 {
	d.Helper()
	var ids []int64
	for _, h := range d.find(q, store.FindOptions{}).Hits {
		ids = append(ids, h.Entry.Article.ID)
	}
	return ids
}

// written commits an article of the given words, with the words of its index made as the desk makes them.
func (d *desk) written(source int64, n int, lang, words string) int64 {
	d.Helper()
	r := d.result(d.page(source, n), 0, words)
	r.Article.Lang, r.Article.Headline, r.Stories[0].Lang = lang, "", lang
	r.Tokens = match.NewDoc(r.Article, r.Analysis, text.Analyze(words, pack.For(lang)), news.Source{}).Tokens()
	d.must(d.Commit(d.ctx, r))
	d.now = d.now.Add(time.Minute)
	return r.Page
}

func find(t *testing.T, d *desk) {
	src := d.source("alpha")
	fire := d.written(src, 1, "en", "The harbour fire was put out. Harbours reopened.")
	port := d.written(src, 2, "ar", "أخمدت فرق الإطفاء حريق المرفأ وبالمرفأ سفن")
	both := d.written(src, 3, "en", `Fire at the "Old Mill", a fire of the harbour district 3/4`)
	for q, want := range map[string][]int64{
		"harbour":                {both, fire},
		"fires":                  {both, fire},
		`"harbour fire"`:         {fire},
		"fire -reopened":         {both},
		"fire OR مرفأ":           {both, port, fire},
		"مرفأ lang:ar":           {port},
		"lang:en":                {both, fire},
		"harb*":                  {both, fire},
		"fire ONEAR/2 mill":      nil,
		"fire ONEAR/4 mill":      {both},
		"ATLEAST/2 fire":         {both},
		"source:alpha mill":      {both},
		"source:beta mill":       nil,
		"nodup: sources:>=1 سفن": {port},
		"absent":                 nil,
		"NOT fire":               {port},
		`=The`:                   {fire},
		"3/4":                    {both},
		"where:One fire":         {both, fire},
		"where:two":              nil,
		"who:One":                nil,
		"NOT where:One":          nil,
		"where:one OR absent":    {both, port, fire},
		"title:fire":             nil,
		"lang:en -mill":          {fire},
		"fire -(mill OR absent)": {fire},
		`"harbours reopened"`:    {fire},
		`"old mill, a"`:          {both},
		`"مرفأ سفن"`:             {port},
		`"سفن مرفأ"`:             nil,
		`"المرفأ مرفأ"`:          {port},
		"published:2024":         {both, port, fire},
		"published:<2024-06-01":  nil,
	} {
		if got := d.hits(q); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", q, got, want)
		}
	}
	h := d.find(`"harbour fire"`, store.FindOptions{}).Hits[0]
	s := h.Spans[0]
	d.same("the words that satisfy it", h.Entry.Article.Text[s.Start:s.End], "harbour fire")
	d.same("of a single word", len(d.find("fire", store.FindOptions{}).Hits[1].Spans), 1)
	if got := d.find("fire", store.FindOptions{Rank: true}).Hits[0].Entry.Article.ID; got != both {
		t.Errorf("best first: %d, want the one that says it twice", got)
	}
	f := d.find("fire OR مرفأ", store.FindOptions{From: Noon.Add(-time.Hour), To: Noon.Add(-time.Hour + 2*time.Minute)})
	if f.Total != 2 || f.Langs["en"] != 1 || f.Langs["ar"] != 1 || f.Srcs[src] != 2 || f.Days["2024-06-18"] != 2 {
		t.Errorf("in two minutes: %+v", f)
	}
}

func findPages(t *testing.T, d *desk) {
	src := d.source("alpha")
	for n := range 25 {
		d.written(src, n, "en", "fire in the harbour")
	}
	for _, q := range []string{"fire", `"in the harbour"`} {
		for _, rank := range []bool{false, true} {
			var all []int64
			o := store.FindOptions{N: 10, Rank: rank}
			for page := 0; page == 0 || o.After != ""; page++ {
				f := d.find(q, o)
				if f.Total < 25 {
					t.Fatalf("%s: %d hits in all", q, f.Total)
				}
				for _, h := range f.Hits {
					all = append(all, h.Entry.Article.ID)
				}
				o.After = f.Next
				if page == 0 && !rank {
					d.written(src, 1000+len(q), "en", "a new fire in the harbour") // must not shift the pages
				}
			}
			sorted := slices.Clone(all)
			slices.Sort(sorted)
			if distinct := slices.Compact(sorted); len(distinct) != len(all) || len(all) < 25 {
				t.Errorf("%s: %d articles on all pages, %d of them distinct", q, len(all), len(distinct))
			}
		}
	}
	findEqualTimes(t, d, src)
	parsed, err := query.Parse("fire")
	d.must(err)
	_, err = d.Find(d.ctx, parsed, store.FindOptions{After: "nonsense"})
	d.kind(err, fault.Invalid)
}

// findEqualTimes goes through articles that were published at one moment, a page of two at a time.
func findEqualTimes(t *testing.T, d *desk, src int64) {
	at := d.now
	for n := range 7 {
		d.now = at
		d.written(src, 2000+n, "en", "a flood of one moment")
	}
	for _, q := range []string{"flood", `"one moment"`, "title:absent OR flood"} {
		var all []int64
		o := store.FindOptions{N: 2}
		for page := 0; page < 9 && (page == 0 || o.After != ""); page++ {
			f := d.find(q, o)
			for _, h := range f.Hits {
				all = append(all, h.Entry.Article.ID)
			}
			o.After = f.Next
		}
		slices.Sort(all)
		if len(slices.Compact(all)) != 7 {
			t.Errorf("%s: %v on all pages, want 7", q, all)
		}
	}
}
