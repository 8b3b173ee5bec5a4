package entity

import (
	_ "embed"
	"strings"
	"sync"
)

// renamedFile says which ids were replaced: the old one, a tab, the new one. What was stored under an old id is still understood.
//
//go:embed data/renamed.tsv
var renamedFile string

var renamed = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for row := range strings.Lines(renamedFile) {
		if old, id, ok := strings.Cut(strings.TrimSpace(row), "\t"); ok {
			m[old] = id
		}
	}
	return m
})

// ID gives the id that an entity has now, for one that it once had; any other id as it is.
func ID(id string) string {
	if now, ok := renamed()[id]; ok {
		return now
	}
	return id
}
