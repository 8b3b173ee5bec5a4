package quality

import (
	"embed"
	"fmt"
	"hash/fnv"
	"path"
	"slices"
	"strconv"
	"strings"
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

//go:embed columns/*.txt
var columnFiles embed.FS

// column is what comes back under one headline: the weather, the results, the letter of the morning.
type column struct{ lang, kind, headline, body string }

// columnsOf reads the columns of a language, and the lists that they are filled from.
func columnsOf(t *testing.T, lang string) (all []column, lists map[string][]string) {
	raw, err := columnFiles.ReadFile("columns/" + lang + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	lists = map[string][]string{}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for i := 0; i+1 < len(lines); i++ {
		switch kind, value := lines[i][:1], strings.TrimSpace(lines[i][1:]); kind {
		case "=":
			all = append(all, column{lang, value, lines[i+1], lines[i+2]})
			i += 2
		case ":":
			lists[value] = strings.Split(lines[i+1], ", ")
			i++
		}
	}
	return all, lists
}

// filled writes a column out: every slot and every choice by a hash of its place.
func (c column) filled(lists map[string][]string, seed string, day time.Time) string {
	throw := func(i, n int) int {
		h := fnv.New32a()
		fmt.Fprintf(h, "%s %s %s %d", c.lang, c.kind, seed, i)
		return int(h.Sum32()>>4) % n
	}
	var out strings.Builder
	for i, rest := 0, c.body; rest != ""; i++ {
		at := strings.IndexAny(rest, "[{")
		if at < 0 {
			out.WriteString(rest)
			break
		}
		out.WriteString(rest[:at])
		end := at + strings.IndexAny(rest[at:], "]}")
		slot := rest[at+1 : end]
		switch {
		case rest[at] == '[':
			options := strings.Split(slot, "|")
			out.WriteString(options[throw(i, len(options))])
		case slot == "n":
			out.WriteString(strconv.Itoa(11 + throw(i, 88)))
		case slot == "day":
			out.WriteString(day.Format("2006-01-02"))
		default:
			out.WriteString(lists[slot][throw(i, len(lists[slot]))])
		}
		rest = rest[end+1:]
	}
	return out.String()
}

// columnItem is one day's column of an outlet, or an item of the news beside.
type columnItem struct {
	in   story.Input
	kind string // empty for news
	day  int
	own  bool // nothing else is of its happening: the other outlets tell of other towns and people
}

// columnWeeks makes two weeks of columns by three outlets a language, with a generated world of news beside.
func columnWeeks(t *testing.T) (items []columnItem) {
	const days, outlets = 14, 3
	for _, it := range generatedCorpus(t, corpus.Shape{Seed: 311, Base: storyBase, Days: days, PerDay: 40}) {
		items = append(items, columnItem{in: it.input, own: true})
	}
	files, err := columnFiles.ReadDir("columns")
	if err != nil {
		t.Fatal(err)
	}
	source := int64(1000)
	for _, f := range files {
		lang := strings.TrimSuffix(path.Base(f.Name()), ".txt")
		columns, lists := columnsOf(t, lang)
		for range outlets {
			source++
			for k, c := range columns {
				for day := range days {
					at := storyBase.AddDate(0, 0, day).Add(time.Duration(5+k)*time.Hour + time.Duration(source%60)*time.Minute)
					a := news.Article{
						SourceID: source, Headline: c.headline, Lang: lang, Published: news.Stamp{Time: at, Zoned: true},
						Text: c.filled(lists, fmt.Sprint(source, day), at),
					}
					if source%outlets == 0 { // one of three dates its headlines
						a.Headline += at.Format(" 2.1.2006")
					}
					doc := text.Analyze(a.Text, pack.For(lang))
					items = append(items, columnItem{kind: lang + " " + c.kind, day: day, in: story.Input{
						Article: a, Doc: doc, Analysis: analysis.Of(a, doc, entity.Default()), Arrived: at.Add(2 * time.Minute),
						Source: news.Source{ID: source, Name: fmt.Sprint("outlet ", source), Lang: lang},
					}})
				}
			}
		}
	}
	slices.SortStableFunc(items, func(a, b columnItem) int { return a.in.Arrived.Compare(b.in.Arrived) })
	for i := range items {
		items[i].in.Article.ID = int64(i + 1)
	}
	return items
}

// TestColumns sees that what comes back under one headline is no story: not the weather of two weeks, nor results, prices, letters of the
// morning and notices; and that none of it makes one story of two. Columns of one kind, language and day may be told of as one.
func TestColumns(t *testing.T) {
	items := columnWeeks(t)
	w := story.NewWindow(story.Options{})
	in := map[int64][]int{}
	joined := 0
	for i, it := range items {
		p, stories := w.Place(it.in)
		if it.kind != "" {
			joined += len(p.Merged)
		}
		in[stories[0].ID] = append(in[stories[0].ID], i)
		for _, m := range p.Merged {
			if m != stories[0].ID {
				in[stories[0].ID] = append(in[stories[0].ID], in[m]...)
				delete(in, m)
			}
		}
	}
	var c storyTally
	kinds, largest := map[string]*storyTally{}, 0
	for _, members := range in {
		columns := 0
		for _, i := range members {
			x := items[i]
			if x.kind == "" {
				continue
			}
			columns++
			k := kinds[x.kind]
			if k == nil {
				k = &storyTally{}
				kinds[x.kind] = k
			}
			k.there++
			c.there++
			if !slices.ContainsFunc(members, func(j int) bool { return items[j].kind != x.kind || items[j].day != x.day }) {
				k.hit++
				c.hit++
			}
		}
		largest = max(largest, columns)
	}
	measureStory(t, "columns/kept-apart", c.recall(), 0, .95, .95)
	if joined > 0 {
		t.Errorf("columns made one story of two, %d times", joined)
	}
	t.Logf("%.0f columns beside %d other items, the most in one story %d; %d stories joined by columns", c.there, len(items)-int(c.there), largest, joined)
	for kind, k := range kinds {
		if k.recall() < .95 {
			note(t, "%s: %.2f of %.0f kept apart", kind, k.recall(), k.there)
		}
	}
}
