package shingle

import (
	"fmt"
	"testing"
)

func ExampleCompare() {
	said := "The ferry will carry books. Share this article"
	o := Compare(said, "The ferry will carry books.")
	fmt.Printf("%.2f of all runs in both, %.2f only said, %.2f only true\n", o.Both, o.Extra, o.Missing)
	// Output: 0.40 of all runs in both, 0.60 only said, 0.00 only true
}

func TestF1(t *testing.T) {
	same := Compare("one two three four five", "one two three four five")
	none := Compare("", "one two three four five")
	if f, p, r := F1([]Overlap{same, none}); p != 1 || r != 0.5 || f < 0.66 || f > 0.67 {
		t.Errorf("a right page and a silent one: F1 %.3f, precision %.3f, recall %.3f", f, p, r)
	}
	if f, _, _ := F1([]Overlap{Compare("", "")}); f != 0 {
		t.Errorf("two empty texts: %.3f", f)
	}
}
