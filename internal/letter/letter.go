// Package letter puts a notice into words: what happened, who reported it first, how many independent sources there are, who denies
// it, why the reader gets it and how to stop it. The words come from internal/i18n in the recipient's language, the news stays in its
// own. A letter carries no query and nobody else's address.
package letter

import (
	"html/template"
	"net/mail"
	"strings"
	"time"

	"marsad/alert"
	"marsad/internal/i18n"
	"marsad/internal/store"
	"marsad/lang/pack"
	mailpkg "marsad/mail"
	"marsad/news"
	"marsad/text"
)

// Desk is what all letters of a desk share.
type Desk struct {
	Base  string       // address of the pages, without a slash at the end
	From  mail.Address // whom mail comes from
	Name  string       // what the desk calls itself
	Demo  bool         // everything is invented, and the letter says so
	Token func(purpose string, recipient int64) string
	// StopMail gives the address that a mail to ends a recipient's letters, "" for none; nil: there is none.
	StopMail func(recipient int64) string
}

// About is what one letter tells of.
type About struct {
	Notice    news.Notice
	Recipient news.Recipient
	Watch     news.Watch  // zero for a letter of no watch
	Story     news.Story  // zero for a letter of no story
	Entry     store.Entry // the article that made the notice due
	First     string      // name of the outlet that reported first
	Original  string      // address of that report
	Also      []Told      // what the letter tells besides its notice
	Digest    []Line      // for a digest: the stories of the slot
}

// Line is one story of a digest.
type Line struct {
	Headline string
	Story    int64
	Sources  int
	Of       news.Story
	Original string // address of its lead article
}

// For gives the letter of a notice.
func (d Desk) For(a About) mailpkg.Letter {
	p := i18n.New(i18n.Options{Lang: a.Recipient.Lang, Zone: zone(a.Recipient.Zone), Now: a.Notice.Due})
	l := mailpkg.Letter{
		ID: a.Notice.ID, Domain: domain(d.From.Address), From: d.From, To: a.Recipient.Address, Date: sentAt(a.Notice), Lang: p.Lang(),
		Notice: d.sentBy(p), Masthead: d.Name, When: p.Day(a.Notice.Due.In(p.Zone())),
	}
	switch a.Notice.Kind {
	case news.Optin:
		d.ask(&l, p, a)
	case news.TestMail:
		l.Subject, l.Headline = p.Text("mail.test.subject", "desk", d.Name), p.Text("mail.test.headline")
		l.Link, l.LinkText = d.Base+"/outbox", p.Text("mail.test.link")
	case news.DigestSlot:
		d.digest(&l, p, a)
	default:
		d.tell(&l, p, a)
	}
	return l
}

// ask is the only letter that somebody unconfirmed gets: whether they want to be told.
func (d Desk) ask(l *mailpkg.Letter, p *i18n.Printer, a About) {
	l.Subject, l.Headline = p.Text("mail.optin.subject", "desk", inSubject(p, d.Name)), p.Text("mail.optin.headline", "desk", d.Name)
	l.Summary = []string{p.Text("mail.optin.about", "desk", d.Name), p.Text("mail.optin.ignore")}
	l.Action, l.Link = p.Text("mail.optin.action"), d.Base+"/confirm/"+d.Token("confirm", a.Recipient.ID)
}

func (d Desk) tell(l *mailpkg.Letter, p *i18n.Printer, a About) {
	kinds := alert.Kinds(a.told())
	var named []string
	for _, k := range kinds {
		if k != news.FirstMatch || len(kinds) == 1 { // whoever hears that it breaks hears of it
			named = append(named, p.Text("mail.kicker."+string(k)))
		}
	}
	l.Kicker, l.Urgent = strings.Join(named, " · "), kinds[0] == news.Breaking
	l.Headline = a.headline(p.Lang())
	l.Subject = l.Headline
	if kinds[0] != news.FirstMatch {
		l.Subject = p.Text("mail.subject", "kicker", inSubject(p, named[0]), "headline", inSubject(p, l.Headline))
	}
	l.Link, l.LinkText = d.Base+"/stories/"+i18n.ID(a.Story.ID), p.Text("mail.read")
	l.Thread = i18n.ID(a.Story.ID)
	l.Summary, l.By = a.summary(p)
	l.Facts = facts(p, a)
	if said := Said(a.Notice); said != "" { // what the article says is what is corrected
		l.Summary, l.By, l.Facts = []string{said}, nil, nil
	}
	l.Feedback = string(a.Notice.Kind) + ":watch-" + i18n.ID(a.Watch.ID)
	d.stop(l, p, a)
}

// headline gives the story's headline, or the article's own where that is in the reader's language and the story's is not, and for a
// correction, which is of the article.
func (a About) headline(lang string) string {
	own := a.Entry.Article.Headline
	nearer := primary(a.Entry.Article.Lang) == lang && primary(a.Story.Lang) != lang
	if own != "" && (a.Notice.Kind == news.Correction || a.Story.Headline == "" || nearer) {
		return own
	}
	return a.Story.Headline
}

func primary(tag string) string {
	p, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return p
}

