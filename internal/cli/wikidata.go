package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
)

// wikidata asks Wikidata for names. Its answers are strangers' bytes: capped in size and number, read into what we want of them only.
type wikidata struct {
	client *http.Client
	site   string // where w/api.php is
	sparql string // the query service
	agent  string
	langs  []string
}

const (
	wikiBatch  = 50       // ids a request: what the service allows
	wikiAnswer = 32 << 20 // bytes of an answer
	wikiMost   = 20_000   // ids in all
	wikiNames  = 40       // names a language of one entity
)

// wikiEntity is what an answer says of an id.
type wikiEntity struct {
	ID      string
	Labels  map[string]struct{ Value string }
	Aliases map[string][]struct{ Value string }
	Claims  map[string][]struct {
		Rank     string
		Mainsnak struct {
			Datavalue struct {
				Value json.RawMessage
			}
		}
	}
	Missing *string
}

// get reads a JSON answer into v.
func (w wikidata) get(ctx context.Context, address string, v any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	r.Header.Set("User-Agent", w.agent)
	r.Header.Set("Accept", "application/sparql-results+json, application/json")
	resp, err := w.client.Do(r)
	if err != nil {
		return fmt.Errorf("asking %s: %w", r.URL.Host, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", r.URL.Host, resp.Status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, wikiAnswer+1))
	if err != nil {
		return fmt.Errorf("reading what %s says: %w", r.URL.Host, err)
	}
	if len(body) > wikiAnswer {
		return fmt.Errorf("%s says more than %d bytes", r.URL.Host, wikiAnswer)
	}
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("what %s says is no JSON that is known: %w", r.URL.Host, err)
	}
	return nil
}

// ids runs a SPARQL query and gives the ids that it calls ?item.
func (w wikidata) ids(ctx context.Context, query string) ([]string, error) {
	var answer struct {
		Results struct {
			Bindings []map[string]struct{ Value string }
		}
	}
	if err := w.get(ctx, w.sparql+"?"+url.Values{"query": {query}, "format": {"json"}}.Encode(), &answer); err != nil {
		return nil, err
	}
	var ids []string
	for _, b := range answer.Results.Bindings {
		id := b["item"].Value[strings.LastIndexByte(b["item"].Value, '/')+1:]
		if wikiID(id) && !slices.Contains(ids, id) && len(ids) < wikiMost {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("the query found nothing that it calls ?item")
	}
	return ids, nil
}

// wikiID tells whether a word is the id of an item.
func wikiID(s string) bool {
	if len(s) < 2 || len(s) > 12 || s[0] != 'Q' {
		return false
	}
	for _, c := range s[1:] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// entities asks for some ids, wikiBatch at most.
func (w wikidata) entities(ctx context.Context, ids []string) (map[string]wikiEntity, error) {
	var answer struct {
		Entities map[string]wikiEntity
		Error    struct{ Info string }
	}
	q := url.Values{"action": {"wbgetentities"}, "format": {"json"}, "props": {"labels|aliases|claims"}, "ids": {strings.Join(ids, "|")},
		"languages": {strings.Join(w.langs, "|")}}
	if err := w.get(ctx, strings.TrimSuffix(w.site, "/")+"/w/api.php?"+q.Encode(), &answer); err != nil {
		return nil, err
	}
	if answer.Entities == nil {
		return nil, fmt.Errorf("Wikidata has no answer: %s", safe(answer.Error.Info))
	}
	return answer.Entities, nil
}

// wikiLanguages are those that Marsad analyses.
func wikiLanguages() (langs []string) {
	for _, p := range pack.All() {
		langs = append(langs, p.Lang)
	}
	return langs
}

// wikiLine is an entity as a list of names has it: see entity.ReadList.
type wikiLine struct {
	ID      string              `json:"id"`
	Kind    news.MentionKind    `json:"kind"`
	Country string              `json:"country,omitempty"`
	Names   map[string][]string `json:"names"`
}

// line makes a line of an answer; false for what has no name that can be used.
func (e *wikiEntity) line(id string, known *entity.Names) (wikiLine, bool) {
	l := wikiLine{ID: id, Kind: e.kind(id, known), Names: map[string][]string{}}
	for _, lang := range sortedKeys(e.Labels) {
		l.add(lang, e.Labels[lang].Value, true)
	}
	for _, lang := range sortedKeys(e.Aliases) {
		for _, a := range e.Aliases[lang] {
			l.add(lang, a.Value, false)
		}
	}
	for _, property := range []string{"P27", "P17", "P495"} {
		if c, ok := known.Entity(e.item(property)); ok && l.Country == "" {
			l.Country = c.Country
		}
	}
	return l, len(l.Names) > 0 && e.Missing == nil
}

// add notes a name. A person's nickname of one word would be found everywhere, and a lone letter too.
func (l *wikiLine) add(lang, name string, label bool) {
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case name == "" || len(name) > 300 || len([]rune(name)) < 2 || len(l.Names[lang]) >= wikiNames || slices.Contains(l.Names[lang], name):
	case l.Kind == news.Person && !label && !strings.ContainsAny(name, " ·-"):
	case !label && len([]rune(name)) < 3:
	default:
		l.Names[lang] = append(l.Names[lang], name)
	}
}

// kind tells people by what they are an instance of; others by what is known, else by whether they lie somewhere.
func (e *wikiEntity) kind(id string, known *entity.Names) news.MentionKind {
	if e.item("P31") == "Q5" {
		return news.Person
	}
	if k, ok := known.Entity(id); ok {
		return k.Kind
	}
	if len(e.Claims["P625"]) > 0 && len(e.Claims["P112"]) == 0 && len(e.Claims["P571"]) == 0 {
		return news.Place
	}
	return news.Org
}

// item gives the first item that a property names, a preferred one before others; "" for none.
func (e *wikiEntity) item(property string) string {
	found := ""
	for _, c := range e.Claims[property] {
		var v struct{ ID string }
		if json.Unmarshal(c.Mainsnak.Datavalue.Value, &v) != nil || !wikiID(v.ID) || c.Rank == "deprecated" {
			continue
		}
		if c.Rank == "preferred" {
			return v.ID
		}
		if found == "" {
			found = v.ID
		}
	}
	return found
}
