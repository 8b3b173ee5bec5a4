package corpus

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

//go:embed gen/*.txt
var genFiles embed.FS

// kitchen holds what generated happenings are made of.
type kitchen struct {
	recipes []recipe
	common  []fact  // facts that any happening may carry
	places  []named // the real ones first, then invented towns
	real    int     // how many are real
	given   []map[string]string
	family  []map[string]string
	marks   []map[string]string // invented proper names
	things  []map[string]string
	outlets []*Outlet
}

type named struct {
	id    string
	names map[string]string
}

// recipe is a kind of happening: how its headlines, leads and facts are said in each language. Texts hold marks as in world/, slots
// for names and numbers, and alternatives in brackets.
type recipe struct {
	kind     string
	burst    bool // happenings of this kind may break
	org      map[string]string
	headline fact
	lead     fact
	facts    []fact
}

// fact is one statement with its variants by language; the variants of one language say the same in other words.
type fact struct {
	id       string
	free     bool // alternatives are chosen anew for each item: nothing hangs on them
	variants map[string][]string
}

var stock = sync.OnceValues(loadKitchen)

func loadKitchen() (*kitchen, error) {
	k := &kitchen{}
	var err error
	read := func(name string) string {
		body, e := genFiles.ReadFile("gen/" + name)
		if e != nil && err == nil {
			err = e
		}
		return string(body)
	}
	for _, row := range rows(read("places.txt")) {
		k.places = append(k.places, named{row[0], byLang(row[1:], "en", "ar", "ru", "fr", "es", "zh")})
	}
	k.real = len(k.places)
	table := func(name string, langs ...string) (all []map[string]string) {
		for _, row := range rows(read(name)) {
			all = append(all, byLang(row, langs...))
		}
		return all
	}
	k.given, k.family, k.marks = table("given.txt", "en", "ar", "ru", "zh"), table("family.txt", "en", "ar", "ru", "zh"), table("marks.txt", "en", "ar", "ru", "zh")
	k.given = coin(k.given, 60, &dice{1})
	k.family = coin(k.family, 400, &dice{2})
	k.marks = coin(k.marks, 160, &dice{3})
	k.things = table("things.txt", "en", "ar", "ru", "fr", "es", "zh")
	common, e := parseRecipes("== common\n" + read("common.txt"))
	if e != nil {
		return nil, fmt.Errorf("corpus: common.txt: %w", e)
	}
	k.common = common[0].facts
	for i := range k.common {
		k.common[i].id, k.common[i].free = fmt.Sprintf("common%d", i), true
	}
	kinds, e := fs.Glob(genFiles, "gen/kinds-*.txt")
	if e != nil {
		return nil, fmt.Errorf("corpus: %w", e)
	}
	for _, name := range kinds {
		more, e := parseRecipes(read(strings.TrimPrefix(name, "gen/")))
		if e != nil {
			return nil, fmt.Errorf("corpus: %s: %w", name, e)
		}
		k.recipes = append(k.recipes, more...)
	}
	if err != nil {
		return nil, fmt.Errorf("corpus: %w", err)
	}
	k.makeTowns()
	k.outlets = k.makeOutlets()
	return k, nil
}

// rows reads lines of cells parted by bars; # begins a comment line.
func rows(src string) (all [][]string) {
	for line := range strings.Lines(src) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all = append(all, cells)
	}
	return all
}

// byLang names cells by language. French and Spanish write names as English does where they have no cell.
func byLang(cells []string, langs ...string) map[string]string {
	names := map[string]string{}
	for i, lang := range langs {
		if i < len(cells) {
			names[lang] = cells[i]
		}
	}
	for _, lang := range []string{"fr", "es"} {
		if names[lang] == "" {
			names[lang] = names["en"]
		}
	}
	return names
}

