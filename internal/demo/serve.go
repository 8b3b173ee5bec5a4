package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"html"
	"image"
	"image/png"
	"net"
	"net/http"
	"strings"
	"time"

	"marsad/corpus"
)

type server struct {
	listener net.Listener
	http     *http.Server
}

// Listen opens the wire's port on loopback: address is "" for any free port, else a loopback host and port.
func (w *Wire) Listen(address string) error {
	if address == "" {
		address = "127.0.0.1:0"
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("demo: %s is not loopback", address)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	w.server = server{l, &http.Server{Handler: w.Handler(), ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute}}
	return nil
}

// Serve answers until ctx ends, and then returns nil. Listen comes first.
func (w *Wire) Serve(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { _ = w.server.http.Close() })
	defer stop()
	if err := w.server.http.Serve(w.server.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}

// Hosts maps each outlet's host, without port, to the address that the wire listens on; "" before Listen.
func (w *Wire) Hosts() map[string]string {
	address := ""
	if w.server.listener != nil {
		address = w.server.listener.Addr().String()
	}
	hosts := map[string]string{}
	for _, o := range w.outlets {
		hosts[o.Host] = address
	}
	return hosts
}

// Handler serves all outlets by the request's host.
func (w *Wire) Handler() http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		for i := range w.outlets {
			if w.outlets[i].Host == host {
				w.outlet(rw, r, &w.outlets[i])
				return
			}
		}
		http.Error(rw, "no such outlet in this invented world", http.StatusMisdirectedRequest)
	})
}

func (w *Wire) outlet(rw http.ResponseWriter, r *http.Request, o *corpus.Outlet) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		rw.Header().Set("Allow", "GET, HEAD")
		http.Error(rw, "only GET", http.StatusMethodNotAllowed)
		return
	}
	rw.Header().Set("X-Demo", "invented") // said on every answer: none of this is news
	switch path := r.URL.Path; {
	case path == "/robots.txt":
		send(rw, r, "text/plain; charset=utf-8", time.Time{}, []byte("User-agent: *\nDisallow: /print\nDisallow: /search\n"))
	case path == "/" && r.URL.RawQuery == "":
		send(rw, r, "text/html; charset=utf-8", time.Time{}, w.home(o))
	case path == feedPath(o.Feed):
		body, latest, err := w.feed(o)
		if err != nil {
			http.Error(rw, "feed", http.StatusInternalServerError)
			return
		}
		send(rw, r, feedType(o.Feed), latest, body)
	case strings.HasPrefix(path, "/img/"):
		send(rw, r, "image/png", time.Time{}, pixel())
	default:
		w.page(rw, r, o)
	}
}

func (w *Wire) page(rw http.ResponseWriter, r *http.Request, o *corpus.Outlet) {
	p, ok := w.pages[o.Host+r.URL.RequestURI()]
	if !ok || !w.released(p) {
		http.NotFound(rw, r)
		return
	}
	send(rw, r, p.ContentType, p.Published, p.Body)
}

// send answers with validators, and with 304 where the client's still hold.
func send(rw http.ResponseWriter, r *http.Request, kind string, modified time.Time, body []byte) {
	h := fnv.New64a()
	h.Write(body)
	rw.Header().Set("Content-Type", kind)
	rw.Header().Set("ETag", fmt.Sprintf("\"%016x\"", h.Sum64()))
	http.ServeContent(rw, r, "", modified, bytes.NewReader(body))
}

func (w *Wire) home(o *corpus.Outlet) []byte {
	var b bytes.Buffer
	name := html.EscapeString(o.Name)
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=%q><head><meta charset=\"utf-8\"><title>%s</title>"+
		"<link rel=\"alternate\" type=%q title=%q href=%q></head><body><h1>%s</h1><p>An invented outlet of the Marsad demo.</p><ul>\n",
		o.Lang, name, strings.TrimSuffix(feedType(o.Feed), "; charset=utf-8"), name, feedPath(o.Feed), name)
	for _, p := range w.recent(o) {
		fmt.Fprintf(&b, "<li><a href=\"%s\">%s</a></li>\n", html.EscapeString(p.Path), html.EscapeString(p.Truth.Article.Headline))
	}
	b.WriteString("</ul></body></html>\n")
	return b.Bytes()
}

// pixel is the one picture of the invented world.
func pixel() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 9))); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}
