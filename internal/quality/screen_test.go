package quality

import (
	"fmt"
	"maps"
	"math/rand"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"marsad/entity"
	"marsad/text"
)

// arabPeople are names of people of the Arab world who are in the news, as Arabic writes them and as lists of several countries write
// them in Latin letters: testdata/people.tsv, written from memory, none of it taught to any model.
func arabPeople(t testing.TB) (list []entity.Alias, queries map[string]string) {
	body, err := os.ReadFile("testdata/people.tsv")
	if err != nil {
		t.Fatal(err)
	}
	queries = map[string]string{}
	for i, row := range strings.Split(strings.TrimSpace(string(body)), "\n") {
		arabic, latin, _ := strings.Cut(row, "\t")
		id := fmt.Sprint("known", i)
		queries[arabic] = id
		for _, name := range strings.Split(latin, "|") {
			list = append(list, entity.Alias{ID: id, Name: name})
		}
	}
	return list, queries
}

// nameWord is a word of Arabic names with the Latin forms that people write it in, the usual ones more often.
type nameWord struct {
	arabic string
	latin  []string
	weight int
}

// arabWords reads the words of names: given ones from the translit tool's own list, by how many bear them, and family names from the
// labelled pairs: those with letters that only Arabic names have.
func arabWords(t testing.TB, file string) (given, family []nameWord) {
	counts := map[string]int{}
	for _, p := range pairs(t, labelled(t, "xlit")+"/wd_arabic_64", 1<<20) {
		counts[p.other]++
	}
	by := map[string]*nameWord{}
	body, err := os.ReadFile("../../tools/translit/arabic.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range strings.Split(strings.TrimSpace(string(body)), "\n") {
		c := strings.Split(row, "\t")
		if c[1] == "عبد" || c[1] == "أبو" || c[1] == "أم" {
			continue // half a name
		}
		w := by[c[1]]
		if w == nil {
			w = &nameWord{arabic: c[1], weight: 1 + counts[c[1]]}
			by[c[1]] = w
		}
		w.latin = append(w.latin, c[0])
	}
	for _, w := range by {
		if strings.HasSuffix(w.arabic, "ي") && len([]rune(w.arabic)) > 4 {
			family = append(family, *w)
		} else {
			given = append(given, *w)
		}
	}
	for _, p := range pairs(t, labelled(t, "xlit")+"/"+file, 1<<20) {
		if by[p.other] == nil && len(p.latin) > 3 && strings.ContainsAny(p.other, "عحقصضطظ") && entity.SameWord(p.other, p.latin) > .6 {
			family = append(family, nameWord{p.other, []string{p.latin}, 1})
		}
	}
	sortWords(given)
	sortWords(family)
	return given, family
}

func sortWords(list []nameWord) {
	sort.Slice(list, func(i, j int) bool { return list[i].arabic < list[j].arabic })
}

// namer puts names of Arabs together from words: a given name, the father's and perhaps the grandfather's, and mostly a family name.
type namer struct {
	r             *rand.Rand
	given, family []nameWord
	total         int
}

func newNamer(seed int64, given, family []nameWord) *namer {
	n := &namer{r: rand.New(rand.NewSource(seed)), given: given, family: family}
	for _, w := range given {
		n.total += w.weight
	}
	return n
}

func (n *namer) first() nameWord {
	at := n.r.Intn(n.total)
	for _, w := range n.given {
		if at -= w.weight; at < 0 {
			return w
		}
	}
	return n.given[0]
}

func (n *namer) compose() (arabic, latin string) {
	var a, l []string
	add := func(w nameWord, article bool) {
		form := w.latin[n.r.Intn(len(w.latin))]
		form = strings.ToUpper(form[:1]) + form[1:]
		word := w.arabic
		if rest, ok := strings.CutPrefix(word, "ال"); ok && article {
			word = rest
		}
		switch {
		case article && n.r.Intn(4) > 0:
			a, l = append(a, "ال"+word), append(l, []string{"al-", "Al-", "El ", "Al ", "al "}[n.r.Intn(5)]+form)
		default:
			a, l = append(a, w.arabic), append(l, form)
		}
	}
	for k := 1 + n.r.Intn(3); k > 0; k-- {
		if len(a) > 0 && n.r.Intn(6) == 0 {
			a, l = append(a, "بن"), append(l, []string{"bin", "ibn", "ben", "Bin"}[n.r.Intn(4)])
		}
		add(n.first(), false)
	}
	if len(a) == 1 || n.r.Intn(5) > 0 {
		add(n.family[n.r.Intn(len(n.family))], true)
	} else {
		add(n.first(), n.r.Intn(2) == 0)
	}
	return strings.Join(a, " "), strings.Join(l, " ")
}

// register writes a Latin name as registers do: in capitals, family name first behind a comma, a middle name left out, hyphens for
// spaces before a family name, or as it is.
func (n *namer) register(latin string) string {
	w := strings.Fields(latin)
	switch n.r.Intn(8) {
	case 0:
		return strings.ToUpper(latin)
	case 1:
		last := len(w) - 1
		if last > 1 && len(w[last-1]) == 2 {
			last-- // El Masri
		}
		return strings.Join(w[last:], " ") + ", " + strings.Join(w[:last], " ")
	case 2:
		if len(w) > 3 {
			return strings.Join(append(w[:1:1], w[2:]...), " ")
		}
	case 3:
		return strings.ReplaceAll(strings.ReplaceAll(latin, "Al ", "Al-"), "El ", "El-")
	}
	return latin
}

// outcome is what one kind of query gave: the score of the right name where it came first, and those of wrong names.
type outcome struct{ right, wrong []float64 }

