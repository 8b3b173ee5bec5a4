package page

import (
	"testing"
	"time"
)

func TestNewsroomClocks(t *testing.T) {
	for _, c := range []struct{ host, utc, local string }{
		{"a.de", "2024-03-30T23:10:00Z", "2024-03-31T00:10:00+01:00"},
		{"a.de", "2024-03-31T22:10:00Z", "2024-04-01T00:10:00+02:00"},
		{"a.co.uk", "2024-07-01T23:30:00Z", "2024-07-02T00:30:00+01:00"},
		{"a.co.in", "2024-07-01T18:40:00Z", "2024-07-02T00:10:00+05:30"},
		{"a.com.ar", "2024-07-02T02:00:00Z", "2024-07-01T23:00:00-03:00"},
		{"a.ca", "2024-07-02T00:30:00Z", "2024-07-01T16:30:00-08:00"}, // all of Canada has the evening before
		{"a.ca", "2024-07-02T05:00:00Z", ""},                          // in the east it is the second already
		{"a.com", "2024-07-02T00:30:00Z", ""},
		{"", "2024-07-02T00:30:00Z", ""},
	} {
		at, err := time.Parse(time.RFC3339, c.utc)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if local, _, ok := countryDay(c.host, at); ok {
			got = local.Format(time.RFC3339)
		}
		if got != c.local {
			t.Errorf("%s %s: %q, want %q", c.host, c.utc, got, c.local)
		}
	}
}

func TestPageClock(t *testing.T) {
	at := time.Date(2024, 7, 2, 2, 54, 0, 0, time.UTC)
	for page, want := range map[string]string{
		`<script>{"next":"Mon, 01 Jul 2024 23:00:00 -0400"}</script>`:              "2024-07-01",
		`<script>{"a":"2024-07-01T23:00:00.000-04:00","b":"10:00:00Z"}</script>`:   "2024-07-01",
		`<script>{"a":"2024-07-01T23:00:00-04:00","b":"T10:00:00+09:00"}</script>`: "",
		`<script>{"a":"2024-07-01T23:00:00Z"}</script>`:                            "",
		`<p>23:00:00 -0400`: "",
	} {
		got := ""
		if local, ok := pageDay(parse(page), at); ok {
			got = local.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}
