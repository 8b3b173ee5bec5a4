package e2e

import (
	"strings"
	"testing"

	cdp "github.com/chromedp/chromedp"
)

// TestOneClickEndsTheDemo goes from the demo to a desk of one's own, which is empty, asks for nothing again, and is found by the next
// start.
func TestOneClickEndsTheDemo(t *testing.T) {
	ctx := browser(t)
	bin, data := build(t), t.TempDir()
	p := start(t, bin, data)
	run(t, ctx, cdp.Navigate(p.setup))
	submit(t, ctx, `form[action="/setup/clean"]`)
	eventually(t, "a desk without the demo", func() bool {
		if _, err := cdp.Run(ctx, cdp.Navigate(p.base+"/sources")); err != nil {
			return false
		}
		body, err := cdp.Run(ctx, cdp.TextContent("body"))
		return err == nil && body != "" && !strings.Contains(body, "invented") && strings.Contains(body, "Marsad")
	})
	// The same browser may still change things.
	run(t, ctx, cdp.Navigate(p.base+"/watches/new"))
	fill(t, ctx, p.base+"/watches/new", `form[action="/watches"]`, map[string]string{"name": "Ports", "q": "harbour"})
	run(t, ctx, cdp.Navigate(p.base+"/watches"))
	if body := run(t, ctx, cdp.TextContent("main")); !strings.Contains(body, "Ports") {
		t.Errorf("the watch is not on the new desk: %s", body)
	}
}
