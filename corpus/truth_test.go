package corpus_test

import (
	"bytes"
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"marsad/corpus"
	"marsad/news"
)

// spans gives every span that a truth states, with a name.
func spans(t corpus.Truth) map[news.Span]string {
	all := map[news.Span]string{}
	actor := func(a *news.Actor, what string) {
		if a != nil && a.End > 0 {
			all[a.Span] = what
		}
	}
	for _, m := range t.Mentions {
		all[m.Span] = "mention"
	}
	for _, x := range t.Timexes {
		all[x.Span] = "date"
	}
	for _, q := range t.Quotations {
		all[q.Span] = "quotation"
		actor(q.Speaker, "speaker")
		if q.Cue != nil {
			all[q.Cue.Span] = "cue"
		}
	}
	for _, c := range t.Claims {
		all[c.Span] = "claim"
		actor(c.Claimant, "claimant")
		actor(c.Target, "target")
		if c.Cue != nil {
			all[c.Cue.Span] = "cue of a claim"
		}
	}
	return all
}

func TestTruthLiesInTheText(t *testing.T) {
	for _, base := range bases {
		for _, p := range archive(t, base) {
			text := p.Truth.Article.Text
			for s, what := range spans(p.Truth) {
				if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
					t.Errorf("%s: %s %v is outside the text", p.Item.ID, what, s)
					continue
				}
				words := text[s.Start:s.End]
				if !utf8.ValidString(words) || strings.TrimSpace(words) != words {
					t.Errorf("%s: %s %q is not whole words", p.Item.ID, what, words)
				}
				if strings.Contains(words, "\n\n") {
					t.Errorf("%s: %s %q crosses a paragraph", p.Item.ID, what, words)
				}
			}
			for i, c := range p.Truth.Claims {
				if c.Answers >= len(p.Truth.Claims) || c.Answers == i || (c.Answers >= 0 && p.Truth.Claims[c.Answers].Stance == news.Denies) {
					t.Errorf("%s: claim %d answers %d", p.Item.ID, i, c.Answers)
				}
				if !stances[c.Stance] {
					t.Errorf("%s: claim %d has the stance %q", p.Item.ID, i, c.Stance)
				}
			}
		}
	}
}

var stances = map[news.Stance]bool{
	news.Says: true, news.Accuses: true, news.Condemns: true, news.Confirms: true, news.Denies: true,
	news.Warns: true, news.Threatens: true, news.Demands: true, news.Promises: true,
}

// TestDatesMeanWhatTheyMean checks what a date's value must keep to whatever the base: a day is one day long, a range is ordered.
func TestDatesMeanWhatTheyMean(t *testing.T) {
	for _, base := range bases {
		for _, p := range archive(t, base) {
			for _, x := range p.Truth.Timexes {
				if x.Type != news.Date {
					continue
				}
				if !x.From.Before(x.To) {
					t.Errorf("%s: %s from %s to %s", p.Item.ID, x.Value, x.From, x.To)
				}
				if x.Granularity == "day" && len(x.Value) == 10 && x.From.AddDate(0, 0, 1) != x.To {
					t.Errorf("%s: the day %s is not a day long", p.Item.ID, x.Value)
				}
			}
		}
	}
}

func TestBlocksCoverTheText(t *testing.T) {
	for _, p := range archive(t, bases[0]) {
		a, at := p.Truth.Article, 0
		for _, b := range a.Blocks {
			if b.Start != at {
				t.Errorf("%s: a block starts at %d, want %d", p.Item.ID, b.Start, at)
			}
			at = b.End + 2
		}
		if at-2 != len(a.Text) {
			t.Errorf("%s: blocks end at %d of %d", p.Item.ID, at-2, len(a.Text))
		}
		for _, r := range a.Removed {
			if r.Before < 0 || r.Before > len(a.Text) || r.Text == "" {
				t.Errorf("%s: removed %s at %d", p.Item.ID, r.Kind, r.Before)
			}
		}
	}
}

