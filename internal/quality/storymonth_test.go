package quality

import (
	"os"
	"sort"
	"strconv"
	"testing"
	"time"

	"marsad/analysis"
	"marsad/corpus"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// month is what the simulation saw of each happening and story.
type month struct {
	second map[string]time.Time // when the second outlet's own report of a happening that breaks arrived
	seen   map[string]map[string]bool
	broke  map[int64]time.Time
	tells  map[int64]map[string]int // story -> items by happening
	breaks map[string]bool
	why    map[int64][]news.Reason
}

// TestStoryMonth plays days of a generated wire through a window as a desk would: what breaks, how late, how often in vain. Old news
// comes back in it and clocks are wrong. MARSAD_MONTH=30 makes it the month of 10,000 items a day; without it two days of 2,500.
// MARSAD_SEED=78 plays other days than those on which the constants of the burst test were looked at (77).
func TestStoryMonth(t *testing.T) {
	shape := corpus.Shape{Seed: 77, Base: storyBase, Days: 2, PerDay: 2500}
	if n, err := strconv.Atoi(os.Getenv("MARSAD_MONTH")); err == nil {
		shape.Days, shape.PerDay = n, 10_000
	} else if testing.Short() {
		t.Skip("two days take a while")
	}
	if n, err := strconv.ParseUint(os.Getenv("MARSAD_SEED"), 10, 64); err == nil {
		shape.Seed = n
	}
	m := month{map[string]time.Time{}, map[string]map[string]bool{}, map[int64]time.Time{}, map[int64]map[string]int{}, map[string]bool{}, map[int64][]news.Reason{}}
	w := story.NewWindow(story.Options{})
	names, sources, items := entity.Default(), map[string]int64{}, 0
	for p, err := range corpus.Generate(shape) {
		if err != nil {
			t.Fatal(err)
		}
		if sources[p.Outlet.ID] == 0 {
			sources[p.Outlet.ID] = int64(len(sources) + 1)
		}
		items++
		a := p.Truth.Article
		a.ID, a.SourceID = int64(items), sources[p.Outlet.ID]
		d := text.Analyze(a.Text, pack.For(a.Lang))
		placed, changed := w.Place(story.Input{
			Article: a, Doc: d, Analysis: analysis.Of(a, d, names), Arrived: p.Arrives,
			Source: news.Source{ID: a.SourceID, Name: p.Outlet.Name, Home: "http://" + p.Outlet.Host, Lang: p.Outlet.Lang},
		})
		m.note(&p, placed.Story, changed)
	}
	m.report(t, float64(shape.Days), items)
}

func (m *month) note(p *corpus.Publication, id int64, changed []news.Story) {
	h := p.Item.Happening.ID
	if m.tells[id] == nil {
		m.tells[id] = map[string]int{}
	}
	m.tells[id][h]++
	if p.Item.Happening.Breaks && p.Item.Independent() {
		m.breaks[h] = true
		if m.seen[h] == nil {
			m.seen[h] = map[string]bool{}
		}
		if m.seen[h][p.Outlet.ID] = true; len(m.seen[h]) == 2 && m.second[h].IsZero() {
			m.second[h] = p.Arrives
		}
	}
	for _, s := range changed {
		if !s.Breaking.IsZero() && m.broke[s.ID].IsZero() && s.Merged == 0 {
			m.broke[s.ID], m.why[s.ID] = s.Breaking, s.BreakingWhy
			m.inherit(s, changed)
		}
	}
}

// inherit takes a story that broke because one which did became part of it for the same alarm. Where both had broken, there were two.
func (m *month) inherit(s news.Story, changed []news.Story) {
	for _, part := range changed {
		if part.Merged == s.ID && m.broke[part.ID].Equal(s.Breaking) {
			delete(m.broke, part.ID)
			for h, n := range m.tells[part.ID] {
				m.tells[s.ID][h] += n
			}
		}
	}
}

// report counts a happening as caught when a story that mostly tells it broke; every other story that broke is a false alarm, and so
// is a second one for the same happening.
func (m *month) report(t *testing.T, days float64, items int) {
	caught, alarms := map[string]time.Time{}, 0.0
	ids := make([]int64, 0, len(m.broke))
	for id := range m.broke {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool {
		x, y := m.broke[ids[i]], m.broke[ids[j]]
		return x.Before(y) || x.Equal(y) && ids[i] < ids[j]
	})
	for _, id := range ids {
		most, n := "", 0
		for h, k := range m.tells[id] {
			if k > n || k == n && h < most {
				most, n = h, k
			}
		}
		if _, twice := caught[most]; twice || !m.breaks[most] {
			note(t, "false alarm: story %d, %s of %d happenings, breaks %v: %v", id, most, len(m.tells[id]), m.breaks[most], m.why[id])
			alarms++
			continue
		}
		caught[most] = m.broke[id]
	}
	var delays []float64
	there := 0.0
	for h := range m.second {
		there++
		if at, ok := caught[h]; ok {
			delays = append(delays, max(0, at.Sub(m.second[h]).Seconds()))
		} else {
			note(t, "did not break: %s", h)
		}
	}
	sort.Float64s(delays)
	middle := 0.0
	if len(delays) > 0 {
		middle = delays[len(delays)/2]
	}
	t.Logf("%d items in %.0f days, %d stories, %.0f happenings broke, median delay %.0f s", items, days, len(m.tells), there, middle)
	measureStory(t, "month/caught", quotient(float64(len(delays)), there), 0, .9, .9)
	measureStory(t, "month/false-alarms-a-day-below-one", 1/max(1, alarms/days), 0, 1, .5)
	measureStory(t, "month/median-delay-within-a-minute", 60/max(60, middle), 0, 1, .1)
}
