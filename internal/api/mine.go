package api

import (
	"strconv"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/wire"
)

// me gives whose marks a request is about: the account, or on a desk without one whoever set it up.
func (c *call) me() (int64, error) {
	switch {
	case c.who.Account != nil:
		return c.who.Account.ID, nil
	case c.who.Setup:
		return store.Local, nil
	}
	return 0, fault.New(fault.Denied, "what was read and starred belongs to an account; sign in, or show a token of one")
}

// shelf is me for what anybody may do: 0 where it is about nobody's marks.
func (c *call) shelf() int64 {
	id, _ := c.me()
	return id
}

type streamAnswer struct {
	Version  int           `json:"version"`
	Articles []wire.Marked `json:"articles"`
	Next     *string       `json:"next"`
}

// mine lists articles by arrival, with how the caller stands to each.
func (s *server) mine(c *call) error {
	who, err := c.me()
	if err != nil {
		return err
	}
	st, err := c.myStream()
	if err != nil {
		return err
	}
	items, err := s.Store.Stream(c.r.Context(), who, st)
	if err != nil {
		return err
	}
	ids := idsOf(items)
	es, err := s.Store.Entries(c.r.Context(), ids)
	if err != nil {
		return err
	}
	states, err := s.Store.OfArticles(c.r.Context(), who, ids)
	if err != nil {
		return err
	}
	byID := map[int64]store.Entry{}
	for _, e := range es {
		byID[e.Article.ID] = e
	}
	a := streamAnswer{wire.Version, []wire.Marked{}, nil}
	for _, id := range ids {
		if e, ok := byID[id]; ok {
			a.Articles = append(a.Articles, markedOf(e, states[id]))
		}
	}
	if len(items) == st.N {
		next := continuation(items[len(items)-1])
		a.Next = &next
	}
	return c.json(a)
}

func markedOf(e store.Entry, state store.ArticleState) wire.Marked {
	m := wire.Marked{ID: e.Article.ID, Story: e.Placement.Story, Outlet: e.Source.Name, Headline: e.Article.Headline, Lang: e.Article.Lang, URL: e.Article.URL,
		Arrived: stamp(e.Arrived), Read: state.Read, Labels: append([]string{}, state.Labels...)}
	if !state.Starred.IsZero() {
		at := stamp(state.Starred)
		m.Starred = &at
	}
	return m
}

// myStream reads which articles a request asks for. The error is Invalid.
func (c *call) myStream() (st store.Stream, err error) {
	v := c.r.URL.Query()
	order, err := c.oneOf("order", "oldest", "newest")
	if err != nil {
		return st, err
	}
	st = store.Stream{Folder: v.Get("folder"), Label: v.Get("label"), Oldest: order == "oldest"}
	for name, id := range map[string]*int64{"source": &st.Source, "watch": &st.Watch} {
		if s := v.Get(name); s != "" {
			if *id, err = strconv.ParseInt(s, 10, 64); err != nil || *id < 1 {
				return st, fault.New(fault.Invalid, "%s is a number", name)
			}
		}
	}
	switch v.Get("only") {
	case "":
	case "unread":
		st.Unread = true
	case "read":
		st.Read = true
	case "starred":
		st.Starred = true
	default:
		return st, fault.New(fault.Invalid, "only is unread, read or starred")
	}
	of := 0
	for _, named := range []bool{st.Source != 0, st.Watch != 0, st.Folder != "", st.Label != "", st.Starred} {
		if named {
			of++
		}
	}
	if of > 1 {
		return st, fault.New(fault.Invalid, "name one of source, watch, folder, label and only=starred")
	}
	if st.N, err = c.number("n", 50, mostList); err != nil {
		return st, err
	}
	if st.From, err = moment(v.Get("from"), time.Time{}); err != nil {
		return st, err
	}
	if st.To, err = moment(v.Get("to"), time.Time{}); err != nil {
		return st, err
	}
	if after := v.Get("after"); after != "" {
		st.After, err = itemAt(after)
	}
	return st, err
}

// marksRequest says what articles, or stories, are to the caller from now on; what it does not name stays.
type marksRequest struct {
	Articles []int64  `json:"articles"`
	Stories  []int64  `json:"stories"`
	Read     *bool    `json:"read"`
	Starred  *bool    `json:"starred"`
	Add      []string `json:"add_labels"`
	Remove   []string `json:"remove_labels"`
}

type marksAnswer struct {
	Articles int `json:"articles"`
	Stories  int `json:"stories"`
}

func (s *server) mark(c *call) error {
	who, err := c.me()
	if err != nil {
		return err
	}
	var in marksRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if n := len(in.Articles) + len(in.Stories); n == 0 || len(in.Articles) > maxEdit || len(in.Stories) > mostList {
		return fault.New(fault.Invalid, "name 1 to %d articles, or up to %d stories", maxEdit, mostList)
	}
	labels := append(append([]string{}, in.Add...), in.Remove...)
	for _, l := range labels {
		if l = strings.TrimSpace(l); l == "" || len(l) > 240 || len(labels) > 100 {
			return fault.New(fault.Invalid, "a label is of 1 to 240 bytes, and at most 100 of them are given at once")
		}
	}
	for _, id := range in.Stories {
		if err := s.markStory(c, who, id, in); err != nil {
			return err
		}
	}
	if err := c.markArticles(who, in.Articles, in.Read, in); err != nil {
		return err
	}
	return c.json(marksAnswer{len(in.Articles), len(in.Stories)})
}

