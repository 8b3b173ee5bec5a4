package quality

import (
	"flag"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/quote"
	"marsad/text"
)

var misses = flag.String("misses", "", "print the misses of this measure")

// attribution is what an annotator of PolNeAR marked: brat stand-off with offsets in runes, made bytes here.
type attribution struct{ source, cue, content []news.Span }

// annotation reads one .ann file of a text.
func annotation(t testing.TB, file, body string) []attribution {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := make([]int, 0, len(body)+1) // byte of each rune
	for i := range body {
		at = append(at, i)
	}
	at = append(at, len(body))
	spans := map[string][]news.Span{}
	var out []attribution
	for _, line := range strings.Split(string(raw), "\n") {
		f := strings.Split(line, "\t")
		if len(f) < 2 {
			continue
		}
		if f[0][0] == 'T' {
			_, where, _ := strings.Cut(f[1], " ")
			for _, piece := range strings.Split(where, ";") {
				a, b, _ := strings.Cut(piece, " ")
				x, _ := strconv.Atoi(a)
				y, _ := strconv.Atoi(b)
				if x < y && y < len(at) {
					spans[f[0]] = append(spans[f[0]], news.Span{Start: at[x], End: at[y]})
				}
			}
			continue
		}
		if f[0][0] == 'E' {
			var a attribution
			for _, role := range strings.Fields(f[1]) {
				name, id, _ := strings.Cut(role, ":")
				switch strings.TrimRight(name, "0123456789") {
				case "Source":
					a.source = append(a.source, spans[id]...)
				case "Cue":
					a.cue = append(a.cue, spans[id]...)
				case "Content":
					a.content = append(a.content, spans[id]...)
				}
			}
			out = append(out, a)
		}
	}
	return out
}