// screenAll asks for all names; with MISSES=screen it prints those that are not found.
func screenAll(t *testing.T, s *entity.Screen, queries map[string]string) (out outcome) {
	var missed []string
	for name, id := range queries {
		hits := s.Match(name, 5)
		score := 0.0
		for i, h := range hits {
			switch {
			case h.ID != id:
				out.wrong = append(out.wrong, h.Score)
			case i == 0:
				score = h.Score
			}
		}
		if score < entity.ProbableName {
			missed = append(missed, fmt.Sprintf("%.3f %s %+v", score, name, hits[:min(2, len(hits))]))
		}
		out.right = append(out.right, score)
	}
	if os.Getenv("MISSES") == "screen" {
		sort.Strings(missed)
		t.Log(strings.Join(missed, "\n"))
	}
	return out
}

// TestScreenPeople measures Arabic names of people among 50,000 strangers who bear the same given names, and strangers who ask for them.
func TestScreenPeople(t *testing.T) {
	given, family := arabWords(t, "wd_arabic_64")
	list, queries := arabPeople(t)
	measureScreen(t, "people", list, queries, given, family)
}

// TestScreenComposed does the same with people whose names are put together, their family names from words that no model learnt from.
func TestScreenComposed(t *testing.T) {
	given, family := arabWords(t, "wd_arabic_64")
	_, unseen := arabWords(t, "wd_arabic_16")
	people := newNamer(5, given, unseen)
	var list []entity.Alias
	queries := map[string]string{}
	for i := range 1000 {
		arabic, latin := people.compose()
		if _, twice := queries[arabic]; twice || strings.Count(arabic, " ") == 0 {
			continue
		}
		id := fmt.Sprint("known", i)
		queries[arabic] = id
		list = append(list, entity.Alias{ID: id, Name: people.register(latin)})
	}
	measureScreen(t, "composed", list, queries, given, family)
}

func measureScreen(t *testing.T, of string, list []entity.Alias, queries map[string]string, given, family []nameWord) {
	alone := entity.NewScreen(list)
	strangers := newNamer(3, given, family)
	for i := range 50000 {
		_, latin := strangers.compose()
		list = append(list, entity.Alias{ID: fmt.Sprint("other", i), Name: latin})
	}
	among := entity.NewScreen(list)
	start := time.Now()
	known := screenAll(t, among, queries)
	t.Logf("%s: %d queries, each word for the first time: %.0f a second", of, len(queries), float64(len(queries))/time.Since(start).Seconds())
	small := screenAll(t, alone, queries)
	asked := strangersAsk(t, alone, newNamer(4, given, family), 10000)
	for _, at := range []float64{.3, .4, .45, .5, .55, .6, .7} {
		t.Logf("%s at %.2f: found %.3f among 50,000, wrong names %.5f; alone found %.3f, strangers taken %.5f", of, at, above(known.right, at),
			above(known.wrong, at)*float64(len(known.wrong))/50000, above(small.right, at), above(asked, at))
	}
	p := entity.ProbableName
	f := screenFloors[of]
	beside(t, "entity screen "+of+" recall at 1 (Jaro-Winkler, 3,000)", above(known.right, 1e-9), peerRecall(list[:min(len(list), len(queries)*2+3000)], queries), f.first, .98)
	pinned(t, "entity screen "+of+" found, probable", above(known.right, p), f.found, .98)
	pinned(t, "entity screen "+of+" strangers not named", 1-above(known.wrong, p)*float64(len(known.wrong))/50000, f.refused, .999)
	pinned(t, "entity screen "+of+" alone found, probable", above(small.right, p), f.alone, .98)
	pinned(t, "entity screen "+of+" strangers asking refused", 1-above(asked, p), f.asking, .999)
}

// peerRecall is the share of some queries whose own name Jaro-Winkler ranks first in a list, both written in Latin letters one by one,
// the words in alphabetical order.
func peerRecall(list []entity.Alias, queries map[string]string) float64 {
	plain := func(s string) string {
		words := strings.Fields(text.Plain(text.Normalize(strings.NewReplacer("-", " ", "'", "", ",", " ").Replace(s))))
		slices.Sort(words)
		return strings.Join(words, " ")
	}
	latin := make([]string, len(list))
	for i, a := range list {
		latin[i] = plain(a.Name)
	}
	right, asked := 0, 0
	for _, name := range slices.Sorted(maps.Keys(queries)) {
		if asked++; asked > 100 {
			break
		}
		var words []string
		for _, w := range strings.Fields(name) {
			words = append(words, romanized(w))
		}
		q, best, id := plain(strings.Join(words, " ")), 0.0, ""
		for i, l := range latin {
			if v := jaroWinkler(q, l); v > best {
				best, id = v, list[i].ID
			}
		}
		if id == queries[name] {
			right++
		}
	}
	return float64(right) / float64(min(len(queries), 100))
}

// screenFloors are pinned.
var screenFloors = map[string]struct{ first, found, refused, alone, asking float64 }{
	"people":   {.985, .98, .9995, .98, .999},
	"composed": {.98, .975, .9985, .985, .998},
}

// strangersAsk gives the best scores of n strangers whose names are on no list.
func strangersAsk(t *testing.T, s *entity.Screen, who *namer, n int) []float64 {
	scores := make([]float64, n)
	names := make([]string, n)
	for i := range scores {
		name, _ := who.compose()
		names[i] = name
		if h := s.Match(name, 1); len(h) > 0 {
			scores[i] = h[0].Score
			names[i] += " = " + h[0].Name
		}
	}
	if os.Getenv("MISSES") == "screen" {
		for i, v := range scores {
			if v >= entity.ProbableName {
				t.Logf("%.3f %s", v, names[i])
			}
		}
	}
	return scores
}