// markArticles marks articles; read stands apart, for a story is looked at as a whole.
func (c *call) markArticles(who int64, ids []int64, read *bool, in marksRequest) error {
	ctx := c.r.Context()
	if len(ids) == 0 {
		return nil
	}
	if read != nil {
		if err := c.Store.SetRead(ctx, who, ids, *read); err != nil {
			return err
		}
	}
	if in.Starred != nil {
		if err := c.Store.SetStar(ctx, who, ids, *in.Starred, c.Now()); err != nil {
			return err
		}
	}
	for on, labels := range map[bool][]string{true: in.Add, false: in.Remove} {
		for _, l := range labels {
			if err := c.Store.SetLabel(ctx, who, ids, strings.TrimSpace(l), on); err != nil {
				return err
			}
		}
	}
	return nil
}

// markStory marks a story as its page does: looked at, or all of it unread; its star and labels are its lead article's.
func (s *server) markStory(c *call, who, id int64, in marksRequest) error {
	ctx := c.r.Context()
	st, err := s.Store.Story(ctx, id)
	if err != nil {
		return err
	}
	if in.Starred != nil && !*in.Starred {
		if err := s.Store.UnstarStory(ctx, who, st.ID); err != nil {
			return err
		}
		in.Starred = nil
	}
	if err := c.markArticles(who, []int64{st.Lead}, nil, in); err != nil || in.Read == nil {
		return err
	}
	if *in.Read {
		return s.Store.Look(ctx, who, st.ID, s.Now())
	}
	es, err := s.Store.StoryEntries(ctx, st.ID)
	if err != nil {
		return err
	}
	ids := make([]int64, len(es))
	for i, e := range es {
		ids[i] = e.Article.ID
	}
	return s.Store.SetRead(ctx, who, ids, false)
}

type catchUpRequest struct {
	Source int64  `json:"source"`
	Watch  int64  `json:"watch"`
	Folder string `json:"folder"`
	Until  string `json:"until"`
}

type catchUpAnswer struct {
	Until string `json:"until"`
}

// catchUp makes read what arrived until a moment: so that nothing is lost that arrived after the caller's list was made.
func (s *server) catchUp(c *call) error {
	who, err := c.me()
	if err != nil {
		return err
	}
	var in catchUpRequest
	if err := c.body(&in); err != nil {
		return err
	}
	until, err := moment(in.Until, s.Now())
	if err != nil {
		return err
	}
	if in.Source < 0 || in.Watch < 0 {
		return fault.New(fault.Invalid, "source and watch are numbers from 1 on")
	}
	if err := s.Store.CatchUp(c.r.Context(), who, store.Stream{Source: in.Source, Watch: in.Watch, Folder: in.Folder}, until); err != nil {
		return err
	}
	return c.json(catchUpAnswer{stamp(until)})
}

type choicesAnswer struct {
	Version int           `json:"version"`
	Choices []wire.Choice `json:"choices"` // the latest first
}

func (s *server) choices(c *call) error {
	who, err := c.me()
	if err != nil {
		return err
	}
	return c.choicesOf(who)
}

func (c *call) choicesOf(who int64) error {
	all, err := c.Store.Choices(c.r.Context(), who)
	if err != nil {
		return err
	}
	a := choicesAnswer{wire.Version, []wire.Choice{}}
	for _, x := range all {
		a.Choices = append(a.Choices, wire.Choice{Kind: x.Kind, Key: x.Key, What: x.What, At: stamp(x.At)})
	}
	return c.json(a)
}

type choiceRequest struct {
	Kind string `json:"kind"`
	Key  string `json:"key"`
	What string `json:"what"`
}

// choose follows or mutes a story, a source or a name for the caller alone, or neither again.
func (s *server) choose(c *call) error {
	who, err := c.me()
	if err != nil {
		return err
	}
	var in choiceRequest
	if err := c.body(&in); err != nil {
		return err
	}
	_, notNumber := strconv.ParseInt(in.Key, 10, 64)
	switch {
	case in.Kind != "story" && in.Kind != "source" && in.Kind != "name", in.What != "follow" && in.What != "mute" && in.What != "":
		return fault.New(fault.Invalid, `kind is story, source or name; what is follow, mute or "" for neither`)
	case in.Key == "" || len(in.Key) > 200, in.Kind != "name" && notNumber != nil:
		return fault.New(fault.Invalid, "key is the number of the story or source, or the id of the name")
	}
	if err := s.Store.Choose(c.r.Context(), who, store.Choice{Kind: in.Kind, Key: in.Key, What: in.What, At: s.Now()}); err != nil {
		return err
	}
	return c.choicesOf(who)
}
