// Command storyweights makes the tables of package story.
//
//	go run ./tools/storyweights han NAMES >story/data/han.txt
//	go run ./tools/storyweights learn DATA [LESSONS] | gofmt >weights.new && mv weights.new story/weights.go
//	go run ./tools/storyweights translated
//
// han reads names in Latin letters beside Han characters (steveash/NETransliteration-COLING2018, CC0, wd_chinese_64). learn plays
// the written corpus, a generated one and real pages (DATA is the folder of labelled data) through a window, and fits the logistic
// models on the open half of their happenings. LESSONS are what people said of stories, as `marsad export --lessons` prints it, one JSON
// object a line: {"version": 1, "same": true or false, "left": [articles], "right": [articles]}; every article of the left beside every one
// of the right is a pair, all pairs of a line together count as eight; what they change is told on standard error. translated prints the line of the translation model alone, to be put in its place.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "storyweights:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "han":
		return han(args[1], os.Stdout)
	case len(args) == 2 && args[0] == "learn":
		return learnAll(args[1], nil, os.Stdout)
	case len(args) == 3 && args[0] == "learn":
		said, err := os.Open(args[2])
		if err != nil {
			return err
		}
		defer said.Close()
		return learnAll(args[1], said, os.Stdout)
	case len(args) == 1 && args[0] == "translated":
		return learnTranslated(os.Stdout)
	}
	return fmt.Errorf("usage: storyweights han NAMES | storyweights learn DATA [LESSONS] | storyweights translated")
}
