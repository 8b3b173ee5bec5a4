// Command match measures standing queries: ours beside PostgreSQL, with its queries in a GIN index, and bleve, in one run on the same
// queries and articles. Both are drawn with a fixed seed from the vocabulary of the corpus, and of the news texts that MARSAD_DATA names.
// It prints a line for each measure: `measure value peer bar ok|short`.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"
	"runtime/pprof"
	"time"

	"marsad/bench/world"
	"marsad/news"
)

// bars are articles a second, the share of the floor and the 99th percentile of an article's time.
type bars struct {
	perSecond, ofFloor, ofPostgres float64
	p99                            time.Duration
}

type set struct {
	n    int
	kind string
	bars bars
}

func main() {
	million := flag.Bool("million", false, "measure a million queries too (needs 4 GB)")
	peers := flag.Bool("peers", true, "run PostgreSQL and bleve beside ours")
	count := flag.Int("articles", 200, "articles to match")
	only := flag.String("only", "", "measure only sets of this name, such as 100000.heavy")
	flag.IntVar(&rounds, "rounds", rounds, "how often each article is matched")
	profile := flag.String("profile", "", "write a processor profile here")
	flag.Parse()
	runtime.GOMAXPROCS(1)
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
	if err := measure(*million, *peers, *count, *only); err != nil {
		log.Fatal(err)
	}
}

func measure(million, peers bool, count int, only string) error {
	en, err := world.New("en", "aeioutnshrdlcmpgbfwyvk", nil)
	if err != nil {
		return err
	}
	ar, err := world.New("ar", "ابتثجحخدرزسشصضطعفقكلمنهوي", []string{"و", "ال", "وال", "ب", "بال", "ل", "لل"})
	if err != nil {
		return err
	}
	var pg *server
	if peers {
		if pg, err = startPostgres(); err != nil {
			fmt.Println("PostgreSQL is left out:", err)
			pg = nil
		} else {
			defer pg.stop()
		}
	}
	sets := []set{{10_000, "heavy", bars{perSecond: 22_000}}, {100_000, "realistic", bars{perSecond: 20_000, ofFloor: 1.3, ofPostgres: 120}}, {100_000, "heavy", bars{perSecond: 9_000}}}
	if million {
		sets = append(sets, set{1_000_000, "realistic", bars{perSecond: 9_000, p99: time.Millisecond}}, set{1_000_000, "heavy", bars{perSecond: 1_800, p99: 2 * time.Millisecond}})
	}
	for _, s := range sets {
		if only != "" && only != fmt.Sprintf("%d.%s", s.n, s.kind) {
			continue
		}
		english, err := side(en, s, count, pg, peers)
		if err != nil {
			return err
		}
		if s.n != 100_000 {
			continue
		}
		arabic, err := side(ar, s, count, nil, false)
		if err != nil {
			return err
		}
		share := 100 * arabic.perSecond / english.perSecond
		line(fmt.Sprintf("match.%d.%s.arabic-of-english", s.n, s.kind), share, "%", "-", share >= 50, ">=50")
	}
	return nil
}

// side measures one set of queries in one language.
func side(w *world.World, s set, count int, pg *server, peers bool) (result, error) {
	qs := w.Queries(s.kind, s.n)
	articles := make([]news.Article, count)
	for i := range articles {
		articles[i] = w.Article(int64(i), 500)
	}
	r := ours(w, qs, articles)
	name := fmt.Sprintf("match.%s.%d.%s", w.Lang, s.n, s.kind)
	beside, times := "-", 0.0
	if pg != nil {
		rate, found, err := pg.match(w, qs, articles[:min(count, 30)])
		if err != nil {
			return r, err
		}
		fmt.Printf("# %s: PostgreSQL finds %.1f queries in an article\n", name, found)
		times = r.perSecond / rate
		beside = fmt.Sprintf("postgresql=%.4g/s(%.0fx)", rate, times)
	}
	bar := s.bars.perSecond
	if w.Lang != "en" {
		bar = 0
	}
	line(name, r.perSecond, "articles/s", beside, r.perSecond >= bar, fmt.Sprintf(">=%.0f", bar))
	if b := s.bars.ofPostgres; b > 0 && pg != nil {
		line(name+".of-postgresql", times, "times", "-", times >= b, fmt.Sprintf(">=%.0f", b))
	}
	if w.Lang != "en" {
		return r, nil
	}
	if peers && s.n == 10_000 {
		some := qs[:1000]
		rate, err := besideBleve(some, articles[:min(count, 5)])
		if err != nil {
			return r, err
		}
		rate *= float64(len(some)) / float64(len(qs))
		line(name+".of-bleve", r.perSecond/rate, "times", fmt.Sprintf("bleve=%.3g/s", rate), r.perSecond > rate, ">1")
	}
	if b := s.bars.ofFloor; b > 0 {
		line(name+".of-tokens-and-look-up", r.floorShare, "times", "-", r.floorShare <= b, fmt.Sprintf("<=%.2g", b))
	}
	if b := s.bars.p99; b > 0 {
		line(name+".p99", float64(r.p99.Microseconds()), "us", "-", r.p99 < b, fmt.Sprintf("<%d", b.Microseconds()))
		line(name+".build", r.built.Seconds(), "s", "-", r.built <= 12*time.Second, "<=12")
		line(name+".edit", float64(r.edited.Microseconds())/1000, "ms", "-", r.edited <= 10*time.Millisecond, "<=10")
	}
	if s.kind == "heavy" && s.n >= 100_000 { // below, the words of the language weigh more than the queries
		line(name+".memory", r.bytes, "B/query", "-", r.bytes <= 160, "<=160")
	}
	fmt.Printf("# %s: %.1f of %d queries match an article, %.1f are verified of %.0f tried; built in %.2f s, an edit counts after %.2f ms; tokens %.1f, with look-up %.1f, all %.1f us\n",
		name, r.matched, s.n, r.looked, r.tried, r.built.Seconds(), float64(r.edited.Microseconds())/1000, us(r.tokens), us(r.floor), us(r.whole))
	return r, nil
}

func us(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
