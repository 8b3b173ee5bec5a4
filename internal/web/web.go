// Package web shows the desk to people: pages that the server renders, complete without scripts, in Arabic as in English.
//
// It understands no news and keeps nothing: it reads the store, words what the analyzers said, and hands every change to the desk.
// It loads nothing from anybody else's server. [New] gives the whole of it as one handler.
package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"marsad/entity"
	"marsad/internal/auth"
	"marsad/internal/list"
	"marsad/internal/store"
	"marsad/match"
	"marsad/news"
	"marsad/query"
	"marsad/story"
)

// Store is what the pages ask of a database.
type Store interface {
	store.Sources
	store.Read
	store.Search
	store.Watches
	store.Decisions
	store.Recipients
	store.Settings
	store.Accounts
	store.Readers
	store.Audits
	store.Corrections
	Version(ctx context.Context, url string, before int64) (store.Entry, error)
	Latest(ctx context.Context, story int64, n int) ([]store.Entry, error)
	Spoken(ctx context.Context, stories []int64, lang string) (map[int64]news.Article, error)
	Outbox(ctx context.Context, before time.Time, n int) ([]store.OutboxRow, error)
	OutboxBehind(ctx context.Context, last news.Notice, n int) ([]store.OutboxRow, error)
	Delivery(ctx context.Context, notice string) (store.OutboxRow, error)
	Together(ctx context.Context, n news.Notice, now time.Time) (waiting, told []news.Notice, err error)
	Held(ctx context.Context) (int, error)
}

// Options joins the pages to a desk. Fields that are nil switch off what needs them.
type Options struct {
	Store  Store
	Auth   *auth.Keeper
	Signer auth.Signer   // of the tokens in mails
	Names  *entity.Names // nil: entity.Default()
	API    http.Handler  // answers below /api/, /accounts/ and /reader/, and at /metrics
	Desk   Desk
	Lists  *list.Service // public lists; nil: there are none
	Push   string        // the public key that browsers subscribe for; "": none are told
	Demo   bool          // everything shown is invented
	Now    func() time.Time
	Log    *slog.Logger
	// Version is what the foot of each page names.
	Version string
}

// Desk is what the pages ask of the running desk.
type Desk struct {
	// AddSources adds what somebody pasted: the address of a site or feed, several of them, or an OPML file. It says what became of each.
	AddSources func(ctx context.Context, in Adding) ([]Added, error)
	// FetchNow makes a source's feeds due at once.
	FetchNow func(ctx context.Context, source int64) error
	// TryWatch says what a watch would have told since, newest first, without telling it.
	TryWatch func(ctx context.Context, w news.Watch, since time.Time) (trials []Trial, partial bool, err error)
	// Estimate says what a query would find and cost as a watch; Expensive gives the n watches that cost most, the worst first.
	Estimate  func(ctx context.Context, q query.Query) (Estimate, error)
	Expensive func(n int) []Cost
	// Reload makes the desk take notice of changed watches or recipients.
	Reload func(ctx context.Context) error
	// Ask plans the mail that asks a recipient whether they want to be told.
	Ask func(ctx context.Context, recipient int64) error
	// TestMail plans a mail that shows that mailing works.
	TestMail func(ctx context.Context, recipient int64) error
	// Release sends a held notice on its way.
	Release func(ctx context.Context, notice string) error
	// ReleaseHeld sends all that was held for want of a mail server and is fresh enough; it tells how many, and how many were too old.
	ReleaseHeld func(ctx context.Context) (sent, dropped int, err error)
	// TellCorrection plans a correction in a person's own words to everybody who was sent something of a story; it tells how many.
	TellCorrection func(ctx context.Context, story int64, words string) (int, error)
	// Cancel ends a notice that waits or is held; Retry lets one that failed be tried again.
	Cancel func(ctx context.Context, notice string) error
	Retry  func(ctx context.Context, notice string) error
	// Events gives a channel on which something arrives whenever stories have changed; it is closed when ctx ends.
	Events func(ctx context.Context) <-chan Event
	// TakeApart reads one page, outside of the archive. An error of kind Invalid means that it holds no article; what was found of its
	// metadata stands in Taken all the same.
	TakeApart func(ctx context.Context, in Reading) (Taken, error)
	// Picture brings a picture that a reader asked for, by the guarded fetcher.
	Picture func(ctx context.Context, url string) ([]byte, error)
	// Correct carries out a person's word on stories and gives its number; Uncorrect takes it back.
	Correct   func(ctx context.Context, by string, c story.Correction) (int64, error)
	Uncorrect func(ctx context.Context, by string, id int64) error
	// StartClean ends the demo: the next request meets a desk of the visitor's own.
	StartClean func(ctx context.Context) error
}

// Adding is what somebody pasted to have sources made of it.
type Adding struct {
	Given  string
	Reader int64       // whose folders those of a list become; 0: nobody's
	Each   func(Added) // told what became of each as soon as that is known, one at a time; may be nil
}

// Added is what became of one line that somebody pasted as a source.
type Added struct {
	Line    string
	Source  int64 // that has it now; 0: none
	Name    string
	Problem string // a key under "added." in the words of the interface; "" when all went well
	Detail  string // in the program's words, for the curious
}

// Trial is what a watch would have done about a story.
type Trial struct {
	At       time.Time
	Story    int64
	Headline string
	Lang     string
	Outcome  string // "told", "digest", "held", "later", "letter", "silent"
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

// Event says that stories have changed.
type Event struct {
	Stories  int // changed since the last event
	Breaking bool
}

// Reading is a page to take apart: one of its fields is set.
type Reading struct {
	URL         string
	Body        []byte // a file
	ContentType string
	Pasted      string // article text or HTML
}

// Taken is a page taken apart.
type Taken struct {
	Article  news.Article
	Analysis news.Analysis
}

type site struct {
	Options
	mux     *http.ServeMux
	pages   *pages
	static  *static
	reading chan struct{} // take-apart jobs at once
	rising  memo[[]store.Rising]
	listed  memo[[]listed] // sources
	counts  memo[store.Counts]
	ahead   memo[[]comingDay]

	tellings tellings
	reports  faultReports
}

// New gives the handler of the whole site.
func New(o Options) http.Handler {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Names == nil {
		o.Names = entity.Default()
	}
	s := &site{Options: o, pages: loadPages(), static: loadStatic(), reading: make(chan struct{}, 2)}
	mux := http.NewServeMux()
	s.mux = mux
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.handle(r))
	}
	mux.Handle("GET /static/", s.static)
	if o.API != nil {
		for _, below := range []string{"/api/", "/accounts/", "/reader/", "/metrics"} {
			mux.Handle(below, o.API)
		}
	}
	cross := http.NewCrossOriginProtection()
	cross.AddInsecureBypassPattern("POST /unsubscribe/{token}") // mail programs post from anywhere; the token is the right
	for _, f := range foreignForms {
		cross.AddInsecureBypassPattern(f)
	}
	cross.SetDenyHandler(http.HandlerFunc(s.foreign))
	return s.guard(cross.Handler(mux))
}

func sub(name string) fs.FS {
	f, err := fs.Sub(files, name)
	if err != nil {
		panic(err) // an embedded folder
	}
	return f
}
