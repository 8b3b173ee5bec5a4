package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"
)

// TestManyReaders holds 500 open pages: memory stays flat, and all of them are told.
func TestManyReaders(t *testing.T) {
	const readers = 500
	told := make(chan struct{})
	w := newWorld(t, func(o *Options) {
		o.Desk.Events = func(ctx context.Context) <-chan Event {
			c := make(chan Event, 1)
			go func() {
				select {
				case <-told:
					c <- Event{Stories: 1}
				case <-ctx.Done():
				}
			}()
			return c
		}
	})
	srv := httptest.NewServer(w.site)
	defer srv.Close()
	before := live()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers}}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	heard := make(chan error, readers)
	opened := make(chan struct{}, readers)
	for range readers {
		go func() {
			r, err := http.NewRequestWithContext(ctx, "GET", srv.URL+"/events", nil)
			if err != nil {
				heard <- err
				return
			}
			resp, err := client.Do(r)
			if err != nil {
				heard <- err
				return
			}
			defer resp.Body.Close()
			opened <- struct{}{}
			b := make([]byte, 200)
			for n, seen := 0, ""; ; {
				n, err = resp.Body.Read(b)
				if seen += string(b[:n]); len(seen) > 40 || err != nil {
					heard <- err
					return
				}
			}
		}()
	}
	for range readers {
		select {
		case <-opened:
		case err := <-heard:
			t.Fatal(err)
		}
	}
	more := (live() - before) >> 20
	close(told)
	deadline := time.After(20 * time.Second)
	for i := range readers {
		select {
		case err := <-heard:
			if err != nil {
				t.Fatal(err)
			}
		case <-deadline:
			t.Fatalf("%d of %d readers were told", i, readers)
		}
	}
	if more > 100 {
		t.Errorf("%d readers cost %d MB", readers, more)
	}
	t.Logf("measure web/500-readers-MB %d (both ends of each connection) 100 %s", more, map[bool]string{true: "short", false: "ok"}[t.Failed()])
}

// live gives the bytes of heap and stacks in use.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}
