package text

import (
	"testing"

	"marsad/lang/pack"
)

func TestFullStopBeforeCommaEndsNothing(t *testing.T) {
	d := Analyze("Mia Holt, D-Va., agreed. Then she left.", pack.For("en"))
	if len(d.Sentences) != 2 {
		t.Fatalf("got %d sentences", len(d.Sentences))
	}
}
