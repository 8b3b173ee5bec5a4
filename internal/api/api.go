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
	"slices"
	"time"

	"marsad/internal/auth"
	"marsad/internal/list"
	"marsad/internal/store"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/story"
)

// Store is what programs may ask of a database.
type Store interface {
	store.Sources
	store.Read
	store.Search
	store.Watches
	store.Decisions
	store.Readers
	store.Audits
	Recipients(ctx context.Context) ([]news.Recipient, error)
	Recipient(ctx context.Context, id int64) (news.Recipient, error)
	SaveRecipient(ctx context.Context, r news.Recipient) (int64, error)
	SetRecipientState(ctx context.Context, id int64, to news.RecipientState, consent string, at time.Time) error
	Corrections(ctx context.Context, since time.Time) ([]store.Correction, error)
	Correction(ctx context.Context, id int64) (store.Correction, error)
	AccountByID(ctx context.Context, id int64) (store.Account, error)
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
	AddSources func(ctx context.Context, in Adding) ([]Added, error)
	// TakeApart reads one page outside of the archive.
	TakeApart func(ctx context.Context, in Reading) (Taken, error)
	// TryWatch says what a watch would have told since.
	TryWatch func(ctx context.Context, w news.Watch, since time.Time) (trials []Trial, partial bool, err error)
	// Estimate says what a query would find and cost as a watch.
	Estimate func(ctx context.Context, q query.Query) (Estimate, error)
	// Reload makes the desk take notice of changed watches and sources, FetchNow makes a source's feeds due at once.
	Reload   func(ctx context.Context) error
	FetchNow func(ctx context.Context, source int64) error
	// Correct carries out a person's word on stories and gives its number; Uncorrect takes it back.
	Correct   func(ctx context.Context, by string, c story.Correction) (int64, error)
	Uncorrect func(ctx context.Context, by string, id int64) error
	// Push is the desk's public key for Web Push, "" where it tells no browsers.
	Push string
	// Lists are the public lists, People what making one asks besides; nil: there are none.
	Lists  *list.Service
	People list.People
	// Free tells how many bytes are free on the disk of the data folder; nil: nobody can tell.
	Free func() (uint64, error)
	// Release sends a letter that waits for somebody's word, Cancel ends it.
	Release func(ctx context.Context, notice string) error
	Cancel  func(ctx context.Context, notice string) error
}

