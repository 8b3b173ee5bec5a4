package web

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/news"
	"marsad/text"
)

// watchesAtOnce is how many watches a page lists.
const watchesAtOnce = 40

type watchesPage struct {
	Watches []watchRow
	Costly  []costlyWatch // for admins
	Find    string
	Found   int
	Many    bool   // there are more than one looks through
	More    string // address of the next page
}

type watchRow struct {
	news.Watch
	Reads  template.HTML
	Noise  store.Noise // of the last seven days
	To     []news.Recipient
	Snooze *time.Time
	Hint   template.HTML
	Owner  template.HTML
}

func (s *site) watches(v *visit) error {
	all, err := s.Store.Watches(v.r.Context())
	if err != nil {
		return err
	}
	p := watchesPage{Find: clip(v.query("find"), 120), Many: len(all) > 10}
	found := wordedSo(all, p.Find)
	p.Found = len(found)
	after, _ := strconv.ParseInt(v.query("after"), 10, 64) // an unreadable one is the beginning
	found = slices.DeleteFunc(found, func(w news.Watch) bool { return w.ID <= after })
	if len(found) > watchesAtOnce {
		found = found[:watchesAtOnce]
		q := url.Values{"after": {i18n.ID(found[watchesAtOnce-1].ID)}}
		if p.Find != "" {
			q.Set("find", p.Find)
		}
		p.More = "/watches?" + q.Encode()
	}
	if p.Watches, err = v.watchRows(found); err != nil {
		return err
	}
	if after == 0 && p.Find == "" {
		p.Costly = v.costly(all)
	}
	v.show("watches", v.words.Text("watches.title"), "watches", p)
	return nil
}

// wordedSo gives the watches whose name or query has all of some words, however they are written. No words: all.
func wordedSo(all []news.Watch, find string) []news.Watch {
	words := strings.Fields(text.Normalize(find))
	return slices.DeleteFunc(slices.Clone(all), func(w news.Watch) bool {
		has := text.Normalize(w.Name) + "\n" + text.Normalize(w.Query)
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(has, word) })
	})
}

// watchRows says of some watches how they read, whom they tell, and how loud they are.
func (v *visit) watchRows(ws []news.Watch) (rows []watchRow, err error) {
	ctx, now := v.r.Context(), v.s.Now()
	var ids []int64
	for _, w := range ws {
		ids = append(ids, w.ID)
	}
	noise, err := v.s.Store.Noise(ctx, ids, now.Add(-tryFor))
	if err != nil {
		return nil, err
	}
	rs, err := v.s.Store.Recipients(ctx)
	if err != nil {
		return nil, err
	}
	o, err := v.owners()
	if err != nil {
		return nil, err
	}
	byID := map[int64]news.Recipient{}
	for _, r := range rs {
		byID[r.ID] = r
	}
	for _, w := range ws {
		row := watchRow{Watch: w, Noise: noise[w.ID], Reads: v.explain(w.Query).Reads, Owner: v.owner(w, o)}
		for _, id := range w.Recipients {
			if r, ok := byID[id]; ok {
				row.To = append(row.To, r)
			}
		}
		if now.Before(w.Snoozed) {
			row.Snooze = &w.Snoozed
		}
		row.Hint = v.hint(row)
		rows = append(rows, row)
	}
	return rows, nil
}

// loud is how many letters a day to one reader are more than anybody reads with care.
const loud = 10

// hint says in a sentence where a watch tells more than is read, or nothing at all; "" for most.
func (v *visit) hint(w watchRow) template.HTML {
	days := min(tryFor.Hours()/24, max(1, v.s.Now().Sub(w.Created).Hours()/24))
	switch aDay := float64(w.Noise.Letters) / days; {
	case w.Off:
		return ""
	case aDay >= loud:
		return v.words.T("noise.loud", "n", int(aDay+0.5))
	case w.Noise.Found == 0 && !w.Created.After(v.s.Now().Add(-tryFor)):
		return v.words.T("noise.idle")
	}
	return ""
}
