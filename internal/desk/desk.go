package desk

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"marsad/internal/store"
	"marsad/match"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// Store is what the desk asks of a store.
type Store interface {
	store.Sources
	store.Collect
	store.Process
	store.Corrections
	store.Deliver
	store.Decisions
	store.Edits
	store.Watches
	store.Recipients
	Story(ctx context.Context, id int64) (news.Story, error)
	Entry(ctx context.Context, article int64) (store.Entry, error)
	FileAll(ctx context.Context, reader int64, folders map[int64][]string) error
	store.Search
	LeaseCopies(ctx context.Context, now time.Time, n int, lease time.Duration) ([]news.Delivery, error)
	SettleAll(ctx context.Context, ds []news.Delivery) error
}

// Composer puts a notice into the words of its recipient, as the recipient's carrier sends it. The same notice gives the same bytes.
type Composer interface {
	Compose(ctx context.Context, n news.Notice, to news.Recipient) ([]byte, error)
}

// Digester is a Composer that says which stories a digest tells. The desk keeps that with the notice, as its Because, before it is
// composed, and what Compose writes goes by it.
type Digester interface {
	Stories(ctx context.Context, n news.Notice) ([]news.Reason, error)
}

// Carrier takes a composed message to its recipient and gives the other side's last words. The kind of its error decides: Permanent
// ends the delivery and marks the recipient, Invalid and TooLarge end it and say nothing of the recipient, anything else is tried
// again. An error that wraps ErrUnanswered says that the message was sent whole and nobody knows whether it was taken.
type Carrier interface {
	Send(ctx context.Context, d news.Delivery, to news.Recipient) (reply string, err error)
}

// Held is a Carrier's error that says that a person has to let the notice go first: no attempt was made.
type Held struct{ Why string }

func (h *Held) Error() string { return h.Why }

// Later is a Carrier's error that says that no attempt was made, and when one may be.
type Later struct {
	Until time.Time
	Why   string
}

func (l *Later) Error() string { return l.Why }

// ErrUnanswered is wrapped by a Carrier's error when the next attempt may be a second copy.
var ErrUnanswered = errors.New("the message was sent, the answer was lost")

// Options join a desk. Store, Fetcher and Analyse are needed; the rest has a meaning when it is zero.
type Options struct {
	Store   Store
	Fetcher Fetcher
	// Analyse understands an article; doc is its text taken apart.
	Analyse func(a news.Article, doc *text.Doc) news.Analysis
	Names   match.Namer // which entities a name in a query may mean; nil: words alone
	// Compose and Carrier deliver. Carrier gives nil for a way that is not set up: such notices are composed and held.
	Compose Composer
	Carrier func(ctx context.Context, name string) Carrier

	// Wanted gives why a notice of a public list is not sent by now, "" where it is; nil: all are.
	Wanted func(ctx context.Context, n news.Notice) (string, error)
	// Refused takes note of a recipient that the other side says is not there; nil: the store does.
	Refused func(ctx context.Context, to news.Recipient, reply string) error
	// Chore is done now and then beside the loops; nil: nothing is.
	Chore func(ctx context.Context) error

	Now  func() time.Time
	Log  *slog.Logger
	Tick time.Duration // between looks at the clock; 1 s

	Every       Interval      // how often feeds are asked
	Feeds       int           // asked at once; 16
	Sends       int           // at once; 16
	Copies      int           // subscribers' copies under way at once, half of them waiting to be stored; 48
	Cores       int           // pages read at once; one a core
	FeedLease   time.Duration // a feed that is being asked is left alone for this long; 5 min
	NoticeLease time.Duration // the same of a notice that is being sent, twice as long as any attempt; 5 min
	KeepPages   time.Duration // raw pages are let go after; 0: never
	Span        time.Duration // how long an article stays in the window; 0: story.Span
	Muted       bool          // plan no notices: history is being processed
	Alone       bool          // no other desk works on the store: what an earlier life was about is taken up at once
}

