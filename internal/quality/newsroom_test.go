package quality

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// piece is a marked piece of a sentence of corpus/newsroom.
type piece struct {
	news.Span
	what     []string // P, O, L; the times that it may mean; d, m, i and stances
	who      string   // the label of its speaker
	whom     string
	optional bool
	hit      bool
}

// roomText is a sentence of corpus/newsroom with all that is to be found in it.
type roomText struct {
	marked
	names, times, speech []*piece
}

// openRoom reads one sentence; corpus/newsroom/README.md describes the marks.
func openRoom(t testing.TB, line string) *roomText {
	type open struct {
		head  string
		start int
	}
	r := &roomText{marked: marked{actors: map[string][]news.Span{}}}
	var b strings.Builder
	var stack []open
	for i := 0; i < len(line); i++ {
		switch c := line[i]; c {
		case '{', '[', '<':
			end := strings.IndexByte(line[i:], map[byte]byte{'{': ':', '[': ':', '<': '='}[c])
			if end < 0 {
				t.Fatalf("a mark without its head: %s", line)
			}
			stack = append(stack, open{line[i : i+end], b.Len()})
			i += end
		case '}', ']', '>':
			if len(stack) == 0 {
				t.Fatalf("a mark closes that was not opened: %s", line)
			}
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			r.shut(o.head, news.Span{Start: o.start, End: b.Len()})
		default:
			b.WriteByte(c)
		}
	}
	if len(stack) > 0 {
		t.Fatalf("a mark stays open: %s", line)
	}
	r.text = b.String()
	return r
}

func (r *roomText) shut(head string, span news.Span) {
	p := &piece{Span: span}
	switch body := head[1:]; head[0] {
	case '<':
		p.what = strings.Split(body, "|")
		r.times = append(r.times, p)
	case '{':
		label, kind, is := strings.Cut(body, "/")
		if !is {
			label, kind = "", body
			if strings.Trim(body, "?POL") != "" { // an actor without a kind
				label, kind = body, ""
			}
		}
		if label != "" {
			r.actors[label] = append(r.actors[label], span)
			if l, is := strings.CutPrefix(label, "*"); is {
				r.actors[l] = append(r.actors[l], span)
			}
		}
		if kind != "" {
			kind, p.optional = strings.CutPrefix(kind, "?")
			p.what = []string{kind}
			r.names = append(r.names, p)
		}
	case '[':
		body, p.optional = strings.CutPrefix(body, "~")
		kinds, who, _ := strings.Cut(body, "=")
		p.what = strings.Split(kinds, "+")
		p.who, p.whom, _ = strings.Cut(who, ">")
		r.speech = append(r.speech, p)
	}
}

// roomFloors are pinned for the open halves of corpus/newsroom: precision and recall of names, times, quotations and claims.
var roomFloors = []struct {
	lang string
	min  [4][2]float64
}{
	{"ar", [4][2]float64{{.90, .68}, {.85, .85}, {.98, .98}, {.90, .86}}},
	{"en", [4][2]float64{{.89, .86}, {.98, .98}, {.90, .74}, {.93, .89}}},
	{"zh", [4][2]float64{{.83, .64}, {.98, .98}, {.98, .98}, {.79, .75}}},
	{"ru", [4][2]float64{{.88, .88}, {.98, .98}, {.98, .98}, {.98, .83}}},
	{"fr", [4][2]float64{{.86, .59}, {.98, .98}, {.98, .98}, {.98, .98}}},
	{"es", [4][2]float64{{.98, .90}, {.98, .98}, {.98, .98}, {.98, .98}}},
	{"fa", [4][2]float64{{.98, .58}, {.98, .98}, {.98, .98}, {.98, .65}}},
	{"he", [4][2]float64{{.98, .24}, {.98, .98}, {.98, .65}, {.98, .98}}},
	{"uk", [4][2]float64{{.98, .82}, {.98, .98}, {.98, .98}, {.98, .98}}},
	{"de", [4][2]float64{{.98, .83}, {.98, .98}, {.98, .98}, {.98, .98}}},
}