func common(a, b news.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

func covered(a news.Span, by []news.Span) int {
	n := 0
	for _, b := range by {
		n += common(a, b)
	}
	return n
}

func bytesOf(spans []news.Span) int {
	n := 0
	for _, s := range spans {
		n += s.End - s.Start
	}
	return n
}

// tally counts what a stage said and what is true.
type tally struct{ right, said, found, true_, who, asked int }

func (c tally) precision() float64 { return part(c.right, c.said) }
func (c tally) recall() float64    { return part(c.found, c.true_) }
func (c tally) speaker() float64   { return part(c.who, c.asked) }

func part(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// floor prints a measure and fails the test when it falls under its pinned floor. The bar is what is aimed at.
func pinned(t *testing.T, name string, value, pinned, bar float64) {
	t.Helper()
	verdict := "ok"
	if value < bar {
		verdict = "short"
	}
	t.Logf("%-44s %.3f  -  %.2f %s", name, value, bar, verdict)
	if value < pinned {
		t.Errorf("%s fell to %.3f, its floor is %.3f", name, value, pinned)
	}
}

func labelled(t testing.TB, parts ...string) string {
	root := os.Getenv("MARSAD_DATA")
	if root == "" {
		root = "../../../shared/data"
	}
	dir := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("labelled data is not here: %v", err)
	}
	return dir
}

// TestQuotesPolNeAR measures English quotations. Direct: a quotation that we find is right when a content of the annotation
// covers four fifths of it; a stretch in double quotation marks inside a content is found when ours cover four fifths of it.
// Indirect: right when its words and a content have half of both together in common. Speaker: the words that we point at, or
// those that they stand for, and the annotated source have a word in common; quotations without a speaker count as wrong.
func TestQuotesPolNeAR(t *testing.T) {
	for _, f := range []struct {
		fold                                               string
		precision, recall, speaker, indirect, of, indirWho float64
	}{
		{"dev", .972, .880, .904, .845, .385, .936},
		{"train", .974, .857, .914, .842, .348, .923},
	} {
		name := "quote en PolNeAR " + f.fold
		direct, indirect := polnear(t, labelled(t, "quote", "polnear", f.fold))
		pinned(t, name+" direct precision", direct.precision(), f.precision, .92)
		pinned(t, name+" direct recall", direct.recall(), f.recall, .85)
		pinned(t, name+" direct speaker", direct.speaker(), f.speaker, .88)
		pinned(t, name+" indirect precision", indirect.precision(), f.indirect, .75)
		pinned(t, name+" indirect recall", indirect.recall(), f.of, 0)
		pinned(t, name+" indirect speaker", indirect.speaker(), f.indirWho, .88)
	}
}

func polnear(t *testing.T, dir string) (direct, indirect tally) {
	anns, err := filepath.Glob(filepath.Join(dir, "attributions", "*.ann"))
	if err != nil || len(anns) == 0 {
		t.Fatal("no annotations", err)
	}
	sort.Strings(anns)
	for _, file := range anns {
		stem := strings.TrimSuffix(filepath.Base(file), ".ann")
		stem = stem[:strings.LastIndexByte(stem, '_')]
		raw, err := os.ReadFile(filepath.Join(dir, "text", stem+".txt"))
		if err != nil || !utf8.Valid(raw) {
			t.Fatal(stem, err)
		}
		body := string(raw)
		gold := annotation(t, file, body)
		doc := text.Analyze(body, pack.For("en"))
		scorePolnear(t, body, gold, quote.Find(doc, known(doc)), &direct, &indirect)
	}
	return direct, indirect
}

func scorePolnear(t *testing.T, body string, gold []attribution, said []news.Quotation, direct, indirect *tally) {
	var marked []news.Span
	for _, q := range said {
		if q.Type != news.Indirect {
			marked = append(marked, q.Span)
		}
		c, best := direct, bestContent(q, gold)
		if q.Type == news.Indirect {
			c = indirect
		}
		c.said++
		if best == nil {
			if *misses == "precision" || *misses == string(q.Type) {
				t.Logf("NOT %s %s [%s] cue %v", q.Type, q.Rule, body[q.Start:q.End], cueOf(q, body))
			}
			continue
		}
		c.right++
		if len(best.source) == 0 {
			continue
		}
		c.asked++
		if speaks(q.Speaker, best.source) {
			c.who++
		} else if *misses == "speaker" {
			t.Logf("WHO %s %s [%s] said %q true %q", q.Type, q.Rule, body[q.Start:q.End], actorOf(q.Speaker, body), body[best.source[0].Start:best.source[0].End])
		}
	}
	for _, a := range gold {
		for _, c := range a.content {
			for _, s := range quoted(body, c) {
				direct.true_++
				if covered(s, marked)*5 >= (s.End-s.Start)*4 {
					direct.found++
				} else if *misses == "recall" {
					t.Logf("MISSED [%s] in %q", body[s.Start:s.End], body[max(0, c.Start-80):c.End])
				}
			}
		}
		indirect.true_++
		if matched(a, said) {
			indirect.found++
		} else if *misses == "unreported" {
			c := a.content[0]
			t.Logf("MISSED %q in %q", body[c.Start:c.End], body[max(0, c.Start-80):min(len(body), c.End+40)])
		}
	}
}

// matched tells whether one of the quotations has half of its words and of the attribution's content in common.
func matched(a attribution, said []news.Quotation) bool {
	for _, q := range said {
		if both := covered(q.Span, a.content); both*2 >= bytesOf(a.content)+q.End-q.Start-both {
			return true
		}
	}
	return false
}

func cueOf(q news.Quotation, body string) string {
	if q.Cue == nil {
		return ""
	}
	return body[q.Cue.Start:q.Cue.End] + " by " + actorOf(q.Speaker, body)
}

func actorOf(a *news.Actor, body string) string {
	if a == nil {
		return ""
	}
	return body[a.Start:a.End]
}

// bestContent gives the attribution that a quotation is right about, nil for none.
func bestContent(q news.Quotation, gold []attribution) *attribution {
	var best *attribution
	most := 0
	for i := range gold {
		both := covered(q.Span, gold[i].content)
		ok := both*5 >= (q.End-q.Start)*4
		if q.Type == news.Indirect {
			ok = both*2 >= bytesOf(gold[i].content)+q.End-q.Start-both
		}
		if q.Cue != nil && covered(q.Cue.Span, gold[i].cue) > 0 {
			both += 1000 // the annotation of the same verb, where contents are nested
		}
		if ok && both > most {
			best, most = &gold[i], both
		}
	}
	return best
}

func speaks(a *news.Actor, source []news.Span) bool {
	return a != nil && (covered(a.Span, source) > 0 || a.Named != nil && covered(*a.Named, source) > 0)
}

// quoted gives the stretches of a content that stand in double quotation marks, found by a simple scan of its own.
func quoted(body string, c news.Span) (out []news.Span) {
	open := -1
	for i, r := range body[c.Start:c.End] {
		switch {
		case open < 0 && (r == '“' || r == '"'):
			open = c.Start + i + utf8.RuneLen(r)
		case open >= 0 && (r == '”' || r == '"'):
			if c.Start+i > open {
				out = append(out, news.Span{Start: open, End: c.Start + i})
			}
			open = -1
		}
	}
	return out
}

// known gives the names that the product itself finds in a text.
func known(doc *text.Doc) []news.Mention { return entity.Default().Find(doc) }
