package web

import "testing"

func TestNow(t *testing.T) {
	b := newWorld(t).serve(t)
	a := b.get("/").wants(200)
	t.Log(len(a.all(".story")), len(a.body))
}