// TestNewsroom measures the whole analysis on sentences in which everything is marked. -misses newsroom shows what is wrong in the open half.
func TestNewsroom(t *testing.T) {
	for _, f := range roomFloors {
		raw, err := os.ReadFile(filepath.Join("..", "..", "corpus", "newsroom", f.lang+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		var sum [4]tally
		lines := 0
		for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
			if r := openRoom(t, line); sealed(r.text) == *withSealed {
				lines++
				r.score(t, f.lang, &sum)
			}
		}
		for i, what := range []string{"names", "times", "quotes", "claims"} {
			low := f.min[i]
			if *withSealed {
				low = [2]float64{}
			}
			pinned(t, "newsroom "+f.lang+" "+what+" precision", sum[i].precision(), low[0], .85)
			pinned(t, "newsroom "+f.lang+" "+what+" recall", sum[i].recall(), low[1], .75)
		}
		pinned(t, "newsroom "+f.lang+" speakers", sum[2].speaker(), 0, .88)
		t.Logf("newsroom %s: %d sentences, %d names, %d times, %d quotes, %d claims, sealed half %v", f.lang, lines, sum[0].true_, sum[1].true_, sum[2].true_, sum[3].true_, *withSealed)
	}
}

func (r *roomText) score(t *testing.T, lang string, sum *[4]tally) {
	a := news.Article{Lang: lang, Text: r.text, Published: news.Stamp{Time: time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC), DayOnly: true}}
	doc := text.Analyze(a.Text, pack.For(lang))
	got := analysis.Of(a, doc, entity.Default())
	miss := func(what string, span news.Span, more string) {
		if *misses == "newsroom" && !*withSealed {
			t.Logf("%s %s [%s] %s | %s", lang, what, r.text[span.Start:span.End], more, r.text)
		}
	}
	for _, m := range got.Mentions {
		r.judge(&sum[0], r.names, m.Span, 1, func(p *piece) bool {
			return p.what[0] == map[news.MentionKind]string{news.Person: "P", news.Org: "O", news.Place: "L"}[m.Kind]
		},
			func() { miss("NAME", m.Span, string(m.Kind)+" "+m.Rule) })
	}
	for _, x := range got.Timexes {
		r.judge(&sum[1], r.times, x.Span, 0, func(p *piece) bool {
			return slices.ContainsFunc(p.what, func(w string) bool { return meant(x, w) })
		}, func() { miss("TIME", x.Span, x.Value+" "+x.Rule) })
	}
	for _, q := range got.Quotations {
		kinds, least := []string{"d", "m"}, .8
		if q.Type == news.Indirect {
			kinds, least = []string{"i"}, .7
		}
		if p := r.judge(&sum[2], r.speech, q.Span, least, func(p *piece) bool {
			return slices.Contains(kinds, p.what[0]) || len(p.what[0]) > 1 && q.Type == news.Indirect
		},
			func() { miss("QUOTE", q.Span, string(q.Type)+" "+q.Rule) }); p != nil && len(p.what[0]) == 1 {
			sum[2].asked++
			if r.by(q.Speaker, p.who) {
				sum[2].who++
			} else {
				miss("WHO", q.Span, actorOf(q.Speaker, r.text)+" not "+p.who)
			}
		}
	}
	r.missed(&sum[0], r.names, nil, miss, "NO NAME")
	r.missed(&sum[1], r.times, nil, miss, "NO TIME")
	r.missed(&sum[2], r.speech, func(p *piece) bool { return len(p.what[0]) == 1 }, miss, "NO QUOTE")
	for _, p := range r.speech {
		p.hit = false
	}
	for _, c := range got.Claims {
		kind := string(c.Stance)
		if c.Negated {
			kind += "!"
		}
		fits := func(p *piece) bool {
			return (slices.Contains(p.what, kind) || len(p.what) == 1 && len(p.what[0]) == 1 && !c.Negated) && r.by(c.Claimant, p.who) &&
				(p.whom == "" || r.by(c.Target, p.whom))
		}
		r.judge(&sum[3], r.speech, c.Span, .5, fits, func() {
			miss("CLAIM", c.Span, kind+" by "+actorOf(c.Claimant, r.text)+" to "+actorOf(c.Target, r.text))
		})
	}
	r.missed(&sum[3], r.speech, func(p *piece) bool { return len(p.what) > 1 || len(p.what[0]) > 1 }, miss, "NO CLAIM")
}

// meant tells whether a time that was found has the meaning that is marked: a day may be found as a part of it, of a minute only the
// beginning counts.
func meant(x news.Timex, want string) bool {
	if strings.Contains(want, "T") && !strings.Contains(want, "/") {
		return x.From.Format("2006-01-02T15:04") == want
	}
	if strings.HasPrefix(x.Value, want+"T") {
		return true
	}
	ok, _ := phraseRight([]news.Timex{x}, x.Span, want)
	return ok
}

// by tells whether an actor is the labelled one. Of a label without words only that there is an actor is asked.
func (r *roomText) by(a *news.Actor, label string) bool { return r.isActor(a, label) }

// judge counts one find: right when a piece that fits shares at least so much with it, passed over when that piece may be found or not.
func (r *roomText) judge(c *tally, all []*piece, span news.Span, least float64, fits func(*piece) bool, wrong func()) *piece {
	for _, p := range all {
		alike := alikeSpans(p.Span, span)
		if alike == 0 || alike < least || !fits(p) {
			continue
		}
		p.hit = true
		if p.optional {
			return nil
		}
		c.said++
		c.right++
		return p
	}
	for _, p := range all {
		if p.optional && alikeSpans(p.Span, span) > 0 {
			return nil
		}
	}
	c.said++
	wrong()
	return nil
}

func (r *roomText) missed(c *tally, all []*piece, of func(*piece) bool, miss func(string, news.Span, string), what string) {
	for _, p := range all {
		if p.optional || of != nil && !of(p) {
			continue
		}
		c.true_++
		if p.hit {
			c.found++
		} else {
			miss(what, p.Span, strings.Join(p.what, "+")+" "+p.who)
		}
	}
}
