package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
)

// reader gives whose stars and lists a visit is about: the account, on a desk without one whoever set it up, 0 for nobody.
func (v *visit) reader() int64 {
	switch {
	case v.who.Account != nil:
		return v.who.Account.ID
	case v.who.Setup:
		return store.Local
	}
	return 0
}

// own gives the reader of a request that changes something of theirs.
func (v *visit) own() (int64, error) {
	if id := v.reader(); id != 0 {
		return id, nil
	}
	return 0, fault.New(fault.Denied, "%s", v.words.Text("reader.need"))
}

// marks is how the reader stands to a story or an article, and the form that changes it.
type marks struct {
	Kind string // "stories", "articles": the first part of the address
	ID   int64
	Back string // where the form leads back to
	store.StoryState
	Read   bool // of an article
	Labels []string
	Known  bool // there is a reader
}

// New gives how many articles came since the reader looked, 0 for a story that they never saw.
func (m marks) New() int {
	if m.Looked.IsZero() {
		return 0
	}
	return m.Unread
}

// Seen tells whether nothing of the story is new to the reader.
func (m marks) Seen() bool { return m.Known && m.Unread == 0 }

// Act gives the address of the form.
func (m marks) Act() string { return "/" + m.Kind + "/" + i18n.ID(m.ID) + "/mark" }

// mine gives how the reader stands to each of some stories, and drops those that they hid.
func (v *visit) mine(cards []store.Card) ([]store.Card, map[int64]marks, error) {
	of, who := map[int64]marks{}, v.reader()
	if who == 0 || len(cards) == 0 {
		return cards, of, nil
	}
	ids := make([]int64, len(cards))
	for i, c := range cards {
		ids[i] = c.Story.ID
	}
	states, err := v.s.Store.OfStories(v.r.Context(), who, ids)
	if err != nil {
		return nil, nil, err
	}
	for id, st := range states {
		of[id] = marks{Kind: "stories", ID: id, StoryState: st, Known: true, Back: v.r.URL.RequestURI() + "#s" + i18n.ID(id)}
	}
	return cards, of, nil
}

// visible drops the cards of stories that the reader hid.
func visible(cards []store.Card, of map[int64]marks) []store.Card {
	return slices.DeleteFunc(slices.Clone(cards), func(c store.Card) bool { return of[c.Story.ID].Muted })
}

// marked gives cards with how the reader stands to each.
func (v *visit) marked(list []store.Card, hide bool) ([]card, error) {
	list, of, err := v.mine(list)
	if err != nil {
		return nil, err
	}
	if hide {
		list = visible(list, of)
	}
	var cards []card
	for _, c := range list {
		k := v.card(c)
		k.Marks = of[c.Story.ID]
		cards = append(cards, k)
	}
	return cards, nil
}

// markStory carries out one button of a story's marks.
func (s *site) markStory(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	who, err := v.own()
	if err != nil {
		return err
	}
	st, err := s.Store.Story(v.r.Context(), id)
	if err != nil {
		return err
	}
	ctx := v.r.Context()
	switch do := v.form("do"); do {
	case "star":
		err = s.Store.SetStar(ctx, who, []int64{st.Lead}, true, s.Now())
	case "unstar":
		err = s.Store.UnstarStory(ctx, who, st.ID)
	case "seen":
		err = s.Store.Look(ctx, who, st.ID, s.Now())
	case "unseen":
		err = v.unsee(who, st.ID)
	case "follow", "mute", "clear":
		err = v.decide(who, "story", i18n.ID(st.ID), do)
	case "label", "unlabel":
		err = v.label(who, []int64{st.Lead}, do == "label")
	default:
		err = fault.New(fault.Invalid, "a story cannot be marked %q", do)
	}
	return v.markedSo(err, "/stories/"+i18n.ID(st.ID), func() (any, error) {
		_, of, err := v.mine([]store.Card{{Story: st}})
		m := of[st.ID]
		m.Back = local(v.form("next"))
		return m, err
	})
}

// unsee makes a story new again, though catching up or its articles' own marks made it read.
func (v *visit) unsee(who, story int64) error {
	es, err := v.s.Store.StoryEntries(v.r.Context(), story)
	if err != nil {
		return err
	}
	ids := make([]int64, len(es))
	for i, e := range es {
		ids[i] = e.Article.ID
	}
	return v.s.Store.SetRead(v.r.Context(), who, ids, false)
}

// markArticle carries out one button of an article's marks.
func (s *site) markArticle(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	who, err := v.own()
	if err != nil {
		return err
	}
	if _, err := s.Store.Entry(v.r.Context(), id); err != nil {
		return err
	}
	ctx, ids := v.r.Context(), []int64{id}
	switch do := v.form("do"); do {
	case "star", "unstar":
		err = s.Store.SetStar(ctx, who, ids, do == "star", s.Now())
	case "read", "unread":
		err = s.Store.SetRead(ctx, who, ids, do == "read")
	case "label", "unlabel":
		err = v.label(who, ids, do == "label")
	default:
		err = fault.New(fault.Invalid, "an article cannot be marked %q", do)
	}
	return v.markedSo(err, "/articles/"+i18n.ID(id), func() (any, error) {
		m, err := v.articleMarks(id)
		m.Back = local(v.form("next"))
		return m, err
	})
}

// markedSo answers a mark: with the changed form alone for the script that asked, with the page again for a browser without one.
func (v *visit) markedSo(err error, page string, part func() (any, error)) error {
	if err != nil {
		return err
	}
	if v.r.Header.Get("X-Part") == "marks" {
		data, err := part()
		if err != nil {
			return err
		}
		return v.part("now", "marks", data)
	}
	back := local(v.form("next"))
	if back == "/" && v.form("next") != "/" {
		back = page
	}
	v.redirect(back)
	return nil
}

