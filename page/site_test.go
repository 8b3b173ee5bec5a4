package page

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"marsad/news"
)

// sourceArticle is article k of an invented source, in whose column three lines of its own stand.
func sourceArticle(k int, background bool) news.Page {
	what := []string{"bridge", "school", "ferry", "market", "library", "harbour", "theatre", "hospital", "railway", "museum", "garden", "station", "tower", "canal"}[k%14]
	story := []string{
		fmt.Sprintf("The council of Port Linden decided on day %d that the %s will be repaired before winter comes.", k, what),
		fmt.Sprintf("A petition for the %s had gathered %d names, and its first signer said that she was glad.", what, 900+k),
		fmt.Sprintf("Work on the %s begins in the week after next, an engineer told the meeting, and lasts %d days.", what, 20+k),
	}
	if background {
		story = append(story, "Port Linden, a town of nine thousand, has been short of money since its shipyard closed in the spring of 2009.")
	}
	lines := append([]string{"Listen to our reporters every morning on Harbour Radio, and tell us what you saw."}, story...)
	lines = append(lines, "Seen something on the waterfront? The newsdesk is waiting for your pictures.", "Our readers pay for this paper, and nobody else does.")
	body := "<html><head><title>The " + what + " of Port Linden</title></head><body><h1>What becomes of the " + what + fmt.Sprint(" ", k) + "</h1><div class=text><p>" + strings.Join(lines, "</p><p>") + "</p></div></body></html>"
	return news.Page{URL: fmt.Sprintf("https://post.example/%d", k), Body: []byte(body)}
}

func read(t testing.TB, p news.Page, s *Site) news.Article {
	t.Helper()
	a, err := Extract(p, s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestSite(t *testing.T) {
	var site *Site
	kept, own := 0, 0
	for k := range 30 {
		p := sourceArticle(k, k%5 == 0)
		a := read(t, p, nil)
		clean, changed := site.Without(a)
		if (k >= repeatArticles) != changed {
			t.Fatalf("article %d: changed %v", k, changed)
		}
		if wrong := sound(&clean); wrong != "" {
			t.Fatal(wrong)
		}
		for _, slogan := range []string{"Harbour Radio", "newsdesk", "nobody else"} {
			own += b2i(strings.Contains(clean.Text, slogan))
		}
		kept += strings.Count(clean.Text, "council of") + strings.Count(clean.Text, "petition") + strings.Count(clean.Text, "engineer")
		if k%5 == 0 && !strings.Contains(clean.Text, "shipyard") {
			t.Errorf("article %d lost a paragraph that the paper repeats on one matter", k)
		}
		if with := read(t, p, site); with.Text != clean.Text {
			t.Errorf("article %d: Extract and Without differ", k)
		}
		site = site.After(&a)
		if again := site.After(&a); again != site {
			t.Error("the same article was learnt twice")
		}
	}
	if kept != 90 || own != 3*repeatArticles {
		t.Errorf("%d of 90 paragraphs kept, %d lines of the site's own, want %d", kept, own, 3*repeatArticles)
	}
}

func TestSiteForgets(t *testing.T) {
	var site *Site
	for k := range 10 {
		a := read(t, sourceArticle(k, false), nil)
		site = site.After(&a)
	}
	for k := range 200 {
		p := news.Page{Body: []byte(fmt.Sprintf("<html><body><h1>Report %d of the new paper</h1><p>On day %d the mayor said, after a long meeting, that nothing had been decided about number %d.</p><p>She will try again on day %d, and the council will listen, as it always has.</p></body></html>", k, k, k, k+1))}
		a := read(t, p, nil)
		site = site.After(&a)
	}
	if a := read(t, sourceArticle(3, false), nil); len(a.Blocks) < 6 {
		t.Fatal("the old page lost its lines without a memory")
	} else if _, changed := site.Without(a); changed {
		t.Error("a layout of two hundred articles ago is still remembered")
	}
	b, _ := site.MarshalBinary()
	t.Logf("site memory: %d bytes", len(b))
	if len(b) > 8<<10 {
		t.Errorf("the memory takes %d bytes", len(b))
	}
	var back Site
	if err := back.UnmarshalBinary(b); err != nil {
		t.Fatal(err)
	}
	if again, _ := back.MarshalBinary(); !bytes.Equal(b, again) {
		t.Error("the memory changes by being stored")
	}
}
