package sqlite

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"marsad/news"
	"marsad/text"
)

// Beside an article's words and names the index holds what can be stated of it, so that source:, country:, domain: and on: need not read
// every article. Each mark is stored: its meaning must never change.
const (
	outletMark = "o~" // the number of its source
	siteMark   = "s~" // a word of its site's name
	hostMark   = "d~" // its host, and every domain above
	monthMark  = "m~" // a month of which it speaks
	longMark   = "m~long"
	undated    = "u~"  // nobody knows when it was published
	hasStated  = "v~3" // it has these marks
)

// statedOf gives the marks of what can be stated of an article, each with a space before it.
func statedOf(a news.Article, n news.Analysis) string {
	var b strings.Builder
	seen := map[string]bool{}
	add := func(mark string) {
		if !seen[mark] {
			seen[mark] = true
			b.WriteString(" " + mark)
		}
	}
	add(hasStated)
	add(outletMark + strconv.FormatInt(a.SourceID, 10))
	for _, w := range siteWords(text.Normalize(a.Site)) {
		add(siteMark + w)
	}
	for h := hostOf(a.URL); h != ""; _, h, _ = strings.Cut(h, ".") {
		add(hostMark + asciiOf(h))
	}
	for _, x := range n.Timexes {
		if x.From.IsZero() {
			continue
		}
		from, to := wall(x.From), wall(x.To)
		if !to.After(from) {
			to = from.Add(1)
		}
		ms := monthsOf(from, to)
		for _, m := range ms {
			add(monthMark + m)
		}
		if ms == nil {
			add(longMark)
		}
	}
	if !a.Published.Known() {
		add(undated)
	}
	return b.String()
}

// siteWords cuts a site's name in normal form at the spaces at which package match cuts it.
func siteWords(name string) (words []string) {
	for w := range strings.SplitSeq(name, " ") {
		if w != "" {
			words = append(words, siteWord(w))
		}
	}
	return words
}

// siteWord keeps other white space from cutting a word in two.
func siteWord(w string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return '\x01'
		}
		return r
	}, w)
}

// hostOf gives the host of an address without "www.", as package match compares it.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// asciiOf writes a host so that the index cannot take two for one by folding their letters.
func asciiOf(host string) string {
	q := strconv.QuoteToASCII(host)
	return q[1 : len(q)-1]
}

// domainOf gives what domain: asks for, as package match compares it.
func domainOf(value string) string {
	return strings.TrimPrefix(text.Normalize(strings.TrimSpace(value)), "www.")
}

// wall reads the clock on the wall as if it hung in UTC.
func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// mostMonths is how many months a stretch may touch to be marked one by one.
const mostMonths = 60

// monthsOf names the months that [from, to) touches; nil for more than a few years.
func monthsOf(from, to time.Time) (names []string) {
	last := to.Add(-1)
	for m := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC); !m.After(last); m = m.AddDate(0, 1, 0) {
		if len(names) == mostMonths {
			return nil
		}
		names = append(names, m.Format("2006-01"))
	}
	return names
}
