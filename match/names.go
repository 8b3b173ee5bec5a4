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
			if id := entity.ID(m.Entity); id != "" && m.End-m.Start >= len(name)-1 && !contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// isOne tells whether an article's entity is one of those asked for. What was stored under an id that has been replaced since is still
// understood.
func isOne(id string, ids []string) bool { return id != "" && contains(ids, entity.ID(id)) }

func contains(ids []string, id string) bool {
	for _, k := range ids {
		if k == id {
			return true
		}
	}
	return false
}
