package letter

import (
	"net/url"
	"strconv"
	"time"

	"marsad/internal/i18n"
	mailpkg "marsad/mail"
	"marsad/news"
)

// Links are the addresses with which a subscriber acts, made for them alone. LeaveMail is a mail address, "" for none.
type Links struct{ Confirm, Leave, LeaveMail, Prefs, Never string }

// ForList gives what a list's notice says to all subscribers in one language. It goes to nobody yet: Personal makes a copy of it. To the
// public go the headline, two sentences at the most and the way to the article, never the desk's own page, which they cannot open.
func (d Desk) ForList(a About, l news.PublicList, lang string) mailpkg.Letter {
	a.Recipient.Lang = lang
	if a.Recipient.Zone == "" { // the newsroom's clock is its readers'
		a.Recipient.Zone = a.Watch.Zone
	}
	out := d.For(a)
	p := i18n.New(i18n.Options{Lang: lang, Now: a.Notice.Due})
	out.ID, out.To = "", ""
	out.Why = p.Text("mail.list.why", "list", l.Name)
	out.StopLink, out.Imprint, out.ListID = "", l.Imprint, l.Slug
	out.From.Name, out.Masthead = l.Name, l.Name
	out.Feedback = string(a.Notice.Kind) + ":" + l.Slug
	out.Summary, out.By = out.Summary[:min(len(out.Summary), 2)], out.By[:min(len(out.By), 2)]
	if a.Notice.Kind == news.DigestSlot {
		for i := range out.Items { // the public cannot open the desk's own pages
			out.Items[i].Link = web(a.Digest[i].Original)
		}
		out.Headline, out.Subject = l.Name, digestSubject(p, l.Name, a.Digest)
	}
	out.Link, out.LinkText = "", ""
	out.Link = web(Address(a.Entry.Article))
	if out.Link != "" {
		out.LinkText = p.Text("mail.list.article", "source", a.Entry.Source.Name)
	}
	return out
}

// web gives an address that a reader may be sent to, "" for any other.
func web(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// Personal gives one subscriber's copy of a list's letter.
func (d Desk) Personal(l mailpkg.Letter, n news.Notice, to news.Recipient, links Links) mailpkg.Letter {
	p := i18n.New(i18n.Options{Lang: l.Lang, Now: n.Due})
	l.ID, l.To, l.Date = n.ID, to.Address, sentAt(n) // when it was released
	l.Stop, l.StopLink, l.StopMail = p.Text("mail.stop"), links.Leave, links.LeaveMail
	l.More = append(l.More, mailpkg.Link{Words: p.Text("mail.list.prefs"), URL: links.Prefs})
	return l
}

// AskFor gives the letter that asks somebody whether they want a list: the only one that goes to an unconfirmed address.
func (d Desk) AskFor(n news.Notice, l news.PublicList, to news.Recipient, lang string, links Links) mailpkg.Letter {
	p := i18n.New(i18n.Options{Lang: lang, Now: n.Due})
	from := d.From
	from.Name = l.Name
	summary := []string{p.Text("lists.consent", "desk", d.Name, "list", l.Name), p.Text("mail.list.ask-ignore")}
	if l.About != "" {
		summary = append([]string{l.About}, summary...)
	}
	return mailpkg.Letter{
		ID: n.ID, Domain: domain(d.From.Address), From: from, To: to.Address, Date: sentAt(n), Lang: p.Lang(), Notice: d.sentBy(p), Imprint: l.Imprint, Masthead: l.Name,
		Subject: p.Text("mail.list.ask-subject", "list", inSubject(p, l.Name)), Headline: p.Text("mail.list.ask-headline", "list", l.Name),
		Summary: summary,
		Action:  p.Text("mail.list.ask-action"), Link: links.Confirm, Feedback: "opt-in:" + l.Slug,
		More: []mailpkg.Link{{Words: p.Text("mail.list.never"), URL: links.Never}},
	}
}

// ToRelease gives the letter that tells somebody of the desk that a letter to a list waits for them.
func (d Desk) ToRelease(a About, l news.PublicList, subscribers int, until time.Time, link string) mailpkg.Letter {
	p := i18n.New(i18n.Options{Lang: a.Recipient.Lang, Zone: zone(a.Recipient.Zone), Now: a.Notice.Due})
	late := "mail.list.release-drop"
	if l.SendLate {
		late = "mail.list.release-late"
	}
	return mailpkg.Letter{
		ID: a.Notice.ID, Domain: domain(d.From.Address), From: d.From, To: a.Recipient.Address, Date: sentAt(a.Notice), Lang: p.Lang(), Notice: d.sentBy(p),
		Kicker: p.Text("mail.kicker.release"), Subject: p.Text("mail.list.release-subject", "list", l.Name, "headline", a.Story.Headline),
		Headline: a.Story.Headline, Summary: Sentences(a.Entry.Article.Text, 2), Thread: "release-" + strconv.FormatInt(a.Story.ID, 10),
		Facts:  []mailpkg.Fact{{Label: p.Text("lists.title"), Value: l.Name, More: p.Text("lists.subscribed", "n", subscribers)}},
		Action: p.Text("mail.list.release-action"), Link: link, Why: p.Text(late, "when", p.Full(until)),
	}
}

// saidMark begins the fact of a correction whose words a person of the desk wrote.
const saidMark = "said "

// SaidFact gives the fact of a correction in a person's own words; Said gives the words back, "" for any other notice.
func SaidFact(words string) string { return saidMark + words }

// Said gives the words that a person of the desk wrote for a correction, "" for any other notice.
func Said(n news.Notice) string {
	if n.Kind == news.Correction && len(n.Fact) > len(saidMark) && n.Fact[:len(saidMark)] == saidMark {
		return n.Fact[len(saidMark):]
	}
	return ""
}