// parseRecipes reads "== kind" parts with "org:" and "burst:" lines and "-- section --" parts of "lang: text" lines.
func parseRecipes(src string) (all []recipe, err error) {
	var f *fact
	for n, line := range strings.Split(src, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "== "):
			all = append(all, recipe{kind: line[3:]})
			f = nil
		case len(all) == 0:
			return nil, fmt.Errorf("line %d: no kind yet", n+1)
		case strings.HasPrefix(line, "-- "):
			f = all[len(all)-1].section(strings.Trim(line, "- "))
		default:
			key, value, ok := strings.Cut(line, ":")
			r := &all[len(all)-1]
			value = strings.TrimSpace(value)
			switch {
			case !ok:
				return nil, fmt.Errorf("line %d: %q", n+1, line)
			case key == "burst":
				r.burst = value == "yes"
			case key == "org":
				r.org = map[string]string{}
				for part := range strings.SplitSeq(value, "|") {
					lang, form, _ := strings.Cut(strings.TrimSpace(part), "=")
					r.org[lang] = form
				}
			case f == nil:
				return nil, fmt.Errorf("line %d: text outside a section", n+1)
			default:
				f.variants[key] = append(f.variants[key], value)
			}
		}
	}
	return all, nil
}

func (r *recipe) section(name string) *fact {
	f := fact{id: name, variants: map[string][]string{}}
	switch name {
	case "headline":
		r.headline = f
		return &r.headline
	case "lead":
		r.lead = f
		return &r.lead
	}
	f.id = fmt.Sprintf("%s%d", r.kind, len(r.facts))
	r.facts = append(r.facts, f)
	return &r.facts[len(r.facts)-1]
}

// makeTowns invents places enough that a day of ten thousand items need not tell of two storms in one town.
func (k *kitchen) makeTowns() {
	forms := []map[string]string{
		{"en": "Port %s", "ar": "ميناء %s", "ru": "Порт-%s", "fr": "Port-%s", "es": "Puerto %s", "zh": "%s港"},
		{"en": "New %s", "ar": "%s الجديدة", "ru": "Новая %s", "fr": "Nouvelle-%s", "es": "Nueva %s", "zh": "新%s"},
		{"en": "%s Bay", "ar": "خليج %s", "ru": "Бухта %s", "fr": "Baie-%s", "es": "Bahía %s", "zh": "%s湾"},
		{"en": "Upper %s", "ar": "%s العليا", "ru": "Верхняя %s", "fr": "Haute-%s", "es": "Alta %s", "zh": "上%s"},
		{"en": "Fort %s", "ar": "حصن %s", "ru": "Форт-%s", "fr": "Fort-%s", "es": "Fuerte %s", "zh": "%s堡"},
	}
	for _, form := range forms {
		for _, mark := range k.marks {
			town := named{"demo:" + slugged(fmt.Sprintf(form["en"], mark["en"])), map[string]string{}}
			for lang, f := range form {
				town.names[lang] = fmt.Sprintf(f, mark[lang])
			}
			k.places = append(k.places, town)
		}
	}
}

// genLangs are the languages of generated items, and how much of the stream each has, in tenths.
var genLangs = []string{"en", "en", "en", "ar", "ar", "fr", "es", "ru", "zh", "es"}

// makeOutlets invents forty outlets a language, two of them agencies.
func (k *kitchen) makeOutlets() (all []*Outlet) {
	titles := map[string][]string{
		"en": {"The %s Post", "%s Herald"}, "ar": {"صحيفة %s", "أخبار %s"}, "ru": {"Газета «%s»", "Вестник «%s»"},
		"fr": {"Le Journal de %s", "%s Matin"}, "es": {"El Diario de %s", "La Gaceta %s"}, "zh": {"%s日报", "%s晚报"},
	}
	pages := []string{"broadsheet", "meta", "time", "graph", "breaks", "bare", "portal", "amp", "agency"}
	for _, lang := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
		for i := range 40 {
			o := &Outlet{
				ID: fmt.Sprintf("g-%s-%02d", lang, i), Host: fmt.Sprintf("g-%s-%02d.demo.test", lang, i), Lang: lang, Agency: i < 2,
				Name: fmt.Sprintf(titles[lang][i%2], k.marks[(i*7+len(lang)+int(lang[0]))%len(k.marks)][lang]),
				Feed: []string{"rss", "atom", "json"}[i%3], Page: pages[i%len(pages)], Path: "/{y}/{m}/{slug}-{n}",
				Offset: map[string]int{"ar": 180, "en": 0, "es": -240, "fr": 60, "ru": 180, "zh": 480}[lang],
				Months: []string{"gulf", "lev", "pair", "levpair"}[i%4], US: lang == "en" && i%3 == 0,
			}
			if lang == "ar" && i%10 == 9 {
				o.Digits = "arab"
			}
			if o.Agency {
				o.Page = "agency"
			}
			all = append(all, o)
		}
	}
	return all
}
