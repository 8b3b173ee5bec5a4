package quality

import (
	"fmt"
	"strings"
	"testing"

	"marsad/internal/quality/shingle"
	"marsad/news"
	"marsad/page"
)

// sourcePage is report k of an invented paper, whose column holds lines of the paper's own that no rule can know, and its true text.
func sourcePage(k int) (news.Page, string) {
	places := []string{"bridge", "school", "ferry", "market", "library", "harbour", "theatre", "hospital", "railway", "museum", "garden", "tower"}
	what := places[k%len(places)]
	truth := []string{
		fmt.Sprintf("The council of Port Linden decided on evening number %d that the %s will be repaired before winter comes.", k, what),
		fmt.Sprintf("A petition for the %s had gathered %d names, and its first signer said that she was glad.", what, 900+7*k),
		fmt.Sprintf("Work on the %s begins in the week after next, an engineer told the meeting, and lasts %d days.", what, 20+k),
	}
	if k%4 == 0 {
		truth = append(truth, "Port Linden, a town of nine thousand, has been short of money since its shipyard closed in the spring of 2009.")
	}
	lines := append([]string{"Hear our reporters every morning on Harbour Radio, and tell them what you saw."}, truth...)
	lines = append(lines, "Seen something on the waterfront? The newsdesk waits for your pictures.", "Our readers pay for this paper, and nobody else does.")
	body := fmt.Sprintf("<html><body><h1>What becomes of the %s, part %d</h1><div class=text><p>%s</p></div></body></html>", what, k, strings.Join(lines, "</p><p>"))
	return news.Page{URL: fmt.Sprintf("https://post.example/%d", k), Body: []byte(body)}, strings.Join(truth, "\n\n")
}

// TestPageSite scores the reports of one paper with and without the memory of their source.
func TestPageSite(t *testing.T) {
	var site *page.Site
	var with, without []shingle.Overlap
	for k := range 48 {
		p, truth := sourcePage(k)
		a, err := page.Extract(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		clean, _ := site.Without(a)
		with, without = append(with, shingle.Compare(clean.Text, truth)), append(without, shingle.Compare(a.Text, truth))
		site = site.After(&a)
	}
	plain, _, _ := shingle.F1(without)
	f, p, r := shingle.F1(with)
	t.Logf("site memory: F1 %.4f without it, %.4f with it, precision %.4f recall %.4f", plain, f, p, r)
	pagePinned(t, "site memory recall", r, 1, 1)
	pagePinned(t, "site memory F1", f, 0.97, 0.97)
}
