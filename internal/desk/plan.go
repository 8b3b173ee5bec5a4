package desk

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/text"
)

// planner plans the notices that one article makes due. What several watches ask for is found once.
type planner struct {
	*Desk
	o       *orders
	res     store.Result
	before  news.Story
	entries map[int64]store.Entry // the articles that res.Matches names
	merged  map[int64]int64
	due     []news.Notice
	silent  []news.Silence
	planned map[int64][]int // by recipient, in due
	facts   map[int64]*facts
	moved   map[int64]int64 // what stories that somebody muted are part of by now
	now     time.Time
	earlier []alert.Read // articles of the story, read where somebody asks for what is new in this one
	read    bool
}

// plan gives the notices that an article makes due: to the watches that it satisfies or makes an earlier article of its story
// satisfy, and to those that one satisfied before, because their readers may want to hear how it goes on. entries holds the
// articles that res.Matches names. For all else it gives why nothing is told.
func (d *Desk) plan(ctx context.Context, o *orders, res store.Result, before news.Story, entries map[int64]store.Entry) ([]news.Notice, []news.Silence, error) {
	p := planner{Desk: d, o: o, res: res, before: before, entries: entries, merged: merged(res.Stories), planned: map[int64][]int{}, facts: map[int64]*facts{}, now: d.Now()}
	d.told.list(d.listed.take())
	by := map[int64]int64{} // watch -> the article to tell of: the new one where it can be
	for _, m := range res.Matches {
		if by[m.Watch] != res.Article.ID {
			by[m.Watch] = m.Article
		}
	}
	follows, edited := map[int64]bool{}, map[int64]bool{}
	if !res.Placement.New {
		now, once, err := d.Store.StoryWatches(ctx, append([]int64{res.Placement.Story}, res.Placement.Merged...))
		if err != nil {
			return nil, nil, err
		}
		for i, w := range slices.Concat(now, once) {
			if by[w] == 0 {
				by[w], follows[w], edited[w] = res.Article.ID, true, i >= len(now)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(by)) {
		if w, ok := o.watches[id]; ok {
			if err := p.watch(ctx, w, entries[by[id]], follows[id], edited[id]); err != nil {
				return nil, nil, err
			}
		}
	}
	return p.due, p.silent, nil
}

// input gives what a decision rests on, but for whom it is about and what they were told.
func (p *planner) input(ctx context.Context, w news.Watch, e store.Entry, follows bool) (in alert.Input, err error) {
	in = alert.Input{Watch: w, Article: e.Article, Arrived: e.Arrived, Followed: e.Source.Created, Story: p.res.Stories[0], Before: p.before, Corrected: corrects(e.Placement),
		Follows: follows, Now: p.now}
	if err := p.learn(ctx, &in, e); err != nil {
		return in, err
	}
	in.Watch.Muted, err = p.muted(ctx, w)
	return in, err
}

// decide plans, and says of what a digest tells that it will.
func (p *planner) decide(in alert.Input) ([]news.Notice, []news.Silence) {
	due, silent := alert.Plan(in)
	for i := range due {
		n := &due[i]
		if n.Kind != news.DigestSlot {
			continue
		}
		n.Article = p.res.Article.ID // pages are processed in order: a slot's articles are those from here to the next slot's
		if !alert.IsRest(*n) {       // which stories it tells is known when it is composed
			silent = append(silent, news.Silence{Watch: in.Watch.ID, Recipient: n.Recipient, Story: in.Story.ID, Article: in.Article.ID, Kind: string(news.DigestSlot), First: in.Now, Last: in.Now, Times: 1})
		}
	}
	return due, silent
}

// watch plans for one watch, told of one article.
func (p *planner) watch(ctx context.Context, w news.Watch, e store.Entry, follows, edited bool) error {
	in, err := p.input(ctx, w, e, follows)
	if err != nil {
		return err
	}
	in.Edited = edited
	if in.Recipients, err = p.people.of(ctx, w); err != nil {
		return err
	}
	for _, r := range in.Recipients {
		in.History = append(in.History, p.told.about(r.ID, w.ID, in.Story.ID, p.merged)...)
		for _, i := range p.planned[r.ID] { // what this article has planned already counts for the watches that follow
			in.History = append(in.History, p.due[i])
		}
	}
	due, silent := p.decide(in)
	for _, n := range due {
		p.planned[n.Recipient] = append(p.planned[n.Recipient], len(p.due))
		p.due = append(p.due, n)
	}
	if !follows || len(in.Recipients) > 0 { // that nobody is told is said by the match
		p.silent = append(p.silent, silent...)
	}
	return nil
}

// muted gives the stories that a watch tells nothing more of, as they are numbered by now.
func (p *planner) muted(ctx context.Context, w news.Watch) (out []int64, err error) {
	for _, id := range w.Muted {
		now, known := p.moved[id]
		if !known {
			s, err := p.Store.Story(ctx, id)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return nil, err
			}
			if now = s.ID; p.merged[now] != 0 {
				now = p.merged[now]
			}
			if p.moved == nil {
				p.moved = map[int64]int64{}
			}
			p.moved[id] = now
		}
		out = append(out, now)
	}
	return out, nil
}

// facts is what an article brought that watches may ask for.
type facts struct {
	denials, figures []string
	quotes           []news.Quotation
	asked            bool // figures and quotes were looked for
}

// learn sets the facts that the watch may ask for.
func (p *planner) learn(ctx context.Context, in *alert.Input, e store.Entry) error {
	read := readOf(e)
	f := p.facts[e.Article.ID]
	if f == nil {
		f = &facts{denials: alert.Denials(read)}
		p.facts[e.Article.ID] = f
	}
	in.Denials = f.denials
	asks := slices.Contains(in.Watch.Tell, news.NewNumber) || slices.Contains(in.Watch.Tell, news.NewQuote)
	if !asks || p.res.Placement.New {
		return nil
	}
	if !f.asked {
		if err := p.compare(ctx, f, read, e.Placement); err != nil {
			return err
		}
	}
	in.Figures = f.figures
	for _, q := range f.quotes {
		if fact := alert.QuoteFact(e.Article.Text[q.Start:q.End]); p.o.wants(in.Watch.ID, e, q) && !slices.Contains(in.Quotes, fact) {
			in.Quotes = append(in.Quotes, fact)
		}
	}
	return nil
}

// compare finds what an article changed of its outlet's earlier text, and whom it quotes anew. What copies or translates another brings
// nothing.
func (p *planner) compare(ctx context.Context, f *facts, now alert.Read, placement news.Placement) error {
	f.asked = true
	if !p.read {
		p.read = true
		for _, id := range append([]int64{p.res.Placement.Story}, p.res.Placement.Merged...) {
			es, err := p.Store.Latest(ctx, id, mostRestated)
			if err != nil {
				return err
			}
			for _, e := range es {
				p.earlier = append(p.earlier, readOf(e))
			}
		}
	}
	var earlier []alert.Read
	for _, e := range p.earlier {
		if e.Article.ID < now.Article.ID {
			earlier = append(earlier, e)
		}
	}
	for _, l := range placement.Links {
		if l.Kind != news.Update {
			if l.Direction == news.FromOther && l.Kind != news.Citation {
				return nil
			}
			continue
		}
		if i := slices.IndexFunc(earlier, func(e alert.Read) bool { return e.Article.ID == l.Other }); i >= 0 {
			for _, fact := range alert.Figures(earlier[i], now) {
				if !slices.Contains(f.figures, fact) {
					f.figures = append(f.figures, fact)
				}
			}
		}
	}
	f.quotes = alert.Quotes(now, earlier)
	return nil
}

func readOf(e store.Entry) alert.Read { return alert.Read{Article: e.Article, Analysis: e.Analysis} }

// corrects tells whether an article corrects an earlier one.
func corrects(p news.Placement) bool {
	return slices.ContainsFunc(p.Links, func(l news.Link) bool {
		return l.Kind == news.Update && slices.ContainsFunc(l.Evidence, func(r news.Reason) bool { return r.Kind == "correction" })
	})
}

// wants tells whether a quote is by somebody whom a watch names as speaker; a watch that names none wants all.
func (o *orders) wants(watch int64, e store.Entry, q news.Quotation) bool {
	voice, names := o.voices[watch]
	if !names {
		return true
	}
	alone := e.Analysis
	alone.Quotations = []news.Quotation{q}
	ok, _ := voice.Run(match.NewDoc(e.Article, alone, text.Analyze(e.Article.Text, pack.For(e.Article.Lang)), e.Source))
	return ok
}

// peopleBook knows recipients by their id, until it is told to forget.
type peopleBook struct {
	store Store
	mu    sync.Mutex
	known map[int64]news.Recipient
}

func (b *peopleBook) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.known = nil
}

// of gives the recipients of a watch. One that agreed or left since the last Reload may be known as they were: whether somebody may be
// told is asked again before anything is sent.
func (b *peopleBook) of(ctx context.Context, w news.Watch) (rs []news.Recipient, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.known == nil {
		all, err := b.store.Recipients(ctx)
		if err != nil {
			return nil, err
		}
		b.known = make(map[int64]news.Recipient, len(all))
		for _, r := range all {
			b.known[r.ID] = r
		}
	}
	for _, id := range w.Recipients {
		r, ok := b.known[id]
		if !ok || r.State != news.Confirmed { // they may have agreed a moment ago
			if r, err = b.store.Recipient(ctx, id); err != nil && !fault.Is(err, fault.NotFound) {
				return nil, err
			}
			b.known[id] = r
		}
		if r.ID != 0 && !slices.ContainsFunc(rs, func(o news.Recipient) bool { return o.ID == r.ID }) { // named twice, told once
			rs = append(rs, r)
		}
	}
	return rs, nil
}
