package entity

import "math"

// A score says how likely it is that a name of the list is the one that is asked for, rather than a stranger's who bears some of the
// same words. Each pair of words that are alike counts by how rare it is, in the list itself, to have a word so alike; words without
// their like count against, most where both names have some. How long the list is counts too: among 50,000 names chance finds what it
// does not among 50. So a score means the same on every list.

// ProbableName is the score from which a name of a list is probably the one that was asked for: of strangers who bear the same common
// words one in a thousand reaches it (see DESIGN.md).
const ProbableName = 0.5

// apartAt is the agreement of words below which they are strangers as often as not: see tools/translit.
const apartAt = -0.45

const (
	heresay   = 1000 // how many names the knowledge of the language weighs, beside those of the list
	unheard   = 5e-5 // share of names that bear a word that nobody is known to bear
	dropped   = 1.5  // what a word costs that only one of the names has, in natural logarithms of odds; the second and third less
	gainsaid  = 6.0  // what a word of each costs that the other lacks
	displaced = 1.4  // what words in another order cost
	nameless  = 1.0  // what it costs that the first word of a name, which is a person's own, has no like
	kinless   = 0.7  // the same of the last, which is the family's
	even      = 6.2  // odds, beside the length of the list, at which the score is a half
	length    = 0.25 // what the logarithm of the list's length adds to them
	gradient  = 2.0  // how many odds make the score steep
)

// score makes 0 to 1 of odds, for a list of n people.
func score(odds float64, people int) float64 {
	return 1 / (1 + math.Exp(-(odds-length*math.Log(float64(people)+1)-even)/gradient))
}

// trueLike is the logarithm of how often words of one name are so little alike.
func trueLike(like float64) float64 { return -4 * max(0, .9-like) / .6 }

// chance gives the share of names that have a word at least about as alike as each of a sorted list's, the most alike first, and notes
// what each is worth.
func (s *Screen) chance(u unit, found []alike) {
	const about = 0.1
	prior := heresay * shareOf(u)
	n := float64(s.people) + heresay
	mass, k := 0.0, 0
	for i := range found {
		for ; k < len(found) && found[k].like >= found[i].like-about; k++ {
			mass += float64(s.holders[found[k].unit])
		}
		found[i].worth = float32(trueLike(float64(found[i].like)) - math.Log((min(mass, float64(s.people))+prior)/n))
	}
}

// leftover is what words without their like cost: q of the name asked for, n of the list's name. agreements are how far pairs of them
// agree after all, the best first: below what counts as likeness there is still more and less.
func leftover(q, n int, agreements []float64) float64 {
	both := min(q, n)
	cost := gainsaid * float64(both)
	for _, a := range agreements {
		cost -= gainsaid * 0.8 * min(1, max(0, a-apartAt)/(floor-apartAt))
	}
	for k := range max(q, n) - both {
		cost += dropped / (1 + 0.5*float64(k))
	}
	return cost
}

// ends is what it costs that the first or last word of a name has no like.
func ends(used []bool) float64 {
	cost := 0.0
	if len(used) > 0 && !used[0] {
		cost += nameless
	}
	if len(used) > 0 && !used[len(used)-1] {
		cost += kinless
	}
	return cost
}

// disorder is what the order costs in which the matched words of one name stand in the other; at[i] is the place in the list's name of
// the i-th matched word. Whole names that begin elsewhere in the same circle, as in a register, have changed least.
func disorder(at []int, whole bool) float64 {
	falls := 0
	for i := 1; i < len(at); i++ {
		if at[i] < at[i-1] {
			falls++
		}
	}
	switch {
	case falls == 0:
		return 0
	case whole && falls == 1 && at[len(at)-1] < at[0]:
		return displaced / 2
	}
	return displaced + 0.5*float64(falls-1)
}
