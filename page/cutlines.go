package page

import (
	"strings"
	"unicode/utf8"
)

// Old pages set date, headline and author as lines of one block, with nothing but a line end and the size of the letters between them. Such
// a block is cut at its lines, so that each can be what it is.
const (
	stackedBytes = 700
	stackedLines = 8
	stackedMost  = 200 // blocks of several lines that are looked at
)

// unstack cuts the first block one of whose lines is a title of the page, or part of one.
func (w *walk) unstack(titles []string) {
	looked := 0
	for i := range w.blocks {
		s := w.of(&w.blocks[i])
		if len(s) > stackedBytes || strings.IndexByte(s, '\n') < 0 || strings.Count(s, "\n") >= stackedLines {
			continue
		}
		if looked++; looked > stackedMost {
			return
		}
		for _, line := range strings.Split(s, "\n") {
			if f := squash(line); utf8.RuneCountInString(f) >= 12 && isTitle(titles, f) {
				w.cutAt(i)
				return
			}
		}
	}
}

func isTitle(titles []string, f string) bool {
	for _, t := range titles {
		if t != "" && len(t) < 1000 && partOf(t, f) {
			return true
		}
	}
	return false
}

// cutAt makes every line of block i a block of its own. What links and bold letters the block has, each line has by its share.
func (w *walk) cutAt(i int) {
	whole := w.blocks[i]
	lines := strings.Split(w.of(&whole), "\n")
	parts := make([]block, 0, len(lines))
	at := whole.start
	cur := w.cur
	for _, line := range lines {
		w.cur = block{start: at, end: at + len(line), at: whole.at, flags: whole.flags}
		if line != "" {
			w.count(line)
			share := func(n int32) int32 { return n * int32(len(line)) / int32(whole.end-whole.start) }
			w.cur.links, w.cur.bold = share(whole.links), share(whole.bold)
			parts = append(parts, w.cur)
		}
		at += len(line) + 1
	}
	w.cur = cur
	w.blocks = append(w.blocks[:i:i], append(parts, w.blocks[i+1:]...)...)
	for _, list := range [...][]picture{w.pics, w.dated, w.times, w.bylines, w.signed} {
		for k := range list {
			if list[k].before > i {
				list[k].before += len(parts) - 1
			}
		}
	}
}
