package news

// Article is the true text of a page with its metadata, and everything that was taken out of it.
type Article struct {
	ID        int64
	PageID    int64
	SourceID  int64
	URL       string // as given
	Canonical string // the page's own idea of its address, or ""
	Site      string // the site's name
	Headline  string // without the site's name, once
	Subtitle  string
	Section   string
	Tags      []string
	Byline    []string // one person a string; no "By", job, agency or date
	Dateline  string   // the place as written, or ""
	Published Stamp
	Modified  Stamp
	Lang      string // BCP 47
	RTL       bool
	Text      string // paragraphs joined by a blank line; list items and table rows are lines
	Blocks    []Block
	Media     []Media
	Cites     []Cite
	Removed   []Removed
}

// BlockKind is the role of a stretch of text.
type BlockKind string

// The kinds of block.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	List      BlockKind = "list"
	Quote     BlockKind = "quote"
	Table     BlockKind = "table"
)

// Block says what a stretch of Article.Text was on the page. Blocks lie in order, without overlap, and cover the text but for
// the blank lines between them.
type Block struct {
	Span
	Kind BlockKind
}

// Media is a picture or a video that belongs to the article; its words stand outside the text.
type Media struct {
	URL     string
	Caption string
	Credit  string // the agency or photographer as written, without brackets
	Date    string // YYYY-MM-DD where the caption or markup gives one, else ""
}

// Cite is an agency or source that the page names as its own: a credit, or the "Source" line.
type Cite struct {
	Name string
	URL  string // "" where the page lost the link
}

// RemovedKind says why a piece of the article's column is not in its text.
type RemovedKind string

// The kinds of removal.
const (
	AdSlot           RemovedKind = "ad-slot"
	Newsletter       RemovedKind = "newsletter"
	Caption          RemovedKind = "caption"
	Credit           RemovedKind = "credit"
	Related          RemovedKind = "related"
	RepeatedHeadline RemovedKind = "repeated-headline"
	DatelineLine     RemovedKind = "dateline"
	BylineLine       RemovedKind = "byline"
	SourceLine       RemovedKind = "source-line"
	Share            RemovedKind = "share"
	Consent          RemovedKind = "consent"
	Paywall          RemovedKind = "paywall"
	Comment          RemovedKind = "comment"
	Boilerplate      RemovedKind = "boilerplate"
)

// Removed is a piece that stood in the article's own column and was left out, with its reason and its place.
type Removed struct {
	Kind   RemovedKind
	Text   string
	Before int    // byte offset in Article.Text before which it stood
	Rule   string // which rule said so
}
