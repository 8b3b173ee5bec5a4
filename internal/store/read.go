package store

import (
	"context"
	"time"

	"marsad/news"
	"marsad/query"
)

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
	// ReferredBy gives up to n articles of other stories that refer to a story, the earliest first.
	ReferredBy(ctx context.Context, story int64, n int) ([]Entry, error)
	Page(ctx context.Context, id int64) (news.Page, error)
	// Rising gives the names that were mentioned more often since than the same span before, strongest first.
	Rising(ctx context.Context, since time.Time, n int) ([]Rising, error)
	Counts(ctx context.Context) (Counts, error)
	// Naming gives up to n articles that name an entity, the last that arrived first.
	Naming(ctx context.Context, entity string, n int) ([]Naming, error)
	// NamedBeside counts whom and what else some articles name, the most named first, at most n.
	NamedBeside(ctx context.Context, entity string, articles []int64, n int) ([]Mentioned, error)
}

// Naming is an article that names an entity.
type Naming struct {
	Article, Story int64
	Arrived        time.Time
	Times          int // how often it does
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
	Renamed     int      // how often outlets changed a headline of theirs
	Was         string   // the headline that was changed last, as it was
	Places      []string // entity ids, the most named first
}

// Rising is a name that is on the rise.
type Rising struct {
	Entity, Name string
	Kind         news.MentionKind
	Now, Before  int // articles that name it
}

// LateAfter is how long after its time a notice counts as late: what is retried, or is more than the carriers take.
const LateAfter = 10 * time.Minute

// Counts is how much the desk holds.
type Counts struct {
	Sources, Healthy, Articles, Stories, Watches int
	Pages, Backlog                               int // kept in all; not yet processed
	Late                                         int // notices that wait although their time was more than LateAfter ago
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
	Named []Mentioned    // with the first page: whom and what the newest of the hits name most
	Next  string         // cursor, "" at the end
	// Partial says that there are more articles than could be looked at: Hits, Total and facets are of the newest alone.
	Partial bool
}

// NamedHits is how many of a search's hits are looked at for whom they name.
const NamedHits = 500

// Mentioned is somebody or something that articles name.
type Mentioned struct {
	Entity, Name string
	Kind         news.MentionKind
	Articles     int // that name it
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
	// MatchesOf gives the newest matches of a watch, at most n. What only an earlier query of a watch found is no match any more.
	MatchesOf(ctx context.Context, watch int64, n int) ([]news.Match, error)
	// MatchesIn gives the matches of an article.
	MatchesIn(ctx context.Context, article int64) ([]news.Match, error)
}
