package quality

import (
	"bufio"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"marsad/corpus"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// beside is pinned with a peer's figure.
func beside(t *testing.T, name string, value, peer, floor, bar float64) {
	t.Helper()
	verdict := "ok"
	if value < bar {
		verdict = "short"
	}
	t.Logf("%-44s %.3f  %.3f  %.2f %s", name, value, peer, bar, verdict)
	if value < floor {
		t.Errorf("%s fell to %.3f, its floor is %.3f", name, value, floor)
	}
}

// pair is a word of names in Latin letters and in another script.
type pair struct{ latin, other string }

func pairs(t testing.TB, path string, most int) []pair {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []pair
	for s := bufio.NewScanner(f); s.Scan() && len(out) < most; {
		col := strings.Split(s.Text(), "\t")
		out = append(out, pair{col[0], strings.ReplaceAll(col[1], " ", "")})
	}
	return out
}

// scriptFloors are pinned: a lower one needs a line in CHANGELOG. The bars are those of the prototype.
var scriptFloors = []struct {
	file       string
	floor, bar float64
}{
	{"wd_arabic_16", .978, .983},
	{"wd_russian_16", .98, .984},
	{"wd_hebrew_16", .98, .985},
	{"wd_korean_16", .91, .938},
	{"wd_katakana_16", .96, 0},
	{"wd_chinese_16", .85, 0},
}

// TestNamesAcrossScripts measures how well single names in two scripts are told from strangers, each name beside its own Latin form
// and that of another: the best F1 over all thresholds, for ours and for Jaro-Winkler on a romanized form.
func TestNamesAcrossScripts(t *testing.T) {
	dir := labelled(t, "xlit")
	for _, f := range scriptFloors {
		all := pairs(t, dir+"/"+f.file, 4000)
		ours := bestF1(all, entity.SameWord)
		peer := bestF1(all, func(a, b string) float64 { return jaroWinkler(romanized(a), text.Plain(text.Normalize(b))) })
		beside(t, "entity one name "+f.file+" F1 (Jaro-Winkler)", ours, peer, f.floor, f.bar)
	}
}

func bestF1(all []pair, like func(a, b string) float64) float64 {
	type scored struct {
		score float64
		same  bool
	}
	var list []scored
	for i, p := range all {
		list = append(list, scored{like(p.other, p.latin), true}, scored{like(p.other, all[(i+len(all)/2)%len(all)].latin), false})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].score > list[j].score })
	best, hit := 0.0, 0
	for i, s := range list {
		if s.same {
			hit++
		}
		if i+1 < len(list) && list[i+1].score == s.score {
			continue // a threshold cannot fall between equals
		}
		best = max(best, 2*float64(hit)/float64(i+1+len(all)))
	}
	return best
}

// romanized writes letters of other scripts in Latin ones, one by one, as a reader without a model would.
func romanized(s string) string {
	var b strings.Builder
	for _, r := range entity.Letters(s) {
		b.WriteString(letters[r])
	}
	return b.String()
}

var letters = func() map[rune]string {
	m := map[rune]string{}
	for _, list := range []string{
		"ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l م m ن n ه h و u ي i ء a",
		"а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya",
		"א a ב b ג g ד d ה h ו v ז z ח h ט t י i כ k ל l מ m נ n ס s ע a פ p צ ts ק k ר r ש sh ת t",
		"ᄀ g ᄁ kk ᄂ n ᄃ d ᄄ tt ᄅ r ᄆ m ᄇ b ᄈ pp ᄉ s ᄊ ss ᄌ j ᄍ jj ᄎ ch ᄏ k ᄐ t ᄑ p ᄒ h ᅡ a ᅢ ae ᅣ ya ᅥ eo ᅦ e ᅧ yeo ᅨ ye ᅩ o ᅪ wa ᅬ oe ᅭ yo ᅮ u ᅯ wo ᅱ wi ᅲ yu ᅳ eu ᅴ ui ᅵ i ᆨ k ᆫ n ᆮ t ᆯ l ᆷ m ᆸ p ᆺ t ᆼ ng",
		"ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta チ chi ツ tsu テ te ト to ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu メ me モ mo ヤ ya ユ yu ヨ yo ラ ra リ ri ル ru レ re ロ ro ワ wa ン n ガ ga ギ gi グ gu ゲ ge ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo ダ da デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa ピ pi プ pu ペ pe ポ po ヴ vu",
	} {
		f := strings.Fields(list)
		for i := 0; i+1 < len(f); i += 2 {
			m[[]rune(f[i])[0]] = f[i+1]
		}
	}
	return m
}()

