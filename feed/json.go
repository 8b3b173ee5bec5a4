package feed

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"marsad/news"
)

// jsonFeed is JSON Feed 1.0 and 1.1.
type jsonFeed struct {
	Version     string            `json:"version"`
	Title       string            `json:"title"`
	HomePageURL string            `json:"home_page_url"`
	FeedURL     string            `json:"feed_url"`
	Description string            `json:"description"`
	Language    string            `json:"language"`
	Items       []json.RawMessage `json:"items"`
}

type jsonItem struct {
	ID          any          `json:"id"`
	URL         string       `json:"url"`
	ExternalURL string       `json:"external_url"`
	Title       string       `json:"title"`
	HTML        string       `json:"content_html"`
	Text        string       `json:"content_text"`
	Summary     string       `json:"summary"`
	Image       string       `json:"image"`
	Banner      string       `json:"banner_image"`
	Published   string       `json:"date_published"`
	Modified    string       `json:"date_modified"`
	Tags        []string     `json:"tags"`
	Language    string       `json:"language"`
	Author      jsonAuthor   `json:"author"`
	Authors     []jsonAuthor `json:"authors"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

// parseJSON reads a JSON Feed. encoding/json bounds its own depth.
func parseJSON(src []byte, base string) (Feed, error) {
	var j jsonFeed
	if err := json.Unmarshal(src, &j); err != nil {
		return Feed{}, ErrNotAFeed
	}
	if !strings.Contains(j.Version, "jsonfeed.org/version/") && (j.Items == nil || j.Title == "") {
		return Feed{}, ErrNotAFeed
	}
	_, version, _ := strings.Cut(j.Version, "jsonfeed.org/version/")
	f := Feed{Format: JSON, Version: version, Title: plain(j.Title), Summary: j.Description, Home: absolute(base, j.HomePageURL),
		Self: absolute(base, j.FeedURL), Lang: j.Language}
	for _, raw := range j.Items {
		var it jsonItem
		if json.Unmarshal(raw, &it) != nil {
			f.Damaged = true
			continue
		}
		if f.add(it.item(base)); len(f.Items) == MaxItems {
			break
		}
	}
	return f, nil
}

func (j jsonItem) item(base string) news.Item {
	it := news.Item{URL: absolute(base, j.URL), Title: plain(html.EscapeString(j.Title)), Summary: html.EscapeString(j.Summary), Content: j.HTML, Author: j.Author.Name,
		Lang: j.Language, Published: date(j.Published), Updated: date(j.Modified), Tags: j.Tags}
	switch id := j.ID.(type) {
	case string:
		it.GUID = id
	case float64:
		it.GUID = fmt.Sprintf("%.0f", id)
	}
	if it.URL == "" {
		it.URL = absolute(base, j.ExternalURL)
	}
	if it.URL == "" && isWeb(it.GUID) {
		it.URL = it.GUID
	}
	if it.Content == "" {
		it.Content = html.EscapeString(j.Text)
	}
	if len(j.Authors) > 0 {
		it.Author = j.Authors[0].Name
	}
	for _, u := range []string{j.Image, j.Banner} {
		if u = absolute(base, u); u != "" {
			it.Media = append(it.Media, news.Media{URL: u})
		}
	}
	return it
}
