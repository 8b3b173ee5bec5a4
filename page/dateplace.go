package page

import (
	"strings"

	"marsad/news"
)

// wordDates reads dates in words: in short lines beside the headline, then in what a class calls a date, then in the last lines.
func (r *reading) wordDates(d *dater, passes int) {
	s := r.scene
	for pass := range passes {
		if pass == 2 && !d.best.Known() && d.changed.Known() {
			d.best = d.changed // beside the headline there is no other
		}
		for i := range s.blocks {
			if d.best.Known() {
				return
			}
			b := &s.blocks[i]
			v := &s.said[i]
			z := s.zones[b.at] | s.hints[b.at]
			if b.end-b.start > 300 && pass != 6 || s.folded[i] == "" || b.digits < 2 || z&hintComment != 0 || z&hintRelated != 0 && !(pass == 7 && r.beside(i)) {
				continue
			}
			if pass < 6 && (i == s.head || s.isTitle(i)) {
				continue
			}
			ok := false
			switch pass {
			case 0:
				ok = r.beside(i) && (v.any&saysPublished != 0 || s.hints[b.at]&hintDate != 0)
			case 1:
				ok = r.beside(i) && b.chars < 120
			case 2:
				ok = z&hintDate != 0 && s.holds(s.column, b.at)
			case 3:
				ok = i >= s.first-15 && i < s.first+3 && b.chars < 120
			case 4:
				ok = i > s.last-3 && i < s.last+6 && b.chars < 80
			case 5:
				ok = i < 10 && b.chars < 40 // the day of the paper, above all
			case 7:
				ok = b.chars < 60 && int(b.links)*2 < b.end-b.start // any line that is a date and hardly more
			}
			if ok {
				d.try(s.of(b), news.FromText)
			} else if pass == 6 && i >= s.first-1 && i <= s.first+4 {
				d.openingDate(s.of(b))
			}
		}
	}
}

// isTitle tells whether block i says what the page's title says: a day in it is the happening's.
func (s *scene) isTitle(i int) bool {
	const least = 30 // bytes: a shorter line may be the day alone, which some titles repeat
	f := s.folded[i]
	return len(f) >= least && strings.Contains(s.title, f)
}

// openingDate reads the date that a text begins with: "27.1.2022 - At the opening …".
func (d *dater) openingDate(s string) {
	s = s[:runeCut([]byte(s), 40)]
	if found := d.d.days(s); len(found) > 0 && found[0].from <= 2 {
		d.try(s[:d.d.behind(s, found[0].to)], news.FromText)
	}
}
