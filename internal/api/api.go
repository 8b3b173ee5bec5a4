// Package api gives the desk to programs as JSON, the same as the command line prints: package wire says how it looks.
//
// A program shows a token from the settings (Authorization: Bearer …); a page of the desk's own may use its session. Errors are
// application/problem+json (RFC 9457). The description of all of it is answered at /api/v1/openapi.json and is made from the table
// of routes, so that it cannot lag behind. It words nothing for people and knows no templates.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"marsad/internal/auth"
	"marsad/internal/list"
	"marsad/internal/store"
	"marsad/match"
	"marsad/news"
	"marsad/query"
)

// Store is what programs may ask of a database.
type Store interface {
	store.Sources
	store.Read
	store.Search
	store.Watches
	store.Readers
	store.Audits
}

// Options makes the handler. Functions that are nil answer that the desk does not do it.
type Options struct {
	Store Store
	Auth  *auth.Keeper
	Base  string // address of the desk's pages, without a slash at the end
	Now   func() time.Time
	Log   *slog.Logger
	// MCP answers language models at /api/mcp; nil: nobody does.
	MCP http.Handler
	// AddSources adds what somebody pasted and says what became of each line.
	AddSources func(ctx context.Context, pasted string) ([]Added, error)
	// TakeApart reads one page outside of the archive.
	TakeApart func(ctx context.Context, in Reading) (Taken, error)
	// TryWatch says what a watch would have told since.
	TryWatch func(ctx context.Context, w news.Watch, since time.Time) (trials []Trial, partial bool, err error)
	// Estimate says what a query would find and cost as a watch.
	Estimate func(ctx context.Context, q query.Query) (Estimate, error)
	// Reload makes the desk take notice of changed watches.
	Reload func(ctx context.Context) error
	// Lists are the public lists, People what making one asks besides; nil: there are none.
	Lists  *list.Service
	People list.People
	// Release sends a letter that waits for somebody's word, Cancel ends it.
	Release func(ctx context.Context, notice string) error
	Cancel  func(ctx context.Context, notice string) error
}

// Added is what became of one line.
type Added struct {
	Line    string
	Source  int64
	Name    string
	Problem string
	Detail  string
}

// Reading is a page to take apart: one of its fields is set.
type Reading struct {
	URL         string
	Body        []byte
	ContentType string
	Pasted      string
}

// Taken is a page taken apart.
type Taken struct {
	Article  news.Article
	Analysis news.Analysis
}

// Trial is what a watch would have done about a story.
type Trial struct {
	At       time.Time
	Story    int64
	Headline string
	Lang     string
	Outcome  string
	Because  []news.Reason
}

// Estimate is what a query would find and cost as a watch.
type Estimate struct {
	ADay    float64 // articles
	AtLeast bool    // there are more than could be looked at
	Cost    Cost
}

// Cost is what the engine says of a query's cost.
type Cost match.Cost

type server struct {
	Options
	limits  *limits
	reading chan struct{}
}

// route is an operation. its words and parameters make the description.
type route struct {
	method, path string
	need         auth.Role
	summary      string
	params       []param
	body         string // what the request's body holds, "" for none
	answer       string // the media type
	pure         bool   // a POST that changes nothing
	do           func(*call) error
}

// param is a parameter of the query.
type param struct{ name, kind, words string }

var paging = []param{{"n", "integer", "at most this many, 1 to 100"}}

func (s *server) routes() []route {
	const js = "application/json"
	text := []param{{"q", "string", "a query in the desk's language"}, {"from", "string", "first day of publication, YYYY-MM-DD"}, {"to", "string", "last day of publication"},
		{"order", "string", "rank for the best first, else the newest"}, {"after", "string", "cursor: next of the answer before"}, paging[0], {"format", "string", "json, jsonl or csv; the latter two stream all hits where n is missing"}}
	return []route{
		{"GET", "/status", auth.Reader, "How much the desk holds and how it fares", nil, "", js, false, s.status},
		{"GET", "/stories", auth.Reader, "Stories, the last changed first", append([]param{{"lang", "string", "with articles in this language"}, {"source", "integer", "with articles of this source"},
			{"entity", "string", "that name this entity"}, {"after", "string", "cursor: next of the answer before"}}, paging...), "", js, false, s.stories},
		{"GET", "/stories/{id}", auth.Reader, "A story with its articles", nil, "", js, false, s.story},
		{"GET", "/articles/{id}", auth.Reader, "An article with what was understood of it", nil, "", js, false, s.article},
		{"GET", "/articles", auth.Reader, "All articles that arrived in a stretch of time, oldest first, one JSON object a line, streamed",
			[]param{{"from", "string", "RFC 3339 or YYYY-MM-DD; needed"}, {"to", "string", "the same, exclusive; now where missing"}}, "", "application/jsonl", false, s.export},
		{"GET", "/search", auth.Reader, "Articles that satisfy a query", text, "", js, false, s.search},
		{"GET", "/sources", auth.Reader, "Sources with their health", nil, "", js, false, s.sources},
		{"POST", "/sources", auth.Editor, "Adds sources: addresses of sites or feeds, one a line, or an OPML file", nil, `{"paste": string}`, js, false, s.addSources},
		{"GET", "/watches", auth.Reader, "Watches with their matches in the last seven days", nil, "", js, false, s.watches},
		{"POST", "/watches", auth.Editor, "Makes a watch that tells nobody yet", nil, `{"name": string, "query": string}`, js, false, s.addWatch},
		{"DELETE", "/watches/{id}", auth.Editor, "Deletes a watch", nil, "", js, false, s.deleteWatch},
		{"POST", "/watches/test", auth.Reader, "What a query would have matched and told in the last seven days", nil, `{"query": string}`, js, true, s.tryWatch},
		{"POST", "/read", auth.Reader, "Takes one page apart and keeps nothing", nil, `{"url": string} or {"text": string} or {"html": string}`, js, true, s.read},
		{"GET", "/openapi.json", auth.Nobody, "This description", nil, "", js, false, s.openapi},
	}
}

// all is the whole table.
func (s *server) all() []route { return append(s.routes(), s.listRoutes()...) }

const prefix = "/api/v1"

// New gives the handler of everything below /api/, and of /accounts/ and /reader/, where programs that speak the Google Reader API ask. It expects to stand behind the site's guard (Host, origin).
func New(o Options) http.Handler {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &server{Options: o, limits: newLimits(o.Now), reading: make(chan struct{}, 2)}
	mux := http.NewServeMux()
	for _, r := range s.all() {
		mux.Handle(r.method+" "+prefix+r.path, s.handle(r))
	}
	s.greader(mux)
	if s.MCP != nil {
		mux.Handle("/api/mcp", s.withToken(s.MCP))
	}
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		(&call{server: s, w: w, r: r}).problem(http.StatusNotFound, "not-found", "no such address, or not by this method")
	})
	return mux
}
