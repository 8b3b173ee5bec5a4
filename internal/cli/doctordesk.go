package cli

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"marsad/internal/fetch"
	"marsad/internal/store"
	"marsad/news"
)

// writable looks whether the folder of a store takes new files, which a desk needs beside the store's own.
func writable(file string) finding {
	f, err := os.CreateTemp(filepath.Dir(file), ".doctor-*")
	if err != nil {
		return finding{false, "data in " + file + " cannot be written to", fmt.Sprintf("give the folder to the user who runs the desk (%v)", err)}
	}
	name := f.Name()
	if err := f.Close(); err != nil {
		return finding{false, "data in " + file, err.Error()}
	}
	if err := os.Remove(name); err != nil {
		return finding{false, "data in " + file, err.Error()}
	}
	return finding{true, "data in " + file, ""}
}

// leastRoom is what a desk should have free: below it a busy day, or a backup beside the store, fills the disk.
const leastRoom = 512 << 20

// roomIn looks at the disk of a folder.
func roomIn(folder string) finding {
	n, err := free(folder)
	if err != nil {
		return finding{false, "the disk of " + folder, err.Error()}
	}
	return room(n)
}

// free gives how many bytes are free on the disk of a folder.
func free(folder string) (uint64, error) {
	var fs syscall.Statfs_t
	err := syscall.Statfs(folder, &fs)
	return uint64(fs.Bavail) * uint64(fs.Bsize), err
}

func room(free uint64) finding {
	what := fmt.Sprintf("%.1f GB free on its disk", float64(free)/1e9)
	if free < leastRoom {
		return finding{false, what, "make room: a desk whose disk is full stores nothing and mails nobody; pages may be kept for fewer days in Settings"}
	}
	return finding{true, what, ""}
}

// running looks whether a desk holds the lock of the data folder.
func running(rt *runtimeEnv, folder string) finding {
	root, err := rt.dataFolder()
	if err != nil {
		root = folder
	}
	none := finding{false, "no desk runs here: nothing is collected and nobody is told", "start it with marsad serve"}
	f, err := os.Open(filepath.Join(root, "lock"))
	if err != nil {
		return none
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB); err != nil {
		return finding{true, "a desk runs here", ""}
	}
	return none
}

func lateOf(n store.Counts) []finding {
	if n.Late == 0 {
		return nil
	}
	return []finding{{false, fmt.Sprintf("%d notices wait although their time was more than ten minutes ago", n.Late), "the outbox page says what each waits for"}}
}

func archiveOf(n store.Counts) finding {
	f := finding{true, fmt.Sprintf("%d articles in %d stories, %d pages kept, %d waiting", n.Articles, n.Stories, n.Pages, n.Backlog), ""}
	if n.Backlog > 1000 {
		f.ok, f.todo = false, "pages come faster than they are read, or the desk does not run; its log says more"
	}
	return f
}

// skew is how much a clock may be off before dates, digests and the order of reports suffer.
const skew = 2 * time.Minute

// clockOf holds this machine's clock against the newest article's arrival: it cannot lie in the future.
func clockOf(n store.Counts, now time.Time) finding {
	if ahead := n.LastArticle.Sub(now); ahead > skew {
		return finding{false, fmt.Sprintf("the newest article came %v after now: the clock was set back", ahead.Round(time.Second)), "set the clock (timedatectl set-ntp true)"}
	}
	return finding{true, "the clock says " + now.UTC().Format(time.RFC3339), ""}
}

// worldsClock holds this machine's clock against what servers of feeds that are well say, three at most: none where none can be asked.
func (rt *runtimeEnv) worldsClock(all []store.SourceHealth) []finding {
	settings, err := rt.configured()
	if err != nil {
		return []finding{{false, "the settings", err.Error()}}
	}
	client := fetch.Guarded(fetch.Options{Allow: settings.Allow, About: settings.About})
	ctx, cancel := context.WithTimeout(rt.ctx, 15*time.Second)
	defer cancel()
	var off []time.Duration
	asked := 0
	for _, h := range all {
		if len(h.Feeds) == 0 || h.Feeds[0].Problem != "" || asked == 3 {
			continue
		}
		asked++
		if d, ok := clockAt(ctx, client, h.Feeds[0].URL); ok {
			off = append(off, d)
		}
	}
	return judgeClock(off)
}

