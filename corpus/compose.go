package corpus

import (
	"fmt"
	"hash/fnv"
	"time"
)

// plot is one generated happening while its items are written.
type plot struct {
	k      *kitchen
	d      *dice
	recipe *recipe
	cast   cast
	h      *Happening
	start  time.Duration // clock of the first report
	style  map[*Item]uint64
	facts  map[*Item][]fact
}

// write makes an item of the plot, unpublished: its text from a lead and some facts, in the outlet's language.
func (p *plot) write(o *Outlet, at time.Duration, facts []fact, style uint64) (*Item, error) {
	it := &Item{
		ID: fmt.Sprintf("%s/%d", p.h.ID, len(p.h.Items)), Happening: p.h, Outlet: o, Relation: Original,
		Day: int(at / (24 * time.Hour)), Clock: at % (24 * time.Hour),
	}
	it.slug = fmt.Sprintf("%s-%d", p.h.ID, len(p.h.Items))
	p.style[it], p.facts[it] = style, facts
	var err error
	if it.headline, err = p.say(it, p.recipe.headline); err != nil {
		return nil, err
	}
	for _, f := range append([]fact{p.recipe.lead}, facts...) {
		body, err := p.say(it, f)
		if err != nil {
			return nil, err
		}
		it.elements = append(it.elements, element{kind: prose, body: body})
	}
	p.h.Items = append(p.h.Items, it)
	return it, nil
}

// say renders a fact in the item's language and style, with the numbers of the happening, which one style in five rounds.
func (p *plot) say(it *Item, f fact) ([]node, error) {
	c := p.cast
	if p.style[it]%5 == 0 {
		c.numbers = map[string]int{}
		for slot, n := range p.cast.numbers {
			c.numbers[slot] = rounded(n)
		}
	}
	return p.sayOf(it, f, &c, p.style[it])
}

// rounded keeps two digits of a large number.
func rounded(n int) int {
	unit := 1
	for n/unit >= 300 {
		unit *= 10
	}
	return (n + unit/2) / unit * unit
}

// sayOf renders a fact about any cast. Alternatives that are held, or that are three and more in a fact that is not free, are the same
// throughout the happening; the others belong to the style, which a translation takes over.
func (p *plot) sayOf(it *Item, f fact, c *cast, style uint64) ([]node, error) {
	lang := it.Outlet.Lang
	variants := f.variants[lang]
	if len(variants) == 0 {
		return nil, fmt.Errorf("corpus: %s: %s has no %s", p.recipe.kind, f.id, lang)
	}
	style = mix(style ^ hashed(f.id))
	text := variants[style%uint64(len(variants))]
	throws := dice{style}
	filled := p.k.fill(text, lang, c, func(n int, held bool) int {
		own := throws.n(n)
		if held || (n > 2 && !f.free) || n > 3 {
			return c.options[n]
		}
		return own
	})
	nodes, err := parseInline(filled)
	if err != nil {
		return nil, fmt.Errorf("corpus: %s %s %s: %w", p.recipe.kind, f.id, lang, err)
	}
	return nodes, nil
}

func hashed(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// someFacts draws facts for a report: the recipe's own and common ones, in any order. An agency's report is long.
func (p *plot) someFacts(d *dice, o *Outlet) []fact {
	all := append(append([]fact{}, p.recipe.facts...), p.k.common...)
	for i := len(all) - 1; i > 0; i-- {
		j := d.n(i + 1)
		all[i], all[j] = all[j], all[i]
	}
	if o.Agency || d.chance(.1) {
		return all[:d.between(6, min(9, len(all)))]
	}
	return all[:d.between(2, min(6, len(all)))]
}

// report writes an item of its own; three in ten close with what the outlet has said of such a place before.
func (p *plot) report(o *Outlet, at time.Duration, d *dice) (*Item, error) {
	it, err := p.write(o, at, p.someFacts(d, o), d.next())
	if err == nil && d.chance(.3) {
		it.elements = append(it.elements, p.background(it, d.between(1, 2))...)
	}
	return it, err
}

// derive makes an item from another: a copy, a duplicate, a translation or an update.
func (p *plot) derive(of *Item, rel Relation, o *Outlet, at time.Duration, d *dice) (*Item, error) {
	style := p.style[of]
	facts := p.facts[of]
	switch rel {
	case Translation:
	case Update:
		style, facts = d.next(), p.someFacts(d, o)[:1]
	default:
		style = d.next()
	}
	it, err := p.write(o, at, facts, style)
	if err != nil {
		return nil, err
	}
	it.Relation, it.Of = rel, of
	own := of.paragraphs()
	switch rel {
	case Duplicate:
		it.headline, it.elements = of.headline, own
	case Copy:
		it.elements = p.cutCopy(it, own, d)
	case Translation:
		it.elements = p.adapt(it, d)
	case Update:
		it.elements = append(it.elements, own[1+d.n(len(own)-1):]...)
	}
	if rel != Update && d.chance(0.7) {
		it.Credit = of.Outlet.Name
	}
	return it, nil
}
