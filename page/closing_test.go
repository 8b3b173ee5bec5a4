package page

import (
	"strings"
	"testing"

	"marsad/news"
)

// TestClosing has what stands behind the last sentence of a column and is no text, and last sentences that stay.
func TestClosing(t *testing.T) {
	const report = "<p>The council of the town said on Monday that the bridge over the river would be closed for two weeks, since two of its four piers were found to be worn by water.</p><p>Buses will take the road through the valley until the work is done, and school will begin half an hour later, the mayor told reporters at the town hall.</p>"
	for _, c := range []struct{ tail, gone, kind string }{
		{"<p>- - -</p>", "- - -", "boilerplate"},
		{"<p>If you found the reporting above valuable, please consider making a donation to support it.</p>", "valuable", "newsletter"},
		{"<p>Follow our full coverage of the floods here.</p>", "coverage", "newsletter"},
		{"<h3>Organizations in this story</h3>", "Organizations", "related"},
		{"<p>(With inputs from agencies)</p>", "inputs", "byline"},
		{"<p>The road <b>over the hill</b> stays open, she said.<br>(With inputs from agencies)</p>", "inputs", "byline"},
		{"<p>This document is subject to copyright.</p>", "subject to", "boilerplate"},
		{"<p>He will not subscribe to that view.</p>", "", ""},
		{"<p>The inquiry (and its costs) will be made public in May.</p>", "", ""},
		{"<p>Copies can be ordered now, the library said, and Ada Wells will sign them in June.</p>", "", ""},
	} {
		p := news.Page{URL: "https://post.example/a", ContentType: "text/html", Body: []byte("<html><head><title>Bridge closes</title></head><body><article><h1>Bridge closes</h1>" + report + c.tail + "</article></body></html>")}
		a, err := Extract(p, nil)
		if err != nil || !strings.Contains(a.Text, "told reporters at the town hall.") {
			t.Errorf("%s: text %q, error %v", c.tail, a.Text, err)
		}
		if c.gone == "" {
			if len(a.Removed) > 0 {
				t.Errorf("%s: removed %+v", c.tail, a.Removed)
			}
			continue
		}
		kinds := ""
		for _, r := range a.Removed {
			if strings.Contains(r.Text, c.gone) {
				kinds = string(r.Kind)
			}
		}
		if strings.Contains(a.Text, c.gone) || !strings.HasPrefix(kinds, c.kind) {
			t.Errorf("%s: kind %q, text %q", c.tail, kinds, a.Text)
		}
	}
}
