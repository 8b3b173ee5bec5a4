package main

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"marsad/story"
	"marsad/wire"
)

func entryOf(id int64, lang, head, body string) wire.Entry {
	source, at := id, "2026-03-02T09:00:00Z"
	return wire.Entry{ID: id, Outlet: "courier", Arrived: at, Article: wire.Record{Source: &source, Headline: &head, Lang: &lang, Text: body, Published: &at}}
}

func line(t *testing.T, same bool, left, right []wire.Entry) string {
	t.Helper()
	b, err := json.Marshal(wire.Lesson{Version: wire.Version, Same: same, Left: left, Right: right})
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + "\n"
}

func TestLessons(t *testing.T) {
	bridge := entryOf(1, "en", "Bridge at Lorton closed", "The bridge at Lorton was closed on Monday after a lorry hit a pillar. Engineers are checking 14 bolts.")
	again := entryOf(2, "en", "Lorton bridge shut", "A lorry hit a pillar of the Lorton bridge on Monday. It stays shut while engineers look at the bolts.")
	pont := entryOf(3, "fr", "Le pont de Lorton fermé", "Le pont de Lorton a été fermé lundi : un camion avait heurté un pilier. Des ingénieurs examinent 14 boulons.")
	other := entryOf(4, "en", "Choir wins prize", "The choir of Tessary won the prize of the valley on Sunday with a song on herons.")
	var r rows
	added, err := r.lessons(strings.NewReader(
		line(t, true, []wire.Entry{bridge}, []wire.Entry{again, pont}) + "\n" + line(t, false, []wire.Entry{bridge}, []wire.Entry{other}) + line(t, true, nil, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if len(added.within) != 2 || len(added.across) != 1 || len(r.within) != 2 || len(r.across) != 1 {
		t.Fatalf("%d pairs within, %d across", len(added.within), len(added.across))
	}
	same, stranger := added.within[0], added.within[1]
	if !same.yes || same.weight != lessonWeight/2. || stranger.yes || stranger.weight != lessonWeight {
		t.Errorf("%+v, %+v", same, stranger)
	}
	if shares(same.x) <= shares(stranger.x) {
		t.Error("the two of the bridge share no more than the bridge and the choir")
	}
	f := fitPairs(added.within, withinRidge)
	if n := f.right(added.within); n != 2 {
		t.Errorf("of its own two pairs the model tells %d", n)
	}
}

func shares(x []float64) (s float64) {
	for i, name := range story.PairFeatures {
		if strings.HasSuffix(name, "-shared") {
			s += x[i]
		}
	}
	return s
}

func TestLessonsRefused(t *testing.T) {
	for _, s := range []string{"{", `{"version": 99}`, "[]"} {
		if _, err := readLessons(strings.NewReader(s)); err == nil {
			t.Errorf("%s is taken", s)
		}
	}
}

func TestBelief(t *testing.T) {
	if p := (fitted{bias: 0, weights: []float64{1}}).belief([]float64{0}); math.Abs(p-.5) > 1e-9 {
		t.Errorf("belief %v", p)
	}
}
