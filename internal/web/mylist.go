package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/news"
)

// myList is all that one reader keeps: followed and starred stories, tags, folders, and what they hid.
type myList struct {
	Known    bool
	Follows  []chosen
	Mutes    []chosen
	Labels   []store.Labelled
	Folders  []folder
	Followed []card
	Stars    []card
	Label    string // the tag whose articles are shown
	Tagged   []store.Entry
}

// chosen is something that the reader follows or hid, with what it is called.
type chosen struct {
	store.Choice
	Name, Lang, Href string
}

type folder struct {
	Name    string
	Sources []news.Source
}

func (s *site) myList(v *visit) error {
	p := myList{Known: v.reader() != 0, Label: v.query("label")}
	if p.Known {
		if err := p.fill(v); err != nil {
			return err
		}
	}
	v.show("mylist", v.words.Text("reader.title"), "mylist", p)
	return nil
}

func (p *myList) fill(v *visit) error {
	ctx, who := v.r.Context(), v.reader()
	var err error
	if p.Labels, err = v.s.Store.Labels(ctx, who); err != nil {
		return err
	}
	if p.Label != "" {
		items, err := v.s.Store.Stream(ctx, who, store.Stream{Label: p.Label, N: 100})
		if err != nil {
			return err
		}
		ids := make([]int64, len(items))
		for i, it := range items {
			ids[i] = it.Article
		}
		p.Tagged, err = v.s.Store.Entries(ctx, ids)
		slices.Reverse(p.Tagged)
		return err
	}
	if err := p.choices(v); err != nil {
		return err
	}
	if err := p.folders(v); err != nil {
		return err
	}
	for what, into := range map[string]*[]card{"follow": &p.Followed, "star": &p.Stars} {
		list, err := v.s.Store.Chosen(ctx, who, what, news.Story{}, 20)
		if err != nil {
			return err
		}
		if *into, err = v.marked(list, false); err != nil {
			return err
		}
	}
	p.Stars = slices.DeleteFunc(p.Stars, func(c card) bool { // on one page each story stands once
		return slices.ContainsFunc(p.Followed, func(f card) bool { return f.Story.ID == c.Story.ID })
	})
	return nil
}

func (p *myList) choices(v *visit) error {
	cs, err := v.s.Store.Choices(v.r.Context(), v.reader())
	if err != nil {
		return err
	}
	for _, c := range cs {
		x, err := v.chosen(c)
		if fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return err
		}
		if c.What == "follow" {
			p.Follows = append(p.Follows, x)
		} else {
			p.Mutes = append(p.Mutes, x)
		}
	}
	return nil
}

// chosen says what a choice is about. The error is NotFound for what is gone.
func (v *visit) chosen(c store.Choice) (chosen, error) {
	x := chosen{Choice: c}
	id, _ := strconv.ParseInt(c.Key, 10, 64) // a name's id is no number, and is not used as one
	switch c.Kind {
	case "story":
		st, err := v.s.Store.Story(v.r.Context(), id)
		x.Name, x.Lang, x.Href = st.Headline, st.Lang, "/stories/"+c.Key
		return x, err
	case "source":
		src, err := v.s.Store.Outlet(v.r.Context(), id)
		x.Name, x.Href = src.Name, "/sources/"+c.Key
		return x, err
	}
	if x.Name = v.s.Names.Name(c.Key, v.words.Lang()); x.Name == "" {
		return x, fault.New(fault.NotFound, "nobody of this id")
	}
	x.Href = "/entities/" + c.Key
	return x, nil
}

func (p *myList) folders(v *visit) error {
	of, err := v.s.Store.Folders(v.r.Context(), v.reader())
	if err != nil {
		return err
	}
	in := map[string][]news.Source{}
	for source, names := range of {
		src, err := v.s.Store.Outlet(v.r.Context(), source)
		if err != nil {
			return err
		}
		for _, n := range names {
			in[n] = append(in[n], src)
		}
	}
	for _, n := range sortedKeys(in) {
		slices.SortFunc(in[n], func(a, b news.Source) int { return strings.Compare(a.Name, b.Name) })
		p.Folders = append(p.Folders, folder{n, in[n]})
	}
	return nil
}

// changeList renames or deletes a tag or folder, and takes choices back.
func (s *site) changeList(v *visit) error {
	who, err := v.own()
	if err != nil {
		return err
	}
	switch do := v.form("do"); do {
	case "rename", "drop":
		to := clip(strings.Join(strings.Fields(v.form("to")), " "), 60)
		if do == "drop" {
			to = ""
		} else if to == "" {
			return fault.New(fault.Invalid, "a tag or folder has a name")
		}
		err = s.Store.Rename(v.r.Context(), who, v.form("name"), to)
	case "clear":
		err = v.decide(who, v.form("kind"), v.form("key"), "clear")
	default:
		err = fault.New(fault.Invalid, "a list cannot be changed by %q", do)
	}
	if err != nil {
		return err
	}
	v.redirect("/mylist")
	return nil
}

// Href gives the address of a tag's articles.
func (p myList) Href(label string) string { return "/mylist?label=" + url.QueryEscape(label) }
