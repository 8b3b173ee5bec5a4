package page

import (
	"strings"
	"testing"

	"marsad/news"
)

// TestOpenings has what stands at the beginning of a text, in place of it, and under every text of a site.
func TestOpenings(t *testing.T) {
	const lead = "The council of the town said on Monday that the bridge over the river would be closed for two weeks."
	const rest = " Two of its four piers were found to be worn by water, and the rail on the lower side is loose, the town's builders wrote in a report."
	const more = "<p>Buses will take the road through the valley until the work is done, and school will begin half an hour later, the mayor told reporters at the town hall.</p>"
	for _, c := range []struct{ name, body, gone, stays string }{
		{"standfirst again", "<h2>" + lead + "</h2><p>" + lead + rest + "</p>" + more, "", "worn by water"},
		{"standfirst of its own", "<p>Builders found two worn piers and a loose rail, and the mayor has had enough of it.</p><p>" + lead + rest + "</p>" + more, "", "had enough"},
		{"late date", "<p>" + lead + "</p><p>Mar 28, 2020, 06:15 PM IST</p><p>" + rest + "</p>" + more, "06:15 PM", "worn by water"},
		{"date of an event", "<p>" + lead + "</p><p>Meeting: 21.02.2020, 19:00</p><p>" + rest + "</p>" + more, "", "Meeting: 21.02.2020"},
		{"dead Latin", "<p>" + lead + rest + "</p><p>Dolor ipsam et est cumque. Laboriosam sed delectus rerum sint qui natus tenetur ea.</p>", "Laboriosam", "worn by water"},
		{"about the site", "<p>" + lead + rest + "</p>" + more + "<p>Post.example is an online paper that serves the valley and is owned by nobody but its readers.</p>", "owned by nobody", "school will begin"},
	} {
		p := news.Page{URL: "https://www.post.example/a", ContentType: "text/html", Body: []byte("<html lang=\"en\"><head><title>Bridge closes</title></head><body><article><h1>Bridge closes</h1><div>" + c.body + "</div></article></body></html>")}
		a, err := Extract(p, nil)
		if err != nil || strings.Count(a.Text, c.stays) != 1 || strings.Count(a.Text, "council of the town") != 1 {
			t.Errorf("%s: text %q, error %v", c.name, a.Text, err)
		}
		if c.gone == "" {
			continue
		}
		held := false
		for _, r := range a.Removed {
			held = held || strings.Contains(r.Text, c.gone)
		}
		if strings.Contains(a.Text, c.gone) || !held {
			t.Errorf("%s: text %q, removed %+v", c.name, a.Text, a.Removed)
		}
	}
}
