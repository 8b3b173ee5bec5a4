package web

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"marsad/internal/fault"
)

//go:embed packs.tsv
var packLines string

// starter is well-known public feeds of one region in one language.
type starter struct {
	Region, Lang string
	Feeds        []packFeed
	Mine         bool // in the reader's language
	Open         bool // the first of them
}

type packFeed struct {
	Name, Country, URL string
	Have               bool // the desk collects from it already
}

// packs reads the table once; its form is tested.
var packs = sync.OnceValue(func() (out []starter) {
	for line := range strings.Lines(packLines) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) != 5 || strings.HasPrefix(line, "#") {
			continue
		}
		i := slices.IndexFunc(out, func(p starter) bool { return p.Region == f[0] && p.Lang == f[1] })
		if i < 0 {
			i = len(out)
			out = append(out, starter{Region: f[0], Lang: f[1]})
		}
		out[i].Feeds = append(out[i].Feeds, packFeed{Name: f[3], Country: f[2], URL: f[4]})
	}
	return out
})

// mostPacked is how many feeds are added at once: each is asked before it is kept.
const mostPacked = 40

type packsPage struct {
	Packs []starter
	Can   bool
}

func (s *site) packs(v *visit) error {
	have := map[string]bool{}
	list, err := s.Store.Sources(v.r.Context())
	if err != nil {
		return err
	}
	for _, h := range list {
		for _, f := range h.Feeds {
			have[f.URL] = true
		}
	}
	p := packsPage{Can: s.Desk.AddSources != nil && v.who.CSRF != ""}
	for _, k := range packs() {
		k.Feeds, k.Mine = slices.Clone(k.Feeds), k.Lang == v.words.Lang()
		for i := range k.Feeds {
			k.Feeds[i].Have = have[k.Feeds[i].URL]
		}
		p.Packs = append(p.Packs, k)
	}
	slices.SortStableFunc(p.Packs, func(a, b starter) int { return first(a.Mine, b.Mine) })
	if len(p.Packs) > 0 {
		p.Packs[0].Open = p.Packs[0].Mine
	}
	v.show("packs", v.words.Text("pack.title"), "sources", p)
	return nil
}

// first orders what is so before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func (s *site) addPack(v *visit) error {
	if s.Desk.AddSources == nil {
		return fault.New(fault.Invalid, "this desk takes no sources")
	}
	if err := v.r.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "the form cannot be read: %w", err)
	}
	var wanted []string
	for _, k := range packs() {
		for _, f := range k.Feeds {
			if slices.Contains(v.r.PostForm["feed"], f.URL) && len(wanted) < mostPacked {
				wanted = append(wanted, f.URL)
			}
		}
	}
	if len(wanted) == 0 {
		return v.done("/sources/packs", "nothing")
	}
	added, err := s.Desk.AddSources(v.r.Context(), Adding{Given: strings.Join(wanted, "\n"), Reader: v.reader()})
	if err != nil {
		return err
	}
	s.listed.drop()
	return v.showAdded(added)
}
