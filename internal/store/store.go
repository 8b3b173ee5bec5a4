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
	"marsad/query"
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
	UpdateSource(ctx context.Context, s news.Source) error
	// RemoveSource stops collecting from a source; its articles stay.
	RemoveSource(ctx context.Context, id int64) error
	Sources(ctx context.Context) ([]SourceHealth, error)
	Source(ctx context.Context, id int64) (SourceHealth, error)
	// Outlet gives a source alone, also one that was removed: cheap where Source is not.
	Outlet(ctx context.Context, id int64) (news.Source, error)
}

// SourceHealth is a source with what is known of how it fares.
type SourceHealth struct {
	Source      news.Source
	Feeds       []news.Feed
	Articles    int           // kept in all
	LastArticle time.Time     // arrival of the newest
	Copies      int           // of its articles, those that copy or translate another
	Rejected    int           // pages that held no article
	Lead, Lag   time.Duration // medians in stories that it opened, and in stories that another opened
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
	// Version gives the newest article that came from an address in a page before the given one.
	Version(ctx context.Context, url string, before int64) (Entry, error)
	// LastStory gives the highest number that a story ever had, 0 when there was none.
	LastStory(ctx context.Context) (int64, error)
	// Latest gives up to n articles of a story that arrived last, in the order in which they were processed.
	Latest(ctx context.Context, story int64, n int) ([]Entry, error)
	// StoryWatches gives the watches that articles of the stories satisfied, each once.
	StoryWatches(ctx context.Context, stories []int64) ([]int64, error)
	// SiteMemory gives what page learnt of one source, opaque bytes; Commit saves it.
	SiteMemory(ctx context.Context, source int64) ([]byte, error)
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
	Site      []byte // the source's site memory, nil when unchanged
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
	// before its outcome was known counts in Repeats.
	LeaseNotices(ctx context.Context, now time.Time, n int, lease time.Duration) ([]news.Delivery, error)
	// Freeze stores the composed message of a notice, once: a later call changes nothing and gives the stored one.
	Freeze(ctx context.Context, notice string, message []byte) ([]byte, error)
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
	// Cancel ends a notice that waits or is held; Retry lets one that failed wait again. NotFound where it does neither.
	Cancel(ctx context.Context, notice, why string) error
	Retry(ctx context.Context, notice string) error
	// Outbox lists deliveries, newest first, at most n, before the given time (zero: now), without subscribers' copies.
	Outbox(ctx context.Context, before time.Time, n int) ([]OutboxRow, error)
	Delivery(ctx context.Context, notice string) (OutboxRow, error)
}

// OutboxRow is a delivery with the names that people need to read it.
type OutboxRow struct {
	Delivery  news.Delivery
	Recipient news.Recipient
	Watch     string
	Headline  string
}

// Read is what pages and API ask.
type Read interface {
	// Stories lists stories, the last changed first.
	Stories(ctx context.Context, f StoryFilter) ([]Card, error)
	// Story gives one story. For one that was merged it gives the story it became part of.
	Story(ctx context.Context, id int64) (news.Story, error)
	// StoryEntries gives a story's articles in order of their publication.
	StoryEntries(ctx context.Context, id int64) ([]Entry, error)
	Entry(ctx context.Context, article int64) (Entry, error)
	// Articles streams the entries that arrived in [from, to), oldest first, until yield says no.
	Articles(ctx context.Context, from, to time.Time, yield func(Entry) bool) error
	// Links gives the links from and to an article.
	Links(ctx context.Context, article int64) ([]news.Link, error)
	Page(ctx context.Context, id int64) (news.Page, error)
	// Rising gives the names that were mentioned more often since than the same span before, strongest first.
	Rising(ctx context.Context, since time.Time, n int) ([]Rising, error)
	Counts(ctx context.Context) (Counts, error)
}

// StoryFilter narrows Stories. Zero fields do not.
type StoryFilter struct {
	Lang   string
	Before time.Time // Changed before this, for the next page
	// BeforeID lets stories that Changed at Before itself follow, those with a lower id: with the last story's Changed and ID no page skips any.
	BeforeID int64
	Source   int64
	Entity   string
	N        int // at most; 0 = 50
}

// Card is a story as a list shows it.
type Card struct {
	Story       news.Story
	Lead        news.Article // without Text, Blocks and Removed but for the first paragraph as Text
	FirstSource string
	LeadSource  string
	Copies      int
	Hourly      []int    // articles an hour, the last 24 hours, oldest first
	Corrected   bool     // an update is marked as a correction
	Places      []string // entity ids, the most named first
}

// Rising is a name that is on the rise.
type Rising struct {
	Entity, Name string
	Kind         news.MentionKind
	Now, Before  int // articles that name it
}

