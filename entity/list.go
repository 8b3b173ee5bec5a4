package entity

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"marsad/news"
)

// Alias is a name of somebody in a list. One ID has as many aliases as it has names.
type Alias struct {
	ID      string
	Name    string
	Lang    string           // BCP 47, "" for unknown
	Kind    news.MentionKind // "" for unknown, taken for a person
	Country string           // ISO 3166 alpha-2, "" for unknown
}

// Limits of a list: what is beyond them is an error, not a memory fault.
const (
	maxAliases  = 2_000_000
	maxLine     = 4 << 20 // bytes of a line
	maxNameSize = 600     // bytes of a name: longer ones are left out
)

// ErrList says that a list is of none of the forms that ReadList knows, or too long.
var ErrList = errors.New("entity: not a list of names")

// ReadList reads a list of names: CSV or TSV (with a head that has name and perhaps id, aliases, kind or schema, country,
// lang; or id and name without one), JSON a line (id, name or names, aliases, kind, country), FollowTheMoney JSON a line, as
// OpenSanctions gives it, or the UN Security Council's consolidated XML. It knows the form by the first bytes. A row without a
// name is left out, a row without an id has its name for one. Errors wrap ErrList and name the line.
func ReadList(r io.Reader) ([]Alias, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("entity: reading a list: %w", err)
	}
	head = bytes.TrimLeft(head, "\ufeff \t\r\n")
	list := &aliasList{}
	switch {
	case len(head) == 0:
		return nil, nil
	case head[0] == '<':
		err = list.readXML(b)
	case head[0] == '{':
		err = list.readJSON(b)
	default:
		err = list.readTable(b, head)
	}
	if err != nil {
		return nil, err
	}
	return list.all, nil
}

// aliasList gathers what is read.
type aliasList struct {
	all  []Alias
	seen map[Alias]bool
}

// add notes the names of one entry.
func (l *aliasList) add(a Alias, names ...string) error {
	if l.seen == nil {
		l.seen = map[Alias]bool{}
	}
	for _, n := range names {
		n = strings.Join(strings.Fields(n), " ")
		if n == "" || len(n) > maxNameSize || !utf8.ValidString(n) {
			continue
		}
		if len(l.all) >= maxAliases {
			return fmt.Errorf("%w: more than %d names", ErrList, maxAliases)
		}
		one := a
		one.Name = n
		if one.ID == "" {
			one.ID = n
		}
		if !l.seen[one] {
			l.seen[one] = true
			l.all = append(l.all, one)
		}
	}
	return nil
}

// kindOf reads the names that lists give to kinds.
func kindOf(s string) news.MentionKind {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "per", "person", "individual", "people":
		return news.Person
	case "org", "organization", "organisation", "company", "legalentity", "publicbody", "entity", "group":
		return news.Org
	case "loc", "place", "location", "address":
		return news.Place
	}
	return ""
}

// countryOf takes the first code of a list of countries.
func countryOf(s string) string {
	s, _, _ = strings.Cut(s, ";")
	if s = strings.ToUpper(strings.TrimSpace(s)); len(s) == 2 {
		return s
	}
	return ""
}

// gather makes entities of the aliases, in the order of their ids' first appearance.
func gather(list []Alias) []Entity {
	at := map[string]int{}
	var out []Entity
	for _, a := range list {
		i, ok := at[a.ID]
		if !ok {
			i = len(out)
			at[a.ID] = i
			kind := a.Kind
			if kind == "" {
				kind = news.Person
			}
			out = append(out, Entity{ID: a.ID, Kind: kind, Country: a.Country, Names: map[string][]string{}, Weight: 200})
		}
		out[i].Names[a.Lang] = append(out[i].Names[a.Lang], a.Name)
	}
	return out
}
