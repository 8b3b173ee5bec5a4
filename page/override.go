package page

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"marsad/news"

	"github.com/BurntSushi/toml"
)

//go:embed overrides.toml
var overridesFile string

// override is what one site needs that no rule can know.
type override struct {
	Host string
	Drop []string // class names or ids
	Keep []string
	Why  string
}

var overrides = sync.OnceValue(func() map[string]override {
	table, err := readOverrides(overridesFile)
	if err != nil {
		panic(err) // the embedded file is tested
	}
	return table
})

func readOverrides(s string) (map[string]override, error) {
	var file struct{ Site []override }
	meta, err := toml.Decode(s, &file)
	if err != nil {
		return nil, fmt.Errorf("page: overrides: %w", err)
	}
	if left := meta.Undecoded(); len(left) > 0 {
		return nil, fmt.Errorf("page: overrides: unknown key %v", left)
	}
	table := map[string]override{}
	for _, o := range file.Site {
		if o.Host == "" || o.Why == "" {
			return nil, fmt.Errorf("page: overrides: %q needs a host and a reason", o.Host)
		}
		table[o.Host] = o
	}
	return table, nil
}

// overrideOf finds the entry for an address: its host's, or that of a domain above.
func overrideOf(url string) (override, bool) {
	for host := hostOf(url); host != ""; {
		if o, ok := overrides()[host]; ok {
			return o, true
		}
		_, rest, ok := strings.Cut(host, ".")
		if !ok {
			break
		}
		host = rest
	}
	return override{}, false
}

// override applies the site's entry to the items, where there is one.
func (r *reading) override(items []item) {
	o, ok := overrideOf(r.page.URL)
	if !ok {
		return
	}
	for i := range items {
		it := &items[i]
		if it.block < 0 {
			continue
		}
		if r.namedAbove(it.at, o.Drop) {
			it.out, it.rule = "", ""
			it.drop(news.Boilerplate, "override")
		} else if r.namedAbove(it.at, o.Keep) {
			it.out, it.rule = "", ""
		}
	}
}

// namedAbove tells whether an element or one around it has a class or id of a list.
func (r *reading) namedAbove(at int32, names []string) bool {
	if len(names) == 0 {
		return false
	}
	for ; at > 0; at = r.tree.nodes[at].parent {
		id := r.tree.attr(at, "id")
		classes := strings.Fields(r.tree.attr(at, "class"))
		for _, n := range names {
			if id == n {
				return true
			}
			for _, c := range classes {
				if c == n {
					return true
				}
			}
		}
	}
	return false
}
