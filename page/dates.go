package page

import (
	"strings"
	"time"

	"marsad/news"
)

// Meta names that hold the moment of publication, the most specific first, and of the last change.
var (
	publishedMetas = []string{"article:published_time", "og:article:published_time", "article:published", "og:published_time", "og:pubdate", "datepublished", "rnews:datepublished", "bt:pubdate", "article.published", "published_time", "published-date", "published_at", "publishdate", "publish-date", "publish_date", "pubdate", "publication_date", "publication-date", "originalpublicationdate", "dc.date.issued", "dcterms.issued", "sailthru.date", "parsely-pub-date", "parsely-page-pubdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article:publish_time", "article_date_original", "displaydate", "ptime", "weibo:article:create_at", "article:create_at", "og:article:published", "vr:published_time", "citation_publication_date", "citation_date", "prism.publicationdate", "shareaholic:article_published_time", "cre_date", "release_date", "mediator_published_time", "apub:time"}
	weakMetas      = []string{"dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "date", "timestamp", "datecreated", "creation_date", "article.created"} // by some programs when a file was made
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
	r.tryMetas(d, publishedMetas)
	d.try(r.ld.published, news.FromJSONLD)
	r.madeOrTold(d)
	r.markedDates(d)
	if !d.best.Known() && d.url.Known() {
		d.best = d.url
	}
	r.wordDates(d, 8)
	r.localDay(d, a.URL)
	a.Modified = r.modified(d)
	if !d.best.Known() && a.Modified.Known() {
		d.best = a.Modified
	}
	r.scriptDates(d)
	r.agoDates(d)
	if st, ok := urlDay(r.head.get("og:image", "twitter:image")); ok && !d.best.Known() && d.possible(st) {
		d.best = st // when its picture was filed
	}
	a.Published = d.settled()
	if a.Modified.Known() && a.Modified.Time.Before(a.Published.Time) && !a.Modified.DayOnly {
		a.Modified = news.Stamp{}
	}
}

// tryMetas takes in the first meta tag that has one of the names and a moment.
func (r *reading) tryMetas(d *dater, names []string) {
	for _, name := range names {
		if d.best.Known() {
			return
		}
		d.try(r.head.get(name), news.FromMeta)
	}
}

// madeOrTold takes in the meta tags that may tell when a file was made, unless the words beside the headline that speak of publication
// name another day.
func (r *reading) madeOrTold(d *dater) {
	if d.best.Known() {
		return
	}
	if r.tryMetas(d, weakMetas); !d.best.Known() {
		return
	}
	words := &dater{d: d.d, today: d.today}
	r.wordDates(words, 1)
	if gap := dayOf(words.best.Time).Sub(dayOf(d.best.Time)); words.best.Known() && gap != 0 && !shifted(d.best, gap) {
		d.best = words.best
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
			d.best = onTheClock(st, words.best)
			return
		}
		if gap == 0 {
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
	} else if t, same := pageDay(r.tree, st.Time); !ok && same && !dayOf(t).Equal(dayOf(st.Time)) {
		d.best.Time = t
	}
}

// onTheClock gives a stamp in UTC as the words beside the headline write it: with their zone, where they tell the time of day, else
// their day alone.
func onTheClock(st, words news.Stamp) news.Stamp {
	const quarter = 15 * time.Minute
	off := (words.Time.Sub(st.Time) + quarter/2).Truncate(quarter)
	if rest := words.Time.Sub(st.Time) - off; !words.DayOnly && !words.Zoned && rest.Abs() <= time.Minute && off.Abs() <= 14*time.Hour {
		st.Time = st.Time.In(time.FixedZone("", int(off.Seconds())))
		return st
	}
	return news.Stamp{Time: dayOf(words.Time), DayOnly: true, From: words.From}
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
