package main

import (
	"fmt"

	"marsad/entity"
)

// span is a name: its tokens and its kind.
type span struct{ from, to, kind int }

func spans(tags []int) map[span]bool {
	out := map[span]bool{}
	for i := 0; i < len(tags); {
		from := i
		for i++; i < len(tags) && tags[from] != 0 && tags[i] != 0 && tags[i]%2 == 0; i++ {
		}
		if tags[from] != 0 {
			out[span{from, i, (tags[from] - 1) / 2}] = true
		}
	}
	return out
}

// validate prints precision, recall and F1 by kind on five held-out fifths, for several degrees of caution.
func validate(all []sentence, rounds int) {
	cautions := []float32{0, 1, 2, 3, 4, 6, 8}
	hit, said, true_ := map[float32][3]int{}, map[float32][3]int{}, map[float32][3]int{}
	for fold := 0; fold < 5; fold++ {
		var train, test []sentence
		for i, s := range all {
			if i*5/len(all) == fold {
				test = append(test, s)
			} else {
				train = append(train, s)
			}
		}
		m := entity.NewTagModel(string(learn(train, rounds).bytes()))
		for _, c := range cautions {
			h, s, t := hit[c], said[c], true_[c]
			for _, x := range test {
				want, got := spans(x.tags), spans(m.Decode(x.features, c))
				for k := range want {
					t[k.kind]++
				}
				for k := range got {
					s[k.kind]++
					if want[k] {
						h[k.kind]++
					}
				}
			}
			hit[c], said[c], true_[c] = h, s, t
		}
	}
	for _, c := range cautions {
		fmt.Printf("caution %v:", c)
		var h, s, t int
		for k, kind := range []string{"PER", "LOC", "ORG"} {
			show(kind, hit[c][k], said[c][k], true_[c][k])
			h, s, t = h+hit[c][k], s+said[c][k], t+true_[c][k]
		}
		show("all", h, s, t)
		fmt.Println()
	}
}

func show(kind string, hit, said, want int) {
	p, r := float64(hit)/float64(max(said, 1)), float64(hit)/float64(max(want, 1))
	fmt.Printf("  %s P %.3f R %.3f F1 %.3f", kind, p, r, 2*p*r/max(p+r, 1e-9))
}
