// Command search measures the search over an archive: articles drawn with a fixed seed are brought into SQLite, two words, phrases and
// fields are asked for, and the first of the articles are indexed by bleve in the same run. It prints a line for each measure:
// `measure value peer bar ok|short`.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"syscall"
	"time"

	"marsad/bench/world"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/news"
	"marsad/query"
)

func main() {
	n := flag.Int("articles", 1_000_000, "articles in the archive")
	beside := flag.Int("bleve", 10_000, "articles that bleve indexes beside; 0 leaves it out")
	asked := flag.Int("queries", 200, "queries of each kind")
	profile := flag.String("profile", "", "write a processor profile here")
	only := flag.String("only", "", "ask this kind of query alone")
	dir := flag.String("dir", "", "keep the archive here, and use one that is there; else a temporary folder")
	flag.Parse()
	runtime.GOMAXPROCS(1) // one core for ours and for theirs
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			log.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	if err := measure(*n, *beside, *asked, *only, *dir); err != nil {
		log.Fatal(err)
	}
}

func measure(n, beside, asked int, only, dir string) error {
	if dir == "" {
		temp, err := os.MkdirTemp("", "marsad-search-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		dir = temp
	}
	w, err := world.New("en", "aeioutnshrdlcmpgbfwyvk", nil)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, fmt.Sprintf("archive-%d.db", n))
	s, err := sqlite.Open(context.Background(), path, sqlite.Alone())
	if err != nil {
		return err
	}
	defer s.Close()
	a := &archive{world: w, store: s, path: path}
	last, err := a.last()
	if err != nil {
		return err
	}
	if last < int64(n) { // one that was cut off goes on
		w.Rand = rand.New(rand.NewPCG(7, uint64(1+last)))
		if err := a.build(last+1, n, func(id int64) news.Article { return article(w, id, n) }); err != nil {
			return err
		}
	}
	if only == "" { // it reads the whole index
		if err := a.report(); err != nil {
			return err
		}
	}
	if beside > 0 {
		if err := besideBleve(w, min(beside, n), filepath.Join(dir, "bleve")); err != nil {
			return err
		}
	}
	if err := a.warm(); err != nil {
		return err
	}
	for _, k := range kinds(w) {
		if only != "" && k.name != only {
			continue
		}
		if err := a.ask(k, asked); err != nil {
			return err
		}
	}
	return nil
}

// kind is a kind of question with what it is held to.
type kind struct {
	name string
	draw func() string
	bar  bool
}

func kinds(w *world.World) []kind {
	lang := func() string { return []string{"en", "fr", "ar"}[w.IntN(3)] }
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	return []kind{
		{"two-words", func() string { return w.Word(100) + " " + w.Word(100) }, true},
		{"two-frequent-words", func() string { return w.Word(3) + " " + w.Word(3) }, true},
		{"phrase", func() string { return fmt.Sprintf(`"%s %s"`, w.Word(20), w.Word(20)) }, true},
		{"frequent-phrase", func() string { return fmt.Sprintf(`"%s %s"`, w.Word(0), w.Word(0)) }, true},
		{"language", func() string { return w.Word(50) + " lang:" + lang() }, true},
		{"title", func() string { return "title:" + w.Word(100) }, true},
		{"published", func() string {
			from := day.AddDate(0, 0, w.IntN(300))
			return fmt.Sprintf("%s published:%s..%s", w.Word(50), from.Format(time.DateOnly), from.AddDate(0, 0, 30).Format(time.DateOnly))
		}, true},
		{"source", func() string { return fmt.Sprintf(`%s source:"outlet %d"`, w.Word(50), 1+w.IntN(outlets)) }, true},
		{"domain", func() string { return fmt.Sprintf("%s domain:outlet%d.example", w.Word(50), 1+w.IntN(outlets)) }, true},
		{"source-alone", func() string { return fmt.Sprintf(`source:"outlet %d"`, 1+w.IntN(outlets)) }, true},
		{"without", func() string { return w.Word(100) + " -" + w.Word(100) }, false},
		{"near", func() string { return w.Word(500) + " NEAR/5 " + w.Word(500) }, false},
		{"prefix", func() string {
			word := w.Word(500)
			return word[:min(3, len(word))] + "* " + w.Word(500)
		}, false},
	}
}

// warm lets the store remember what it needs of all articles, as one does that has been asked for a while.
func (a *archive) warm() error {
	for _, text := range []string{"the", "the published:<2024-05", "the published:<2024-09", "a published:2024-05..2024-06"} {
		q, err := query.Parse(text)
		if err != nil {
			return err
		}
		if _, err := a.store.Find(context.Background(), q, store.FindOptions{}); err != nil {
			return err
		}
	}
	for range 150 {
		q, err := query.Parse(a.world.Word(100) + " " + a.world.Word(100))
		if err != nil {
			continue
		}
		if _, err := a.store.Find(context.Background(), q, store.FindOptions{}); err != nil {
			return err
		}
	}
	return nil
}

// ask asks n queries of a kind for their first page, each twice: the second time, with what it reads in memory, counts. What counts is the
// processor time, which is what a query takes on a machine that does nothing else.
func (a *archive) ask(k kind, n int) error {
	a.world.Rand = rand.New(rand.NewPCG(11, uint64(len(k.name))))
	var took []time.Duration
	hits, partial := 0, 0
	for len(took) < n {
		q, err := query.Parse(k.draw())
		if err != nil { // a word that happens to be an operator
			continue
		}
		var found store.Found
		var t time.Duration
		for range 2 {
			began := processor()
			if found, err = a.store.Find(context.Background(), q, store.FindOptions{}); err != nil {
				return err
			}
			t = processor() - began
		}
		took = append(took, t)
		hits += found.Total
		if found.Partial {
			partial++
		}
	}
	slices.Sort(took)
	p50, p99 := took[n/2], took[n*99/100]
	bar := "-"
	if k.bar {
		bar = "<=20,<=150"
	}
	ok := !k.bar || p50 <= 20*time.Millisecond && p99 <= 150*time.Millisecond
	line("search."+k.name+".p50", ms(p50), "ms", fmt.Sprintf("p99=%.1f", ms(p99)), ok, bar)
	fmt.Printf("# search.%s: %.0f hits on average, %d of %d answers of the newest alone\n", k.name, float64(hits)/float64(n), partial, n)
	return nil
}

// processor gives the processor time that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// line prints a measure beside its bar.
func line(measure string, value float64, unit, peer string, ok bool, bar string) {
	verdict := "short"
	if ok {
		verdict = "ok"
	}
	fmt.Printf("%-36s %10.5g %-11s %-26s %-12s %s\n", measure, value, unit, peer, bar, verdict)
}
