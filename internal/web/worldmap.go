package web

import (
	_ "embed"
	"fmt"
	"html/template"
	"math"
	"sort"
	"strings"
	"sync"

	"marsad/internal/i18n"
)

// land is the outline of the continents in the coordinates of project, made by gen/world.go from Natural Earth's 1:110m land.
//
//go:embed gen/world.path
var land string

// countries holds a line for each country: code, latitude and longitude of its middle, made by gen/countries.go. The smallest are not
// in it.
//
//go:embed gen/countries.txt
var countries string

// middles gives the middle of a country by its code.
var middles = sync.OnceValue(func() map[string][2]float64 {
	m := map[string][2]float64{}
	for line := range strings.Lines(countries) {
		var code string
		var lat, lon float64
		if _, err := fmt.Sscan(line, &code, &lat, &lon); err != nil {
			panic(err) // an embedded file, read by the tests
		}
		m[code] = [2]float64{lat, lon}
	}
	return m
})

// The box of the map.
const (
	mapWidth  = 640.0
	mapShown  = 278.0 // without the Antarctic
	mapHeight = 311.0 // of the whole globe
)

// project gives the place of a point on the map: the Equal Earth projection (Šavrič, Patterson, Jenny 2018), which shows areas
// in their true proportion.
func project(lat, lon float64) (x, y float64) {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	t := math.Asin(math.Sqrt(3) / 2 * math.Sin(lat*math.Pi/180))
	t2 := t * t
	t6 := t2 * t2 * t2
	px := lon * math.Pi / 180 * math.Cos(t) / (math.Sqrt(3) / 2 * (a1 + 3*a2*t2 + t6*(7*a3+9*a4*t2)))
	py := t * (a1 + a2*t2 + t6*(a3+a4*t2))
	const scale = mapWidth / (2 * 2.70663)
	return mapWidth/2 + px*scale, mapHeight/2 - py*scale
}

// place is a place with the number that both the map and its table show.
type place struct {
	ID   string
	Name string
	N    int
	Lat  float64
	Lon  float64
}

// Mapped tells whether a place has coordinates.
func (p place) Mapped() bool { return p.Lat != 0 || p.Lon != 0 }

// places turns counts by entity id into at most n places, the most named first. Ids that are no known places are left out.
func (v *visit) places(counts map[string]int, n int) []place {
	var ps []place
	for id, c := range counts {
		e, ok := v.s.Names.Entity(id)
		if !ok || e.Kind != "LOC" {
			continue
		}
		p := place{id, v.s.Names.Name(id, v.words.Lang()), c, float64(e.Lat), float64(e.Lon)}
		if at, ok := middles()[e.Country]; ok && !p.Mapped() {
			p.Lat, p.Lon = at[0], at[1]
		}
		ps = append(ps, p)
	}
	sort.Slice(ps, func(i, j int) bool {
		if ps[i].N != ps[j].N {
			return ps[i].N > ps[j].N
		}
		return ps[i].ID < ps[j].ID
	})
	return ps[:min(n, len(ps))]
}

// worldMap draws places as circles whose areas show their numbers. The world is not mirrored in any language.
func worldMap(words *i18n.Printer, ps []place) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="map" viewBox="0 0 %.0f %.0f" role="img" aria-label="%s" direction="ltr"><path class="land" d="%s"/>`,
		mapWidth, mapShown, template.HTMLEscapeString(words.Text("map.label")), land)
	highest := 1
	for _, p := range ps {
		highest = max(highest, p.N)
	}
	for _, p := range ps {
		if !p.Mapped() {
			continue
		}
		x, y := project(p.Lat, p.Lon)
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="%.1f"><title>%s</title></circle>`, x, y, 4+10*math.Sqrt(float64(p.N)/float64(highest)),
			template.HTMLEscapeString(i18n.Isolate(p.Name)+" "+words.Num(p.N)))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}
