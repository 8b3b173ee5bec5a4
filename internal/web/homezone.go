package web

import (
	"os"
	"strings"
	"sync"
	"time"
)

// homeZone is the time zone of this machine under its name: a watch or a recipient keeps it, and "Local" would mean another elsewhere.
var homeZone = sync.OnceValue(func() *time.Location {
	if time.Local.String() != "Local" {
		return time.Local
	}
	link, err := os.Readlink("/etc/localtime")
	if err != nil {
		return orUTC(time.Local)
	}
	_, name, _ := strings.Cut(link, "zoneinfo/")
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return orUTC(time.Local)
})

// orUTC gives UTC for a zone without a name that is the same as UTC now, and any other as it is.
func orUTC(zone *time.Location) *time.Location {
	if _, offset := time.Unix(0, 0).In(zone).Zone(); offset == 0 {
		return time.UTC
	}
	return zone
}
