package page

import (
	"fmt"
	"marsad/news"
	"os"
	"testing"
)

func TestZZ(t *testing.T) {
	f := os.Getenv("ZZ")
	if f == "" {
		t.Skip()
	}
	var b []byte
	if f[len(f)-3:] == ".gz" {
		b = unzip(t, f)
	} else {
		b, _ = os.ReadFile(f)
	}
	p := news.Page{Body: b, URL: "https://x.example/"}
	r := begin(&p, decode(b, ""))
	sc := shipped().look(r.scene)
	s := r.scene
	fmt.Println("head", s.head, "column", s.column, "first", s.first, "last", s.last, "main", s.main)
	for i := range s.blocks {
		k := &s.blocks[i]
		path := ""
		for at, n := k.at, 0; at > 0 && n < 7; at, n = r.tree.nodes[at].parent, n+1 {
			path += fmt.Sprintf(" <%d.%.30s#%.12s", r.tree.nodes[at].tag, r.tree.attr(at, "class"), r.tree.attr(at, "id"))
		}
		if sc[i] > .2 || os.Getenv("ALL") != "" {
			fmt.Printf("%d %.2f %.2f in=%v z=%x h=%x c=%d %.50q %s\n", i, s.scores[i], sc[i], s.holds(s.column, k.at), s.zones[k.at], s.hints[k.at], k.chars, s.of(k), path)
		}
	}
}
