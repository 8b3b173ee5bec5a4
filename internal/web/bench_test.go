package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// BenchmarkServerTime measures how long the pages take: of the invented archive, or of one that repeats it up to as many articles as
// MARSAD_BENCH_ARTICLES says, made once in the folder that MARSAD_BENCH_DIR names.
func BenchmarkServerTime(b *testing.B) {
	w := newWorld(b)
	pages := shown(b, w) // the larger archive begins with the invented one
	size := ""
	if n, err := strconv.Atoi(os.Getenv("MARSAD_BENCH_ARTICLES")); err == nil {
		w = worldOn(b, grown(b, n))
		size = fmt.Sprintf("-%d", n)
	}
	reader := w.aReader(b)
	for _, m := range []struct {
		name, path string
		bar        time.Duration
	}{
		{"now", "/", 50 * time.Millisecond}, {"now-filtered", "/?in=ar", 50 * time.Millisecond}, {"story", pages["story"], 50 * time.Millisecond},
		{"article", pages["article"], 50 * time.Millisecond}, {"search", pages["search"], 150 * time.Millisecond},
		{"search-common", "/search?q=ship", 150 * time.Millisecond}, {"search-name", "/search?q=where:Valletta", 150 * time.Millisecond},
		{"sources", "/sources", 150 * time.Millisecond}, {"source", "/sources/1", 150 * time.Millisecond}, {"entity", pages["entity"], 150 * time.Millisecond},
	} {
		b.Run(m.name, func(b *testing.B) {
			w.with("GET", m.path, "localhost", "127.0.0.1:1", reader) // templates are made ready by the first that asks
			var took, worked []time.Duration
			for b.Loop() {
				begin, before := time.Now(), cpu()
				rec := w.with("GET", m.path, "localhost", "127.0.0.1:1", reader)
				if rec.Code != 200 {
					b.Fatalf("%s: %d", m.path, rec.Code)
				}
				_, _ = io.Copy(io.Discard, rec.Body)
				took, worked = append(took, time.Since(begin)), append(worked, cpu()-before)
			}
			_, p99 := ranks(took)
			verdict := "ok"
			if p99 > m.bar {
				verdict = "short"
			}
			b.Logf("measure web/time-%s%s %s; processor %s %s %s", m.name, size, says(took), says(worked), m.bar, verdict)
		})
	}
}

// ranks gives the middle and the slowest but one in a hundred.
func ranks(took []time.Duration) (p50, p99 time.Duration) {
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100]
}

func says(took []time.Duration) string {
	p50, p99 := ranks(took)
	return fmt.Sprintf("p50 %s, p99 %s", p50.Round(100*time.Microsecond), p99.Round(100*time.Microsecond))
}

// cpu gives the time that the process has worked: unlike the time that passes it does not grow with what else the machine does.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// aReader gives what signs a request in: the pages cost more for whoever has stars and lists.
func (w *world) aReader(b *testing.B) func(*http.Request) {
	b.Helper()
	if _, err := w.keeper.Create(b.Context(), "bench", "a long password", auth.Reader, "en"); err != nil && !fault.Is(err, fault.Conflict) {
		b.Fatal(err)
	}
	token, err := w.keeper.SignIn(b.Context(), "bench", "a long password", "bench")
	if err != nil {
		b.Fatal(err)
	}
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: token}) }
}

// grown gives the file of an archive with n articles: the invented one again and again, each time in stories of its own, an hour apart.
func grown(b *testing.B, n int) string {
	b.Helper()
	path := filepath.Join(os.Getenv("MARSAD_BENCH_DIR"), fmt.Sprintf("desk-%d.db", n))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	w := newWorld(b)
	var all []store.Entry
	if err := w.store.Articles(b.Context(), time.Time{}, time.Time{}, func(e store.Entry) bool { all = append(all, e); return true }); err != nil {
		b.Fatal(err)
	}
	stories := map[int64]news.Story{}
	for _, e := range all {
		st, err := w.store.Story(b.Context(), e.Placement.Story)
		if err != nil {
			b.Fatal(err)
		}
		stories[st.ID] = st
	}
	unready := path + ".part"
	if err := w.store.Backup(b.Context(), unready); err != nil {
		b.Fatal(err)
	}
	s, err := sqlite.Open(b.Context(), unready, sqlite.Now(testNow))
	if err != nil {
		b.Fatal(err)
	}
	c := copier{b, s, all, stories}
	for round := 1; round*len(all) < n; round++ {
		c.again(round)
	}
	if err := errors.Join(s.Close(), os.Rename(unready, path)); err != nil {
		b.Fatal(err)
	}
	return path
}

// copier writes an archive anew at earlier hours.
type copier struct {
	b       *testing.B
	store   *sqlite.Store
	all     []store.Entry
	stories map[int64]news.Story
}

const storiesARound = 10_000

func (c copier) again(round int) {
	ctx, ids := context.Background(), map[int64]int64{}
	back := -time.Duration(round) * 5 * time.Hour
	last := map[int64]int{}
	for i, e := range c.all {
		last[e.Placement.Story] = i
	}
	for i, e := range c.all {
		a := e.Article
		a.URL = fmt.Sprintf("%s?round=%d", a.URL, round)
		page := news.Page{SourceID: a.SourceID, FeedID: a.SourceID, URL: a.URL, Final: a.URL, Status: 200, Body: []byte(a.URL), Fetched: e.Arrived.Add(back)}
		id, err := c.store.KeepPage(ctx, page)
		if err != nil {
			c.b.Fatal(err)
		}
		ids[a.ID] = id
		a.ID, a.PageID = id, id
		if a.Published.Known() {
			a.Published.Time = a.Published.Time.Add(back)
		}
		p := e.Placement
		p.Article, p.Story, p.Merged = id, p.Story+int64(round)*storiesARound, nil
		p.Links = slices.Clone(p.Links)
		for i := range p.Links {
			p.Links[i].Article, p.Links[i].Other = id, ids[p.Links[i].Other]
		}
		e.Analysis.ArticleID = id
		st := c.stories[e.Placement.Story]
		st.ID, st.Merged = p.Story, 0
		st.FirstAt, st.Opened, st.Changed = st.FirstAt.Add(back), st.Opened.Add(back), st.Changed.Add(back)
		if !st.Breaking.IsZero() {
			st.Breaking = st.Breaking.Add(back)
		}
		if st.Lead, st.First = ids[st.Lead], ids[st.First]; i < last[e.Placement.Story] && (st.Lead == 0 || st.First == 0) {
			st.Lead, st.First = id, id
		}
		var tokens []string
		for _, t := range text.Analyze(a.Text, pack.For(a.Lang)).Tokens {
			if t.Kind != text.Mark {
				tokens = append(tokens, t.Norm)
			}
		}
		tokens = append(tokens, fmt.Sprintf("round%d", round))
		err = c.store.Commit(ctx, store.Result{Cursor: store.MainCursor, Page: id, Article: a, Analysis: e.Analysis, Tokens: strings.Join(tokens, " "), Placement: p, Stories: []news.Story{st}})
		if err != nil {
			c.b.Fatal(err)
		}
	}
}