// Counts is how much the desk holds.
type Counts struct {
	Sources, Healthy, Articles, Stories, Watches int
	Pages, Backlog                               int // kept in all; not yet processed
	LastArticle                                  time.Time
}

// Search asks the archive.
type Search interface {
	// Find gives the articles that satisfy q, newest first or by rank.
	Find(ctx context.Context, q query.Query, o FindOptions) (Found, error)
}

// FindOptions narrows and orders a search.
type FindOptions struct {
	From, To time.Time // publication, half open; zero = open
	Rank     bool      // best first instead of newest first
	After    string    // cursor of an earlier answer
	N        int       // at most; 0 = 30
}

// Found is the answer of a search.
type Found struct {
	Hits  []Hit
	Total int            // exact unless Partial
	Langs map[string]int // facets over all hits
	Srcs  map[int64]int
	Days  map[string]int // YYYY-MM-DD -> hits
	Next  string         // cursor, "" at the end
	// Partial says that there are more articles than could be looked at: Hits, Total and facets are of the newest alone.
	Partial bool
}

// Hit is an article that satisfies a query.
type Hit struct {
	Entry Entry
	Spans []news.Span // the words that satisfy it, in Article.Text
}

// Watches keeps the standing orders.
type Watches interface {
	SaveWatch(ctx context.Context, w news.Watch) (int64, error) // ID 0 = new
	DeleteWatch(ctx context.Context, id int64) error
	Watches(ctx context.Context) ([]news.Watch, error)
	Watch(ctx context.Context, id int64) (news.Watch, error)
	// Matches counts the matches of each watch since.
	MatchCounts(ctx context.Context, since time.Time) (map[int64]int, error)
	// MatchesOf gives the newest matches of a watch, at most n.
	MatchesOf(ctx context.Context, watch int64, n int) ([]news.Match, error)
	// MatchesIn gives the matches of an article.
	MatchesIn(ctx context.Context, article int64) ([]news.Match, error)
}

// Recipients keeps who may be told. Every change of state or consent is durable before the call returns.
type Recipients interface {
	SaveRecipient(ctx context.Context, r news.Recipient) (int64, error)
	// Recipients gives the desk's own people and the lists, not the lists' subscribers.
	Recipients(ctx context.Context) ([]news.Recipient, error)
	Recipient(ctx context.Context, id int64) (news.Recipient, error)
	// SetRecipientState moves a recipient, with the words agreed to where the state is Confirmed.
	SetRecipientState(ctx context.Context, id int64, to news.RecipientState, consent string, at time.Time) error
}

// Settings keeps small named values: the SMTP account, the mail secret, the desk's name. Get gives NotFound for an unset one.
type Settings interface {
	Setting(ctx context.Context, key string) ([]byte, error)
	SetSetting(ctx context.Context, key string, value []byte) error
}

// Accounts keeps who may sign in.
type Accounts interface {
	SaveAccount(ctx context.Context, a Account) (int64, error)
	Account(ctx context.Context, name string) (Account, error)
	AccountByID(ctx context.Context, id int64) (Account, error)
	Accounts(ctx context.Context) ([]Account, error)
	SaveSession(ctx context.Context, s Session) error
	Session(ctx context.Context, tokenHash string) (Session, error)
	DeleteSession(ctx context.Context, tokenHash string) error
	// Sessions lists an account's sessions and tokens that have not ended at now, the newest first.
	Sessions(ctx context.Context, account int64) ([]Session, error)
	// DeleteSessions ends all of an account's but the one of a hash, "" for none.
	DeleteSessions(ctx context.Context, account int64, keep string) error
}

// Account is somebody who may sign in.
type Account struct {
	ID      int64
	Name    string
	Hash    string // argon2id, PHC string
	Role    string // reader, editor, admin
	Lang    string
	Created time.Time
}

// Session is a signed-in browser or an API token.
type Session struct {
	TokenHash string // SHA-256 of the token, hex: the token itself is not kept
	Account   int64
	Kind      string // "browser" or "api"
	Name      string // of an API token
	CSRF      string
	Created   time.Time
	Expires   time.Time
}

// Local is the reader of a desk that has no account yet.
const Local int64 = -1

