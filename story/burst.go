package story

import (
	"math"
	"slices"

	"marsad/news"
)

// The burst test is a sequential test of a probability ratio (Wald): how likely do the independent reports of a young story come so close
// together if it breaks, and how likely at the rate at which stories of its language gain such reports at that hour and age? Stories
// differ: most gain none, some gain many however slowly. So a story's own rate is taken as drawn from a gamma distribution,
// whose shape is learnt from how unequal the stories are, and what it gained before tells of what it may gain next; the number of
// reports within a time is then negative binomial. So it is of a story that breaks, but with a pace of a report a minute or so.
const (
	young      = 3 * 3600 // seconds after its first report that a story counts for the rates
	fresh      = 2 * 3600 // between publication and arrival, beyond which a report tells nothing of now
	old        = 24 * 3600
	apart      = 1800    // the most between the reports of a burst, on average: what comes slower is no burst, however rare
	pace       = 1. / 60 // reports a second of a story that breaks, in the mean, on a desk that sees wide reports a day or more
	wide       = 7000
	leastPace  = 1. / 360 // the same on the smallest desk
	paceShape  = 2        // of the gamma distribution of that pace: a quarter of them are slower than half of it
	slack      = 1.4      // Wald's bound takes every ordinary story for the worst; so much of it keeps the promise on days learnt from
	hold       = 86400    // seconds for which a young window holds back, less and less
	priorHours = 20.0     // the prior weighs so many story hours
	hourHours  = 200.0    // the rate of all hours and languages weighs so many in that of one: one burst is not to be the rule of its hour
	priorRate  = .3       // further independent reports an hour
	priorTests = 5.0      // stories a day that a young window is taken to see
)

// rates learns how often stories gain an independent report, by language, hour of the day and age, and how unequal they are.
type rates struct {
	alarms          float64
	gained          *rate
	opened, reports float64 // stories and independent reports of the last days, decaying
	sum, squares    float64 // of the gains of each story, at most maxGains
	since, at       int64
}

// maxGains bounds what one story counts for the inequality of all: a burst is not what is usual.
const maxGains = 8

// What a young window takes stories to be like: so many, of such a shape.
const (
	priorStories = 40.0
	priorShape   = .15
	priorGains   = .4
)

// shape is that of the gamma distribution of the stories' rates, by moments: the less, the more unequal they are.
func (r *rates) shape() float64 {
	n := r.opened + priorStories
	mean := (r.sum + priorStories*priorGains) / n
	second := (r.squares + priorStories*(priorGains+priorGains*priorGains*(1+1/priorShape))) / n
	over := second - mean*mean - mean
	if over <= 0 {
		return 20
	}
	return min(20, max(.05, mean*mean/over))
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
	return &rates{alarms: alarms, gained: newRate()}
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
	return (r.gains[k] + all*hourHours) / (r.hours[k] + hourHours), all
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
	w.rate.learn(lang, reports, a, c.broke != 0)
}

// learn counts a report for the rates. It comes after the test: a burst is not to be expected on its own account; nor is what a story
// gains once it broke usual.
func (r *rates) learn(lang uint16, reports []*article, a *article, broke bool) {
	if r.since == 0 {
		r.since, r.at = a.arrived, a.arrived
	}
	if days := float64(a.arrived-r.at) / 86400; days > 0 {
		keep := math.Exp(-days / remembered)
		r.opened, r.reports, r.sum, r.squares, r.at = r.opened*keep, r.reports*keep, r.sum*keep, r.squares*keep, a.arrived
	}
	r.reports++
	first := reports[0].told
	switch since := a.told - first; {
	case len(reports) == 1:
		r.opened++
		r.gained.expose(lang, first, 0, young, 1)
	case broke || since < 0 || since >= young:
	default:
		r.gained.gain(lang, first, a.told)
		if n := float64(len(reports) - 1); n <= maxGains {
			r.sum++
			r.squares += 2*n - 1
		}
	}
}

// allowed is how many false alarms a day may be. A small desk, where little happens, gets fewer than one that sees thousands of stories;
// and a young window fewer than one that knows what is usual.
func (r *rates) allowed() float64 {
	stories := r.opened / r.days()
	return r.alarms * (stories + 2*priorTests) / (stories + 3*priorTests) / max(1, hold/max(600, float64(r.at-r.since)))
}

// days is over how many days the decaying sums go: few in a young window.
func (r *rates) days() float64 {
	const least = 1. / 12
	return remembered * (1 - math.Exp(-max(least, float64(r.at-r.since)/86400)/remembered))
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

// bursts tests every run of latest reports: n of them within a time. The story breaks where a run is so many times likelier in one that
// breaks than in any other, given what it gained before the run, as there are runs a day for each false alarm allowed: so often would
// chance make one. Runs that begin with a story are as many as stories, others as reports.
func (w *Window) bursts(lang uint16, reports []*article, last *article) []news.Reason {
	rate, shape, days := w.rate.gained, w.rate.shape(), w.rate.days()
	for i := len(reports) - 2; i >= 0; i-- {
		n, span := len(reports)-i, max(60, last.told-reports[i].told)
		if i > 0 && n == 2 || span > int64(n-1)*apart {
			continue // the third within minutes of the second is no burst yet
		}
		runs := w.rate.reports / days
		if i == 0 {
			runs = w.rate.opened / days
		}
		from := reports[i].told - reports[0].told
		before := float64(i) + shape
		mean := rate.expected(lang, last.told, from, from+span)
		mean *= before / (shape + rate.expected(lang, reports[i].told, 0, from))
		ratio := logGains(n-1, w.rate.pace()*float64(span), paceShape) - logGains(n-1, mean, before) + urgency(reports[i:])
		if ratio >= math.Log(slack*max(priorTests, runs)/w.rate.allowed()) {
			return []news.Reason{
				{Kind: "independent-sources", Value: float64(n)}, {Kind: "within", Value: float64(span)}, {Kind: "expected", Value: mean},
			}
		}
	}
	return nil
}

// urgency is the logarithm of how much likelier a run is in a story that breaks for the reports that call themselves urgent, of which
// two count.
func urgency(reports []*article) float64 {
	const most = 2
	calls := 0
	for _, a := range reports {
		if a.flash && calls < most {
			calls++
		}
	}
	return float64(calls) * math.Log(5)
}

// pace is how many reports a second a story that breaks gains. Who reads fewer outlets sees fewer of them; by the root, as the large
// outlets are read by all.
func (r *rates) pace() float64 {
	return max(leastPace, pace*math.Sqrt(min(1, r.reports/r.days()/wide)))
}

// logGains is the logarithm of the probability of n events where mean are expected and the rate is gamma distributed with a shape, but for
// n!, which the ratio of two does not have.
func logGains(n int, mean, shape float64) float64 {
	mean = max(mean, 1e-9)
	up, _ := math.Lgamma(shape + float64(n))
	of, _ := math.Lgamma(shape)
	return up - of + float64(n)*math.Log(mean/(mean+shape)) + shape*math.Log(shape/(mean+shape))
}
