package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"

	"marsad/entity"
	"marsad/wire"
)

// namesCmd is about names: it finds them among a list, or reads more of them.
type namesCmd struct {
	Match  namesMatchCmd  `cmd:"" default:"withargs" help:"Find names among a list of names, across scripts."`
	Update namesUpdateCmd `cmd:"" help:"Read names from Wikidata into a list of one's own."`
}

// namesMatchCmd finds names among a list of names.
type namesMatchCmd struct {
	JSON  bool   `help:"Print one JSON object a line."`
	Among string `help:"File of id<TAB>name lines; an id may repeat for its aliases." required:"" placeholder:"FILE"`
	Most  int    `help:"At most this many matches a name." default:"5"`
}

func (namesMatchCmd) Help() string {
	return `Reads one name a line from standard input, in any script, and finds whom it may mean in a list. A match is possible, never certain.

Examples:
  printf 'Q1\tLina Haddad\n' >list.tsv
  echo 'لينا حداد' | marsad names --among list.tsv
  marsad names --json --among sanctions.tsv <names.txt`
}

func (c namesMatchCmd) Run(rt *runtimeEnv) error {
	body, err := os.ReadFile(c.Among)
	if err != nil {
		return usage("cannot read the list: %v", err)
	}
	list, err := aliases(body)
	if err != nil {
		return err
	}
	screen := entity.NewScreen(list)
	out := bufio.NewWriter(rt.stdout)
	defer out.Flush()
	in := bufio.NewReaderSize(rt.stdin, 1<<16)
	lines := func(yield func(string) bool) {
		for {
			line, err := in.ReadString('\n')
			if name := strings.TrimSpace(line); name != "" && !yield(name) {
				return
			}
			if err != nil {
				return
			}
		}
	}
	match := func(name string) wire.NameMatches { return nameMatches(name, screen.Match(name, c.Most)) }
	return inOrder(lines, runtime.GOMAXPROCS(0), match, func(m wire.NameMatches) error { return c.show(out, m) })
}

func (c namesMatchCmd) show(out *bufio.Writer, m wire.NameMatches) error {
	if c.JSON {
		line, err := json.Marshal(m)
		if err != nil {
			return err
		}
		_, err = out.Write(append(line, '\n'))
		return err
	}
	if _, err := fmt.Fprintln(out, safe(m.Query)); err != nil {
		return err
	}
	for _, x := range m.Matches {
		if _, err := fmt.Fprintf(out, "  possible match %.2f  %s  %s\n", x.Score, x.ID, isolate(safe(x.Name))); err != nil {
			return err
		}
	}
	if len(m.Matches) == 0 {
		_, err := fmt.Fprintln(out, "  nobody in the list")
		return err
	}
	return nil
}

func aliases(body []byte) (list []entity.Alias, err error) {
	for i, line := range bytes.Split(body, []byte("\n")) {
		s := strings.TrimRight(string(line), "\r")
		if strings.TrimSpace(s) == "" {
			continue
		}
		id, name, ok := strings.Cut(s, "\t")
		if !ok || strings.TrimSpace(name) == "" {
			return nil, usage("line %d of the list holds no id<TAB>name", i+1)
		}
		list = append(list, entity.Alias{ID: id, Name: strings.TrimSpace(name)})
	}
	if len(list) == 0 {
		return nil, usage("the list is empty")
	}
	return list, nil
}

func nameMatches(query string, hits []entity.Hit) wire.NameMatches {
	m := wire.NameMatches{Query: query, Matches: []wire.NameMatch{}}
	for _, h := range hits {
		m.Matches = append(m.Matches, wire.NameMatch{ID: h.ID, Name: h.Name, Score: h.Score, Aligned: h.Aligned})
	}
	return m
}
