package cli

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"marsad/analysis"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
	"marsad/wire"
)

// storiesCmd finds the stories of a heap of pages, without a desk.
type storiesCmd struct {
	JSON bool     `help:"Print one JSON object for each line of the list, in its order (see docs/record.md)."`
	List string   `help:"Read one job a line from FILE (- for standard input): path<TAB>url, or a JSON object with path or text, and url, headline, outlet, published, seen, lang." placeholder:"FILE"`
	Jobs int      `help:"How many pages to read at a time; 0 = one a core." default:"0"`
	Days int      `help:"How many days back an article is compared with others." default:"14"`
	What []string `arg:"" optional:"" help:"Files, addresses, or - for standard input." name:"file|url"`
}

func (storiesCmd) Help() string {
	return `Reads pages or texts as they would have come in, and tells which report one happening, who was the first of them, and which are
copies, translations or newer versions of another, each with the reason. An article comes in when it was seen, else when it was published,
else after the one before it.

Examples:
  marsad stories pages/*.html
  marsad stories --json --list articles.jsonl`
}

// mostDays caps the window: texts are not kept in it, but every article of it takes some two kilobytes.
const mostDays = 366

// toldArticle is an article of the list, and where it was placed.
type toldArticle struct {
	taken
	doc      *text.Doc
	analysis news.Analysis
	outlet   string
	seen     time.Time // zero where neither the list nor the page says
	placed   news.Placement
}

func (c *storiesCmd) Run(rt *runtimeEnv) error {
	if c.List == "" && len(c.What) == 0 {
		return usage("nothing to read: name some files or addresses, or a list with --list")
	}
	if err := within("--days", c.Days, 1, mostDays); err != nil {
		return err
	}
	all, err := c.gather(rt)
	if err != nil {
		return err
	}
	stories := placeAll(all, time.Duration(c.Days)*24*time.Hour)
	out := bufio.NewWriterSize(rt.stdout, 1<<16)
	defer out.Flush()
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		for _, t := range all {
			if err := e.Encode(t.wire(stories)); err != nil {
				return err
			}
		}
		return nil
	}
	s := &style{w: out, color: rt.color}
	s.stories(all, stories)
	return s.err
}

// gather reads the whole list: it must be known before anything can be put in the order of time.
func (c *storiesCmd) gather(rt *runtimeEnv) ([]*toldArticle, error) {
	jobs, err := rt.jobs(c.List, c.What)
	if err != nil {
		return nil, err
	}
	names, err := rt.names()
	if err != nil {
		return nil, err
	}
	bar := rt.progress(true)
	defer bar.end()
	var all []*toldArticle
	err = inOrder(jobs, c.Jobs, func(j job) *toldArticle {
		t := &toldArticle{taken: rt.take(j)}
		t.about(j)
		if t.err == nil {
			t.doc = text.Analyze(t.article.Text, pack.For(t.article.Lang))
			t.analysis = analysis.Of(t.article, t.doc, names)
		}
		return t
	}, func(t *toldArticle) error {
		bar.step()
		all = append(all, t)
		t.article.ID = int64(len(all))
		return nil
	})
	return all, err
}

// about takes over what the list says of an article beside its text.
func (t *toldArticle) about(j job) {
	t.outlet = cmp.Or(j.Outlet, t.article.Site)
	if at, err := url.Parse(t.article.URL); err == nil && t.outlet == "" {
		t.outlet = strings.TrimPrefix(at.Hostname(), "www.")
	}
	if j.Headline != "" {
		t.article.Headline = j.Headline
	}
	published := t.article.Published
	switch seen := parseStamp(j.Seen); {
	case seen.Known() && !seen.DayOnly:
		t.seen = seen.Time
	case published.Known() && published.DayOnly:
		t.seen = published.Time.Add(24*time.Hour - time.Second)
	case published.Known():
		t.seen = published.Time
	}
}

// placeAll gives every article its place, in the order in which they came in, and the stories as they are in the end.
func placeAll(all []*toldArticle, span time.Duration) map[int64]news.Story {
	var last time.Time
	var order []*toldArticle
	for _, t := range all {
		if t.seen.IsZero() {
			t.seen = last
		}
		last = t.seen
		if t.err == nil {
			order = append(order, t)
		}
	}
	slices.SortStableFunc(order, func(a, b *toldArticle) int { return a.seen.Compare(b.seen) })
	w := story.NewWindow(story.Options{Span: span})
	stories, outlets := map[int64]news.Story{}, map[string]int64{}
	byID := map[int64]*toldArticle{}
	for i, t := range order {
		var changed []news.Story
		t.placed, changed = w.Place(story.Input{Article: t.article, Analysis: t.analysis, Doc: t.doc, Source: t.source(outlets), Arrived: t.seen})
		byID[t.article.ID] = t
		keep(stories, changed)
		if i%256 == 255 || i == len(order)-1 {
			fallApart(w, byID, stories)
		}
		t.doc, t.analysis = nil, news.Analysis{}
	}
	return stories
}

// source is the outlet of an article; one of which nothing is known is an outlet of its own.
func (t *toldArticle) source(outlets map[string]int64) news.Source {
	key := t.outlet
	if key == "" {
		key = fmt.Sprint("\x00", t.article.ID)
	}
	if outlets[key] == 0 {
		outlets[key] = int64(len(outlets) + 1)
	}
	s := news.Source{ID: outlets[key], Name: t.outlet, Lang: t.article.Lang}
	if at, err := url.Parse(t.article.URL); err == nil && at.Host != "" {
		s.Home = at.Scheme + "://" + at.Host
	}
	return s
}

// fallApart lets stories fall in two that are two by what they hold now, as a desk does.
func fallApart(w *story.Window, byID map[int64]*toldArticle, stories map[int64]news.Story) {
	for _, c := range w.Splits(0) {
		_, moved, changed, err := w.Correct(c)
		if err != nil {
			continue // what one split took away another cannot
		}
		for _, p := range moved {
			if t := byID[p.Article]; t != nil {
				t.placed.Story, t.placed.Because = p.Story, p.Because
			}
		}
		keep(stories, changed)
	}
}

func keep(stories map[int64]news.Story, changed []news.Story) {
	for _, s := range changed {
		stories[s.ID] = s
	}
}

// home is the story that an article is of in the end.
func (t *toldArticle) home(stories map[int64]news.Story) news.Story {
	s := stories[t.placed.Story]
	for s.Merged != 0 {
		s = stories[s.Merged]
	}
	return s
}

func (t *toldArticle) wire(stories map[int64]news.Story) wire.Told {
	if t.err != nil {
		return wire.UntoldOf(t.article, t.outlet, &wire.Error{Kind: t.kind, Message: t.err.Error()})
	}
	return wire.ToldOf(t.article, t.outlet, t.placed, t.home(stories))
}
