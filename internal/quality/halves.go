// Package quality scores every stage by language, in tests with pinned floors. What it holds outside of tests are the real texts that
// tests measure and tools/storyweights learns on; it ships nothing of them.
package quality

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"marsad/analysis"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/page"
	"marsad/story"
	"marsad/text"
)

// Real is a text of a newspaper that was published, nearly always of a happening that none of the others tells.
type Real struct{ ID, Lang, Headline, Body string }

// Half is a part of a real text, as if it were a report of its own: every other paragraph, so that the two share a happening, its
// people and its matter, and no sentence. It is harder than life, where two reports repeat the same facts.
type Half struct {
	Real
	Of     int // which real text
	Source int64
	At     time.Time
}

// Campaign tells whether a text is of the American campaign of 2016: one year, the same few people, no two happenings alike. Nothing
// may be learnt from these.
func (r Real) Campaign() bool { return strings.HasPrefix(r.ID, "campaign/") }

// Reals reads the real texts under the folder of labelled data: campaign reports in English (PolNeAR), and pages in some thirty
// languages (htmldate's and article-extraction-benchmark's).
func Reals(root string) ([]Real, error) {
	var out []Real
	files, err := filepath.Glob(filepath.Join(root, "quote", "polnear", "*", "text", "*.txt"))
	if err != nil {
		return nil, fmt.Errorf("quality: %w", err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("quality: %w", err)
		}
		head, body, _ := strings.Cut(strings.TrimSpace(string(raw)), "\n")
		out = append(out, Real{"campaign/" + strings.TrimSuffix(filepath.Base(f), ".txt"), "en", head, strings.TrimSpace(body)})
	}
	pages, err := realPages(filepath.Join(root, "page"))
	if err != nil {
		return nil, fmt.Errorf("quality: %w", err)
	}
	out = append(out, pages...)
	slices.SortFunc(out, func(a, b Real) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

func realPages(root string) (out []Real, err error) {
	raw, err := os.ReadFile(filepath.Join(root, "dates", "eval_mediacloud_2020.json"))
	if err != nil {
		return nil, err
	}
	var list map[string]struct{ File string }
	if err := json.Unmarshal(bytes.ReplaceAll(raw, []byte(": NaN"), []byte(": null")), &list); err != nil {
		return nil, err
	}
	add := func(id, url string, body []byte) {
		if a, err := page.Extract(news.Page{URL: url, Body: body, ContentType: "text/html"}, nil); err == nil {
			out = append(out, Real{id, a.Lang, a.Headline, a.Text})
		}
	}
	for url, p := range list {
		if body, err := os.ReadFile(filepath.Join(root, "dates", "pages", p.File)); err == nil {
			add("dates/"+p.File, url, body)
		}
	}
	files, err := filepath.Glob(filepath.Join(root, "aeb", "html", "*.html.gz"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		body, err := unzipped(f)
		if err != nil {
			return nil, err
		}
		add("aeb/"+filepath.Base(f)[:8], "https://news.example/", body)
	}
	return out, nil
}

func unzipped(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// Halves cuts every text that is long enough in two and spreads all over two weeks by the hash of their names: the second half
// follows within a day and a half. The happenings of a year lie side by side, and none is told apart by its day alone.
func Halves(texts []Real, from time.Time) (out []Half) {
	const enough = 350 // bytes
	for i, r := range texts {
		var parts [2][]string
		for k, p := range paragraphsOf(r.Body) {
			parts[k%2] = append(parts[k%2], p)
		}
		h := fnv.New64a()
		h.Write([]byte(r.ID))
		n := h.Sum64()
		at := from.Add(time.Duration(n%(12*24*60)) * time.Minute)
		if len(strings.Join(parts[1], "")) < enough { // too short to be cut: it stands alone
			out = append(out, Half{r, i, int64(1 + (n>>20)%40), at})
			continue
		}
		for k, p := range parts {
			one := Half{r, i, int64(1 + (n>>20+uint64(k)*7)%40), at}
			one.Body = strings.Join(p, "\n\n")
			if k == 1 {
				one.At = at.Add(10*time.Minute + time.Duration(n>>30%(36*60))*time.Minute)
				one.Headline = opening(one.Body)
			}
			out = append(out, one)
		}
	}
	slices.SortStableFunc(out, func(a, b Half) int { return a.At.Compare(b.At) })
	return out
}

func paragraphsOf(s string) (out []string) {
	for p := range strings.SplitSeq(s, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// opening gives the first dozen words of a text, or of one without spaces its first two dozen characters.
func opening(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if f := strings.Fields(s); len(f) > 3 {
		return strings.Join(f[:min(12, len(f))], " ")
	}
	r := []rune(s)
	return string(r[:min(24, len(r))])
}

// Input gives a half as an article of the desk.
func (h Half) Input(id int64) story.Input {
	a := news.Article{
		ID: id, SourceID: h.Source, Lang: h.Lang, Headline: h.Headline, Text: h.Body, Published: news.Stamp{Time: h.At, Zoned: true},
	}
	d := text.Analyze(a.Text, pack.For(a.Lang))
	return story.Input{
		Article: a, Doc: d, Analysis: analysis.Of(a, d, entity.Default()), Source: news.Source{ID: h.Source}, Arrived: h.At.Add(time.Minute),
	}
}
