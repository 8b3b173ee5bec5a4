package api

import (
	"fmt"
	"runtime/metrics"
	"strings"
	"time"
)

// metrics answers figures in the text format that Prometheus reads. Whoever asks shows a token, as for everything else.
func (s *server) metrics(c *call) error {
	n, err := s.Store.Counts(c.r.Context())
	if err != nil {
		return err
	}
	var b strings.Builder
	put := func(name, kind, help string, value float64) {
		fmt.Fprintf(&b, "# HELP marsad_%s %s\n# TYPE marsad_%s %s\nmarsad_%s %g\n", name, help, name, kind, name, value)
	}
	put("sources", "gauge", "Sources of the desk.", float64(n.Sources))
	put("sources_healthy", "gauge", "Sources of which a feed answers.", float64(n.Healthy))
	put("articles", "gauge", "Articles in the archive.", float64(n.Articles))
	put("stories", "gauge", "Stories in the archive.", float64(n.Stories))
	put("watches", "gauge", "Watches.", float64(n.Watches))
	put("pages", "gauge", "Pages that were kept.", float64(n.Pages))
	put("pages_waiting", "gauge", "Pages that were fetched and not yet read.", float64(n.Backlog))
	put("notices_late", "gauge", "Notices that wait although their time was more than ten minutes ago.", float64(n.Late))
	if s.Free != nil {
		if free, err := s.Free(); err == nil {
			put("disk_free_bytes", "gauge", "Room on the disk of the data folder.", float64(free))
		}
	}
	if !n.LastArticle.IsZero() {
		put("last_article_timestamp_seconds", "gauge", "When the newest article arrived.", float64(n.LastArticle.Unix()))
	}
	put("uptime_seconds", "gauge", "How long the pages have been open.", s.Now().Sub(s.began).Round(time.Second).Seconds())
	ours := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/sched/goroutines:goroutines"}}
	metrics.Read(ours)
	for i, as := range []struct{ name, help string }{{"memory_bytes", "Memory that the program holds."}, {"heap_bytes", "Memory that is in use."}, {"goroutines", "Tasks under way."}} {
		put(as.name, "gauge", as.help, float64(ours[i].Value.Uint64()))
	}
	c.w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = c.w.Write([]byte(b.String())) // the caller may have gone
	return nil
}
