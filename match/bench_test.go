package match_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/text"
)

// world draws words with the frequencies of news: Zipf over a made-up vocabulary of one script.
type world struct {
	random
	words []string
	cum   []float64
}

func newWorld(seed uint64, script string) *world {
	w := &world{random: random{rand.New(rand.NewPCG(seed, 1))}}
	letters := []rune(script)
	seen := map[string]bool{}
	for len(w.words) < 60_000 {
		var b strings.Builder
		for range 2 + w.IntN(4) + int(math.Log10(float64(len(w.words)+1))) {
			b.WriteRune(letters[w.IntN(len(letters))])
		}
		if s := b.String(); !seen[s] {
			seen[s] = true
			w.words = append(w.words, s)
		}
	}
	sum := 0.0
	for i := range w.words {
		sum += 1 / math.Pow(float64(i)+2.7, 1.05)
		w.cum = append(w.cum, sum)
	}
	return w
}

// word draws a word; from cuts off the most frequent ones.
func (w *world) word(from int) string {
	lo := 0.0
	if from > 0 {
		lo = w.cum[from-1]
	}
	x := lo + w.Float64()*(w.cum[len(w.cum)-1]-lo)
	i, j := 0, len(w.cum)-1
	for i < j {
		if m := (i + j) / 2; w.cum[m] < x {
			i = m + 1
		} else {
			j = m
		}
	}
	return w.words[i]
}

func (w *world) article(id int64, n int, clitics []string) *news.Article {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString([]string{" ", " ", " ", " ", " ", " ", " ", ", ", " ", " ", ". ", " "}[w.IntN(12)])
		}
		if len(clitics) > 0 && w.IntN(4) == 0 {
			b.WriteString(clitics[w.IntN(len(clitics))])
		}
		b.WriteString(w.word(0))
		if i%90 == 89 {
			b.WriteString(".\n\n")
		}
	}
	return &news.Article{ID: id, Headline: w.word(50) + " " + w.word(50) + " " + w.word(200), Text: b.String()}
}

// realistic is what people watch: a name or two rare words, now and then a phrase, a language or an exclusion.
func (w *world) realistic() string {
	switch w.IntN(10) {
	case 0, 1, 2:
		return fmt.Sprintf(`"%s %s"`, w.word(300), w.word(300))
	case 3, 4, 5:
		return w.word(800) + " " + w.word(300)
	case 6:
		return w.word(1500) + " " + w.word(200) + " -" + w.word(50)
	case 7:
		return fmt.Sprintf("(%s OR %s) %s", w.word(1500), w.word(1500), w.word(300))
	case 8:
		return w.word(1500) + " " + w.word(300) + " lang:en"
	}
	return w.word(2000) + " " + w.word(100) + " " + w.word(100)
}

// heavy is what professionals type: distances, exclusions, prefixes, long lists.
func (w *world) heavy() string {
	switch w.IntN(6) {
	case 0:
		return fmt.Sprintf("(%s OR %s OR %s) NEAR/10 (%s OR %s)", w.word(500), w.word(500), w.word(900), w.word(100), w.word(200))
	case 1:
		return fmt.Sprintf(`"%s %s" OR "%s %s" OR (%s %s)`, w.word(200), w.word(200), w.word(200), w.word(200), w.word(800), w.word(300))
	case 2:
		return fmt.Sprintf("%s* %s %s -(%s OR %s)", w.word(900), w.word(300), w.word(80), w.word(30), w.word(30))
	case 3:
		var list []string
		for range 5 + w.IntN(20) {
			list = append(list, w.word(1500))
		}
		return "(" + strings.Join(list, " OR ") + ") " + w.word(200) + " " + w.word(200)
	case 4:
		return fmt.Sprintf("%s SAME/s %s", w.word(500), w.word(300))
	}
	return fmt.Sprintf(`%s %s title:%s`, w.word(300), w.word(100), w.word(50))
}

func (w *world) entries(b *testing.B, n int, draw func() string) []match.Entry {
	es := make([]match.Entry, n)
	for i := range es {
		es[i] = match.Entry{ID: int64(i), Query: parse(b, draw())}
	}
	return es
}

