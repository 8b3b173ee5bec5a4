package cli

import (
	"context"
	"encoding/json"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsad/internal/smtp"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/internal/web"
	"marsad/news"
)

// TestWhatIsWrongIsFound holds what the doctor says of a desk's state against what is the matter.
func TestWhatIsWrongIsFound(t *testing.T) {
	now := time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)
	source := func(name string, failures int, due time.Time) store.SourceHealth {
		return store.SourceHealth{Source: news.Source{Name: name}, Feeds: []news.Feed{{URL: "https://" + name + ".example/feed", Failures: failures, Problem: "temporary", Due: due}}}
	}
	muted := source("muted", 99, now)
	muted.Source.Muted = true
	var many []store.SourceHealth
	for range 30 {
		many = append(many, source("bad", 9, now))
	}
	late := now.Add(-2 * time.Hour)
	for name, c := range map[string]struct {
		found []finding
		want  string // of the one thing that is wrong, "" for nothing
	}{
		"room":            {[]finding{room(40 << 30)}, ""},
		"full disk":       {[]finding{room(3 << 20)}, "0.0 GB free"},
		"mail waits":      {lateOf(store.Counts{Late: 3}), "3 notices wait"},
		"mail goes":       {lateOf(store.Counts{}), ""},
		"backlog":         {[]finding{archiveOf(store.Counts{Backlog: 5000})}, "5000 waiting"},
		"clock set back":  {[]finding{clockOf(store.Counts{LastArticle: now.Add(time.Hour)}, now)}, "1h0m0s after now"},
		"clock right":     {[]finding{clockOf(store.Counts{LastArticle: now.Add(time.Second)}, now)}, ""},
		"clock behind":    {judgeClock([]time.Duration{time.Hour, time.Hour + time.Second, 0}), "1h0m0s behind"},
		"clock ahead":     {judgeClock([]time.Duration{-time.Hour}), "1h0m0s ahead"},
		"one server lies": {judgeClock([]time.Duration{time.Hour, time.Second, 0}), ""},
		"nobody asked":    {judgeClock(nil), ""},
		"no sources":      {sourcesOf(store.Counts{}, nil, now), "no sources"},
		"one of two":      {sourcesOf(store.Counts{}, []store.SourceHealth{source("a", 0, now), source("b", 7, now)}, now), "b fails 7 times"},
		"not often yet":   {sourcesOf(store.Counts{}, []store.SourceHealth{source("a", 0, now), source("b", 2, now)}, now), ""},
		"muted":           {sourcesOf(store.Counts{}, []store.SourceHealth{source("a", 0, now), muted}, now), ""},
		"no network":      {sourcesOf(store.Counts{}, []store.SourceHealth{source("a", 6, now), source("b", 7, now), muted}, now), "none of 2 sources answers"},
		"late":            {sourcesOf(store.Counts{}, []store.SourceHealth{source("a", 0, late), source("b", 0, late), source("c", 0, now)}, now), "2 feeds wait"},
		"silent":          {sourcesOf(store.Counts{LastArticle: now.Add(-72 * time.Hour)}, []store.SourceHealth{source("a", 0, now)}, now), "no article has come for 72 hours"},
		"catching up":     {sourcesOf(store.Counts{LastArticle: now.Add(-72 * time.Hour), Backlog: 9}, []store.SourceHealth{source("a", 0, now)}, now), ""},
		"many fail":       {sourcesOf(store.Counts{}, append(many, source("a", 0, now)), now)[11:], "20 more sources fail"},
	} {
		var wrong []string
		for _, f := range c.found {
			if !f.ok {
				wrong = append(wrong, f.what)
				if f.todo == "" {
					t.Errorf("%s: %q says nothing to do", name, f.what)
				}
			}
		}
		if c.want == "" && len(wrong) > 0 || c.want != "" && (len(wrong) != 1 || !strings.Contains(wrong[0], c.want)) {
			t.Errorf("%s: %q, want %q", name, wrong, c.want)
		}
	}
}

// TestMailServerThatIsDown has the doctor look at a server that nobody listens on.
func TestMailServerThatIsDown(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	b, err := json.Marshal(smtp.Account{Host: "127.0.0.1", Port: port, Security: "none", From: "desk@desk.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetSetting(ctx, web.SettingMail, b); err != nil {
		t.Fatal(err)
	}
	var got []finding
	err = (&runtimeEnv{ctx: ctx}).examineServer(s, time.Now(), func(ok bool, what, todo string) error {
		got = append(got, finding{ok, what, todo})
		return nil
	})
	if err != nil || len(got) != 1 || got[0].ok || !strings.Contains(got[0].what, "does not answer") || !strings.Contains(got[0].todo, "refused") {
		t.Fatal(got, err)
	}
}
