// Command pageweights trains the weights of package page on labelled pages and writes them down.
//
// It reads a list of pages, one JSON object a line: {"path", "url", "body"} where the whole text is known, or {"path", "url",
// "with", "without", "texts"} where only snippets are: with and without are snippets that do and do not belong to the text, and
// texts are what other extractors say, which counts where they agree.
//
//	pageweights -pages list.jsonl -folds 5          cross-validate, pages of one host staying together
//	pageweights -pages list.jsonl -out weights.bin  train on all
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"log"
	"math"
	"math/rand"
	"net/url"
	"os"
	"strings"

	"marsad/internal/quality/press"
	"marsad/internal/quality/shingle"
	"marsad/news"
	"marsad/page"
)

// shippedKeep is the threshold that cross-validation chose.
const shippedKeep = 0.58

type sample struct {
	Path, URL, Body string
	With, Without   []string
	Texts           []string

	made   bool // of our own making: it teaches, and is never scored
	html   []byte
	fold   int
	sheet  *page.Sheet
	first  [][]float32
	labels []float32
	weight []float32
}

func main() {
	list := flag.String("pages", "", "list of labelled pages")
	out := flag.String("out", "", "where the weights go")
	folds := flag.Int("folds", 0, "cross-validate with so many folds")
	n1 := flag.Int("first", 40, "trees of the first look")
	n2 := flag.Int("second", 60, "trees of the second look")
	soft := flag.Float64("soft", 0.4, "weight of labels on which only the other extractors agree")
	said := flag.String("said", "", "folder for what cross-validation says of each page")
	made := flag.Bool("made", true, "teach with the open half of our own pages too")
	flag.Parse()
	samples := load(*list, *soft)
	if *made {
		samples = append(samples, ownPages()...)
	}
	s1 := settings{trees: *n1, rate: 0.15, lambda: 2, least: 3, rows: 0.7, columns: 0.5}
	s2 := settings{trees: *n2, rate: 0.08, lambda: 2, least: 3, rows: 0.7, columns: 0.5}
	if *folds > 0 {
		validate(samples, *folds, s1, s2, *said)
	}
	if *out != "" {
		w := train(samples, s1, s2)
		w.Keep = shippedKeep
		if err := os.WriteFile(*out, w.Bytes(), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

func load(list string, soft float64) []*sample {
	f, err := os.Open(list)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	var out []*sample
	in := bufio.NewReader(f)
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			break
		}
		s := &sample{}
		if err := json.Unmarshal(line, s); err != nil {
			log.Fatal(err)
		}
		out = append(out, s)
	}
	each(len(out), func(i int) { out[i].prepare(soft) })
	kept := out[:0]
	for _, s := range out {
		if s.sheet != nil && s.sheet.Len() > 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// prepare reads the page, its features and its labels.
func (s *sample) prepare(soft float64) {
	body, err := os.ReadFile(s.Path)
	if err != nil {
		log.Fatal(err)
	}
	if strings.HasSuffix(s.Path, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			log.Fatal(err)
		}
		if body, err = io.ReadAll(z); err != nil {
			log.Fatal(err)
		}
	}
	s.read(body, soft)
}

// ownPages gives the pages of package press whose layouts are not sealed.
func ownPages() []*sample {
	pages, err := press.Pages()
	if err != nil {
		log.Fatal(err)
	}
	var out []*sample
	for _, p := range pages {
		if p.Sealed {
			continue
		}
		s := &sample{URL: "https://" + p.Layout + ".example/", Body: p.Truth, made: true}
		if s.read([]byte(p.HTML), 1); s.sheet != nil && s.sheet.Len() > 0 {
			out = append(out, s)
		}
	}
	return out
}

// read takes in the page itself.
func (s *sample) read(body []byte, soft float64) {
	s.html = body
	s.sheet = page.NewSheet(news.Page{URL: s.URL, Body: body})
	if s.sheet == nil {
		return
	}
	s.fold = hostFold(s.URL)
	s.first = s.sheet.First()
	blocks := make([]string, s.sheet.Len())
	for i := range blocks {
		blocks[i] = s.sheet.Text(i)
	}
	s.weight = make([]float32, len(blocks))
	for i, b := range blocks {
		s.weight[i] = float32(12+min(len(b), 400)) / 100
	}
	if s.Body != "" {
		s.labels = label(blocks, s.Body)
	} else {
		s.softLabels(blocks, float32(soft))
	}
	var sum float64
	for i, l := range s.labels {
		sum += float64(l * s.weight[i])
	}
	scale := float32(1 / math.Sqrt(sum/20+0.2))
	if s.Body != "" {
		scale *= 1.2 // a whole text teaches more than snippets
	}
	for i := range s.weight {
		s.weight[i] *= scale
	}
}

// softLabels marks what the snippets say, and where they are silent what all other extractors agree on.
func (s *sample) softLabels(blocks []string, soft float32) {
	var votes [][]float32
	for _, t := range s.Texts {
		if len(t) > 200 {
			votes = append(votes, label(blocks, t))
		}
	}
	s.labels = make([]float32, len(blocks))
	for i, b := range blocks {
		yes, no := 0, 0
		for _, v := range votes {
			if v[i] > 0 {
				yes++
			} else {
				no++
			}
		}
		s.weight[i] *= soft
		switch {
		case len(votes) < 2 || yes > 0 && no > 0:
			s.weight[i] = 0
		case yes > 0:
			s.labels[i] = 1
		}
		w := words(b)
		for _, x := range s.Without {
			if strings.Contains(w, words(x)) && len(b) < 4*len(x)+60 {
				s.labels[i], s.weight[i] = 0, max(s.weight[i], 1)
			}
		}
		for _, x := range s.With {
			if strings.Contains(w, words(x)) {
				s.labels[i], s.weight[i] = 1, max(s.weight[i], 2)
			}
		}
	}
}

// hostFold spreads hosts over 60 buckets, so that any number of folds up to it keeps a host's pages together.
func hostFold(raw string) int {
	u, err := url.Parse(raw)
	if err != nil {
		return 0
	}
	parts := strings.Split(u.Hostname(), ".")
	n := 2
	if len(parts) > 2 && len(parts[len(parts)-2]) <= 3 {
		n = 3
	}
	h := fnv.New32a()
	io.WriteString(h, strings.Join(parts[max(0, len(parts)-n):], "."))
	return int(h.Sum32() % 60)
}

// train trains the first look on all, then the second on scores that the first gave to pages that it had not seen.
func train(samples []*sample, s1, s2 settings) *page.Weights {
	const inner = 2
	scores := make([][]float32, len(samples))
	for k := 0; k < inner; k++ {
		var seen []*sample
		for _, s := range samples {
			if s.fold/5%inner != k {
				seen = append(seen, s)
			}
		}
		w := page.NewWeights(trainFirst(seen, s1), nil)
		for i, s := range samples {
			if s.fold/5%inner == k {
				scores[i] = w.First(s.sheet)
			}
		}
	}
	first := trainFirst(samples, s1)
	var rows [][]float32
	var labels, weights []float32
	for i, s := range samples {
		rows, labels, weights = gather(rows, labels, weights, s, s.sheet.Second(scores[i]))
	}
	return page.NewWeights(first, bag(tabulate(rows, labels, weights), s2))
}

// bags is how many times the second look is trained, each time on other rows and features; their mean is steadier than each.
var bags = flag.Int("bags", 3, "trainings of the second look")

func bag(t *table, s settings) []page.Tree {
	var all []page.Tree
	for k := range *bags {
		for _, tree := range boost(t, s, rand.New(rand.NewSource(int64(2+k)))) {
			for i := range tree.Leaf {
				tree.Leaf[i] /= float32(*bags)
			}
			all = append(all, tree)
		}
	}
	return all
}

func trainFirst(samples []*sample, s settings) []page.Tree {
	var rows [][]float32
	var labels, weights []float32
	for _, x := range samples {
		rows, labels, weights = gather(rows, labels, weights, x, x.first)
	}
	return boost(tabulate(rows, labels, weights), s, rand.New(rand.NewSource(1)))
}

// gather adds a page's rows. Of the short blocks that are no text, which are most, a third stands for all.
func gather(rows [][]float32, labels, weights []float32, s *sample, f [][]float32) ([][]float32, []float32, []float32) {
	for i := range f {
		w := s.weight[i]
		if s.labels[i] == 0 && len(s.sheet.Text(i)) < 60 {
			if w *= 3; i%3 != 0 {
				continue
			}
		}
		if w > 0 {
			rows, labels, weights = append(rows, f[i]), append(labels, s.labels[i]), append(weights, w)
		}
	}
	return rows, labels, weights
}

// validate reports the scores on folds that training did not see.
func validate(samples []*sample, folds int, s1, s2 settings, said string) {
	var whole []shingle.Overlap
	var snips snippets
	thresholds := []float32{0.3, 0.4, 0.5, 0.6, 0.7}
	at := make([][]shingle.Overlap, len(thresholds))
	for k := 0; k < folds; k++ {
		var seen, unseen []*sample
		for _, s := range samples {
			if s.fold%folds == k && !s.made {
				unseen = append(unseen, s)
			} else {
				seen = append(seen, s)
			}
		}
		w := train(seen, s1, s2)
		for _, s := range unseen {
			if s.Body != "" {
				for j, keep := range thresholds {
					w.Keep = keep
					a, _ := w.Extract(news.Page{URL: s.URL, Body: s.html}, nil)
					at[j] = append(at[j], shingle.Compare(a.Text, s.Body))
				}
			}
			w.Keep = shippedKeep
			a, _ := w.Extract(news.Page{URL: s.URL, Body: s.html}, nil)
			if s.Body != "" {
				whole = append(whole, shingle.Compare(a.Text, s.Body))
				if said != "" {
					report(said, s, a, whole[len(whole)-1])
				}
			} else {
				snips.count(a.Text, s)
			}
		}
		fmt.Fprintf(os.Stderr, "fold %d: %d pages unseen\n", k, len(unseen))
	}
	f, p, r := shingle.F1(whole)
	fmt.Printf("whole texts  F1 %.4f precision %.4f recall %.4f (%d pages)\n", f, p, r, len(whole))
	for j, keep := range thresholds {
		f, p, r := shingle.F1(at[j])
		fmt.Printf("  keep from %.1f: F1 %.4f precision %.4f recall %.4f\n", keep, f, p, r)
	}
	snips.print("ours")
	for k := 0; k < 2; k++ {
		var peer snippets
		for _, s := range samples {
			if s.Body == "" && k < len(s.Texts) {
				peer.count(s.Texts[k], s)
			}
		}
		peer.print(fmt.Sprint("peer ", k))
	}
}