// jaroWinkler is the peer: Winkler's similarity of two strings.
func jaroWinkler(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	reach := max(len(x), len(y))/2 - 1
	usedX, usedY := make([]bool, len(x)), make([]bool, len(y))
	match := 0
	for i := range x {
		for k := max(0, i-reach); k < min(len(y), i+reach+1); k++ {
			if !usedY[k] && x[i] == y[k] {
				usedX[i], usedY[k] = true, true
				match++
				break
			}
		}
	}
	if match == 0 {
		return 0
	}
	k, swapped := 0, 0
	for i := range x {
		if usedX[i] {
			for !usedY[k] {
				k++
			}
			if x[i] != y[k] {
				swapped++
			}
			k++
		}
	}
	m := float64(match)
	jaro := (m/float64(len(x)) + m/float64(len(y)) + (m-float64(swapped)/2)/m) / 3
	prefix := 0
	for prefix < 4 && prefix < len(x) && prefix < len(y) && x[prefix] == y[prefix] {
		prefix++
	}
	return jaro + float64(prefix)*0.1*(1-jaro)
}

// TestScreen measures the screening of Arabic names against a list of Latin ones. The people that the gazetteer knows by a full
// Arabic name stand among 40,000 others that are put together from held-out words of names; the strangers are put together in the
// same way and are on no list.
func TestScreen(t *testing.T) {
	words := pairs(t, labelled(t, "xlit")+"/wd_arabic_16", 1<<20)
	r := rand.New(rand.NewSource(7))
	compose := func() (arabic, latin string) {
		var a, l []string
		for n := 2 + r.Intn(3); n > 0; n-- {
			p := words[r.Intn(len(words))]
			a, l = append(a, p.other), append(l, p.latin)
		}
		return strings.Join(a, " "), strings.Join(l, " ")
	}
	list, queries := knownPeople()
	for i := 0; i < 40000; i++ {
		_, latin := compose()
		list = append(list, entity.Alias{ID: fmt.Sprint("other", i), Name: latin})
	}
	s := entity.NewScreen(list)
	var scores []float64
	for name, id := range queries {
		score := 0.0
		if hits := s.Match(name, 1); len(hits) > 0 && hits[0].ID == id {
			score = hits[0].Score
		}
		scores = append(scores, score)
		if os.Getenv("MISSES") == "screen" && score < entity.ProbableName {
			t.Logf("%.3f %s %+v", score, name, s.Match(name, 2))
		}
	}
	sort.Float64s(scores)
	right := len(scores) - sort.SearchFloat64s(scores, 1e-9)
	pinned(t, fmt.Sprintf("entity screen recall at 1, %d names", len(scores)), float64(right)/float64(len(scores)), .93, .98)

	n := 3000
	var strangers []float64
	start := time.Now()
	for range n {
		name, _ := compose()
		if hits := s.Match(name, 1); len(hits) > 0 {
			strangers = append(strangers, hits[0].Score)
			if os.Getenv("MISSES") == "screen" && hits[0].Score >= entity.ProbableName {
				t.Logf("%.3f %s = %s", hits[0].Score, name, hits[0].Name)
			}
		}
	}
	rate := float64(n) / time.Since(start).Seconds()
	for _, at := range []float64{.45, .5, .55, .6, .65, .7} {
		t.Logf("at %.2f: %.3f of the known found, %.4f of the strangers taken for known", at, above(scores, at), above(strangers, at)*float64(len(strangers))/float64(n))
	}
	t.Logf("%.0f queries/s against %d names", rate, len(list))
	at := entity.ProbableName
	pinned(t, "entity screen known found, probable", above(scores, at), .95, .98)
	pinned(t, "entity screen strangers refused", 1-above(strangers, at)*float64(len(strangers))/float64(n), .996, .999)
}

func above(scores []float64, at float64) float64 {
	n := 0
	for _, s := range scores {
		if s >= at {
			n++
		}
	}
	return float64(n) / float64(max(1, len(scores)))
}

// knownPeople gives the list and the queries: people with a full name in Latin and in Arabic letters of as many words.
func knownPeople() ([]entity.Alias, map[string]string) {
	var list []entity.Alias
	queries := map[string]string{}
	names := entity.Default()
	for _, id := range names.IDs(news.Person) {
		e, _ := names.Entity(id)
		full := false
		for _, n := range e.Names["ar"] {
			if len(e.Names["en"]) > 0 && strings.Contains(n, " ") && strings.Count(n, " ") == strings.Count(e.Names["en"][0], " ") && !translated(n) {
				queries[n] = id
				full = true
			}
		}
		if full {
			for _, n := range e.Names["en"] {
				list = append(list, entity.Alias{ID: id, Name: n})
			}
		}
	}
	return list, queries
}

