package web

import (
	"testing"

	"marsad/internal/i18n"
	"marsad/query"
)

// Every example of the query language is a query, in every language of the pages, and has its words.
func TestOperatorsAreQueries(t *testing.T) {
	for _, l := range i18n.Languages() {
		p := i18n.New(i18n.Options{Lang: l.Tag})
		for _, name := range operators {
			example := p.Text("ops.example." + name)
			if _, err := query.Parse(example); err != nil {
				t.Errorf("%s: %s: %v", l.Tag, example, err)
			}
			if !p.Has("ops." + name) {
				t.Errorf("%s: %s is not explained", l.Tag, name)
			}
		}
	}
}
