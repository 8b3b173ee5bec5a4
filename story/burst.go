package story

import (
	"math"
	"slices"

	"marsad/news"
)

// The burst test counts the independent reports of a young story against the rate at which stories of its language gain such
// reports at that hour.
const (
	young      = 3 * 3600 // seconds after its first report that a story counts for the rate
	fresh      = 2 * 3600 // between publication and arrival, beyond which a report tells nothing of now
	old        = 24 * 3600
	priorHours = 20.0 // the prior weighs so many story hours
	priorRate  = .3   // further independent reports an hour
)

// rates learns how often stories gain an independent report, by language and hour of the day.
type rates struct {
	alarms  float64
	gains   map[uint32]float64
	hours   map[uint32]float64
	reports float64 // independent reports a day, decaying
	at      int64
}

func newRates(alarms float64) *rates {
	return &rates{alarms: alarms, gains: map[uint32]float64{}, hours: map[uint32]float64{}}
}

func rateKey(lang uint16, at int64) uint32 { return uint32(lang)<<8 | uint32(at/3600%24) }

// expected is the rate an hour.
func (r *rates) expected(lang uint16, at int64) float64 {
	k, all := rateKey(lang, at), rateKey(anyLang, at)
	general := (r.gains[all] + priorRate*priorHours) / (r.hours[all] + priorHours)
	return (r.gains[k] + general*priorHours) / (r.hours[k] + priorHours)
}

// watchBurst lets a newly placed article count, and sees whether its story breaks with it.
func (w *Window) watchBurst(a *article) {
	c := a.story
	if w.root(a) != a {
		return
	}
	lang := w.art(c.members[0]).lang
	reports := w.independent(c)
	w.rate.report(lang, a.told, len(reports) == 1, len(reports) > 1 && a.told-reports[0].told <= young)
	if c.broke != 0 || len(reports) < 2 || a.arrived-a.told > fresh || a.told-reports[0].told > old {
		return
	}
	if why := w.bursts(lang, reports, a); why != nil {
		c.broke, c.why = a.arrived, why
	}
}

// report counts an independent report.
func (r *rates) report(lang uint16, at int64, opens, gains bool) {
	if days := float64(at-r.at) / 86400; days > 0 {
		r.reports *= math.Exp(-days / 3)
		r.at = at
	}
	r.reports++
	for _, k := range [...]uint32{rateKey(lang, at), rateKey(anyLang, at)} {
		if opens {
			for h := int64(0); h < young; h += 3600 {
				r.hours[k&^0xff|rateKey(0, at+h)]++
			}
		}
		if gains {
			r.gains[k]++
		}
	}
}

// independent gives the first own report of every outlet, earliest first.
func (w *Window) independent(c *cluster) (out []*article) {
	seat := map[int64]int{}
	for _, n := range c.members {
		a := w.art(n)
		if w.root(a) != a {
			continue
		}
		i, ok := seat[a.source]
		switch {
		case !ok:
			seat[a.source] = len(out)
			out = append(out, a)
		case a.told < out[i].told:
			out[i] = a
		}
	}
	sortByTold(out)
	return out
}

// bursts tests every run of latest reports. Of n reports within a time, n-1 came by chance with the Poisson probability of the
// expected rate; the story breaks where so rare a run would come by chance less often than the alarms allowed.
func (w *Window) bursts(lang uint16, reports []*article, last *article) []news.Reason {
	rate := w.rate.expected(lang, last.told) / 3600
	perDay := max(20, w.rate.reports/3)
	flashes := 0
	for i := len(reports) - 1; i >= 0; i-- {
		if reports[i].flash {
			flashes++
		}
		span := max(60, last.told-reports[i].told)
		n := len(reports) - i
		if n < 2 || span > 6*3600 {
			continue
		}
		if atLeast(n-1, rate*float64(span))*perDay*math.Pow(.1, float64(min(flashes, 2))) <= w.rate.alarms {
			return []news.Reason{
				{Kind: "independent-sources", Value: float64(n)}, {Kind: "within", Value: float64(span)},
				{Kind: "expected", Value: rate * float64(span)},
			}
		}
	}
	return nil
}

// atLeast is the probability of n or more events where mean are expected.
func atLeast(n int, mean float64) float64 {
	p, sum := math.Exp(-mean), 0.0
	for i := range n {
		sum += p
		p *= mean / float64(i+1)
	}
	return max(0, 1-sum)
}

func sortByTold(as []*article) {
	slices.SortStableFunc(as, func(a, b *article) int {
		switch {
		case a.told < b.told:
			return -1
		case a.told > b.told:
			return 1
		}
		return 0
	})
}
