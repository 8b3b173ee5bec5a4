// Package store says what the desk asks of a database. Two databases must pass the same suite, storetest; the interfaces here are
// therefore shared, and are cut by who uses them.
//
// Promises of every store: what a call acknowledged survives a kill and a loss of power. A call that fails has changed nothing.
// Errors carry a kind of internal/fault: NotFound for a missing row, Conflict for a duplicate, Temporary for a busy database.
// Times come back in UTC with microseconds at the least.
package store

import (
	"context"
	"time"

	"marsad/news"
	"marsad/story"
)

// MainCursor is the cursor of the one pass by which pages become articles; Counts.Backlog counts the pages after it.
const MainCursor = "process"

// Store is everything. Consumers ask for the part that they use.
type Store interface {
	Sources
	Collect
	Process
	Corrections
	Deliver
	Decisions
	Edits
	Read
	Search
	Watches
	Recipients
	Settings
	Accounts
	Readers
	Audits
	Lists
	Close() error
	// Backup writes a consistent copy of the whole store to a new file at path while others read and write.
	Backup(ctx context.Context, path string) error
}

// Sources keeps the outlets and their feeds.
type Sources interface {
	// AddSource keeps a source with its feeds; a feed whose address is known already is a Conflict that names it.
	AddSource(ctx context.Context, s news.Source, feeds []news.Feed) (int64, error)
	// AddSources keeps many sources at once, in one transaction: of each the feeds whose address is not known, and nothing where all are.
	AddSources(ctx context.Context, list []Offer) ([]Kept, error)
	UpdateSource(ctx context.Context, s news.Source) error
	// RemoveSource stops collecting from a source; its articles stay.
	RemoveSource(ctx context.Context, id int64) error
	Sources(ctx context.Context) ([]SourceHealth, error)
	Source(ctx context.Context, id int64) (SourceHealth, error)
	// Outlet gives a source alone, also one that was removed: cheap where Source is not.
	Outlet(ctx context.Context, id int64) (news.Source, error)
}

// Offer is a source with its feeds that may be known already.
type Offer struct {
	Source news.Source
	Feeds  []news.Feed
}

// Kept is what became of an offer.
type Kept struct {
	Source int64   // made of it, 0 for none
	Of     []int64 // for each feed, in order, the source that has it now
}

// SourceHealth is a source with what is known of how it fares.
type SourceHealth struct {
	Source      news.Source
	Feeds       []news.Feed
	Articles    int           // kept in all
	LastArticle time.Time     // arrival of the newest
	Copies      int           // of its articles, those that copy or translate another
	Rejected    int           // pages that held no article
	Lead, Lag   time.Duration // medians in stories that it opened, and in stories that another opened; they may be a minute old
}

// Collect is what the collector asks.
type Collect interface {
	// LeaseFeeds gives up to n feeds that are due at now and keeps others off them until the lease ends.
	LeaseFeeds(ctx context.Context, now time.Time, n int, lease time.Duration) ([]news.Feed, error)
	// SaveFeed stores a feed's new state and ends its lease.
	SaveFeed(ctx context.Context, f news.Feed) error
	// Unseen gives those items whose address (or, lacking one, GUID) no page was kept for, in the given order, and those that their
	// feed calls updated since, as long as an address has few versions.
	Unseen(ctx context.Context, feed int64, items []news.Item) ([]news.Item, error)
	// KeepPage stores a page, durably, and gives its id. The same bytes from the same address are kept once: the earlier id comes back.
	KeepPage(ctx context.Context, p news.Page) (int64, error)
	// NoteItem remembers an item that was given up on, with the reason, so that it is not fetched again before retry.
	NoteItem(ctx context.Context, feed int64, item news.Item, reason string, retry time.Time) error
	// LetPagesGo forgets the bytes of pages that were fetched before a time and that the main cursor has passed, and tells how many.
	// Their articles stay, and so does the knowledge that they were fetched.
	LetPagesGo(ctx context.Context, before time.Time) (int, error)
}

