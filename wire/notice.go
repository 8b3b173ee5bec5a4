package wire

import (
	"strconv"
	"time"

	"marsad/news"
)

// Notice is what a webhook receives: what is told, why, and the article that made it due.
type Notice struct {
	Version int         `json:"version"`
	ID      string      `json:"id"` // the same for a repeated delivery
	Kind    string      `json:"kind"`
	Watch   string      `json:"watch"` // its name, not its query
	Planned string      `json:"planned"`
	Story   StoryHead   `json:"story"`
	Article Record      `json:"article"`
	Stories []StoryHead `json:"stories"` // of a digest, newest first; empty for anything else
}

// StoryHead is a story in a few words.
type StoryHead struct {
	ID          int64   `json:"id"`
	URL         string  `json:"url"`
	Headline    string  `json:"headline"`
	Articles    int     `json:"articles"`
	Independent int     `json:"independent"`
	FirstSeen   *string `json:"first_seen"`
	Breaking    *string `json:"breaking"`
	Disputed    bool    `json:"disputed"`
}

// NoticeOf gives the body of a webhook. base is the address of the desk's pages.
func NoticeOf(n news.Notice, watch string, s news.Story, base string, article Record) Notice {
	return Notice{Version, n.ID, string(n.Kind), watch, n.Planned.UTC().Format(time.RFC3339), HeadOf(s, base), article, []StoryHead{}}
}

// HeadOf gives a story in a few words.
func HeadOf(s news.Story, base string) StoryHead {
	return StoryHead{s.ID, base + "/stories/" + strconv.FormatInt(s.ID, 10), s.Headline, s.Articles, s.Independent, moment(s.FirstAt, false), moment(s.Breaking, false), s.Disputed}
}
