package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"marsad/internal/quality/shingle"
	"marsad/news"
)

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
func report(dir string, s *sample, a news.Article, c shingle.Overlap) {
	name := fmt.Sprintf("%.3f-%.8s", c.Both, filepath.Base(s.Path))
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nextra %.3f missing %.3f\n%s\n\n--- said\n%s\n\n--- true\n%s\n\n--- removed\n", s.URL, c.Extra, c.Missing, a.Headline, a.Text, s.Body)
	for _, r := range a.Removed {
		fmt.Fprintf(&b, "[%s %s %d] %s\n", r.Kind, r.Rule, r.Before, r.Text)
	}
	os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o644)
}