// facts gives the labelled lines: who was first, how many tell it, who says and who denies it, and when it was.
func facts(p *i18n.Printer, a About) (facts []mailpkg.Fact) {
	if a.First != "" && !a.Story.FirstAt.IsZero() {
		facts = append(facts, mailpkg.Fact{Label: p.Text("mail.first"), Value: a.First, When: moment(p, a.Story.FirstAt), Link: web(a.Original)})
	}
	if a.Story.Articles > 0 {
		facts = append(facts, mailpkg.Fact{Label: p.Text("mail.sources"), Value: p.Text("mail.count", "n", a.Story.Articles, "independent", a.Story.Independent)})
	}
	facts = append(facts, tellings(p, a)...)
	if when := happened(p, a.Entry); when != "" {
		facts = append(facts, mailpkg.Fact{Label: p.Text("mail.happened"), Value: when})
	}
	return facts
}

func published(p *i18n.Printer, a news.Article) string {
	switch {
	case !a.Published.Known():
		return ""
	case a.Published.DayOnly:
		return p.Day(a.Published.Time)
	}
	return moment(p, a.Published.Time)
}

// moment gives clock and zone for the letter's own day, which stands above it, and the day besides for any other.
func moment(p *i18n.Printer, t time.Time) string {
	there, now := t.In(p.Zone()), p.Now().In(p.Zone())
	if there.YearDay() != now.YearDay() || there.Year() != now.Year() {
		return p.Full(t)
	}
	return p.Clock(t) + " (" + i18n.Isolate(p.ZoneName(t)) + ")"
}

func (d Desk) digest(l *mailpkg.Letter, p *i18n.Printer, a About) {
	l.Subject = digestSubject(p, a.Watch.Name, a.Digest)
	l.Kicker, l.Headline = p.Text("mail.kicker.digest"), a.Watch.Name
	if alert.IsRest(a.Notice) {
		l.Kicker = p.Text("mail.kicker.rest")
	}
	for _, s := range a.Digest {
		l.Items = append(l.Items, mailpkg.Fact{Value: s.Headline, More: p.Text("mail.independent", "n", s.Sources), Link: d.Base + "/stories/" + i18n.ID(s.Story)})
	}
	l.Link, l.LinkText = d.Base+"/watches/"+i18n.ID(a.Watch.ID), p.Text("mail.digest.link")
	d.stop(l, p, a)
}

// digestSubject names a digest by what it is of and by its first story, with how many follow it.
func digestSubject(p *i18n.Printer, name string, stories []Line) string {
	if len(stories) == 0 {
		return p.Text("mail.digest.subject-none", "watch", inSubject(p, name))
	}
	key := "mail.digest.subject"
	if len(stories) > 1 {
		key = "mail.digest.subject-more"
	}
	return p.Text(key, "watch", inSubject(p, name), "headline", inSubject(p, stories[0].Headline), "n", len(stories)-1)
}

// inSubject leaves out the isolates of words that run as the subject does: not every mail program hides them.
func inSubject(p *i18n.Printer, s string) any {
	if text.RTL(s) == (p.Dir() == "rtl") {
		return template.HTML(s) // plain text: written as it is
	}
	return s
}

// stop says why the reader gets the letter, and how to stop it.
func (d Desk) stop(l *mailpkg.Letter, p *i18n.Printer, a About) {
	l.Why = p.Text("mail.why", "watch", a.Watch.Name)
	l.Stop = p.Text("mail.stop")
	l.StopLink = d.Base + "/unsubscribe/" + d.Token("unsubscribe", a.Recipient.ID)
	if d.StopMail != nil {
		l.StopMail = d.StopMail(a.Recipient.ID)
	}
	l.ListID = "watch-" + i18n.ID(a.Watch.ID)
}

// sentAt gives the date of a notice's letter: when it was due, however long before that it was planned. A letter that seems to be of
// yesterday is taken for spam.
func sentAt(n news.Notice) time.Time {
	if n.Due.After(n.Planned) {
		return n.Due
	}
	return n.Planned
}

func (d Desk) sentBy(p *i18n.Printer) string {
	s := p.Text("mail.notice", "desk", d.Name)
	if d.Demo {
		s += " " + p.Text("mail.invented")
	}
	return s
}

// Sentences gives the first n sentences of a text: what may leave the desk of somebody else's words unless its licence allows more.
func Sentences(s string, n int) (out []string) {
	for _, para := range strings.Split(s, "\n") {
		for _, one := range split(para) {
			if out = append(out, one); len(out) == n {
				return out
			}
		}
	}
	return out
}

func split(para string) (out []string) {
	d := analyze(para)
	for _, r := range d.Sentences {
		out = append(out, clip(d.Of(r)))
	}
	return out
}

// clip keeps a sentence that never ends from filling the letter.
func clip(s string) string {
	if r := []rune(s); len(r) > 400 {
		return strings.TrimSpace(string(r[:399])) + "…"
	}
	return s
}

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return z
}

func domain(address string) string {
	if i := strings.LastIndexByte(address, '@'); i >= 0 {
		return address[i+1:]
	}
	return "localhost"
}

// noLanguage cuts sentences without knowing the language: only the marks of all languages count.
var noLanguage = &pack.Pack{}

func analyze(s string) *text.Doc { return text.Analyze(s, noLanguage) }
