//go:build ignore

// Command world makes world.path from Natural Earth's land as TopoJSON (npm world-atlas, land-110m.json, public domain data, ISC
// packaging): go run gen/world.go < land-110m.json > gen/world.path
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"strings"
)

type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Land struct {
			Geometries []struct {
				Type string
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
	var path strings.Builder
	for _, g := range t.Objects.Land.Geometries {
		var polygons [][][]int
		if err := json.Unmarshal(g.Arcs, &polygons); err != nil {
			log.Fatal(err)
		}
		for _, rings := range polygons {
			for _, ring := range rings {
				path.WriteString(t.ring(ring))
			}
		}
	}
	fmt.Print(path.String())
}

// antarctica is a height of the map below which nobody reports.
const antarctica = 270

// ring writes a ring in whole units, leaving out points that fall together, specks, and what is cut in two by the
// edge of the map and would be drawn across it.
func (t topology) ring(arcs []int) string {
	var pts [][2]int
	low, high := [2]int{1 << 30, 1 << 30}, [2]int{-1 << 30, -1 << 30}
	for _, lonlat := range t.points(arcs) {
		x, y := project(lonlat[1], lonlat[0])
		p := [2]int{int(math.Round(x)), int(math.Round(y))}
		if len(pts) > 0 && pts[len(pts)-1] == p {
			continue
		}
		pts = append(pts, p)
		for i := range p {
			low[i], high[i] = min(low[i], p[i]), max(high[i], p[i])
		}
	}
	if len(pts) < 4 || (high[0]-low[0])*(high[1]-low[1]) < 6 || low[1] > antarctica || high[0]-low[0] > 600 && high[1]-low[1] < 40 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "M%d %dl", pts[0][0], pts[0][1])
	for i := 1; i < len(pts); i++ {
		fmt.Fprintf(&b, "%s%s", signed(pts[i][0]-pts[i-1][0], i > 1), signed(pts[i][1]-pts[i-1][1], true))
	}
	return b.String() + "z"
}

// signed writes a number so that it can follow another: a minus parts them, else a space does.
func signed(n int, follows bool) string {
	if n >= 0 && follows {
		return " " + fmt.Sprint(n)
	}
	return fmt.Sprint(n)
}

func (t topology) points(arcs []int) (pts [][2]float64) {
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
	return pts
}

// project is the one of worldmap.go.
func project(lat, lon float64) (x, y float64) {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	t := math.Asin(math.Sqrt(3) / 2 * math.Sin(lat*math.Pi/180))
	t2 := t * t
	t6 := t2 * t2 * t2
	px := lon * math.Pi / 180 * math.Cos(t) / (math.Sqrt(3) / 2 * (a1 + 3*a2*t2 + t6*(7*a3+9*a4*t2)))
	py := t * (a1 + a2*t2 + t6*(a3+a4*t2))
	const scale = 640 / (2 * 2.70663)
	return 320 + px*scale, 155.5 - py*scale
}
