package kiosk

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func ExamplePages() {
	pages, err := Pages()
	if err != nil {
		fmt.Println(err)
		return
	}
	p := pages[0]
	fmt.Println(p.Name, p.Day, p.Sealed, strings.Count(p.Text, "\n\n")+1)
	// Output: ampstory-ar-0 2025-03-11 false 8
}

// TestSame holds that two draws give the same pages, that every page says its headline, and that both halves are large enough.
func TestSame(t *testing.T) {
	a, err := Pages()
	if err != nil {
		t.Fatal(err)
	}
	b, err := Pages()
	if err != nil {
		t.Fatal(err)
	}
	sealed := 0
	for i := range a {
		if !bytes.Equal(a[i].Body, b[i].Body) || a[i].Text != b[i].Text {
			t.Errorf("%s is drawn differently", a[i].Name)
		}
		if strings.Contains(string(a[i].Body), "no value") || a[i].Text == "" || a[i].Headline == "" {
			t.Errorf("%s lacks something", a[i].Name)
		}
		if a[i].Sealed {
			sealed++
		}
	}
	if len(a) < 540 || sealed < 200 || len(a)-sealed < 200 {
		t.Errorf("%d pages, %d of them sealed", len(a), sealed)
	}
	lists, err := Lists()
	if err != nil || len(lists) < 80 {
		t.Errorf("%d lists: %v", len(lists), err)
	}
}