// clockAt gives how far a server's clock is ahead of this machine's.
func clockAt(ctx context.Context, client *http.Client, url string) (time.Duration, bool) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return 0, false
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, false
	}
	defer resp.Body.Close()
	at, err := http.ParseTime(resp.Header.Get("Date"))
	return time.Until(at), err == nil && resp.Header.Get("Age") == "" // an aged answer says when it was made, not what time it is
}

// judgeClock goes by the middle one of what servers say.
func judgeClock(off []time.Duration) []finding {
	if len(off) == 0 {
		return nil
	}
	slices.Sort(off)
	switch d := off[len(off)/2].Round(time.Second); {
	case d > skew:
		return []finding{{false, fmt.Sprintf("the clock is %v behind what servers of sources say", d), "set the clock (timedatectl set-ntp true)"}}
	case d < -skew:
		return []finding{{false, fmt.Sprintf("the clock is %v ahead of what servers of sources say", -d), "set the clock (timedatectl set-ntp true)"}}
	}
	return []finding{{true, "servers of sources agree with the clock", ""}}
}

const (
	failsOften  = 5              // attempts in a row
	shownFailed = 10             // sources that are named
	silentFor   = 48 * time.Hour // without any article
	lateFor     = time.Hour      // that a feed waits behind its time
)

// sourcesOf looks at what is collected: that there is something, which feeds fail, and whether anything comes.
func sourcesOf(n store.Counts, all []store.SourceHealth, now time.Time) []finding {
	if len(all) == 0 {
		return []finding{{false, "no sources: there is nothing to collect", "add some on the Sources page, or with marsad add https://…"}}
	}
	var failing []finding
	feeds, late, live := 0, 0, 0
	for _, h := range all {
		if h.Source.Muted {
			continue
		}
		live++
		if f, bad := worst(h.Feeds); bad {
			failing = append(failing, finding{false, fmt.Sprintf("%s fails %d times in a row (%s)", safe(h.Source.Name), f.Failures, f.Problem), "look at " + safe(f.URL) + " in a browser"})
		}
		for _, f := range h.Feeds {
			if feeds++; !f.Gone && now.Sub(f.Due) > lateFor {
				late++
			}
		}
	}
	switch {
	case live > 0 && len(failing) == live && live > 1:
		return []finding{{false, fmt.Sprintf("none of %d sources answers", live), "see whether this machine reaches the network and its DNS"}}
	case len(failing) > shownFailed:
		more := len(failing) - shownFailed
		failing = append(failing[:shownFailed], finding{false, fmt.Sprintf("%d more sources fail", more), "marsad sources shows them"})
	}
	out := append([]finding{{true, fmt.Sprintf("%d sources with %d feeds", live, feeds), ""}}, failing...)
	if 2*late > feeds {
		out = append(out, finding{false, fmt.Sprintf("%d feeds wait for more than an hour to be asked", late), "the desk does not run, or hangs; its log says more"})
	}
	if quiet := now.Sub(n.LastArticle); !n.LastArticle.IsZero() && n.Backlog == 0 && quiet > silentFor { // what waits to be read may be new
		out = append(out, finding{false, fmt.Sprintf("no article has come for %d hours", int(quiet.Hours())), "see whether the feeds bring anything new: the Sources page says when each changed last"})
	}
	return out
}

// worst gives the feed of a source that fails most, and whether that is worth a word.
func worst(feeds []news.Feed) (w news.Feed, bad bool) {
	for _, f := range feeds {
		if f.Failures > w.Failures {
			w = f
		}
	}
	return w, w.Failures >= failsOften
}
