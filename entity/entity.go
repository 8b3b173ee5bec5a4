// Package entity knows names: of people, of organizations, of places. [Names.Find] says where a text names them, and joins what
// names the same: a surname with its full name, a title with its bearer, a name in one script with the name in another.
// [Screen] looks a name up in a list, whatever the script of either.
//
// Names come from a table that is built by a program in tools/gazetteer and used straight from the program's own file, and from
// lists that a user adds ([ReadList], [Names.With]). What no list knows can only be a candidate: a rule or a model proposes it,
// and the mention says so. The package does not guess who a bare surname is, and makes nobody the bearer of an office whom the
// text does not name.
package entity

import (
	_ "embed"
	"sync"

	"marsad/news"
)

// Entity is somebody or something that has names.
type Entity struct {
	ID      string // Wikidata Q…, else geonames:…, iso:…, m:… (Marsad's own) or an id of a user's list
	Kind    news.MentionKind
	Country string              // ISO 3166 alpha-2: where it lies, or where it mostly acts; "" where there is none
	Lat     float32             // degrees; both zero where unknown
	Lon     float32             //
	Names   map[string][]string // by language, the usual one first; "" stands for a language that nobody named
	Offices []Office

	// FamilyFirst says that the family name comes first (Kim Jong Un, Xi Jinping).
	FamilyFirst bool
	// Weight, 0 to 255, is how likely the name is to mean this one among all that bear it: for places a measure of population.
	Weight uint8

	listed bool // it stands in a user's list
}

// Office is something that an entity is or was, with its time.
type Office struct {
	Title   string // a key of the packs' titles: president, foreign-minister, spokesperson …
	Of      string // ISO 3166 alpha-2 of a country, or the id of an organization
	From    string // YYYY, YYYY-MM or YYYY-MM-DD; "" for unknown
	To      string // the same, "" for unknown or still held
	Current bool   // known to be held when the table was made
}

// Names finds and tells names. It never changes and may be used from many goroutines at once.
type Names struct {
	tables []*table // a user's lists first
	lazyScreen
}

//go:embed data/names.bin
var embedded string

// Default gives the names that Marsad carries.
var Default = sync.OnceValue(func() *Names {
	t, err := open(embedded)
	if err != nil {
		panic(err) // the table is part of the program; TestDefault reads all of it
	}
	return &Names{tables: []*table{t}}
})

// With gives names that know the list too. Where both know an alias, the list comes first.
func (n *Names) With(list []Alias) (*Names, error) {
	t, err := open(Build(n.complete(gather(list))))
	if err != nil {
		return nil, err
	}
	return &Names{tables: append([]*table{t}, n.tables...)}, nil
}

// complete adds to entities of a list what is known of their ids besides names: offices, order of names, where they lie.
func (n *Names) complete(list []Entity) []Entity {
	for i := range list {
		e := &list[i]
		known, ok := n.Entity(e.ID)
		if !ok {
			continue
		}
		e.Kind, e.Offices, e.FamilyFirst, e.Lat, e.Lon, e.Weight = known.Kind, known.Offices, known.FamilyFirst, known.Lat, known.Lon, known.Weight
		if e.Country == "" {
			e.Country = known.Country
		}
		for lang, names := range known.Names { // the usual ones first
			e.Names[lang] = append(names, e.Names[lang]...)
		}
	}
	return list
}

// Name gives the usual name of an entity in a language, else in English, else in any; "" for an unknown id. An id that was replaced
// is understood: see [ID].
func (n *Names) Name(id, lang string) string {
	id = ID(id)
	for _, t := range n.tables {
		if e, ok := t.find(id); ok {
			return t.name(e, lang)
		}
	}
	return ""
}

// Entity gives all that is known of an id.
func (n *Names) Entity(id string) (Entity, bool) {
	id = ID(id)
	for _, t := range n.tables {
		if e, ok := t.find(id); ok {
			return t.entity(e), true
		}
	}
	return Entity{}, false
}

// Len gives the number of entities and of names that lead to them.
func (n *Names) Len() (entities, aliases int) {
	for _, t := range n.tables {
		entities += t.entities.n
		aliases += t.aliases.n
	}
	return entities, aliases
}

// IDs gives the ids of all entities of a kind, in no order that means anything.
func (n *Names) IDs(kind news.MentionKind) []string {
	var out []string
	for _, t := range n.tables {
		for e := 0; e < t.entities.n; e++ {
			if t.kind(e) == kind {
				out = append(out, t.id(e))
			}
		}
	}
	return out
}
