package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/internal/store"
	"marsad/text"
)

const (
	sourcesFor = 5 * time.Second // thousands of sources are read at once
	sourcesOne = 60              // on a page
)

// listed is a source in the list, with its place in it: what needs a person first comes first, and of those what brings most.
type listed struct {
	store.SourceHealth
	State string
	rank  int64
	words string // its name and addresses in normal form
}

// stateOrder puts what needs a person first.
var stateOrder = map[string]int{"failing": 0, "look": 1, "well": 2, "muted": 3}

// States in their order.
var sourceStates = []string{"failing", "look", "well", "muted"}

// needier orders sources by what needs a person first.
func needier(a, b listed) int {
	return cmp.Or(cmp.Compare(stateOrder[a.State], stateOrder[b.State]), cmp.Compare(a.rank, b.rank), cmp.Compare(a.Source.ID, b.Source.ID))
}

// allSources gives every source in order. It is remembered for some seconds, and read again once something was changed here.
func (v *visit) allSources() ([]listed, error) {
	now := v.words.Now()
	return v.s.listed.get(now, sourcesFor, func() ([]listed, error) {
		all, err := v.s.Store.Sources(v.r.Context())
		if err != nil {
			return nil, err
		}
		out := make([]listed, len(all))
		for i, h := range all {
			l := listed{SourceHealth: h, State: stateOf(h, now).name, rank: -int64(h.Articles)}
			if l.State == "well" || l.State == "muted" {
				l.rank = -h.LastArticle.Unix()
			}
			at := []string{h.Source.Name, h.Source.Home}
			for _, f := range h.Feeds {
				at = append(at, f.URL)
			}
			l.words = text.Normalize(strings.Join(at, " "))
			out[i] = l
		}
		slices.SortFunc(out, needier)
		return out, nil
	})
}

// sourceFilter is which sources are asked for.
type sourceFilter struct {
	Q, State, Lang, Country string
	after                   string
}

func (v *visit) sourceFilter() sourceFilter {
	f := sourceFilter{clip(v.query("q"), 100), v.query("state"), v.query("lang"), strings.ToUpper(v.query("country")), v.query("after")}
	if !contains(sourceStates, f.State) {
		f.State = ""
	}
	return f
}

// Any tells whether something is left out.
func (f sourceFilter) Any() bool {
	return f.Q != "" || f.State != "" || f.Lang != "" || f.Country != ""
}

// at gives the address of the list with one thing changed.
func (f sourceFilter) at(key, value string) string {
	q := url.Values{}
	for k, val := range map[string]string{"q": f.Q, "state": f.State, "lang": f.Lang, "country": f.Country, key: value} {
		if val != "" {
			q.Set(k, val)
		}
	}
	if len(q) == 0 {
		return "/sources"
	}
	return "/sources?" + q.Encode()
}

// keeps tells whether a source satisfies the filter but for one of its parts, so that a choice can be counted as it would be.
func (f sourceFilter) keeps(l listed, but string) bool {
	return (but == "state" || f.State == "" || l.State == f.State) &&
		(but == "lang" || f.Lang == "" || l.Source.Lang == f.Lang || f.Lang == "-" && l.Source.Lang == "") &&
		(but == "country" || f.Country == "" || l.Source.Country == f.Country || f.Country == "-" && l.Source.Country == "")
}

// sourceChoice is one value of a filter and how many sources it leaves.
type sourceChoice struct {
	Value string
	N     int
	Href  string
	On    bool
}

// choices counts the values of one part of the filter.
func (f sourceFilter) choices(all []listed, part, chosen string, of func(listed) string) (out []sourceChoice) {
	n := map[string]int{}
	for _, l := range all {
		if f.keeps(l, part) {
			n[of(l)]++
		}
	}
	for value, n := range n {
		out = append(out, sourceChoice{value, n, f.at(part, value), value == chosen})
	}
	slices.SortFunc(out, func(a, b sourceChoice) int { return cmp.Compare(a.Value, b.Value) })
	return out
}

// sortByState puts the states in their order.
func sortByState(cs []sourceChoice) {
	slices.SortFunc(cs, func(a, b sourceChoice) int { return cmp.Compare(stateOrder[a.Value], stateOrder[b.Value]) })
}

// cursor says where a page of the list ends: sources that come, go or change their state meanwhile make no other be passed over or twice.
func (l listed) cursor() string {
	return strconv.Itoa(stateOrder[l.State]) + "." + strconv.FormatInt(l.rank, 10) + "." + strconv.FormatInt(l.Source.ID, 10)
}

// startOf gives the place of a cursor, or the beginning for one that cannot be read.
func startOf(cursor string) (l listed, ok bool) {
	parts := strings.Split(cursor, ".")
	if len(parts) != 3 {
		return l, false
	}
	state, err1 := strconv.Atoi(parts[0])
	rank, err2 := strconv.ParseInt(parts[1], 10, 64)
	id, err3 := strconv.ParseInt(parts[2], 10, 64)
	if err1 != nil || err2 != nil || err3 != nil || state < 0 || state >= len(sourceStates) {
		return l, false
	}
	l.State, l.rank, l.Source.ID = sourceStates[state], rank, id
	return l, true
}

// page gives the sources of one page, how many satisfy the filter in all, and the cursor of the next page.
func (f sourceFilter) page(all []listed) (rows []listed, n int, next string) {
	start, from := startOf(f.after)
	for _, l := range all {
		if !f.keeps(l, "") {
			continue
		}
		n++
		switch {
		case from && needier(l, start) <= 0:
		case len(rows) < sourcesOne:
			rows = append(rows, l)
		default:
			next = rows[sourcesOne-1].cursor()
		}
	}
	return rows, n, next
}

// named keeps the sources whose name or address holds every word that was typed.
func (f sourceFilter) named(all []listed) []listed {
	words := strings.Fields(text.Normalize(f.Q))
	if len(words) == 0 {
		return all
	}
	var out []listed
	for _, l := range all {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(l.words, w) }) {
			out = append(out, l)
		}
	}
	return out
}
