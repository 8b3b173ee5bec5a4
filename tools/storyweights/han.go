package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"sort"
	"strings"

	"marsad/story"
	"marsad/text"
)

// pair is a name in Han characters beside the consonants of its Latin form.
type pair struct {
	han    []rune
	sounds string
	weight float64
}

// longest is how many consonants one character can write: 隆 is LN.
const longest = 2

// han learns which consonants a character writes in names, from a list of "latin<TAB>汉 字<TAB>count" lines, and writes one line a
// group of consonants: the group, a tab, the characters.
func han(list string, out io.Writer) error {
	pairs, err := readPairs(list)
	if err != nil {
		return err
	}
	prob := map[rune]map[string]float64{}
	for range 8 {
		prob = learn(pairs, prob)
	}
	return writeGroups(prob, out)
}

func readPairs(list string) ([]pair, error) {
	f, err := os.Open(list)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []pair
	for s := bufio.NewScanner(f); s.Scan(); {
		col := strings.Split(s.Text(), "\t")
		if len(col) != 3 {
			continue
		}
		p := pair{han: []rune(text.Normalize(strings.ReplaceAll(col[1], " ", ""))), sounds: story.Consonants(col[0]), weight: 1}
		if len(p.han) <= 10 && len(p.sounds) <= longest*len(p.han) {
			out = append(out, p)
		}
	}
	return out, nil
}

// learn is one round of expectation and maximization over the best way to cut each name.
func learn(pairs []pair, prob map[rune]map[string]float64) map[rune]map[string]float64 {
	count := map[rune]map[string]float64{}
	for _, p := range pairs {
		for i, cut := range bestCut(p, prob) {
			c := p.han[i]
			if count[c] == nil {
				count[c] = map[string]float64{}
			}
			count[c][cut] += p.weight
		}
	}
	return count
}

// bestCut deals the consonants of a name out to its characters.
func bestCut(p pair, prob map[rune]map[string]float64) []string {
	n, m := len(p.han), len(p.sounds)
	best := make([][]float64, n+1)
	from := make([][]int, n+1)
	for i := range best {
		best[i], from[i] = make([]float64, m+1), make([]int, m+1)
		for j := range best[i] {
			best[i][j] = math.Inf(-1)
		}
	}
	best[0][0] = 0
	for i, c := range p.han {
		for j := range best[i] {
			for k := 0; k <= longest && j+k <= m; k++ {
				if v := best[i][j] + likely(prob, c, p.sounds[j:j+k]); v > best[i+1][j+k] {
					best[i+1][j+k], from[i+1][j+k] = v, k
				}
			}
		}
	}
	if math.IsInf(best[n][m], -1) {
		return nil
	}
	out := make([]string, n)
	for i, j := n, m; i > 0; i-- {
		k := from[i][j]
		out[i-1] = p.sounds[j-k : j]
		j -= k
	}
	return out
}

// likely is the logarithm of the smoothed probability; before the first round one consonant a character is likeliest.
func likely(prob map[rune]map[string]float64, c rune, s string) float64 {
	base := [...]float64{.3, .6, .1}[len(s)]
	var sum float64
	for _, n := range prob[c] {
		sum += n
	}
	return math.Log((prob[c][s] + 2*base/50) / (sum + 2))
}

// writeGroups keeps the characters that were seen often enough and mostly write one group.
func writeGroups(prob map[rune]map[string]float64, out io.Writer) error {
	groups := map[string][]rune{}
	for c, cuts := range prob {
		var sum, top float64
		var group string
		for g, n := range cuts {
			sum += n
			if n > top || n == top && g < group {
				top, group = n, g
			}
		}
		if sum >= 12 && top >= .5*sum && c >= 0x4E00 {
			groups[group] = append(groups[group], c)
		}
	}
	var names []string
	for g, cs := range groups {
		names = append(names, g)
		slices.Sort(cs)
	}
	sort.Strings(names)
	for _, g := range names {
		if _, err := fmt.Fprintf(out, "%s\t%s\n", g, string(groups[g])); err != nil {
			return err
		}
	}
	return nil
}
