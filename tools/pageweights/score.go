package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"marsad/news"
)

// counts are shares of the shingles of two texts: in both, only said, only true.
type counts struct{ both, extra, missing float64 }

func shingles(s string) map[string]int {
	w := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
	m := map[string]int{}
	if len(w) == 0 {
		return m
	}
	for i := 0; i < max(1, len(w)-3); i++ {
		m[strings.Join(w[i:min(len(w), i+4)], " ")]++
	}
	return m
}

func compare(said, body string) counts {
	a, b := shingles(said), shingles(body)
	var o counts
	for k, n := range a {
		o.both += float64(min(n, b[k]))
		o.extra += float64(n - min(n, b[k]))
	}
	for k, n := range b {
		o.missing += float64(n - min(n, a[k]))
	}
	if all := o.both + o.extra + o.missing; all > 0 {
		o = counts{o.both / all, o.extra / all, o.missing / all}
	}
	return o
}

func average(all []counts) (f, p, r float64) {
	np, nr := 0.0, 0.0
	for _, o := range all {
		if o.both+o.extra > 0 {
			p += o.both / (o.both + o.extra)
			np++
		}
		if o.both+o.missing > 0 {
			r += o.both / (o.both + o.missing)
			nr++
		}
	}
	p, r = p/max(np, 1), r/max(nr, 1)
	return 2 * p * r / max(p+r, 1e-9), p, r
}

// snippets counts as trafilatura's own evaluation does.
type snippets struct{ tp, fn, fp, tn, pages int }

func (c *snippets) count(said string, s *sample) {
	w := words(said)
	c.pages++
	for _, x := range s.With {
		if strings.Contains(w, strings.TrimSpace(words(x))) {
			c.tp++
		} else {
			c.fn++
		}
	}
	for _, x := range s.Without {
		if strings.Contains(w, strings.TrimSpace(words(x))) {
			c.fp++
		} else {
			c.tn++
		}
	}
}

func (c *snippets) print(who string) {
	p, r := float64(c.tp)/float64(max(c.tp+c.fp, 1)), float64(c.tp)/float64(max(c.tp+c.fn, 1))
	fmt.Printf("snippets %-8s F1 %.4f precision %.4f recall %.4f (%d pages)\n", who, 2*p*r/max(p+r, 1e-9), p, r, c.pages)
}

// report writes what was said of a page and what is true, the score in the name.
func report(dir string, s *sample, a news.Article, c counts) {
	name := fmt.Sprintf("%.3f-%.8s", c.both, filepath.Base(s.Path))
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nextra %.3f missing %.3f\n%s\n\n--- said\n%s\n\n--- true\n%s\n\n--- removed\n", s.URL, c.extra, c.missing, a.Headline, a.Text, s.Body)
	for _, r := range a.Removed {
		fmt.Fprintf(&b, "[%s %s %d] %s\n", r.Kind, r.Rule, r.Before, r.Text)
	}
	os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o644)
}
