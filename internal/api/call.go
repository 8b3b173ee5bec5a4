package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/store"
	"marsad/query"
)

const maxBody = 8 << 20

// call is one request.
type call struct {
	*server
	w   http.ResponseWriter
	r   *http.Request
	who auth.Visitor
}

func (s *server) handle(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		c := &call{s, w, r, s.Auth.Visitor(r)}
		if wait := s.limits.take(c.key()); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
			c.problem(http.StatusTooManyRequests, "too-many", "too many requests; wait as Retry-After says")
			return
		}
		err := c.who.May(rt.need, r)
		if rt.pure && c.who.Role >= rt.need {
			err = nil
		}
		switch {
		case err != nil && c.who.Role == auth.Nobody:
			w.Header().Set("WWW-Authenticate", `Bearer realm="marsad"`)
			c.problem(http.StatusUnauthorized, "unauthorized", "show a token: Authorization: Bearer …")
		case err != nil:
			c.problem(http.StatusForbidden, "denied", err.Error())
		default:
			if err := c.check(rt); err != nil {
				c.fail(err)
				return
			}
			if err := rt.do(c); err != nil {
				c.fail(err)
				return
			}
			c.note(rt)
		}
	})
}

// noted says which changes of the desk, not of a reader's own, are written down, and as what.
var noted = map[string]string{
	"POST /sources": "source-added", "PATCH /sources/{id}": "source-changed", "POST /sources/{id}/fetch": "source-changed", "DELETE /sources/{id}": "source-removed", "POST /watches": "watch-saved", "PATCH /watches/{id}": "watch-saved",
	"DELETE /watches/{id}": "watch-deleted", "POST /corrections": "story", "DELETE /corrections/{id}": "story",
}

// note writes a change down, as the pages do.
func (c *call) note(rt route) {
	key := noted[rt.method+" "+rt.path]
	if slices.Contains(listNotes, rt.method+" "+rt.path) {
		key = "list"
	}
	if key != "" {
		c.write(key)
	}
}

// write writes down what the caller does. It is done whether or not this succeeds.
func (c *call) write(key string) {
	a := store.Audit{At: c.Now(), Action: key, Object: c.r.URL.Path}
	if c.who.Account != nil {
		a.Account, a.Name = c.who.Account.ID, c.who.Account.Name
	}
	if err := c.Store.Note(c.r.Context(), a); err != nil {
		c.Log.Error("a change could not be written down", "action", key, "err", err)
	}
}

// withToken lets in who shows a token: a page of another site could make a browser send its session along.
func (s *server) withToken(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		c := &call{s, w, r, s.Auth.Visitor(r)}
		switch wait := s.limits.take(c.key()); {
		case wait > 0:
			w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
			c.problem(http.StatusTooManyRequests, "too-many", "too many requests; wait as Retry-After says")
		case !c.who.API || c.who.Role < auth.Reader:
			w.Header().Set("WWW-Authenticate", `Bearer realm="marsad"`)
			c.problem(http.StatusUnauthorized, "unauthorized", "show a token: Authorization: Bearer …")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// key names who is counted by the limit on requests.
func (c *call) key() string {
	if c.who.Account != nil {
		return "account " + strconv.FormatInt(c.who.Account.ID, 10)
	}
	host, _, _ := strings.Cut(c.r.RemoteAddr, "%") // a port is no matter: the last colon and what follows go below
	if i := strings.LastIndexByte(host, ':'); i > 0 {
		host = host[:i]
	}
	return "from " + host
}

var statuses = map[fault.Kind]int{
	fault.NotFound: http.StatusNotFound, fault.Invalid: http.StatusUnprocessableEntity, fault.Conflict: http.StatusConflict, fault.Denied: http.StatusForbidden,
	fault.Temporary: http.StatusServiceUnavailable, fault.Permanent: http.StatusBadGateway, fault.TooLarge: http.StatusRequestEntityTooLarge,
}

// fail answers an error by its kind. What went wrong inside of the desk goes to the log and not to the caller.
func (c *call) fail(err error) {
	var bad *query.Error
	var over *http.MaxBytesError
	switch kind := fault.KindOf(err); {
	case errors.Is(err, context.DeadlineExceeded):
		c.problem(http.StatusServiceUnavailable, "took-too-long", "the search took too long; narrow it by words, days or sources")
	case errors.As(err, &bad):
		c.problem(http.StatusUnprocessableEntity, "query-"+bad.Code, bad.Error())
	case errors.As(err, &over):
		c.problem(http.StatusRequestEntityTooLarge, "too-large", "the request is larger than the desk takes")
	case kind == fault.NotFound:
		c.problem(http.StatusNotFound, "not-found", "there is nothing of this id")
	case statuses[kind] != 0:
		c.problem(statuses[kind], string(kind), err.Error())
	default:
		c.Log.Error("request failed", "path", c.r.URL.Path, "err", err)
		c.problem(http.StatusInternalServerError, "internal", "a fault of the desk's own; its log says more")
	}
}

// longestSearch is how long one search may take.
const longestSearch = 30 * time.Second

// briefly gives the call an end, for what strangers' queries may make long.
func (c *call) briefly() (done func()) {
	ctx, cancel := context.WithTimeout(c.r.Context(), longestSearch)
	c.r = c.r.WithContext(ctx)
	return cancel
}

type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

func (c *call) problem(status int, kind, detail string) {
	body, err := json.Marshal(problem{"urn:marsad:problem:" + kind, http.StatusText(status), status, detail})
	if err != nil {
		panic(err) // strings and a number
	}
	c.w.Header().Set("Content-Type", "application/problem+json")
	c.w.WriteHeader(status)
	_, _ = c.w.Write(append(body, '\n')) // the caller may have gone
}

// json answers a value, with an ETag for who asks again: a weak one, for the answer is the same packed or not.
func (c *call) json(value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	body = append(body, '\n')
	h := c.w.Header()
	h.Set("Content-Type", "application/json")
	if c.r.Method != http.MethodGet && c.r.Method != http.MethodHead {
		_, _ = c.w.Write(body) // the caller may have gone
		return nil
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	h.Set("ETag", "W/"+tag)
	if known(c.r.Header.Values("If-None-Match"), tag) {
		c.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = c.w.Write(body) // the caller may have gone
	return nil
}

// known tells whether a caller has what a tag names already, however a proxy on the way may have weakened it.
func known(headers []string, tag string) bool {
	for _, h := range headers {
		for part := range strings.SplitSeq(h, ",") {
			if part = strings.TrimSpace(part); part == "*" || strings.TrimPrefix(part, "W/") == tag {
				return true
			}
		}
	}
	return false
}

// body reads the request's JSON.
func (c *call) body(into any) error {
	d := json.NewDecoder(c.r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		var over *http.MaxBytesError
		if errors.As(err, &over) {
			return err
		}
		return fault.New(fault.Invalid, "the body is not the JSON that is expected: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fault.New(fault.Invalid, "the body holds more than one value")
	}
	return nil
}

func (c *call) id() (int64, error) {
	id, err := strconv.ParseInt(c.r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, fault.New(fault.NotFound, "no such id")
	}
	return id, nil
}

// number reads a whole number of the query, between 1 and most; the usual one where it is missing.
func (c *call) number(name string, usual, most int) (int, error) {
	s := c.r.URL.Query().Get(name)
	if s == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > most {
		return 0, fault.New(fault.Invalid, "%s is a whole number from 1 to %d", name, most)
	}
	return n, nil
}
