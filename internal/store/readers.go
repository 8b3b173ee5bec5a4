package store

import (
	"context"
	"time"

	"marsad/news"
)

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
	// FileAll puts sources into folders of the reader's, in one transaction.
	FileAll(ctx context.Context, reader int64, folders map[int64][]string) error
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