// label puts the tag of the form on articles or takes it off.
func (v *visit) label(who int64, articles []int64, on bool) error {
	name := clip(strings.Join(strings.Fields(v.form("label")), " "), 60)
	if name == "" {
		return fault.New(fault.Invalid, "a tag has a name")
	}
	return v.s.Store.SetLabel(v.r.Context(), who, articles, name, on)
}

// decide follows, hides, or does neither again.
func (v *visit) decide(who int64, kind, key, do string) error {
	c := store.Choice{Kind: kind, Key: key, What: do, At: v.s.Now()}
	if do == "clear" {
		c.What = ""
	}
	return v.s.Store.Choose(v.r.Context(), who, c)
}

// articleMarks gives how the reader stands to an article.
func (v *visit) articleMarks(id int64) (marks, error) {
	m := marks{Kind: "articles", ID: id, Back: v.r.URL.RequestURI()}
	who := v.reader()
	if who == 0 {
		return m, nil
	}
	of, err := v.s.Store.OfArticles(v.r.Context(), who, []int64{id})
	if err != nil {
		return m, err
	}
	a := of[id]
	m.Known, m.Read, m.Starred, m.Labels = true, a.Read, !a.Starred.IsZero(), a.Labels
	return m, nil
}

// look remembers, once the page is sent, that the reader saw it. A browser that loads a page ahead of time is nobody who looks.
func (v *visit) look(do func(who int64) error) {
	who := v.reader()
	if who == 0 || v.r.Method != http.MethodGet || v.r.Header.Get("Sec-Purpose") != "" || v.r.Header.Get("Purpose") == "prefetch" || v.who.API {
		return
	}
	if err := do(who); err != nil {
		v.s.Log.Warn("what was read could not be remembered", "err", err)
	}
}

// markChoice follows or hides a source or a name.
func (s *site) markSource(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	who, err := v.own()
	if err != nil {
		return err
	}
	if _, err := s.Store.Outlet(v.r.Context(), id); err != nil {
		return err
	}
	page := "/sources/" + i18n.ID(id)
	switch do := v.form("do"); do {
	case "follow", "mute", "clear":
		err = v.decide(who, "source", i18n.ID(id), do)
	case "file", "unfile":
		folder := clip(strings.Join(strings.Fields(v.form("folder")), " "), 60)
		if folder == "" {
			return fault.New(fault.Invalid, "a folder has a name")
		}
		err = s.Store.File(v.r.Context(), who, id, folder, do == "file")
	default:
		err = fault.New(fault.Invalid, "a source cannot be marked %q", do)
	}
	if err != nil {
		return err
	}
	v.redirect(page)
	return nil
}

func (s *site) markName(v *visit) error {
	id := v.r.PathValue("id")
	who, err := v.own()
	if err != nil {
		return err
	}
	if _, ok := s.Names.Entity(id); !ok {
		return fault.New(fault.NotFound, "nobody of this id")
	}
	do := v.form("do")
	if do != "follow" && do != "mute" && do != "clear" {
		return fault.New(fault.Invalid, "a name cannot be marked %q", do)
	}
	if err := v.decide(who, "name", id, do); err != nil {
		return err
	}
	v.redirect("/entities/" + id)
	return nil
}

// seeAll marks the stories as seen that a page showed.
func (s *site) seeAll(v *visit) error {
	who, err := v.own()
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "the form cannot be read: %w", err)
	}
	for i, shown := range v.r.PostForm["story"] {
		id, err := strconv.ParseInt(shown, 10, 64)
		if err != nil || i >= 2*riverSize {
			return fault.New(fault.Invalid, "%q is no story", shown)
		}
		if err := s.Store.Look(v.r.Context(), who, id, s.Now()); err != nil {
			return err
		}
	}
	return v.done(v.form("next"), "all-seen")
}

// choiceOf gives what the reader decided about a source or a name.
func (v *visit) choiceOf(kind, key string) (string, error) {
	who := v.reader()
	if who == 0 {
		return "", nil
	}
	cs, err := v.s.Store.Choices(v.r.Context(), who)
	for _, c := range cs {
		if c.Kind == kind && c.Key == key {
			return c.What, err
		}
	}
	return "", err
}

// sinceLook is what came to a story since the reader looked at it.
type sinceLook struct {
	marks
	Fresh  []*entry
	Denial bool // among it
}

func (v *visit) sinceLook(st news.Story, es []*entry) (s sinceLook, err error) {
	_, of, err := v.mine([]store.Card{{Story: st}})
	s.marks = of[st.ID]
	if err != nil || !s.Known {
		return s, err
	}
	s.Back = v.r.URL.RequestURI()
	ids := make([]int64, 0, len(es))
	for _, e := range es {
		ids = append(ids, e.Article.ID)
	}
	states, err := v.s.Store.OfArticles(v.r.Context(), v.reader(), ids)
	if err != nil {
		return s, err
	}
	for _, e := range es {
		if a := states[e.Article.ID]; e.Article.ID == st.Lead {
			s.Labels = a.Labels
		}
		if s.Looked.IsZero() || !e.Arrived.After(s.Looked) {
			continue
		}
		e.Fresh = true
		s.Fresh = append(s.Fresh, e)
		for _, c := range e.Analysis.Claims {
			s.Denial = s.Denial || c.Stance == news.Denies && !c.Negated
		}
	}
	slices.SortStableFunc(s.Fresh, func(a, b *entry) int { return cmp.Compare(b.Arrived.UnixNano(), a.Arrived.UnixNano()) })
	return s, nil
}
