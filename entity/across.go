package entity

import (
	"sync"
	"unicode/utf8"

	"marsad/news"
	"marsad/text"
)

// sure is the score of Screen from which an unknown name is said to be a known person's in another script. It stays a candidate all the
// same: somebody else may bear the name. In the same script the usual spellings are known, so one that differs must be nearer.
const (
	sure       = 0.85
	sureWithin = 0.95
)

// people makes the screen of the people that are known: of a user's lists all names, else the English ones, which the models read
// best.
func (n *Names) people() *Screen {
	n.once.Do(func() {
		var list []Alias
		for _, t := range n.tables {
			for e := 0; e < t.entities.n; e++ {
				if t.kind(e) != news.Person {
					continue
				}
				x := t.entity(e)
				for _, lang := range sorted(x.Names) {
					if lang != "en" && lang != "" && len(x.Names["en"]) > 0 {
						continue
					}
					for _, name := range x.Names[lang] {
						list = append(list, Alias{ID: x.ID, Name: name})
					}
				}
			}
		}
		n.screen = NewScreen(list)
	})
	return n.screen
}

// lazyScreen is made when the first unknown name is looked up.
type lazyScreen struct {
	once   sync.Once
	screen *Screen
}

// across looks the candidates up among the known people, whatever their script.
func (f *finder) across() {
	const most = 24 // names a text: an article that lists a tournament's players need not be slow
	asked := map[string][]Hit{}
	for i := range f.found {
		x := &f.found[i]
		if x.ref.table != nil || x.Kind != news.Person || x.to-x.from < 2 {
			continue
		}
		hits, ok := asked[x.Name]
		if !ok {
			if len(asked) >= most {
				return
			}
			hits = f.names.people().Match(x.Name, 2)
			asked[x.Name] = hits
		}
		if len(hits) > 0 && hits[0].Aligned && hits[0].Score >= need(f.doc.Tokens[x.from], hits[0].Name) && (len(hits) == 1 || hits[1].Score < hits[0].Score-0.05) {
			x.Entity, x.Rule = hits[0].ID, x.Rule+"+sound"
			x.Mention.Name = f.names.Name(x.Entity, f.doc.Lang)
		}
	}
}

// need is the score that is needed to take a name that begins with a token for a name of the list.
func need(t text.Token, name string) float64 {
	if r, _ := utf8.DecodeRuneInString(name); text.ScriptOf(r) == t.Script {
		return sureWithin
	}
	return sure
}

// oneName gives people whom nobody knows, and whom the text names in two scripts, one name: that of the text's own script.
func (f *finder) oneName() {
	const most = 8 // names of the other script
	var own, other []int
	for k := range f.found {
		x := &f.found[k]
		if x.ref.table != nil || x.Entity != "" || x.Kind != news.Person || x.to-x.from < 2 {
			continue
		}
		if f.shared(f.doc.Tokens[x.from]) {
			own = append(own, k)
		} else if len(other) < most {
			other = append(other, k)
		}
	}
	for _, k := range other {
		for _, o := range own {
			if Same(f.found[k].Name, f.found[o].Name) >= SameName {
				f.found[k].Name, f.found[k].Rule = f.found[o].Name, f.found[k].Rule+"+sound"
				break
			}
		}
	}
}
