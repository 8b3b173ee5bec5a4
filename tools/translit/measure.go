package main

import (
	"fmt"
	"log"
	"sort"

	"marsad/entity"
)

// measure prints how well agreement tells the pairs of a file from as many that are joined at random (each name with the Latin
// name half the file further on): the best F1 and its threshold, and the share of names that rank their own Latin name first
// among 1,000.
func measure(script string, m []entity.Chunk, path string) {
	pairs, err := read(path)
	if err != nil {
		log.Fatal(err)
	}
	agree := entity.Model(m)
	type scored struct {
		score float64
		same  bool
	}
	var all []scored
	for i, p := range pairs {
		all = append(all, scored{agree(p.s, p.l), true}, scored{agree(p.s, pairs[(i+len(pairs)/2)%len(pairs)].l), false})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].score > all[j].score })
	best, at, hit := 0.0, 0.0, 0
	for i, s := range all {
		if s.same {
			hit++
		}
		if f := 2 * float64(hit) / float64(i+1+len(pairs)); f > best {
			best, at = f, s.score
		}
	}
	fmt.Printf("%s: F1 %.4f at %.2f on %d pairs, rank-1 %.3f\n", script, best, at, len(pairs), first(agree, pairs[:min(len(pairs), 1000)]))
}

func first(agree func([]rune, string) float64, pairs []pair) float64 {
	right := 0
	for i := 0; i < len(pairs); i += 5 {
		own, better := agree(pairs[i].s, pairs[i].l), false
		for j := range pairs {
			if pairs[j].l != pairs[i].l && agree(pairs[i].s, pairs[j].l) > own {
				better = true
				break
			}
		}
		if !better {
			right++
		}
	}
	return float64(right) / float64((len(pairs)+4)/5)
}
