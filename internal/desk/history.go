package desk

import (
	"slices"
	"time"

	"marsad/alert"
	"marsad/news"
)

// history is the notices of late, as a plan asks for them: by recipient and story, and by recipient and watch.
type history struct {
	told  map[[2]int64][]news.Notice // recipient, story
	sent  map[[2]int64][]news.Notice // recipient, watch
	of    map[int64][]int64          // story -> the recipients that were told of it
	size  int
	prune int // the size at which old ones are let go
}

// fewNotices is how many are held before it is worth looking for old ones.
const fewNotices = 10000

// add takes notices in. Those planned before since are let go now and then, so that the history does not grow for ever.
func (h *history) add(ns []news.Notice, since time.Time) {
	if h.told == nil {
		h.told, h.sent, h.of, h.prune = map[[2]int64][]news.Notice{}, map[[2]int64][]news.Notice{}, map[int64][]int64{}, fewNotices
	}
	for _, n := range ns {
		h.put(n)
	}
	if h.size += len(ns); h.size < h.prune {
		return
	}
	old := *h
	*h = history{told: map[[2]int64][]news.Notice{}, sent: map[[2]int64][]news.Notice{}, of: map[int64][]int64{}}
	for _, list := range old.sent {
		for _, n := range list {
			if !n.Planned.Before(since) {
				h.put(n)
				h.size++
			}
		}
	}
	h.prune = max(fewNotices, 2*h.size)
}

// list takes note of the stories that digests told. Their notices were added before.
func (h *history) list(digests []news.Notice) {
	for _, n := range digests {
		h.tell(n)
	}
}

// tell files a notice under each story that it tells.
func (h *history) tell(n news.Notice) {
	for _, story := range alert.Stories(n) {
		key := [2]int64{n.Recipient, story}
		if h.told[key] == nil {
			h.of[story] = append(h.of[story], n.Recipient)
		}
		n.Story = story
		h.told[key] = append(h.told[key], n)
	}
}

// forget lets go of notices that were taken back before anybody was told.
func (h *history) forget(ns []news.Notice) {
	for _, n := range ns { // notices that were planned are known here
		is := func(o news.Notice) bool { return o.ID == n.ID }
		told, sent := [2]int64{n.Recipient, n.Story}, [2]int64{n.Recipient, n.Watch}
		h.told[told], h.sent[sent] = slices.DeleteFunc(h.told[told], is), slices.DeleteFunc(h.sent[sent], is)
	}
}

func (h *history) put(n news.Notice) {
	h.sent[[2]int64{n.Recipient, n.Watch}] = append(h.sent[[2]int64{n.Recipient, n.Watch}], n)
	h.tell(n)
}

// about gives what a plan has to know of one recipient: what they were told of a story or of those that became part of it, under the
// story's own number, and what the watch told them of others.
func (h *history) about(recipient, watch, story int64, merged map[int64]int64) (ns []news.Notice) {
	ns = append(ns, h.told[[2]int64{recipient, story}]...)
	for part, whole := range merged {
		if whole == story {
			for _, n := range h.told[[2]int64{recipient, part}] {
				n.Story = story
				ns = append(ns, n)
			}
		}
	}
	for _, n := range h.sent[[2]int64{recipient, watch}] {
		if n.Story == 0 || n.Story != story && merged[n.Story] != story {
			ns = append(ns, n)
		}
	}
	return ns
}

// move puts the notices of stories that became part of another under that one: whoever was told of a part was told of the whole.
func (h *history) move(changed []news.Story) {
	for part, whole := range merged(changed) {
		for _, recipient := range h.of[part] {
			from, to := [2]int64{recipient, part}, [2]int64{recipient, whole}
			for _, n := range h.told[from] {
				sent := h.sent[[2]int64{recipient, n.Watch}]
				if i := slices.IndexFunc(sent, func(o news.Notice) bool { return o.ID == n.ID && o.Story == part }); i >= 0 {
					sent[i].Story = whole
				}
				n.Story = whole
				if h.told[to] == nil {
					h.of[whole] = append(h.of[whole], recipient)
				}
				h.told[to] = append(h.told[to], n)
			}
			delete(h.told, from)
		}
		delete(h.of, part)
	}
}

// moved lets whoever was told by an article be told of the story that it was moved to, as well as of the one that it was in: what they read
// was about either, and is not told as new.
func (h *history) moved(ps []news.Placement, changed []news.Story) {
	to := map[int64]int64{}
	for _, p := range ps {
		to[p.Article] = p.Story
	}
	var stray []news.Notice
	for _, s := range changed {
		for _, recipient := range h.of[s.ID] {
			for _, n := range h.told[[2]int64{recipient, s.ID}] {
				if story := to[n.Article]; story != 0 && story != s.ID && n.Kind != news.DigestSlot {
					n.Story = story
					stray = append(stray, n)
				}
			}
		}
	}
	for _, n := range stray {
		if !slices.ContainsFunc(h.told[[2]int64{n.Recipient, n.Story}], func(o news.Notice) bool { return o.ID == n.ID }) {
			h.tell(n)
		}
	}
}

// merged gives the stories that became part of another, with that one.
func merged(stories []news.Story) map[int64]int64 {
	into := map[int64]int64{}
	for _, s := range stories {
		if s.Merged != 0 {
			into[s.ID] = s.Merged
		}
	}
	return into
}
