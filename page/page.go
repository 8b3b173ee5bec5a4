// Package page reads the bytes of a news page: it gives the article's true text and metadata, and everything that stood in the
// article's column and was left out, each piece with the reason and its place.
//
// It fetches nothing, follows no links, runs no scripts, and does not understand what the text says: that is the business of the
// stages that follow.
package page

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"marsad/lang"
	"marsad/news"
	"marsad/text"
)

// Reason says why a page gave no article.
type Reason string

// The reasons.
const (
	Empty   Reason = "empty"   // no words at all
	Binary  Reason = "binary"  // neither HTML nor text
	NoText  Reason = "no-text" // words, but no running text among them: a start page, a list, a login
	TooLong Reason = "too-long"
)

// NoArticle is the error for a page that holds no article. The Article that comes with it has the metadata that was found.
type NoArticle struct{ Reason Reason }

func (e *NoArticle) Error() string { return fmt.Sprintf("page: no article: %s", e.Reason) }

// Extract reads a page. HTML and plain text are told apart by their bytes first and by the header second. site is what is known
// of the page's source, nil for nothing. The error is a *NoArticle; the Article then holds what metadata there were.
//
// Time and memory are bounded by the size of the body, of which the first 16 MB are read.
func Extract(p news.Page, site *Site) (news.Article, error) { return shipped().Extract(p, site) }

// Extract is the function Extract with other weights than the shipped ones.
func (w *Weights) Extract(p news.Page, site *Site) (news.Article, error) {
	a := news.Article{PageID: p.ID, SourceID: p.SourceID, URL: p.URL}
	if p.Final != "" {
		a.URL = p.Final
	}
	if isBinary(p.Body) {
		return a, &NoArticle{Binary}
	}
	s := decode(p.Body, p.ContentType)
	if strings.TrimSpace(s) == "" {
		return a, &NoArticle{Empty}
	}
	if isHTML(s, p.ContentType) {
		w.readHTML(&a, &p, s)
	} else {
		a.Lang = langOf(s, p.Item.Lang)
		readPlain(&a, s, lexiconOf(a.Lang))
	}
	fromFeed(&a, &p)
	a, _ = site.Without(a)
	a.RTL = text.RTL(a.Text)
	if a.Text == "" {
		a.RTL = text.RTL(a.Headline)
		return a, &NoArticle{NoText}
	}
	return a, nil
}

// fromFeed fills in what the page does not say and its feed does.
func fromFeed(a *news.Article, p *news.Page) {
	if a.Headline == "" {
		a.Headline = clean(stripTags(unescape(p.Item.Title)))
	}
	if !a.Published.Known() && !p.Item.Published.IsZero() {
		a.Published = news.Stamp{Time: p.Item.Published, Zoned: true, From: news.FromFeed}
	}
	if len(a.Byline) == 0 && p.Item.Author != "" {
		b := &byliner{r: &reading{page: p, site: a.Site, scene: &scene{lex: lexiconOf(a.Lang)}}, a: a}
		b.take(p.Item.Author, false)
	}
}

// isBinary tells by their first bytes whether a page is a picture, a document or an archive.
func isBinary(b []byte) bool {
	for _, magic := range [...]string{"%PDF-", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "PK\x03\x04", "\x1F\x8B", "RIFF", "\x00\x00\x00\x18ftyp", "\x00\x00\x00\x20ftyp", "OggS", "ID3", "\x7FELF", "BZh", "7z\xBC\xAF"} {
		if bytes.HasPrefix(b, []byte(magic)) {
			return true
		}
	}
	return false
}

// isHTML tells whether a text is markup.
func isHTML(s, contentType string) bool {
	kind := strings.ToLower(contentType)
	head := strings.ToLower(s[:min(len(s), 4096)])
	for _, mark := range [...]string{"<!doctype html", "<html", "<head", "<body", "<meta ", "<div", "<p>", "<p ", "<article", "<script", "<style", "<title"} {
		if strings.Contains(head, mark) {
			return true
		}
	}
	return strings.Contains(kind, "html")
}

// langOf gives the language of a text, or what was said of it where the text is too short to tell.
func langOf(s, declared string) string {
	if d := canonicalLang(declared); d != "" && utf8.RuneCountInString(s) < 40 {
		return d
	}
	tag, score := lang.Detect(s)
	if tag == "und" || tag == "" || score < 0.5 && declared != "" {
		return canonicalLang(declared)
	}
	if d := canonicalLang(declared); d != "" && primary(d) == tag {
		return d
	}
	return tag
}

func primary(tag string) string {
	p, _, _ := strings.Cut(tag, "-")
	return p
}

// canonicalLang writes a declared language as BCP 47 wants it; "" for what is no tag.
func canonicalLang(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) < 2 || len(parts[0]) > 3 || !isASCII(s) {
		return ""
	}
	parts[0] = strings.ToLower(parts[0])
	for i := 1; i < len(parts); i++ {
		if len(parts[i]) == 4 {
			parts[i] = strings.ToUpper(parts[i][:1]) + strings.ToLower(parts[i][1:])
		} else {
			parts[i] = strings.ToUpper(parts[i])
		}
	}
	return strings.Join(parts, "-")
}
