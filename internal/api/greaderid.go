package api

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"marsad/internal/fault"
	"marsad/internal/i18n"
	"marsad/internal/store"
)

const (
	longID    = "tag:google.com,2005:reader/item/"
	stateName = "user/-/state/com.google/"
	labelName = "user/-/label/"
)

// itemID reads an article's id in any of the ways in which programs write it: the long form with 16 hexadecimal digits, these digits
// alone, or a decimal number.
func itemID(s string) (int64, error) {
	if hex, ok := strings.CutPrefix(s, longID); ok {
		return positive(hex, 16)
	}
	if len(s) == 16 {
		return positive(s, 16)
	}
	return positive(s, 10)
}

func positive(s string, base int) (int64, error) {
	n, err := strconv.ParseInt(s, base, 64)
	if err != nil || n < 1 {
		return 0, fault.New(fault.Invalid, "%q is no item", s)
	}
	return n, nil
}

func longItemID(id int64) string { return fmt.Sprintf("%s%016x", longID, id) }

// everyone writes a reader's own streams without their number.
func everyone(s string) string {
	if rest, ok := strings.CutPrefix(s, "user/"); ok {
		if _, after, ok := strings.Cut(rest, "/"); ok {
			return "user/-/" + after
		}
	}
	return s
}

const watchFeed = "watch-"

// stream reads the name of a stream. kept says that a program keeps lists there that the desk does not: they are empty.
func (c *call) stream(name string) (st store.Stream, kept bool, err error) {
	name = everyone(strings.TrimSpace(name))
	bad := fault.New(fault.Invalid, "%q is no stream", name)
	if feed, ok := strings.CutPrefix(name, "feed/"); ok {
		if w, ok := strings.CutPrefix(feed, watchFeed); ok {
			st.Watch, err = positive(w, 10)
			return st, false, err
		}
		if isWeb(feed) { // as the first of these programs named feeds
			st.Source, err = c.sourceAt(feed)
			return st, false, err
		}
		st.Source, err = positive(feed, 10)
		return st, false, err
	}
	if label, ok := strings.CutPrefix(name, labelName); ok && label != "" {
		return c.labelStream(label)
	}
	switch strings.TrimPrefix(name, stateName) {
	case "", "reading-list":
		return st, false, nil
	case "starred":
		st.Starred = true
	case "read":
		st.Read = true
	case "unread", "kept-unread":
		st.Unread = true
	case "broadcast", "like", "created", "shared", "broadcast-friends":
		return st, true, nil
	default:
		return st, false, bad
	}
	return st, false, nil
}

// sourceAt gives the source that publishes on an address.
func (c *call) sourceAt(address string) (int64, error) {
	all, err := c.Store.Sources(c.r.Context())
	if err != nil {
		return 0, err
	}
	for _, h := range all {
		for _, f := range h.Feeds {
			if f.URL == address {
				return h.Source.ID, nil
			}
		}
	}
	return 0, fault.New(fault.Invalid, "%q is no feed of the desk", address)
}

// labelStream finds what a label is: the watches' own, a folder, or a tag.
func (c *call) labelStream(label string) (st store.Stream, kept bool, err error) {
	if label == c.watchesLabel() {
		return store.Stream{Watch: -1}, false, nil
	}
	of, err := c.Store.Folders(c.r.Context(), c.reader())
	for _, names := range of {
		for _, n := range names {
			if n == label {
				return store.Stream{Folder: label}, false, err
			}
		}
	}
	return store.Stream{Label: label}, false, err
}

// reader gives whose marks a request is about.
func (c *call) reader() int64 { return c.who.Account.ID }

// watchesLabel names the folder that all watches lie in, in the account's language.
func (c *call) watchesLabel() string {
	return i18n.New(i18n.Options{Lang: c.who.Account.Lang}).Text("nav.watches")
}

// narrowed adds what the query says of a stream: how many (n, at most most), in which order (r=o), since and until when (ot, nt), only
// unread ones (xt), only read or starred ones (it), from where on (c).
func (c *call) narrowed(st store.Stream, most int) (store.Stream, error) {
	_ = c.r.FormValue("n") // reads the form; what cannot be read of it says nothing
	q := c.r.Form
	st.N = 20
	if n, err := strconv.Atoi(q.Get("n")); err == nil && n > 0 {
		st.N = min(n, most)
	}
	st.Oldest = q.Get("r") == "o"
	if t, err := strconv.ParseInt(q.Get("ot"), 10, 64); err == nil && t > 0 {
		st.From = sinceEpoch(t)
	}
	if t, err := strconv.ParseInt(q.Get("nt"), 10, 64); err == nil && t > 0 {
		st.To = sinceEpoch(t)
	}
	for _, x := range q["xt"] {
		switch everyone(x) {
		case stateName + "read":
			st.Unread = true
		case stateName + "unread":
			st.Read = true
		}
	}
	for _, x := range q["it"] {
		switch everyone(x) {
		case stateName + "read":
			st.Read = true
		case stateName + "unread", stateName + "kept-unread":
			st.Unread = true
		case stateName + "starred":
			st.Starred = st.Source == 0 && st.Watch == 0 && st.Folder == "" && st.Label == ""
		}
	}
	if cont := q.Get("c"); cont != "" {
		var err error
		if st.After, err = itemAt(cont); err != nil {
			return st, err
		}
	}
	return st, nil
}

// continuation is where the page after an item begins.
func continuation(it store.StreamItem) string {
	return fmt.Sprintf("%d.%d", it.Arrived.UnixMicro(), it.Article)
}

// itemAt reads where a page begins.
func itemAt(s string) (store.StreamItem, error) {
	at, id, _ := strings.Cut(s, ".")
	us, err1 := strconv.ParseInt(at, 10, 64)
	article, err2 := strconv.ParseInt(id, 10, 64)
	if err1 != nil || err2 != nil {
		return store.StreamItem{}, fault.New(fault.Invalid, "%q is where no page begins; give what the answer before it gave", s)
	}
	return store.StreamItem{Article: article, Arrived: time.UnixMicro(us)}, nil
}

// sinceEpoch reads a moment that programs give in seconds, milliseconds, microseconds or nanoseconds, whatever they think is meant.
func sinceEpoch(n int64) time.Time {
	switch {
	case n > 1e17:
		return time.Unix(0, n)
	case n > 1e14:
		return time.UnixMicro(n)
	case n > 1e11:
		return time.UnixMilli(n)
	}
	return time.Unix(n, 0)
}