// Readers keeps what each reader did with what they read: an account by its id, or Local. An article is read when the reader said so,
// when they looked at its story since it arrived, or when they caught up with its source or with everything; what they keep unread is not.
type Readers interface {
	// SetRead marks articles read or keeps them unread. Unknown ids are passed over, here and below.
	SetRead(ctx context.Context, reader int64, articles []int64, read bool) error
	// SetStar stars articles at a moment, or takes their stars.
	SetStar(ctx context.Context, reader int64, articles []int64, on bool, at time.Time) error
	// UnstarStory takes the stars of all articles of a story.
	UnstarStory(ctx context.Context, reader, story int64) error
	// SetLabel puts a label of the reader's on articles, or takes it off.
	SetLabel(ctx context.Context, reader int64, articles []int64, label string, on bool) error
	// Labels counts the articles under each label, by name.
	Labels(ctx context.Context, reader int64) ([]Labelled, error)
	// Rename gives a label or folder another name; "" takes it away. What has the new name already is joined.
	Rename(ctx context.Context, reader int64, from, to string) error
	// Look says that a reader looked at a story; a zero time makes all of it unread again that nothing else makes read.
	Look(ctx context.Context, reader, story int64, at time.Time) error
	// CatchUp makes read what arrived until a moment in a stream.
	CatchUp(ctx context.Context, reader int64, s Stream, until time.Time) error
	// Choose follows or mutes a story, source or name; a choice of What "" is taken back.
	Choose(ctx context.Context, reader int64, c Choice) error
	// Choices lists them, the latest first.
	Choices(ctx context.Context, reader int64) ([]Choice, error)
	// File puts a source into a folder of the reader's, or takes it out.
	File(ctx context.Context, reader, source int64, folder string, on bool) error
	// Folders gives the folders of each source.
	Folders(ctx context.Context, reader int64) (map[int64][]string, error)
	// OfArticles tells how a reader stands to articles.
	OfArticles(ctx context.Context, reader int64, articles []int64) (map[int64]ArticleState, error)
	// OfStories tells how a reader stands to stories.
	OfStories(ctx context.Context, reader int64, stories []int64) (map[int64]StoryState, error)
	// Chosen lists the stories that a reader follows ("follow"), themselves or by a source or a name, or that hold a star ("star"), the
	// last changed first, at most n; after is the last of the page before.
	Chosen(ctx context.Context, reader int64, what string, after news.Story, n int) ([]Card, error)
	// Stream lists articles by arrival.
	Stream(ctx context.Context, reader int64, s Stream) ([]StreamItem, error)
	// Unread counts unread articles, by source and by watch.
	Unread(ctx context.Context, reader int64) (sources, watches map[int64]Unread, err error)
	// Entries gives articles by their ids, by arrival. Unknown ids are passed over.
	Entries(ctx context.Context, articles []int64) ([]Entry, error)
	// Adopt gives to one reader all that another did, where they did not do otherwise.
	Adopt(ctx context.Context, from, to int64) error
}

// Labelled is a label with how many articles carry it.
type Labelled struct {
	Name string
	N    int
}

// Choice is what a reader follows or mutes.
type Choice struct {
	Kind string // "story", "source", "name"
	Key  string // its id
	What string // "follow", "mute"
	At   time.Time
}

// ArticleState is how a reader stands to an article.
type ArticleState struct {
	Read    bool
	Starred time.Time // zero: not
	Labels  []string
}

// StoryState is how a reader stands to a story.
type StoryState struct {
	Looked   time.Time // zero: never
	Unread   int       // articles
	Starred  bool      // one of its articles is
	Followed bool      // itself, or by a name that its lead article gives
	Muted    bool      // itself, by a name that its lead article gives, or as told by muted sources alone
	Own      string    // the choice of the story itself: "follow", "mute" or ""
}

// Stream is a list of articles. At most one of Source, Watch, Folder, Label and Starred is set; none is everything but what
// comes from sources that the reader hid.
type Stream struct {
	Source   int64
	Watch    int64  // -1: of any watch
	Folder   string // the sources in it
	Label    string
	Starred  bool
	Unread   bool       // only unread ones
	Read     bool       // only read ones
	From, To time.Time  // arrival, half open; zero = open
	Oldest   bool       // oldest first instead of newest first
	After    StreamItem // the last of the page before
	N        int        // at most; 0 = 20
}

// StreamItem is an article's place in a stream.
type StreamItem struct {
	Article int64
	Arrived time.Time
}

// Unread is how many articles wait, and when the newest of them arrived.
type Unread struct {
	N      int
	Newest time.Time
}

// Audits keeps who changed what.
type Audits interface {
	// Note adds an entry.
	Note(ctx context.Context, a Audit) error
	// Audit lists entries, the newest first, at most n, below an id (0: from the newest on).
	Audit(ctx context.Context, below int64, n int) ([]Audit, error)
}

// Audit is one change, by whom.
type Audit struct {
	ID      int64
	At      time.Time
	Account int64  // 0: nobody who has one
	Name    string // the account's then
	Action  string // a key that the rim words
	Object  string // what was changed: an address of the pages, a name
}
