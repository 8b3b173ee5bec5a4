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
	maxList     = 1 << 30 // bytes of a list
)

// ErrList says that a list is of none of the forms that ReadList knows, or too long.
var ErrList = errors.New("entity: not a list of names")

// ReadList reads a list of names: CSV or TSV (with a head that has name and perhaps id, aliases, kind or schema, country,
// lang; or id and name without one), JSON a line (id, name or names, aliases, kind, country), FollowTheMoney JSON a line, as
// OpenSanctions gives it, or the UN Security Council's consolidated XML. It knows the form by the first bytes. A row without a
// name is left out, a row without an id has its name for one. Errors wrap ErrList and name the line.
func ReadList(r io.Reader) ([]Alias, error) {
	b := bufio.NewReaderSize(&limited{r: r, left: maxList}, 64<<10)
	head, err := b.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("entity: reading a list: %w", err)
	}
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return nil, fmt.Errorf("%w: it is UTF-16; save it as UTF-8", ErrList)
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
	if list.damaged > len(list.all) {
		return nil, fmt.Errorf("%w: most of its names are not UTF-8", ErrList)
	}
	return list.all, nil
}

// limited is a reader that fails where a list goes on too long.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("%w: longer than %d bytes", ErrList, int64(maxList))
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// aliasList gathers what is read.
type aliasList struct {
	all  []Alias
	seen map[Alias]bool

	damaged int // names that are not UTF-8
}

// add notes the names of one entry.
func (l *aliasList) add(a Alias, names ...string) error {
	if l.seen == nil {
		l.seen = map[Alias]bool{}
	}
	for _, n := range turned(a.Kind, names) {
		n = strings.Join(strings.Fields(n), " ")
		if !utf8.ValidString(n) {
			l.damaged++
			continue
		}
		if n == "" || len(n) > maxNameSize {
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

// turned adds to names such as "OTHER, Ann" the way they are said.
func turned(kind news.MentionKind, names []string) []string {
	out := names[:len(names):len(names)]
	for _, n := range names {
		family, given, ok := strings.Cut(n, ",")
		given = strings.TrimSpace(given)
		if ok && kind != news.Org && kind != news.Place && !strings.Contains(given, ",") && len(given) > 2 && !suffixes[strings.ToLower(given)] && !strings.HasSuffix(given, ".") && family != "" {
			out = append(out, given+" "+family)
		}
	}
	return out
}

var suffixes = map[string]bool{"jr": true, "sr": true, "iii": true, "inc": true, "ltd": true, "llc": true}

// unspoken are the schemas of FollowTheMoney whose entries name nobody that news speak of, or are no entries of their own.
var unspoken = map[string]bool{"address": true, "airplane": true, "vehicle": true, "vessel": true, "security": true, "cryptowallet": true, "sanction": true,
	"position": true, "occupancy": true, "passport": true, "identification": true, "ownership": true, "family": true, "associate": true, "membership": true,
	"employment": true, "directorship": true, "representation": true, "unknownlink": true, "succession": true, "payment": true, "document": true, "article": true}

// kindOf reads the names that lists give to kinds.
func kindOf(s string) news.MentionKind {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "per", "person", "individual", "people", "p":
		return news.Person
	case "org", "organization", "organisation", "company", "legalentity", "publicbody", "entity", "group", "enterprise", "e", "-0-":
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
			out = append(out, Entity{ID: a.ID, Kind: kind, Country: a.Country, Names: map[string][]string{}, Weight: 200, listed: true})
		}
		out[i].Names[a.Lang] = append(out[i].Names[a.Lang], a.Name)
	}
	return out
}
