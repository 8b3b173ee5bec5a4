package bench

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	prose "github.com/jdkato/prose/v2"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/text"
)

var markedName = regexp.MustCompile(`\[([^=\]]*)=([^\]]*)\]`)

// TestEnglishNames asks both for the names in the same sentences: those of the names file, in which every name is marked. What is
// found counts by its words alone; a name that stands behind "=-" is none. prose knows English only.
func TestEnglishNames(t *testing.T) {
	body, err := os.ReadFile(filepath.Join("..", "internal", "quality", "testdata", "names.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var ours, theirs tally
	for line := range strings.Lines(string(body)) {
		tag, marked, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || tag != "en" {
			continue
		}
		var truth []string
		for _, m := range markedName.FindAllStringSubmatch(marked, -1) {
			if m[2] != "-" {
				truth = append(truth, m[1])
			}
		}
		plain := markedName.ReplaceAllString(marked, "$1")
		var found []string
		for _, m := range entity.Default().Find(text.Analyze(plain, pack.For("en"))) {
			found = append(found, plain[m.Start:m.End])
		}
		ours.add(found, truth)
		d, err := prose.NewDocument(plain)
		if err != nil {
			t.Fatal(err)
		}
		found = nil
		for _, e := range d.Entities() {
			found = append(found, e.Text)
		}
		theirs.add(found, truth)
	}
	op, or := ours.score()
	pp, pr := theirs.score()
	say := func(what string, got, peer float64) {
		state := "ok"
		if got < peer {
			state = "short"
		}
		t.Logf("names en sentences %s %.3f prose=%.3f >=prose %s", what, got, peer, state)
	}
	say("precision", op, pp)
	say("recall", or, pr)
	if op < pp || or < pr {
		t.Errorf("a general tagger does better")
	}
}

// tally counts what was found among what is there.
type tally struct{ right, found, there int }

func (c *tally) add(found, truth []string) {
	c.found += len(found)
	c.there += len(truth)
	truth = slices.Clone(truth)
	for _, f := range found {
		if i := slices.Index(truth, f); i >= 0 {
			c.right++
			truth = slices.Delete(truth, i, i+1)
		}
	}
}

func (c *tally) score() (precision, recall float64) {
	return float64(c.right) / float64(max(1, c.found)), float64(c.right) / float64(max(1, c.there))
}
