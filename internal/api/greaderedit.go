package api

import (
	"strconv"
	"strings"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
)

// maxEdit is how many articles one call may change.
const maxEdit = 10_000

// items reads the articles that a request is about.
func (c *call) items() ([]int64, error) {
	if err := c.r.ParseForm(); err != nil {
		return nil, fault.New(fault.Invalid, "the form cannot be read: %w", err)
	}
	given := c.r.Form["i"]
	if len(given) == 0 || len(given) > maxEdit {
		return nil, fault.New(fault.Invalid, "name 1 to %d items", maxEdit)
	}
	ids := make([]int64, 0, len(given))
	for _, g := range given {
		id, err := itemID(g)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// editTag marks articles: read or kept unread, with or without a star, with or without a tag.
func (s *server) editTag(c *call) error {
	ids, err := c.items()
	if err != nil {
		return err
	}
	for on, names := range map[bool][]string{true: c.r.Form["a"], false: c.r.Form["r"]} {
		for _, n := range names {
			if err := c.tagged(ids, everyone(n), on); err != nil {
				return err
			}
		}
	}
	return c.ok()
}

func (c *call) tagged(ids []int64, tag string, on bool) error {
	ctx, who := c.r.Context(), c.reader()
	if label, ok := strings.CutPrefix(tag, labelName); ok && strings.TrimSpace(label) != "" && len(label) <= 240 {
		return c.Store.SetLabel(ctx, who, ids, label, on)
	}
	switch strings.TrimPrefix(tag, stateName) {
	case "read":
		return c.Store.SetRead(ctx, who, ids, on)
	case "kept-unread":
		if on { // taking it away makes nothing read: what does, says so
			return c.Store.SetRead(ctx, who, ids, false)
		}
	case "starred":
		return c.Store.SetStar(ctx, who, ids, on, c.Now())
	case "tracking-kept-unread", "broadcast", "like", "fresh", "reading-list": // lists that the desk does not keep
	default:
		return fault.New(fault.Invalid, "%q is no tag", tag)
	}
	return nil
}

// markAllRead makes streams read, up to a moment where one is given.
func (s *server) markAllRead(c *call) error {
	until := s.Now()
	if ts, err := strconv.ParseInt(c.r.FormValue("ts"), 10, 64); err == nil && ts > 0 && sinceEpoch(ts).Before(until) {
		until = sinceEpoch(ts)
	}
	names := c.r.Form["s"]
	if len(names) == 0 || len(names) > 1000 {
		return fault.New(fault.Invalid, "s names no stream") // all of it is not caught up with by an oversight
	}
	for _, name := range names {
		st, kept, err := c.stream(name)
		if err != nil {
			return err
		}
		if kept {
			continue
		}
		if st.Read || st.Unread {
			st = store.Stream{}
		}
		if err := s.Store.CatchUp(c.r.Context(), c.reader(), st, until); err != nil {
			return err
		}
	}
	return c.ok()
}

// label reads the name of a tag or folder in a form.
func (c *call) label(field string) (string, error) {
	l, ok := strings.CutPrefix(everyone(c.r.FormValue(field)), labelName)
	if t := c.r.FormValue("t"); !ok && field == "s" && t != "" { // the label alone
		l, ok = t, true
	}
	if l = strings.TrimSpace(l); !ok || l == "" || len(l) > 240 {
		return "", fault.New(fault.Invalid, "%s names no label", field)
	}
	return l, nil
}

func (s *server) renameTag(c *call) error {
	from, err := c.label("s")
	if err != nil {
		return err
	}
	to, err := c.label("dest")
	if err != nil {
		return err
	}
	if err := s.Store.Rename(c.r.Context(), c.reader(), from, to); err != nil {
		return err
	}
	return c.ok()
}

func (s *server) disableTag(c *call) error {
	from, err := c.label("s")
	if err != nil {
		return err
	}
	if err := s.Store.Rename(c.r.Context(), c.reader(), from, ""); err != nil {
		return err
	}
	return c.ok()
}

// subscriptionEdit files a source, hides it from the reader, or shows it to them again. It is the desk's source and not theirs: leaving
// it takes it from nobody else. A new one is added for all, by editors.
func (s *server) subscriptionEdit(c *call) error {
	if err := c.r.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "the form cannot be read: %w", err)
	}
	for _, name := range c.r.Form["s"] {
		if err := s.editOne(c, name); err != nil {
			return err
		}
	}
	return c.ok()
}

func (s *server) editOne(c *call, name string) error {
	st, _, err := c.stream(name)
	do := c.r.FormValue("ac")
	if err != nil && do == "subscribe" { // an address
		if c.who.Role < auth.Editor {
			return fault.New(fault.Denied, "new sources are for editors")
		}
		st.Source, _, err = s.subscribe(c, strings.TrimPrefix(name, "feed/"))
	}
	if err != nil {
		return err
	}
	if st.Watch != 0 && do == "edit" { // its name and folder are the desk's
		return nil
	}
	if st.Source == 0 {
		return fault.New(fault.Invalid, "%q is no source", name)
	}
	key := strconv.FormatInt(st.Source, 10)
	switch do {
	case "unsubscribe":
		return s.Store.Choose(c.r.Context(), c.reader(), store.Choice{Kind: "source", Key: key, What: "mute", At: s.Now()})
	case "subscribe":
		hidden, err := c.muted()
		if err != nil {
			return err
		}
		if hidden[key] {
			if err := s.Store.Choose(c.r.Context(), c.reader(), store.Choice{Kind: "source", Key: key}); err != nil {
				return err
			}
		}
	case "edit":
	default:
		return fault.New(fault.Invalid, "a subscription cannot be %q", do)
	}
	return c.file(st.Source)
}

// file puts a source into the folders that a form names, and takes it out of others.
func (c *call) file(source int64) error {
	for on, names := range map[bool][]string{true: c.r.Form["a"], false: c.r.Form["r"]} {
		for _, n := range names {
			folder, ok := strings.CutPrefix(everyone(n), labelName)
			if folder = strings.TrimSpace(folder); !ok || folder == "" || len(folder) > 240 || folder == c.watchesLabel() {
				continue
			}
			if err := c.Store.File(c.r.Context(), c.reader(), source, folder, on); err != nil {
				return err
			}
		}
	}
	return nil
}