// translated tells whether a word of the name is translated rather than written by its sounds: titles, ordinals, junior.
func translated(name string) bool {
	for _, w := range strings.Fields(name) {
		switch w {
		case "الملك", "الملكة", "الأمير", "الأميرة", "البابا", "البطريرك", "الإمبراطور", "الشيخ", "الشيخة", "الثاني", "الثانية", "الثالث", "السادس", "السابع",
			"عشر", "الأب", "الابن", "الأول", "الخامس", "الرابع":
			return true
		}
	}
	return false
}

// anerFloors are what the lists alone give on ANERcorp, which nothing but the tagger has seen: known names whose words and kind are
// the marked ones.
var anerFloors = map[news.MentionKind][2]float64{news.Person: {.88, .14}, news.Place: {.87, .73}, news.Org: {.70, .39}}

// TestKnownNamesANERcorp measures the names that are said to be known, on Arabic news.
func TestKnownNamesANERcorp(t *testing.T) {
	sentences := conll(t, labelled(t, "ner")+"/anercorp-dev.conll")
	hit, said, want := map[news.MentionKind]int{}, map[news.MentionKind]int{}, map[news.MentionKind]int{}
	for _, s := range sentences {
		d := text.Analyze(s.text, pack.For("ar"))
		for _, g := range s.gold {
			want[g.Kind]++
		}
		for _, m := range entity.Default().Find(d) {
			if !m.Known || m.Rule == "title" {
				continue
			}
			said[m.Kind]++
			for _, g := range s.gold {
				if g.Kind == m.Kind && g.Start <= m.Start && m.Start <= g.Start+8 && m.End == g.End {
					hit[m.Kind]++
					break
				}
			}
		}
	}
	for _, k := range []news.MentionKind{news.Person, news.Place, news.Org} {
		pinned(t, "entity ANERcorp known "+string(k)+" precision", float64(hit[k])/float64(max(1, said[k])), anerFloors[k][0], 0)
		pinned(t, "entity ANERcorp known "+string(k)+" recall", float64(hit[k])/float64(max(1, want[k])), anerFloors[k][1], 0)
	}
}

// TestNamesProposed measures the names that no list knows on the open half of the invented world: the share of those proposed that
// are marked with the same kind. What is not marked there counts as wrong.
func TestNamesProposed(t *testing.T) {
	c, err := corpus.Load()
	if err != nil {
		t.Fatal(err)
	}
	published, err := c.At(time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	floors := map[string]float64{"ar": .9, "en": .97, "es": .95, "fr": .9, "ru": .95, "zh": .87}
	said, right := map[string]int{}, map[string]int{}
	for i := range published {
		p := &published[i]
		if c.Happening(strings.SplitN(p.Item.ID, "/", 2)[0]).Sealed() {
			continue
		}
		lang := p.Truth.Article.Lang
		for _, m := range entity.Default().Find(text.Analyze(p.Truth.Article.Text, pack.For(lang))) {
			if m.Known {
				continue
			}
			said[lang]++
			if slices.ContainsFunc(p.Truth.Mentions, func(g news.Mention) bool { return g.Kind == m.Kind && alikeSpans(g.Span, m.Span) >= .5 }) {
				right[lang]++
			} else if os.Getenv("MISSES") == "proposed" {
				text := p.Truth.Article.Text
				t.Logf("%s: %s %s %q in %q", lang, m.Kind, m.Rule, text[m.Start:m.End], window(text, m.Start, m.End))
			}
		}
	}
	for lang, floor := range floors {
		pinned(t, fmt.Sprintf("entity world proposed %s, %d names, precision", lang, said[lang]), float64(right[lang])/float64(max(1, said[lang])), floor, .9)
	}
}

// window gives a mention with some of the text around it.
func window(s string, from, to int) string {
	for from = max(0, from-60); from > 0 && !utf8.RuneStart(s[from]); from-- {
	}
	for to = min(len(s), to+40); to < len(s) && !utf8.RuneStart(s[to]); to++ {
	}
	return s[from:to]
}

type conllSentence struct {
	text string
	gold []news.Mention
}

func conll(t testing.TB, path string) []conllSentence {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	kinds := map[string]news.MentionKind{"PERS": news.Person, "LOC": news.Place, "ORG": news.Org}
	var out []conllSentence
	var s conllSentence
	flush := func() {
		if s.text != "" {
			out = append(out, s)
		}
		s = conllSentence{}
	}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		word, tag, ok := strings.Cut(sc.Text(), " ")
		if !ok {
			flush()
			continue
		}
		if s.text != "" {
			s.text += " "
		}
		at := len(s.text)
		s.text += word
		pos, kind, _ := strings.Cut(tag, "-")
		switch k, known := kinds[kind]; {
		case pos == "B" && known:
			s.gold = append(s.gold, news.Mention{Span: news.Span{Start: at, End: len(s.text)}, Kind: k})
		case pos == "I" && known && len(s.gold) > 0:
			s.gold[len(s.gold)-1].End = len(s.text)
		}
	}
	flush()
	return out
}
