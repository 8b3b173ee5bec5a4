package bench

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	dps "github.com/markusmobius/go-dateparser"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
	"marsad/timex"
)

// phrase is one of corpus/timex that means a day or a stretch of days.
type phrase struct {
	text       string
	start, end int
	published  time.Time
	first      []string // its first day, in each reading
}

func phrases(t testing.TB, file string) (out []phrase) {
	body, err := os.ReadFile(filepath.Join("..", "corpus", "timex", file+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 3 || len(f[2]) < 10 || f[2][4] != '-' || f[2][0] == 'X' {
			continue
		}
		i, j := strings.Index(f[1], "["), strings.Index(f[1], "]")
		published, err := time.Parse(time.DateOnly, f[0])
		if i < 0 || j < i || err != nil {
			t.Fatalf("%q", line)
		}
		var first []string
		for reading := range strings.SplitSeq(f[2], "|") {
			first = append(first, reading[:10])
		}
		out = append(out, phrase{f[1][:i] + f[1][i+1:j] + f[1][j+1:], i, j - 1, published, first})
	}
	return out
}

// TestDatesInWords asks both the same: is there exactly one finding in the phrase, and does it begin on the right day? The peer
// gives a moment and no interval, so no end is asked for.
func TestDatesInWords(t *testing.T) {
	for _, file := range []string{"ar", "ar.kinds", "ar.more", "en", "ru", "ru.more", "uk.more", "fa.more", "he.more"} {
		lang := file[:2]
		ps := phrases(t, file)
		ours, theirs, wrong := 0, 0, 0
		var ourTime, theirTime time.Duration
		for _, p := range ps {
			began := time.Now()
			doc := text.Analyze(p.text, pack.For(lang))
			found := timex.Find(doc, news.Stamp{Time: p.published, DayOnly: true})
			ourTime += time.Since(began)
			n, good := 0, false
			for _, x := range found {
				if x.End > p.start && x.Start < p.end {
					n++
					good = slices.Contains(p.first, x.From.Format(time.DateOnly))
				}
			}
			if n == 1 && good {
				ours++
			}
			began = time.Now()
			n, good, year := peer(p, lang)
			theirTime += time.Since(began)
			if n == 1 && good {
				theirs++
			} else if n == 1 && year {
				wrong++
			}
		}
		share := func(n int) float64 { return float64(n) / float64(len(ps)) }
		verdict := "ok"
		if ours <= theirs {
			verdict = "short"
			t.Errorf("%s: the peer is better", file)
		}
		t.Logf("timex first day/%s (%d phrases; peer names another year in %d; a phrase in %v, peer %v) %.3f peer go-dateparser %.3f bar peer %s",
			file, len(ps), wrong, ourTime/time.Duration(len(ps)), theirTime/time.Duration(len(ps)), share(ours), share(theirs), verdict)
	}
}

// peer gives how many findings of go-dateparser overlap the phrase, whether the last begins on the right day, and whether it
// names another year. It says no places: its findings are looked for in the text, in order.
func peer(p phrase, lang string) (n int, good, year bool) {
	cfg := &dps.Configuration{Languages: []string{lang}, CurrentTime: p.published}
	parser := dps.Parser{}
	_, found, err := parser.Search(cfg, p.text)
	if err != nil {
		return 0, false, false
	}
	from := 0
	for _, r := range found {
		at := strings.Index(p.text[from:], r.Text)
		if at < 0 {
			continue
		}
		start, end := from+at, from+at+len(r.Text)
		from = end
		if end > p.start && start < p.end {
			n++
			good = slices.Contains(p.first, r.Date.Time.Format(time.DateOnly))
			year = r.Date.Time.Format("2006") != p.first[0][:4]
		}
	}
	return n, good, year
}
