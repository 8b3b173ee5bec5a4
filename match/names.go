package match

import (
	"strings"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/text"
)

// ByEntity makes a Namer of a gazetteer: a name in any script stands for every entity that bears it.
func ByEntity(n *entity.Names) Namer { return byEntity{n} }

type byEntity struct{ names *entity.Names }

// IDs implements Namer. A name means an entity where the gazetteer finds the whole of it, read as a word of any language.
func (b byEntity) IDs(name string) (ids []string) {
	name = strings.TrimSpace(name)
	for _, p := range pack.All() {
		for _, m := range b.names.Find(text.Analyze(name, p)) {
			if m.Entity != "" && m.End-m.Start >= len(name)-1 && !contains(ids, m.Entity) {
				ids = append(ids, m.Entity)
			}
		}
	}
	return ids
}

func contains(ids []string, id string) bool {
	for _, k := range ids {
		if k == id {
			return true
		}
	}
	return false
}
