package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsad/entity"
	"marsad/internal/fetch"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// answers of Wikidata, cut down to a person, a club and an id that is gone.
const wikiAnswers = `{"entities":{
"Q90000001":{"id":"Q90000001","labels":{"en":{"language":"en","value":"Zebulon Quark"},"ar":{"language":"ar","value":"زيبولون كوارك"}},
  "aliases":{"en":[{"language":"en","value":"Zeb"},{"language":"en","value":"Z. B. Quark"}]},
  "claims":{"P31":[{"rank":"normal","mainsnak":{"snaktype":"value","datavalue":{"value":{"entity-type":"item","id":"Q5"},"type":"wikibase-entityid"}}}],
    "P27":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q142"}}}}],"P569":[{"mainsnak":{"datavalue":{"value":{"time":"+1950-00-00T00:00:00Z"}}}}]}},
"Q90000002":{"id":"Q90000002","labels":{"en":{"value":"Quark Rowing Club"}},"aliases":{},"claims":{"P31":[{"rank":"normal","mainsnak":{"snaktype":"somevalue"}}]}},
"Q90000003":{"id":"Q90000003","missing":""}},"success":1}`

const wikiBindings = `{"head":{"vars":["item"]},"results":{"bindings":[{"item":{"type":"uri","value":"http://www.wikidata.org/entity/Q90000001"}},
{"item":{"type":"uri","value":"http://www.wikidata.org/entity/Q90000002"}},{"item":{"type":"literal","value":"../../etc"}}]}}`

// wikiServer answers as Wikidata does, on loopback.
func wikiServer(t *testing.T, entities string, asked *[]string) wikidata {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.URL.RawQuery)
		switch {
		case r.URL.Path == "/w/api.php" && r.URL.Query().Get("action") == "wbgetentities":
			fmt.Fprint(w, entities)
		case r.URL.Path == "/sparql" && strings.Contains(r.URL.Query().Get("query"), "?item"):
			fmt.Fprint(w, wikiBindings)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return wikidata{client: s.Client(), site: s.URL, sparql: s.URL + "/sparql", agent: "test", langs: []string{"ar", "en"}}
}

func TestNamesUpdate(t *testing.T) {
	var asked []string
	w := wikiServer(t, wikiAnswers, &asked)
	file := filepath.Join(t.TempDir(), "names", "wikidata.jsonl")
	var said bytes.Buffer
	c := namesUpdateCmd{IDs: []string{"Q90000003"}, Leaders: true}
	if err := c.update(context.Background(), w, file, &said, 0); err != nil {
		t.Fatal(err)
	}
	if len(asked) != 2 || !strings.Contains(asked[1], "Q90000001%7CQ90000002%7CQ90000003") || !strings.Contains(said.String(), "2 of 3 ids") {
		t.Errorf("asked %q, said %q", asked, said.String())
	}
	list, err := readList(file)
	if err != nil {
		t.Fatal(err)
	}
	names, err := entity.Default().With(list)
	if err != nil {
		t.Fatal(err)
	}
	if e, ok := names.Entity("Q90000001"); !ok || e.Kind != news.Person || e.Country != "FR" || strings.Join(e.Names["en"], "|") != "Zebulon Quark|Z. B. Quark" {
		t.Errorf("%+v", e)
	}
	for lang, s := range map[string]string{"en": "They met Zebulon Quark there.", "ar": "التقى زيبولون كوارك في المدينة."} {
		if ms := names.Find(text.Analyze(s, pack.For(lang))); len(ms) == 0 || ms[0].Entity != "Q90000001" || !ms[0].Known {
			t.Errorf("%s: %+v", s, ms)
		}
	}
	left, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}
}

// TestNamesUpdateFails keeps the list that was there, whatever comes instead of an answer.
func TestNamesUpdateFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "wikidata.jsonl")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"<html>", `{"error":{"code":"x","info":"no\u001b[31m"}}`, `{"entities":{"Q1":{"missing":""}}}`, `{"entities":[]}`,
		strings.Repeat("[", 100_000), `{"entities":{"Q1":{"labels":{"en":{"value":" "}}}}}`} {
		var asked []string
		err := namesUpdateCmd{IDs: []string{"Q1"}}.update(context.Background(), wikiServer(t, answer, &asked), file, &bytes.Buffer{}, 0)
		if err == nil || strings.ContainsRune(err.Error(), 0x1b) {
			t.Errorf("%.40q: %v", answer, err)
		}
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "old" {
		t.Errorf("the old list is %q, %v", b, err)
	}
	var bad usageError
	if err := (namesUpdateCmd{IDs: []string{"Q1/../x"}}).update(context.Background(), wikidata{}, file, &bytes.Buffer{}, 0); !errors.As(err, &bad) {
		t.Errorf("a strange id: %v", err)
	}
}

// TestNamesUpdateIsGuarded has the command's own client refuse a private address.
func TestNamesUpdateIsGuarded(t *testing.T) {
	var asked []string
	w := wikiServer(t, wikiAnswers, &asked)
	w.client = fetch.Guarded(fetch.Options{})
	err := namesUpdateCmd{IDs: []string{"Q1"}}.update(context.Background(), w, filepath.Join(t.TempDir(), "x"), &bytes.Buffer{}, 0)
	if err == nil || len(asked) != 0 {
		t.Errorf("a private address was asked: %v %v", asked, err)
	}
}

// FuzzWikiEntity reads what strangers say of an id: a line of it has names that a list may have.
func FuzzWikiEntity(f *testing.F) {
	f.Add([]byte(`{"labels":{"en":{"value":"Ann Other"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q5"}}}}]}}`))
	f.Add([]byte(`{"claims":{"P27":[{"rank":"preferred","mainsnak":{"datavalue":{"value":7}}}]},"aliases":{"":[{"value":"\u0000\n"}]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var e wikiEntity
		if json.Unmarshal(b, &e) != nil {
			return
		}
		l, ok := e.line("Q1", entity.Default())
		for lang, names := range l.Names {
			for _, n := range names {
				if n == "" || len(n) > 300 || strings.ContainsAny(n, "\n\t") {
					t.Fatalf("%s: %q", lang, n)
				}
			}
		}
		if ok && len(l.Names) == 0 {
			t.Fatal("nobody has names")
		}
	})
}
