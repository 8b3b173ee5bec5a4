package config

import (
	"os"
	"regexp"
	"testing"
)

// Every setting stands in the table of docs/running.md.
func TestRunningNamesEverySetting(t *testing.T) {
	body, err := os.ReadFile("../../docs/running.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range Keys() {
		if !regexp.MustCompile(`(?m)^\| ([a-z-]+, )*` + key + `(,| \|)`).Match(body) {
			t.Errorf("docs/running.md says nothing of %s", key)
		}
	}
}
