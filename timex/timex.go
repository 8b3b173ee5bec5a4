// Package timex finds dates and times in words and says which interval they mean. It reads the tokens of a text with a grammar of
// intervals: a few core patterns hold in all languages, words and further patterns come from the language's pack. What is found is
// resolved at the article's publication, in its zone: "Tuesday" is the last one before it unless the sentence looks ahead.
//
// A year is never made up silently: where a date names none, the nearest fitting one is taken with a certainty that says so, and
// without a known publication the date stays open (XXXX-06-18). For an article whose day of publication nobody wrote down,
// [Published] runs the grammar backwards and gives the days on which its weekdays and dates agree.
//
// It does not read the names of holidays, and it does not date events: which happening a date belongs to is for later stages.
package timex

import (
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"marsad/news"
	"marsad/text"
)

var parsers = sync.Pool{New: func() any { return new(parser) }}

// Find gives the times that a text names, in its order and without overlap, resolved at anchor. Where anchor is not known only
// what needs none has an interval. It never fails; its work is bounded by a constant for each token.
func Find(doc *text.Doc, anchor news.Stamp) []news.Timex {
	p := parsers.Get().(*parser)
	defer parsers.Put(p)
	p.doc, p.g, p.years, p.last = doc, grammarOf(doc.Pack), [13]int{}, interval{}
	var out []news.Timex
	for _, para := range doc.Paragraphs {
		p.all = p.g.pieces(p.all[:0], doc, para)
		from := len(out)
		p.afloat = p.afloat[:0]
		out = p.paragraph(out, p.all, anchor)
		p.moor(out[from:], anchor)
	}
	p.forget()
	return out
}

// forget lets go of the text, so that a parser in the pool holds none; buffers that a giant text has swollen go too.
func (p *parser) forget() {
	p.doc, p.ps = nil, nil
	clear(p.all[:cap(p.all)])
	if cap(p.all) > 1<<14 {
		p.all = nil
	}
}

// paragraph finds the islands of known words that name a time, and reads each.
func (p *parser) paragraph(out []news.Timex, all []piece, anchor news.Stamp) []news.Timex {
	for i := 0; i < len(all); {
		if !p.g.reads(&all[i]) {
			i++
			continue
		}
		from, first, last := i, -1, -1
		for ; i < len(all) && p.g.reads(&all[i]); i++ {
			if p.g.names(&all[i]) {
				if first < 0 {
					first = i
				}
				last = i
			}
			if p.stops(all, i) {
				i++
				break
			}
			if first >= 0 && i-first > maxIsland-12 && !p.g.names(&all[i]) {
				i++
				break
			}
			if first >= 0 && i-first > 2*maxIsland {
				break
			}
		}
		if first < 0 {
			continue
		}
		from = max(from, first-5)
		to := min(i, last+6)
		out = p.island(out, all, from, to, anchor)
	}
	return out
}

// stops tells whether a full stop ends the sentence and not an abbreviation: no time reaches over it.
func (p *parser) stops(all []piece, i int) bool {
	if all[i].norm != "." || i == 0 || all[i-1].num >= 0 || !p.endsSentence(int(all[i].token)) {
		return false
	}
	if i+1 == len(all) || all[i+1].glued {
		return false
	}
	if next := &all[i+1]; p.g.isMonth(&all[i-1]) && next.num >= 0 && (next.digits == 4 || next.num <= 31) && boundary(all, i+2) {
		return false // "16. Nov. 2016"
	}
	long := utf8.RuneCountInString(all[i-1].norm) > 5
	r, _ := utf8.DecodeRuneInString(p.doc.Text[all[i+1].start:])
	return long || unicode.IsUpper(r)
}

// reads tells whether the grammar knows what to do with a piece at all.
func (g *grammar) reads(p *piece) bool { return p.num >= 0 || p.known() }

// names tells whether a piece can be the heart of a time.
func (g *grammar) names(p *piece) bool {
	if p.num >= 0 {
		return true
	}
	if flagged(g.content, p) || p.bare >= 0 && int(p.bare) < len(g.content) && g.content[p.bare] {
		return true
	}
	n, ok := g.numeralOf(p)
	return ok && (n.value > 1 || n.ordinal)
}

