package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"marsad/entity"
	"marsad/internal/fetch"
	"marsad/news"
)

// namesUpdateCmd reads names from Wikidata into a list of one's own. Nothing else in Marsad asks Wikidata.
type namesUpdateCmd struct {
	IDs     []string `arg:"" optional:"" name:"id" help:"Wikidata ids (Q…). Without any: the people and organizations that Marsad carries."`
	Leaders bool     `help:"Add the heads of state and government of now."`
	Query   string   `help:"File with a SPARQL query; the ids that it calls ?item are added." placeholder:"FILE"`
	Site    string   `help:"Where Wikidata is." default:"https://www.wikidata.org" placeholder:"URL"`
	Sparql  string   `help:"Where its query service is." default:"https://query.wikidata.org/sparql" placeholder:"URL"`
}

func (namesUpdateCmd) Help() string {
	return `Writes names/wikidata.jsonl into the data folder: names in all languages that Marsad reads, for people, organizations and places that
Wikidata knows (CC0). They are used from the next start on. The command asks the network; the desk by itself never does.

Examples:
  marsad names update
  marsad names update --leaders
  marsad names update Q7747 Q1065`
}

// leadersQuery asks for those who head a state or a government now.
const leadersQuery = `SELECT DISTINCT ?item WHERE {
  ?country wdt:P31 wd:Q3624078 .
  ?country p:P35|p:P6 ?held .
  ?held ps:P35|ps:P6 ?item .
  FILTER NOT EXISTS { ?held pq:P582 [] }
  ?item wdt:P31 wd:Q5 .
}`

// pause between requests, so that a run is no burden.
const wikiPause = time.Second

func (c namesUpdateCmd) Run(rt *runtimeEnv) error {
	folder, err := rt.dataFolder()
	if err != nil {
		return err
	}
	w := wikidata{client: fetch.Guarded(fetch.Options{Time: time.Minute}), site: c.Site, sparql: c.Sparql, langs: wikiLanguages(),
		agent: "Marsad/" + Version + " (names update)"}
	return c.update(rt.ctx, w, filepath.Join(folder, "names", "wikidata.jsonl"), rt.stderr, wikiPause)
}

// update asks for the names and puts them in the place of the file, at once and whole.
func (c namesUpdateCmd) update(ctx context.Context, w wikidata, file string, say io.Writer, pause time.Duration) error {
	ids, err := c.wanted(ctx, w)
	if err != nil {
		return err
	}
	lines := map[string]wikiLine{}
	for batch := range slices.Chunk(ids, wikiBatch) {
		if len(lines) > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(pause):
			}
		}
		got, err := w.entities(ctx, batch)
		if err != nil {
			return err
		}
		for _, id := range batch {
			e := got[id]
			if l, ok := e.line(id, entity.Default()); ok {
				lines[id] = l
			}
		}
	}
	if len(lines) == 0 {
		return errors.New("Wikidata knows none of the ids; nothing is written")
	}
	if err := writeLines(file, lines); err != nil {
		return err
	}
	_, err = fmt.Fprintf(say, "%d of %d ids have names now, in %s\n", len(lines), len(ids), file)
	return err
}

// wanted gives the ids to ask for.
func (c namesUpdateCmd) wanted(ctx context.Context, w wikidata) ([]string, error) {
	var ids []string
	for _, id := range c.IDs {
		if !wikiID(id) {
			return nil, usage("%q is no id of Wikidata: those are Q and digits", id)
		}
		ids = append(ids, id)
	}
	queries := []string{}
	if c.Leaders {
		queries = append(queries, leadersQuery)
	}
	if c.Query != "" {
		body, err := os.ReadFile(c.Query)
		if err != nil {
			return nil, usage("cannot read the query: %v", err)
		}
		queries = append(queries, string(body))
	}
	for _, q := range queries {
		found, err := w.ids(ctx, q)
		if err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	if len(ids) == 0 {
		for _, kind := range []news.MentionKind{news.Person, news.Org} {
			ids = append(ids, entity.Default().IDs(kind)...)
		}
		ids = slices.DeleteFunc(ids, func(id string) bool { return !wikiID(id) })
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// writeLines puts a list in the place of a file: a reader finds the old one or the new one.
func writeLines(file string, lines map[string]wikiLine) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".wikidata-*")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, id := range slices.Sorted(maps.Keys(lines)) {
		err = errors.Join(err, enc.Encode(lines[id]))
	}
	if err = errors.Join(err, out.Flush(), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// hidden tells whether a file of the names folder is one that is being written.
func hidden(name string) bool { return strings.HasPrefix(name, ".") }