var scripts = map[string]struct {
	letters string
	clitics []string
}{
	"en": {"aeioutnshrdlcmpgbfwyvk", nil},
	"ar": {"ابتثجحخدرزسشصضطعفقكلمنهوي", []string{"و", "ال", "وال", "ب", "بال", "ل", "لل"}},
}

// BenchmarkMatch counts articles a second. "floor" is what the article alone costs: its tokens and one look in the dictionary of each. MARSAD_QUERIES sets the number
// of queries.
func BenchmarkMatch(b *testing.B) {
	for _, lang := range []string{"en", "ar"} {
		w := newWorld(7, scripts[lang].letters)
		var articles []*news.Article
		for i := range 400 {
			articles = append(articles, w.article(int64(i), 500, scripts[lang].clitics))
		}
		share := counted(articles, lang)
		for _, kind := range []string{"realistic", "heavy"} {
			draw := map[string]func() string{"realistic": w.realistic, "heavy": w.heavy}[kind]
			n, err := strconv.Atoi(os.Getenv("MARSAD_QUERIES"))
			if err != nil {
				n = 100_000
			}
			es := w.entries(b, n, draw)
			before, began := heap(), processor()
			x := match.Build(es, match.Options{Share: share})
			built := processor() - began
			size := (float64(heap()) - float64(before)) / float64(n)
			runtime.KeepAlive(es)
			es = nil
			runtime.GC()
			b.Run(fmt.Sprintf("%s/%s/%d", lang, kind, n), func(b *testing.B) {
				run(b, x, articles, lang)
				b.ReportMetric(built.Seconds(), "build-s")
				b.ReportMetric(size, "B/query")
			})
		}
	}
}

func run(b *testing.B, x *match.Index, articles []*news.Article, lang string) {
	p := pack.For(lang)
	doc := func(i int) *match.Doc {
		a := articles[i%len(articles)]
		return match.NewDoc(*a, news.Analysis{}, text.Analyze(a.Text, p), news.Source{})
	}
	for i := range articles {
		x.Match(doc(i)) // words are remembered, as they are in a running desk
	}
	var sum match.Counts
	for b.Loop() {
		whole := best(len(articles), func(i int) { x.Match(doc(i)) })
		floor := best(len(articles), func(i int) { match.Look(x, doc(i)) })
		tokens := best(len(articles), func(i int) { text.Analyze(articles[i].Text, p) })
		b.ReportMetric(1/whole.Seconds(), "articles/s")
		b.ReportMetric(whole.Seconds()/floor.Seconds(), "of-floor")
		b.ReportMetric(floor.Seconds()*1e6, "floor-us")
		b.ReportMetric(tokens.Seconds()*1e6, "tokens-us")
	}
	for i := range articles {
		_, c := x.Match(doc(i))
		sum.Tried, sum.Verified, sum.Matched = sum.Tried+c.Tried, sum.Verified+c.Verified, sum.Matched+c.Matched
	}
	n := float64(len(articles))
	b.ReportMetric(float64(sum.Tried)/n, "tried")
	b.ReportMetric(float64(sum.Verified)/n, "verified")
	b.ReportMetric(float64(sum.Matched)/n, "matched")
}

// best gives the time of one call of n: each block of twenty counts by the best of its rounds, the rest is what else the machine did.
func best(n int, call func(int)) (mean time.Duration) {
	const block, rounds = 20, 15
	least := make([]time.Duration, n/block)
	for r := range rounds {
		for k := range least {
			began := time.Now()
			for i := range block {
				call(k*block + i)
			}
			if took := time.Since(began); r == 0 || took < least[k] {
				least[k] = took
			}
		}
	}
	for _, d := range least {
		mean += d
	}
	return mean / time.Duration(n)
}

// processor gives the processor time that this process has used.
func processor() time.Duration {
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

// counted gives the share of articles that hold a form, from a sample, as a desk has it from its stream.
func counted(articles []*news.Article, lang string) func(string) float64 {
	seen := map[string]int{}
	for _, a := range articles {
		here := map[string]bool{}
		for _, f := range strings.Fields(match.NewDoc(*a, news.Analysis{}, text.Analyze(a.Text, pack.For(lang)), news.Source{}).Tokens()) {
			if !here[f] {
				here[f] = true
				seen[f]++
			}
		}
	}
	return func(f string) float64 { return (float64(seen[f]) + 0.1) / float64(len(articles)) }
}