// Adding is what somebody pasted to have sources made of it.
type Adding struct {
	Given  string
	Reader int64 // whose folders those of a list become; 0: nobody's
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
	Due      time.Time // of the letter that tells it
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
	began   time.Time
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

// idPaging pages lists in the order of ids: see listed.
var idPaging = []param{{"after", "string", "cursor: next of the answer before"}, {"n", "integer", "at most this many, 1 to 1000"}}

const (
	js      = "application/json"
	figures = "text/plain"
)

func (s *server) routes() []route {
	return slices.Concat(s.readRoutes(), s.sourceRoutes(), s.watchRoutes(), s.decisionRoutes(), s.mineRoutes())
}

// readRoutes is what can be asked of the archive.
func (s *server) readRoutes() []route {
	text := []param{{"q", "string", "a query in the desk's language"}, {"from", "string", "first day of publication, YYYY-MM-DD"}, {"to", "string", "last day of publication"},
		{"order", "string", "rank for the best first; newest, as where it is missing"}, {"after", "string", "cursor: next of the answer before"}, paging[0], formatParam}
	return []route{
		{"GET", "/status", auth.Reader, "How much the desk holds and how it fares", nil, "", js, false, s.status},
		{"GET", "/stories", auth.Reader, "Stories, the last changed first", append([]param{{"lang", "string", "with articles in this language"}, {"source", "integer", "with articles of this source"},
			{"entity", "string", "that name this entity"}, {"after", "string", "cursor: next of the answer before"}}, paging...), "", js, false, s.stories},
		{"GET", "/stories/{id}", auth.Reader, "A story with its articles", nil, "", js, false, s.story},
		{"GET", "/articles/{id}", auth.Reader, "An article with what was understood of it", nil, "", js, false, s.article},
		{"GET", "/articles", auth.Reader, "All articles that arrived in a stretch of time, oldest first, streamed",
			[]param{{"from", "string", "RFC 3339 or YYYY-MM-DD; needed"}, {"to", "string", "the same, exclusive; now where missing"}, {"format", "string", "jsonl, csv, atom or jsonfeed; jsonl where missing"}}, "", lines, false, s.export},
		{"GET", "/search", auth.Reader, "Articles that satisfy a query", text, "", js, false, s.search},
		{"POST", "/read", auth.Reader, "Takes one page apart and keeps nothing", nil, `{"url": string} or {"text": string} or {"html": string}`, js, true, s.read},
		{"GET", "/corrections", auth.Reader, "What people said of stories against the desk's judgement, and the desk itself of stories that fell in two",
			append([]param{{"since", "string", "RFC 3339 or YYYY-MM-DD; sixty days ago where missing"}}, idPaging...), "", js, false, s.corrections},
		{"POST", "/corrections", auth.Editor, "Says that stories are one (merge), that two are not (apart), or that articles are a story of their own (split)", nil,
			`{"kind": "merge" | "apart" | "split", "stories": [integer], "articles": [integer]}`, js, false, s.correct},
		{"DELETE", "/corrections/{id}", auth.Editor, "Takes a correction back", nil, "", js, false, s.uncorrect},
		{"GET", "/metrics", auth.Reader, "Figures in the text format that Prometheus reads; at /metrics as well", nil, "", figures, false, s.metrics},
		{"GET", "/openapi.json", auth.Nobody, "This description", nil, "", js, false, s.openapi},
	}
}

func (s *server) sourceRoutes() []route {
	return []route{
		{"GET", "/sources", auth.Reader, "Sources with their health", idPaging, "", js, false, s.sources},
		{"POST", "/sources", auth.Editor, "Adds sources: addresses of sites or feeds, one a line, or an OPML file", nil, `{"paste": string}`, js, false, s.addSources},
		{"GET", "/sources/{id}", auth.Reader, "A source", nil, "", js, false, s.source},
		{"PATCH", "/sources/{id}", auth.Editor, "Changes what the body names of a source", nil, `{"name": string, "country": two letters, "home": address, "lang": language, "licence": "" or "full", "every": minutes, "muted": boolean}`, js, false, s.changeSource},
		{"DELETE", "/sources/{id}", auth.Editor, "Stops collecting from a source; its articles stay", nil, "", js, false, s.deleteSource},
		{"POST", "/sources/{id}/fetch", auth.Editor, "Asks a source's feeds at once", nil, "", js, false, s.fetchSource},
	}
}

func (s *server) watchRoutes() []route {
	fields := `"query": string, "off": boolean, "recipients": [integer], "tell": [string], "digest": ["HH:MM"], "quiet": {"from": "HH:MM", "to": "HH:MM"}, "zone": string, "cap": integer, "snoozed": "RFC 3339", "muted": [integer], "owner": integer}`
	return []route{
		{"GET", "/watches", auth.Reader, "Watches with their matches in the last seven days", idPaging, "", js, false, s.watches},
		{"POST", "/watches", auth.Editor, "Makes a watch; it tells nobody unless the body names recipients", nil, `{"name": string, ` + fields + "; name and query are needed", js, false, s.addWatch},
		{"GET", "/watches/{id}", auth.Reader, "A watch", nil, "", js, false, s.watch},
		{"PATCH", "/watches/{id}", auth.Editor, "Changes what the body names of a watch", nil, `{"name": string, ` + fields, js, false, s.changeWatch},
		{"DELETE", "/watches/{id}", auth.Editor, "Deletes a watch", nil, "", js, false, s.deleteWatch},
		{"POST", "/watches/test", auth.Reader, "What a query would have matched and told in the last days", nil, `{"query": string, "days": integer}`, js, true, s.tryWatch},
		{"GET", "/recipients", auth.Editor, "Who may be told: those of the desk's own, and lists", idPaging, "", js, false, s.recipients},
	}
}

// mineRoutes is what belongs to one reader: whoever asks.
func (s *server) mineRoutes() []route {
	stream := []param{{"source", "integer", "of this source"}, {"watch", "integer", "that this watch found"}, {"folder", "string", "of the sources in this folder of yours"}, {"label", "string", "under this label of yours"},
		{"only", "string", "unread, read or starred"}, {"from", "string", "arrived since, RFC 3339 or YYYY-MM-DD"}, {"to", "string", "arrived before"}, {"order", "string", "oldest for the oldest first; newest, as where it is missing"}}
	return []route{
		{"GET", "/me/articles", auth.Reader, "Articles by arrival, with what the caller did with each", append(stream, idPaging...), "", js, false, s.mine},
		{"POST", "/me/marks", auth.Reader, "Marks articles or stories as read, starred or labelled, for the caller alone", nil,
			`{"articles": [integer], "stories": [integer], "read": boolean, "starred": boolean, "add_labels": [string], "remove_labels": [string]}`, js, false, s.mark},
		{"POST", "/me/caught-up", auth.Reader, "Makes read what arrived until a moment, of a source, a watch, a folder, or all", nil, `{"source", "watch": integer, "folder", "until": string}`, js, false, s.catchUp},
		{"GET", "/me/choices", auth.Reader, "What the caller follows and mutes", nil, "", js, false, s.choices},
		{"POST", "/me/choices", auth.Reader, "Follows or mutes a story, a source or a name, or neither again, for the caller alone", nil, `{"kind": "story" | "source" | "name", "key": string, "what": "follow" | "mute" | ""}`, js, false, s.choose},
		{"GET", "/me/push", auth.Reader, "The caller's browsers that are told of news (Web Push), and the key that a browser subscribes for", nil, "", js, false, s.browsers},
		{"POST", "/me/push", auth.Reader, "Keeps a browser of the caller's, which agrees by this to be told; one that is known by its endpoint stays the same", nil,
			`what PushSubscription.toJSON gives, and {"was": its endpoint before, "name": string, "lang": BCP 47, "zone": IANA zone}`, js, false, s.addBrowser},
		{"PATCH", "/me/push/{id}", auth.Reader, "Says which watches tell a browser of the caller's", nil, `{"watches": [integer]}`, js, false, s.changeBrowser},
		{"DELETE", "/me/push/{id}", auth.Reader, "Tells a browser of the caller's no more, and forgets what it said of itself", nil, "", js, false, s.deleteBrowser},
	}
}

// all is the whole table.
func (s *server) all() []route { return append(s.routes(), s.listRoutes()...) }

const prefix = "/api/v1"

// New gives the handler of everything below /api/, of /metrics, and of /accounts/ and /reader/, where programs that speak the Google Reader API ask. It
// expects to stand behind the site's guard (Host, origin). Answers are packed for those who take it.
func New(o Options) http.Handler {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &server{Options: o, limits: newLimits(o.Now), reading: make(chan struct{}, 2), began: o.Now()}
	mux := http.NewServeMux()
	for _, r := range s.all() {
		mux.Handle(r.method+" "+prefix+r.path, s.handle(r))
	}
	mux.Handle("GET /metrics", s.handle(route{"GET", "/metrics", auth.Reader, "", nil, "", figures, false, s.metrics}))
	s.greader(mux)
	if s.MCP != nil {
		mux.Handle("/api/mcp", s.withToken(s.MCP))
	}
	mux.HandleFunc("/api/", otherwise(mux, func(w http.ResponseWriter, r *http.Request, status int) {
		c := &call{server: s, w: w, r: r}
		if status == http.StatusMethodNotAllowed {
			c.problem(status, "method", "this address is not asked by "+r.Method+"; Allow names the methods that it is asked by")
			return
		}
		c.problem(status, "not-found", "there is no such address; "+prefix+"/openapi.json names those that there are")
	}))
	return packed(mux)
}
