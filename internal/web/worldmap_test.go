package web

import "testing"

func TestProjection(t *testing.T) {
	for name, c := range map[string]struct{ lat, lon, x, y float64 }{ // corners of the Equal Earth map, from its definition
		"middle": {0, 0, 320, 155.5}, "west": {0, -180, 0, 155.5}, "east": {0, 180, 640, 155.5},
	} {
		if x, y := project(c.lat, c.lon); max(x-c.x, c.x-x, y-c.y, c.y-y) > 0.5 {
			t.Errorf("%s lies at %.1f, %.1f", name, x, y)
		}
	}
	if _, north := project(60, 0); north >= 155 {
		t.Error("north is not above")
	}
	if len(middles()) < 170 {
		t.Errorf("%d countries", len(middles()))
	}
	for code, at := range middles() {
		if at[0] < -90 || at[0] > 90 || at[1] < -180 || at[1] > 180 {
			t.Errorf("%s lies at %v", code, at)
		}
	}
}
