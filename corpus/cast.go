package corpus

import (
	"fmt"
	"strconv"
	"strings"

	"marsad/news"
)

// cast is who and what a generated happening is about.
type cast struct {
	place   named
	org     int // index into marks
	a, b    [2]int
	quarter int
	things  [3]int
	numbers map[string]int
	options map[int]int // how many alternatives -> which one holds throughout the happening
}

func (k *kitchen) throwCast(d *dice) cast {
	c := cast{
		place: k.throwPlace(d), org: d.n(len(k.marks)), quarter: d.n(len(k.marks)),
		a: [2]int{d.n(len(k.given)), d.n(len(k.family))}, b: [2]int{d.n(len(k.given)), d.n(len(k.family))},
		numbers: map[string]int{
			"n1": d.between(210, 9900), "n2": d.between(11, 180), "n4": d.between(41, 4000), "n5": d.between(2, 9),
			"n6": d.between(11, 60), "n7": d.between(2, 40), "n8": d.between(3, 45), "n9": d.between(3, 70),
			"n0": d.between(2, 6),
		},
		options: map[int]int{},
	}
	for i := range c.things {
		c.things[i] = (d.n(len(k.things)/3) + i*len(k.things)/3) % len(k.things)
	}
	for n := 2; n < 6; n++ {
		c.options[n] = d.n(n)
	}
	return c
}

// throwPlace draws a real place half of the time.
func (k *kitchen) throwPlace(d *dice) named {
	if d.chance(0.5) {
		return k.places[d.n(k.real)]
	}
	return pick(d, k.places)
}

// relive turns a cast into a near one that must not be taken for it: the next package of the same fund, the same visitor elsewhere,
// the same kind of thing in the same town with other people.
func (k *kitchen) relive(d *dice, old cast) cast {
	c := k.throwCast(d)
	switch d.n(4) {
	case 3: // the same again: next week's report of the same office, a second quake
		c.org, c.place, c.a, c.b = old.org, old.place, old.a, old.b
	case 0:
		c.org, c.place = old.org, old.place
		c.numbers["n7"] = old.numbers["n7"] + 1
	case 1:
		c.a, c.org = old.a, old.org
	default:
		c.place = old.place
	}
	return c
}

// actors names the cast for the marks {@place}, {@org}, {@a} and {@b}.
func (k *kitchen) actors(c cast, r *recipe) map[string]*Actor {
	org := &Actor{Kind: news.Org, Names: map[string]string{}}
	org.ID = "demo:" + r.kind + "-" + slugged(k.marks[c.org]["en"])
	for lang, form := range r.org {
		org.Names[lang] = fmt.Sprintf(form, k.marks[c.org][lang])
	}
	return map[string]*Actor{
		"place": {ID: c.place.id, Kind: news.Place, Names: c.place.names}, "org": org,
		"a": k.person(c.a), "b": k.person(c.b),
	}
}

func (k *kitchen) person(p [2]int) *Actor {
	given, family := k.given[p[0]], k.family[p[1]]
	a := &Actor{ID: "demo:" + slugged(given["en"]+"-"+family["en"]), Kind: news.Person, Names: map[string]string{}}
	for lang := range given {
		joint := " "
		if lang == "zh" {
			joint = "·"
		}
		a.Names[lang] = given[lang] + joint + family[lang]
	}
	return a
}

func slugged(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "-")) }

// fill puts the cast's numbers, things and names into the slots {n1} {x1} {y1} of a text, and chooses among alternatives.
func (k *kitchen) fill(text, lang string, c *cast, choose func(n int, held bool) int) string {
	var out strings.Builder
	for text != "" {
		i := strings.IndexAny(text, "[{")
		if i < 0 {
			out.WriteString(text)
			break
		}
		out.WriteString(text[:i])
		text = text[i:]
		if text[0] == '[' {
			end := closing(text)
			options, held := strings.CutPrefix(text[1:end], "=")
			all := strings.Split(options, "|")
			out.WriteString(k.fill(all[choose(len(all), held)], lang, c, choose))
			text = text[end+1:]
			continue
		}
		slot, known := k.slot(text, lang, c)
		if known {
			out.WriteString(slot)
			text = text[strings.IndexByte(text, '}')+1:]
			continue
		}
		out.WriteByte('{')
		text = text[1:]
	}
	return out.String()
}

// closing finds the bracket that closes the one at the text's start; brackets are not nested.
func closing(text string) int {
	if i := strings.IndexByte(text, ']'); i > 0 {
		return i
	}
	return len(text) - 1
}

func (k *kitchen) slot(text, lang string, c *cast) (string, bool) {
	if len(text) < 4 || text[3] != '}' || text[2] < '0' || text[2] > '9' {
		return "", false
	}
	i := int(text[2] - '1')
	switch text[1] {
	case 'n':
		n, ok := c.numbers[text[1:3]]
		return strconv.Itoa(n), ok
	case 'x':
		if i >= 0 && i < len(c.things) {
			return k.things[c.things[i]][lang], true
		}
	case 'y':
		return k.marks[c.quarter][lang], true
	}
	return "", false
}
