package page

import (
	"strings"
	"time"

	"marsad/news"
)

// Meta names that hold the moment of publication, the most specific first, and of the last change.
var (
	publishedMetas = []string{"article:published_time", "og:article:published_time", "article:published", "og:published_time", "og:pubdate", "datepublished", "rnews:datepublished", "bt:pubdate", "article.published", "published_time", "published-date", "published_at", "publishdate", "publish-date", "publish_date", "pubdate", "publication_date", "publication-date", "originalpublicationdate", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "sailthru.date", "parsely-pub-date", "parsely-page-pubdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article:publish_time", "article_date_original", "displaydate", "ptime", "weibo:article:create_at", "article.created", "article:create_at", "datecreated", "creation_date", "date", "og:article:published", "vr:published_time", "timestamp", "citation_publication_date", "citation_date", "prism.publicationdate", "shareaholic:article_published_time", "cre_date", "release_date", "mediator_published_time", "apub:time"}
	modifiedMetas  = []string{"article:modified_time", "og:article:modified_time", "og:updated_time", "article:updated_time", "datemodified", "dc.date.modified", "dcterms.modified", "last-modified", "lastmod", "moddate", "article.updated", "updated_time", "revision_date"}
)

// dater weighs the evidence for when an article was published and changed.
type dater struct {
	d       dateReader
	url     news.Stamp // the day that the address names
	today   time.Time  // nothing was published after it: the day of fetching, or zero
	best    news.Stamp
	changed news.Stamp // the first moment that words beside the headline call a time of change
}

// dates finds when the article was published and changed. The order of belief: JSON-LD of the article, meta tags, JSON-LD of what
// else the page holds, elements that markup calls the moment of publication, the address, the words beside the headline, anything
// that a time element says, the page's scripts. The address, the words and the country's clock correct a stamp in UTC by the day that
// lies between it and the reader's own calendar.
func (r *reading) dates(a *news.Article, items []item) {
	d := &dater{d: dateReader{lex: r.scene.lex, monthDay: monthFirst(r.head.lang, a.URL)}}
	if !r.page.Fetched.IsZero() {
		d.today = r.page.Fetched.Add(36 * time.Hour)
	}
	d.url, _ = urlDay(a.URL)
	if !d.url.Known() {
		d.url, _ = urlDay(a.Canonical)
	}
	if r.ld.rank > sideRank {
		d.try(r.ld.published, news.FromJSONLD)
	}
	for _, name := range publishedMetas {
		if d.best.Known() {
			break
		}
		d.try(r.head.get(name), news.FromMeta)
	}
	d.try(r.ld.published, news.FromJSONLD)
	r.markedDates(d)
	if !d.best.Known() && d.url.Known() {
		d.best = d.url
	}
	r.wordDates(d, 6)
	r.localDay(d, a.URL)
	a.Modified = r.modified(d)
	if !d.best.Known() && a.Modified.Known() {
		d.best = a.Modified
	}
	r.scriptDates(d)
	a.Published = d.settled()
	if a.Modified.Known() && a.Modified.Time.Before(a.Published.Time) && !a.Modified.DayOnly {
		a.Modified = news.Stamp{}
	}
}

// try takes in a stamp unless a better one is known.
func (d *dater) try(s string, from news.Evidence) {
	if d.best.Known() || s == "" {
		return
	}
	if st, ok := d.d.stamp(s, from); ok && d.possible(st) {
		d.best = st
	} else if !d.changed.Known() && d.d.changed.Known() && d.possible(d.d.changed) {
		d.changed = d.d.changed
	}
}

// possible refuses moments after the page was fetched, and the dawn of computing that empty fields turn into.
func (d *dater) possible(st news.Stamp) bool {
	return st.Time.Year() >= 1995 && (d.today.IsZero() || st.Time.Before(d.today))
}

// localDay finds the newsroom's own day where the stamp is in UTC: it may be the day before in the morning hours, the day after in the
// evening. The words beside the headline name it; where they are silent, the clock of the country that the host belongs to.
func (r *reading) localDay(d *dater, url string) {
	st := d.best
	if !st.Zoned || st.DayOnly || st.Time.Location() != time.UTC || d.url.Known() {
		return
	}
	words := &dater{d: d.d, today: d.today}
	r.wordDates(words, 2)
	if words.best.Known() {
		gap := dayOf(words.best.Time).Sub(dayOf(st.Time))
		if shifted(st, gap) {
			d.url = words.best
		}
		if gap == 0 || shifted(st, gap) {
			return
		}
	}
	if h, m, _ := st.Time.Clock(); h == 0 && m == 0 {
		return // a day without a clock, written as a moment
	}
	if t, exact, ok := countryDay(hostOf(url), st.Time); ok && !dayOf(t).Equal(dayOf(st.Time)) {
		if d.best.Time = t; !exact {
			d.best = news.Stamp{Time: dayOf(t), DayOnly: true, From: st.From}
		}
	}
}

// shifted tells whether a stamp in UTC, or without a zone, may stand for a newsroom's day that lies gap away: west of Greenwich the
// day before lasts until ten in the morning, east of it the day after begins at ten.
func shifted(st news.Stamp, gap time.Duration) bool {
	if st.Zoned && st.Time.Location() != time.UTC {
		return false
	}
	return st.DayOnly && (gap == 24*time.Hour || gap == -24*time.Hour) || gap == -24*time.Hour && st.Time.Hour() < 10 || gap == 24*time.Hour && st.Time.Hour() >= 10
}

