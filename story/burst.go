package story

import (
	"math"
	"slices"

	"marsad/news"
)

// The burst test holds the independent reports of a young story against the rate at which stories of its language gain such reports
// at that hour.
const (
	young      = 3 * 3600 // seconds after its first report that a story counts for the rates
	fresh      = 2 * 3600 // between publication and arrival, beyond which a report tells nothing of now
	old        = 24 * 3600
	apart      = 1800 // the most between the reports of a burst, on average: what comes slower is no burst, however rare
	priorHours = 20.0 // the prior weighs so many story hours
	priorRate  = .3   // further independent reports an hour
	priorTests = 5.0  // stories a day that a young window is taken to see
)

// rates learns how often stories gain an independent report, by language and hour of the day: the second by itself, since most
// stories never gain one, and all further ones.
type rates struct {
	alarms          float64
	second, further *rate
	opened, reports float64 // stories and independent reports of the last days, decaying
	at              int64
}

// rate counts gains and the story hours in which they could have come, by language and hour of the day, and by the age of the story:
// what is news is taken up soon or never.
type rate struct {
	gains, hours       map[uint32]float64
	ageGains, ageHours [len(ages)]float64
}

// ages are the ends of the stretches of a story's youth, in seconds.
var ages = [...]int64{300, 1200, 3600, young}

func newRate() *rate { return &rate{gains: map[uint32]float64{}, hours: map[uint32]float64{}} }

func newRates(alarms float64) *rates {
	return &rates{alarms: alarms, second: newRate(), further: newRate()}
}

func rateKey(lang uint16, at int64) uint32 { return uint32(lang)<<8 | uint32(at/3600%24) }

// hourly gives the rate an hour for a language and an hour of the day, and that of all. The first is drawn toward the second where
// little was seen, and that toward the prior.
func (r *rate) hourly(lang uint16, at int64) (here, all float64) {
	var gains, hours float64
	for i := range ages {
		gains, hours = gains+r.ageGains[i], hours+r.ageHours[i]
	}
	all = (gains + priorRate*priorHours) / (hours + priorHours)
	k := rateKey(lang, at)
	return (r.gains[k] + all*priorHours) / (r.hours[k] + priorHours), all
}

// expected is how many reports a story gains between two ages, in seconds.
func (r *rate) expected(lang uint16, at, from, to int64) (mean float64) {
	here, all := r.hourly(lang, at)
	start := int64(0)
	for i, end := range ages {
		if i == len(ages)-1 {
			end = math.MaxInt64
		}
		if over := min(to, end) - max(from, start); over > 0 {
			rate := (r.ageGains[i] + all*priorHours/4) / (r.ageHours[i] + priorHours/4)
			mean += rate * float64(over) / 3600
		}
		start = end
	}
	return mean * here / all
}

func ageOf(age int64) int {
	for i, end := range ages {
		if age < end {
			return i
		}
	}
	return len(ages) - 1
}

// gain counts a report.
func (r *rate) gain(lang uint16, first, at int64) {
	r.gains[rateKey(lang, at)]++
	r.ageGains[ageOf(at-first)]++
}

// expose counts the time from one age to another in which a story could have gained a report; a negative sign takes back.
func (r *rate) expose(lang uint16, first, from, to int64, sign float64) {
	for from < to {
		end := min(to, from-(first+from)%3600+3600, ages[ageOf(from)])
		h := sign * float64(end-from) / 3600
		r.hours[rateKey(lang, first+from)] += h
		r.ageHours[ageOf(from)] += h
		from = end
	}
}

// watchBurst lets a newly placed article count, and sees whether its story breaks with it.
func (w *Window) watchBurst(a *article) {
	c := a.story
	if w.root(a) != a {
		return
	}
	lang := w.art(c.members[0]).lang
	reports := w.independent(c)
	if c.broke == 0 && len(reports) > 1 && a.arrived-a.told <= fresh && a.told-reports[0].told <= old {
		if why := w.bursts(lang, reports, a); why != nil {
			c.broke, c.why = a.arrived, why
		}
	}
	w.rate.learn(lang, reports, a)
}

// learn counts a report for the rates. It comes after the test: a burst is not to be expected on its own account.
func (r *rates) learn(lang uint16, reports []*article, a *article) {
	if days := float64(a.told-r.at) / 86400; days > 0 {
		keep := math.Exp(-days / remembered)
		r.opened, r.reports, r.at = r.opened*keep, r.reports*keep, a.told
	}
	r.reports++
	first := reports[0].told
	switch since := a.told - first; {
	case len(reports) == 1:
		r.opened++
		r.second.expose(lang, first, 0, young, 1)
	case since < 0 || since >= young:
	case len(reports) == 2:
		r.second.gain(lang, first, a.told)
		r.second.expose(lang, first, since, young, -1)
		r.further.expose(lang, first, since, young, 1)
	default:
		r.further.gain(lang, first, a.told)
	}
}

// allowed is how many false alarms a day are. A small desk, where little happens, gets fewer than one that sees thousands of stories.
func (r *rates) allowed() float64 {
	stories := r.opened / remembered
	return r.alarms * (stories + priorTests) / (stories + 3*priorTests)
}

// remembered is over how many days the number of stories and reports a day is taken.
const remembered = 3

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
	slices.SortStableFunc(out, func(a, b *article) int { return int(max(-1, min(1, a.told-b.told))) })
	return out
}

// bursts tests every run of latest reports. Of n reports within a time, n-1 came by chance with the Poisson probability of the
// expected rate; the story breaks where so rare a run would come by chance less often than the alarms allowed.
func (w *Window) bursts(lang uint16, reports []*article, last *article) []news.Reason {
	for i := len(reports) - 1; i >= 0; i-- {
		n, span := len(reports)-i, max(60, last.told-reports[i].told)
		if n < 2 || span > int64(n-1)*apart {
			continue
		}
		rate, tests := w.rate.further, w.rate.reports/remembered
		if len(reports) == 2 {
			rate, tests = w.rate.second, w.rate.opened/remembered
		} else if n == 2 {
			continue // the third within minutes of the second is no burst yet
		}
		from := reports[i].told - reports[0].told
		mean := rate.expected(lang, last.told, from, from+span)
		if atLeast(n-1, mean)*max(priorTests, tests)*urgency(reports[i:]) <= w.rate.allowed() {
			return []news.Reason{
				{Kind: "independent-sources", Value: float64(n)}, {Kind: "within", Value: float64(span)}, {Kind: "expected", Value: mean},
			}
		}
	}
	return nil
}

// urgency is how much less often a run of reports comes by chance of which some call themselves urgent.
func urgency(reports []*article) float64 {
	p := 1.0
	for _, a := range reports {
		if a.flash && p > .02 {
			p *= .2
		}
	}
	return p
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
