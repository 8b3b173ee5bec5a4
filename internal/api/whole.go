package api

import (
	"net/http"
	"time"

	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/query"
)

// A search looks at the newest articles alone where there are very many, and says so. An export is to hold all of them: where a stretch of
// time holds too many its later half is told first and then the earlier, down to the shortest.
const (
	exportPage   = 500
	shortest     = time.Minute
	mostSearches = 5000 // of one export
)

// wholeSearch yields all hits of a query.
type wholeSearch struct {
	c     *call
	q     query.Query
	yield func(store.Entry, any) bool
	asked int
}

// all yields the hits within o, by the time of publication, the newest first. It tells whether more are wanted.
func (x *wholeSearch) all(o store.FindOptions) (more bool, err error) {
	o.N = exportPage
	found, err := x.find(o)
	if err != nil {
		return false, err
	}
	from, to := o.From, o.To
	if from.IsZero() {
		from = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if to.IsZero() {
		to = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if !found.Partial || to.Sub(from) <= shortest {
		return x.rest(o, found)
	}
	half := from.Add(to.Sub(from) / 2).Truncate(time.Microsecond)
	o.From, o.To = half, to
	if more, err := x.all(o); !more || err != nil {
		return more, err
	}
	o.From, o.To = from, half
	return x.all(o)
}

// pages yields one page of a search, and all that follow it where the request names no number.
func (x *wholeSearch) pages(o store.FindOptions) (bool, error) {
	one := x.c.r.URL.Query().Get("n") != ""
	if !one {
		o.N = exportPage
	}
	found, err := x.find(o)
	if err != nil {
		return false, err
	}
	if one {
		found.Next = ""
	}
	return x.rest(o, found)
}

// rest yields an answer and the pages that follow it.
func (x *wholeSearch) rest(o store.FindOptions, found store.Found) (more bool, err error) {
	for {
		for _, h := range found.Hits {
			if !x.yield(h.Entry, hitOf(h)) {
				return false, nil
			}
		}
		if o.After = found.Next; o.After == "" {
			return true, nil
		}
		if found, err = x.find(o); err != nil {
			return false, err
		}
	}
}

func (x *wholeSearch) find(o store.FindOptions) (store.Found, error) {
	if x.asked++; x.asked > mostSearches {
		return store.Found{}, fault.New(fault.TooLarge, "the export takes more than %d searches; narrow it by words or days", mostSearches)
	}
	// A search that finds little writes little: the caller is not slow for that.
	_ = http.NewResponseController(x.c.w).SetWriteDeadline(time.Now().Add(longestSearch + time.Minute)) // a writer that knows none waits for ever
	return x.c.Store.Find(x.c.r.Context(), x.q, o)
}
