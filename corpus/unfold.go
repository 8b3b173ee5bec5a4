package corpus

import (
	"math"
	"slices"
	"time"
)

// course is how a happening is reported: how many items, how they follow each other.
type course struct {
	items   int
	own     float64       // share of independent reports among the later items
	spread  time.Duration // mean distance of independent reports from the first
	breaks  bool
	oneWire bool // all later items come from the first
}

func (p *plot) course() course {
	d := p.d
	if p.recipe.burst && d.chance(0.004) {
		return course{items: d.between(24, 48), own: 0.55, spread: 14 * time.Minute, breaks: true}
	}
	roll := d.share()
	switch {
	case roll < 0.0015:
		return course{items: d.between(16, 36), own: 0.5, spread: 9 * time.Hour}
	case roll < 0.0045:
		return course{items: d.between(12, 30), oneWire: true, spread: 2 * time.Hour}
	case roll < 0.5:
		return course{items: 1}
	case roll < 0.84:
		return course{items: d.between(2, 5), own: 0.5, spread: 3 * time.Hour}
	default:
		return course{items: d.between(6, 14), own: 0.5, spread: 5 * time.Hour}
	}
}

// unfold writes the happening's items: the first report, then independent ones, copies, translations and updates.
func (p *plot) unfold() error {
	d, c := p.d, p.course()
	p.h.Breaks = c.breaks
	p.start = clockOf(d)
	if c.breaks { // what breaks may do so at any hour
		p.start = time.Duration(d.n(86400)) * time.Second
	}
	if _, err := p.report(p.freeOutlet(d, ""), p.start, d); err != nil {
		return err
	}
	for len(p.h.Items) < c.items {
		if err := p.follow(c); err != nil {
			return err
		}
	}
	p.settle()
	return nil
}

// settle puts the items in order, and one in two hundred behind a wrong clock.
func (p *plot) settle() {
	slices.SortStableFunc(p.h.Items, func(a, b *Item) int { return int(a.when() - b.when()) })
	for _, it := range p.h.Items {
		if p.d.chance(0.005) {
			it.clockFault = time.Duration(p.d.between(-26*60, 26*60)) * time.Minute
		}
	}
}

// resurface makes old news of a happening come back on a later day: many copies of its first report within minutes. It tells nothing
// new, and must not break again.
func (p *plot) resurface(day int) ([]*Item, error) {
	d, old := p.d, len(p.h.Items)
	at := time.Duration(day-p.h.Day)*24*time.Hour + clockOf(d)
	for range d.between(12, 26) {
		o := p.freeOutlet(d, p.h.Items[0].Outlet.Lang)
		if _, err := p.derive(p.h.Items[0], Copy, o, at+wait(d, 6*time.Minute), d); err != nil {
			return nil, err
		}
	}
	again := slices.Clone(p.h.Items[old:])
	p.settle()
	return again, nil
}

// follow adds one item after the first.
func (p *plot) follow(c course) error {
	d := p.d
	if !c.oneWire && d.chance(c.own) {
		at := p.start + wait(d, c.spread)
		_, err := p.report(p.freeOutlet(d, ""), at, d)
		return err
	}
	of := p.h.Items[0]
	if !c.oneWire {
		of = pick(d, p.h.Items)
	}
	rel := []Relation{Copy, Copy, Copy, Duplicate, Duplicate, Translation, Translation, Translation, Update, Copy}[d.n(10)]
	if of.Relation == Update || rel == Translation || rel == Update {
		of = of.Origin() // only a report of one's own is translated or brought up to date
		if of.Relation == Update {
			of = p.h.Items[0]
		}
	}
	lang := of.Outlet.Lang
	var o *Outlet
	switch rel {
	case Update:
		o = of.Outlet
	case Translation:
		for o == nil || o.Lang == lang {
			o = p.freeOutlet(d, "")
		}
	default:
		o = p.freeOutlet(d, lang)
	}
	delay := 2*time.Minute + wait(d, 35*time.Minute)
	if rel == Update {
		delay = 40*time.Minute + wait(d, 3*time.Hour)
	}
	_, err := p.derive(of, rel, o, of.when()+delay, d)
	return err
}

// freeOutlet draws an outlet, of a language if one is named, that has no item of the happening yet; the first throws prefer none.
func (p *plot) freeOutlet(d *dice, lang string) *Outlet {
	want := lang
	if want == "" {
		want = pick(d, genLangs)
	}
	var o *Outlet
	for range 8 {
		o = pick(d, p.k.outlets)
		for o.Lang != want {
			o = pick(d, p.k.outlets)
		}
		if !slices.ContainsFunc(p.h.Items, func(it *Item) bool { return it.Outlet == o }) {
			break
		}
	}
	return o
}

// wait draws an exponential waiting time with a mean, cut at eight times the mean.
func wait(d *dice, mean time.Duration) time.Duration {
	x := -math.Log(1 - d.share())
	return (time.Duration(min(x, 8) * float64(mean))).Truncate(time.Second)
}

// clockOf draws a time of day: two thirds between 06:00 and 18:00 UTC.
func clockOf(d *dice) time.Duration {
	hour := d.n(24)
	if d.chance(0.34) {
		hour = d.between(6, 17)
	}
	return time.Duration(hour)*time.Hour + time.Duration(d.n(3600))*time.Second
}
