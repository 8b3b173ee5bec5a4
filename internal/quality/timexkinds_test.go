package quality

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
	"marsad/timex"
)

// kindFloors are the shares right of corpus/timex/<file>.tsv. Kinds: the kinds of dates and periods that the specs of
// Recognizers-Text hold, in the wordings of a language for which the specs give no meaning or few. More: phrases of the news, clock
// times, lengths and repetitions among them. The open half counts.
var kindFloors = []struct {
	file, lang string
	floor, bar float64
	hash       string // of the file, so that a truth is not changed to fit what the rules say
}{
	{"ar.more", "ar", .9, .85, "2ed42de5b6ee27331162ab21cb716f9751cd3dac782dadee74fa96d319d5d5ef"},
	{"uk.more", "uk", .9, .75, "c74d3a1360d88be99aa5c0f6d8a3486d7fdbaf79a762be757393071bc8ce1f7c"},
	{"fa.more", "fa", .98, .75, "1be1b3c6d5dd40d00eeb7ad5541582bdb60e3c718ae156973a2b004058083adb"},
	{"he.more", "he", .9, .75, "71c5a640f949de5958659bf7f0de17fc28ec25ab84bcbbdfd11dc33e8518f18e"},
	{"ru.more", "ru", .94, .75, "d7b64366522604bf3cd35fef341ae2f13938914d80bb25fc2853f3e4a2f98514"},
	{"ar.kinds", "ar", .97, .85, "e2115092b36e08b8da1d8a2b74c215844ea6d9fd3ab00155991c9ba2d99f4a06"},
}

// TestTimexKinds scores the kinds as the specs are scored; the sealed half only with MARSAD_SEALED=1.
func TestTimexKinds(t *testing.T) {
	half := os.Getenv("MARSAD_SEALED") == "1"
	for _, f := range kindFloors {
		body, err := os.ReadFile(filepath.Join("..", "..", "corpus", "timex", f.file+".tsv"))
		if err != nil {
			t.Fatal(err)
		}
		if h := fmt.Sprintf("%x", sha256.Sum256(body)); h != f.hash {
			t.Errorf("%s.tsv is not the one that was sealed: %s", f.file, h)
		}
		ok, n, wrong := 0, 0, 0
		for line := range strings.Lines(string(body)) {
			c := strings.Split(strings.TrimRight(line, "\n"), "\t")
			if len(c) != 3 || sealed(c[1]) != half {
				continue
			}
			good, year, said := kindRight(t, f.lang, c)
			n++
			if good {
				ok++
			} else if !half {
				t.Logf("miss %s | %s | want %s | got %s", c[0], c[1], c[2], said)
			}
			if year {
				wrong++
			}
		}
		got := float64(ok) / float64(max(n, 1))
		verdict := "ok"
		if got < f.bar {
			verdict = "short"
		}
		t.Logf("timex kinds/%s %.3f peer - bar %.2f %s  %d/%d, wrong years %d, sealed half %v", f.file, got, f.bar, verdict, ok, n, wrong, half)
		if got < f.floor && !half {
			t.Errorf("%s fell to %.3f, floor %.3f", f.file, got, f.floor)
		}
	}
}

// kindRight tells whether a case is right, and whether a reading claims a year that no reading of the case begins in.
func kindRight(t *testing.T, lang string, c []string) (good, wrongYear bool, said string) {
	anchor, err := time.Parse(time.DateOnly, c[0])
	i, j := strings.Index(c[1], "["), strings.Index(c[1], "]")
	if err != nil || i < 0 || j < i {
		t.Fatalf("%s: %q", lang, c)
	}
	s := c[1][:i] + c[1][i+1:j] + c[1][j+1:]
	span := news.Span{Start: i, End: j - 1}
	var want []reading
	years := map[string]bool{}
	for r := range strings.SplitSeq(c[2], "|") {
		first, last, _ := strings.Cut(r, "/")
		first, _, _ = strings.Cut(first, "T")
		want = append(want, reading{first, last})
		years[first[:min(4, len(first))]] = true
	}
	if c[2][0] < '0' || c[2][0] > '9' {
		want = nil
	}
	ts := timex.Find(text.Analyze(s, pack.For(lang)), news.Stamp{Time: anchor})
	for _, x := range ts { // a year that no reading has
		if x.End > span.Start && x.Start < span.End && !x.From.IsZero() && x.Certainty > .5 && want != nil && !years[x.From.Format("2006")] {
			wrongYear = true
		}
	}
	return right(ts, span, want) && means(ts, span, c[2]), wrongYear, told(s, ts)
}

// means checks what right does not: a value that is no day, and the clock.
func means(ts []news.Timex, span news.Span, want string) bool {
	for _, x := range ts {
		if x.End <= span.Start || x.Start >= span.End {
			continue
		}
		switch {
		case want[0] < '0' || want[0] > '9':
			return x.Value == want
		case strings.Contains(want, "T"):
			return x.From.Format("2006-01-02T15:04") == want
		}
	}
	return true
}
