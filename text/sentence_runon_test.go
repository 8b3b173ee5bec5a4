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

func TestOpeningMarkAfterIdeographicStop(t *testing.T) {
	d := Analyze("他走了。“我来了。”她说。", pack.For("zh"))
	if got := d.Of(d.Sentences[0]); got != "他走了。" {
		t.Fatalf("first sentence %q", got)
	}
}
