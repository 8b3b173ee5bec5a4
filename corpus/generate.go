package corpus

import (
	"container/heap"
	"fmt"
	"iter"
	"math"
	"time"
)

// Shape says how much Generate makes.
type Shape struct {
	Seed   uint64
	Base   time.Time // its date is day 0
	Days   int
	PerDay int // items a day, about
}

// Generate gives an endless variety of the same world: happenings made of sixteen kinds, real places, invented people and firms, and
// forty outlets a language, in the order of publication. Truth is as in the written world, but publications carry no page: call
// [Publication.Draw] for one. The same shape gives the same items. It holds the happenings of about two days in memory. The first
// error ends the stream; it means that the sources under gen/ are broken.
//
// About half of the happenings have a single report, most others a few, some forty; one in seven hundred breaks: many independent
// reports within minutes. As many again are large without breaking: spread over a day, or one text with many copies. One in ten
// repeats the cast of an earlier happening in part, and must stay apart from it (Unlike names it).
func Generate(s Shape) iter.Seq2[Publication, error] {
	return func(yield func(Publication, error) bool) {
		k, err := stock()
		if err != nil {
			yield(Publication{}, err)
			return
		}
		g := &generator{k: k, shape: s, d: &dice{s.Seed}, busy: map[string]int{}}
		for day := range s.Days {
			if err := g.fillDay(day); err != nil {
				yield(Publication{}, err)
				return
			}
			if !g.emit(time.Duration(day+1)*24*time.Hour, yield) {
				return
			}
		}
		g.emit(math.MaxInt64, yield)
	}
}

type generator struct {
	k       *kitchen
	shape   Shape
	d       *dice
	count   int // happenings so far
	recent  []remembered
	busy    map[string]int // kind and place -> the day of the last such happening
	large   []*plot        // some that were widely reported, oldest first
	pending queue
}

type remembered struct {
	id     string
	recipe int
	cast   cast
}

// fillDay makes happenings until the day has about as many items as the shape asks for. Items of a happening may fall on the days after.
func (g *generator) fillDay(day int) error {
	for items := 0; items < g.shape.PerDay; {
		p, fresh, err := g.next(day)
		if err != nil {
			return err
		}
		items += len(fresh)
		moments := map[*Item]time.Time{}
		for _, it := range p.h.Items {
			moments[it] = it.Time(g.shape.Base)
		}
		for _, it := range fresh {
			at := time.Duration(p.h.Day)*24*time.Hour + it.when()
			heap.Push(&g.pending, &entry{at: at, it: it, moments: moments})
		}
	}
	return nil
}

// next makes a new happening, or now and then brings back an old one that was large; it gives the items that are new.
func (g *generator) next(day int) (*plot, []*Item, error) {
	const kept, wait = 40, 3
	if len(g.large) > 0 && day-g.large[0].h.Day >= wait && g.d.chance(0.0012) {
		p := g.large[0]
		g.large = g.large[1:]
		again, err := p.resurface(day)
		return p, again, err
	}
	p, err := g.happen(day)
	if err != nil {
		return nil, nil, err
	}
	if len(p.h.Items) > 5 && len(g.large) < kept && g.d.chance(0.1) {
		g.large = append(g.large, p)
	}
	return p, p.h.Items, nil
}

// happen makes one happening with all its items.
func (g *generator) happen(day int) (*plot, error) {
	d := g.d.fork()
	g.count++
	which, c := g.fresh(d, day)
	unlike := ""
	if len(g.recent) > 0 && d.chance(0.1) {
		old := pick(d, g.recent)
		which, c, unlike = old.recipe, g.k.relive(d, old.cast), old.id
	}
	r := &g.k.recipes[which]
	h := &Happening{ID: fmt.Sprintf("g%06d-%s", g.count, r.kind), Kind: r.kind, Day: day, Unlike: unlike, Actors: g.k.actors(c, r)}
	h.Title = fmt.Sprintf("%s in %s: %s", r.kind, c.place.names["en"], h.Actors["org"].Names["en"])
	p := &plot{k: g.k, d: d, recipe: r, cast: c, h: h, style: map[*Item]uint64{}, facts: map[*Item][]fact{}}
	g.remember(remembered{h.ID, which, c})
	return p, p.unfold()
}

// fresh throws a kind and a cast, avoiding a kind of happening that the same place had within two days.
func (g *generator) fresh(d *dice, day int) (which int, c cast) {
	for range 30 {
		which, c = d.n(len(g.k.recipes)), g.k.throwCast(d)
		key := g.k.recipes[which].kind + c.place.id
		if last, ok := g.busy[key]; !ok || day-last > 2 {
			g.busy[key] = day
			break
		}
	}
	return which, c
}

func (g *generator) remember(r remembered) {
	const kept = 400
	if len(g.recent) < kept {
		g.recent = append(g.recent, r)
		return
	}
	g.recent[g.count%kept] = r
}

// emit yields what is published before an offset from the base.
func (g *generator) emit(before time.Duration, yield func(Publication, error) bool) bool {
	for len(g.pending) > 0 && g.pending[0].at < before {
		e := heap.Pop(&g.pending).(*entry)
		p, err := e.it.publish(g.shape.Base, e.moments)
		if !yield(p, err) || err != nil {
			return false
		}
	}
	return true
}

// Draw makes the page of a generated publication: Body, ContentType, and what the page adds to the truth (pictures, removed pieces).
func (p *Publication) Draw() error {
	if p.Body != nil {
		return nil
	}
	return p.draw(nil)
}

type entry struct {
	at      time.Duration
	it      *Item
	moments map[*Item]time.Time
}

// queue is a heap of items by time, then id.
type queue []*entry

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].at < q[j].at || (q[i].at == q[j].at && q[i].it.ID < q[j].it.ID)
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(*entry)) }
func (q *queue) Pop() any {
	old := *q
	e := old[len(old)-1]
	old[len(old)-1] = nil
	*q = old[:len(old)-1]
	return e
}
