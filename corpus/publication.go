package corpus

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"marsad/news"
)

// Publication is one item as its outlet published it.
type Publication struct {
	Item        *Item
	Outlet      *Outlet
	URL         string // http://host/path
	Path        string
	Published   time.Time // as the page and feed claim, in the outlet's zone
	Arrives     time.Time // when it can first be fetched; Published, but for the faulty clocks of generated items
	ContentType string
	Body        []byte    // the page, in the outlet's charset
	Entry       news.Item // what the outlet's feed says of it
	Truth       Truth

	base time.Time
}

// At renders the whole archive for a base day, which becomes day 0: base's own date counts, its clock does not. Publications come in
// the order of their times. The same base gives the same bytes.
func (c *Corpus) At(base time.Time) ([]Publication, error) { return c.Schedule(base, nil) }

// Schedule is At with a say in the moment of publication: when moves an item, keeping it where it answers its second argument, the
// item's own time. Dates in the texts stay; those that count from publication ("yesterday") follow it. A nil when moves nothing.
func (c *Corpus) Schedule(base time.Time, when func(*Item, time.Time) time.Time) ([]Publication, error) {
	var pubs []Publication
	moments := map[*Item]time.Time{}
	for i := range c.Happenings {
		for _, it := range c.Happenings[i].Items {
			at := it.Time(base)
			if when != nil {
				at = when(it, at)
			}
			moments[it] = at
		}
	}
	for i := range c.Happenings {
		for _, it := range c.Happenings[i].Items {
			p, err := it.publish(base, moments)
			if err != nil {
				return nil, err
			}
			pubs = append(pubs, p)
		}
	}
	sort.SliceStable(pubs, func(i, j int) bool { return pubs[i].Published.Before(pubs[j].Published) })
	for i := range pubs {
		if err := pubs[i].draw(related(pubs, i)); err != nil {
			return nil, err
		}
	}
	return pubs, nil
}

// Time is when the item is published in an archive that begins on base's day.
func (it *Item) Time(base time.Time) time.Time {
	day := date(base.Year(), base.Month(), base.Day()).AddDate(0, 0, it.Happening.Day)
	return day.Add(it.when()).In(it.Outlet.Zone())
}

// publish makes all of a publication but its page.
func (it *Item) publish(base time.Time, moments map[*Item]time.Time) (Publication, error) {
	arrives := moments[it].In(it.Outlet.Zone())
	at := arrives.Add(it.clockFault)
	w := it.writer(base, arrives)
	p := Publication{Item: it, Outlet: it.Outlet, Published: at, Arrives: arrives, base: base}
	p.Path = it.path(at)
	p.URL = "http://" + it.Outlet.Host + p.Path
	a := &w.truth.Article
	*a = news.Article{
		URL: p.URL, Site: it.Outlet.Name, Headline: w.plain(it.headline), Subtitle: w.plain(it.subtitle), Section: it.Section,
		Byline: it.Byline, Dateline: it.Place, Lang: it.Outlet.Lang, RTL: it.Outlet.Lang == "ar",
		Published: news.Stamp{Time: at, Zoned: true},
	}
	if it.Credit != "" {
		a.Cites = []news.Cite{{Name: it.Credit}}
	}
	for _, e := range it.elements {
		if e.kind != caption && e.kind != junk {
			w.paragraph(e)
		}
	}
	a.Text = w.text.String()
	w.truth.Links = it.links(moments)
	p.Truth = *w.truth
	p.Entry = news.Item{
		URL: p.URL, GUID: it.Outlet.Host + ":" + it.ID, Title: a.Headline, Summary: a.Text[:a.Blocks[0].End], Lang: a.Lang,
		Author: strings.Join(it.Byline, ", "), Published: at.UTC(),
	}
	return p, w.err
}

// path fills the outlet's form of address.
func (it *Item) path(at time.Time) string {
	n := 0
	for _, b := range []byte(it.ID) {
		n = (n*131 + int(b)) % 899981
	}
	return strings.NewReplacer("{slug}", it.slug, "{n}", strconv.Itoa(100000+n), "{y}", at.Format("2006"), "{m}", at.Format("01"), "{d}", at.Format("02")).
		Replace(it.Outlet.Path)
}

// related picks other publications of the same outlet from before this one, for the boxes beside and inside the article.
func related(pubs []Publication, i int) []Publication {
	var near []Publication
	for j := i - 1; j >= 0 && len(near) < 4; j-- {
		if pubs[j].Outlet == pubs[i].Outlet && pubs[j].Item.Happening != pubs[i].Item.Happening {
			near = append(near, pubs[j])
		}
	}
	return near
}