// Process is what the processor asks.
type Process interface {
	// PagesAfter gives up to n pages with an id above cursor, in order.
	PagesAfter(ctx context.Context, cursor int64, n int) ([]news.Page, error)
	// Cursor gives a named cursor, 0 when it was never moved.
	Cursor(ctx context.Context, name string) (int64, error)
	// Commit stores all that one page gave, with the cursor's move, in one transaction.
	Commit(ctx context.Context, r Result) error
	// Window gives what story needs of the articles that arrived since, in the order in which they were processed.
	Window(ctx context.Context, since time.Time) ([]Entry, error)
	// Replay streams what Window gives, until yield says no; it holds a part of it at a time.
	Replay(ctx context.Context, since time.Time, yield func(Entry) bool) error
	// History gives the notices planned since, each with the story that its own is part of by now, for alert to decide by.
	History(ctx context.Context, since time.Time) ([]news.Notice, error)
	// Strayed gives those of them whose article is part of another story than they are, since stories were taken apart, with that story.
	Strayed(ctx context.Context, since time.Time) ([]news.Notice, error)
	// Version gives the newest article that came from an address in a page before the given one.
	Version(ctx context.Context, url string, before int64) (Entry, error)
	// LastStory gives the highest number that a story ever had, 0 when there was none.
	LastStory(ctx context.Context) (int64, error)
	// Latest gives up to n articles of a story that arrived last, in the order in which they were processed.
	Latest(ctx context.Context, story int64, n int) ([]Entry, error)
	// Began gives up to n stories whose first report is of [from, to), by what their articles of that time and the day after name of some
	// entities: those that name most of them first. Where more share as many as the last, nothing tells those apart and they are left
	// out. An entity that thousands of articles name in the weeks around says nothing, and is passed over.
	Began(ctx context.Context, from, to time.Time, entities []string, n int) ([]Begun, error)
	// Earliest gives up to n articles of a story that were published first, in that order.
	Earliest(ctx context.Context, story int64, n int) ([]Entry, error)
	// StoryWatches gives the watches that articles of the stories satisfy, each once, and apart those of which only an earlier query found one.
	StoryWatches(ctx context.Context, stories []int64) (now, once []int64, err error)
	// SiteMemory gives what page learnt of one source, opaque bytes; Commit saves it.
	SiteMemory(ctx context.Context, source int64) ([]byte, error)
}

// Begun is a story that began in a time and names some of the entities asked for.
type Begun struct {
	Story    news.Story
	Entities []string
	// Chance is in how many articles of that time so many of the entities would meet if names fell by chance, each as often as in the weeks
	// around: far below 1, their meeting says something.
	Chance float64
}

// Result is all that one page gave.
type Result struct {
	Cursor    string // the cursor's name
	Page      int64  // where it moves to
	Rejected  string // why the page holds no article; the rest is then empty
	Article   news.Article
	Analysis  news.Analysis
	Tokens    string // the analyzed words for full text, in order, space between
	Placement news.Placement
	Stories   []news.Story // every story that changed, as it now is; the first is the article's own
	Matches   []news.Match // of the article, and of earlier ones of its story that satisfy a query only now
	Notices   []news.Notice
	Silences  []news.Silence // what was not planned, and why
	Site      []byte         // the source's site memory, nil when unchanged
	Renames   int64          // the article of the same outlet whose headline this one's took the place of, 0 for none
	Was       string         // that headline
}

// Corrections keeps what people said of stories: that some are one, or apart, or that articles are a story of their own.
type Corrections interface {
	// Correct stores a correction with all that it changed, in one transaction, and gives its id.
	Correct(ctx context.Context, c Correction, e Effect) (int64, error)
	// Uncorrect stores that a correction was taken back, with all that this changed. One that is undone already is a Conflict.
	Uncorrect(ctx context.Context, id int64, by string, at time.Time, e Effect) error
	Correction(ctx context.Context, id int64) (Correction, error)
	// Corrections lists those said since, undone ones too, the newest first.
	Corrections(ctx context.Context, since time.Time) ([]Correction, error)
}

// Correction is a person's word against the desk's judgement, or the desk's own on a story that fell in two.
type Correction struct {
	ID       int64
	Said     time.Time
	By       string // an account's name, "" for the desk itself
	Done     story.Corrected
	Undone   time.Time // zero while it binds
	UndoneBy string
}

