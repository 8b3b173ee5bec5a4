package quality

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"marsad/analysis"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

//go:embed told/*.txt
var toldFiles embed.FS

// Told is a short report of something that happened, written by us after what outlets in many languages told of it: openings of one
// to three sentences, which follow each other as closely as they did.
type Told struct {
	Of                           string // the happening; "x-" before it where a text is of none: a look back, an opinion, a summary of the day
	Lang, Outlet, Headline, Body string
	At                           time.Time
}

// Alone tells whether a text is of no single happening: it may stand alone or with one it speaks of, and must join no two.
func (t Told) Alone() bool { return strings.HasPrefix(t.Of, "x-") }

// ToldSets are the names of the sets of told reports that weights are learnt on, and of the one that is only measured.
func ToldSets() (open, sealed []string) {
	return []string{"2024-june", "2024-july", "2025-spring"}, []string{"2025-winter"}
}

// ReadTold reads a set of told reports in the order of their publication.
func ReadTold(set string) ([]Told, error) {
	raw, err := toldFiles.ReadFile(path.Join("told", set+".txt"))
	if err != nil {
		return nil, fmt.Errorf("quality: %w", err)
	}
	var out []Told
	for _, part := range strings.Split("\n"+string(raw), "\n# ")[1:] {
		head, rest, _ := strings.Cut(part, "\n")
		headline, body, _ := strings.Cut(rest, "\n")
		f := strings.Split(head, " | ")
		if len(f) != 4 {
			return nil, fmt.Errorf("quality: told/%s.txt: %q is not happening | language | outlet | time", set, head)
		}
		at, err := time.Parse("2006-01-02T15:04", strings.TrimSpace(f[3]))
		if err != nil {
			return nil, fmt.Errorf("quality: told/%s.txt: %w", set, err)
		}
		out = append(out, Told{f[0], f[1], f[2], strings.TrimSpace(headline), strings.TrimSpace(body), at})
	}
	slices.SortStableFunc(out, func(a, b Told) int { return a.At.Compare(b.At) })
	return out, nil
}

// Input makes an input of a told report; source tells outlets apart.
func (t Told) Input(id, source int64) story.Input {
	a := news.Article{ID: id, SourceID: source, Headline: t.Headline, Text: t.Body, Lang: t.Lang, Published: news.Stamp{Time: t.At, Zoned: true}}
	doc := text.Analyze(a.Text, pack.For(a.Lang))
	return story.Input{
		Article: a, Doc: doc, Analysis: analysis.Of(a, doc, entity.Default()), Arrived: t.At.Add(2 * time.Minute),
		Source: news.Source{ID: source, Name: t.Outlet, Lang: t.Lang},
	}
}