// Desk is a desk. Make one with New.
type Desk struct {
	Options
	events  events
	orders  atomic.Pointer[orders]
	reload  sync.Mutex // held while orders are replaced
	sources sourceBook
	people  peopleBook
	freezer freezer
	urgent  urgent
	pauses  pauses
	listed  noticeBox // digests that were composed since history was looked at
	sites   siteBook
	past    pastBook
	pages   wake // a page was kept
	due     wake // a notice was planned
	copies  wake // subscribers' copies were planned
	edits   wake // the query of a watch was changed
	errands chan errand

	// Only the committing goroutine touches these.
	window *story.Window
	told   history
	stale  bool // the window is ahead of the store and must be rebuilt
}

// New joins a desk. Nothing runs yet.
func New(o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Carrier == nil {
		o.Carrier = func(context.Context, string) Carrier { return nil }
	}
	o.Tick = cmp.Or(o.Tick, time.Second)
	o.Feeds, o.Sends, o.Cores = cmp.Or(o.Feeds, 16), cmp.Or(o.Sends, 16), cmp.Or(o.Cores, runtime.GOMAXPROCS(0))
	o.Copies = cmp.Or(o.Copies, 48)
	o.FeedLease, o.NoticeLease = cmp.Or(o.FeedLease, 5*time.Minute), cmp.Or(o.NoticeLease, 5*time.Minute)
	o.Span = cmp.Or(o.Span, story.Span)
	o.Every = o.Every.orDefault()
	d := &Desk{Options: o, pages: newWake(), due: newWake(), copies: newWake(), edits: newWake(), errands: make(chan errand)}
	d.sources.store, d.people.store = o.Store, o.Store
	return d
}

// Run runs the desk until ctx ends, and returns when everything that it started has stopped. The error is nil then; any other says
// why the desk could not start.
func (d *Desk) Run(ctx context.Context) error {
	if err := d.Reload(ctx); err != nil {
		return err
	}
	if d.Alone {
		if err := d.Store.EndLeases(ctx); err != nil {
			return err
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var all sync.WaitGroup
	var failed error
	for _, loop := range []func(context.Context) error{d.collect, d.process, d.deliver, d.deliverCopies, d.judgeEdits, d.keepHouse, d.doChores} {
		all.Go(func() {
			if err := loop(ctx); err != nil && ctx.Err() == nil {
				failed = err // only process gives one, before it has begun
				stop()
			}
		})
	}
	all.Wait()
	return failed
}

// keepHouse does what is due now and then: it notices watches that another process changed, and lets old pages and silences go.
func (d *Desk) keepHouse(ctx context.Context) error {
	for n := 0; d.rest(ctx, 10*d.Tick, nil); n++ {
		if n%360 == 30 {
			if _, err := d.Store.LetSilencesGo(ctx, d.Now().Add(-store.KeepSilences), store.EachSilences, store.MostSilences); err != nil {
				d.Log.Error("old silences could not be let go", "err", err)
			}
		}
		if err := d.Reload(ctx); err != nil {
			d.Log.Error("watches could not be read again", "err", err)
		}
		d.refile()
		if d.KeepPages > 0 && n%360 == 0 {
			if gone, err := d.Store.LetPagesGo(ctx, d.Now().Add(-d.KeepPages)); err != nil {
				d.Log.Error("old pages could not be let go", "err", err)
			} else if gone > 0 {
				d.Log.Info("old pages let go", "pages", gone)
			}
		}
	}
	return nil
}

// wake is a bell: many may ring it, and whoever rests hears it once.
type wake chan struct{}

func newWake() wake { return make(wake, 1) }

func (w wake) ring() {
	select {
	case w <- struct{}{}:
	default: // it rings already
	}
}

// rest waits for a time or a bell, and tells whether to go on.
func (d *Desk) rest(ctx context.Context, for_ time.Duration, bell wake) bool {
	t := time.NewTimer(for_)
	defer t.Stop()
	select {
	case <-t.C:
	case <-bell:
	case <-ctx.Done():
	}
	return ctx.Err() == nil
}

// finish gives work that has begun a moment to end after ctx has.
func finish(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
}

// persist repeats a store's call while the store says that it may succeed later, until ctx ends.
func (d *Desk) persist(ctx context.Context, what string, call func(context.Context) error) error {
	for wait := 10 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		err := call(ctx)
		if err == nil || !isTemporary(err) {
			return err
		}
		d.Log.Warn(what+" has to wait", "err", err)
		if !d.rest(ctx, wait, nil) {
			return err
		}
	}
}
