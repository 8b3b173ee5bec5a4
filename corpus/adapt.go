package corpus

import "strings"

// cutCopy is a copy's text: whole, trimmed, or as part of a longer text of its own, now and then of a much longer one.
func (p *plot) cutCopy(it *Item, own []element, d *dice) []element {
	mine := it.elements
	switch d.n(8) {
	case 0, 1:
		return own
	case 2: // a wire of 200 words within 900
		after := 1 + d.n(4)
		more := p.filler(it, d, d.between(16, 22))
		return append(append(append(append([]element{}, mine[:1]...), more[:after]...), own...), more[after:]...)
	case 3: // inside a longer text
		var more []element
		for _, f := range p.someFacts(d, it.Outlet) {
			if body, err := p.say(it, f); err == nil {
				more = append(more, element{kind: prose, body: body})
			}
		}
		return append(append(append([]element{}, mine[:1]...), own...), more...)
	}
	return own[:max(1, len(own)-d.between(1, 2))]
}

// adapt is a translation's text as outlets print them: a third are cut short, a fourth change the order, some add a paragraph.
func (p *plot) adapt(it *Item, d *dice) []element {
	out := append([]element{}, it.elements...)
	if d.chance(.35) && len(out) > 3 {
		out = out[:max(3, len(out)-d.between(1, 2))]
	}
	if d.chance(.25) && len(out) > 3 {
		i := d.between(1, len(out)-2)
		out[i], out[i+1] = out[i+1], out[i]
	}
	if d.chance(.15) {
		out = append(out, p.background(it, 1)...)
	}
	return out
}

// background is what an outlet says of a kind of happening in a place whenever there is one: the same words in every such report.
func (p *plot) background(it *Item, n int) (out []element) {
	d := &dice{hashed(it.Outlet.ID + p.cast.place.id + p.recipe.kind)}
	c := p.k.throwCast(d)
	c.place, c.org = p.cast.place, p.cast.org
	facts := speakerless(append(append([]fact{}, p.recipe.facts...), p.k.common...), "{@a", "{@b", "{d wd")
	for range min(n, len(facts)) {
		out = p.tell(out, it, pick(d, facts), &c, d)
	}
	return out
}

// filler is paragraphs of other matters, each with numbers of its own.
func (p *plot) filler(it *Item, d *dice, n int) (out []element) {
	facts := speakerless(p.k.common, "{@a", "{@b", "{@place", "{@org")
	for _, r := range p.k.recipes {
		facts = append(facts, speakerless(r.facts, "{@")...)
	}
	for len(out) < n {
		c := p.k.throwCast(d)
		out = p.tell(out, it, pick(d, facts), &c, d)
	}
	return out
}

func (p *plot) tell(out []element, it *Item, f fact, c *cast, d *dice) []element {
	body, err := p.sayOf(it, f, c, d.next())
	if err != nil {
		return out
	}
	return append(out, element{kind: prose, body: body})
}

// speakerless are the facts that hold none of some marks in any language: what names nobody may be told of anybody.
func speakerless(facts []fact, marks ...string) (out []fact) {
next:
	for _, f := range facts {
		for _, variants := range f.variants {
			for _, v := range variants {
				for _, m := range marks {
					if strings.Contains(v, m) {
						continue next
					}
				}
			}
		}
		out = append(out, f)
	}
	return out
}
