//go:build ignore

// Command countries makes countries.txt, the middle of each country's largest part, from Natural Earth's countries as TopoJSON (npm
// world-atlas, countries-110m.json): go run gen/countries.go < countries-110m.json > gen/countries.txt
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"sort"

	"golang.org/x/text/language"
)

type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Countries struct {
			Geometries []struct {
				Type string
				ID   string
				Arcs json.RawMessage
			}
		}
	}
}

func main() {
	var t topology
	if err := json.NewDecoder(os.Stdin).Decode(&t); err != nil {
		log.Fatal(err)
	}
	var lines []string
	for _, g := range t.Objects.Countries.Geometries {
		region, err := language.ParseRegion(g.ID)
		if err != nil {
			continue // a territory without a code
		}
		var polygons [][][]int
		if g.Type == "Polygon" {
			var one [][]int
			err = json.Unmarshal(g.Arcs, &one)
			polygons = append(polygons, one)
		} else {
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil {
			log.Fatal(err)
		}
		best, lat, lon := 0.0, 0.0, 0.0
		for _, p := range polygons {
			if area, y, x := t.middle(p[0]); area > best {
				best, lat, lon = area, y, x
			}
		}
		lines = append(lines, fmt.Sprintf("%s %.1f %.1f", region, lat, lon))
	}
	sort.Strings(lines)
	for _, l := range lines {
		fmt.Println(l)
	}
}

// middle gives the area and the centroid of a ring, in degrees.
func (t topology) middle(arcs []int) (area, lat, lon float64) {
	var pts [][2]float64
	for _, a := range arcs {
		back := a < 0
		if back {
			a = ^a
		}
		var arc [][2]float64
		var x, y float64
		for _, d := range t.Arcs[a] {
			x, y = x+d[0], y+d[1]
			arc = append(arc, [2]float64{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]})
		}
		if back {
			for i, j := 0, len(arc)-1; i < j; i, j = i+1, j-1 {
				arc[i], arc[j] = arc[j], arc[i]
			}
		}
		pts = append(pts, arc...)
	}
	for i := 1; i < len(pts); i++ { // a ring that crosses the edge of the map goes on beyond it
		for pts[i][0]-pts[i-1][0] > 180 {
			pts[i][0] -= 360
		}
		for pts[i][0]-pts[i-1][0] < -180 {
			pts[i][0] += 360
		}
	}
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		cross := p[0]*q[1] - q[0]*p[1]
		area += cross / 2
		lon += (p[0] + q[0]) * cross
		lat += (p[1] + q[1]) * cross
	}
	return math.Abs(area), lat / (6 * area), math.Remainder(lon/(6*area), 360)
}
