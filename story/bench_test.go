package story_test

import (
	"fmt"
	"math"
	"math/rand"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// press makes articles as fast as they can be placed: words by Zipf's law in six vocabularies, some three articles a happening, a
// fifth of them copies, names and figures as of real articles.
type press struct {
	r     *rand.Rand
	zipf  *rand.Zipf
	open  []*affair
	every time.Duration
	at    time.Time
	id    int64
}

// affair is a happening of the press.
type affair struct {
	words   []uint64
	names   []string
	places  []string
	figures []int
	last    map[string]story.Input
}

var pressLangs = []string{"en", "ar", "ru", "fr", "es", "zh"}

func newPress(seed int64, days float64, articles int) *press {
	r := rand.New(rand.NewSource(seed))
	return &press{
		r: r, zipf: rand.NewZipf(r, 1.07, 8, 400_000), at: base,
		every: time.Duration(days * 24 * float64(time.Hour) / float64(articles)),
	}
}

func (p *press) affair() *affair {
	a := &affair{last: map[string]story.Input{}}
	for range 40 {
		a.words = append(a.words, 3000+uint64(p.r.Intn(397_000)))
	}
	for range 5 {
		n := int(math.Abs(p.r.NormFloat64()) * 6000)
		a.names = append(a.names, "Q"+strconv.Itoa(n))
	}
	for range 3 {
		a.places = append(a.places, "Q9"+strconv.Itoa(int(math.Abs(p.r.NormFloat64())*800)))
	}
	for range 6 {
		a.figures = append(a.figures, p.r.Intn(3000))
	}
	return a
}

// next makes an article.
func (p *press) next() story.Input {
	p.at = p.at.Add(p.every)
	p.id++
	if len(p.open) < 3 || p.r.Intn(3) == 0 {
		p.open = append(p.open, p.affair())
		if len(p.open) > 400 {
			p.open = p.open[1:]
		}
	}
	a := p.open[len(p.open)-1-int(float64(len(p.open))*math.Pow(p.r.Float64(), 2))]
	lang := pressLangs[p.r.Intn(len(pressLangs))]
	source := news.Source{ID: int64(p.r.Intn(3000) + 1), Name: "outlet " + strconv.Itoa(p.r.Intn(3000)), Lang: lang}
	if in, ok := a.last[lang]; ok && p.r.Intn(5) == 0 {
		in.Article.ID, in.Source, in.Arrived = p.id, source, p.at
		in.Article.Published.Time = p.at.Add(-time.Minute)
		return in
	}
	in := p.write(a, lang)
	in.Article.ID, in.Source, in.Arrived = p.id, source, p.at
	in.Article.Published = news.Stamp{Time: p.at.Add(-time.Minute), Zoned: true}
	a.last[lang] = in
	return in
}

func (p *press) write(a *affair, lang string) (in story.Input) {
	var b strings.Builder
	d := &text.Doc{Lang: lang, Pack: pack.For(lang)}
	word := func(w string, k text.Kind) {
		d.Tokens = append(d.Tokens, text.Token{Span: news.Span{Start: b.Len(), End: b.Len() + len(w)}, Norm: w, Kind: k, Script: text.Latin})
		b.WriteString(w)
		b.WriteByte(' ')
	}
	n := 150 + p.r.Intn(600)
	for i := range n {
		switch p.r.Intn(27) {
		case 0:
			kind, id := news.Person, a.names[p.r.Intn(len(a.names))]
			if p.r.Intn(2) == 0 {
				kind, id = news.Place, a.places[p.r.Intn(len(a.places))]
			}
			in.Analysis.Mentions = append(in.Analysis.Mentions, news.Mention{Span: news.Span{Start: b.Len(), End: b.Len() + len(id)}, Kind: kind, Entity: id})
			word(id, text.Word)
		case 1:
			word(strconv.Itoa(a.figures[p.r.Intn(len(a.figures))]), text.Number)
		case 24, 25, 26: // a concept, as every language has words for
			word(strconv.Itoa(2+p.r.Intn(11)), text.Number)
		case 2, 3:
			word(lang+strconv.FormatUint(a.words[p.r.Intn(len(a.words))], 36), text.Word)
		default:
			word(lang+strconv.FormatUint(p.zipf.Uint64(), 36), text.Word)
		}
		if i%20 == 19 {
			d.Sentences = append(d.Sentences, text.Range{From: i - 19, To: i + 1})
		}
		if i%60 == 59 {
			d.Paragraphs = append(d.Paragraphs, text.Range{From: i - 59, To: i + 1})
		}
	}
	in.Article.Lang = lang
	in.Article.Headline = lang + strconv.FormatUint(a.words[0], 36) + " " + lang + strconv.FormatUint(a.words[1], 36) + " makes news again"
	in.Doc, in.Article.Text, d.Text = d, b.String(), b.String()
	return in
}

// BenchmarkGrowth fills a window of 14 days with ten thousand to a million articles and places on. It reports how many are placed in
// a second of processor time once the window is full, and the bytes that an article takes.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 300_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := newPress(1, 14, n)
			w := story.NewWindow(story.Options{})
			before := heap()
			fill(w, p, n, before)
			p.open = nil // what the press remembers is not the window's
			held := heap() - before
			const more = 3000
			ins := make([]story.Input, more)
			for b.Loop() {
				for i := range ins {
					ins[i] = p.next()
				}
				at := processorTime()
				for _, in := range ins {
					w.Place(in)
				}
				b.ReportMetric(more/(processorTime()-at).Seconds(), "articles/s")
			}
			b.ReportMetric(float64(held)/float64(w.Len()), "B/article")
			b.ReportMetric(float64(w.NextStory()-1)/float64(p.id), "stories/article")
		})
	}
}

// fill places n articles, and tells on the way how it goes: the million takes long, and a run that is broken off has told something.
func fill(w *story.Window, p *press, n int, before uint64) {
	const tellEvery = 50_000
	var used time.Duration
	for i := 1; i <= n; i++ {
		in := p.next()
		at := processorTime()
		w.Place(in)
		used += processorTime() - at
		if i%tellEvery == 0 {
			p.open = nil
			fmt.Fprintf(os.Stderr, "%d of %d: %d B/article, %.0f articles/s\n", i, n, (heap()-before)/uint64(w.Len()), tellEvery/used.Seconds())
			used = 0
		}
	}
}

// processorTime is what the process has used so far, on all cores: a busy machine makes nothing slower by it.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