// settled lets the address correct the day: a stamp in UTC may be a day off the newsroom's calendar.
func (d *dater) settled() news.Stamp {
	if !d.url.Known() || !d.best.Known() {
		return d.best
	}
	if gap := d.url.Time.Sub(dayOf(d.best.Time)); shifted(d.best, gap) {
		return d.url
	}
	return d.best
}

func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// modified finds when the article was last changed.
func (r *reading) modified(d *dater) news.Stamp {
	for _, c := range [...]struct {
		s    string
		from news.Evidence
	}{{r.ld.modified, news.FromJSONLD}, {r.head.get(modifiedMetas...), news.FromMeta}} {
		if st, ok := d.d.stamp(c.s, c.from); ok && c.s != "" && d.possible(st) {
			return st
		}
	}
	return d.changed
}

// monthFirst tells whether a page writes the month before the day in figures: American English does.
func monthFirst(lang, url string) bool {
	lang = strings.ToLower(lang)
	if lang == "en-us" || lang == "en_us" {
		return true
	}
	if lang != "" && !strings.HasPrefix(lang, "en") || lang == "en-gb" || lang == "en-au" {
		return false
	}
	host := hostOf(url)
	for _, end := range [...]string{".com", ".org", ".net", ".us", ".gov", ".edu"} {
		if strings.HasSuffix(host, end) {
			return lang != ""
		}
	}
	return false
}

func hostOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#:"); i >= 0 {
		rest = rest[:i]
	}
	return strings.ToLower(strings.TrimPrefix(rest, "www."))
}

// urlDay finds the day that an address names: /2020/06/07/, /2020-06-07-, /20200607, /2020/jun/07/.
func urlDay(url string) (news.Stamp, bool) {
	_, path, ok := strings.Cut(url, "://")
	if !ok {
		path = url
	}
	i := strings.IndexByte(path, '/')
	if i < 0 {
		return news.Stamp{}, false
	}
	path, _, _ = strings.Cut(path[i:], "?")
	for i := 0; i+8 <= len(path); i++ {
		if i > 0 && isDigit(path[i-1]) || !isDigit(path[i]) {
			continue
		}
		if y, m, day, ok := digitsDay(path[i:]); ok {
			if t, ok := makeDay(y, m, day); ok && y >= 1995 {
				return news.Stamp{Time: t, DayOnly: true, From: news.FromURL}, true
			}
		}
	}
	return news.Stamp{}, false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

var urlMonths = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// digitsDay reads year, month and day at the beginning of a part of an address.
func digitsDay(s string) (y, m, d int, ok bool) {
	if !digits(s[:4]) {
		return
	}
	y, s = number(s[:4]), s[4:]
	if len(s) >= 4 && digits(s[:4]) {
		return y, number(s[:2]), number(s[2:4]), len(s) == 4 || !isDigit(s[4])
	}
	sep := s[0]
	if sep != '/' && sep != '-' && sep != '_' && sep != '.' {
		return
	}
	s = s[1:]
	for k, name := range urlMonths {
		if sep == '/' && strings.HasPrefix(s, name+"/") {
			m, s = k+1, s[3:]
		}
	}
	for n := 0; m == 0 || n > 0 && n < 2; n++ {
		if n >= len(s) || !isDigit(s[n]) {
			if n == 0 {
				return
			}
			s = s[n:]
			break
		}
		m = m*10 + int(s[n]-'0')
		if n == 1 {
			s = s[2:]
			break
		}
	}
	if len(s) < 2 || s[0] != sep && s[0] != '/' || !isDigit(s[1]) {
		return
	}
	d = int(s[1] - '0')
	if len(s) > 2 && isDigit(s[2]) {
		d = d*10 + int(s[2]-'0')
		if len(s) > 3 && isDigit(s[3]) {
			return
		}
	} else if sep == '-' && len(s) > 2 && isAlpha(s[2]) {
		return
	}
	return y, m, d, true
}

// markedDates reads the elements that markup calls the moment of publication, and the time elements beside the headline.
func (r *reading) markedDates(d *dater) {
	w := r.scene.walk
	for _, m := range w.dated {
		if d.best.Known() {
			return
		}
		for _, name := range [...]string{"datetime", "content", "title"} {
			d.try(r.tree.attr(m.at, name), news.FromMeta)
		}
		d.try(w.within(m.at), news.FromMeta)
	}
	for _, pass := range [...]bool{true, false} { // beside the headline, then anywhere in the column
		for _, m := range w.times {
			if d.best.Known() {
				return
			}
			if r.beside(m.before) == pass && (pass || r.scene.holds(r.scene.column, m.at)) && r.scene.zones[m.at]&(hintRelated|hintComment) == 0 {
				d.try(r.tree.attr(m.at, "datetime"), news.FromTime)
				d.try(w.within(m.at), news.FromTime)
			}
		}
	}
}

// beside tells whether a block stands near the headline or the beginning of the text.
func (r *reading) beside(block int) bool {
	s := r.scene
	if s.head >= 0 {
		return block >= s.head-6 && block <= max(s.head+12, min(s.first+2, s.head+30))
	}
	return block >= s.first-10 && block <= s.first+3
}

// wordDates reads dates in words: in short lines beside the headline, then in what a class calls a date, then in the last lines.
func (r *reading) wordDates(d *dater, passes int) {
	s := r.scene
	for pass := 0; pass < passes; pass++ {
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
			if b.end-b.start > 300 || s.folded[i] == "" || b.digits < 2 || z&(hintComment|hintRelated) != 0 {
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
			}
			if ok {
				d.try(s.of(b), news.FromText)
			}
		}
	}
}
