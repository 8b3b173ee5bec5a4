package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
	"marsad/story"
)

// comingDay is a day ahead, or several that follow each other.
type comingDay struct {
	From, To time.Time // calendar days, To exclusive
	Items    []coming
}

// coming is a story that speaks of the day, by its first article that does.
type coming struct {
	Story    int64
	Headline string
	Lang     string
	Said     passage
	Outlets  int
	outlets  map[int64]bool
}

const (
	diaryBack = 14 * 24 * time.Hour
	diaryFor  = 10 * time.Minute
	diaryMost = 60   // days shown
	diaryRead = 8000 // articles read
)

// coming gives what the articles of the last days say is ahead. The texts of many are read for it, so it is remembered for a while.
func (s *site) coming(ctx context.Context, now time.Time) ([]comingDay, error) {
	return s.ahead.get(now, diaryFor, func() (days []comingDay, err error) {
		at, n := map[string]*comingDay{}, 0
		err = s.Store.Articles(ctx, now.Add(-diaryBack), now, func(e store.Entry) bool {
			gatherComing(at, e, now)
			n++
			return n < diaryRead
		})
		for _, key := range sortedKeys(at) {
			days = append(days, *at[key])
		}
		return days[:min(len(days), diaryMost)], err
	})
}

// gatherComing adds the days ahead that an article speaks of. An article that follows another speaks with the other's words.
func gatherComing(at map[string]*comingDay, e store.Entry, now time.Time) {
	for _, l := range e.Placement.Links {
		if story.Follower(l) == e.Article.ID {
			return
		}
	}
	today := now.Format(time.DateOnly)
	for _, t := range e.Analysis.Timexes {
		if t.Type != news.Date || t.Granularity != "day" || t.Certainty < 0.6 || t.From.IsZero() || t.From.Format(time.DateOnly) <= today || far(t.From, now) ||
			spokenOn(e.Analysis, t.Span) {
			continue
		}
		key := t.From.Format(time.DateOnly) + t.To.Format(time.DateOnly)
		day := at[key]
		if day == nil {
			day = &comingDay{From: t.From, To: t.To}
			at[key] = day
		}
		i := slices.IndexFunc(day.Items, func(c coming) bool { return c.Story == e.Placement.Story })
		if i < 0 {
			i = len(day.Items)
			day.Items = append(day.Items, coming{Story: e.Placement.Story, Headline: e.Article.Headline, Lang: e.Article.Lang, Said: sentence(&entry{Entry: e}, t.Span), outlets: map[int64]bool{}})
		}
		day.Items[i].outlets[e.Source.ID] = true
		day.Items[i].Outlets = len(day.Items[i].outlets)
	}
}

// spokenOn tells whether a day is when somebody spoke, by where it stands: between the speaker and the word that reports, or in what is named
// as the occasion. Nobody is reported to have spoken on a day to come, however the day was read.
func spokenOn(n news.Analysis, day news.Span) bool {
	within := func(who *news.Actor, cue *news.Cue) bool {
		return who != nil && cue != nil && day.Start >= min(who.Start, cue.Start) && day.End <= max(who.End, cue.End)
	}
	return slices.ContainsFunc(n.Quotations, func(q news.Quotation) bool {
		return within(q.Speaker, q.Cue) || q.Occasion != nil && day.Start < q.Occasion.End && day.End > q.Occasion.Start
	}) || slices.ContainsFunc(n.Claims, func(c news.Claim) bool { return within(c.Claimant, c.Cue) })
}

type diaryPage struct {
	Days []diaryDay
}

type diaryDay struct {
	comingDay
	Title string
}

func (s *site) diary(v *visit) error {
	days, err := s.coming(v.r.Context(), v.words.Now())
	if err != nil {
		return err
	}
	p := diaryPage{}
	for _, d := range days {
		items := slices.Clone(d.Items)
		slices.SortStableFunc(items, func(a, b coming) int { return cmp.Compare(b.Outlets, a.Outlets) })
		p.Days = append(p.Days, diaryDay{comingDay{d.From, d.To, items}, v.dayRange(d.From, d.To)})
	}
	v.show("diary", v.words.Text("diary.title"), "now", p)
	return nil
}

// calendar gives the diary as iCalendar (RFC 5545).
func (s *site) calendar(v *visit) error {
	days, err := s.coming(v.r.Context(), v.words.Now())
	if err != nil {
		return err
	}
	var b strings.Builder
	line := func(name, value string) { b.WriteString(folded(name + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Marsad//Marsad//EN")
	line("X-WR-CALNAME", escapedText(v.words.Text("brand")+" · "+v.words.Text("diary.title")))
	for _, d := range days {
		to := d.To
		if !to.After(d.From) {
			to = d.From.AddDate(0, 0, 1)
		}
		for _, c := range d.Items {
			line("BEGIN", "VEVENT")
			line("UID", fmt.Sprintf("story-%d-%s@marsad", c.Story, d.From.Format("20060102")))
			line("DTSTAMP", v.words.Now().UTC().Format("20060102T150405Z"))
			line("DTSTART;VALUE=DATE", d.From.Format("20060102"))
			line("DTEND;VALUE=DATE", to.Format("20060102"))
			line("SUMMARY", escapedText(c.Headline))
			line("DESCRIPTION", escapedText(c.Said.Text()+" — "+c.Said.Source))
			line("URL", v.asBase()+"/stories/"+i18n.ID(c.Story))
			line("TRANSP", "TRANSPARENT")
			line("END", "VEVENT")
		}
	}
	line("END", "VCALENDAR")
	v.w.Header().Set("Content-Disposition", `inline; filename="marsad.ics"`)
	v.send("text/calendar; charset=utf-8", []byte(b.String()))
	return nil
}

// escapedText writes a text value: strangers' words cannot end it.
func escapedText(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(s)
}

// folded breaks a line after at most 75 bytes, between characters.
func folded(s string) string {
	var b strings.Builder
	for most := 75; len(s) > most; most = 74 {
		n := most
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		b.WriteString(s[:n] + "\r\n ")
		s = s[n:]
	}
	b.WriteString(s + "\r\n")
	return b.String()
}