// island reads pieces [from, to) and keeps the best readings that do not overlap: the longest first.
func (p *parser) island(out []news.Timex, all []piece, from, to int, anchor news.Stamp) []news.Timex {
	p.ps = all[from:to]
	p.parse()
	best := p.best[:0]
	defer func() { p.best = best[:0] }()
	for i := range p.ps {
		if p.g.spaced && !p.ps[i].first && !p.startsInside(i) {
			continue
		}
		for _, e := range p.edges[i] {
			if (e.cat == cTime || e.cat == cDur) && e.end > e.start && p.acceptable(&e, all, from) {
				best = append(best, e)
			}
		}
	}
	for len(best) > 0 {
		k := 0
		for i := range best {
			if better(&best[i], &best[k]) {
				k = i
			}
		}
		e := best[k]
		if t, ok := p.timex(&e, anchor); ok {
			out = insert(out, t)
			for _, s := range p.siblings(&e, all, from) {
				if t, ok := p.timex(&s, anchor); ok && free(out, t.Span) {
					out = insert(out, t)
					e.start, e.end = min(e.start, s.start), max(e.end, s.end)
				}
			}
			rest := best[:0]
			for _, f := range best {
				if f.end <= e.start || f.start >= e.end {
					rest = append(rest, f)
				}
			}
			best = rest
		} else {
			best = append(best[:k], best[k+1:]...)
		}
	}
	return out
}

// startsInside tells whether a time may begin at a piece in the middle of its token: digits, or what follows them or a clitic.
func (p *parser) startsInside(i int) bool {
	return p.ps[i].num >= 0 || i > 0 && (p.ps[i-1].num >= 0 || !p.g.syllables)
}

func better(a, b *edge) bool {
	switch la, lb := a.end-a.start, b.end-b.start; {
	case la != lb:
		return la > lb
	case a.score != b.score:
		return a.score > b.score
	case a.start != b.start:
		return a.start < b.start
	case nthBeforeDay(a, b) != nthBeforeDay(b, a):
		return nthBeforeDay(a, b)
	case (a.cat == cTime) != (b.cat == cTime):
		return a.cat == cTime
	case a.rule != nil && b.rule != nil:
		return a.rule.rank > b.rule.rank
	}
	return false
}

// nthBeforeDay tells whether a counts weekdays where b takes the count for a day: الجمعة الأولى من الشهر.
func nthBeforeDay(a, b *edge) bool {
	return a.cat == cTime && b.cat == cTime && a.val.node.kind == kNth && b.val.node.kind == kDOM && b.val.node.wd > 0
}

// free tells whether no finding lies over a span yet.
func free(ts []news.Timex, s news.Span) bool {
	for i := len(ts) - 1; i >= 0; i-- {
		if ts[i].End <= s.Start {
			return true
		}
		if ts[i].Start < s.End {
			return false
		}
	}
	return true
}

// insert puts t in its place by order of the text.
func insert(ts []news.Timex, t news.Timex) []news.Timex {
	ts = append(ts, t)
	for i := len(ts) - 1; i > 0 && ts[i].Start < ts[i-1].Start; i-- {
		ts[i], ts[i-1] = ts[i-1], ts[i]
	}
	return ts
}

// timex makes the finding of an edge, ok false where there is none: 30 February.
func (p *parser) timex(e *edge, anchor news.Stamp) (t news.Timex, ok bool) {
	start, last := p.trim(e), int(e.end)-1
	if last > start && p.ps[last].norm == "." && p.endsSentence(int(p.ps[last].token)) {
		last--
	}
	t.Start, t.End = p.ps[start].start, p.ps[last].end
	if t.End <= t.Start {
		return t, false
	}
	t.Rule = "lexicon"
	if e.rule != nil {
		t.Rule = e.rule.name
	}
	if e.cat == cDur {
		return length(t, e.val.dur, 0.9), true
	}
	n := e.val.node
	tense := p.tense(int(p.ps[start].token), int(p.ps[last].token), n.open == uWeek || n.open == uDay)
	if n.kind == kWithin && n.a == nil && tense < 0 || n.kind == kShift && n.either && (tense < 0 || tense == 0 && (n.n < 0 || n.dur.unit >= uMonth) || p.counted(int(e.end))) {
		return length(t, n.dur, 0.7), true // counts from something that the story tells
	}
	r := newResolver(anchor, tense)
	r.years, r.last = &p.years, &p.last
	return p.resolved(t, n, r, anchor)
}

// counted tells whether what a length is counted from follows at piece i: "after five days of silence", بعد خمسة أيام من نفيه.
func (p *parser) counted(i int) bool {
	k := int(p.ps[i-1].token) + 1
	return k+1 < len(p.doc.Tokens) && p.g.origins[p.doc.Tokens[k].Norm]
}

// length makes t a stretch of time that lies nowhere on the calendar.
func length(t news.Timex, d dur, certainty float64) news.Timex {
	t.Type, t.Value, t.Granularity, t.Certainty = news.Duration, d.value(), d.unit.String(), certainty
	return t
}