// Effect is what a correction changes.
type Effect struct {
	Placements []news.Placement // where the moved articles now are
	Stories    []news.Story     // all that changed, as they now are
	Matches    []news.Match     // of articles that satisfy a query only now
}

// Entry is an article with all that was said of it.
type Entry struct {
	Article   news.Article
	Analysis  news.Analysis
	Placement news.Placement
	Source    news.Source
	Arrived   time.Time // when its page was fetched
}

// Deliver is what the deliverer asks.
type Deliver interface {
	// LeaseNotices gives up to n notices that are due at now and keeps others off them until the lease ends. A lease that ran out
	// before its outcome was known counts in Repeats. Of what is not composed yet and tells one recipient of one story only one is ever
	// under way, so that two workers do not write two letters where one would do: the rest waits until that one is composed, or is told in it.
	LeaseNotices(ctx context.Context, now time.Time, n int, lease time.Duration) ([]news.Delivery, error)
	// LeaseThese does for some notices what LeaseNotices does for the first that are due, and gives those of them that it leased.
	LeaseThese(ctx context.Context, ids []string, now time.Time, lease time.Duration) ([]news.Delivery, error)
	// FreezeAll does in one transaction what Freeze does, for several notices. It gives nil for one that is not there.
	FreezeAll(ctx context.Context, ms []Composed) ([][]byte, error)
	// Freeze stores the composed message of a notice, once: a later call changes nothing and gives the stored one.
	Freeze(ctx context.Context, notice string, message []byte) ([]byte, error)
	// Together gives what is told together with a notice: what waits for its recipient about its story, neither composed nor under way at
	// now, and what is told in its letter already.
	Together(ctx context.Context, n news.Notice, now time.Time) (waiting, told []news.Notice, err error)
	// TellIn ends notices as told in another's letter, with what was to be told in theirs, in one transaction: all that wait, are neither
	// composed nor under way at now; none where the letter is composed or no more waits.
	TellIn(ctx context.Context, letter string, notices []string, now time.Time) error
	// Because stores what a notice tells of that was not composed yet, in place of why it was planned. NotFound where it was.
	Because(ctx context.Context, notice string, because []news.Reason) error
	// Settle stores the outcome of an attempt: State, Attempts, Repeats, Next, Done, Reply. It ends the lease.
	Settle(ctx context.Context, d news.Delivery) error
	// EndLeases ends the leases of feeds and notices that an earlier life of the desk held, for a desk that starts and knows that no
	// other works on the store. A notice whose message was composed counts in Repeats, as when its lease ran out.
	EndLeases(ctx context.Context) error
	// AddNotices plans notices outside of an article's commit: digests, opt-in, tests. Known ids are left as they are.
	AddNotices(ctx context.Context, ns []news.Notice) error
	// Release lets held notices go out that were planned since a time: one by its id, or for "" all those to mail addresses, which were
	// held for want of a mail server; what waits for a person goes on waiting. It tells how many. One that no attempt was made for loses
	// its composed message.
	Release(ctx context.Context, notice string, since time.Time) (int, error)
	// DropHeld cancels what Release of all would let go, but was planned before a time. Held counts both.
	DropHeld(ctx context.Context, before time.Time) (int, error)
	Held(ctx context.Context) (int, error)
	// Cancel ends a notice that waits or is held; Retry lets one that failed wait again, or one that was posted to a webhook. NotFound
	// where it does neither.
	Cancel(ctx context.Context, notice, why string) error
	Retry(ctx context.Context, notice string) error
	// Outbox lists deliveries, newest first, at most n, before the given time (zero: now), without subscribers' copies.
	Outbox(ctx context.Context, before time.Time, n int) ([]OutboxRow, error)
	// OutboxBehind lists what follows a notice in the order of Outbox, by its Planned and ID: of those planned at one moment none is passed over.
	OutboxBehind(ctx context.Context, last news.Notice, n int) ([]OutboxRow, error)
	Delivery(ctx context.Context, notice string) (OutboxRow, error)
}

// Composed is the message of a notice.
type Composed struct {
	Notice  string
	Message []byte
}

// OutboxRow is a delivery with the names that people need to read it.
type OutboxRow struct {
	Delivery  news.Delivery
	Recipient news.Recipient
	Watch     string
	Headline  string
}
