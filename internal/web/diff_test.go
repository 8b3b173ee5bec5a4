package web

import (
	"fmt"
	"strings"
	"testing"
)

func sides(cs []change) (before, after string) {
	for _, c := range cs {
		if c.Kind != "added" {
			before += c.Text
		}
		if c.Kind != "taken" {
			after += c.Text
		}
	}
	return before, after
}

func TestChanges(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"The harbour reopens at noon.", "The harbour reopens at one.", "The harbour reopens at[- noon.][+ one.]"},
		{"Three people were hurt.", "Three people, two of them children, were hurt.", "Three[- people][+ people, two of them children,] were hurt."},
		{"قال الوزير إن الميناء مغلق", "قال الوزير إن المرفأ مغلق", "قال الوزير إن[- الميناء][+ المرفأ] مغلق"},
		{"货轮在港口搁浅", "货轮在大港口搁浅", "货轮在[+大]港口搁浅"},
		{"", "new", "[+new]"}, {"old", "", "[-old]"}, {"same", "same", "same"},
	} {
		got := ""
		for _, x := range changes(c.before, c.after) {
			got += map[string]string{"same": x.Text, "added": "[+" + x.Text + "]", "taken": "[-" + x.Text + "]"}[x.Kind]
		}
		if got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.before, c.after, got, c.want)
		}
	}
	var a, b strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&a, "word%d ", i)
		fmt.Fprintf(&b, "other%d ", i)
	}
	if x, y := sides(changes(a.String(), b.String())); x != a.String() || y != b.String() {
		t.Error("texts beyond the limit are not told whole")
	}
}

// Whatever the texts, what is told leads from the one to the other.
func FuzzChanges(f *testing.F) {
	f.Add("a b c d", "a c d e")
	f.Add("قال  إن\n\nغدا", "قال إن غدا")
	f.Add("货轮 x", "x 货")
	f.Fuzz(func(t *testing.T, before, after string) {
		if len(before)+len(after) > 4000 {
			return
		}
		if x, y := sides(changes(before, after)); x != before || y != after {
			t.Errorf("%q to %q is told as %q to %q", before, after, x, y)
		}
	})
}
