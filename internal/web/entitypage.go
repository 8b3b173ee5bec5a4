package web

import (
	"html/template"

	"marsad/entity"
	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// entityPage is a person, place or organization: what it is called, and the stories that name it.
type entityPage struct {
	ID      string
	Name    string
	Kind    news.MentionKind
	Names   []nameRow
	Offices []entity.Office
	Cards   []card
	Map     template.HTML
	Watch   string
	Marks   string // what the reader decided: follow, mute or nothing
	Mine    bool
}

type nameRow struct {
	Lang  string
	Names []string
}

func (s *site) entity(v *visit) error {
	id := v.r.PathValue("id")
	e, ok := s.Names.Entity(id)
	if !ok {
		return fault.New(fault.NotFound, "nobody of this id")
	}
	p := entityPage{ID: id, Name: s.Names.Name(id, v.words.Lang()), Kind: e.Kind}
	for _, l := range sortedKeys(e.Names) {
		if ns := e.Names[l]; l != "" && len(ns) > 0 {
			p.Names = append(p.Names, nameRow{l, ns[:min(len(ns), 4)]})
		}
	}
	cards, err := s.Store.Stories(v.r.Context(), store.StoryFilter{Entity: id, N: 40})
	if err != nil {
		return err
	}
	if p.Cards, err = v.marked(cards, false); err != nil {
		return err
	}
	p.Mine = v.reader() != 0
	if p.Marks, err = v.choiceOf("name", id); err != nil {
		return err
	}
	if e.Kind == news.Place && (e.Lat != 0 || e.Lon != 0) {
		p.Map = worldMap(v.words, []place{{id, p.Name, 1, float64(e.Lat), float64(e.Lon)}})
	}
	field := map[news.MentionKind]string{news.Person: "who", news.Org: "org", news.Place: "where"}[e.Kind]
	p.Watch = "/watches/new?q=" + template.URLQueryEscaper(field+`:"`+p.Name+`"`)
	v.show("entity", i18n.Isolate(p.Name), "now", p)
	return nil
}
