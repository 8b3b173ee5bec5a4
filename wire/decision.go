package wire

import (
	"time"

	"marsad/news"
)

// Decision is what became of a story for a watch: a notice, or why there is none.
type Decision struct {
	At       string   `json:"at"`      // when it was planned, or last kept silent
	Outcome  string   `json:"outcome"` // waiting, held, sent, failed, cancelled, told (in another notice's letter), digest (at its time), silent
	Kind     string   `json:"kind"`    // of the notice, or why there is none
	Because  []string `json:"because"` // of a notice why it was planned; of a silence what there would have been
	Watch    int64    `json:"watch"`
	To       *string  `json:"to"` // whom; null where there is nobody
	Story    *int64   `json:"story"`
	Headline *string  `json:"headline"` // of the story
	Article  *int64   `json:"article"`  // that gave occasion to it, the last one
	Said     *string  `json:"said"`     // its headline
	Source   *string  `json:"source"`
	Words    []string `json:"words"`  // of the article, by which it satisfies the watch
	Notice   *string  `json:"notice"` // its id
	Letter   *string  `json:"letter"` // id of the notice whose letter told it
	Due      *string  `json:"due"`
	Done     *string  `json:"done"`
	Reply    *string  `json:"reply"` // what the other side said last, or why it was cancelled
	Since    *string  `json:"since"` // of a silence: when it first happened
	Times    int      `json:"times"` // how often; 1 for a notice
}

// NoticeDecision gives what became of a notice. What belongs to story and article is the caller's to set.
func NoticeDecision(v news.Delivery) Decision {
	n := v.Notice
	d := Decision{At: n.Planned.UTC().Format(time.RFC3339), Outcome: string(v.State), Kind: string(n.Kind), Because: []string{}, Watch: n.Watch, Words: []string{}, Notice: some(n.ID),
		Due: moment(n.Due, false), Done: moment(v.Done, false), Times: 1}
	for _, r := range n.Because {
		d.Because = append(d.Because, r.Kind)
	}
	if v.State == news.Told {
		d.Letter = some(v.Reply)
	} else {
		d.Reply = some(v.Reply)
	}
	return d
}

// SilenceDecision gives a silence.
func SilenceDecision(s news.Silence) Decision {
	d := Decision{At: s.Last.UTC().Format(time.RFC3339), Outcome: "silent", Kind: s.Kind, Because: []string{}, Watch: s.Watch, Words: []string{}, Since: moment(s.First, false), Times: s.Times}
	if s.Kind == string(news.DigestSlot) {
		d.Outcome = s.Kind
	}
	if s.Because != "" {
		d.Because = append(d.Because, string(s.Because))
	}
	return d
}

// About sets what a decision is about; what is zero stays null.
func (d Decision) About(to string, story int64, headline string, article int64, said, source string, words []string) Decision {
	d.To, d.Headline, d.Said, d.Source = some(to), some(headline), some(said), some(source)
	if story != 0 {
		d.Story = &story
	}
	if article != 0 {
		d.Article = &article
	}
	d.Words = append(d.Words, words...)
	return d
}