// TestPagesHoldTheirTruth decodes each page and looks for its paragraphs, headline and junk.
func TestPagesHoldTheirTruth(t *testing.T) {
	for _, p := range archive(t, bases[0]) {
		body := p.Body
		var err error
		switch p.Outlet.Charset {
		case "windows-1251":
			body, err = charmap.Windows1251.NewDecoder().Bytes(body)
		case "gb18030":
			body, err = simplifiedchinese.GB18030.NewDecoder().Bytes(body)
		}
		if err != nil {
			t.Fatal(err)
		}
		page := html.UnescapeString(string(body))
		a := p.Truth.Article
		want := []string{a.Headline}
		for _, b := range a.Blocks {
			want = append(want, strings.Split(a.Text[b.Start:b.End], "\n")...)
		}
		for _, r := range a.Removed {
			want = append(want, r.Text)
		}
		for _, m := range a.Media {
			want = append(want, m.Caption, m.Credit)
		}
		for _, w := range want {
			if !strings.Contains(page, strings.TrimSpace(w)) {
				t.Errorf("%s: the page lacks %q", p.Item.ID, w)
			}
		}
	}
}

// TestClocks keeps every item on one calendar day in UTC and on its outlet's clock: offsets in the sources mean both.
func TestClocks(t *testing.T) {
	seen := map[string]string{}
	for _, p := range archive(t, bases[0]) {
		if l, u := p.Published.Format("01-02"), p.Published.UTC().Format("01-02"); l != u {
			t.Errorf("%s: %s at home, %s in UTC", p.Item.ID, l, u)
		}
		if other := seen[p.URL]; other != "" {
			t.Errorf("%s and %s share the address %s", p.Item.ID, other, p.URL)
		}
		seen[p.URL] = p.Item.ID
		if of := p.Item.Of; of != nil && !of.Time(bases[0]).Before(p.Published) {
			t.Errorf("%s comes before its origin %s", p.Item.ID, of.ID)
		}
	}
}

func TestLinks(t *testing.T) {
	kinds := map[news.LinkKind]int{}
	for _, p := range archive(t, bases[0]) {
		direct := 0
		for _, l := range p.Truth.Links {
			kinds[l.Kind]++
			if l.Direct {
				direct++
			}
			if same := l.Other.Outlet.Lang == p.Outlet.Lang; same == (l.Kind == news.Translation) {
				t.Errorf("%s: a %s of %s in %s", p.Item.ID, l.Kind, l.Other.ID, l.Other.Outlet.Lang)
			}
		}
		if p.Item.Of != nil && direct != 1 {
			t.Errorf("%s: %d links to its origin %s", p.Item.ID, direct, p.Item.Of.ID)
		}
	}
	for _, k := range []news.LinkKind{news.Duplicate, news.Copy, news.Translation, news.Update} {
		if kinds[k] < 10 {
			t.Errorf("only %d links of kind %s", kinds[k], k)
		}
	}
}

// TestWorldIsLargeEnough pins what the demo promises.
func TestWorldIsLargeEnough(t *testing.T) {
	c, err := corpus.Load()
	if err != nil {
		t.Fatal(err)
	}
	langs, days := map[string]int{}, map[int]int{}
	items := 0
	for _, h := range c.Happenings {
		for _, it := range h.Items {
			items++
			langs[it.Outlet.Lang]++
			days[h.Day+it.Day]++
		}
		for _, id := range []string{h.Unlike, h.Earlier} {
			if id != "" && c.Happening(id) == nil {
				t.Errorf("%s names the unknown happening %q", h.ID, id)
			}
		}
	}
	if len(c.Outlets) < 12 || len(c.Happenings) < 40 || items < 250 || len(langs) < 6 {
		t.Errorf("%d outlets, %d happenings, %d items, languages %v", len(c.Outlets), len(c.Happenings), items, langs)
	}
	for day := range corpus.Days {
		if days[day] < 10 {
			t.Errorf("day %d has %d items", day, days[day])
		}
	}
	for day := range days {
		if day < 0 || day >= corpus.Days {
			t.Errorf("items on day %d", day)
		}
	}
}

// TestTwin holds the lead page to the mess that it is there for.
func TestTwin(t *testing.T) {
	for _, p := range archive(t, bases[0]) {
		if p.Item.ID != "harbour-visit/twin" {
			continue
		}
		for _, mess := range []string{"[ad_1]\n", "[ad_2]\n", "المصدر\n", ".” “", "يونيو/حزيران", "حزيران/يونيو", "(النهر)\n", p.Truth.Article.Headline + "\n\n" + p.Truth.Article.Headline} {
			if !bytes.Contains(p.Body, []byte(mess)) {
				t.Errorf("the twin lacks %q", mess)
			}
		}
		if len(p.Truth.Article.Media) != 2 || len(p.Truth.Article.Removed) != 7 {
			t.Errorf("%d pictures, %d pieces removed", len(p.Truth.Article.Media), len(p.Truth.Article.Removed))
		}
		return
	}
	t.Error("no twin")
}
