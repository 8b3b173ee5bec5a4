package api

import (
	"compress/gzip"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// packable are the media types that are worth packing, by their beginning.
var packable = []string{"application/json", "application/problem+json", "application/jsonl", "application/atom+xml", "application/feed+json", "text/"}

// smallest is the length in bytes below which packing costs more than it saves.
const smallest = 1400

// packed packs answers with gzip for those who take it. A stream is packed as it goes, so that one of any length costs a window's memory.
func packed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := &packer{ResponseWriter: w, may: r.Method != http.MethodHead && takesGzip(r.Header.Get("Accept-Encoding"))}
		next.ServeHTTP(p, r)
		if p.z != nil { // not deferred: an answer that was broken off must not look whole
			_ = p.z.Close() // the caller may have gone
		}
	})
}

// takesGzip reads Accept-Encoding; a quality of nought is a refusal.
func takesGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if name = strings.TrimSpace(name); !strings.EqualFold(name, "gzip") && name != "*" {
			continue
		}
		q, weighted := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		v, err := strconv.ParseFloat(q, 64)
		return !weighted || err == nil && v > 0
	}
	return false
}

// packer decides once the head of an answer is known whether to pack it.
type packer struct {
	http.ResponseWriter
	may, begun bool
	z          *gzip.Writer
}

// WriteHeader implements http.ResponseWriter.
func (p *packer) WriteHeader(status int) {
	if h := p.Header(); !p.begun && status >= http.StatusOK {
		p.begun = true
		kind := h.Get("Content-Type")
		if slices.ContainsFunc(packable, func(k string) bool { return strings.HasPrefix(kind, k) }) && h.Get("Content-Encoding") == "" {
			h.Add("Vary", "Accept-Encoding")
			n, err := strconv.Atoi(h.Get("Content-Length"))
			if body := status != http.StatusNoContent && status != http.StatusNotModified; p.may && body && (err != nil || n >= smallest) {
				h.Del("Content-Length")
				h.Set("Content-Encoding", "gzip")
				p.z, _ = gzip.NewWriterLevel(p.ResponseWriter, gzip.BestSpeed) // the level is a valid constant
			}
		}
	}
	p.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (p *packer) Write(b []byte) (int, error) {
	if !p.begun {
		p.WriteHeader(http.StatusOK)
	}
	if p.z != nil {
		return p.z.Write(b)
	}
	return p.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what lies below.
func (p *packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }
