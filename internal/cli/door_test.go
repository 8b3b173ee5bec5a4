package cli

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Whoever asks for much and reads nothing is let go; whoever reads, however slowly, is served to the end.
func TestSlowReaders(t *testing.T) {
	part := make([]byte, 1<<16)
	gone := make(chan error, 2)
	s := httptest.NewServer(patient(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var err error
		for i := 0; err == nil && (r.URL.Path == "/endless" || i < 10); i++ {
			if _, err = w.Write(part); r.URL.Path == "/slow" {
				time.Sleep(50 * time.Millisecond)
			}
		}
		gone <- err
	}), 300*time.Millisecond))
	defer s.Close()
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n")
	select {
	case err := <-gone:
		if err == nil {
			t.Error("an answer without end ended well")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("a reader who reads nothing holds the desk")
	}
	resp, err := http.Get(s.URL + "/slow")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if n, err := io.Copy(io.Discard, bufio.NewReader(resp.Body)); err != nil || n != 10<<16 {
		t.Errorf("%d bytes, %v", n, err)
	}
}