// resolved gives t the interval of n, and its value.
func (p *parser) resolved(t news.Timex, n *node, r *resolver, anchor news.Stamp) (news.Timex, bool) {
	iv, found := interval{}, false
	if n.kind != kEach {
		iv, found = r.of(n, 0)
	}
	if !found && (r.known || n.open == uNone && !relative(n)) && n.kind != kEach {
		return t, false
	}
	if found && (iv.from.Year() < 2 || iv.to.Year() > 9999) {
		return t, false
	}
	if found {
		r.remember(n, iv)
		p.last = iv
		t.From, t.To = in(n, iv, anchor)
	}
	t.Type, t.Value, t.Granularity = typeOf(n), value(n, iv, found), n.gran.String()
	if r.thin && n.open == uYear && found { // the year is a guess, and says so
		t.Value = unresolved(n)
	}
	if n.kind == kShift && n.dur.unit >= uDay {
		t.Granularity = min(n.dur.unit, uYear).String() // "24 years ago" is a year and no day, "two decades ago" as well
	}
	if n.kind == kShift && n.n < 0 && n.a == nil && n.dur.unit >= uDay && p.lasts(t.Start) {
		t.Type, t.Value = news.Duration, n.dur.value() // a length that reaches to the anchor; From says where it begins
	}
	if (n.kind == kClock || n.kind == kRange && n.a.kind == kClock) && n.in == nil && n.open == uDay && found {
		p.afloat = append(p.afloat, t.Start)
	}
	t.Certainty, t.DayOnly = certainty(n, r.thin, found), n.gran >= uDay
	return t, true
}

// in writes an interval in the anchor's zone; UTC where there is no anchor.
func in(n *node, iv interval, anchor news.Stamp) (from, to time.Time) {
	zone := time.UTC
	if anchor.Known() {
		zone = anchor.Time.Location()
	}
	if n.zoned {
		there := time.FixedZone("", offset(n.zone, iv.from)*60)
		return civil(iv.from, there).In(zone), civil(iv.to, there).In(zone)
	}
	return civil(iv.from, zone), civil(iv.to, zone)
}

// endsSentence tells whether a token is the last of its sentence.
func (p *parser) endsSentence(token int) bool {
	k := p.doc.SentenceOf(token)
	return k >= len(p.doc.Sentences) || p.doc.Sentences[k].To == token+1
}

// offset gives the minutes east of Greenwich of a zone on a day. A zone of 10,000 and more keeps the summer time of the European Union
// besides what is left over, one of 20,000 that of the United States.
func offset(zone int, day time.Time) int {
	rule, base := zone/10000, zone%10000
	y := day.Year()
	switch {
	case rule == 0:
		return base
	case rule == 1 || rule == -1:
		if from, to := lastSunday(y, time.March), lastSunday(y, time.October); !day.Before(from) && day.Before(to) {
			return base + 60
		}
	default:
		first := lastSunday(y, time.February).AddDate(0, 0, 14) // the second of March
		if end := lastSunday(y, time.October).AddDate(0, 0, 7); !day.Before(first) && day.Before(end) {
			return base + 60
		}
	}
	return base
}

// lastSunday gives the last Sunday of a month.
func lastSunday(y int, m time.Month) time.Time {
	d := day(y, m+1, 1).AddDate(0, 0, -1)
	return d.AddDate(0, 0, -int(d.Weekday()))
}

// civil writes the clock of t, kept as UTC, in its zone.
func civil(t time.Time, zone *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone)
}

func newResolver(anchor news.Stamp, dir int) *resolver {
	r := &resolver{known: anchor.Known(), dir: dir}
	if r.known {
		a := anchor.Time
		r.today = day(a.Year(), a.Month(), a.Day())
		r.now = r.today.Add(time.Duration(a.Hour())*time.Hour + time.Duration(a.Minute())*time.Minute + time.Duration(a.Second())*time.Second)
		if anchor.DayOnly {
			r.now = r.today
		}
	}
	return r
}

// trim gives the first piece of the timex proper: prepositions that its pattern only used to be sure stay outside.
func (p *parser) trim(e *edge) int {
	i := int(e.start)
	if e.val.node != nil && (e.val.node.kind == kRange || e.val.node.kind == kWithin || e.val.node.kind == kShift || e.val.node.kind == kEach) {
		return i
	}
	for i < int(e.end)-1 && (p.g.isClass(p.ps[i], "on") || p.g.isClass(p.ps[i], "in") || p.g.isClass(p.ps[i], "at") || p.ps[i].norm == "," || p.ps[i].norm == "-") {
		i++
	}
	return i
}
